#include "arguments.h"

generator dice;
size_t badness = 12;
unsigned long status_counts[32], bad_call_count;

int by_chance(size_t of) { return of > 0 && random_below(&dice, of) == 0; }

/* ---- What a call may come to ---------------------------------------------------------------- */

static const char *function;
static unsigned wrong, possible;

/* The room of this call, and the bytes behind it. */
static struct watch {
  unsigned char *end;
} watches[4];
static size_t watch_count;
#define WATCHED 64

static unsigned char arena[1 << 18];
static size_t arena_used;

static tok_error *error;
static int wants_error;

void begin(const char *name) {
  function = name;
  wrong = possible = 0;
  watch_count = 0;
  arena_used = 0;
  wants_error = 0;
}

void bad(tok_status status) { wrong |= MAY(status); }

void maybe(unsigned statuses) { possible |= statuses; }

int is_bad(void) { return wrong != 0; }

static void judge_error(tok_status status) {
  void *overflow = NULL;
  if (!wants_error) return;
  if (status == TOK_OK) {
    if (error) fail("%s: an error where all went well", function);
    return;
  }
  if (!error) fail("%s: no error for status %d", function, (int)status);
  if (tok_error_status(error) != status || !tok_error_message(error) || !tok_error_place(error) ||
      tok_error_message(error)[0] == 0 || tok_error_offset(error) < -1)
    fail("%s: an error without content for status %d", function, (int)status);
  keep(ERROR, error, &overflow);
  if (overflow && tok_error_free(overflow) != TOK_OK) fail("%s: an error is not freed", function);
}

void judge(tok_status status, unsigned fine) {
  unsigned expected = (wrong ? wrong : fine) | possible;
  size_t index, byte;
  if (status > 0 || status < -31 || !(expected & MAY(status)))
    fail("%s: status %d, %s; expected one of the bits %x%s", function, (int)status,
         tok_status_message(status), expected, wrong ? " for its bad arguments" : "");
  status_counts[-status]++;
  if (wrong) bad_call_count++;
  for (index = 0; index < watch_count; index++)
    for (byte = 0; byte < WATCHED; byte++)
      if (watches[index].end[byte] != 0xCD) fail("%s: wrote behind its room", function);
  judge_error(status);
}

/* ---- Handles -------------------------------------------------------------------------------- */

#define LIVE 24
#define STALE 64

static struct pool {
  owned live[LIVE];
  size_t count;
  void *stale[STALE];
  size_t stale_count;
} pools[KINDS];

static void *set_aside[16];
static size_t set_aside_count;

void set_handle_aside(void *handle) { set_aside[set_aside_count++] = handle; }

static int is_live(kind kind, void *handle) {
  size_t index;
  for (index = 0; index < set_aside_count; index++)
    if (set_aside[index] == handle) return 1;
  for (index = 0; index < pools[kind].count; index++)
    if (pools[kind].live[index].handle == handle) return 1;
  return 0;
}

owned *any(kind kind) {
  struct pool *pool = &pools[kind];
  return pool->count ? &pool->live[random_below(&dice, pool->count)] : NULL;
}

static void *nonsense(kind kind) {
  void *other = NULL;
  owned *entry;
  switch (random_below(&dice, 5)) {
    case 0:
      if (pools[kind].stale_count)
        other = pools[kind].stale[random_below(&dice, pools[kind].stale_count)];
      break;
    case 1:
      entry = any((enum kind)((kind + 1 + random_below(&dice, KINDS - 1)) % KINDS));
      if (entry) other = entry->handle;
      break;
    case 2:
      /* One bit beside a good one. */
      entry = any(kind);
      if (entry) other = (void *)((uintptr_t)entry->handle ^ (uintptr_t)1 << random_below(&dice, 64));
      break;
    case 3: other = (void *)(uintptr_t)random_bits(&dice); break;
    default: other = arena + random_below(&dice, 4096);
  }
  return is_live(kind, other) ? NULL : other;
}

void *handle(kind kind, owned **entry) {
  *entry = by_chance(badness) ? NULL : any(kind);
  if (*entry) return (*entry)->handle;
  bad(TOK_E_HANDLE);
  return by_chance(4) ? NULL : nonsense(kind);
}

void *handle_or_null(kind kind, owned **entry) {
  void *found;
  *entry = NULL;
  if (by_chance(3)) return NULL;
  *entry = by_chance(badness) ? NULL : any(kind);
  if (*entry) return (*entry)->handle;
  found = nonsense(kind);
  if (found) bad(TOK_E_HANDLE);
  return found;
}

owned *keep(kind kind, void *made, void **overflow) {
  struct pool *pool = &pools[kind];
  owned *entry;
  *overflow = NULL;
  if (pool->count == LIVE) {
    entry = any(kind);
    *overflow = entry->handle;
    drop(kind, entry);
  }
  entry = &pool->live[pool->count++];
  memset(entry, 0, sizeof *entry);
  entry->handle = made;
  return entry;
}

void drop(kind kind, owned *entry) {
  struct pool *pool = &pools[kind];
  size_t slot = pool->stale_count < STALE ? pool->stale_count++ : random_below(&dice, STALE);
  pool->stale[slot] = entry->handle;
  *entry = pool->live[--pool->count];
}

/* ---- Memory --------------------------------------------------------------------------------- */

