#include "shim.h"

/* Keeps a tok_batch for the arrays that show it. */
typedef struct Batch {
  PyObject_HEAD
  tok_batch *handle;
} Batch;

static PyTypeObject *batch_type;

static void dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  tok_batch_free(((Batch *)object)->handle);
  PyObject_Free(object);
  Py_DECREF(type);
}

/* The ids of all texts as one array, and where each text ends in it, with a 0 in front. */
static PyObject *arrays(tok_batch *handle) {
  Batch *batch = PyObject_New(Batch, batch_type);
  PyObject *ids, *offsets;
  const tok_id *start;
  const size_t *ends;
  size_t id_count, text_count;
  uint64_t *places;
  if (!batch) {
    tok_batch_free(handle);
    return NULL;
  }
  batch->handle = handle;
  start = tok_batch_ids(handle, &id_count);
  ends = tok_batch_ends(handle, &text_count);
  places = malloc((text_count + 1) * sizeof *places);
  if (!places) {
    Py_DECREF(batch);
    return PyErr_NoMemory();
  }
  places[0] = 0;
  if (text_count) memcpy(places + 1, ends, text_count * sizeof *places);
  offsets = array_of(places, text_count + 1, PLACES);
  ids = array_in((PyObject *)batch, start, id_count, IDS);
  Py_DECREF(batch);
  return Py_BuildValue("NN", ids, offsets);
}

/* `(tokenizer, texts, threads, special, template)` */
static PyObject *encode_batch(PyObject *module, PyObject *arguments) {
  PyObject *object, *many, *special;
  const tok_tokenizer *tokenizer;
  tok_encode_options options;
  texts texts;
  tok_batch *batch;
  tok_error *error;
  tok_status status;
  int threads, template;
  (void)module;
  if (!PyArg_ParseTuple(arguments, "OOiOp:encode_batch", &object, &many, &threads, &special,
                        &template))
    return NULL;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.no_template = !template;
  tokenizer = tokenizer_handle(object);
  if (!tokenizer || (options.special = special_named(special)) < 0) return NULL;
  if (take_texts(many, &texts) < 0) return NULL;
  Py_BEGIN_ALLOW_THREADS
  status = tok_encode_batch(tokenizer, texts.start, texts.length, texts.ends, texts.count, &options,
                            threads, &batch, &error);
  Py_END_ALLOW_THREADS
  release_texts(&texts);
  return status ? raise_error(status, error) : arrays(batch);
}

/* `(tokenizer, text, limit)`: ids, offsets, scores */
static PyObject *best_encodings(PyObject *module, PyObject *arguments) {
  PyObject *object, *one, *pair, *result;
  const tok_tokenizer *tokenizer;
  Py_ssize_t limit;
  double *scores;
  text text;
  tok_batch *batch;
  tok_error *error;
  tok_status status;
  size_t count;
  (void)module;
  if (!PyArg_ParseTuple(arguments, "OOn:best_encodings", &object, &one, &limit)) return NULL;
  tokenizer = tokenizer_handle(object);
  if (!tokenizer || take_text(one, &text) < 0) return NULL;
  scores = calloc(limit > 0 && limit <= 65536 ? (size_t)limit : 1, sizeof *scores);
  Py_BEGIN_ALLOW_THREADS
  status = tok_best_encodings(tokenizer, text.start, (size_t)text.length, (size_t)limit, &batch,
                              scores, &error);
  Py_END_ALLOW_THREADS
  release_text(&text);
  if (status) {
    free(scores);
    return raise_error(status, error);
  }
  tok_batch_ends(batch, &count);
  pair = arrays(batch);
  if (!pair) {
    free(scores);
    return NULL;
  }
  result = Py_BuildValue("OON", PyTuple_GetItem(pair, 0), PyTuple_GetItem(pair, 1),
                         array_of(scores, count, REALS));
  Py_DECREF(pair);
  return result;
}

static PyType_Slot slots[] = {{Py_tp_dealloc, dealloc}, {0, NULL}};
static PyType_Spec spec = {"tok._native.Batch", sizeof(Batch), 0,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};

static PyMethodDef functions[] = {
    {"encode_batch", encode_batch, METH_VARARGS, NULL},
    {"best_encodings", best_encodings, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

int add_batches(PyObject *module) {
  batch_type = add_type(module, &spec);
  return batch_type ? PyModule_AddFunctions(module, functions) : -1;
}
