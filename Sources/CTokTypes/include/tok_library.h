/* What C can ask of the loader and Swift cannot. Not part of tok.h. */
#ifndef TOK_LIBRARY_H
#define TOK_LIBRARY_H

/* The file of the shared library, or of the program, that this is part of; NULL if nobody knows. */
__attribute__((visibility("hidden"))) const char *ctok_library_path(void);

#endif
