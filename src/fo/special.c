/* The properties that the general way of value.c does not fit, one function each. */
#include "fo/style.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

static mpt parent_size(const struct fo_context *cx)
{
    return cx->parent_style ? cx->parent_style->inh.font_size
                            : fo_styles_initial(cx->styles)->style.inh.font_size;
}

/* larger and smaller are one step of 1.2 (7.9.4). */
bool fo_set_font_size(struct fo_context *cx, const struct fo_decl *d)
{
    if (fo_slice_is(d->value, "larger"))
        cx->work.style.inh.font_size = mpt_clamp(mpt_scale(parent_size(cx), 12, 10));
    else if (fo_slice_is(d->value, "smaller"))
        cx->work.style.inh.font_size = mpt_scale(parent_size(cx), 10, 12);
    else
        return false;
    return true;
}

/* bolder and lighter as CSS 2.1, 15.6: the steps that fonts really have. */
bool fo_set_font_weight(struct fo_context *cx, const struct fo_decl *d)
{
    int32_t old = cx->parent_style ? cx->parent_style->inh.font_weight : 400;
    if (fo_slice_is(d->value, "bolder"))
        cx->work.style.inh.font_weight = old < 400 ? 400 : old < 600 ? 700 : 900;
    else if (fo_slice_is(d->value, "lighter"))
        cx->work.style.inh.font_weight = old < 600 ? 100 : old < 800 ? 400 : 700;
    else
        return false;
    return true;
}

static struct fo_slice next_family(struct fo_slice *list)
{
    size_t n = 0;
    char quote = 0;
    for (; n < list->len && (quote || list->s[n] != ','); n++) {
        char c = list->s[n];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
    }
    struct fo_slice item = fo_slice_trim((struct fo_slice){list->s, n});
    size_t skip = n + (n < list->len);
    *list = (struct fo_slice){list->s + skip, list->len - skip};
    if (item.len > 1 && (item.s[0] == '"' || item.s[0] == '\'') &&
        item.s[item.len - 1] == item.s[0])
        item = fo_slice_trim((struct fo_slice){item.s + 1, item.len - 2});
    return item;
}

/* The list is kept as names with «, » between them and no quotes: one form for the font
 * finder, and fewer styles. */
bool fo_set_font_family(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_slice list = d->value;
    struct buf out = BUF_EMPTY;
    while (list.len) {
        struct fo_slice item = next_family(&list);
        if (item.len && out.len)
            buf_puts(&out, ", ");
        buf_put(&out, item.s, item.len);
    }
    if (out.len)
        cx->work.style.inh.font_family =
            fo_styles_intern(cx->styles, (struct fo_slice){buf_str(&out), out.len});
    else
        fo_report_value(cx, d, _("a font family is expected"));
    buf_free(&out);
    return true;
}

/* A percentage is one of the font size and is inherited as a length; a number is inherited as a
 * number (7.16.4). Of the components the optimum counts. */
bool fo_set_line_height(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_length *h = &cx->work.style.inh.line_height;
    mpt size = cx->work.style.inh.font_size;
    struct fo_value v;
    if (fo_slice_is(d->value, "normal")) {
        *h = (struct fo_length){1200, 0, FO_UNIT_NUMBER};
        return true;
    }
    if (!fo_evaluate(cx, d, &v))
        return true;
    if (v.field) {
        memcpy(h, v.field, sizeof *h);
        return true;
    }
    mpt n = fo_expr_milli(v.number), pct = fo_expr_milli(v.percent);
    if (v.kind != FO_VALUE_NUMERIC)
        fo_report_value(cx, d, _("a number, a length or a percentage is expected"));
    else if (n < 0 || pct < 0)
        fo_report_value(cx, d, _("the value is negative"));
    else if (v.power == 0)
        *h = (struct fo_length){n, 0, FO_UNIT_NUMBER};
    else
        *h = (struct fo_length){mpt_clamp(n + mpt_scale(mpt_min(pct, 10000000), size, 100000)),
                                0, FO_UNIT_MPT};
    return true;
}

/* A list of words. «none» turns off what ancestors turned on, as the formatter most people know
 * has it. */
