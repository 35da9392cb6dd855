/* Private to src/fo: the table of properties and the way from attributes to a resolved style. */
#ifndef PRIKAZ_FO_STYLE_H
#define PRIKAZ_FO_STYLE_H

#include "fo/expr.h"
#include "fo/fo.h"

#include <stdarg.h>

/* Values of properties that only some objects have; nodes take what they need (objects.c). */
struct fo_local {
    const char *id, *role, *at;
    const char *master_name, *region_name, *flow_name, *master_reference;
    struct fo_length page_width, page_height, extent, column_gap;
    int32_t precedence, column_count, maximum_repeats;
    int32_t page_position, odd_or_even, blank;
    int32_t initial_page_number, force_page_count;
    const char *format, *grouping_separator;
    int32_t grouping_size;
    const char *internal, *external, *ref_id, *src, *alt;
    int32_t hidden_start; /* starting-state = hide */
    int32_t table_fixed, omit_header, omit_footer, repeat_spanned;
    const char *continued, *report, *signature_field;
    int32_t column_number, columns_repeated, columns_spanned, rows_spanned;
    struct fo_length column_width;
    int32_t align_decimal, starts_row, ends_row;
    struct fo_length content_width, content_height;
    int32_t scaling_uniform;
    uint32_t character;
    const char *marker_class, *retrieve_class;
    int32_t retrieve_position, retrieve_boundary;
    int32_t table_position, table_boundary;
};

/* What is needed only while a style is made. */
struct fo_aux {
    struct fo_length margin[4]; /* by enum fo_side */
    bool margin_set[4];
    int32_t absolute_position, relative_position; /* enum fo_position */
    struct fo_length min_size[2], max_size[2];    /* inline, block: min-width... */
    bool precedence_set[4];
    int32_t decoration;   /* FO_UNDERLINE... in bits 0-2, what is turned off in bits 4-6 */
    uint8_t space_set[5]; /* which of min, opt, max: before, after, start, end, word */
};

/* A style in the making: every row of the table of properties has its place in here. */
struct fo_work {
    struct fo_style style;
    struct fo_aux aux;
    struct fo_local local;
};

/* How a field is stored, and with it how a value becomes one. */
enum fo_field {
    FO_FIELD_NONE,    /* understood, but without a place in the tree */
    FO_FIELD_MPT,     /* mpt */
    FO_FIELD_LENGTH,  /* struct fo_length */
    FO_FIELD_SPACE,   /* struct fo_space */
    FO_FIELD_RANGE,   /* struct fo_range */
    FO_FIELD_PADDING, /* struct fo_padding */
    FO_FIELD_BORDER,  /* the width and conditionality of struct fo_border */
    FO_FIELD_KEEP,    /* struct fo_keep */
    FO_FIELD_INT,     /* int32_t, and enums */
    FO_FIELD_SHORT,   /* int16_t */
    FO_FIELD_BOOL,
    FO_FIELD_COLOR, /* uint32_t 0xRRGGBB */
    FO_FIELD_CHAR,  /* uint32_t code point */
    FO_FIELD_STRING /* const char *, interned for styles */
};

/* Components of compound properties. */
enum fo_part {
    FO_PART_ALL,
    FO_PART_MINIMUM,
    FO_PART_OPTIMUM,
    FO_PART_MAXIMUM,
    FO_PART_PRECEDENCE,
    FO_PART_CONDITIONALITY,
    FO_PART_LENGTH,
    FO_PART_WITHIN_LINE,
    FO_PART_WITHIN_COLUMN,
    FO_PART_WITHIN_PAGE,
    FO_PART_BLOCK_DIRECTION,
    FO_PART_INLINE_DIRECTION
};

