// Encodes a text, prints its ids, decodes them, and shows an error.
//
//     node encode.js                    (with tok.node, made of addon.c, in this folder)
const path = require("path");
const tok = require(process.env.TOK_ADDON || path.join(__dirname, "tok.node"));

const tokenizer = tok.load("o200k_base");
const ids = tok.encode(tokenizer, "Hello, wörld! 你好");
console.log("ids: " + ids.join(" "));
console.log("text: " + tok.decode(tokenizer, ids));
try {
  tok.decode(tokenizer, new Uint32Array([4000000])); // no token has this id
} catch (error) {
  console.log(`error ${error.code}: ${error.message}`);
}
