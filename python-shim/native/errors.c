#include "shim.h"

PyObject *error_class;

/* Sets an attribute and lets go of the value; 0, or -1. */
static int set(PyObject *object, const char *name, PyObject *value) {
  int result = value ? PyObject_SetAttrString(object, name, value) : -1;
  Py_XDECREF(value);
  return result;
}

PyObject *raise_error(tok_status status, tok_error *error) {
  const char *message = error ? tok_error_message(error) : tok_status_message(status);
  const char *place = error ? tok_error_place(error) : "";
  int64_t offset = error ? tok_error_offset(error) : -1;
  PyObject *text;
  if (*place && offset >= 0)
    text = PyUnicode_FromFormat("%s: at %lld: %s", place, (long long)offset, message);
  else if (*place)
    text = PyUnicode_FromFormat("%s: %s", place, message);
  else if (offset >= 0)
    text = PyUnicode_FromFormat("at %lld: %s", (long long)offset, message);
  else
    text = PyUnicode_FromString(message);
  if (text) {
    PyObject *exception = PyObject_CallFunctionObjArgs(error_class, text, NULL);
    Py_DECREF(text);
    if (exception) {
      if (set(exception, "status", PyLong_FromLong(status)) == 0 &&
          set(exception, "message", PyUnicode_FromString(message)) == 0 &&
          set(exception, "place", PyUnicode_FromString(place)) == 0 &&
          set(exception, "offset", PyLong_FromLongLong(offset)) == 0)
        PyErr_SetObject(error_class, exception);
      Py_DECREF(exception);
    }
  }
  tok_error_free(error);
  return NULL;
}
