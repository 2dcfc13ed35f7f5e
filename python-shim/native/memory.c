#include "shim.h"

/* Memory for numpy, which asks for it through the buffer protocol. */
typedef struct Memory {
  PyObject_HEAD
  void *start;
  Py_ssize_t count;
  element element;
  /* What the memory is a part of; NULL for what is to be freed. */
  PyObject *owner;
} Memory;

static PyTypeObject *memory_type;
/* numpy.frombuffer and numpy.empty, found once. */
static PyObject *frombuffer, *data_types[5];

static const struct {
  const char *format, *numpy_name;
  Py_ssize_t size;
} elements[] = {
    [IDS] = {"I", "uint32", 4},
    [PLACES] = {"L", "uint64", 8},
    [NUMBERS] = {"i", "int32", 4},
    [REALS] = {"d", "float64", 8},
    [BYTES] = {"B", "uint8", 1},
};

static void memory_dealloc(PyObject *object) {
  Memory *memory = (Memory *)object;
  PyTypeObject *type = Py_TYPE(object);
  if (memory->owner)
    Py_DECREF(memory->owner);
  else
    free(memory->start);
  PyObject_Free(object);
  Py_DECREF(type);
}

static int memory_get(PyObject *object, Py_buffer *view, int flags) {
  Memory *memory = (Memory *)object;
  if ((flags & PyBUF_WRITABLE) && memory->owner) {
    PyErr_SetString(PyExc_BufferError, "this memory is not for writing");
    view->obj = NULL;
    return -1;
  }
  view->obj = object;
  Py_INCREF(object);
  view->buf = memory->start;
  view->itemsize = elements[memory->element].size;
  view->len = memory->count * view->itemsize;
  view->readonly = memory->owner != NULL;
  view->format = (flags & PyBUF_FORMAT) ? (char *)elements[memory->element].format : NULL;
  view->ndim = 1;
  view->shape = (flags & PyBUF_ND) ? &memory->count : NULL;
  view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? &view->itemsize : NULL;
  view->suboffsets = NULL;
  view->internal = NULL;
  return 0;
}

static PyType_Slot memory_slots[] = {
    {Py_tp_dealloc, memory_dealloc}, {Py_bf_getbuffer, memory_get}, {0, NULL}};
static PyType_Spec memory_spec = {"tok._native.Memory", sizeof(Memory), 0,
                                  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                                  memory_slots};

static PyObject *array(PyObject *owner, void *start, size_t count, element element) {
  PyObject *result;
  Memory *memory = PyObject_New(Memory, memory_type);
  if (!memory) {
    if (!owner) free(start);
    return NULL;
  }
  memory->start = start;
  memory->count = (Py_ssize_t)count;
  memory->element = element;
  memory->owner = owner;
  Py_XINCREF(owner);
  result = PyObject_CallFunctionObjArgs(frombuffer, (PyObject *)memory, data_types[element], NULL);
  Py_DECREF(memory);
  return result;
}

/* numpy makes no array of a buffer without bytes. */
static PyObject *empty(element element) {
  PyObject *bytes = PyByteArray_FromStringAndSize(NULL, 0);
  PyObject *numpy = bytes ? PyImport_ImportModule("numpy") : NULL;
  PyObject *result =
      numpy ? PyObject_CallMethod(numpy, "empty", "iO", 0, data_types[element]) : NULL;
  Py_XDECREF(bytes);
  Py_XDECREF(numpy);
  return result;
}

PyObject *array_of(void *start, size_t count, element element) {
  if (count > 0) return array(NULL, start, count, element);
  free(start);
  return empty(element);
}

PyObject *array_in(PyObject *owner, const void *start, size_t count, element element) {
  return count > 0 ? array(owner, (void *)start, count, element) : empty(element);
}

/* The number of `size` bytes at `start`, negative ones as those beyond 2^32. */
static uint64_t number_at(const char *start, Py_ssize_t size, bool is_signed) {
  uint64_t number = 0;
  int unused = 64 - 8 * (int)size;
  if (size == 1) number = *(const uint8_t *)start;
  if (size == 2) number = *(const uint16_t *)start;
  if (size == 4) number = *(const uint32_t *)start;
  if (size == 8) number = *(const uint64_t *)start;
  return is_signed ? (uint64_t)((int64_t)(number << unused) >> unused) : number;
}

