#include "icu_words.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct {
  void *(*open)(int type, const char *locale, const void *text, int32_t count, int *status);
  void (*close)(void *iterator);
  void (*set_text)(void *iterator, void *text, int *status);
  int32_t (*next)(void *iterator);
  void *(*open_text)(void *text, const char *bytes, int64_t count, int *status);
  void *(*close_text)(void *text);
  bool is_open;
  int version;
} icu;

/* The versions whose names are tried, newest first. */
enum { newest_version = 99, oldest_version = 50 };

static void *symbol(void *library, const char *name, int version) {
  char versioned[64];
  if (version == 0) return dlsym(library, name);
  snprintf(versioned, sizeof versioned, "%s_%d", name, version);
  return dlsym(library, versioned);
}

/* Takes the functions of one version, 0 for names without one; false if one is missing. */
static bool take(void *library, int version) {
  *(void **)&icu.open = symbol(library, "ubrk_open", version);
  *(void **)&icu.close = symbol(library, "ubrk_close", version);
  *(void **)&icu.set_text = symbol(library, "ubrk_setUText", version);
  *(void **)&icu.next = symbol(library, "ubrk_next", version);
  *(void **)&icu.open_text = symbol(library, "utext_openUTF8", version);
  *(void **)&icu.close_text = symbol(library, "utext_close", version);
  icu.version = version;
  icu.is_open = icu.open && icu.close && icu.set_text && icu.next && icu.open_text && icu.close_text;
  return icu.is_open;
}

static void load(void) {
#if defined(__APPLE__)
  void *library = dlopen("/usr/lib/libicucore.dylib", RTLD_NOW | RTLD_LOCAL);
  if (library) take(library, 0);
#else
  for (int version = newest_version; version >= oldest_version; version--) {
    char name[32];
    snprintf(name, sizeof name, "libicuuc.so.%d", version);
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!library) continue;
    if (take(library, version) || take(library, 0)) return;
    dlclose(library);
  }
#endif
}

static bool is_open(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return icu.is_open;
}

bool icu_words_available(void) { return is_open(); }

int icu_words_version(void) { return is_open() ? icu.version : 0; }

void *icu_words_open(void) {
  if (!is_open()) return 0;
  int status = 0;
  void *iterator = icu.open(1, "", 0, 0, &status);
  if (status <= 0) return iterator;
  if (iterator) icu.close(iterator);
  return 0;
}

void icu_words_close(void *iterator) { icu.close(iterator); }

void *icu_words_open_text(void *iterator, const char *bytes, int64_t count) {
  int status = 0;
  void *text = icu.open_text(0, bytes, count, &status);
  if (status <= 0) icu.set_text(iterator, text, &status);
  if (status <= 0) return text;
  if (text) icu.close_text(text);
  return 0;
}

void icu_words_close_text(void *text) { icu.close_text(text); }

int32_t icu_words_next(void *iterator) { return icu.next(iterator); }