/* A number of elements that no memory has. */
static size_t beyond(size_t element_size) {
  switch (random_below(&dice, 5)) {
    case 0: return SIZE_MAX;
    case 1: return SIZE_MAX - random_below(&dice, 1 << 16);
    case 2: return (SIZE_MAX >> 1) + 1 + random_below(&dice, 1 << 16);
    case 3: return SIZE_MAX >> 1;
    default: return (SIZE_MAX >> 1) / element_size - random_below(&dice, 4096);
  }
}

void *room(size_t element_size, size_t alignment, size_t *capacity) {
  unsigned char *start;
  size_t size;
  if (by_chance(2)) {
    *capacity = by_chance(2) ? 4096 : random_below(&dice, 40);
  } else {
    *capacity = random_below(&dice, 1200);
  }
  if (by_chance(10)) *capacity = 0;
  arena_used = (arena_used + 15) / 16 * 16;
  size = *capacity * element_size;
  CHECK(arena_used + size + WATCHED + 16 <= sizeof arena);
  start = arena + arena_used;
  if (by_chance(badness)) {
    switch (random_below(&dice, 3)) {
      case 0:
        if (*capacity) bad(TOK_E_ARGUMENT);
        return NULL;
      case 1:
        *capacity = beyond(element_size);
        bad(TOK_E_ARGUMENT);
        return start;
      default:
        if (alignment > 1) {
          start += 1 + random_below(&dice, alignment - 1);
          bad(TOK_E_ARGUMENT);
        }
    }
  }
  arena_used = (size_t)(start - arena) + size + WATCHED;
  memset(start + size, 0xCD, WATCHED);
  watches[watch_count++].end = start + size;
  return start;
}

void *place(void *where, size_t alignment) {
  if (!by_chance(badness)) return where;
  bad(TOK_E_ARGUMENT);
  return by_chance(2) || alignment == 1 ? NULL : (char *)where + 1 + random_below(&dice, alignment - 1);
}

tok_error **error_place(void) {
  error = NULL;
  if (by_chance(3)) return NULL;
  if (by_chance(badness * 2)) {
    bad(TOK_E_ARGUMENT);
    return (tok_error **)(void *)(arena + 1 + random_below(&dice, sizeof(void *) - 1));
  }
  wants_error = 1;
  return &error;
}

const void *input(const void *start, size_t *length, size_t element_size, size_t alignment) {
  if (!by_chance(badness)) return *length == 0 && by_chance(2) ? NULL : start;
  switch (random_below(&dice, 3)) {
    case 0:
      if (*length == 0) *length = 1 + random_below(&dice, 100);
      bad(TOK_E_ARGUMENT);
      return NULL;
    case 1:
      *length = beyond(element_size);
      bad(TOK_E_ARGUMENT);
      return start ? start : arena;
    default:
      if (alignment > 1) {
        bad(TOK_E_ARGUMENT);
        return (const char *)(start ? start : arena) + 1 + random_below(&dice, alignment - 1);
      }
      return start;
  }
}

int32_t enumeration(int32_t end) {
  static const int32_t wild[] = {-1, INT32_MIN, INT32_MAX, 255, 1 << 16};
  if (!by_chance(badness)) return (int32_t)random_below(&dice, (size_t)end);
  bad(TOK_E_ARGUMENT);
  return by_chance(2) ? end : wild[random_below(&dice, sizeof wild / sizeof *wild)];
}

const void *sized_options(void *options, size_t known) {
  static size_t copy[256];
  size_t size = known;
  memset(copy, 0, sizeof copy);
  /* What is bad in them must be seen. */
  if (!is_bad() && by_chance(4)) {
    memset(options, 0, known);
    return NULL;
  }
  memcpy(copy, options, known);
  if (!is_bad() && by_chance(6)) {
    /* A newer header, whose further options are not set; an older one, which has fewer. */
    size = by_chance(2) ? known + 8 * (1 + random_below(&dice, 100))
                        : sizeof(size_t) * (1 + random_below(&dice, known / sizeof(size_t)));
  } else if (by_chance(badness)) {
    bad(TOK_E_ARGUMENT);
    switch (random_below(&dice, 3)) {
      case 0: size = random_below(&dice, sizeof(size_t)); break;
      case 1: size = (1 << 16) + 1 + random_below(&dice, 1 << 20); break;
      default: size = beyond(1);
    }
  } else if (by_chance(badness)) {
    size = known + 64;
    ((unsigned char *)copy)[known + random_below(&dice, 64)] = 1;
    bad(TOK_E_UNSUPPORTED);
  }
  copy[0] = size;
  if (size < known) memset((char *)options + size, 0, known - size);
  if (by_chance(badness)) {
    memmove((char *)copy + 4, copy, sizeof copy - 8);
    bad(TOK_E_ARGUMENT);
    return (char *)copy + 4;
  }
  return copy;
}

const char *c_text(const char *good, int may_be_null) {
  if (may_be_null && by_chance(3)) return NULL;
  if (!by_chance(badness)) return good;
  if (!may_be_null && by_chance(2)) {
    bad(TOK_E_ARGUMENT);
    return NULL;
  }
  bad(TOK_E_INVALID_UTF8);
  return by_chance(2) ? "a\xFF" : "\xE2\x96";
}

int32_t threads(void) {
  if (by_chance(100)) return INT32_MAX;
  if (!by_chance(badness)) return 1 + (int32_t)random_below(&dice, 3);
  bad(TOK_E_ARGUMENT);
  return by_chance(2) ? 0 : by_chance(2) ? -1 : INT32_MIN;
}
