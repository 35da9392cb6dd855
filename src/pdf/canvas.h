/* The content stream of one page while it is written: graphics state, marked content, text. */
#ifndef PRIKAZ_PDF_CANVAS_H
#define PRIKAZ_PDF_CANVAS_H

#include "pdf/doc.h"

/* What q saves and Q brings back. */
struct pdf_state {
    uint32_t fill, stroke;
    mpt line_width;
    bool dashed; /* dash or cap differ from the beginning's */
    const struct pdf_font *font;
    mpt size, spacing, rise;
    struct pdf_matrix matrix; /* to the page */
    struct pdf_matrix stream; /* to the beginning of the content stream: a page's or a form's */
    mpt left, top;            /* of the coordinates of areas: x right of, y below here */
};

enum pdf_marking { PDF_UNMARKED, PDF_ARTIFACT, PDF_TAGGED };

struct pdf_canvas {
    struct pdf_doc *doc;
    struct buf *out;
    struct pdf_state state;
    uint32_t page; /* index */
    int line;      /* of the area being painted */
    const char *file;
    int depth;    /* of q */
    uint8_t fade; /* colours are mixed with so much white: part 1 has no transparency */
    enum pdf_marking marking;
    const struct area_tag *tag;             /* when TAGGED */
    enum area_region region, marked_region; /* of what is painted; of the ARTIFACT */
    bool in_text;                           /* between BT and ET */
    bool mark_in_text;                      /* the marked content began there */
    mpt line_x, line_y; /* start of the last line of text, from BT's origin */
};

/* page.c */

/* Coordinates of the content stream. */
static inline mpt pdf_x(const struct pdf_canvas *c, mpt x)
{
    return c->state.left + x;
}

static inline mpt pdf_y(const struct pdf_canvas *c, mpt y)
{
    return c->state.top - y;
}
void pdf_set_fill(struct pdf_canvas *c, uint32_t color);
void pdf_set_stroke(struct pdf_canvas *c, uint32_t color);
void pdf_set_line_width(struct pdf_canvas *c, mpt width);
/* Opacities of what is painted next: 255 is opaque. */
void pdf_set_alpha(struct pdf_canvas *c, uint8_t fill, uint8_t line);
/* Say that part 1 has no transparency. */
void pdf_note_flattened(const struct pdf_canvas *c);
/* A colour seen through on white paper. */
uint32_t pdf_on_white(uint32_t color, uint8_t alpha);
/* Numbers and an operator: «1 0 0 rg». */
void pdf_put_op(struct buf *out, const char *op, const mpt *numbers, int count);

/* First `m`, then `n`. */
struct pdf_matrix pdf_concat(const struct pdf_matrix *m, const struct pdf_matrix *n);
/* A factor of a matrix [1/1000000] and a space. */
void pdf_put_factor(struct buf *out, int64_t v);

/* shading.c: a pattern object for a gradient of the area being painted; the resource name PN has
 * this N. */
uint32_t pdf_add_gradient(struct pdf_canvas *c, const struct area_gradient *g);

/* Has it stops that are seen through? */
bool pdf_is_seen_through(const struct area_gradient *g);
/* What is painted next is seen through as the stops of `g` say. */
void pdf_set_mask(struct pdf_canvas *c, const struct area_gradient *g);

/* text.c: one area of text, inside BT and ET; with `space_after`, a space ends it that is not among its words. */
void pdf_paint_text(struct pdf_canvas *c, const struct area *a, bool space_after);

/* paint.c: outside text. */
void pdf_paint_box(struct pdf_canvas *c, const struct area *a);
void pdf_paint_rule(struct pdf_canvas *c, const struct area *a);
void pdf_paint_path(struct pdf_canvas *c, const struct area *a);
void pdf_paint_image(struct pdf_canvas *c, const struct area *a);

#endif
