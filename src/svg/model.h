/* What the files of the SVG stage share: numbers, styles, and the drawing as a list of items.
 *
 * The tree of elements is read once into items whose styles, references and units are resolved;
 * painting needs only the size wanted and the fonts. Nothing of this header is seen outside
 * src/svg. */
#ifndef PRIKAZ_SVG_MODEL_H
#define PRIKAZ_SVG_MODEL_H

#include "base/buf.h"
#include "svg/svg.h"

/* --- numbers (fixed.c) ------------------------------------------------------------------- */

/* A number or a length in user units, in millionths; clamped to +-SVG_MAX. */
typedef int64_t svg_num;
#define SVG_ONE INT64_C(1000000)
#define SVG_MAX (SVG_ONE * 1000000000)

/* Products of two of them. */
__extension__ typedef __int128 svg_wide;

/* A factor of a matrix, a sine: in units of 1/SVG_UNIT. */
#define SVG_UNIT INT64_C(1000000000)

/* x' = a x + c y + e, y' = b x + d y + f; factors in 1/SVG_UNIT. */
struct svg_matrix {
    int64_t a, b, c, d;
    svg_num e, f;
};
#define SVG_IDENTITY ((struct svg_matrix){SVG_UNIT, 0, 0, SVG_UNIT, 0, 0})

struct svg_point {
    svg_num x, y;
};

/* Left, top, right, bottom; empty when right < left. */
struct svg_box {
    svg_num x1, y1, x2, y2;
};
#define SVG_NO_BOX ((struct svg_box){SVG_MAX, SVG_MAX, -SVG_MAX, -SVG_MAX})

svg_num svg_clamp(svg_wide v);
/* v * num / den, rounded half away from zero, clamped; den is not 0. */
svg_num svg_scale(svg_num v, int64_t num, int64_t den);
/* The whole root of a number that is not negative. */
int64_t svg_root(svg_wide square);
svg_num svg_length_of(svg_num x, svg_num y);
/* Sine and cosine of an angle in degrees, in 1/SVG_UNIT. */
void svg_find_sine(svg_num degrees, int64_t *sine, int64_t *cosine);
/* First `inner`, then `outer`. */
struct svg_matrix svg_concat(const struct svg_matrix *outer, const struct svg_matrix *inner);
struct svg_point svg_apply(const struct svg_matrix *m, struct svg_point p);
/* False when the matrix is singular, or nearly. */
bool svg_invert(const struct svg_matrix *m, struct svg_matrix *inverse);
/* The square root of the determinant's size, in 1/SVG_UNIT: how much lengths grow on average. */
int64_t svg_growth(const struct svg_matrix *m);
void svg_box_add(struct svg_box *box, struct svg_point p);
/* The box around a box that was mapped. */
struct svg_box svg_box_apply(const struct svg_matrix *m, const struct svg_box *box);

/* --- text of attributes (scan.c) ---------------------------------------------------------- */

struct svg_scan {
    const char *p, *end;
};

/* What relative lengths are relative to. */
struct svg_lengths {
    svg_num font_size, width, height; /* of the viewport */
};
enum svg_axis { SVG_HORIZONTAL, SVG_VERTICAL, SVG_DIAGONAL };

struct svg_scan svg_scan_text(const char *s);
void svg_skip_space(struct svg_scan *s);
/* Space with at most one comma. */
void svg_skip_comma(struct svg_scan *s);
/* Is nothing left but space? */
bool svg_at_end(struct svg_scan *s);
/* Each moves on and returns true, or stays where it is. */
bool svg_scan_number(struct svg_scan *s, svg_num *v);
bool svg_scan_char(struct svg_scan *s, char c);
/* A name of letters, digits, «-» and «_»; borrowed from the text. */
bool svg_scan_name(struct svg_scan *s, struct svg_scan *name);
bool svg_scan_length(struct svg_scan *s, const struct svg_lengths *base, enum svg_axis axis,
                     svg_num *v);
/* url(#name), with or without quotes. */
bool svg_scan_url(struct svg_scan *s, struct svg_scan *name);
/* #rgb, #rrggbb, rgb(), hsl(), each with an alpha, or a name; `alpha` 0..255. */
bool svg_scan_color(struct svg_scan *s, uint32_t *rgb, uint8_t *alpha);
/* Is it this word, whatever the case of its letters? */
bool svg_is_word(struct svg_scan s, const char *word);
/* A list of transformations; false when something of it is not understood: then `m` is what
 * stood before. */
bool svg_scan_transform(struct svg_scan *s, const struct svg_lengths *base,
                        struct svg_matrix *m);

