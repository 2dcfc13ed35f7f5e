#include "shim.h"

PyTypeObject *add_type(PyObject *module, PyType_Spec *spec) {
  PyObject *type = PyType_FromSpec(spec);
  if (!type) return NULL;
  if (PyModule_AddObjectRef(module, strrchr(spec->name, '.') + 1, type) < 0) Py_CLEAR(type);
  return (PyTypeObject *)type;
}

PyObject *str_of(const char *start, size_t length) {
  return PyUnicode_DecodeUTF8(start, (Py_ssize_t)length, NULL);
}

PyObject *str_and_free(tok_bytes *bytes) {
  PyObject *result;
  const char *start;
  size_t length;
  if (!bytes) Py_RETURN_NONE;
  start = tok_bytes_data(bytes, &length);
  result = str_of(start, length);
  tok_bytes_free(bytes);
  return result;
}

static PyObject *vocabularies(PyObject *module, PyObject *unused) {
  tok_bytes *json;
  tok_error *error;
  tok_status status = tok_vocabularies(&json, &error);
  (void)module, (void)unused;
  return status ? raise_error(status, error) : str_and_free(json);
}

static PyObject *use_icu(PyObject *module, PyObject *unused) {
  tok_error *error;
  tok_status status = tok_use_icu(&error);
  (void)module, (void)unused;
  if (status) return raise_error(status, error);
  Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"vocabularies", vocabularies, METH_NOARGS, NULL},
    {"use_icu", use_icu, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "tok._native", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__native(void) {
  PyObject *module;
  if (tok_version() != TOK_VERSION)
    return PyErr_Format(PyExc_ImportError, "libtok has the version %u, tok.h %u", tok_version(),
                        (unsigned)TOK_VERSION);
  module = PyModule_Create(&definition);
  if (!module) return NULL;
  error_class = PyErr_NewExceptionWithDoc(
      "tok.Error",
      "What cannot be done, and why.\n\n"
      "status is a number of tok.h, message says what was found and expected, place names the\n"
      "file and the place in it or the text of many, offset is in bytes or ids, -1 if not known.",
      PyExc_ValueError, NULL);
  if (error_class && PyModule_AddObjectRef(module, "Error", error_class) == 0 &&
      PyModule_AddIntConstant(module, "version", TOK_VERSION) == 0 && add_memory(module) == 0 &&
      add_tokenizer(module) == 0 && add_batches(module) == 0 && add_encodings(module) == 0 &&
      add_streams(module) == 0 && add_chat(module) == 0 && add_training(module) == 0)
    return module;
  Py_DECREF(module);
  return NULL;
}
