#include "shim.h"

PyTypeObject *tokenizer_type;

#define HANDLE(object) (((Tokenizer *)(object))->handle)

PyObject *tokenizer_of(PyTypeObject *type, tok_tokenizer *handle) {
  Tokenizer *tokenizer;
  if (!type) {
    /* The class of the package, which has what Python does better. */
    PyObject *package = PyImport_ImportModule("tok");
    PyObject *class = package ? PyObject_GetAttrString(package, "Tokenizer") : NULL;
    PyObject *result;
    Py_XDECREF(package);
    if (!class) {
      tok_tokenizer_free(handle);
      return NULL;
    }
    result = tokenizer_of((PyTypeObject *)class, handle);
    Py_DECREF(class);
    return result;
  }
  tokenizer = (Tokenizer *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
  if (!tokenizer) {
    tok_tokenizer_free(handle);
    return NULL;
  }
  tokenizer->handle = handle;
  return (PyObject *)tokenizer;
}

const tok_tokenizer *tokenizer_handle(PyObject *object) {
  if (PyObject_TypeCheck(object, tokenizer_type)) return HANDLE(object);
  PyErr_Format(PyExc_TypeError, "a tok.Tokenizer is wanted, not %R", (PyObject *)Py_TYPE(object));
  return NULL;
}

static void dealloc(PyObject *object) {
  Tokenizer *tokenizer = (Tokenizer *)object;
  PyTypeObject *type = Py_TYPE(object);
  while (tokenizer->context_count > 0)
    tok_context_free(tokenizer->contexts[--tokenizer->context_count]);
  tok_tokenizer_free(tokenizer->handle);
  ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
  Py_DECREF(type);
}

static tok_context *take_context(Tokenizer *tokenizer) {
  tok_context *context = NULL;
  if (tokenizer->context_count > 0) return tokenizer->contexts[--tokenizer->context_count];
  tok_context_create(0, &context);
  return context;
}

static void give_back(Tokenizer *tokenizer, tok_context *context) {
  if (context && tokenizer->context_count < 16)
    tokenizer->contexts[tokenizer->context_count++] = context;
  else
    tok_context_free(context);
}

int special_named(PyObject *name) {
  static const char *names[] = {"text", "parse", "error", "model"};
  const char *text = name && PyUnicode_Check(name) ? PyUnicode_AsUTF8AndSize(name, NULL) : NULL;
  int index;
  for (index = 0; text && index < 4; index++)
    if (strcmp(text, names[index]) == 0) return index;
  if (!PyErr_Occurred())
    PyErr_Format(PyExc_ValueError, "special: %R is none of 'text', 'parse', 'error', 'model'",
                 name ? name : Py_None);
  return -1;
}

/* ---- Loading ------------------------------------------------------------------------------------ */

static int load_options(PyObject *keywords, PyObject *arguments, const char *format, char **names,
                        tok_load_options *options, const char **first, Py_ssize_t *length) {
  const char *dialect = NULL;
  memset(options, 0, sizeof *options);
  options->size = sizeof *options;
  if (!(length ? PyArg_ParseTupleAndKeywords(arguments, keywords, format, names, first, length,
                                             &options->pattern, &dialect, &options->special_tokens,
                                             &options->stem)
               : PyArg_ParseTupleAndKeywords(arguments, keywords, format, names, first,
                                             &options->pattern, &dialect, &options->special_tokens)))
    return -1;
  if (dialect && strcmp(dialect, "oniguruma") == 0) {
    options->dialect = TOK_DIALECT_ONIGURUMA;
  } else if (dialect && strcmp(dialect, "rust") != 0) {
    PyErr_Format(PyExc_ValueError, "dialect: '%s' is neither 'rust' nor 'oniguruma'", dialect);
    return -1;
  }
  return 0;
}

static PyObject *load_file(PyObject *type, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"path", "pattern", "dialect", "special_tokens", NULL};
  tok_load_options options;
  tok_tokenizer *handle;
  tok_error *error;
  tok_status status;
  const char *path;
  if (load_options(keywords, arguments, "s|zzz:_load_file", names, &options, &path, NULL) < 0)
    return NULL;
  Py_BEGIN_ALLOW_THREADS
  status = tok_tokenizer_load(path, &options, &handle, &error);
  Py_END_ALLOW_THREADS
  return status ? raise_error(status, error) : tokenizer_of((PyTypeObject *)type, handle);
}

