/* What the passes of layout hand to each other: vertical lists of boxes with their frames,
 * paragraphs with their lines, tables with their steps. Internal to src/layout. */
#ifndef PRIKAZ_LAYOUT_MODEL_H
#define PRIKAZ_LAYOUT_MODEL_H

#include "area/image.h"
#include "layout/breaker.h"
#include "layout/layout.h"

struct canvas;
struct para;
struct para_room;
struct table;
struct vlist;

/* Where an id was found: filled while pages are made, read by the next pass. */
struct id_place {
    const char *id;
    const char *first_label, *last_label; /* of the pages it begins and ends on */
    bool cited;                           /* its page number is shown somewhere */
};

/* One layout pass over the document: what every function here is given. */
struct pass {
    struct fo_document *doc;
    struct text_fonts *fonts;
    const struct layout_options *options;
    struct area_painter *painter; /* NULL in a pass that only finds page numbers */
    struct diag *diag;
    struct layout_result *result;
    struct arena *arena; /* the pass */
    struct area_images *images;
    struct pass_state *state;
    struct page_run *run;      /* the page-sequence at hand */
    struct area_tag *root_tag; /* Document */
    uint32_t tag_count;
    struct para_room *rooms;   /* not in use */
    struct changing *changing; /* the table whose header or footer is laid out for a page */
    int depth;                 /* of recursion, for the limit */
};

/* A block-level area being laid out: its rectangle's sides, what is painted behind it, what
 * stays of its edges where a page break cuts it. Frames form a tree that follows the fo tree. */
struct frame {
    struct frame *parent;
    const struct fo_node *node;
    mpt x, width;                /* of the border rectangle, from the reference area's left */
    mpt edge_before, edge_after; /* border and padding */
    mpt cut_before, cut_after;   /* what is retained of them at a break */
    mpt all_cut_before, all_cut_after; /* with those of the ancestors, headers and footers */
    const struct area_tag *tag;
    struct table *table;  /* the frame of a table's body: headers repeat */
    mpt shift_x, shift_y; /* relative-position */
    bool decorated;       /* has a background or a border */
    bool seen;            /* an area of it has been painted */
    int depth;            /* ancestors; 0 without parent */
};

/* Something that stands at a place and takes none. */
struct anchor {
    enum { ANCHOR_ID, ANCHOR_MARKER, ANCHOR_ABSOLUTE } kind;
    const struct fo_node *node;
    const struct frame *frame;
    struct container *container; /* ANCHOR_ABSOLUTE */
    struct anchor *next;
};

/* A footnote that a line refers to. */
struct note {
    struct vlist *body;
    size_t from; /* item: those before are on an earlier page */
    mpt height;  /* of the rest */
    struct note *next;
};

enum vkind {
    V_NONE,        /* glue, penalty */
    V_LINE,        /* body: struct para, index: which line */
    V_STEP,        /* body: struct row_group, index: which step */
    V_EDGE_BEFORE, /* border and padding of the frame */
    V_EDGE_AFTER,
    V_CONTAINER, /* body: struct container */
    V_PART,      /* body: struct table, index: enum table_part: it changes from page to page */
    V_EMPTY      /* only anchors */
};

struct vitem {
    struct brk_item brk; /* first: the breaker reads it */
    enum vkind kind;
    uint8_t break_class; /* enum fo_break of a forced penalty */
    bool span_all;       /* box: across all columns */
    size_t index;
    struct frame *frame; /* innermost; of glue and penalties: what both neighbours are in */
    void *body;
    struct anchor *anchors; /* box */
    struct note *notes;     /* box */
    mpt lead;               /* penalty: retained space at the start of the next part */
    int line;               /* source line, for messages */
};

/* A vertical list being built: boxes go in, and what lies between two of them (spaces, keeps,
 * breaks) is gathered until the second arrives. */
