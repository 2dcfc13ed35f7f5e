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

#endif
