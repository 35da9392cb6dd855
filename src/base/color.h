/* Colours by name: the 147 names of SVG 1.1 and CSS 3. */
#ifndef PRIKAZ_BASE_COLOR_H
#define PRIKAZ_BASE_COLOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A row of a list of colours, 0xRRGGBB; lists are sorted by name, in small letters. */
struct color {
    const char *name;
    uint32_t rgb;
};

/* A name that is looked for, in any case of ASCII letters; need not end with a NUL. */
struct color_key {
    const char *name;
    size_t len;
};

/* Find the key among the `n` rows of `list`; *rgb stays as it is when it is not there. */
bool color_search(const struct color *list, size_t n, struct color_key key, uint32_t *rgb);

/* The same among the names of CSS. */
bool color_find(struct color_key key, uint32_t *rgb);

#endif