enum {
    /* flags of a property */
    FO_PROP_INHERITED = 1 << 0,
    FO_PROP_LOCAL = 1 << 1, /* in struct fo_local: belongs to a node, not to its style */
    FO_PROP_SHORTHAND = 1 << 2,
    FO_PROP_PARTIAL = 1 << 3,
    FO_PROP_REFUSED = 1 << 4,  /* reported and ignored unless it has its initial value */
    FO_PROP_ABSOLUTE = 1 << 5, /* top, left...: beats its relative twin (5.3.1) */
    FO_PROP_TWIN = 1 << 6,     /* shares its field with the property named first */
    FO_PROP_OWN = 1 << 7,      /* not of the Recommendation: px:, fox: */
    FO_PROP_NOTE = 1 << 8,     /* refused, but without effect on paper: a note will do */
    FO_PROP_STRICT = 1 << 9,   /* another value would change every page: an error */
    /* kinds of value */
    FO_TAKE_LENGTH = 1 << 12,
    FO_TAKE_PERCENT = 1 << 13,
    FO_TAKE_NUMBER = 1 << 14,
    FO_TAKE_INTEGER = 1 << 15,
    FO_TAKE_COLOR = 1 << 16,
    FO_TAKE_SHARE = 1 << 17,
    FO_TAKE_TEXT = 1 << 18, /* the attribute as it stands, trimmed */
    FO_TAKE_NAME = 1 << 19, /* one word or literal, no expression */
    FO_TAKE_URI = 1 << 20,
    FO_TAKE_SPACE = 1 << 21, /* a space is a value */
    /* the order of evaluation */
    FO_EARLY_SIZE = 1 << 24, /* font-size: em of all others */
    FO_EARLY = 1 << 25       /* color: initial value of others */
};

struct fo_word {
    const char *name;
    int32_t value;
};

/* Words of FO_FIELD_LENGTH and FO_FIELD_RANGE; others are percentages in 1/1000 %. */
enum { FO_WORD_AUTO = -1, FO_WORD_SCALE = -2 /* minus enum fo_scale */ };

/* Columns of a table, rows a cell spans: beyond lies no document. */
enum { FO_COLUMNS_MAX = 16384 };

struct fo_decl;
struct fo_context;

struct fo_prop {
    const char *name, *initial; /* initial value as a document would write it */
    uint32_t flags;
    enum fo_field field;
    uint32_t offset;             /* in struct fo_work */
    int64_t min, max;            /* of integers; of lengths only min, [mpt] */
    const struct fo_word *words; /* ends with a NULL name */
    /* Exceptional properties: true when it has dealt with the value, false when the general
     * way shall be gone; a value that is wrong is reported by it. NULL: the general way. For
     * shorthands: adds declarations of longhands. */
    bool (*special)(struct fo_context *cx, const struct fo_decl *d);
};

/* One attribute, or one longhand of a shorthand. */
struct fo_decl {
    const struct fo_prop *prop;
    enum fo_part part;
    int rank; /* later wins */
    struct fo_slice value;
};

/* Twice (with and without prefix) what an object can have of properties, their components and the
 * longhands of shorthands. */
enum { FO_DECLS_MAX = 1024, FO_PROPS_MAX = 384 };

struct fo_decls {
    struct fo_decl d[FO_DECLS_MAX];
    size_t n;
};

/* Where a style is resolved. */
struct fo_context {
    struct fo_styles *styles;
    struct diag *diag; /* NULL: no reports */
    struct src_loc loc;
    enum fo_type type;
    const struct fo_node *parent;        /* NULL: the root */
    const struct fo_style *parent_style; /* NULL: initial values */
    const struct fo_style *column;       /* of the table column the object is in; NULL */
    const struct fo_specified *nearest;  /* the parent's; NULL: unknown */
    const char *reference;               /* of a page-sequence: its master-reference; of a flow
                                          * or static-content: its flow-name; NULL */
    struct fo_work work;
    struct fo_decls decls;
    uint64_t given[FO_PROPS_MAX / 64]; /* result: longhands that were specified, by row */
    bool reported, depends; /* not to be cached: faults; more than the parent's style */
};

/* Which properties were given on an object, for from-nearest-specified-value(). */
struct fo_specified {
    const struct fo_specified *up;
    const struct fo_style *style;
    uint64_t bits[FO_PROPS_MAX / 64];
};

