#include "shim.h"

typedef struct Template {
  PyObject_HEAD
  tok_chat_template *handle;
} Template;

static PyTypeObject *template_type;

static PyObject *template_of(tok_chat_template *handle) {
  Template *template = PyObject_New(Template, template_type);
  if (template)
    template->handle = handle;
  else
    tok_chat_template_free(handle);
  return (PyObject *)template;
}

static void dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  tok_chat_template_free(((Template *)object)->handle);
  PyObject_Free(object);
  Py_DECREF(type);
}

static PyObject *load_template(PyObject *module, PyObject *arguments) {
  const char *path, *name;
  tok_chat_template *handle;
  tok_error *error;
  tok_status status;
  (void)module;
  if (!PyArg_ParseTuple(arguments, "sz:load_template", &path, &name)) return NULL;
  status = tok_chat_template_load(path, name, &handle, &error);
  return status ? raise_error(status, error) : template_of(handle);
}

static PyObject *make_template(PyObject *module, PyObject *arguments) {
  const char *source, *special_tokens;
  Py_ssize_t length;
  tok_chat_template *handle;
  tok_error *error;
  tok_status status;
  (void)module;
  if (!PyArg_ParseTuple(arguments, "s#z:make_template", &source, &length, &special_tokens))
    return NULL;
  status = tok_chat_template_create(source, (size_t)length, special_tokens, &handle, &error);
  return status ? raise_error(status, error) : template_of(handle);
}

/* The ids of the parts of a chat. */
static PyObject *encode_parts(const tok_tokenizer *tokenizer, const tok_chat *chat) {
  tok_encode_options options;
  size_t part_count, length, count, capacity;
  const tok_part *parts = tok_chat_parts(chat, &part_count);
  tok_id *ids = NULL;
  tok_error *error = NULL;
  tok_status status;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.no_template = 1;
  tok_chat_text(chat, &length);
  capacity = length + 16;
  do {
    tok_error_free(error);
    free(ids);
    ids = malloc(capacity * sizeof *ids);
    if (!ids) return PyErr_NoMemory();
    WITHOUT_LOCK(length, status = tok_encode_parts(tokenizer, parts, part_count, &options, ids,
                                                   capacity, &count, &error));
    capacity = count;
  } while (status == TOK_E_CAPACITY);
  if (status) {
    free(ids);
    return raise_error(status, error);
  }
  return array_of(ids, count, IDS);
}

/* `(conversation, generation_prompt, date, tokenizer or None, users)`: str, or ids with a tokenizer */
static PyObject *render(PyObject *self, PyObject *arguments) {
  const char *conversation, *date;
  Py_ssize_t length;
  PyObject *object, *users, *result;
  const tok_tokenizer *tokenizer = NULL;
  tok_chat_options options;
  tok_chat *chat;
  tok_error *error;
  tok_status status;
  int generation_prompt;
  if (!PyArg_ParseTuple(arguments, "s#pzOO:render", &conversation, &length, &generation_prompt,
                        &date, &object, &users))
    return NULL;
  if (object != Py_None && !(tokenizer = tokenizer_handle(object))) return NULL;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.generation_prompt = generation_prompt;
  options.date = date;
  if ((options.users = special_named(users)) < 0) return NULL;
  Py_BEGIN_ALLOW_THREADS
  status = tok_chat_render(((Template *)self)->handle, conversation, (size_t)length, &options, &chat,
                           &error);
  Py_END_ALLOW_THREADS
  if (status) return raise_error(status, error);
  if (tokenizer) {
    result = encode_parts(tokenizer, chat);
  } else {
    size_t text_length;
    const char *text = tok_chat_text(chat, &text_length);
    result = str_of(text, text_length);
  }
  tok_chat_free(chat);
  return result;
}

static PyMethodDef methods[] = {{"render", render, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyType_Slot slots[] = {{Py_tp_dealloc, dealloc}, {Py_tp_methods, methods}, {0, NULL}};
static PyType_Spec spec = {"tok._native.ChatTemplate", sizeof(Template), 0,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
static PyMethodDef functions[] = {
    {"load_template", load_template, METH_VARARGS, NULL},
    {"make_template", make_template, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

int add_chat(PyObject *module) {
  template_type = add_type(module, &spec);
  return template_type ? PyModule_AddFunctions(module, functions) : -1;
}