static PyObject *load_bytes(PyObject *type, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"data", "pattern", "dialect", "special_tokens", "stem", NULL};
  tok_load_options options;
  tok_tokenizer *handle;
  tok_error *error;
  tok_status status;
  const char *bytes;
  Py_ssize_t length;
  if (load_options(keywords, arguments, "y#|zzzz:_load_bytes", names, &options, &bytes, &length) < 0)
    return NULL;
  Py_BEGIN_ALLOW_THREADS
  status = tok_tokenizer_load_memory(bytes, (size_t)length, &options, &handle, &error);
  Py_END_ALLOW_THREADS
  return status ? raise_error(status, error) : tokenizer_of((PyTypeObject *)type, handle);
}

static PyObject *load_name(PyObject *type, PyObject *name) {
  const char *text = PyUnicode_Check(name) ? PyUnicode_AsUTF8AndSize(name, NULL) : NULL;
  tok_tokenizer *handle;
  tok_error *error;
  tok_status status;
  if (!text) return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_TypeError, "a name is a str");
  Py_BEGIN_ALLOW_THREADS
  status = tok_tokenizer_load_name(text, &handle, &error);
  Py_END_ALLOW_THREADS
  return status ? raise_error(status, error) : tokenizer_of((PyTypeObject *)type, handle);
}

/* ---- Encoding ----------------------------------------------------------------------------------- */

/* What a method of Python was called with. */
typedef struct call {
  PyObject *const *arguments;
  Py_ssize_t count;
  PyObject *names;
} call;

/* `(text, special='text', template=True)` */
static int encode_arguments(call call, text *text, tok_encode_options *options) {
  static const char *const names[] = {"text", "special", "template"};
  PyObject *values[3] = {NULL, NULL, NULL};
  Py_ssize_t index, named = call.names ? PyTuple_Size(call.names) : 0;
  int template = 1;
  for (index = 0; index < call.count + named; index++) {
    PyObject *name = index < call.count ? NULL : PyTuple_GetItem(call.names, index - call.count);
    int place = name ? 0 : (int)(index < 3 ? index : 3);
    while (name && place < 3 && PyUnicode_CompareWithASCIIString(name, names[place]) != 0) place++;
    if (place == 3 || values[place]) {
      PyErr_Format(PyExc_TypeError, "text, special and template are wanted, once each; not %R",
                   name ? name : call.arguments[index]);
      return -1;
    }
    values[place] = call.arguments[index];
  }
  if (!values[0]) {
    PyErr_SetString(PyExc_TypeError, "a text is wanted");
    return -1;
  }
  memset(options, 0, sizeof *options);
  options->size = sizeof *options;
  if (values[1] && (options->special = special_named(values[1])) < 0) return -1;
  if (values[2] && (template = PyObject_IsTrue(values[2])) < 0) return -1;
  options->no_template = !template;
  return take_text(values[0], text);
}

/* Encodes to `few`, which has room for FEW ids, or to memory of its own, which the caller frees; NULL with an
   exception. */
static tok_id *encoded(PyObject *self, call call, tok_id *few, size_t *count) {
  Tokenizer *tokenizer = (Tokenizer *)self;
  tok_encode_options options;
  text text;
  tok_id *ids = few;
  tok_context *context;
  tok_error *error = NULL;
  tok_status status = TOK_OK;
  size_t capacity = FEW;
  if (encode_arguments(call, &text, &options) < 0) return NULL;
  context = take_context(tokenizer);
  if (text.length > FEW * 2) {
    /* Mostly there is one id for several bytes. */
    capacity = (size_t)text.length / 2;
    ids = malloc(capacity * sizeof *ids);
  }
  while (ids) {
    WITHOUT_LOCK(text.length,
                 status = tok_encode(tokenizer->handle, text.start, (size_t)text.length, &options,
                                     context, ids, capacity, count, &error));
    if (status != TOK_E_CAPACITY) break;
    tok_error_free(error);
    if (ids != few) free(ids);
    capacity = *count;
    ids = malloc(capacity * sizeof *ids);
  }
  give_back(tokenizer, context);
  release_text(&text);
  if (!ids) {
    PyErr_NoMemory();
    return NULL;
  }
  if (status != TOK_OK) {
    if (ids != few) free(ids);
    raise_error(status, error);
    return NULL;
  }
  if (ids != few && capacity > 2 * *count) {
    tok_id *smaller = realloc(ids, (*count + 1) * sizeof *ids);
    if (smaller) ids = smaller;
  }
  return ids;
}

