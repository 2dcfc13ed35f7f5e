#ifndef TOK_UTF8PROC_SHIM_H
#define TOK_UTF8PROC_SHIM_H
#include <utf8proc.h>
#endif
