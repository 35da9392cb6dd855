/* The border between templates and typesetting: the tree of formatting objects with resolved,
 * interned styles (XSL-FO 1.1, W3C Recommendation of 5 December 2006).
 *
 * Text is UTF-8. Everything lives in one arena that fo_document owns; strings without a value
 * are NULL. Elements that lie outside the subset have been reported and are not in the tree. */
#ifndef PRIKAZ_FO_FO_H
#define PRIKAZ_FO_FO_H

#include "base/diag.h"
#include "base/mem.h"
#include "base/mpt.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Formatting objects; the order makes ranges meaningful (see the fo_is_ functions). */
enum fo_type {
    FO_ROOT,
    FO_DECLARATIONS,
    FO_LAYOUT_MASTER_SET,
    FO_SIMPLE_PAGE_MASTER,
    FO_REGION_BODY, /* the five regions: keep together and in this order */
    FO_REGION_BEFORE,
    FO_REGION_AFTER,
    FO_REGION_START,
    FO_REGION_END,
    FO_PAGE_SEQUENCE_MASTER,
    FO_SINGLE_PAGE_MASTER_REFERENCE,
    FO_REPEATABLE_PAGE_MASTER_REFERENCE,
    FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES,
    FO_CONDITIONAL_PAGE_MASTER_REFERENCE,
    FO_BOOKMARK_TREE,
    FO_BOOKMARK,
    FO_BOOKMARK_TITLE,
    FO_PAGE_SEQUENCE,
    FO_TITLE,
    FO_STATIC_CONTENT,
    FO_FLOW,
    /* block-level */
    FO_BLOCK,
    FO_BLOCK_CONTAINER,
    FO_TABLE_AND_CAPTION,
    FO_TABLE_CAPTION,
    FO_TABLE,
    FO_TABLE_COLUMN,
    FO_TABLE_HEADER,
    FO_TABLE_FOOTER,
    FO_TABLE_BODY,
    FO_TABLE_ROW,
    FO_TABLE_CELL,
    FO_LIST_BLOCK,
    FO_LIST_ITEM,
    FO_LIST_ITEM_LABEL,
    FO_LIST_ITEM_BODY,
    /* inline-level */
    FO_TEXT, /* not an element: character data */
    FO_INLINE,
    FO_CHARACTER,
    FO_LEADER,
    FO_PAGE_NUMBER,
    FO_PAGE_NUMBER_CITATION,
    FO_PAGE_NUMBER_CITATION_LAST,
    FO_BASIC_LINK,
    FO_EXTERNAL_GRAPHIC,
    FO_INSTREAM_FOREIGN_OBJECT,
    FO_INLINE_CONTAINER,
    FO_FOOTNOTE,
    FO_FOOTNOTE_BODY,
    FO_BIDI_OVERRIDE,
    /* anywhere */
    FO_WRAPPER,
    FO_MARKER,
    FO_RETRIEVE_MARKER,
    FO_RETRIEVE_TABLE_MARKER,
    FO_TYPE_COUNT
};

/* How a length was given. */
enum fo_unit {
    FO_UNIT_MPT,     /* v is absolute [mpt] */
    FO_UNIT_PERCENT, /* v is in 1/1000 % of what the property's definition names */
    FO_UNIT_AUTO,    /* auto, none or normal: v is 0 */
    FO_UNIT_PROP,    /* proportional-column-width(): the share in pct [1/1000], a length
                        added to it in v [mpt] */
    FO_UNIT_NUMBER,  /* a bare number (line-height="1.5"): v is in 1/1000 */
    FO_UNIT_SUM,     /* percentage and absolute length together: v [mpt] and pct */
    FO_UNIT_SCALE    /* scale-to-fit, -down-, -up-: v is an enum fo_scale */
};

struct fo_length {
    mpt v;
    int32_t pct; /* with FO_UNIT_SUM [1/1000 %] and FO_UNIT_PROP [1/1000] only */
    enum fo_unit unit;
};

/* A space (4.3): the precedence «force» is INT16_MAX. */
struct fo_space {
    mpt min, opt, max; /* [mpt] */
    int32_t pct;       /* [1/1000 %] of the containing block's width, added to all three */
    int16_t precedence;
    bool retain; /* conditionality */
};

/* A length range: the progression dimensions (min, opt, max). */
struct fo_range {
    struct fo_length min, opt, max;
};