static PyObject *encode(PyObject *self, PyObject *const *arguments, Py_ssize_t argument_count,
                        PyObject *names) {
  tok_id few[FEW];
  size_t count;
  tok_id *ids = encoded(self, (call){arguments, argument_count, names}, few, &count);
  if (!ids) return NULL;
  return ids == few ? array_with(few, count, IDS) : array_of(ids, count, IDS);
}

static PyObject *encode_list(PyObject *self, PyObject *const *arguments,
                             Py_ssize_t argument_count, PyObject *names) {
  tok_id few[FEW];
  size_t count, index;
  tok_id *ids = encoded(self, (call){arguments, argument_count, names}, few, &count);
  PyObject *list = ids ? PyList_New((Py_ssize_t)count) : NULL;
  for (index = 0; list && index < count; index++) {
    PyObject *id = PyLong_FromUnsignedLong(ids[index]);
    if (!id || PyList_SetItem(list, (Py_ssize_t)index, id) < 0) Py_CLEAR(list);
  }
  if (ids != few) free(ids);
  return list;
}

static PyObject *count_tokens(PyObject *self, PyObject *const *arguments,
                              Py_ssize_t argument_count, PyObject *names) {
  Tokenizer *tokenizer = (Tokenizer *)self;
  tok_encode_options options;
  text text;
  tok_context *context;
  tok_error *error;
  tok_status status;
  size_t count;
  if (encode_arguments((call){arguments, argument_count, names}, &text, &options) < 0) return NULL;
  context = take_context(tokenizer);
  WITHOUT_LOCK(text.length, status = tok_count(tokenizer->handle, text.start, (size_t)text.length,
                                               &options, context, &count, &error));
  give_back(tokenizer, context);
  release_text(&text);
  return status ? raise_error(status, error) : PyLong_FromSize_t(count);
}

/* Ids and the ends of their ranges: three arrays. */
static PyObject *tokenize(PyObject *self, PyObject *const *arguments, Py_ssize_t argument_count,
                          PyObject *names) {
  tok_encode_options options;
  text text;
  tok_token *tokens = NULL;
  tok_error *error = NULL;
  tok_status status = TOK_OK;
  size_t count = 0, index, capacity;
  tok_id *ids;
  uint64_t *starts, *ends;
  if (encode_arguments((call){arguments, argument_count, names}, &text, &options) < 0) return NULL;
  capacity = (size_t)text.length / 2 + 16;
  do {
    tok_error_free(error);
    free(tokens);
    tokens = malloc(capacity * sizeof *tokens);
    if (!tokens) break;
    WITHOUT_LOCK(text.length,
                 status = tok_tokenize(HANDLE(self), text.start, (size_t)text.length, &options,
                                       tokens, capacity, &count, &error));
    capacity = count;
  } while (status == TOK_E_CAPACITY);
  release_text(&text);
  if (tokens && status != TOK_OK) {
    free(tokens);
    return raise_error(status, error);
  }
  ids = malloc((count + 1) * sizeof *ids);
  starts = malloc((count + 1) * sizeof *starts);
  ends = malloc((count + 1) * sizeof *ends);
  if (!tokens || !ids || !starts || !ends) {
    free(tokens), free(ids), free(starts), free(ends);
    return PyErr_NoMemory();
  }
  for (index = 0; index < count; index++) {
    ids[index] = tokens[index].id;
    starts[index] = tokens[index].start;
    ends[index] = tokens[index].end;
  }
  free(tokens);
  return Py_BuildValue("NNN", array_of(ids, count, IDS), array_of(starts, count, PLACES),
                       array_of(ends, count, PLACES));
}

static PyObject *draw(PyObject *self, PyObject *arguments) {
  static const char *names[] = {"dropout", "segmentation"};
  tok_draw_options options;
  PyObject *object, *special;
  const char *drawing;
  unsigned long long seed;
  int template;
  text text;
  tok_id *ids = NULL;
  tok_error *error = NULL;
  tok_status status = TOK_OK;
  size_t count = 0, capacity;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  if (!PyArg_ParseTuple(arguments, "OsdKOp:_draw", &object, &drawing, &options.number, &seed,
                        &special, &template))
    return NULL;
  while (options.drawing < 2 && strcmp(drawing, names[options.drawing]) != 0) options.drawing++;
  if ((options.special = special_named(special)) < 0) return NULL;
  options.seed = seed;
  options.no_template = !template;
  if (take_text(object, &text) < 0) return NULL;
  capacity = (size_t)text.length + 16;
  do {
    tok_error_free(error);
    free(ids);
    ids = malloc(capacity * sizeof *ids);
    if (!ids) break;
    WITHOUT_LOCK(text.length, status = tok_draw(HANDLE(self), text.start, (size_t)text.length,
                                                &options, ids, capacity, &count, &error));
    capacity = count;
  } while (status == TOK_E_CAPACITY);
  release_text(&text);
  if (!ids) return PyErr_NoMemory();
  if (status != TOK_OK) {
    free(ids);
    return raise_error(status, error);
  }
  return array_of(ids, count, IDS);
}

