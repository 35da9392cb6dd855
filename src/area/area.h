/* The border between layout and painting: pages of positioned areas.
 *
 * Coordinates are [mpt] from the top left corner of the page (or of the enclosing group), y
 * growing downwards. Areas are painted in order: a box before what stands in it. Text is in
 * reading order, which is the order of the source. */
#ifndef PRIKAZ_AREA_AREA_H
#define PRIKAZ_AREA_AREA_H

#include "base/diag.h"
#include "base/mem.h"
#include "base/mpt.h"
#include "text/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Roles as bits, for sets of them. */
enum area_role {
    AREA_OTHER = 0,       /* a name of the template's own */
    AREA_GROUPING = 1,    /* Document, Part, Art, Sect, Div, BlockQuote, Index, NonStruct,
                             Private, BibEntry */
    AREA_INLINE = 1 << 1, /* Span, Quote, Reference, Code */
    AREA_CAPTION = 1 << 2,
    AREA_P = 1 << 3,
    AREA_NOTE = 1 << 4,
    AREA_FIGURE = 1 << 5,
    AREA_LINK_ROLE = 1 << 6,
    AREA_H = 1 << 7,
    AREA_HEADING = 1 << 8, /* H1 to H6 */
    AREA_TH = 1 << 9,
    AREA_TD = 1 << 10,
    AREA_TR = 1 << 11,
    AREA_THEAD = 1 << 12,
    AREA_TBODY = 1 << 13,
    AREA_TFOOT = 1 << 14,
    AREA_TABLE = 1 << 15,
    AREA_L = 1 << 16,
    AREA_LI = 1 << 17,
    AREA_LBL = 1 << 18,
    AREA_LBODY = 1 << 19,
    AREA_TOC = 1 << 20,
    AREA_TOCI = 1 << 21,
    AREA_FORMULA = 1 << 22,
    AREA_FORM = 1 << 23,
    AREA_CELL = AREA_TH | AREA_TD,
    AREA_ROWS = AREA_THEAD | AREA_TBODY | AREA_TFOOT
};

/* A node of the logical structure (ISO 32000-1, 14.7): one per formatting object that carries
 * meaning, in document order; lives as long as the document. Areas point to theirs; an area
 * without a tag is an artifact. */
struct area_tag {
    const char *
        role; /* Document, Sect, H1..H6, P, L, LI, Lbl, LBody, Table, THead, TBody, TFoot, TR, TH, TD,
                         Figure, Link, Note, Span, Div, Art, TOC, TOCI, Caption, Reference */
    struct area_tag *parent, *next, *child, *last_child;
    const char *language;  /* when it differs from the parent's, else NULL */
    const char *alt;       /* Figure */
    const char *scope;     /* TH: «Column», «Row», «Both»; else NULL */
    int32_t columns, rows; /* TH, TD: spans, 1 by default */
    uint32_t number;       /* in document order from 1; the painter's index */
    uint32_t role_bit;     /* enum area_role */
    uint32_t roles_around; /* its bit and those of its ancestors */
    int line;              /* source line */
};

enum area_type {
    AREA_BOX,   /* background and borders of a rectangle */
    AREA_TEXT,  /* words of one font, size and colour on one baseline */
    AREA_RULE,  /* a straight horizontal line: underline, leader, footnote separator */
    AREA_IMAGE, /* a raster image */
    AREA_PATH,  /* a vector path (SVG, QR code) */
    AREA_GROUP, /* its children in their own coordinates, perhaps turned and clipped */
    AREA_LINK,  /* a rectangle that leads somewhere */
    AREA_DEST,  /* a place links lead to: the id's first area */
    AREA_REPORT /* a reserved rectangle: the run's report names it, a signature goes there */
};

/* Border styles as painted; the numbers are those of enum fo_border_style. */
enum area_line_style {
    AREA_LINE_NONE = 0,
    AREA_LINE_INSET,
    AREA_LINE_GROOVE,
    AREA_LINE_OUTSET,
    AREA_LINE_RIDGE,
    AREA_LINE_DOTTED,
    AREA_LINE_DASHED,
    AREA_LINE_SOLID,
    AREA_LINE_DOUBLE
};

#define AREA_TRANSPARENT UINT32_C(0xFF000000) /* other colours are 0xRRGGBB */

struct area_border {
    enum area_line_style style; /* NONE: nothing to paint */
    mpt width;
    uint32_t color;
};

/* A word in a line: x of its origin relative to the area's x. */
struct area_word {
    const struct text_word *word;
    mpt x;
    uint32_t flags; /* AREA_WORD_HYPHEN... */
};
enum {
    AREA_WORD_HYPHEN = 1, /* a hyphen that stands only because the line ends here: the
                             extracted text has no such character */
    AREA_WORD_JOINED = 2  /* the last word of a line that was broken inside a word, not at a
                             space: the text goes on in the next line without one */
};

/* Raster images are decoded by the painter when it needs them: the file, as opened. */
struct area_image {
    const char *file;
    const unsigned char *bytes; /* borrowed from the image table of the layout */
    size_t size;
    bool jpeg; /* else PNG */
    int32_t pixel_width, pixel_height;
    int32_t number;       /* the same image has the same number; from 0 */
    int32_t dpi_x, dpi_y; /* pixels an inch as the file says; 0: it does not */
    bool grey;            /* one channel, alpha aside */
    bool alpha;           /* PNG with transparency of any kind */
};

/* A colour at a place of a gradient's way from `from` to `to`. */
struct area_stop {
    int32_t offset; /* 1/1000000 */
    uint32_t color;
    uint8_t alpha; /* 255 opaque */
};

/* Colours that change along an axis or between two circles (ISO 32000-1, 8.7.4.5.3 and .4). The
 * first and the last colour go on for ever. */
struct area_gradient {
    bool radial;
    mpt from[3], to[3]; /* x and y of the ends; radial: of the centres, and the radii */
    int64_t matrix[6];  /* to the coordinates of the path, as that of a group */
    const struct area_stop *stops; /* offsets do not fall */
    size_t stop_count;             /* two or more */
};

/* Path operators with their points, as in PDF: M x y, L x y, C x1 y1 x2 y2 x y, Z. */
struct area_path {
    const char *ops;
    const mpt *points;
    size_t op_count, point_count; /* points: numbers, two a point */
    uint32_t fill, stroke;        /* colours */
    const struct area_gradient *fill_gradient, *stroke_gradient; /* paint instead of the colour,
                                                                    which must not be transparent;
                                                                    NULL: none */
    uint8_t fill_alpha, stroke_alpha;                            /* 255 opaque */
    bool even_odd;
    mpt stroke_width, miter_limit /* 1/1000 */;
    uint8_t cap, join; /* PDF numbers */
    const mpt *dash;
    size_t dash_count;
    mpt dash_phase;
    bool clip; /* the path clips what follows in its group instead of being painted */
};

/* Where on the page an artifact is. */
enum area_region {
    AREA_BODY,
    AREA_HEADER, /* repeated above the text: region-before */
    AREA_FOOTER, /* below: region-after */
    AREA_SIDE    /* beside: region-start, region-end */
};