struct vlist {
    struct arena *arena;
    struct vitem *items; /* malloc'ed while it grows: cap is 0 when they are the arena's */
    size_t len, cap;
    struct frame *root; /* what everything in the list is in */
    struct {
        struct fo_space left[8], right[8]; /* after- and before-spaces not yet resolved */
        int left_count, right_count;
        bool boundary;                 /* a break between siblings is possible here */
        int32_t cost;                  /* the keeps that speak against it */
        mpt extra_before, extra_after; /* what a break here adds besides the frames' edges */
        enum fo_break brk;
        struct anchor *anchors, **last_anchor;
    } pend;
    struct frame *last; /* of the last box */
    bool has_box;
    size_t solid; /* boxes since the last forced break; what can be seen counts twice */
    int32_t keep_before, keep_after; /* keeps of what is in it with what stands around it */
    /* The flow's list alone: called after a complete unit was added. */
    void (*drain)(void *self);
    void *drain_self;
    struct {
        struct chunk {
            struct arena *arena;
            size_t end; /* its items lie before this one, counted from the list's beginning */
            uint32_t piece; /* of the object laid out first in it */
        } * items;
        size_t len, cap;
    } chunks;
    size_t dropped; /* items that are gone from the front */
    int32_t span;   /* > 0: boxes span all columns */
    bool stop;      /* the rest is laid out anew later: what is added now is dropped */
    bool fresh;     /* the next box follows the break before it, with nothing between */
};

/* Where the layout of a node goes on whose beginning is on earlier pages (resume.c). */
struct resume {
    const struct fo_node *node;
    const struct fo_node *child; /* the child to go on with; NULL: nothing is left */
    uint32_t done; /* of the inline run that begins at the child: characters already set */
};

/* A block-container that is a box of its own: fixed height, turned, or absolute. */
struct container {
    const struct fo_node *node;
    struct vlist *list;
    mpt width, height; /* of the content rectangle as it stands on the page, after turning */
    mpt inner_width, inner_height; /* before turning */
    mpt content;                   /* height of the list */
    int32_t rotation;
    struct frame *frame; /* its own edges and background; x relative to the list it is in */
    const struct area_tag *tag;
};

/* ---- vlist.c */
struct vlist *vlist_new(struct arena *a, struct frame *root);
/* Frees what is not the arena's: of the flow's list. */
void vlist_free(struct vlist *v);
/* Where the content of the next unit (a paragraph, a group of rows) is to live: the list's arena,
 * or for the flow's list one that is freed when the pages with its items have been painted. The
 * unit is made of `node`. */
struct arena *vlist_arena(struct vlist *v, const struct fo_node *node);
/* A unit is complete: what comes next may live elsewhere, and pages may be cut. */
void vlist_unit_done(struct vlist *v);
/* Drop the items before `to` and what only they needed. Returns the piece of the tree of which
 * layout still needs something; 0 when nothing is new. */
uint32_t vlist_drop(struct vlist *v, size_t to);
void vlist_space_after(struct vlist *v, const struct fo_space *s);
void vlist_space_before(struct vlist *v, const struct fo_space *s);
/* A break is possible here, at `cost`. */
void vlist_boundary(struct vlist *v, int32_t cost);
/* The keeps make a break here cost at least so much. */
void vlist_keep(struct vlist *v, int32_t cost);
void vlist_break(struct vlist *v, enum fo_break brk);
void vlist_anchor(struct vlist *v, const struct anchor *anchor);
/* Append a box of `height`; returns it until the next call. */
struct vitem *vlist_box(struct vlist *v, struct frame *frame, enum vkind kind, mpt height);
/* End the list: pending anchors get an empty box, then a forced penalty. */
void vlist_finish(struct vlist *v);
/* Items that were ever in the list. */
size_t vlist_count(const struct vlist *v);
/* The first box from item `i` on; `count` when there is none before it. */
size_t vlist_next_box(const struct vitem *items, size_t i, size_t count);
/* Natural height of items [from, to) when nothing is broken [mpt]. */
mpt vlist_height(const struct vlist *v, size_t from, size_t to);
/* The cost of a keep, by its strongest component for pages or columns. */
int32_t keep_cost(const struct fo_keep *k);

