/* Evaluates property expressions (XSL 1.1, 5.9): a recursive descent over the text itself.
 *
 * Values carry a power of length and, beside the absolute part, a percentage that is kept until
 * layout knows its base: «100% - 2cm» stays a pair. All arithmetic is in millionths with 128-bit
 * products, saturating, so that no input can overflow and every machine rounds alike. */
#include "fo/expr.h"

#include <string.h>

/* Deep enough for any hand-written expression, shallow enough for any stack. */
enum { DEPTH_MAX = 100, ARGUMENTS_MAX = 8 };
#define LIMIT INT64_C(1000000000000000000)

struct parser {
    const char *p, *end;
    struct fo_expr_env *env;
    int depth;
};

static bool additive(struct parser *x, struct fo_value *v);

static bool fail(struct parser *x, const char *why)
{
    if (!x->env->error)
        x->env->error = why;
    return false;
}

static int64_t saturate(__int128 v)
{
    return v > LIMIT ? LIMIT : v < -LIMIT ? -LIMIT : (int64_t)v;
}

/* a * b / c rounded half away from zero, c > 0. */
static int64_t muldiv(int64_t a, int64_t b, int64_t c)
{
    __int128 p = (__int128)a * b;
    return saturate(p >= 0 ? (p + c / 2) / c : -((-p + c / 2) / c));
}

int64_t fo_expr_milli(int64_t micro)
{
    return mpt_clamp(muldiv(micro, 1, 1000));
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

static void skip(struct parser *x)
{
    while (x->p < x->end && is_space(*x->p))
        x->p++;
}

static bool take(struct parser *x, char c)
{
    skip(x);
    if (x->p == x->end || *x->p != c)
        return false;
    x->p++;
    return true;
}

bool fo_slice_is(struct fo_slice a, const char *b)
{
    return strlen(b) == a.len && memcmp(a.s, b, a.len) == 0;
}

struct fo_slice fo_slice_trim(struct fo_slice a)
{
    while (a.len && is_space(a.s[0]))
        a.s++, a.len--;
    while (a.len && is_space(a.s[a.len - 1]))
        a.len--;
    return a;
}

bool fo_slice_next(struct fo_slice *list, struct fo_slice *item)
{
    struct fo_slice rest = fo_slice_trim(*list);
    size_t n = 0;
    int depth = 0;
    char quote = 0;
    for (; n < rest.len; n++) {
        char c = rest.s[n];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '(')
            depth++;
        else if (c == ')')
            depth -= depth > 0;
        else if (is_space(c) && depth == 0)
            break;
    }
    *item = (struct fo_slice){rest.s, n};
    *list = (struct fo_slice){rest.s + n, rest.len - n};
    return n > 0;
}

static struct fo_value numeric(int64_t number, int power)
{
    return (struct fo_value){.kind = FO_VALUE_NUMERIC, .number = number, .power = power};
}

/* Digits to millionths; more decimals than six are rounded away. */
static bool digits(struct parser *x, int64_t *out)
{
    int64_t v = 0, place = FO_MICRO;
    bool any = false;
    for (; x->p < x->end && is_digit(*x->p); x->p++, any = true)
        v = v > LIMIT / 10 ? LIMIT
                           : saturate((__int128)v * 10 + (__int128)(*x->p - '0') * FO_MICRO);
    if (x->p < x->end && *x->p == '.') {
        x->p++;
        for (; x->p < x->end && is_digit(*x->p); x->p++, any = true) {
            if (place == 1 && *x->p >= '5')
                v++;
            place /= 10;
            v = saturate((__int128)v + (__int128)(*x->p - '0') * place);
        }
    }
    *out = v;
    return any || fail(x, "a number is expected");
}

/* Absolute units as a ratio to the point. A pixel is 1/72 in, so that a file gives the same pages
 * as with the formatter most people know, which assumes 72 pixels an inch. */
static const struct unit {
    const char *name;
    int64_t num, den;
} units[] = {
    {"pt", 1, 1},  {"mm", 7200, 2540}, {"cm", 72000, 2540},
    {"in", 72, 1}, {"pc", 12, 1},      {"px", 1, 1},
};