/* Ordered by the precedence of the collapsing border model (CSS 2.1, 17.6.2.1):
 * a later one wins over an earlier one of the same width; hidden beats all. */
enum fo_border_style {
    FO_BORDER_NONE,
    FO_BORDER_INSET,
    FO_BORDER_GROOVE,
    FO_BORDER_OUTSET,
    FO_BORDER_RIDGE,
    FO_BORDER_DOTTED,
    FO_BORDER_DASHED,
    FO_BORDER_SOLID,
    FO_BORDER_DOUBLE,
    FO_BORDER_HIDDEN
};

/* One side of the border; width is 0 when the style is none or hidden. */
struct fo_border {
    enum fo_border_style style;
    mpt width; /* [mpt] */
    uint32_t color;
    bool retain;        /* border-*-width.conditionality */
    int16_t precedence; /* border-*-precedence, «force» is INT16_MAX */
};

struct fo_padding {
    struct fo_length len;
    bool retain;
};

/* Sides in the order of the writing mode lr-tb: top, bottom, left, right. */
enum fo_side { FO_BEFORE, FO_AFTER, FO_START, FO_END };

/* Keeps (7.21): three strengths; auto is 0, always INT32_MAX, integers clamped between. */
#define FO_KEEP_AUTO   0
#define FO_KEEP_ALWAYS INT32_MAX
struct fo_keep {
    int32_t line, column, page;
};

enum fo_break { FO_BREAK_AUTO, FO_BREAK_COLUMN, FO_BREAK_PAGE, FO_BREAK_EVEN, FO_BREAK_ODD };

/* inside and outside stand where the document says so; layout knows the page's side.
 * relative is text-align-last alone. */
enum fo_text_align {
    FO_ALIGN_START,
    FO_ALIGN_END,
    FO_ALIGN_CENTER,
    FO_ALIGN_JUSTIFY,
    FO_ALIGN_INSIDE,
    FO_ALIGN_OUTSIDE,
    FO_ALIGN_RELATIVE
};

enum fo_display_align {
    FO_DISPLAY_AUTO,
    FO_DISPLAY_BEFORE,
    FO_DISPLAY_CENTER,
    FO_DISPLAY_AFTER
};

/* alignment-baseline (start of the list) and the shifts of vertical-align. */
enum fo_baseline {
    FO_BASELINE_AUTO,
    FO_BASELINE_BASELINE,
    FO_BASELINE_BEFORE_EDGE,
    FO_BASELINE_TEXT_BEFORE_EDGE,
    FO_BASELINE_MIDDLE,
    FO_BASELINE_CENTRAL,
    FO_BASELINE_AFTER_EDGE,
    FO_BASELINE_TEXT_AFTER_EDGE,
    FO_BASELINE_IDEOGRAPHIC,
    FO_BASELINE_ALPHABETIC,
    FO_BASELINE_HANGING,
    FO_BASELINE_MATHEMATICAL
};

enum fo_transform { FO_TEXT_NONE, FO_TEXT_CAPITALIZE, FO_TEXT_UPPERCASE, FO_TEXT_LOWERCASE };

/* text-decoration as a set of bits. */
enum { FO_UNDERLINE = 1, FO_OVERLINE = 2, FO_LINE_THROUGH = 4 };

enum fo_linefeed {
    FO_LINEFEED_IGNORE,
    FO_LINEFEED_PRESERVE,
    FO_LINEFEED_SPACE,
    FO_LINEFEED_ZWSP
};

enum fo_white_space_treatment {
    FO_WS_IGNORE,
    FO_WS_PRESERVE,
    FO_WS_IGNORE_BEFORE_LINEFEED,
    FO_WS_IGNORE_AFTER_LINEFEED,
    FO_WS_IGNORE_SURROUNDING_LINEFEED
};

enum fo_overflow {
    FO_OVERFLOW_AUTO,
    FO_OVERFLOW_VISIBLE,
    FO_OVERFLOW_HIDDEN,
    FO_OVERFLOW_ERROR
};

enum fo_position {
    FO_POSITION_STATIC,
    FO_POSITION_RELATIVE,
    FO_POSITION_ABSOLUTE,
    FO_POSITION_FIXED
};