/* --- outlines (outline.c, path.c, shape.c) ------------------------------------------------- */

/* Operators M L C Z and their points, as in area_path. */
struct svg_outline {
    const char *ops;
    const struct svg_point *points;
    size_t op_count, point_count;
};

/* An outline while it is made; free with svg_pen_free. */
struct svg_pen {
    struct {
        char *items;
        size_t len, cap;
    } ops;
    struct {
        struct svg_point *items;
        size_t len, cap;
    } points;
    struct svg_point at, start; /* current point, start of the subpath */
    bool open;                  /* a subpath has begun */
};

/* An arc as path data say it; the angle in degrees. */
struct svg_arc {
    svg_num rx, ry, angle;
    bool large, sweep;
    struct svg_point to;
};

void svg_pen_free(struct svg_pen *pen);
void svg_move_to(struct svg_pen *pen, struct svg_point p);
void svg_line_to(struct svg_pen *pen, struct svg_point p);
void svg_curve_to(struct svg_pen *pen, struct svg_point c1, struct svg_point c2,
                  struct svg_point p);
void svg_arc_to(struct svg_pen *pen, const struct svg_arc *arc);
void svg_close(struct svg_pen *pen);
/* Copy what was drawn into the arena. */
struct svg_outline svg_pen_outline(const struct svg_pen *pen, struct arena *arena);
/* The exact box around an outline, curves included. */
struct svg_box svg_outline_box(const struct svg_outline *o);
/* Is there anything to fill? PDF paints a hairline where an outline is flat, SVG nothing. */
bool svg_has_area(const struct svg_outline *o);
/* Is the outline drawn clockwise as seen (y downwards), all subpaths together? */
bool svg_is_clockwise(const struct svg_outline *o);
/* Draw the outline mapped by `m`, backwards when asked to. */
void svg_draw_outline(struct svg_pen *pen, const struct svg_outline *o,
                      const struct svg_matrix *m, bool reverse);
/* Path data (SVG 1.1, 8.3); false when a fault ended them: what stood before it is drawn. */
bool svg_draw_path(struct svg_pen *pen, const char *data);

/* --- styles (style.c, sheet.c) ------------------------------------------------------------ */

enum svg_paint_kind { SVG_PAINT_NONE, SVG_PAINT_COLOR, SVG_PAINT_CURRENT, SVG_PAINT_SERVER };

struct svg_paint_spec {
    enum svg_paint_kind kind, fallback; /* fallback of SERVER */
    uint32_t rgb;                       /* of COLOR, or of the fallback */
    uint8_t alpha;
    const char *id; /* of SERVER */
};

enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };
enum svg_baseline {
    SVG_ALPHABETIC,
    SVG_BASE_MIDDLE,
    SVG_BASE_CENTRAL,
    SVG_HANGING,
    SVG_BEFORE_EDGE,
    SVG_AFTER_EDGE
};
enum { SVG_UNDERLINE = 1, SVG_OVERLINE = 2, SVG_LINE_THROUGH = 4 };

struct svg_dash {
    const svg_num *lengths;
    size_t count;
};

struct svg_style {
    uint32_t color, stop_color;
    struct svg_paint_spec fill, stroke;
    uint8_t fill_alpha, stroke_alpha, alpha, stop_alpha;
    svg_num stroke_width, miter_limit, dash_offset;
    struct svg_dash dash;
    int cap, join, fill_rule, clip_rule;                /* PDF's numbers; rules: 1 even-odd */
    int visible, displayed, overflow;                   /* overflow: 1 visible */
    const char *clip_path;                              /* id, or NULL */
    const char *marker_start, *marker_mid, *marker_end; /* ids, or NULL */
    const char *families;                               /* NULL: the target's */
    svg_num font_size;
    int weight, italic, anchor, baseline, decoration;
    svg_num baseline_shift, letter_spacing;
    int preserve; /* white space */
};

struct svg_reader;
struct svg_sheet;

/* Declarations of a style attribute or a rule, in their order. */
struct svg_declaration {
    const char *name, *value;
    bool important;
};
struct svg_declarations {
    struct svg_declaration *items;
    size_t len, cap;
};
/* Parse «name: value; ...» and append; the texts live in the arena, `list->items` is freed with
 * free(). */
void svg_parse_declarations(struct arena *arena, struct svg_scan text,
                            struct svg_declarations *list);

/* Add the rules of a <style> element's text. */
void svg_add_sheet(struct svg_reader *r, const xmlNode *node, const char *text);
/* Append the declarations of the rules that fit `node`, the weakest first. */
void svg_match_rules(struct svg_reader *r, const xmlNode *node, struct svg_declarations *list);
void svg_free_sheet(struct svg_sheet *sheet);

