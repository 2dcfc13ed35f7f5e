#ifndef TOK_PCRE2_SHIM_H
#define TOK_PCRE2_SHIM_H
/* The library wants a code unit width before its header is read. Swift does not see the macros that
   take arguments, so Swift sources call the suffixed names: pcre2_compile_8, pcre2_match_8, ... */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif
