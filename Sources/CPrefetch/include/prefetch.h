#ifndef TOK_PREFETCH_H
#define TOK_PREFETCH_H

/* Asks for the cache line at `address`, which will soon be read; never faults. */
static inline void tok_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
