#include "shim.h"

#define NPY_NO_DEPRECATED_API NPY_1_23_API_VERSION
#include <numpy/arrayobject.h>

static const struct {
  int type;
  size_t size;
} elements[] = {
    [IDS] = {NPY_UINT32, 4},     [PLACES] = {NPY_UINT64, 8}, [NUMBERS] = {NPY_INT32, 4},
    [REALS] = {NPY_FLOAT64, 8}, [BYTES] = {NPY_UINT8, 1},
};

PyObject *array_with(const void *start, size_t count, element element) {
  npy_intp length = (npy_intp)count;
  PyObject *array = PyArray_SimpleNew(1, &length, elements[element].type);
  if (array && count) memcpy(PyArray_DATA((PyArrayObject *)array), start, count * elements[element].size);
  return array;
}

/* Over `start`, which stays as long as `owner`, which is taken. */
static PyObject *array_over(PyObject *owner, void *start, size_t count, element element) {
  npy_intp length = (npy_intp)count;
  PyObject *array = PyArray_SimpleNewFromData(1, &length, elements[element].type, start);
  if (!array) {
    Py_DECREF(owner);
    return NULL;
  }
  if (PyArray_SetBaseObject((PyArrayObject *)array, owner) < 0) Py_CLEAR(array);
  return array;
}

static void free_memory(PyObject *capsule) { free(PyCapsule_GetPointer(capsule, NULL)); }

PyObject *array_of(void *start, size_t count, element element) {
  PyObject *owner;
  if (count <= FEW) {
    PyObject *array = array_with(start, count, element);
    free(start);
    return array;
  }
  owner = PyCapsule_New(start, NULL, free_memory);
  if (!owner) {
    free(start);
    return NULL;
  }
  return array_over(owner, start, count, element);
}

PyObject *array_in(PyObject *owner, const void *start, size_t count, element element) {
  PyObject *array;
  if (count <= FEW) return array_with(start, count, element);
  array = array_over(Py_NewRef(owner), (void *)start, count, element);
  if (array) PyArray_CLEARFLAGS((PyArrayObject *)array, NPY_ARRAY_WRITEABLE);
  return array;
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
  (void)module;
  return PyArray_ImportNumPyAPI();
}