enum fo_leader_pattern { FO_LEADER_SPACE, FO_LEADER_RULE, FO_LEADER_DOTS, FO_LEADER_CONTENT };

enum fo_scale { FO_SCALE_TO_FIT, FO_SCALE_DOWN_TO_FIT, FO_SCALE_UP_TO_FIT };

/* How the breaker treats Russian office text (px:office-breaks, own namespace). */
enum fo_office { FO_OFFICE_AUTO, FO_OFFICE_OFF, FO_OFFICE_ON };

/* Colours are 0xRRGGBB; no colour (transparent) is FO_TRANSPARENT. */
#define FO_TRANSPARENT UINT32_C(0xFF000000)

/* Properties that are inherited (or behave so once computed). */
struct fo_inherited {
    const char *font_family; /* the list as written, interned: «Times New Roman, serif» */
    mpt font_size;           /* [mpt] */
    int32_t font_weight;     /* 100..900 */
    bool font_italic;        /* font-style italic, oblique, backslant */
    bool small_caps;
    struct fo_length line_height;   /* MPT, NUMBER («normal» is NUMBER 1200), PERCENT */
    bool line_stacking_font_height; /* line-stacking-strategy = font-height */
    bool disregard_shifts;          /* line-height-shift-adjustment = disregard-shifts */
    uint32_t color;
    enum fo_text_align text_align, text_align_last;
    struct fo_length text_indent, last_line_end_indent; /* PERCENT: of the block's width */
    mpt letter_spacing;                                 /* [mpt], opt component, 0 normal */
    struct fo_space word_spacing;                       /* added to the space, 0 normal */
    enum fo_transform text_transform;
    enum fo_linefeed linefeed_treatment;
    enum fo_white_space_treatment white_space_treatment;
    bool white_space_collapse;
    bool no_wrap;         /* wrap-option */
    const char *language; /* «ru», interned; NULL none */
    const char *country;  /* «RU» */
    bool hyphenate;
    uint32_t hyphenation_character;
    int32_t hyphenation_push, hyphenation_remain; /* character counts */
    int32_t hyphenation_ladder;                   /* 0: no limit */
    enum fo_office office_breaks;                 /* own property */
    bool kerning;                                 /* own property px:kerning, default true */
    int32_t orphans, widows;
    struct fo_length start_indent, end_indent; /* absolute or with PERCENT/SUM of the area */
    struct fo_length label_separation, label_distance; /* provisional-...: as the indents */
    bool border_collapse;                              /* model collapse */
    mpt border_spacing_block, border_spacing_inline;   /* [mpt] */
    bool caption_before;
    enum fo_display_align display_align;
    bool empty_cells_show;
    struct fo_keep keep_together;
    int32_t reference_orientation; /* 0, 90, 180, 270 of the own area; inherited per 7.21.3 */
    enum fo_leader_pattern leader_pattern;
    enum fo_border_style rule_style;
    mpt rule_thickness;
    struct fo_range leader_length; /* PERCENT: of the line's width */
    mpt leader_pattern_width;      /* 0: use font metrics */
    int32_t visibility;            /* 0 visible, 1 hidden, 2 collapse */
};

/* Properties that are not inherited. */
struct fo_own {
    struct fo_space space_before, space_after; /* block-progression */
    struct fo_space space_start, space_end;    /* inline-progression */
    struct fo_border border[4];
    struct fo_padding padding[4];
    uint32_t background_color;
    struct fo_break_pair {
        enum fo_break before, after;
    } brk;
    struct fo_keep keep_with_next, keep_with_previous;
    bool span_all;
    struct fo_range inline_size, block_size; /* inline-/block-progression-dimension */
    enum fo_overflow overflow;
    enum fo_position position; /* absolute-position and relative-position */
    struct fo_length top, bottom, left, right;
    enum fo_baseline alignment_baseline;
    struct fo_length baseline_shift;   /* [mpt] upwards, PERCENT of the parent's line-height */
    struct fo_length alignment_adjust; /* [mpt] upwards, PERCENT of its own */
    int32_t baseline_level;            /* 0, +1 super, -1 sub (baseline-shift keywords) */
    uint8_t decoration; /* FO_UNDERLINE...: painted on its text; those of ancestors included */
    bool treat_as_word_space;
    bool suppress_at_line_break; /* fo:character */
    int32_t z_index;
};

