/* The text of a tagged PDF in the order of its tags, as a reader aloud gets it. */
#ifndef PRIKAZ_TESTS_TAGTEXT_H
#define PRIKAZ_TESTS_TAGTEXT_H

#include "base/buf.h"

#include <stdbool.h>

/* Append the text of the file's structure, blocks parted by a line feed. False when qpdf cannot
 * read the file or it has no structure. `pdfinfo -struct-text` says the same, but draws the page
 * anew for every tag: twenty seconds for sixteen pages. */
bool tagtext_read(const char *path, struct buf *text);

#endif
