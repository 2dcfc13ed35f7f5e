#ifndef TOK_MEMORY_HINTS_H
#define TOK_MEMORY_HINTS_H

#include <stddef.h>

/* Asks for the cache line at `address`, which will soon be read; never faults. */
static inline void tok_prefetch(const void *address) { __builtin_prefetch(address); }

/* Asks the system for large pages behind `size` bytes at `address`, a multiple of 2 MB, before they are
   first touched: fewer faults, fewer misses of the address cache. Does nothing where there are none. */
void tok_prefer_large_pages(void *address, size_t size);

#endif
