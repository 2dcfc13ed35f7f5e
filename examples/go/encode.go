// Encodes a text, prints its ids, decodes them, and shows an error.
//
//	CGO_CFLAGS=-IPREFIX/include CGO_LDFLAGS=-LPREFIX/lib go run .
package main

// #cgo LDFLAGS: -ltok
// #include <stdlib.h>
// #include <tok.h>
import "C"

import (
	"fmt"
	"os"
	"unsafe"
)

// Tokenizer may be used by many goroutines at once.
type Tokenizer struct{ handle *C.tok_tokenizer }

// Takes over what a call says of an error.
func failure(status C.tok_status, details *C.tok_error) error {
	if status == C.TOK_OK {
		return nil
	}
	defer C.tok_error_free(details)
	return fmt.Errorf("error %d: %s", status, C.GoString(C.tok_error_message(details)))
}

// Named opens a vocabulary of the library's own, or an installed one.
func Named(name string) (*Tokenizer, error) {
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	var tokenizer Tokenizer
	var details *C.tok_error
	if status := C.tok_tokenizer_load_name(text, &tokenizer.handle, &details); status != C.TOK_OK {
		return nil, failure(status, details)
	}
	return &tokenizer, nil
}

// Close frees the tokenizer.
func (tokenizer *Tokenizer) Close() { C.tok_tokenizer_free(tokenizer.handle) }

// Encode gives the ids of a text.
func (tokenizer *Tokenizer) Encode(text string) ([]uint32, error) {
	bytes := append([]byte(text), 0) // so that there is a first byte
	ids := make([]uint32, len(text)/3+16)
	for {
		var count C.size_t
		var details *C.tok_error
		status := C.tok_encode(tokenizer.handle, (*C.char)(unsafe.Pointer(&bytes[0])),
			C.size_t(len(text)), nil, nil, (*C.tok_id)(unsafe.Pointer(&ids[0])),
			C.size_t(len(ids)), &count, &details)
		if status == C.TOK_E_CAPACITY {
			C.tok_error_free(details)
			ids = make([]uint32, count)
			continue
		}
		return ids[:count], failure(status, details)
	}
}

// Decode gives the text of ids.
func (tokenizer *Tokenizer) Decode(ids []uint32) (string, error) {
	if len(ids) == 0 {
		return "", nil
	}
	text := make([]byte, len(ids)*6+16)
	for {
		var length C.size_t
		var details *C.tok_error
		status := C.tok_decode(tokenizer.handle, (*C.tok_id)(unsafe.Pointer(&ids[0])),
			C.size_t(len(ids)), false, C.TOK_INVALID_UTF8_REPAIR,
			(*C.char)(unsafe.Pointer(&text[0])), C.size_t(len(text)), &length, &details)
		if status == C.TOK_E_CAPACITY {
			C.tok_error_free(details)
			text = make([]byte, length)
			continue
		}
		return string(text[:length]), failure(status, details)
	}
}

func main() {
	tokenizer, err := Named("o200k_base")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	defer tokenizer.Close()
	ids, err := tokenizer.Encode("Hello, wörld! 你好")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Print("ids:")
	for _, id := range ids {
		fmt.Print(" ", id)
	}
	text, err := tokenizer.Decode(ids)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("\ntext:", text)
	// No token has this id.
	if _, err := tokenizer.Decode([]uint32{4000000}); err != nil {
		fmt.Println(err)
	}
}
