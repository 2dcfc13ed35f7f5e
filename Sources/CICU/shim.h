#ifndef TOK_ICU_SHIM_H
#define TOK_ICU_SHIM_H

// ICU puts its version into the names of its functions (u_charType_72); these wrappers keep it out
// of Swift. ICU's own headers are left out except for the one with that macro: Foundation brings
// another version of ICU, and a Swift file that sees the types of both does not compile.

#include <stdint.h>
#include <unicode/uvernum.h>

int8_t U_ICU_ENTRY_POINT_RENAME(u_charType)(int32_t scalar);
int8_t U_ICU_ENTRY_POINT_RENAME(u_hasBinaryProperty)(int32_t scalar, int property);
int32_t U_ICU_ENTRY_POINT_RENAME(u_getIntPropertyValue)(int32_t scalar, int property);
int32_t U_ICU_ENTRY_POINT_RENAME(u_getPropertyEnum)(const char *name);
int32_t U_ICU_ENTRY_POINT_RENAME(u_getPropertyValueEnum)(int property, const char *name);
int32_t U_ICU_ENTRY_POINT_RENAME(u_foldCase)(int32_t scalar, uint32_t options);
void *U_ICU_ENTRY_POINT_RENAME(ubrk_open)(
    int type, const char *locale, const void *text, int32_t count, int *status);
void U_ICU_ENTRY_POINT_RENAME(ubrk_close)(void *iterator);
void U_ICU_ENTRY_POINT_RENAME(ubrk_setUText)(void *iterator, void *text, int *status);
int32_t U_ICU_ENTRY_POINT_RENAME(ubrk_next)(void *iterator);
void *U_ICU_ENTRY_POINT_RENAME(utext_openUTF8)(
    void *text, const char *bytes, int64_t count, int *status);
void *U_ICU_ENTRY_POINT_RENAME(utext_close)(void *text);

/// The general category, a value of UCharCategory; 0 for what this ICU does not know as assigned.
static inline int icu_general_category(int32_t scalar) {
  return U_ICU_ENTRY_POINT_RENAME(u_charType)(scalar);
}

/// The number of a property by its name in the standard, or -1.
static inline int icu_property(const char *name) {
  return U_ICU_ENTRY_POINT_RENAME(u_getPropertyEnum)(name);
}

/// The number of a value of an enumerated property by its name, or -1.
static inline int icu_property_value(int property, const char *name) {
  return U_ICU_ENTRY_POINT_RENAME(u_getPropertyValueEnum)(property, name);
}

/// Whether the code point has a binary property.
static inline int icu_has_property(int32_t scalar, int property) {
  return U_ICU_ENTRY_POINT_RENAME(u_hasBinaryProperty)(scalar, property);
}

/// The value that the code point has of an enumerated property.
static inline int icu_value(int32_t scalar, int property) {
  return U_ICU_ENTRY_POINT_RENAME(u_getIntPropertyValue)(scalar, property);
}

/// Simple case folding without the Turkish entries.
static inline int32_t icu_fold_case(int32_t scalar) {
  return U_ICU_ENTRY_POINT_RENAME(u_foldCase)(scalar, 0);
}

/// Opens an iterator over the words of the root locale, or gives null.
static inline void *icu_open_words(void) {
  int status = 0;
  void *iterator = U_ICU_ENTRY_POINT_RENAME(ubrk_open)(1, "", 0, 0, &status);
  if (status <= 0) return iterator;
  if (iterator) U_ICU_ENTRY_POINT_RENAME(ubrk_close)(iterator);
  return 0;
}

/// Frees what `icu_open_words` opened.
static inline void icu_close_words(void *iterator) {
  U_ICU_ENTRY_POINT_RENAME(ubrk_close)(iterator);
}

/// Sets the iterator to bytes of UTF-8, which must stay where they are until the text is closed.
/// The text, or null if that failed.
static inline void *icu_open_text(void *iterator, const char *bytes, int64_t count) {
  int status = 0;
  void *text = U_ICU_ENTRY_POINT_RENAME(utext_openUTF8)(0, bytes, count, &status);
  if (status <= 0) U_ICU_ENTRY_POINT_RENAME(ubrk_setUText)(iterator, text, &status);
  if (status <= 0) return text;
  if (text) U_ICU_ENTRY_POINT_RENAME(utext_close)(text);
  return 0;
}

/// Frees a text.
static inline void icu_close_text(void *text) {
  U_ICU_ENTRY_POINT_RENAME(utext_close)(text);
}

/// The next border, in bytes; negative behind the last.
static inline int32_t icu_next_border(void *iterator) {
  return U_ICU_ENTRY_POINT_RENAME(ubrk_next)(iterator);
}

#endif
