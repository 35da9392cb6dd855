/* The page-sequence at hand and the page being made. Internal to page.c, masters.c, marker.c,
 * ids.c, layout.c. */
#ifndef PRIKAZ_LAYOUT_RUN_H
#define PRIKAZ_LAYOUT_RUN_H

#include "layout/model.h"

/* A marker that stands on a page, in document order. */
struct marker_place {
    const struct fo_node *node;
    int32_t page, sequence; /* index of the page, number of the sequence */
    int32_t end;            /* the page its parent's last area stands on; -1: it goes on */
};

struct id_places {
    struct id_place *items; /* open addressing by the id's hash */
    size_t len, cap;
};

/* Rectangles of a page, from the page's top left [mpt]. */
struct rect {
    mpt x, y, width, height;
};

struct geometry {
    const struct fo_node *master;
    const struct fo_node *body; /* fo:region-body */
    mpt width, height;          /* of the page */
    struct rect outer[5];       /* by type - FO_REGION_BODY: with border and padding */
    struct rect regions[5];     /* of the contents; of a turned region in its own coordinates */
    struct rect turned_in[5];   /* and where they lie on the page */
    int32_t turn[5];            /* 0, 90, 180, 270 counter-clockwise */
    const struct fo_node *region_nodes[5];
    int32_t columns;
    mpt column_gap, column_width;
};

struct page_run {
    struct pass *pass;
    const struct fo_node *node; /* fo:page-sequence */
    const struct fo_node *flow;
    struct arena *arena;
    int32_t sequence;
    int32_t first_number, number; /* of the first page and of the page at hand */
    int32_t page;                 /* index of the page at hand within the sequence */
    int32_t index;                /* and within the document */
    const char *label;            /* its number as text */
    struct geometry geo;
    struct vlist *list;
    size_t pos;              /* first item not yet on a page */
    mpt pos_after, pos_lead; /* of the break before it */
    bool any_notes;
    struct area *body;       /* of the page at hand, when the region-body is turned; NULL */
    struct vlist *separator; /* above footnotes; NULL */
    mpt separator_height;
    struct note *left_over;   /* footnotes that did not fit */
    mpt room;                 /* height of the page or column being broken */
    bool varied;              /* other pages of the sequence have bodies of other heights */
    mpt column_x;             /* of the column at hand */
    const struct frame *next; /* of what follows the page at hand; NULL: nothing */
    uint8_t column_break;     /* class of the forced break that ended it */
    size_t seen, wait;        /* items looked at for notes; to wait for before the next page */
    mpt list_width;           /* of the column the list is laid out for */
    bool restart;             /* what is in the list from `kept` on is to be laid out anew */
    size_t kept;
    struct anchor *kept_anchors; /* of the first item that is not kept */
    struct {
        struct resume *items;
        size_t len, cap;
    } resume;                /* where that layout begins */
    bool as_last;            /* the page at hand is made as the last one */
    bool only;               /* and as the only one */
    bool last_spent;         /* a page was made as the last one and was not */
    bool blank_last;         /* the last master has no room: a blank page follows */
    bool parity_kept;        /* of the first page */
    struct stretch *stretch; /* columns.c: what of it is not on a page begins at */
    size_t stretch_pos;      /* this item of its own list */
};

/* What lives from page-sequence to page-sequence in a pass. */
struct pass_state {
    int32_t pages; /* made so far */
    int32_t next_number;
    int32_t sequences;
    struct {
        struct marker_place *items;
        size_t len, cap;
    } markers;
    struct {
        struct cut_cell {
            const struct frame *cell, *next; /* root of its list; of what follows in it */
        } * items;
        size_t len, cap;
    } cuts;                        /* cells that go on after the page at hand */
    size_t open_markers;           /* those before this one have ended */
    size_t page_markers;           /* and those before this one before the page at hand */
    struct id_places known, found; /* of the pass before; of this one */
    bool failed;
};

/* masters.c: the page master for a page (6.4.7-6.4.12). */
struct page_query {
    int32_t page; /* index within the sequence */
    int32_t number;
    bool last, blank;
};
const struct fo_node *master_for(struct pass *p, const struct fo_node *sequence,
                                 const struct page_query *q);

/* Whether the masters the sequence may use have bodies of different heights. */
bool master_heights_vary(const struct pass *p, const struct fo_node *sequence);
/* The sequence has a master for a page that is the only one. */
bool master_is_for_only_page(const struct pass *p, const struct fo_node *sequence);
/* Rectangles of a master's regions. */
void master_geometry(const struct fo_node *master, struct geometry *out);

/* tags.c: forget the tags of an earlier pass. */
void tags_forget(const struct fo_node *n);

/* marker.c */
/* Every page number shown in the last pass was right. */
bool ids_are_stable(const struct pass_state *s);
/* The page at hand is complete: markers whose parents do not go on after it have ended. */
void markers_end_page(struct pass *p);

/* page.c: for columns.c. */
struct area_page *page_new(struct page_run *r, bool blank);
struct canvas page_canvas(struct page_run *r, struct area_page *page);
/* Static content, then the painter; the next page is at hand. */
void page_end(struct page_run *r, struct area_page *page);
/* Items [from, to) end at `bottom`, below their region. */
void page_report_overfull(struct page_run *r, size_t from, size_t to, mpt bottom);
/* By which the spaces give where `end` ends a page, for a break of this ratio, 1/1000. */
int64_t page_ratio(const struct vitem *end, int64_t ratio);
void page_keep_parity(struct page_run *r, uint8_t break_class);

/* notes.c */
/* Of notes, or what is left of them [mpt]. */
mpt notes_height(const struct note *n);
/* Of the notes that stand in the part, separator included [mpt]: for the breaker; `self` is a
 * struct page_run. Adds to the demerits (1/1000). */
mpt notes_between(void *self, const struct brk_part *part, int64_t *demerits);
/* Lay out what stands above the notes. */
void notes_separator(struct page_run *r, const struct fo_node *content);
/* The notes whose anchors stand in items [from, to), after what is left over. */
struct note *notes_gather(struct page_run *r, size_t from, size_t to);
/* Notes of the page at its foot, as many as there is `room` for [mpt]; the rest is left over. */
void notes_paint(struct page_run *r, struct canvas *c, struct note *notes, mpt room);

/* balance.c: the breaks of items [from, count), which end with a forced one, for columns of even
 * height that are no higher than `room`; `out` has a place for each column. How many are used; 0
 * when it does not come out. */
struct balance {
    size_t from, count;
    mpt after; /* of the break before `from` */
    mpt room;
    int32_t columns;
};
size_t balance_columns(const struct vitem *items, const struct balance *b,
                       struct brk_break *out);

/* columns.c: a page of several columns; the list is complete. */
void column_page(struct page_run *r);
/* Forget where in its stretch the list was. */
void column_forget(struct page_run *r);

/* resume.c: have what is not on a page yet laid out anew, in the width of the page at hand. False:
 * more items are needed to know where that begins. */
bool resume_begin(struct page_run *r, bool complete);
/* The same for the whole flow. */
void resume_all(struct page_run *r);
/* Give up the items that are to be laid out anew: the list goes on with them. */
void resume_cut(struct page_run *r, struct frame *root);

/* number.c: `n` in the format of fo:page-sequence (XSLT 1.0, 7.7.1). */
const char *number_format(struct arena *a, int32_t n, const char *format);

#endif
