/* Layout: the fo tree becomes pages of areas, handed to a painter as they are finished. */
#ifndef PRIKAZ_LAYOUT_LAYOUT_H
#define PRIKAZ_LAYOUT_LAYOUT_H

#include "area/area.h"
#include "fo/fo.h"

/* What a run tells besides the pages: for --report and the checker. */
struct layout_box { /* a reserved box (px:report), in document order */
    const char *name;
    int32_t page; /* from 1 */
    mpt x, y, width, height;
};

struct layout_result {
    struct arena *arena; /* owns everything here */
    int32_t pages;
    struct layout_box *boxes;
    size_t box_count;
};

struct layout_options {
    const char *folder; /* images are looked for here and below; NULL: the document's base */
    bool any_folder;    /* allow images outside it */
};

/* Lay out `doc` and give every page to `painter`, then finish it. The tree is eaten on the way: free
 * it afterwards, and use it for nothing else. Faults go to `diag`; layout
 * always ends and never drops content. Pages are laid out again (at most five times) until the
 * page numbers referred to are stable. Returns false when the painter failed or a page could
 * not be made; free the result with layout_free_result in either case. */
bool layout_document(struct fo_document *doc, struct text_fonts *fonts,
                     const struct layout_options *options, struct area_painter *painter,
                     struct diag *diag, struct layout_result *result);
void layout_free_result(struct layout_result *result);

#endif
