#include "shim.h"

/* Keeps a tok_encoding for the arrays that show it. */
typedef struct Encoding {
  PyObject_HEAD
  tok_encoding *handle;
} Encoding;

static PyTypeObject *encoding_type;

static void dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  tok_encoding_free(((Encoding *)object)->handle);
  PyObject_Free(object);
  Py_DECREF(type);
}

static PyObject *array_or_none(PyObject *owner, const void *start, size_t count, element element) {
  if (start || !count) return array_in(owner, start, count, element);
  Py_RETURN_NONE;
}

/* `part(n)`: ids, starts, ends, words, texts, type_ids, special_mask, attention_mask */
static PyObject *part(PyObject *self, PyObject *number) {
  tok_encoding_view view;
  tok_status status;
  size_t index = PyLong_AsSize_t(number);
  if (PyErr_Occurred()) return NULL;
  status = tok_encoding_part(((Encoding *)self)->handle, index, &view);
  if (status) return raise_error(status, NULL);
  return Py_BuildValue("NNNNNNNN", array_or_none(self, view.ids, view.count, IDS),
                       array_or_none(self, view.starts, view.count, PLACES),
                       array_or_none(self, view.ends, view.count, PLACES),
                       array_or_none(self, view.words, view.count, NUMBERS),
                       array_or_none(self, view.texts, view.count, NUMBERS),
                       array_or_none(self, view.type_ids, view.count, NUMBERS),
                       array_or_none(self, view.special_mask, view.count, NUMBERS),
                       array_or_none(self, view.attention_mask, view.count, NUMBERS));
}

static PyObject *get_part_count(PyObject *self, void *closure) {
  (void)closure;
  return PyLong_FromSize_t(tok_encoding_part_count(((Encoding *)self)->handle));
}

/* ---- Input -------------------------------------------------------------------------------------- */

/* What was taken of a list of texts, each a str, bytes, or a sequence of words. */
typedef struct inputs {
  tok_text *texts;
  text *taken;
  texts *words;
  Py_ssize_t count;
  PyObject *list;
} inputs;

static void release(inputs *inputs) {
  Py_ssize_t index;
  for (index = 0; index < inputs->count; index++) {
    if (inputs->taken) release_text(inputs->taken + index);
    if (inputs->words) release_texts(inputs->words + index);
  }
  free(inputs->texts), free(inputs->taken), free(inputs->words);
  Py_XDECREF(inputs->list);
  memset(inputs, 0, sizeof *inputs);
}

static int take(PyObject *object, inputs *inputs) {
  Py_ssize_t index;
  memset(inputs, 0, sizeof *inputs);
  inputs->list = PySequence_List(object);
  if (!inputs->list) return -1;
  inputs->count = PyList_Size(inputs->list);
  inputs->texts = calloc((size_t)inputs->count + 1, sizeof *inputs->texts);
  inputs->taken = calloc((size_t)inputs->count + 1, sizeof *inputs->taken);
  inputs->words = calloc((size_t)inputs->count + 1, sizeof *inputs->words);
  if (!inputs->texts || !inputs->taken || !inputs->words) {
    PyErr_NoMemory();
    release(inputs);
    return -1;
  }
  for (index = 0; index < inputs->count; index++) {
    PyObject *item = PyList_GetItem(inputs->list, index);
    tok_text *text = inputs->texts + index;
    if (PyList_Check(item) || PyTuple_Check(item)) {
      texts *words = inputs->words + index;
      if (take_texts(item, words) < 0) break;
      *text = (tok_text){words->start, words->length, words->ends, words->count};
    } else {
      if (take_text(item, inputs->taken + index) < 0) break;
      *text = (tok_text){inputs->taken[index].start, (size_t)inputs->taken[index].length, NULL, 0};
    }
  }
  if (index == inputs->count) return 0;
  release(inputs);
  return -1;
}

/* `(tokenizer, firsts, seconds or None, threads, (numbers of tok_text_options in their order))` */
static PyObject *encode_texts(PyObject *module, PyObject *arguments) {
  PyObject *object, *first_list, *second_list, *result = NULL;
  const tok_tokenizer *tokenizer;
  tok_text_options options;
  inputs firsts, seconds;
  tok_encoding **encodings = NULL;
  tok_error *error;
  tok_status status;
  Py_ssize_t max_length, stride, pad_length, pad_multiple, index;
  unsigned int pad_id;
  int threads;
  (void)module;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  if (!PyArg_ParseTuple(arguments, "OOOi(iiiinniiiinniIii):encode_texts", &object, &first_list,
                        &second_list, &threads, &options.special, &options.no_template,
                        &options.no_ranges, &options.trim_ranges, &max_length, &stride,
                        &options.truncation, &options.truncate_left, &options.keep_overflow,
                        &options.padding, &pad_length, &pad_multiple, &options.pad_left, &pad_id,
                        &options.pad_type_id, &options.unit))
    return NULL;
  options.max_length = (size_t)max_length;
  options.stride = (size_t)stride;
  options.pad_length = (size_t)pad_length;
  options.pad_multiple = (size_t)pad_multiple;
  options.pad_id = pad_id;
  memset(&seconds, 0, sizeof seconds);
  tokenizer = tokenizer_handle(object);
  if (!tokenizer || take(first_list, &firsts) < 0) return NULL;
  if (second_list != Py_None) {
    if (take(second_list, &seconds) < 0) goto end;
    if (seconds.count != firsts.count) {
      PyErr_SetString(PyExc_ValueError, "there are not as many second texts as first ones");
      goto end;
    }
  }
  encodings = calloc((size_t)firsts.count + 1, sizeof *encodings);
  if (!encodings) {
    PyErr_NoMemory();
    goto end;
  }
  Py_BEGIN_ALLOW_THREADS
  status = tok_encode_texts(tokenizer, firsts.texts, second_list == Py_None ? NULL : seconds.texts,
                            (size_t)firsts.count, &options, threads, encodings, &error);
  Py_END_ALLOW_THREADS
  if (status) {
    raise_error(status, error);
    goto end;
  }
  result = PyList_New(firsts.count);
  for (index = 0; index < firsts.count; index++) {
    Encoding *encoding = result ? PyObject_New(Encoding, encoding_type) : NULL;
    if (!encoding) {
      Py_CLEAR(result);
      tok_encoding_free(encodings[index]);
      continue;
    }
    encoding->handle = encodings[index];
    if (PyList_SetItem(result, index, (PyObject *)encoding) < 0) Py_CLEAR(result);
  }
end:
  free(encodings);
  release(&firsts);
  release(&seconds);
  return result;
}

static PyMethodDef methods[] = {{"part", part, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static PyGetSetDef properties[] = {{"part_count", get_part_count, NULL, NULL, NULL},
                                   {NULL, NULL, NULL, NULL, NULL}};
static PyType_Slot slots[] = {
    {Py_tp_dealloc, dealloc}, {Py_tp_methods, methods}, {Py_tp_getset, properties}, {0, NULL}};
static PyType_Spec spec = {"tok._native.Encoding", sizeof(Encoding), 0,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
static PyMethodDef functions[] = {{"encode_texts", encode_texts, METH_VARARGS, NULL},
                                  {NULL, NULL, 0, NULL}};

int add_encodings(PyObject *module) {
  encoding_type = add_type(module, &spec);
  return encoding_type ? PyModule_AddFunctions(module, functions) : -1;
}
