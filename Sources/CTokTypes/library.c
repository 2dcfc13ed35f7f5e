#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include <dlfcn.h>

#include "tok_library.h"

const char *ctok_library_path(void) {
  Dl_info information;
  return dladdr((const void *)&ctok_library_path, &information) != 0 ? information.dli_fname : 0;
}
