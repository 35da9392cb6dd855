/* UTF-8 to code points. */
#ifndef PRIKAZ_BASE_UTF8_H
#define PRIKAZ_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Decode the code point at *p, which must be before `end`, and move *p past it. An ill-formed
 * sequence gives U+FFFD and moves by one byte at least. */
uint32_t utf8_next(const char **p, const char *end);

#endif