/* A resolved style: immutable, interned, compared by pointer. */
struct fo_style {
    struct fo_inherited inh;
    struct fo_own own;
};

/* One conditional-page-master-reference, in the words of 7.27. */
enum fo_page_position { FO_POS_ANY, FO_POS_FIRST, FO_POS_LAST, FO_POS_REST, FO_POS_ONLY };
enum fo_odd_or_even { FO_PARITY_ANY, FO_PARITY_ODD, FO_PARITY_EVEN };
enum fo_blankness { FO_BLANK_ANY, FO_BLANK, FO_NOT_BLANK };

enum fo_retrieve_position {
    FO_FIRST_STARTING,
    FO_FIRST_INCLUDING,
    FO_LAST_STARTING,
    FO_LAST_ENDING
};
enum fo_retrieve_boundary {
    FO_BOUNDARY_PAGE,
    FO_BOUNDARY_PAGE_SEQUENCE,
    FO_BOUNDARY_DOCUMENT,
    FO_BOUNDARY_TABLE,         /* retrieve-table-marker */
    FO_BOUNDARY_TABLE_FRAGMENT /* retrieve-table-marker */
};

enum fo_force_page_count {
    FO_FORCE_AUTO,
    FO_FORCE_EVEN,
    FO_FORCE_ODD,
    FO_FORCE_END_ON_EVEN,
    FO_FORCE_END_ON_ODD,
    FO_FORCE_NO
};

/* initial-page-number: a number, or one of these. */
enum { FO_INITIAL_AUTO = 0, FO_INITIAL_AUTO_ODD = -1, FO_INITIAL_AUTO_EVEN = -2 };

/* A node takes only the memory its type needs: never copy one by value. Text has the style of
 * its parent, of which the inherited half and `decoration` apply to it. In a table every cell has
 * a row for its parent (one is made for cells that stand in a body without), and row spans end
 * where their body ends; table children are in the order columns, header, footer, bodies. */
struct fo_node {
    enum fo_type type;
    uint32_t piece;     /* does not fall in document order: see fo_release */
    struct src_loc loc; /* in the order itself when the template says so (px:at) */
    const struct fo_style *style;
    const char *id;   /* NULL without one */
    const char *role; /* the `role` property: what the tag is called; NULL */
    struct fo_node *parent, *next, *child, *last_child;
    void *tag; /* layout's own: the tag made for the object in this pass; NULL at first */
    union {
        struct fo_as_text {
            const char *bytes; /* UTF-8, as in the file: white space not yet treated */
            size_t len;
        } text;
        struct fo_as_character {
            uint32_t cp;
        } character;
        struct fo_as_page_master {
            const char *name;
            struct fo_length width, height; /* AUTO: A4 */
            struct fo_length margin[4];     /* by enum fo_side */
        } page_master;
        struct fo_as_region {
            const char *name;           /* region-name, never NULL */
            struct fo_length margin[4]; /* region-body */
            struct fo_length extent;    /* the other four */
            bool precedence;            /* before and after */
            int32_t column_count;
            struct fo_length column_gap;
        } region;
        struct fo_as_sequence_master {
            const char *name;
        } sequence_master;
        struct fo_as_master_reference { /* the four kinds of reference */
            const char *name;
            int32_t maximum_repeats; /* -1: no limit */
            enum fo_page_position position;
            enum fo_odd_or_even parity;
            enum fo_blankness blank;
        } master_reference;
        struct fo_as_page_sequence {
            const char *master; /* master-reference */
            int32_t initial;    /* a number from 1, or FO_INITIAL_ */
            enum fo_force_page_count force;
            const char *format; /* «1», never NULL */
            const char *grouping_separator;
            int32_t grouping_size;
        } page_sequence;
        struct fo_as_flow {     /* flow and static-content */
            const char *region; /* flow-name */
        } flow;
        struct fo_as_bookmark {
            const char *internal, *external;
            bool closed; /* starting-state = hide */
        } bookmark;
        struct fo_as_table {
            bool fixed; /* table-layout */
            bool omit_header_at_break, omit_footer_at_break;
            const char
                *continued;      /* px:continued-caption: text above the header after a break */
            bool repeat_spanned; /* px:repeat-spanned-cells */
        } table;
        struct fo_as_column {
            int32_t number;   /* column-number, from 1, always resolved */
            int32_t repeated; /* number-columns-repeated */
            int32_t spanned;
            struct fo_length width;
            bool align_decimal; /* px:align="decimal" */
        } column;
        struct fo_as_row {
            bool made; /* not in the document: made for cells that stand in a body alone */
        } row;
        struct fo_as_cell {
            int32_t number;        /* column-number from 1, resolved; spans do not overlap */
            int32_t columns, rows; /* number-columns-spanned, number-rows-spanned */
            bool starts_row, ends_row;
            bool align_decimal; /* px:align="decimal" */
        } cell;
        struct fo_as_link { /* basic-link */
            const char *internal, *external;
        } link;
        struct fo_as_citation {
            const char *ref_id;
        } citation;
        struct fo_as_graphic { /* external-graphic, instream-foreign-object */
            const char *src;   /* the plain path or URI of external-graphic, url() taken off */
            void *svg;         /* xmlNode of the foreign element, owned by the document */
            struct fo_length content_width, content_height;
            bool uniform;    /* scaling */
            const char *alt; /* px:alt (fox:alt-text understood too): the alternative text */
        } graphic;
        struct fo_as_marker {
            const char *class_name;
            const struct fo_spec *specs; /* private: see fo_instantiate_marker */
        } marker;
        struct fo_as_retrieve {
            const char *class_name;
            enum fo_retrieve_position position;
            enum fo_retrieve_boundary boundary;
        } retrieve;
        struct fo_as_container {         /* block-container, inline-container */
            const char *report;          /* px:report: name of the box in the run's report */
            const char *signature_field; /* px:signature-field: name of an empty field there */
        } container;
        struct fo_as_block {
            int32_t heading; /* reserved for tags: 1..6 from role H1..H6, 0 */
        } block;
    } as;
};