/* ---- Decoding ----------------------------------------------------------------------------------- */

/* `(ids, special, TOK_INVALID_UTF8)`: str, or bytes for TOK_INVALID_UTF8_KEEP. */
static PyObject *decode(PyObject *self, PyObject *arguments) {
  PyObject *object, *result = NULL;
  int special, treatment;
  ids ids;
  char small[512], *start = small;
  tok_error *error;
  tok_status status;
  size_t length, capacity = sizeof small;
  if (!PyArg_ParseTuple(arguments, "Opi:_decode", &object, &special, &treatment)) return NULL;
  if (take_ids(object, &ids) < 0) return NULL;
  /* Few tokens have more than eight bytes in the mean. */
  if (ids.count > sizeof small / 8) {
    capacity = ids.count * 8;
    start = malloc(capacity);
  }
  while (start) {
    WITHOUT_LOCK(ids.count * 4, status = tok_decode(HANDLE(self), ids.start, ids.count, special,
                                                treatment, start, capacity, &length, &error));
    if (status != TOK_E_CAPACITY) break;
    tok_error_free(error);
    if (start != small) free(start);
    capacity = length;
    start = malloc(capacity);
  }
  release_ids(&ids);
  if (!start) return PyErr_NoMemory();
  if (status != TOK_OK)
    raise_error(status, error);
  else if (treatment == TOK_INVALID_UTF8_KEEP)
    result = PyBytes_FromStringAndSize(start, (Py_ssize_t)length);
  else
    result = str_of(start, length);
  if (start != small) free(start);
  return result;
}

/* ---- The vocabulary ----------------------------------------------------------------------------- */

static PyObject *get_id_count(PyObject *self, void *closure) {
  (void)closure;
  return PyLong_FromSize_t(tok_id_count(HANDLE(self)));
}

static PyObject *get_token_count(PyObject *self, void *closure) {
  (void)closure;
  return PyLong_FromSize_t(tok_token_count(HANDLE(self)));
}

static PyObject *id_of(PyObject *self, PyObject *token) {
  text text;
  tok_id id;
  tok_status status;
  if (take_text(token, &text) < 0) return NULL;
  status = tok_id_of(HANDLE(self), text.start, (size_t)text.length, &id);
  release_text(&text);
  if (status == TOK_E_UNKNOWN_ID) Py_RETURN_NONE;
  return status ? raise_error(status, NULL) : PyLong_FromUnsignedLong(id);
}

static PyObject *id_of_role(PyObject *self, PyObject *role) {
  tok_id id;
  tok_status status = tok_id_of_role(HANDLE(self), (int32_t)PyLong_AsLong(role), &id);
  if (PyErr_Occurred()) return NULL;
  if (status == TOK_E_UNKNOWN_ID) Py_RETURN_NONE;
  return status ? raise_error(status, NULL) : PyLong_FromUnsignedLong(id);
}

static int one_id(PyObject *number, tok_id *id) {
  unsigned long value = PyLong_AsUnsignedLong(number);
  if (PyErr_Occurred()) return -1;
  if (value > UINT32_MAX) {
    PyErr_SetString(PyExc_OverflowError, "an id is from 0 to 4294967295");
    return -1;
  }
  *id = (tok_id)value;
  return 0;
}

static PyObject *bytes_of(PyObject *self, PyObject *number) {
  char small[256], *large;
  tok_status status;
  tok_id id;
  size_t length;
  PyObject *result;
  if (one_id(number, &id) < 0) return NULL;
  status = tok_bytes_of(HANDLE(self), id, small, sizeof small, &length);
  if (status == TOK_E_UNKNOWN_ID) Py_RETURN_NONE;
  if (status == TOK_OK) return PyBytes_FromStringAndSize(small, (Py_ssize_t)length);
  if (status != TOK_E_CAPACITY) return raise_error(status, NULL);
  large = malloc(length);
  if (!large) return PyErr_NoMemory();
  tok_bytes_of(HANDLE(self), id, large, length, &length);
  result = PyBytes_FromStringAndSize(large, (Py_ssize_t)length);
  free(large);
  return result;
}

