#include "shim.h"

int take_text(PyObject *object, text *text) {
  text->buffer.obj = NULL;
  if (PyUnicode_Check(object)) {
    text->start = PyUnicode_AsUTF8AndSize(object, &text->length);
    return text->start ? 0 : -1;
  }
  if (PyBytes_Check(object)) return PyBytes_AsStringAndSize(object, (char **)&text->start, &text->length);
  if (PyObject_GetBuffer(object, &text->buffer, PyBUF_SIMPLE) == 0) {
    text->start = text->buffer.buf;
    text->length = text->buffer.len;
    return 0;
  }
  PyErr_Format(PyExc_TypeError, "a text is str or bytes, not %R", (PyObject *)Py_TYPE(object));
  return -1;
}

void release_text(text *text) {
  if (text->buffer.obj) PyBuffer_Release(&text->buffer);
}

/* ---- Arrow ------------------------------------------------------------------------------------ */

/* The structs of Arrow's C data interface, which its specification allows to be written down anew. */
struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};
struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

static int no_memory(texts *texts) {
  release_texts(texts);
  PyErr_NoMemory();
  return -1;
}

/* Takes an array whose strings lie one behind another. The capsules are freed with `texts`. */
static int take_arrow(PyObject *pair, texts *texts) {
  PyObject *schema_capsule = PyTuple_GetItem(pair, 0), *array_capsule = PyTuple_GetItem(pair, 1);
  struct ArrowSchema *schema;
  struct ArrowArray *array;
  int64_t index;
  bool is_large;
  if (!schema_capsule || !array_capsule) return -1;
  schema = PyCapsule_GetPointer(schema_capsule, "arrow_schema");
  array = PyCapsule_GetPointer(array_capsule, "arrow_array");
  if (!schema || !array) return -1;
  is_large = schema->format[0] == 'U' || schema->format[0] == 'Z';
  if (!schema->format[0] || !strchr("uUzZ", schema->format[0]) || schema->format[1]) {
    PyErr_Format(PyExc_TypeError,
                 "an Arrow array of string, large_string, binary or large_binary is wanted, not of "
                 "format '%s': cast it",
                 schema->format);
    return -1;
  }
  if (array->null_count > 0) {
    PyErr_Format(PyExc_ValueError, "%lld of the texts are null", (long long)array->null_count);
    return -1;
  }
  texts->count = (size_t)array->length;
  texts->ends = malloc((texts->count + 1) * sizeof(size_t));
  if (!texts->ends) return no_memory(texts);
  {
    const int32_t *small = (const int32_t *)array->buffers[1] + (is_large ? 0 : array->offset);
    const int64_t *large = (const int64_t *)array->buffers[1] + (is_large ? array->offset : 0);
    bool has_offsets = array->buffers[1] != NULL;
    int64_t first = !has_offsets ? 0 : is_large ? large[0] : small[0];
    for (index = 0; index < array->length; index++)
      texts->ends[index] =
          (size_t)((is_large ? large[index + 1] : (int64_t)small[index + 1]) - first);
    texts->start = array->buffers[2] ? (const char *)array->buffers[2] + first : "";
  }
  texts->length = texts->count ? texts->ends[texts->count - 1] : 0;
  texts->arrow = pair;
  Py_INCREF(pair);
  return 0;
}

/* ---- Sequences --------------------------------------------------------------------------------- */

/* `item`, or its UTF-8 as an object of its own: a str keeps the UTF-8 that it is asked for, unless it is
   ASCII, so that all texts would be there twice from then on. */
static PyObject *to_be_copied(PyObject *item) {
  static PyObject *isascii;
  PyObject *ascii, *bytes;
  if (!PyUnicode_Check(item)) return Py_NewRef(item);
  if (!isascii && !(isascii = PyUnicode_InternFromString("isascii"))) return NULL;
  ascii = PyObject_CallMethodObjArgs(item, isascii, NULL);
  if (!ascii) return NULL;
  bytes = ascii == Py_True ? Py_NewRef(item) : PyUnicode_AsUTF8String(item);
  Py_DECREF(ascii);
  return bytes;
}

/* About how many bytes the texts of a list have: all of them, where they are ASCII. */
static size_t expected_length(PyObject *list) {
  Py_ssize_t index, count = PyList_Size(list);
  size_t length = 0;
  for (index = 0; index < count; index++) {
    PyObject *item = PyList_GetItem(list, index);
    if (PyUnicode_Check(item)) length += (size_t)PyUnicode_GetLength(item);
    if (PyBytes_Check(item)) length += (size_t)PyBytes_Size(item);
  }
  return length + length / 8 + 4096;
}

static int take_sequence(PyObject *object, texts *texts) {
  Py_ssize_t index, count;
  size_t capacity;
  PyObject *list;
  if (PyUnicode_Check(object) || PyBytes_Check(object)) {
    PyErr_SetString(PyExc_TypeError, "many texts are wanted, not one: put it into a list");
    return -1;
  }
  list = PySequence_List(object);
  if (!list) return -1;
  count = PyList_Size(list);
  capacity = expected_length(list);
  texts->ends = malloc(((size_t)count + 1) * sizeof(size_t));
  texts->copy = malloc(capacity);
  if (!texts->ends || !texts->copy) {
    Py_DECREF(list);
    return no_memory(texts);
  }
  for (index = 0; index < count; index++) {
    PyObject *item = PyList_GetItem(list, index);
    PyObject *bytes = to_be_copied(item);
    text text;
    size_t needed;
    if (!bytes || take_text(bytes, &text) < 0) {
      Py_XDECREF(bytes);
      Py_DECREF(list);
      release_texts(texts);
      return -1;
    }
    needed = texts->length + (size_t)text.length;
    if (needed > capacity) {
      char *larger;
      while (capacity < needed) capacity *= 2;
      larger = realloc(texts->copy, capacity);
      if (!larger) {
        release_text(&text);
        Py_DECREF(bytes);
        Py_DECREF(list);
        return no_memory(texts);
      }
      texts->copy = larger;
    }
    memcpy(texts->copy + texts->length, text.start, (size_t)text.length);
    texts->length = needed;
    texts->ends[index] = needed;
    release_text(&text);
    Py_DECREF(bytes);
  }
  Py_DECREF(list);
  texts->start = texts->copy;
  texts->count = (size_t)count;
  return 0;
}

int take_texts(PyObject *object, texts *texts) {
  memset(texts, 0, sizeof *texts);
  if (PyObject_HasAttrString(object, "__arrow_c_array__")) {
    PyObject *pair = PyObject_CallMethod(object, "__arrow_c_array__", NULL);
    int result = pair ? take_arrow(pair, texts) : -1;
    Py_XDECREF(pair);
    return result;
  }
  return take_sequence(object, texts);
}

void release_texts(texts *texts) {
  free(texts->ends);
  free(texts->copy);
  Py_XDECREF((PyObject *)texts->arrow);
  memset(texts, 0, sizeof *texts);
}
