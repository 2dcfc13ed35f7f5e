#include "shim.h"

/* ---- Ids to text --------------------------------------------------------------------------------- */

typedef struct Decoder {
  PyObject_HEAD
  tok_decoder *handle;
} Decoder;

static PyTypeObject *decoder_type, *encoder_type;

static PyObject *stream_decoder(PyObject *module, PyObject *arguments) {
  PyObject *object;
  const tok_tokenizer *tokenizer;
  tok_decoder *handle;
  Decoder *decoder;
  tok_status status;
  int special;
  (void)module;
  if (!PyArg_ParseTuple(arguments, "Op:stream_decoder", &object, &special)) return NULL;
  tokenizer = tokenizer_handle(object);
  if (!tokenizer) return NULL;
  status = tok_decoder_create(tokenizer, special, &handle);
  if (status) return raise_error(status, NULL);
  decoder = PyObject_New(Decoder, decoder_type);
  if (decoder)
    decoder->handle = handle;
  else
    tok_decoder_free(handle);
  return (PyObject *)decoder;
}

static void decoder_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  tok_decoder_free(((Decoder *)object)->handle);
  PyObject_Free(object);
  Py_DECREF(type);
}

/* The text of the last call, of which `length` bytes are in `small`, with what had no room there. */
static PyObject *rest(Decoder *decoder, tok_status status, char *small, size_t length,
                      tok_error *error) {
  PyObject *whole = PyByteArray_FromStringAndSize(small, (Py_ssize_t)length), *result;
  while (whole && status == TOK_E_CAPACITY) {
    PyObject *part, *longer;
    tok_error_free(error);
    error = NULL;
    status = tok_decoder_fetch(decoder->handle, small, 512, &length);
    part = PyByteArray_FromStringAndSize(small, (Py_ssize_t)length);
    longer = part ? PyByteArray_Concat(whole, part) : NULL;
    Py_XDECREF(part);
    Py_DECREF(whole);
    whole = longer;
  }
  if (whole && status != TOK_OK && status != TOK_E_CAPACITY) {
    Py_DECREF(whole);
    return raise_error(status, error);
  }
  tok_error_free(error);
  if (!whole) return NULL;
  result = str_of(PyByteArray_AsString(whole), (size_t)PyByteArray_Size(whole));
  Py_DECREF(whole);
  return result;
}

static PyObject *decoder_append(PyObject *self, PyObject *number) {
  Decoder *decoder = (Decoder *)self;
  char small[512];
  size_t length = 0;
  tok_error *error;
  tok_status status;
  unsigned long id = PyLong_AsUnsignedLong(number);
  if (PyErr_Occurred()) return NULL;
  if (id > UINT32_MAX) return PyErr_Format(PyExc_OverflowError, "an id is from 0 to 4294967295");
  status = tok_decoder_append(decoder->handle, (tok_id)id, small, sizeof small, &length, &error);
  if (status == TOK_OK) return str_of(small, length);
  if (status != TOK_E_CAPACITY) return raise_error(status, error);
  return rest(decoder, status, small, length, error);
}

static PyObject *decoder_finish(PyObject *self, PyObject *unused) {
  Decoder *decoder = (Decoder *)self;
  char small[512];
  size_t length = 0;
  tok_error *error;
  tok_status status;
  (void)unused;
  status = tok_decoder_finish(decoder->handle, small, sizeof small, &length, &error);
  if (status != TOK_OK && status != TOK_E_CAPACITY) return raise_error(status, error);
  return rest(decoder, status, small, length, error);
}

static PyMethodDef decoder_methods[] = {
    {"append", decoder_append, METH_O,
     "append($self, id, /)\n--\n\nTakes an id and gives the text that it completes: whole characters, often "
     "none."},
    {"finish", decoder_finish, METH_NOARGS,
     "finish($self, /)\n--\n\nGives what was kept, repaired. The decoder is then as new."},
    {NULL, NULL, 0, NULL},
};
static PyType_Slot decoder_slots[] = {
    {Py_tp_dealloc, decoder_dealloc}, {Py_tp_methods, decoder_methods}, {0, NULL}};