bool fo_set_decoration(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_slice list = d->value, item;
    int32_t bits = 0, bit = 0;
    while (fo_slice_next(&list, &item)) {
        if (fo_slice_is(item, "none")) {
            bits |= (FO_UNDERLINE | FO_OVERLINE | FO_LINE_THROUGH) << 4;
            continue;
        }
        if (!fo_find_word(d->prop->words, item, &bit)) {
            fo_report_value(cx, d, NULL);
            return true;
        }
        bits |= bit;
    }
    cx->work.aux.decoration = bits;
    return true;
}

static char to_case(char c, bool upper)
{
    if (upper && c >= 'a' && c <= 'z')
        return (char)(c - 'a' + 'A');
    if (!upper && c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c;
}

/* language and country: «none» is NULL, otherwise in the case RFC 3066 recommends. */
bool fo_set_language(struct fo_context *cx, const struct fo_decl *d)
{
    const char **field = fo_field_at(&cx->work, d->prop);
    char code[16];
    struct fo_slice s = d->value;
    bool upper = fo_slice_is((struct fo_slice){d->prop->name, 7}, "country");
    for (size_t i = 0; i < s.len; i++)
        if (s.len >= sizeof code || !((s.s[i] | 32) >= 'a' && (s.s[i] | 32) <= 'z'))
            return (fo_report_value(cx, d, _("a code of letters is expected")), true);
    for (size_t i = 0; i < s.len; i++)
        code[i] = to_case(s.s[i], upper);
    bool none = s.len == 0 || fo_slice_is(s, "none");
    *field = none ? NULL : fo_styles_intern(cx->styles, (struct fo_slice){code, s.len});
    return true;
}

bool fo_set_margin(struct fo_context *cx, const struct fo_decl *d)
{
    size_t side =
        (size_t)((struct fo_length *)fo_field_at(&cx->work, d->prop) - cx->work.aux.margin);
    cx->work.aux.margin_set[side] = true;
    return false;
}

static size_t border_side(struct fo_context *cx, const struct fo_prop *prop)
{
    size_t at =
        (size_t)((char *)fo_field_at(&cx->work, prop) - (char *)cx->work.style.own.border);
    return at / sizeof(struct fo_border);
}

bool fo_set_border_precedence(struct fo_context *cx, const struct fo_decl *d)
{
    cx->work.aux.precedence_set[border_side(cx, d->prop)] = true;
    return false;
}

/* The keywords are steps for layout; lengths and percentages (of line-height) are kept. */
bool fo_set_baseline_shift(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_own *own = &cx->work.style.own;
    int32_t level = 0;
    bool word = fo_find_word(d->prop->words, d->value, &level);
    own->baseline_level = word ? level : 0;
    if (!word)
        return false;
    own->baseline_shift.v = 0;
    own->baseline_shift.pct = 0;
    own->baseline_shift.unit = FO_UNIT_MPT;
    return true;
}

bool fo_set_orientation(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_value v;
    if (!fo_evaluate(cx, d, &v))
        return true;
    int64_t n = fo_expr_milli(v.number);
    if (v.kind != FO_VALUE_NUMERIC || v.power != 0 || n % 90000 != 0 || n < -270000 ||
        n > 270000)
        fo_report_value(cx, d, _("0, 90, 180, 270, -90, -180 or -270 is expected"));
    else
        cx->work.style.inh.reference_orientation = (int32_t)((n / 1000 + 360) % 360);
    return true;
}

/* One character, as it stands or in quotes. */
bool fo_set_character(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_slice s = d->value;
    if (s.len > 2 && (s.s[0] == '\'' || s.s[0] == '"') && s.s[s.len - 1] == s.s[0])
        s = (struct fo_slice){s.s + 1, s.len - 2};
    const char *p = s.s;
    uint32_t cp = s.len ? utf8_next(&p, s.s + s.len) : 0;
    if (!s.len || p != s.s + s.len)
        fo_report_value(cx, d, _("one character is expected"));
    else
        *(uint32_t *)fo_field_at(&cx->work, d->prop) = cp;
    return true;
}
