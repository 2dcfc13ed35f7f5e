#ifndef TOK_CHARSMAPS_H
#define TOK_CHARSMAPS_H

#include <stddef.h>

/* The compiled rules of number `rule`: 0 nmt_nfkc, 1 nfkc, 2 nmt_nfkc_cf, 3 nfkc_cf; for as long as
   the program runs. NULL for any other number. */
const unsigned char *tok_charsmap(int rule);

/* Their length in bytes; 0 for any other number. */
size_t tok_charsmap_size(int rule);

#endif
