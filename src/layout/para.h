/* A paragraph: the inline content of one block between two block-level children, as
 * characters, as elements, as lines. Internal to para.c, lines.c and paintline.c. */
#ifndef PRIKAZ_LAYOUT_PARA_H
#define PRIKAZ_LAYOUT_PARA_H

#include "layout/model.h"

/* Letters that are shaped together: text_shape takes no more than 65,535. */
enum { LETTERS_SHAPED = 32768 };

/* An inline-level object that is open over some characters. */
struct inl {
    const struct fo_node *node;
    struct inl *parent;
    const struct fo_style *style;
    const struct text_font *font;
    mpt shift;                                         /* of its baseline, upwards */
    mpt edge_start, edge_end, edge_before, edge_after; /* border and padding, and that space */
    uint8_t decoration;                                /* with that of the ancestors */
    uint32_t decoration_color;
    const struct area_tag *tag;
    struct inl *small;             /* for its small capitals; NULL: none yet */
    const struct text_word *space; /* in its font; NULL: not needed yet */
    bool boxed; /* has a background, a border or is a link: something to paint per line */
    int depth;
};

enum elem_kind {
    E_WORD,   /* cps[from..to) in one font, no break inside */
    E_SPACE,  /* spaces that may stretch */
    E_BREAK,  /* a place to break without a space: `cost`, `hyphen` */
    E_FEED,   /* a forced line break */
    E_OPEN,   /* an inline begins: its start edge */
    E_CLOSE,  /* and ends */
    E_OBJECT, /* a graphic, a leader, a page number, an inline-container */
    E_ANCHOR  /* an id, a footnote's place, a marker */
};

struct object {
    const struct fo_node *node;
    enum { OBJ_GRAPHIC, OBJ_LEADER, OBJ_PAGE_NUMBER, OBJ_CONTAINER } kind;
    mpt width, ascent, descent;
    mpt stretch, shrink;      /* leader */
    struct area_image *image; /* or */
    struct svg_image *svg;
    mpt content_width, content_height; /* of the graphic, before clipping */
    struct container *container;
    struct para *content; /* of a leader: what it repeats, one line as wide as that; NULL */
};

struct elem {
    enum elem_kind kind;
    bool hyphen;  /* E_BREAK: shows a hyphen when taken */
    bool soft;    /* E_BREAK: at a soft hyphen of the text, which may always be taken */
    bool cut;     /* E_BREAK: inside a word too long for its line */
    bool firm;    /* E_SPACE: stays at the beginning and the end of a line */
    int16_t cost; /* E_BREAK, E_SPACE: of a break here; TEXT_BREAK_NEVER */
    uint32_t from, to;
    mpt width;
    struct inl *inl;
    const struct text_font *font;
    union {
        struct object *object;
        const struct fo_node *node;   /* E_ANCHOR */
        const struct text_word *word; /* E_WORD, E_SPACE; NULL: no characters */
    } as;
    struct note *note; /* E_ANCHOR of a footnote */
};

struct line {
    size_t from, to;     /* elements; leading and trailing spaces already left out */
    mpt ascent, descent; /* of the line box, from the baseline */
    mpt over, under;     /* of what stands in it, without half-leading */
    mpt indent;          /* of the first line */
    mpt end_indent;
    int64_t ratio;
    bool hyphen; /* ends with a hyphen that the break shows */
    bool first;  /* of the paragraph or after a line feed */
    bool last;   /* of the paragraph or before a line feed */
};

/* Arrays that a paragraph needs while it is made: taken from the pass and given back with their
 * room, since there are as many paragraphs as cells. */
struct para_room {
    struct para_room *next;
    uint32_t *cps;
    struct inl **owners; /* of each character */
    text_break *breaks;
    size_t cp_cap;
    struct elem *elems, *spare; /* spare: for those that are made of elems */
    size_t elem_cap, spare_cap;
    void *items; /* of lines.c */
    size_t item_cap;
};

struct para {
    struct pass *pass;
    struct arena *arena;
    struct inline_run run;
    const struct fo_style *style; /* of the block */
    struct para_room *room;       /* until para_seal */
    uint32_t *cps;                /* of the room until they are collected, then of the arena */
    size_t cp_count;
    struct elem *elems; /* of the room until para_seal, then of the arena */
    size_t elem_count;
    struct line *lines;
    size_t line_count;
    const struct area_tag *tag;
    const char *language;
    bool office; /* set by the habits of Russian offices */
};

/* Characters and elements of the run: everything that does not depend on the width. Never NULL;
 * end it with para_seal or para_drop. */
struct para *para_collect(struct pass *p, struct arena *a, const struct inline_run *run);
/* Move the elements, which are final, into the arena. */
void para_seal(struct para *para);
/* Forget the elements. */
void para_drop(struct para *para);
/* At the end of the pass. */
void para_free_rooms(struct pass *p);
/* Split the words of elements [from, to) at their hyphenation points; gives the new `to`. */
size_t para_hyphenate(struct para *para, size_t from, size_t to);
/* Cut what is wider than `room` between any two characters, and report it. */
void para_cut_long(struct para *para, mpt room);
/* Break into lines. */
void para_break(struct para *para);
/* Its lines, or the last of them, are justified: spaces and leaders give. */
bool para_gives(const struct para *para);
/* By how much a space may stretch and shrink in a justified line [mpt]. */
void para_space_gives(const struct elem *e, mpt *stretch, mpt *shrink);
/* Shift of an inline within its parent, upwards by its alignment-baseline (7.14.1) [mpt]. */
mpt para_inline_shift(const struct inl *in);
/* How far above the line's baseline that of the element, or an object's foot, stands [mpt]. */
mpt para_elem_shift(const struct para *para, const struct line *line, const struct elem *e);
/* line-height of a style as a length [mpt]. */
mpt line_height_of(const struct fo_style *s);
/* The face of a style. */
const struct text_font *style_font(struct pass *p, const struct fo_style *s);
const struct text_word *para_shape(const struct para *para, const struct elem *e, uint32_t from,
                                   uint32_t to);
/* Set the element's word, and its width, by its characters. */
void para_set_word(const struct para *para, struct elem *e);

/* ---- space.c */

/* A run of text among the characters: nothing but text and fo:character in it. */
struct space_run {
    size_t from, to;
    bool of_block; /* stands in the block itself, not in an inline */
    bool begins;   /* nothing in the block before it, or a block */
    bool ends;     /* the block ends after it, or a block begins */
};

/* Not characters, and while text is collected only. */
enum {
    SPACE_GONE = 0x110000, /* a character that white space treatment drops */
    SPACE_FEED,            /* a line feed that stays */
    SPACE_EDGE             /* a line feed unless the line is empty */
};

/* Treat the white space of the collected characters: those to go become SPACE_GONE. */
void space_treat(struct para *para, const struct space_run *runs, size_t count);
/* Spaces before, or after, where a line ends are not part of it. */
bool space_ends_dropped(const struct para *para, bool before_feed);

/* ---- object.c */
struct object *object_new(struct para *para, const struct fo_node *node);

/* ---- case.c */
uint32_t case_upper(uint32_t cp);
uint32_t case_lower(uint32_t cp);

#endif