struct area {
    enum area_type type;
    enum area_region region; /* of an artifact */
    struct area *next;
    mpt x, y, width,
        height; /* of the rectangle; text: y is the baseline, height the font size's */
    const struct area_tag *tag; /* NULL: an artifact */
    int line;                   /* source line; the file is in the page's sequence */
    union {
        struct {
            uint32_t background;
            struct area_border border[4]; /* before, after, start, end: inside the rectangle */
        } box;
        struct {
            const struct text_font *font;
            mpt size;
            uint32_t color;
            mpt letter_spacing; /* after each glyph */
            struct area_word *words;
            size_t count;
            const char *actual; /* of a word hyphenated here: replaces it all; else NULL */
            bool goes_on;       /* a space was dropped after it: the line broke there */
        } text;
        struct {
            enum area_line_style style;
            uint32_t color; /* height is the thickness */
        } rule;
        struct area_image *image;
        struct area_path *path;
        struct {
            struct area *child, *last_child;
            int32_t rotation;  /* 0, 90, 180, 270 counter-clockwise: the group's own top left
                                 corner lies where the turned rectangle puts it. x, y, width
                                 and height are those of the turned rectangle, as seen from
                                 outside: 90 puts the corner at its bottom left, 270 at its
                                 top right */
            bool clip;         /* to the rectangle */
            uint8_t fade;      /* 255 minus the opacity of all children together */
            bool transformed;  /* matrix below is used instead of rotation (SVG) */
            int64_t matrix[6]; /* 1/1000000; e and f [mpt]: a point (u, v) of a child lies at
                                 x + a u + c v + e, y + b u + d v + f outside */
        } group;
        struct {
            const char *id;  /* internal destination, or */
            const char *uri; /* external */
        } link;
        struct {
            const char *id;
        } dest;
        struct {
            const char *name;  /* in the run's report; NULL: not in it */
            const char *field; /* of an empty signature field, tagged Form; NULL: none */
        } report;
    } as;
};

struct area_page {
    mpt width, height;
    int32_t index;     /* from 0 in the document */
    const char *label; /* the page number as formatted, «12», «iv» */
    int32_t sequence;  /* number of the page-sequence, from 0 */
    const char *file;  /* source file of its lines */
    bool blank;
    struct arena *arena; /* of the areas; freed when the page has been painted */
    struct area *child, *last_child;
};

/* An entry of the outline. */
struct area_bookmark {
    const char *title, *id, *uri; /* id or uri */
    const char *file;             /* where the source has it */
    int line;
    bool closed;
    struct area_bookmark *next, *child;
};

struct area_meta {
    const char *name, *value;
    const struct area_meta *next;
};

/* What the painter must know of the whole document; complete when the last page has come. */
struct area_document {
    const char *language;         /* «ru-RU» or NULL */
    const struct area_meta *meta; /* title, author, subject, keywords, date, number, ... */
    struct area_tag *tags;        /* role Document */
    uint32_t tag_count;
    struct area_bookmark *bookmarks;
    const char *source_name; /* of the source file */
};

/* Who takes pages: a text dump and the PDF writer are the two. Pages come in order and are
 * complete; the page and its areas are gone after the call. */
struct area_painter {
    void *self;
    void (*page)(void *self, const struct area_page *page);
    /* The document is complete; false: the painter failed and has said so in its diag. */
    bool (*finish)(void *self, const struct area_document *doc);
};

/* Give a tag its role, which must live as long, and its place below `parent` (NULL: the root),
 * which has its role already. */
void area_set_role(struct area_tag *tag, const char *role, struct area_tag *parent);
/* The nearest tag from `tag` outwards whose role is one of the set; NULL: none is. */
static inline const struct area_tag *area_find_role(const struct area_tag *tag, uint32_t roles)
{
    if (!tag || !(tag->roles_around & roles))
        return NULL;
    while (!(tag->role_bit & roles))
        tag = tag->parent;
    return tag;
}

/* Append an area to a page, in painting order, taken from its arena and zeroed. */
struct area *area_add(struct area_page *page, enum area_type type);
/* The same to a group; `arena` is the page's. */
struct area *area_add_to_group(struct arena *arena, struct area *group, enum area_type type);

struct buf;
/* What a text area says, as UTF-8: its words joined, a space where two stand a tenth of an em
 * or more apart with none between them; a hyphen of a line's end (AREA_WORD_HYPHEN) is left
 * out. */
void area_put_text(const struct area *text, struct buf *out);
/* True when word `i` of a text area stands apart from the one before it, so that the text has
 * a space between them that is not among the words. */
bool area_word_is_apart(const struct area *text, size_t i);

/* The tag that counts for an area inside a group: its own, or `inherited`. */
static inline const struct area_tag *area_tag_of(const struct area *a,
                                                 const struct area_tag *inherited)
{
    return a->tag ? a->tag : inherited;
}

/* A painter that writes pages as text, one area a line, children indented, lengths in pt:
 * for tests and --dump=areas. Free with free(). */
struct area_painter *area_new_dump(struct buf *out);

#endif