/* The style an element without a parent starts from. */
struct svg_style svg_initial_style(void);
/* The style of `node` below `parent`: presentation attributes, rules, style attribute. */
struct svg_style svg_style_of(struct svg_reader *r, const xmlNode *node,
                              const struct svg_style *parent);

/* --- items -------------------------------------------------------------------------------- */

struct svg_stop {
    int32_t offset; /* in millionths */
    uint32_t rgb;
    uint8_t alpha;
};

/* A gradient as a shape uses it. */
struct svg_gradient {
    bool radial;
    svg_num from[3], to[3];   /* x, y, radius */
    struct svg_matrix matrix; /* to the user space of the shape */
    const struct svg_stop *stops;
    size_t stop_count; /* two or more */
};

/* A pattern as a shape uses it: tiles that repeat. */
struct svg_pattern {
    svg_num x, y, width, height;        /* of the first tile, in the pattern's space */
    int64_t from_x, from_y, to_x, to_y; /* tiles that touch the shape; the first is 0, 0 */
    struct svg_matrix matrix; /* of the pattern's space to the user space of the shape */
    struct svg_item *items;   /* from the tile's corner */
    bool clip;                /* the content reaches over the tile */
};

struct svg_ink {
    bool painted;
    uint32_t rgb;
    uint8_t alpha;
    const struct svg_gradient *gradient;
    const struct svg_pattern *pattern;
};

/* A piece of a clip: everything outside the outline is cut off; several cut one after another. */
struct svg_clip {
    struct svg_outline outline; /* in the space of the items' parent */
    bool even_odd;
    const struct svg_clip *next;
};

/* One character of a text with what positions it. */
struct svg_char {
    uint32_t cp;
    bool has_x, has_y;
    svg_num x, y, dx, dy;
    const struct svg_span *span;
};

/* What the characters of one element share. */
struct svg_span {
    const struct svg_style *style;
    uint32_t color;
    bool painted;   /* there is a fill, and it is visible */
    svg_num length; /* textLength: the chunk that begins here is spaced to it; 0: as it is */
    int line;
};

enum svg_item_kind { SVG_ITEM_SHAPE, SVG_ITEM_TEXT, SVG_ITEM_GROUP };

struct svg_item {
    enum svg_item_kind kind;
    struct svg_item *next;
    int line;
    struct svg_matrix matrix; /* to the space of the root or of the pattern; not for groups */
    union {
        struct {
            struct svg_outline outline;
            struct svg_ink fill, stroke;
            bool even_odd;
            svg_num width, miter_limit, dash_offset;
            struct svg_dash dash;
            int cap, join;
        } shape;
        struct {
            struct svg_char *chars;
            size_t count;
        } text;
        struct { /* only for its clip or its opacity */
            struct svg_item *child;
            uint8_t fade; /* 255 minus the opacity */
            const struct svg_clip *clip;
        } group;
    } as;
};

struct svg_items {
    struct svg_item *first, *last;
};

/* viewBox and preserveAspectRatio. */
struct svg_fit {
    bool has_view, stretch, slice;
    int align_x, align_y; /* 0, 1, 2: min, mid, max */
    struct svg_box view;
};

struct svg_image {
    svg_num width, height;        /* intrinsic */
    const char *title, *language; /* NULL: none */
    const char *file;
    struct svg_fit fit;     /* into the rectangle painted */
    bool overflow;          /* what lies outside the viewport is shown */
    struct svg_item *items; /* in the space of the viewBox */
};

/* --- reading (read.c and its helpers) ------------------------------------------------------ */

struct svg_id {
    const char *id;
    const xmlNode *node;
    size_t order;
};

/* References in one another: a chart has three or four. */
enum { SVG_MOST_REFERENCES = 32 };

struct svg_reader {
    struct arena *arena;
    struct diag *diag;
    const char *file;
    const xmlNode *root;
    struct {
        struct svg_id *items;
        size_t len, cap;
    } ids;
    struct svg_sheet *sheet;
    struct svg_lengths lengths; /* of the viewport and font at hand */
    size_t tiles;               /* of patterns */
    size_t elements, points; /* styles computed and points drawn so far, with every instance of
                                   what is used several times */
    bool exhausted;          /* a limit was met: nothing more is read */
    const xmlNode *active[SVG_MOST_REFERENCES]; /* being followed */
    size_t active_count;
};

