/* The expression language of property values (XSL 1.1, 5.9 to 5.11) in integer arithmetic. */
#ifndef PRIKAZ_FO_EXPR_H
#define PRIKAZ_FO_EXPR_H

#include "base/mpt.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Inside expressions numbers are in millionths, lengths in 1/1000 mpt (millionths of a point),
 * percentages in millionths of a percent: rounding happens once, at the end. */
#define FO_MICRO INT64_C(1000000)

/* A piece of the source; not ended by NUL. */
struct fo_slice {
    const char *s;
    size_t len;
};

enum fo_value_kind {
    FO_VALUE_NUMERIC,
    FO_VALUE_COLOR,
    FO_VALUE_WORD,   /* an identifier: keyword, name, language... */
    FO_VALUE_STRING, /* a literal in quotes; the quotes are taken off */
    FO_VALUE_FIELD   /* another object's compound value: nothing but `field` */
};

struct fo_value {
    enum fo_value_kind kind;
    int64_t number;  /* NUMERIC: with power 0 a number, with power 1 a length */
    int64_t percent; /* NUMERIC: what is still relative, with power 1 */
    int64_t share;   /* NUMERIC: proportional-column-width(), with power 1 */
    int power;       /* 0 a number, 1 a length; others only inside an expression */
    uint32_t color;
    struct fo_slice text; /* WORD, STRING */
    const void *field;    /* where another object's value lies that this is, unchanged; NULL */
};

/* What an expression may refer to besides itself. */
struct fo_expr_env {
    mpt em;            /* [mpt] font size that em means */
    bool has_base;     /* percentages are resolved at once... */
    mpt base;          /* [mpt] ...against this */
    const char *error; /* set by a fault: English, not translated, of static duration */
    void *closure;
    /* A function that looks at the tree. `arg` is its only argument, a name, or empty.
     * Returns false with `error` set when it has no value. NULL: no such functions. */
    bool (*lookup)(struct fo_expr_env *env, struct fo_slice name, struct fo_slice arg,
                   struct fo_value *out);
};

/* Evaluate all of `src`. False with env->error set when it is no expression, or not one
 * with a meaning (1pt + 2, division by zero). */
bool fo_expr_eval(struct fo_expr_env *env, struct fo_slice src, struct fo_value *out);

/* The number or length in thousandths (mpt), rounded and clamped. */
int64_t fo_expr_milli(int64_t micro);

/* Colours: a name of CSS or of the system, #rgb, #rrggbb. False when it is none. */
bool fo_color_find(struct fo_slice name, uint32_t *rgb);
bool fo_color_system(struct fo_slice name, uint32_t *rgb);
bool fo_color_hex(struct fo_slice digits, uint32_t *rgb);

bool fo_slice_is(struct fo_slice a, const char *b);
struct fo_slice fo_slice_trim(struct fo_slice a);
/* Take the next item off a list separated by white space, parentheses and quotes kept whole;
 * false at the end. */
bool fo_slice_next(struct fo_slice *list, struct fo_slice *item);

#endif
