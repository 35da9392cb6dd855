/* Patterns that rules look for in text: regular expressions over code points. */
#ifndef PRIKAZ_CHECK_PATTERN_H
#define PRIKAZ_CHECK_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

/* A compiled pattern. Its language:
 *   c \c      the character itself (after \ also . * + ? ( ) [ ] | ^ $)
 *   .         any character           [ax-z\p] [^…]  one of, none of
 *   \d digit  \s space of any width   \w letter or digit
 *   \p Cyrillic letter   \P Cyrillic capital   \l Cyrillic small letter   \a Latin letter
 *   x* x+ x?  as many as there are    x|y  either    (…) group
 *   ^ $ start and end of the text     \b edge of a word
 *   (?=…) (?!…) what must, must not follow */
struct pattern;

/* Compile; NULL when `text` is not a pattern, with the byte where it fails in *fault. Free with
 * check_free_pattern. */
struct pattern *check_compile_pattern(const char *text, size_t *fault);
void check_free_pattern(struct pattern *p);

/* Find the first match, the longest there, in the `len` bytes of `text` (UTF-8) at `from` or
 * later: bytes *start to *end. Time is at most the length of the text times that of the pattern. */
bool check_search_pattern(const struct pattern *p, const char *text, size_t len, size_t from,
                          size_t *start, size_t *end);

#endif