/* ---- frames (block.c) */
struct frame *frame_new(struct arena *a, struct frame *parent, const struct fo_node *node);
/* Fill in the edges from the style; percentages of padding refer to `base`. */
void frame_edges(struct frame *f, const struct fo_style *style, mpt base);
mpt padding_of(const struct fo_style *style, enum fo_side side, mpt base);
mpt border_of(const struct fo_style *style, enum fo_side side);

/* The box of the border and padding before, and after, what is in the frame. */
void frame_begin(struct vlist *v, struct frame *f);
void frame_end(struct vlist *v, struct frame *f);

/* What a block is laid out in. */
struct place {
    struct frame *frame; /* the enclosing one */
    mpt x, width;        /* of the reference area's content: indents count from its sides */
    mpt inset;           /* what the enclosing block's indents take of it: percentages refer to
                            the rest (7.15.7) */
    mpt height;          /* of the nearest area with a definite height, for percentages; 0 */
    int32_t keep;        /* cost that enclosing keeps put on every break */
    bool in_marker;      /* content of static-content: no ids, artifacts */
};

/* ---- resume.c */
/* What is left of `node` in the layout at hand; NULL: all of it. */
const struct resume *resume_of(const struct pass *p, const struct fo_node *node);

/* ---- block.c: block-level objects into a list */
/* Breaks, keeps and space before and after `node`. */
void block_open(struct vlist *v, const struct fo_node *node, const struct place *place);
void block_close(struct vlist *v, const struct fo_node *node, const struct place *place);
/* A new frame for `node`, its indents taken from `place`. */
struct frame *block_frame(struct pass *p, struct vlist *v, const struct fo_node *node,
                          const struct place *place);
/* All that comes before the content of a block; gives its frame. */
struct frame *block_begin(struct pass *p, struct vlist *v, const struct fo_node *node,
                          const struct place *place);
void block_children(struct pass *p, struct vlist *v, const struct fo_node *parent,
                    const struct place *place);
/* The markers among the children of `parent`, whose frame is `f`. */
void block_markers(struct vlist *v, const struct fo_node *parent, const struct place *place,
                   struct frame *f);
void block_node(struct pass *p, struct vlist *v, const struct fo_node *node,
                const struct place *place);

/* ---- para.c, lines.c: inline content into lines */
/* Lay out the siblings from `first` up to `end` (exclusive, NULL: all), which are inline-level,
 * in a block of `width` at x; adds one box a line. `is_first`: text-indent applies. */
struct inline_run {
    const struct fo_node *block; /* whose properties rule the lines */
    const struct fo_node *first, *end;
    const struct fo_node *within; /* parent of `first` where that is an inline in the block; it
                                     goes on after that inline */
    const struct fo_node *stop;   /* a block in an inline, before which the run ends; NULL */
    struct frame *frame;
    mpt x, width;
    bool is_first; /* run of the block */
    uint32_t done; /* characters that stand on earlier pages */
    int32_t keep;
    struct place place;
};
void para_layout(struct pass *p, struct vlist *v, const struct inline_run *run);
/* Least width without overflow, and width when never broken [mpt], for auto tables. */
void para_widths(struct pass *p, const struct inline_run *run, mpt *min, mpt *max);

/* Widths of the run's first line up to the decimal sign of its first number and from there on; a
 * whole number has its sign after its last figure, a line without figures at its end. */
void para_decimal(struct pass *p, const struct inline_run *run, mpt *before, mpt *after);

/* ---- list.c */
void list_block(struct pass *p, struct vlist *v, const struct fo_node *node,
                const struct place *place);

/* ---- combine.c: lists side by side become steps of one list */
struct column_cell {
    const struct fo_node *node;
    struct vlist *list;
    struct frame *frame; /* root of the list */
    int32_t row, rows;   /* first row and how many, within the group */
    int32_t column, columns;
    mpt x, width;               /* of the cell's border rectangle */
    mpt before, after;          /* border and padding, inner x in frame */
    mpt cut_before, cut_after;  /* retained at breaks */
    mpt content;                /* height of the list */
    mpt min_height, fill;       /* of the content: uncut; of what a cut leaves of it */
    struct fo_border border[4]; /* as painted: resolved when borders collapse */
    const struct area_tag *tag;
};

