/* What the harnesses share: an input as a file, a finished page. */
#ifndef PRIKAZ_TESTS_FUZZ_INPUT_H
#define PRIKAZ_TESTS_FUZZ_INPUT_H

#include "area/area.h"

#include <stddef.h>
#include <stdint.h>

/* A file with these bytes; its name, the same at every call of a process, ends in `ending`.
 * Borrowed; the file is removed when the process ends. */
const char *input_write_file(const uint8_t *bytes, size_t size, const char *ending);

/* Give one page, whose areas are tagged with `figure`, to the dump and to the PDF writer. */
struct input_page {
    struct area_page page;
    struct area_tag root, figure;
};
/* Begin a page of 500 by 500 pt in the arena. */
void input_start_page(struct input_page *p, struct arena *arena);
void input_paint_page(struct input_page *p, struct diag *diag);

#endif