static PyType_Spec decoder_spec = {"tok._native.StreamDecoder", sizeof(Decoder), 0,
                                   Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                                   decoder_slots};

/* ---- Text to ids --------------------------------------------------------------------------------- */

typedef struct Encoder {
  PyObject_HEAD
  tok_encoder *handle;
} Encoder;

static PyObject *stream_encoder(PyObject *module, PyObject *arguments) {
  PyObject *object, *special;
  const tok_tokenizer *tokenizer;
  tok_encode_options options;
  tok_encoder *handle;
  Encoder *encoder;
  tok_error *error;
  tok_status status;
  int template;
  (void)module;
  if (!PyArg_ParseTuple(arguments, "OOp:stream_encoder", &object, &special, &template)) return NULL;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.no_template = !template;
  tokenizer = tokenizer_handle(object);
  if (!tokenizer || (options.special = special_named(special)) < 0) return NULL;
  status = tok_encoder_create(tokenizer, &options, &handle, &error);
  if (status) return raise_error(status, error);
  encoder = PyObject_New(Encoder, encoder_type);
  if (encoder)
    encoder->handle = handle;
  else
    tok_encoder_free(handle);
  return (PyObject *)encoder;
}

static void encoder_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  tok_encoder_free(((Encoder *)object)->handle);
  PyObject_Free(object);
  Py_DECREF(type);
}

static PyObject *fetch(Encoder *encoder) {
  size_t count, left = 0, total;
  tok_id *ids;
  tok_status status = tok_encoder_fetch(encoder->handle, NULL, 0, &count, &left);
  if (status) return raise_error(status, NULL);
  ids = malloc((left + 1) * sizeof *ids);
  if (!ids) return PyErr_NoMemory();
  status = tok_encoder_fetch(encoder->handle, ids, left, &total, NULL);
  if (status) {
    free(ids);
    return raise_error(status, NULL);
  }
  return array_of(ids, total, IDS);
}

static PyObject *encoder_append(PyObject *self, PyObject *object) {
  Encoder *encoder = (Encoder *)self;
  text text;
  tok_error *error;
  tok_status status;
  if (take_text(object, &text) < 0) return NULL;
  WITHOUT_LOCK(text.length, status = tok_encoder_append(encoder->handle, text.start,
                                                        (size_t)text.length, &error));
  release_text(&text);
  return status ? raise_error(status, error) : fetch(encoder);
}

static PyObject *encoder_finish(PyObject *self, PyObject *unused) {
  Encoder *encoder = (Encoder *)self;
  tok_error *error;
  tok_status status = tok_encoder_finish(encoder->handle, &error);
  (void)unused;
  return status ? raise_error(status, error) : fetch(encoder);
}

static PyMethodDef encoder_methods[] = {
    {"append", encoder_append, METH_O,
     "append($self, text, /)\n--\n\nTakes the next part of a text, str or bytes that may end within a "
     "character, and gives the ids that nothing behind can change."},
    {"finish", encoder_finish, METH_NOARGS,
     "finish($self, /)\n--\n\nEnds the text and gives the rest of its ids. The encoder is then as new."},
    {NULL, NULL, 0, NULL},
};
static PyType_Slot encoder_slots[] = {
    {Py_tp_dealloc, encoder_dealloc}, {Py_tp_methods, encoder_methods}, {0, NULL}};
static PyType_Spec encoder_spec = {"tok._native.StreamEncoder", sizeof(Encoder), 0,
                                   Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                                   encoder_slots};

static PyMethodDef functions[] = {
    {"stream_decoder", stream_decoder, METH_VARARGS, NULL},
    {"stream_encoder", stream_encoder, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

int add_streams(PyObject *module) {
  decoder_type = add_type(module, &decoder_spec);
  encoder_type = decoder_type ? add_type(module, &encoder_spec) : NULL;
  return encoder_type ? PyModule_AddFunctions(module, functions) : -1;
}