struct row {
    const struct fo_node *node;
    mpt min_height;
    mpt given, fill; /* the greatest min_height and fill in it, its own or a cell's */
    mpt least;       /* borders and padding included */
    mpt height;      /* resolved */
    int32_t keep;    /* cost of a break inside */
    int32_t keep_prev, keep_next; /* cost of a break before and after it */
    enum fo_break brk_before, brk_after;
    const struct area_tag *tag;
};

#define STEP_NOT_BEGUN UINT32_MAX

struct step {
    int32_t row;  /* the row this step is in */
    bool delayed; /* no cell that starts in this row shows anything yet: the row above is still
                     the last */
    mpt height;
    int32_t cost;      /* of a break after it */
    enum fo_break brk; /* class of a forced one */
    mpt before, after; /* what such a break adds */
    uint32_t *pos;     /* for each cell: index of its break item; STEP_NOT_BEGUN */
};

struct row_group {
    struct table *table; /* NULL: a list item */
    struct row *rows;
    int32_t row_count;
    struct column_cell *cells;
    int32_t cell_count;
    struct step *steps;
    size_t step_count;
    int32_t first_row;      /* index of rows[0] in the table part, for messages and borders */
    bool is_first, is_last; /* group of the table's body */
};

/* Compute row heights and steps. */
void combine_rows(struct pass *p, struct arena *a, struct row_group *g);
/* Append the steps to `v` as boxes with penalties between them. */
void combine_append(struct vlist *v, struct frame *frame, struct row_group *g, int32_t keep);

/* The notes of items [from, to) of a list that stands in another list, for the item there. */
struct note *notes_in(struct arena *a, const struct vlist *v, size_t from, size_t to);

/* ---- table.c */
enum table_part { TABLE_HEADER, TABLE_FOOTER };
void table_layout(struct pass *p, struct vlist *v, const struct fo_node *node,
                  const struct place *place);
struct table {
    const struct fo_node *node;
    struct frame *frame;
    mpt *edges; /* x of column k's left edge from the reference area; count + 1 */
    int32_t columns;
    struct vlist *header, *footer; /* NULL without */
    mpt header_height, footer_height;
    struct vlist *continued; /* caption after a break, NULL */
    mpt continued_height;
    const struct fo_node **column_nodes; /* by column, NULL */
    bool header_at_break, footer_at_break;
    bool collapse;
    mpt *decimal; /* by column: widest part before the decimal sign, widest from it on; NULL */
    mpt gap_inline, gap_block; /* border-spacing in the separate model */
    const struct area_tag *head_tag;
    struct changing *changing; /* NULL: neither header nor footer retrieves markers */
    bool changes[2];           /* enum table_part */
    mpt first_height[2];       /* of those that change, where they stand in the flow */
};
/* Widths a table can have with automatic layout. */
void widths_of_node(struct pass *p, const struct fo_node *node, mpt *min, mpt *max);

/* ---- changing.c: headers and footers that retrieve markers of their table (6.13.7) */
/* The table's body begins, or goes on, on a page or in a column. */
void changing_begin(struct table *t, struct canvas *c);
/* It ends there, for good unless `cut`: its header is painted in the place kept for it. */
void changing_end(struct table *t, bool cut);
/* Keep the place of the header, or paint the footer, at y; `again`: after or before a break.
 * A header that is `alone`, without a row of the body, is painted too. */
struct part_place {
    enum table_part part;
    bool again, alone;
};
void changing_paint(struct table *t, struct canvas *c, struct part_place at, mpt y);
/* The marker a retrieve-table-marker stands for in what is being laid out; NULL none. */
const struct fo_node *changing_find(const struct pass *p, const struct fo_node *retrieve);

