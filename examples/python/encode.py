# Encodes a text, prints its ids, decodes them, and shows an error.
#
#     python3 encode.py                 (TOK_LIBRARY=…/lib/libtok.so.0 if it is nowhere the system looks)
import os
from ctypes import CDLL, POINTER, byref, c_bool, c_char_p, c_int32, c_size_t, c_uint32, c_void_p, create_string_buffer

tok = CDLL(os.environ.get("TOK_LIBRARY", "libtok.so.0"))
size, error, ids_type = POINTER(c_size_t), POINTER(c_void_p), POINTER(c_uint32)
tok.tok_tokenizer_load_name.argtypes = [c_char_p, error, error]
tok.tok_encode.argtypes = [c_void_p, c_char_p, c_size_t, c_void_p, c_void_p, ids_type, c_size_t, size, error]
tok.tok_decode.argtypes = [c_void_p, ids_type, c_size_t, c_bool, c_int32, c_char_p, c_size_t, size, error]
tok.tok_error_message.argtypes, tok.tok_error_message.restype = [c_void_p], c_char_p
tok.tok_error_free.argtypes = tok.tok_tokenizer_free.argtypes = [c_void_p]


def call(function, *arguments):
    error = c_void_p()
    status = function(*arguments, byref(error))
    if status != 0:
        message = tok.tok_error_message(error).decode()
        tok.tok_error_free(error)
        raise ValueError(f"{status}: {message}")


def decode(ids):
    text, length = create_string_buffer(64), c_size_t()
    call(tok.tok_decode, tokenizer, ids, len(ids), False, 0, text, len(text), byref(length))
    return text.raw[:length.value].decode()


tokenizer = c_void_p()
call(tok.tok_tokenizer_load_name, b"o200k_base", byref(tokenizer))
text = "Hello, wörld! 你好".encode()
ids, count = (c_uint32 * len(text))(), c_size_t()
call(tok.tok_encode, tokenizer, text, len(text), None, None, ids, len(ids), byref(count))
print("ids:", *ids[:count.value])
print("text:", decode((c_uint32 * count.value)(*ids[:count.value])))
try:
    decode((c_uint32 * 1)(4000000))  # no token has this id
except ValueError as error:
    print("error", error)
tok.tok_tokenizer_free(tokenizer)