static PyObject *is_special(PyObject *self, PyObject *number) {
  tok_id id;
  if (one_id(number, &id) < 0) return NULL;
  return PyBool_FromLong(tok_is_special(HANDLE(self), id));
}

/* Tuples (text, id, special, single_word, strips_left, strips_right, normalized). */
static PyObject *added_tokens(PyObject *self, PyObject *unused) {
  size_t count = tok_added_token_count(HANDLE(self)), index;
  PyObject *list = PyList_New((Py_ssize_t)count);
  (void)unused;
  for (index = 0; list && index < count; index++) {
    tok_added_token token;
    PyObject *row;
    tok_added_token_at(HANDLE(self), index, &token);
    row = Py_BuildValue("s#kNNNNN", token.text, (Py_ssize_t)token.length, (unsigned long)token.id,
                        PyBool_FromLong(token.special), PyBool_FromLong(token.single_word),
                        PyBool_FromLong(token.strips_left), PyBool_FromLong(token.strips_right),
                        PyBool_FromLong(token.normalized));
    if (!row || PyList_SetItem(list, (Py_ssize_t)index, row) < 0) Py_CLEAR(list);
  }
  return list;
}

/* Of such tuples, whose id may be None, a tokenizer with these tokens. */
static PyObject *add_tokens(PyObject *self, PyObject *object) {
  PyObject *list = PySequence_List(object), *result = NULL;
  Py_ssize_t count = list ? PyList_Size(list) : -1, index;
  tok_added_token *tokens = count < 0 ? NULL : calloc((size_t)count + 1, sizeof *tokens);
  tok_tokenizer *larger;
  tok_error *error;
  tok_status status;
  if (!tokens) {
    Py_XDECREF(list);
    return PyErr_Occurred() ? NULL : PyErr_NoMemory();
  }
  for (index = 0; index < count; index++) {
    tok_added_token *token = tokens + index;
    PyObject *id;
    Py_ssize_t length;
    int flags[5];
    if (!PyArg_ParseTuple(PyList_GetItem(list, index), "s#Oppppp", &token->text, &length, &id,
                          flags, flags + 1, flags + 2, flags + 3, flags + 4))
      goto end;
    token->length = (size_t)length;
    token->id = TOK_NO_ID;
    if (id != Py_None && one_id(id, &token->id) < 0) goto end;
    token->special = flags[0];
    token->single_word = flags[1];
    token->strips_left = flags[2];
    token->strips_right = flags[3];
    token->normalized = flags[4];
  }
  status = tok_tokenizer_add_tokens(HANDLE(self), tokens, (size_t)count, &larger, &error);
  result = status ? raise_error(status, error) : tokenizer_of(Py_TYPE(self), larger);
end:
  free(tokens);
  Py_DECREF(list);
  return result;
}

/* ---- Files -------------------------------------------------------------------------------------- */

static PyObject *inspect(PyObject *self, PyObject *name) {
  const char *text = PyUnicode_AsUTF8AndSize(name, NULL);
  tok_bytes *json;
  tok_error *error;
  tok_status status;
  if (!text) return NULL;
  Py_BEGIN_ALLOW_THREADS
  status = tok_inspect(HANDLE(self), text, &json, &error);
  Py_END_ALLOW_THREADS
  return status ? raise_error(status, error) : str_and_free(json);
}

/* `(path, lossy)`: what was lost, or None. */
static PyObject *save(PyObject *self, PyObject *arguments) {
  const char *path;
  int lossy;
  tok_bytes *losses;
  tok_error *error;
  tok_status status;
  if (!PyArg_ParseTuple(arguments, "sp:_save", &path, &lossy)) return NULL;
  Py_BEGIN_ALLOW_THREADS
  status = tok_tokenizer_save(HANDLE(self), path, lossy, &losses, &error);
  Py_END_ALLOW_THREADS
  return status ? raise_error(status, error) : str_and_free(losses);
}