static int too_large(Py_ssize_t index) {
  PyErr_Format(PyExc_OverflowError, "ids[%zd] is not from 0 to 4294967295", index);
  return -1;
}

/* Takes a buffer of whole numbers: as it is, if they have 32 bits. 1, 0 for another kind of buffer, or -1. */
static int take_buffer(ids *ids) {
  const char *format = ids->buffer.format;
  Py_ssize_t size = ids->buffer.itemsize, index, count;
  bool is_signed;
  if (!format) return 0;
  /* Of the order that this machine has. */
  if (*format == '@' || *format == '=' || *format == '<') format++;
  if (!*format || format[1] || !strchr("bBhHiIlLqQ", *format) || size > 8) return 0;
  is_signed = *format >= 'a';
  count = ids->buffer.len / size;
  ids->count = (size_t)count;
  if (size == 4 && !is_signed) {
    ids->start = ids->buffer.buf;
    return 1;
  }
  ids->copy = malloc((size_t)(count > 0 ? count : 1) * sizeof(tok_id));
  if (!ids->copy) {
    PyErr_NoMemory();
    return -1;
  }
  for (index = 0; index < count; index++) {
    uint64_t number = number_at((const char *)ids->buffer.buf + index * size, size, is_signed);
    if (number > UINT32_MAX) return too_large(index);
    ids->copy[index] = (tok_id)number;
  }
  ids->start = ids->copy;
  return 1;
}

int take_ids(PyObject *object, ids *ids) {
  Py_ssize_t index, count;
  memset(ids, 0, sizeof *ids);
  if (PyObject_CheckBuffer(object)) {
    if (PyObject_GetBuffer(object, &ids->buffer, PyBUF_FORMAT | PyBUF_ND) == 0) {
      int taken = take_buffer(ids);
      if (taken > 0) return 0;
      release_ids(ids);
      if (taken < 0) return -1;
    } else {
      PyErr_Clear();
    }
  }
  object = PySequence_List(object);
  if (!object) return -1;
  count = PyList_Size(object);
  ids->copy = malloc((size_t)(count > 0 ? count : 1) * sizeof(tok_id));
  if (!ids->copy) {
    Py_DECREF(object);
    PyErr_NoMemory();
    return -1;
  }
  for (index = 0; index < count; index++) {
    PyObject *number = PyNumber_Index(PyList_GetItem(object, index));
    unsigned long id = number ? PyLong_AsUnsignedLong(number) : (unsigned long)-1;
    Py_XDECREF(number);
    if (PyErr_Occurred() || id > UINT32_MAX) {
      if (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_OverflowError)) {
        PyErr_Clear();
        too_large(index);
      }
      Py_DECREF(object);
      release_ids(ids);
      return -1;
    }
    ids->copy[index] = (tok_id)id;
  }
  Py_DECREF(object);
  ids->start = ids->copy;
  ids->count = (size_t)count;
  return 0;
}

void release_ids(ids *ids) {
  if (ids->buffer.obj) PyBuffer_Release(&ids->buffer);
  free(ids->copy);
  memset(ids, 0, sizeof *ids);
}

int add_memory(PyObject *module) {
  PyObject *numpy;
  int index;
  memory_type = add_type(module, &memory_spec);
  numpy = memory_type ? PyImport_ImportModule("numpy") : NULL;
  if (!numpy) return -1;
  frombuffer = PyObject_GetAttrString(numpy, "frombuffer");
  for (index = 0; index < 5; index++) {
    PyObject *name = PyUnicode_FromString(elements[index].numpy_name);
    data_types[index] = name ? PyObject_CallMethod(numpy, "dtype", "O", name) : NULL;
    Py_XDECREF(name);
    if (!data_types[index]) return -1;
  }
  Py_DECREF(numpy);
  return frombuffer ? 0 : -1;
}
