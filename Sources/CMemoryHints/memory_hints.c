#include "memory_hints.h"

#if defined(__linux__)
#include <sys/mman.h>

void tok_prefer_large_pages(void *address, size_t size) {
  (void)madvise(address, size, MADV_HUGEPAGE);
}
#else
void tok_prefer_large_pages(void *address, size_t size) {
  (void)address;
  (void)size;
}
#endif