/* Where an element stands. */
struct svg_place {
    const struct svg_style *style; /* of the parent */
    struct svg_matrix matrix;      /* to the space of the items */
    int depth;                     /* of elements */
};

/* A fault at an element. */
__attribute__((format(printf, 5, 6))) void svg_report(struct svg_reader *r,
                                                      enum diag_level level,
                                                      const xmlNode *node, const char *code,
                                                      const char *fmt, ...);
bool svg_is_element(const xmlNode *node, const char *name);
/* The attribute without a namespace, copied into the arena, or NULL. */
const char *svg_attribute(struct svg_reader *r, const xmlNode *node, const char *name);
/* xlink:href or href when it names an id of this drawing: the element, or NULL. */
const xmlNode *svg_find_href(struct svg_reader *r, const xmlNode *node);
const xmlNode *svg_find_id(const struct svg_reader *r, const char *id);
/* A length attribute; false and `*v` untouched when it is not there or not understood. */
bool svg_length_attribute(struct svg_reader *r, const xmlNode *node, const char *name,
                          enum svg_axis axis, svg_num *v);
/* Begin to follow a reference to `target`; false (reported at `node`) when that is already
 * being done, or too deep. End with svg_leave. */
bool svg_enter(struct svg_reader *r, const xmlNode *node, const xmlNode *target);
void svg_leave(struct svg_reader *r);
/* The children of `node` as items. */
void svg_read_children(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                       struct svg_items *out);
void svg_append_item(struct svg_items *list, struct svg_item *item);
/* A viewport of its own (svg, symbol, marker): moved to `port`, scaled, clipped. `place` has the
 * style of `node`. */
void svg_read_viewport(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                       const struct svg_box *port, struct svg_items *out);
/* The transform attribute or property, after `m`. */
struct svg_matrix svg_transform_of(struct svg_reader *r, const xmlNode *node, const char *name,
                                   const struct svg_matrix *m);

/* The style of an element below all its ancestors, for what is referred to. */
struct svg_style svg_style_in_place(struct svg_reader *r, const xmlNode *node);
/* Enlarge `box` by the outlines of the items, mapped by `m`; false when there is text, whose size
 * is not known before it is set. */
bool svg_add_items_box(const struct svg_item *item, const struct svg_matrix *m,
                       struct svg_box *box);

/* view.c */
struct svg_fit svg_read_fit(struct svg_reader *r, const xmlNode *node);
/* Where the view lies in a viewport of this size at the origin. False: there is no room. */
bool svg_fit_matrix(const struct svg_fit *fit, svg_num width, svg_num height,
                    struct svg_matrix *m);

/* shape.c: the outline of a shape element; false when it draws nothing. */
bool svg_draw_shape(struct svg_reader *r, const xmlNode *node, struct svg_pen *pen);

/* server.c: fill or stroke of a shape with this box. */
struct svg_ink svg_find_ink(struct svg_reader *r, const xmlNode *node,
                            const struct svg_paint_spec *spec, uint32_t current,
                            const struct svg_box *box);
/* The matrix that maps the unit square to a box. */
struct svg_matrix svg_box_matrix(const struct svg_box *box);
/* A colour seen through on white paper. */
uint32_t svg_on_white(uint32_t rgb, unsigned alpha);
unsigned svg_faded(unsigned a, unsigned b);

/* clip.c: what clip-path cuts out of an element with this box in user space `m`; `*nothing` when
 * everything is cut off. */
const struct svg_clip *svg_find_clip(struct svg_reader *r, const xmlNode *node, const char *id,
                                     const struct svg_matrix *m, const struct svg_box *box,
                                     bool *nothing);

/* marker.c: what the style puts on the vertices of a shape. */
void svg_add_markers(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                     const struct svg_outline *outline, struct svg_items *out);

/* text.c: a <text> element. */
void svg_read_text(struct svg_reader *r, const xmlNode *node, const struct svg_place *place,
                   struct svg_items *out);

/* --- painting ------------------------------------------------------------------------------ */

struct svg_painting {
    const struct svg_target *target;
    const char *file;
    const char *language;
};

/* typeset.c: a text item. */
void svg_paint_text(const struct svg_painting *p, struct area *group,
                    const struct svg_matrix *m, const struct svg_item *item);
/* A group turned, stretched or sheared so that in it `m` only grows things; `*inner` leads there.
 * NULL when `m` makes everything flat. */
struct area *svg_add_frame(const struct svg_painting *p, struct area *group,
                           const struct svg_matrix *m, struct svg_matrix *inner);
/* A length or place of the painted space in mpt, at most 1,000,000 pt. */
mpt svg_to_mpt(svg_num v);

#endif
