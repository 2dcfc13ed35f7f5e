#ifndef TOK_ICU_WORDS_H
#define TOK_ICU_WORDS_H

// Borders of words by ICU, which is opened when it is first asked for: its data is 31 MB, and who never
// asks neither carries nor loads it. No header of ICU is needed, and any of its versions will do: each
// puts its number into the names of its functions (ubrk_open_72), and the loader finds it out.
//
// Threads may call all of this at once, each with iterators and texts of its own.

#include <stdbool.h>
#include <stdint.h>

/// Whether there is an ICU on this machine that can be opened.
bool icu_words_available(void);

/// The number of its version, as 72; 0 if there is none, or it does not say.
int icu_words_version(void);

/// Opens an iterator over the words of the root locale, or gives null.
void *icu_words_open(void);

/// Frees what `icu_words_open` opened.
void icu_words_close(void *iterator);

/// Sets the iterator to bytes of UTF-8, which must stay where they are until the text is closed.
/// The text, or null if that failed.
void *icu_words_open_text(void *iterator, const char *bytes, int64_t count);

/// Frees a text.
void icu_words_close_text(void *text);

/// The next border, in bytes; negative behind the last.
int32_t icu_words_next(void *iterator);

#endif