/* What is said about the document as a whole: fo:declarations (x:xmpmeta understood for title,
 * author, subject, keywords; px:meta name/value for everything) and fo:root's properties. */
struct fo_meta {
    const char *name, *value;
    struct fo_meta *next;
};

struct fo_document {
    struct arena *arena;
    struct fo_pieces { /* what layout needs only once, in document order */
        struct fo_piece {
            struct arena *arena;
            bool pinned; /* something in it may be asked for again */
        } * items;
        size_t len, cap;
        size_t released; /* of them, from the first */
        size_t freed;    /* bytes of those since memory was given back to the system */
    } pieces;
    struct fo_node *root; /* FO_ROOT; page masters, sequences below it in document order */
    struct fo_meta *meta; /* in document order */
    const char *language; /* of the root, «ru-RU»; NULL */
    const char *base;     /* folder that relative src are taken from; NULL: the current one */
    struct fo_styles *styles; /* the interning table */
    void *keep;               /* xmlDocs that graphic.svg point into; freed with the document */
};

static inline bool fo_is_region(enum fo_type t)
{
    return t >= FO_REGION_BODY && t <= FO_REGION_END;
}

static inline bool fo_is_inline(enum fo_type t)
{
    return t >= FO_TEXT && t <= FO_BIDI_OVERRIDE;
}

/* Element name without prefix, «table-cell»; «#text» for character data. */
const char *fo_type_name(enum fo_type t);

/* The content of `marker` as it is where `retrieve` stands (6.13.6): a copy below an FO_WRAPPER
 * whose parent is `retrieve`, with styles inherited from there and without ids. The nodes live in
 * `arena`, new styles in the document. */
struct fo_node *fo_instantiate_marker(const struct fo_document *doc,
                                      const struct fo_node *marker,
                                      const struct fo_node *retrieve, struct arena *arena);

/* The unit resolved against `base` [mpt]: MPT as it is, PERCENT of base, SUM both,
 * anything else `otherwise`. */
mpt fo_length_resolve(struct fo_length len, mpt base, mpt otherwise);

/* The objects of pieces before `piece` have been painted: free rows of bodies with all that is in
 * them, and text in flows. Other objects stay, markers too. */
void fo_release(struct fo_document *doc, uint32_t piece);

/* Free the tree, its styles and strings; NULL is allowed. */
void fo_free_document(struct fo_document *doc);

/* Print the tree with the resolved properties that differ from their parent's or from the
 * initial value, one object a line, for tests and --dump=fo. */
struct buf;
void fo_dump(const struct fo_document *doc, struct buf *out);

#endif