/* props.c */
extern const struct fo_prop fo_props[];
extern const size_t fo_prop_count;
/* shorthand.c: each adds the longhands of one attribute */
bool fo_expand_font(struct fo_context *cx, const struct fo_decl *d);
bool fo_expand_border(struct fo_context *cx, const struct fo_decl *d);
bool fo_expand_four(struct fo_context *cx, const struct fo_decl *d);
bool fo_expand_background(struct fo_context *cx, const struct fo_decl *d);
bool fo_expand_border_spacing(struct fo_context *cx, const struct fo_decl *d);
bool fo_expand_border_separation(struct fo_context *cx, const struct fo_decl *d);
bool fo_expand_page_break(struct fo_context *cx, const struct fo_decl *d);
bool fo_expand_position(struct fo_context *cx, const struct fo_decl *d);
bool fo_expand_size(struct fo_context *cx, const struct fo_decl *d);
bool fo_expand_vertical_align(struct fo_context *cx, const struct fo_decl *d);
bool fo_expand_white_space(struct fo_context *cx, const struct fo_decl *d);
bool fo_expand_xml_lang(struct fo_context *cx, const struct fo_decl *d);

/* special.c */
bool fo_set_font_size(struct fo_context *cx, const struct fo_decl *d);
bool fo_set_font_weight(struct fo_context *cx, const struct fo_decl *d);
bool fo_set_font_family(struct fo_context *cx, const struct fo_decl *d);
bool fo_set_line_height(struct fo_context *cx, const struct fo_decl *d);
bool fo_set_decoration(struct fo_context *cx, const struct fo_decl *d);
bool fo_set_language(struct fo_context *cx, const struct fo_decl *d);
bool fo_set_margin(struct fo_context *cx, const struct fo_decl *d);
bool fo_set_border_precedence(struct fo_context *cx, const struct fo_decl *d);
bool fo_set_baseline_shift(struct fo_context *cx, const struct fo_decl *d);
bool fo_set_orientation(struct fo_context *cx, const struct fo_decl *d);
bool fo_set_character(struct fo_context *cx, const struct fo_decl *d);

/* finish.c */
/* What follows from several properties together: see the file. */
void fo_finish_style(struct fo_context *cx);
/* The initial precedence of the borders of an object (7.28.1). */
int16_t fo_border_precedence(enum fo_type type);

/* check.c */
/* The region with that name (NULL: the region-body) in the first page master that has it of those
 * the master stands for; NULL when there is none. */
const struct fo_node *fo_find_region(const struct fo_node *set, const char *master,
                                     const char *name);

/* value.c */
/* Give the declared property its value in cx->work, reporting what is wrong with it. */
void fo_assign(struct fo_context *cx, const struct fo_decl *d);
/* The expression's value; false after reporting. */
bool fo_evaluate(struct fo_context *cx, const struct fo_decl *d, struct fo_value *v);
/* The value is not one of the property; the initial or inherited one stays. */
void fo_report_value(struct fo_context *cx, const struct fo_decl *d, const char *why);
/* Bytes of a piece of the document that a message shows: not all of a long one, and no half
 * character. */
int fo_slice_shown(struct fo_slice s);
bool fo_find_word(const struct fo_word *words, struct fo_slice name, int32_t *value);
/* The place of the property in `work`. */
void *fo_field_at(struct fo_work *work, const struct fo_prop *prop);
size_t fo_field_size(enum fo_field field);

/* style.c */
struct fo_styles *fo_styles_new(struct arena *arena);
/* Forget what is needed only while the tree is built. */
void fo_styles_drop_cache(struct fo_styles *styles);
void fo_styles_free(struct fo_styles *styles);
const struct fo_prop *fo_styles_find(const struct fo_styles *styles, struct fo_slice name,
                                     enum fo_part *part);
/* Equal strings are equal pointers. */
const char *fo_styles_intern(struct fo_styles *styles, struct fo_slice s);
const struct fo_work *fo_styles_initial(const struct fo_styles *styles);
/* Add a declaration of a longhand, found by name, to cx->decls. */
void fo_declare(struct fo_context *cx, const char *name, int rank, struct fo_slice value);
/* How many different styles there are. */
size_t fo_styles_count(const struct fo_styles *styles);
/* Declarations in cx->decls -> cx->work and the style of the object. */
const struct fo_style *fo_resolve_style(struct fo_context *cx);
/* What fo_report and fo_fault have in common. */
__attribute__((format(printf, 5, 0))) void fo_say(struct diag *diag, enum diag_level level,
                                                  struct src_loc loc, const char *code,
                                                  const char *fmt, va_list ap);
__attribute__((format(printf, 4, 5))) void
fo_report(struct fo_context *cx, enum diag_level level, const char *code, const char *fmt, ...);

#endif