/* ---- tags.c */
/* The tag of a formatting object, made at first use under its parent's; NULL: an artifact. */
const struct area_tag *tag_of(struct pass *p, const struct fo_node *node);

/* A tag for a cell that is missing in a row, after those the row has. */
void tag_of_gap(struct pass *p, const struct fo_node *row);

/* A tag for the signature field of a container, after what the container holds; NULL: the
 * container is an artifact. */
const struct area_tag *tag_of_field(struct pass *p, const struct fo_node *node);

/* The alternative text a figure has of its own, for when the template gives none. */
void tag_set_alt(struct pass *p, const struct fo_node *node, const char *alt);

/* ---- marker.c */
/* Markers of one class among which a retrieve-marker chooses (6.13.6, 6.13.7): the first and the
 * last whose parents have areas here at all, begin here, or end here; NULL: there is none. */
struct marker_found {
    const struct fo_node *first_start, *first_any, *last_start, *last_end, *last_any;
};
const struct fo_node *marker_pick(const struct marker_found *f, enum fo_retrieve_position want);
bool marker_is_inside(const struct fo_node *n, const struct fo_node *outer);

/* What a retrieve-marker shows on the page at hand: a subtree in `a`, NULL nothing. */
const struct fo_node *marker_retrieve(struct pass *p, const struct fo_node *retrieve,
                                      struct arena *a);

/* ---- ids */
const struct id_place *ids_find(const struct pass *p, const char *id);
/* Number of the page at hand as text. */
const char *page_number_text(struct pass *p);
/* The id stands on the page at hand. */
void ids_note(struct pass *p, const char *id);
/* A marker stands on the page at hand. */
void marker_note(struct pass *p, const struct fo_node *marker);
/* Of what is in the cell, `next` goes on after the page or column at hand; NULL: nothing does. */
void marker_note_cut(struct pass *p, const struct frame *cell, const struct frame *next);
/* What is in the object is cut at the end of the page or column at hand, within a cell. */
bool marker_is_cut(const struct pass *p, const struct fo_node *parent);
/* How many markers have been noted, and one of them. */
size_t marker_count(const struct pass *p);
const struct fo_node *marker_at(const struct pass *p, size_t i);
int32_t marker_page(const struct pass *p);
/* A reserved box has been placed. */
void report_note(struct pass *p, const struct area *box);

/* ---- paint.c: items of a list become areas of a page */
struct canvas {
    struct pass *pass;
    struct area_page *page;
    struct area *group; /* areas go here instead of to the page; NULL */
    mpt x, y;           /* origin of the list: its reference area's top left */
    bool artifact;      /* repeated headers and static content */
    int64_t ratio;      /* of the glue, 1/1000 */
    bool is_cut;        /* the list is broken after the items */
    mpt origin_x, origin_y, width, height; /* of the area absolute positions count from */
};
/* Paint items [from, to) from y on; returns the y below them. `to` is the break's item. */
mpt paint_items(struct canvas *c, const struct vlist *v, size_t from, size_t to);
/* A whole list once more, as an artifact; returns the y below. */
mpt paint_repeated(struct canvas *c, struct vlist *v, mpt y);
/* The width of glue that gives by `ratio` (1/1000) [mpt]. */
mpt canvas_glue(const struct brk_item *g, int64_t ratio);
struct area *canvas_add(struct canvas *c, enum area_type type);
void paint_line(struct canvas *c, struct para *para, size_t index, mpt y);
void paint_container(struct canvas *c, struct container *k, mpt x, mpt y);
/* Steps [from, to) of a group on one page; `last`: no further row of the table follows there. */
struct step_range {
    size_t from, to;
    bool last;
};
mpt paint_steps(struct canvas *c, const struct row_group *g, struct step_range range, mpt y);
/* Background and borders of a rectangle, unless there are none; NULL then. */
struct area *paint_box(struct canvas *c, const struct fo_style *style, mpt x, mpt y);

/* ---- page.c */
void page_sequence(struct pass *p, const struct fo_node *node);

#endif
