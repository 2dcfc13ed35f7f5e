#include "shim.h"

/* A training from Python: what its callbacks need. */
typedef struct training {
  /* An iterator of str, bytes, and Arrow arrays of them; NULL where files are trained on. */
  PyObject *texts;
  /* The text that the trainer is reading just now. */
  PyObject *current;
  text taken;
  bool has_taken;
  /* The array whose texts are being read, which are not copied, and how many of them were read. */
  texts array;
  size_t array_index;
  /* Called with (phase, completed, total); true ends the training. NULL for none. */
  PyObject *progress;
  /* What a callback raised, to be raised again when the training has ended. */
  PyObject *type, *value, *traceback;
} training;

static void keep_exception(training *training) {
  if (training->type)
    PyErr_Clear();
  else
    PyErr_Fetch(&training->type, &training->value, &training->traceback);
}

static void drop_current(training *training) {
  if (training->has_taken) release_text(&training->taken);
  training->has_taken = false;
  Py_CLEAR(training->current);
}

/* Gives the next text of the array; false behind its last one. */
static bool next_of_array(training *training, const char **start, size_t *length) {
  texts *array = &training->array;
  size_t index = training->array_index, begin;
  if (index == array->count) return false;
  begin = index ? array->ends[index - 1] : 0;
  *start = array->start + begin;
  *length = array->ends[index] - begin;
  training->array_index++;
  return true;
}

static int32_t next_text(void *user, const char **start, size_t *length) {
  training *training = user;
  int32_t answer = -1;
  PyGILState_STATE state;
  if (next_of_array(training, start, length)) return 1;
  state = PyGILState_Ensure();
  do {
    drop_current(training);
    release_texts(&training->array);
    training->array_index = 0;
    training->current = PyIter_Next(training->texts);
  } while (training->current && !PyUnicode_Check(training->current) &&
           PyObject_HasAttrString(training->current, "__arrow_c_array__") &&
           take_texts(training->current, &training->array) == 0 &&
           !next_of_array(training, start, length));
  if (!training->current) {
    answer = PyErr_Occurred() ? -1 : 0;
  } else if (PyErr_Occurred()) {
    answer = -1;
  } else if (training->array_index) {
    answer = 1;
  } else if (take_text(training->current, &training->taken) == 0) {
    training->has_taken = true;
    *start = training->taken.start;
    *length = (size_t)training->taken.length;
    answer = 1;
  }
  if (answer < 0) keep_exception(training);
  PyGILState_Release(state);
  return answer;
}

static int32_t report_progress(void *user, const tok_progress *progress) {
  training *training = user;
  int32_t answer;
  PyGILState_STATE state = PyGILState_Ensure();
  /* An interrupt from the keyboard ends the training, too. */
  answer = PyErr_CheckSignals() < 0;
  if (!answer && training->progress) {
    PyObject *told = PyObject_CallFunction(training->progress, "sKK", progress->phase,
                                           (unsigned long long)progress->completed,
                                           (unsigned long long)progress->total);
    answer = told ? PyObject_IsTrue(told) : -1;
    Py_XDECREF(told);
  }
  if (PyErr_Occurred()) {
    keep_exception(training);
    answer = 1;
  }
  PyGILState_Release(state);
  return answer;
}

static int set_options(tok_trainer *trainer, PyObject *options) {
  Py_ssize_t index, count = PyList_Size(options);
  for (index = 0; index < count; index++) {
    const char *name, *value;
    tok_error *error;
    tok_status status;
    if (!PyArg_ParseTuple(PyList_GetItem(options, index), "ss", &name, &value)) return -1;
    status = tok_trainer_set(trainer, name, value, &error);
    if (status) {
      raise_error(status, error);
      return -1;
    }
  }
  return 0;
}

/* Rows of (path, content, field, weight). */
static int add_files(tok_trainer *trainer, PyObject *files, int unit) {
  Py_ssize_t index, count = PyList_Size(files);
  for (index = 0; index < count; index++) {
    tok_source_options options;
    const char *path;
    tok_error *error;
    tok_status status;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.unit = unit;
    if (!PyArg_ParseTuple(PyList_GetItem(files, index), "sizd", &path, &options.content,
                          &options.field, &options.weight))
      return -1;
    status = tok_trainer_add_file(trainer, path, &options, &error);
    if (status) {
      raise_error(status, error);
      return -1;
    }
  }
  return 0;
}

/* `(kind, base or None, options, files, texts or None, unit, run)`, run being (threads, memory, checkpoint,
   checkpoint_interval, progress or None, counts or None): a tokenizer and its report, or None where the
   words are only counted, into the file `counts`. */
static PyObject *train(PyObject *module, PyObject *arguments) {
  const char *kind, *checkpoint, *counts;
  PyObject *base, *settings, *files, *texts, *progress, *result = NULL;
  const tok_tokenizer *old = NULL;
  tok_trainer *trainer = NULL;
  tok_tokenizer *tokenizer;
  tok_bytes *report;
  tok_error *error;
  tok_status status;
  tok_run_options run;
  tok_source_options source;
  training training;
  unsigned long long memory;
  int unit;
  (void)module;
  memset(&run, 0, sizeof run);
  memset(&source, 0, sizeof source);
  memset(&training, 0, sizeof training);
  run.size = sizeof run;
  source.size = sizeof source;
  if (!PyArg_ParseTuple(arguments, "sOO!O!Oi(iKzdOz):train", &kind, &base, &PyList_Type, &settings,
                        &PyList_Type, &files, &texts, &unit, &run.threads, &memory, &checkpoint,
                        &run.checkpoint_interval, &progress, &counts))
    return NULL;
  run.memory_limit = memory;
  run.checkpoint = checkpoint;
  run.progress = report_progress;
  run.user = &training;
  source.unit = unit;
  if (progress != Py_None) training.progress = progress;
  if (base != Py_None && !(old = tokenizer_handle(base))) return NULL;
  status = tok_trainer_create(kind, old, &trainer, &error);
  if (status) return raise_error(status, error);
  if (set_options(trainer, settings) < 0 || add_files(trainer, files, unit) < 0) goto end;
  if (texts != Py_None) {
    training.texts = PyObject_GetIter(texts);
    if (!training.texts) goto end;
    status = tok_trainer_add_texts(trainer, next_text, &training, &source, &error);
    if (status) {
      raise_error(status, error);
      goto end;
    }
  }
  Py_BEGIN_ALLOW_THREADS
  if (counts)
    status = tok_trainer_count(trainer, counts, &run, &error);
  else
    status = tok_trainer_run(trainer, &run, &tokenizer, &report, &error);
  Py_END_ALLOW_THREADS
  if (training.type) {
    if (status == TOK_OK && !counts) {
      tok_tokenizer_free(tokenizer);
      tok_bytes_free(report);
    }
    tok_error_free(error);
    PyErr_Restore(training.type, training.value, training.traceback);
  } else if (status) {
    raise_error(status, error);
  } else if (counts) {
    result = Py_NewRef(Py_None);
  } else {
    result = Py_BuildValue("NN", tokenizer_of(NULL, tokenizer), str_and_free(report));
  }
end:
  tok_trainer_free(trainer);
  drop_current(&training);
  release_texts(&training.array);
  Py_XDECREF(training.texts);
  return result;
}

static PyMethodDef functions[] = {{"train", train, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};

int add_training(PyObject *module) { return PyModule_AddFunctions(module, functions); }