/* `(format,)`: the bytes of a file. */
static PyObject *write_file(PyObject *self, PyObject *format) {
  tok_bytes *file;
  tok_error *error;
  tok_status status;
  PyObject *result;
  const char *start;
  size_t length;
  long number = PyLong_AsLong(format);
  if (PyErr_Occurred()) return NULL;
  Py_BEGIN_ALLOW_THREADS
  status = tok_tokenizer_write(HANDLE(self), (int32_t)number, NULL, false, &file, NULL, NULL, &error);
  Py_END_ALLOW_THREADS
  if (status) return raise_error(status, error);
  start = tok_bytes_data(file, &length);
  result = PyBytes_FromStringAndSize(start, (Py_ssize_t)length);
  tok_bytes_free(file);
  return result;
}

/* `(uses, token_count)`: a tokenizer and the new id of each old one. */
static PyObject *trim(PyObject *self, PyObject *arguments) {
  Py_buffer uses;
  Py_ssize_t token_count;
  tok_tokenizer *smaller;
  tok_error *error;
  tok_status status;
  tok_id *new_ids;
  size_t count;
  if (!PyArg_ParseTuple(arguments, "y*n:_trim", &uses, &token_count)) return NULL;
  count = (size_t)(uses.len / 8);
  new_ids = malloc((count + 1) * sizeof *new_ids);
  if (!new_ids) {
    PyBuffer_Release(&uses);
    return PyErr_NoMemory();
  }
  Py_BEGIN_ALLOW_THREADS
  status = tok_tokenizer_trim(HANDLE(self), uses.buf, count, (size_t)token_count, new_ids, &smaller,
                              &error);
  Py_END_ALLOW_THREADS
  PyBuffer_Release(&uses);
  if (status) {
    free(new_ids);
    return raise_error(status, error);
  }
  return Py_BuildValue("NN", tokenizer_of(Py_TYPE(self), smaller), array_of(new_ids, count, IDS));
}

#define FAST(function) (PyCFunction)(void (*)(void))function, METH_FASTCALL | METH_KEYWORDS

static PyMethodDef methods[] = {
    {"_load_file", (PyCFunction)(void (*)(void))load_file,
     METH_VARARGS | METH_KEYWORDS | METH_CLASS, NULL},
    {"_load_bytes", (PyCFunction)(void (*)(void))load_bytes,
     METH_VARARGS | METH_KEYWORDS | METH_CLASS, NULL},
    {"_load_name", load_name, METH_O | METH_CLASS, NULL},
    {"encode", FAST(encode),
     "encode($self, text, special='text', template=True)\n--\n\n"
     "The ids of a text, str or UTF-8 bytes, as a numpy array of uint32."},
    {"encode_list", FAST(encode_list),
     "encode_list($self, text, special='text', template=True)\n--\n\n"
     "The ids of a text as a list of int, which is slower to make than an array."},
    {"count", FAST(count_tokens),
     "count($self, text, special='text', template=True)\n--\n\nHow many ids a text has."},
    {"_tokenize", FAST(tokenize), NULL},
    {"_draw", draw, METH_VARARGS, NULL},
    {"_decode", decode, METH_VARARGS, NULL},
    {"id_of", id_of, METH_O,
     "id_of($self, token, /)\n--\n\nThe id of the token with this text, str or bytes; None if there is none."},
    {"_id_of_role", id_of_role, METH_O, NULL},
    {"bytes_of", bytes_of, METH_O,
     "bytes_of($self, id, /)\n--\n\nThe bytes that decoding gives for an id; None if it has no token."},
    {"is_special", is_special, METH_O,
     "is_special($self, id, /)\n--\n\nWhether an id is that of a special token."},
    {"_added_tokens", added_tokens, METH_NOARGS, NULL},
    {"_add_tokens", add_tokens, METH_O, NULL},
    {"_inspect", inspect, METH_O, NULL},
    {"_save", save, METH_VARARGS, NULL},
    {"_write", write_file, METH_O, NULL},
    {"_trim", trim, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef properties[] = {
    {"id_count", get_id_count, NULL,
     "One more than the greatest id: the number of rows that an embedding needs.", NULL},
    {"token_count", get_token_count, NULL, "The number of tokens, added ones included.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_dealloc, dealloc}, {Py_tp_methods, methods}, {Py_tp_getset, properties}, {0, NULL}};
static PyType_Spec spec = {
    "tok._native.Tokenizer", sizeof(Tokenizer), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};

int add_tokenizer(PyObject *module) {
  tokenizer_type = add_type(module, &spec);
  return tokenizer_type ? 0 : -1;
}
