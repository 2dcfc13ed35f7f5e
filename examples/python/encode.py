# Encodes a text, prints its ids, decodes them, and shows an error.
#
#     TOK_LIBRARY=PREFIX/lib/libtok.so python3 encode.py
import os
from ctypes import CDLL, byref, c_bool, c_char_p, c_int32, c_size_t, c_uint32, c_void_p, create_string_buffer

tok = CDLL(os.environ.get("TOK_LIBRARY", "libtok.so.0"))
tok.tok_error_message.restype = c_char_p

def call(function, *arguments):  # one whose last argument is a place for an error
    error = c_void_p()
    if status := function(*arguments, byref(error)):
        message = tok.tok_error_message(error).decode()
        tok.tok_error_free(error)
        raise ValueError(f"error {status}: {message}")

def encode(text):  # there are never more ids than bytes
    data, count = text.encode(), c_size_t()
    size, ids = c_size_t(len(data)), (c_uint32 * len(data))()
    call(tok.tok_encode, tokenizer, data, size, None, None, ids, size, byref(count))
    return ids[: count.value]

def decode(ids):  # a token has 128 bytes at most
    size, text, length = c_size_t(len(ids)), create_string_buffer(128 * len(ids)), c_size_t()
    call(tok.tok_decode, tokenizer, (c_uint32 * len(ids))(*ids), size, c_bool(False), c_int32(0),
         text, c_size_t(len(text)), byref(length))
    return text.raw[: length.value].decode()

tokenizer = c_void_p()
call(tok.tok_tokenizer_load_name, b"o200k_base", byref(tokenizer))
ids = encode("Hello, wörld! 你好")
print("ids:", *ids)
print("text:", decode(ids))
try:
    decode([4000000])  # no token has this id
except ValueError as error:
    print(error)
tok.tok_tokenizer_free(tokenizer)