static bool apply_unit(struct parser *x, struct fo_slice name, struct fo_value *v)
{
    if (fo_slice_is(name, "em")) {
        *v = numeric(muldiv(v->number, x->env->em, 1000), 1);
        return true;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (fo_slice_is(name, units[i].name)) {
            *v = numeric(muldiv(v->number, units[i].num, units[i].den), 1);
            return true;
        }
    return fail(x, "the unit is not one of cm, mm, in, pt, pc, px, em, %");
}

static bool number(struct parser *x, struct fo_value *v)
{
    int64_t n = 0;
    if (!digits(x, &n))
        return false;
    *v = numeric(n, 0);
    if (x->p < x->end && *x->p == '%') {
        x->p++;
        if (x->env->has_base)
            *v = numeric(muldiv(n, x->env->base, 100000), 1);
        else
            *v = (struct fo_value){.kind = FO_VALUE_NUMERIC, .percent = n, .power = 1};
        return true;
    }
    const char *start = x->p;
    while (x->p < x->end && is_letter(*x->p))
        x->p++;
    if (x->p == start)
        return true;
    return apply_unit(x, (struct fo_slice){start, (size_t)(x->p - start)}, v);
}

static bool literal(struct parser *x, struct fo_value *v)
{
    char quote = *x->p++;
    const char *start = x->p;
    while (x->p < x->end && *x->p != quote)
        x->p++;
    if (x->p == x->end)
        return fail(x, "the quotation mark is not closed");
    *v = (struct fo_value){.kind = FO_VALUE_STRING, .text = {start, (size_t)(x->p - start)}};
    x->p++;
    return true;
}

/* Within a function #CMYK and its like name a colour profile. */
static bool hex_color(struct parser *x, struct fo_value *v)
{
    const char *start = x->p++;
    while (x->p < x->end && (is_letter(*x->p) || is_digit(*x->p)))
        x->p++;
    struct fo_slice digits = {start + 1, (size_t)(x->p - start - 1)};
    *v = (struct fo_value){.kind = FO_VALUE_COLOR};
    if (fo_color_hex(digits, &v->color))
        return true;
    *v = (struct fo_value){.kind = FO_VALUE_WORD, .text = {start, digits.len + 1}};
    return x->depth > 1 || fail(x, "a colour is # and 3 or 6 hexadecimal digits");
}

static struct fo_slice name(struct parser *x)
{
    const char *start = x->p;
    while (x->p < x->end && (is_letter(*x->p) || is_digit(*x->p) || *x->p == '-' ||
                             *x->p == '.' || *x->p == ':'))
        x->p++;
    return (struct fo_slice){start, (size_t)(x->p - start)};
}

static bool plain_number(struct parser *x, const struct fo_value *v)
{
    return (v->kind == FO_VALUE_NUMERIC && v->power == 0) ||
           fail(x, "the function takes plain numbers");
}

/* A component of rgb(): 0..255, or a percentage of 255. */
static bool rgb_part(struct parser *x, const struct fo_value *v, uint32_t *out)
{
    int64_t n = v->number;
    if (v->kind == FO_VALUE_NUMERIC && v->power == 1 && v->number == 0)
        n = muldiv(v->percent, 255, 100);
    else if (!plain_number(x, v))
        return false;
    n = muldiv(n, 1, FO_MICRO);
    *out = n < 0 ? 0 : n > 255 ? 255 : (uint32_t)n;
    return true;
}

static bool call_rgb(struct parser *x, struct fo_value *a, int n, struct fo_value *v)
{
    uint32_t part[3];
    if (n < 3)
        return fail(x, "rgb() takes three numbers");
    for (int i = 0; i < 3; i++)
        if (!rgb_part(x, &a[i], &part[i]))
            return false;
    *v = (struct fo_value){.kind = FO_VALUE_COLOR,
                           .color = part[0] << 16 | part[1] << 8 | part[2]};
    return true;
}

static bool call_round(struct parser *x, struct fo_slice fn, struct fo_value *a, int n)
{
    if (n != 1)
        return fail(x, "the function takes one number");
    if (!plain_number(x, a))
        return false;
    /* round() goes half up (5.10.1), floor down, ceiling up. */
    int64_t v = a->number + (fo_slice_is(fn, "round")     ? FO_MICRO / 2
                             : fo_slice_is(fn, "ceiling") ? FO_MICRO - 1
                                                          : 0);
    int64_t down = v / FO_MICRO - (v % FO_MICRO < 0);
    a->number = down * FO_MICRO;
    a->field = NULL;
    return true;
}

/* min, max, abs: lengths whose relative parts differ cannot be compared before layout. */
static bool call_extreme(struct parser *x, struct fo_slice fn, struct fo_value *a, int n)
{
    bool is_abs = fo_slice_is(fn, "abs"), is_max = fo_slice_is(fn, "max");
    if (n != (is_abs ? 1 : 2))
        return fail(x, is_abs ? "abs() takes one number" : "min() and max() take two numbers");
    for (int i = 0; i < n; i++)
        if (a[i].kind != FO_VALUE_NUMERIC || a[i].power != a[0].power || a[i].share)
            return fail(x, "the arguments are not numbers of one kind");
    if (is_abs) {
        if (a->percent && a->number && (a->percent < 0) != (a->number < 0))
            return fail(x, "a percentage and a length cannot be compared");
        a->number = a->number < 0 ? -a->number : a->number;
        a->percent = a->percent < 0 ? -a->percent : a->percent;
        a->field = NULL;
        return true;
    }
    if (a[0].percent != a[1].percent && a[0].number != a[1].number)
        return fail(x, "a percentage and a length cannot be compared");
    bool less =
        a[0].percent != a[1].percent ? a[0].percent < a[1].percent : a[0].number < a[1].number;
    if (less == is_max)
        a[0] = a[1];
    a->field = NULL;
    return true;
}

static bool call_share(struct parser *x, struct fo_value *a, int n, struct fo_value *v)
{
    if (n != 1 || !plain_number(x, a))
        return fail(x, "proportional-column-width() takes one number");
    if (a->number < 0)
        return fail(x, "the share of a column is negative");
    int64_t share = a->number; /* v may be a */
    *v = numeric(0, 1);
    v->share = share;
    return true;
}

static bool call_core(struct parser *x, struct fo_slice fn, struct fo_value *a, int n)
{
    if (fo_slice_is(fn, "floor") || fo_slice_is(fn, "ceiling") || fo_slice_is(fn, "round"))
        return call_round(x, fn, a, n);
    if (fo_slice_is(fn, "min") || fo_slice_is(fn, "max") || fo_slice_is(fn, "abs"))
        return call_extreme(x, fn, a, n);
    if (fo_slice_is(fn, "rgb") || fo_slice_is(fn, "rgb-icc") ||
        fo_slice_is(fn, "rgb-named-color"))
        return call_rgb(x, a, n, a);
    if (fo_slice_is(fn, "proportional-column-width"))
        return call_share(x, a, n, a);
    if (fo_slice_is(fn, "system-color")) {
        if (n != 1 || a->kind != FO_VALUE_WORD || !fo_color_system(a->text, &a->color))
            return fail(x, "the system colour is not known");
        a->kind = FO_VALUE_COLOR;
        return true;
    }
    if (!x->env->lookup)
        return fail(x, "the function is not known here");
    if (fo_slice_is(fn, "system-font") && n > 0) {
        a[0] = a[n - 1]; /* the font's own name is of no account */
        n--;
    }
    if (n > 1 || (n == 1 && a->kind != FO_VALUE_WORD && a->kind != FO_VALUE_STRING))
        return fail(x, "the function takes the name of a property, or nothing");
    struct fo_slice arg = n ? a->text : (struct fo_slice){"", 0};
    return x->env->lookup(x->env, fn, arg, a);
}

static bool call(struct parser *x, struct fo_slice fn, struct fo_value *v)
{
    struct fo_value args[ARGUMENTS_MAX] = {{0}};
    int n = 0;
    if (!take(x, ')')) {
        do {
            if (n == ARGUMENTS_MAX)
                return fail(x, "the function has too many arguments");
            if (!additive(x, &args[n++]))
                return false;
        } while (take(x, ','));
        if (!take(x, ')'))
            return fail(x, "a closing parenthesis is missing");
    }
    if (!call_core(x, fn, args, n))
        return false;
    *v = args[0];
    return true;
}

static bool nested(struct parser *x, struct fo_value *v)
{
    return additive(x, v) && (take(x, ')') || fail(x, "a closing parenthesis is missing"));
}

static bool primary_at(struct parser *x, struct fo_value *v)
{
    char c = *x->p;
    if (c == '(') {
        x->p++;
        return nested(x, v);
    }
    if (is_digit(c) || c == '.')
        return number(x, v);
    if (c == '"' || c == '\'')
        return literal(x, v);
    if (c == '#')
        return hex_color(x, v);
    if (!is_letter(c))
        return fail(x, "a character has no meaning here");
    struct fo_slice word = name(x);
    if (x->p < x->end && *x->p == '(') {
        x->p++;
        return call(x, word, v);
    }
    *v = (struct fo_value){.kind = FO_VALUE_WORD, .text = word};
    return true;
}

static bool primary(struct parser *x, struct fo_value *v)
{
    skip(x);
    if (x->p == x->end)
        return fail(x, "the expression ends too early");
    if (x->depth == DEPTH_MAX)
        return fail(x, "the expression is nested too deeply");
    x->depth++;
    bool ok = primary_at(x, v);
    x->depth--;
    return ok;
}

static bool unary(struct parser *x, struct fo_value *v)
{
    bool minus = false;
    while (take(x, '-'))
        minus = !minus;
    if (!primary(x, v))
        return false;
    if (!minus)
        return true;
    if (v->kind != FO_VALUE_NUMERIC)
        return fail(x, "only numbers and lengths can be negated");
    v->number = -v->number;
    v->percent = -v->percent;
    v->share = -v->share;
    v->field = NULL;
    return true;
}

static bool take_word(struct parser *x, const char *word)
{
    skip(x);
    size_t n = strlen(word);
    if ((size_t)(x->end - x->p) < n || memcmp(x->p, word, n) != 0)
        return false;
    const char *after = x->p + n;
    if (after < x->end && (is_letter(*after) || *after == '-'))
        return false;
    x->p = after;
    return true;
}

static bool times(struct parser *x, struct fo_value *a, const struct fo_value *b)
{
    if (a->percent && b->power)
        return fail(x, "a percentage times a length has no meaning");
    if (b->percent && a->power)
        return fail(x, "a length times a percentage has no meaning");
    if ((a->share && b->power) || (b->share && a->power))
        return fail(x, "the share of a column times a length has no meaning");
    struct fo_value r = numeric(muldiv(a->number, b->number, FO_MICRO), a->power + b->power);
    r.percent = b->percent ? muldiv(b->percent, a->number, FO_MICRO)
                           : muldiv(a->percent, b->number, FO_MICRO);
    r.share = b->share ? muldiv(b->share, a->number, FO_MICRO)
                       : muldiv(a->share, b->number, FO_MICRO);
    if (r.power > 8)
        return fail(x, "the power of the length is too high");
    *a = r;
    return true;
}

static bool divide(struct parser *x, struct fo_value *a, const struct fo_value *b)
{
    /* 50% div 25% is a number, whatever the base. */
    if (a->percent && b->percent && !a->number && !b->number) {
        int64_t sign = b->percent < 0 ? -1 : 1;
        *a = numeric(muldiv(a->percent, FO_MICRO * sign, b->percent * sign), 0);
        return true;
    }
    if (b->share || (a->share && b->power))
        return fail(x, "the share of a column cannot be divided so");
    if (b->percent || (a->percent && b->power))
        return fail(x, "a percentage cannot be divided so before layout");
    if (b->number == 0)
        return fail(x, "division by zero");
    int64_t den = b->number < 0 ? -b->number : b->number, sign = b->number < 0 ? -1 : 1;
    a->number = muldiv(a->number, FO_MICRO * sign, den);
    a->percent = muldiv(a->percent, FO_MICRO * sign, den);
    a->share = muldiv(a->share, FO_MICRO * sign, den);
    a->power -= b->power;
    if (a->power < -8)
        return fail(x, "the power of the length is too low");
    return true;
}

static bool modulo(struct parser *x, struct fo_value *a, const struct fo_value *b)
{
    if (a->percent || b->percent || a->share || b->share || a->power != b->power)
        return fail(x, "mod takes two numbers of one kind");
    if (b->number == 0)
        return fail(x, "division by zero");
    a->number %= b->number;
    return true;
}

static bool multiplicative(struct parser *x, struct fo_value *v)
{
    if (!unary(x, v))
        return false;
    for (;;) {
        bool (*op)(struct parser *, struct fo_value *, const struct fo_value *);
        if (take(x, '*'))
            op = times;
        else if (take_word(x, "div"))
            op = divide;
        else if (take_word(x, "mod"))
            op = modulo;
        else
            return true;
        struct fo_value right = {0};
        if (!unary(x, &right))
            return false;
        if (v->kind != FO_VALUE_NUMERIC || right.kind != FO_VALUE_NUMERIC)
            return fail(x, "arithmetic is for numbers and lengths");
        if (!op(x, v, &right))
            return false;
        v->field = NULL;
    }
}

static bool additive(struct parser *x, struct fo_value *v)
{
    if (!multiplicative(x, v))
        return false;
    for (;;) {
        int64_t sign = 0;
        if (take(x, '+'))
            sign = 1;
        else if (take(x, '-'))
            sign = -1;
        else
            return true;
        struct fo_value right = {0};
        if (!multiplicative(x, &right))
            return false;
        if (v->kind != FO_VALUE_NUMERIC || right.kind != FO_VALUE_NUMERIC)
            return fail(x, "arithmetic is for numbers and lengths");
        if (v->power != right.power)
            return fail(x, "a number and a length cannot be added");
        v->number = saturate((__int128)v->number + (__int128)sign * right.number);
        v->percent = saturate((__int128)v->percent + (__int128)sign * right.percent);
        v->share = saturate((__int128)v->share + (__int128)sign * right.share);
        v->field = NULL;
    }
}

bool fo_expr_eval(struct fo_expr_env *env, struct fo_slice src, struct fo_value *out)
{
    struct parser x = {src.s, src.s + src.len, env, 0};
    env->error = NULL;
    *out = (struct fo_value){0};
    if (!additive(&x, out))
        return false;
    skip(&x);
    if (x.p != x.end)
        return fail(&x, "something follows the end of the expression");
    if (out->kind == FO_VALUE_NUMERIC && (out->power < 0 || out->power > 1))
        return fail(&x, "the result is neither a number nor a length");
    return true;
}
