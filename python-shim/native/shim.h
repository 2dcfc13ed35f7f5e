/* The extension module tok._native: libtok for Python, on the limited API, so that one build serves all
   versions from 3.11 on. It has no algorithm of its own. */
#ifndef SHIM_H
#define SHIM_H

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tok.h"

/* ---- errors.c: what went wrong --------------------------------------------------------------- */

/* tok.Error. */
extern PyObject *error_class;

/* Raises tok.Error with what `status` and `error`, which is freed, say. Gives back NULL. */
PyObject *raise_error(tok_status status, tok_error *error);

/* ---- memory.c: elements for numpy ------------------------------------------------------------ */

/* What lies in an array. */
typedef enum element { IDS, PLACES, NUMBERS, REALS, BYTES } element;

/* So many elements are copied sooner than an owner is made for them. */
#define FEW 1024

/* A numpy array with a copy of what is at `start`. */
PyObject *array_with(const void *start, size_t count, element element);

/* A numpy array over `start`, which malloc gave and which is freed with the array. */
PyObject *array_of(void *start, size_t count, element element);

/* A numpy array, not for writing, over elements that stay as long as `owner`. */
PyObject *array_in(PyObject *owner, const void *start, size_t count, element element);

/* The ids in `object`: a numpy array or another buffer of whole numbers, not copied if they are uint32, or
   a sequence of numbers. `release_ids` gives back what was taken. */
typedef struct ids {
  const tok_id *start;
  size_t count;
  Py_buffer buffer;
  tok_id *copy;
} ids;

int take_ids(PyObject *object, ids *ids);
void release_ids(ids *ids);

/* ---- texts.c: texts in ------------------------------------------------------------------------ */

/* UTF-8 of a str, of bytes or of another buffer. */
typedef struct text {
  const char *start;
  Py_ssize_t length;
  Py_buffer buffer;
} text;

int take_text(PyObject *object, text *text);
void release_text(text *text);

/* Many texts, one behind another: of a sequence of str and bytes, or of an Arrow array of strings, which is
   not copied. */
typedef struct texts {
  const char *start;
  size_t length;
  size_t *ends;
  size_t count;
  char *copy;
  void *arrow;
} texts;

int take_texts(PyObject *object, texts *texts);
void release_texts(texts *texts);

/* ---- options.c: words of Python as numbers of C ---------------------------------------------- */

/* "text", "parse", "error" or "model" as a TOK_SPECIAL; -1 with an exception for anything else. */
int special_named(PyObject *name);

/* ---- Types ------------------------------------------------------------------------------------ */

typedef struct Tokenizer {
  PyObject_HEAD
  tok_tokenizer *handle;
  /* Contexts that no call is using just now; changed under the interpreter's lock only. */
  tok_context *contexts[16];
  int context_count;
} Tokenizer;

extern PyTypeObject *tokenizer_type;

/* A new object of `type`, or of tok.Tokenizer for NULL, that owns `handle`. */
PyObject *tokenizer_of(PyTypeObject *type, tok_tokenizer *handle);

/* The handle of a tok.Tokenizer; NULL with an exception for anything else. */
const tok_tokenizer *tokenizer_handle(PyObject *object);

/* Each adds its types and functions to the module; 0, or -1 with an exception. */
int add_memory(PyObject *module);
int add_tokenizer(PyObject *module);
int add_batches(PyObject *module);
int add_encodings(PyObject *module);
int add_streams(PyObject *module);
int add_chat(PyObject *module);
int add_training(PyObject *module);

/* Makes a type, adds it to the module under the last part of its name, and gives it back. */
PyTypeObject *add_type(PyObject *module, PyType_Spec *spec);

/* A str of UTF-8, or NULL with an exception. */
PyObject *str_of(const char *start, size_t length);

/* The object of bytes as a str, and frees it; None for NULL. */
PyObject *str_and_free(tok_bytes *bytes);

/* Texts shorter than this are done with the interpreter's lock held: letting go of it takes longer. */
#define SHORT_TEXT 4096

/* Texts that are at least this long let other threads run. */
#define WITHOUT_LOCK(length, call)          \
  do {                                      \
    if ((size_t)(length) < SHORT_TEXT) {    \
      call;                                 \
    } else {                                \
      Py_BEGIN_ALLOW_THREADS call;          \
      Py_END_ALLOW_THREADS                  \
    }                                       \
  } while (0)

#endif
