/* Static SVG as vector areas: charts, coats of arms.
 *
 * SVG 1.1 without what moves, calls or filters: paths and basic shapes, groups, use and symbol,
 * nested svg, transformations, fills and strokes with colours, gradients and patterns, dashes,
 * clip paths, opacity, text in the document's fonts, style attributes and simple style sheets.
 * What lies outside is reported with its line and left out. A pixel (and a user unit of a drawing
 * without a viewBox) is 1/72 inch, as for raster images without a resolution. */
#ifndef PRIKAZ_SVG_SVG_H
#define PRIKAZ_SVG_SVG_H

#include "area/area.h"

#include <libxml/tree.h>

/* A drawing, read; lives in the arena it was read into, whatever becomes of its xmlDoc. */
struct svg_image;

/* Read the <svg> element of a document. `file` is what faults name (borrowed for as long as the
 * image is used). NULL, reported, when it is not an svg element. */
struct svg_image *svg_read(struct arena *arena, const xmlNode *svg, const char *file,
                           struct diag *diag);

/* Read a .svg file: without network, entities or anything outside the file. Reported at `loc`,
 * the place that names the file, and NULL when it cannot be read or is not SVG. */
struct svg_image *svg_read_file(struct arena *arena, const char *path, struct src_loc loc,
                                struct diag *diag);

/* The size of its own [mpt]: width and height; a missing one follows from the viewBox, and without
 * that 300 and 150 pixels are taken. Never negative; a size of 0 paints nothing. */
void svg_size(const struct svg_image *image, mpt *width, mpt *height);

/* The text of the root's title (else desc), for the alternative text; NULL when there is none. */
const char *svg_title(const struct svg_image *image);

/* Where to paint. */
struct svg_target {
    struct arena *arena; /* of the page */
    struct area *group;  /* an AREA_GROUP; its top left corner is that of the drawing */
    mpt width, height;   /* of the content rectangle */
    struct text_fonts *fonts;
    const char *families;       /* where the drawing names no font-family; NULL: serif */
    const struct area_tag *tag; /* of everything painted; NULL: the group's */
    int line;                   /* source line of the areas; 0: those of the drawing itself */
    struct diag *diag;          /* characters without a glyph, fonts replaced; may be NULL */
};

/* Append the drawing's areas to the group: viewBox and preserveAspectRatio (SVG 1.1, 7.7, 7.8)
 * fit it into the rectangle, and what lies outside is clipped. The image may be painted many times
 * and is not changed. */
void svg_paint(const struct svg_image *image, const struct svg_target *target);

#endif
