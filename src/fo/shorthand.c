/* Takes shorthands apart (XSL 1.1, 7.31): each function adds declarations of longhands, with a
 * rank below that of any longhand the document gives itself, and higher the more precise the
 * shorthand is. «inherit» is handed down to every longhand. */
#include "fo/style.h"

#include <stdio.h>
#include <string.h>

enum { RANK_ALL = 1, RANK_KIND = 2, RANK_SIDE = 3 };

static const struct fo_slice initial_none = {"none", 4};

static struct fo_slice slice(const char *s)
{
    return (struct fo_slice){s, strlen(s)};
}

static bool is_operator(struct fo_slice s)
{
    return fo_slice_is(s, "+") || fo_slice_is(s, "-") || fo_slice_is(s, "*") ||
           fo_slice_is(s, "div") || fo_slice_is(s, "mod");
}

/* The next item of a shorthand: an expression goes on over the operators that stand free in it. */
static bool next_item(struct fo_slice *list, struct fo_slice *item)
{
    if (!fo_slice_next(list, item))
        return false;
    struct fo_slice rest = *list, next;
    while (fo_slice_next(&rest, &next) && is_operator(next) && fo_slice_next(&rest, &next)) {
        item->len = (size_t)(next.s + next.len - item->s);
        *list = rest;
    }
    return true;
}

/* Split off up to `max` items; 0 when there are more, or none. */
static size_t split(struct fo_slice list, struct fo_slice *items, size_t max)
{
    struct fo_slice item;
    size_t n = 0;
    while (next_item(&list, &item)) {
        if (n == max)
            return 0;
        items[n++] = item;
    }
    return n;
}

static bool is_word(const struct fo_styles *styles, const char *prop, struct fo_slice s)
{
    enum fo_part part;
    int32_t v = 0;
    const struct fo_prop *p = fo_styles_find(styles, slice(prop), &part);
    return p && fo_find_word(p->words, s, &v);
}

static bool is_color(struct fo_slice s)
{
    uint32_t rgb = 0;
    if (s.len > 1 && s.s[0] == '#')
        return true;
    const char *paren = memchr(s.s, '(', s.len);
    if (paren) {
        struct fo_slice fn = {s.s, (size_t)(paren - s.s)};
        return fo_slice_is(fn, "rgb") || fo_slice_is(fn, "rgb-icc") ||
               fo_slice_is(fn, "rgb-named-color") || fo_slice_is(fn, "system-color");
    }
    return fo_slice_is(s, "transparent") || fo_color_find(s, &rgb);
}

static bool starts_number(struct fo_slice s)
{
    return s.len && ((s.s[0] >= '0' && s.s[0] <= '9') || s.s[0] == '.' || s.s[0] == '-' ||
                     s.s[0] == '(');
}

/* border, border-top...: style, width and colour in any order. What is missing is left to a less
 * precise shorthand, as the formatter most people know does it, and not reset to the initial
 * value: border="1pt solid" border-top="2pt" is a solid border all around. */
bool fo_expand_border(struct fo_context *cx, const struct fo_decl *d)
{
    static const char *const sides[] = {"top", "bottom", "left", "right"};
    struct fo_slice items[3], whole = fo_slice_trim(d->value);
    size_t n = split(whole, items, 3);
    const char *only = d->prop->name[6] == '-' ? d->prop->name + 7 : NULL;
    bool inherit = fo_slice_is(whole, "inherit");
    for (size_t i = 0; i < n * 4; i++) {
        static const char *const kinds[] = {"style", "color", "width"};
        struct fo_slice item = items[i / 4];
        int kind = is_word(cx->styles, "border-top-style", item) ? 0 : is_color(item) ? 1 : 2;
        for (int k = 0; k < 3; k++) {
            char name[32];
            if ((only && strcmp(only, sides[i % 4]) != 0) || (k != kind && !inherit))
                continue;
            snprintf(name, sizeof name, "border-%s-%s", sides[i % 4], kinds[k]);
            fo_declare(cx, name, only ? RANK_SIDE : RANK_ALL, item);
        }
    }
    return n > 0;
}

/* margin, padding, border-color, -style, -width: one to four values, clockwise from the top. */
bool fo_expand_four(struct fo_context *cx, const struct fo_decl *d)
{
    static const char *const sides[] = {"top", "right", "bottom", "left"};
    static const int from[5][4] = {{0}, {0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}};
    struct fo_slice items[4];
    size_t n = split(d->value, items, 4);
    const char *dash = strchr(d->prop->name, '-');
    int head = dash ? (int)(dash - d->prop->name) : (int)strlen(d->prop->name);
    if (n == 0)
        return false;
    for (int i = 0; i < 4; i++) {
        char name[32];
        snprintf(name, sizeof name, "%.*s-%s%s", head, d->prop->name, sides[i],
                 dash ? dash : "");
        fo_declare(cx, name, RANK_KIND, items[from[n][i]]);
    }
    return true;
}

/* Pictures behind the content are not drawn: of the shorthand the colour counts, a picture is
 * reported as not supported, and how it would repeat and where it would stand need not be. */
bool fo_expand_background(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_slice items[8];
    size_t n = split(d->value, items, 8);
    for (size_t i = 0; i < n; i++) {
        struct fo_slice s = items[i];
        if (is_color(s) || (fo_slice_is(s, "inherit") && n == 1))
            fo_declare(cx, "background-color", RANK_ALL, s);
        else if (s.len > 4 && memcmp(s.s, "url(", 4) == 0)
            fo_declare(cx, "background-image", RANK_ALL, s);
    }
    return n > 0;
}

/* One value for both, or two: between columns, between rows (as in CSS). */
bool fo_expand_border_spacing(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_slice items[2];
    size_t n = split(d->value, items, 2);
    if (n == 0)
        return false;
    fo_declare(cx, "border-separation.inline-progression-direction", RANK_ALL, items[0]);
    fo_declare(cx, "border-separation.block-progression-direction", RANK_ALL, items[n - 1]);
    return true;
}

bool fo_expand_border_separation(struct fo_context *cx, const struct fo_decl *d)
{
    fo_declare(cx, "border-separation.inline-progression-direction", RANK_KIND, d->value);
    fo_declare(cx, "border-separation.block-progression-direction", RANK_KIND, d->value);
    return true;
}

/* The part after style, variant and weight: size[/line-height] family. */
static bool font_size_and_family(struct fo_context *cx, struct fo_slice size,
                                 struct fo_slice family)
{
    const char *slash = memchr(size.s, '/', size.len);
    struct fo_slice height = slice("normal");
    family = fo_slice_trim(family);
    if (slash) {
        height = (struct fo_slice){slash + 1, (size_t)(size.s + size.len - slash - 1)};
        size.len = (size_t)(slash - size.s);
    } else if (family.len && family.s[0] == '/') {
        family = (struct fo_slice){family.s + 1, family.len - 1};
        if (!fo_slice_next(&family, &height))
            return false;
        family = fo_slice_trim(family);
    }
    if (family.len == 0 || size.len == 0 || height.len == 0)
        return false;
    fo_declare(cx, "font-size", RANK_ALL, size);
    fo_declare(cx, "line-height", RANK_ALL, height);
    fo_declare(cx, "font-family", RANK_ALL, family);
    return true;
}

static bool font_inherit(struct fo_context *cx, struct fo_slice s)
{
    static const char *const names[] = {"font-style", "font-variant", "font-weight",
                                        "font-size",  "line-height",  "font-family"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        fo_declare(cx, names[i], RANK_ALL, s);
    return true;
}

bool fo_expand_font(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_slice rest = fo_slice_trim(d->value), item;
    struct fo_slice style = slice("normal"), variant = style, weight = style;
    if (fo_slice_is(rest, "inherit"))
        return font_inherit(cx, rest);
    while (fo_slice_next(&rest, &item)) {
        bool is_weight =
            is_word(cx->styles, "font-weight", item) || fo_slice_is(item, "bolder") ||
            fo_slice_is(item, "lighter") ||
            (item.len == 3 && starts_number(item) && item.s[1] == '0' && item.s[2] == '0');
        if (fo_slice_is(item, "normal"))
            continue;
        if (is_word(cx->styles, "font-style", item)) {
            style = item;
        } else if (is_word(cx->styles, "font-variant", item)) {
            variant = item;
        } else if (is_weight) {
            weight = item;
        } else {
            if (!font_size_and_family(cx, item, rest))
                return false;
            fo_declare(cx, "font-style", RANK_ALL, style);
            fo_declare(cx, "font-variant", RANK_ALL, variant);
            fo_declare(cx, "font-weight", RANK_ALL, weight);
            return true;
        }
    }
    return false; /* system fonts (caption, icon...) have no meaning on paper */
}

/* page-break-before, -after, -inside in the words of breaks and keeps (7.31.17). */
bool fo_expand_page_break(struct fo_context *cx, const struct fo_decl *d)
{
    static const struct {
        const char *word, *value;
    } breaks[] = {{"always", "page"},
                  {"auto", "auto"},
                  {"left", "even-page"},
                  {"right", "odd-page"},
                  {"inherit", "inherit"}};
    struct fo_slice v = fo_slice_trim(d->value);
    const char *where = d->prop->name + 11;
    bool inside = strcmp(where, "inside") == 0, before = strcmp(where, "before") == 0;
    if (inside) {
        if (!fo_slice_is(v, "avoid") && !fo_slice_is(v, "auto") && !fo_slice_is(v, "inherit"))
            return false;
        fo_declare(cx, "keep-together", RANK_ALL,
                   fo_slice_is(v, "avoid") ? slice("always") : v);
        return true;
    }
    if (fo_slice_is(v, "avoid")) {
        fo_declare(cx, before ? "keep-with-previous" : "keep-with-next", RANK_ALL,
                   slice("always"));
        return true;
    }
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
        if (fo_slice_is(v, breaks[i].word)) {
            fo_declare(cx, before ? "break-before" : "break-after", RANK_ALL,
                       slice(breaks[i].value));
            return true;
        }
    return false;
}

bool fo_expand_position(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_slice v = fo_slice_trim(d->value);
    if (fo_slice_is(v, "static") || fo_slice_is(v, "relative")) {
        fo_declare(cx, "relative-position", RANK_ALL, v);
        return true;
    }
    if (!fo_slice_is(v, "absolute") && !fo_slice_is(v, "fixed"))
        return false;
    fo_declare(cx, "absolute-position", RANK_ALL, v);
    return true;
}

/* size: one or two lengths, or auto, portrait, landscape of A4. It concerns the page master,
 * whose sides are local: they are assigned when the style is done. */
bool fo_expand_size(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_slice items[2];
    size_t n = split(d->value, items, 2);
    if (n == 0)
        return false;
    cx->depends = true;
    struct fo_slice w = items[0], h = items[n - 1];
    if (fo_slice_is(w, "landscape"))
        w = slice("297mm"), h = slice("210mm");
    else if (fo_slice_is(w, "portrait"))
        w = slice("210mm"), h = slice("297mm");
    fo_declare(cx, "page-width", RANK_ALL, w);
    fo_declare(cx, "page-height", RANK_ALL, h);
    return true;
}

/* vertical-align in the words of 7.31.22. */
bool fo_expand_vertical_align(struct fo_context *cx, const struct fo_decl *d)
{
    static const struct {
        const char *word, *baseline, *shift;
    } aligns[] = {
        {"baseline", "baseline", "baseline"},
        {"middle", "middle", "baseline"},
        {"sub", "baseline", "sub"},
        {"super", "baseline", "super"},
        {"top", "before-edge", "baseline"},
        {"bottom", "after-edge", "baseline"},
        {"text-top", "text-before-edge", "baseline"},
        {"text-bottom", "text-after-edge", "baseline"},
        {"inherit", "inherit", "inherit"},
    };
    struct fo_slice v = fo_slice_trim(d->value);
    for (size_t i = 0; i < sizeof aligns / sizeof *aligns; i++)
        if (fo_slice_is(v, aligns[i].word)) {
            fo_declare(cx, "alignment-baseline", RANK_ALL, slice(aligns[i].baseline));
            fo_declare(cx, "baseline-shift", RANK_ALL, slice(aligns[i].shift));
            return true;
        }
    if (!starts_number(v))
        return false;
    fo_declare(cx, "alignment-baseline", RANK_ALL, slice("baseline"));
    fo_declare(cx, "baseline-shift", RANK_ALL, slice("baseline"));
    fo_declare(cx, "alignment-adjust", RANK_ALL, v);
    return true;
}

/* white-space in the words of 7.31.23. */
bool fo_expand_white_space(struct fo_context *cx, const struct fo_decl *d)
{
    static const struct {
        const char *word, *linefeed, *collapse, *treatment, *wrap;
    } kinds[] = {
        {"normal", "treat-as-space", "true", "ignore-if-surrounding-linefeed", "wrap"},
        {"pre", "preserve", "false", "preserve", "no-wrap"},
        {"nowrap", "treat-as-space", "true", "ignore-if-surrounding-linefeed", "no-wrap"},
        {"inherit", "inherit", "inherit", "inherit", "inherit"},
    };
    struct fo_slice v = fo_slice_trim(d->value);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (fo_slice_is(v, kinds[i].word)) {
            fo_declare(cx, "linefeed-treatment", RANK_ALL, slice(kinds[i].linefeed));
            fo_declare(cx, "white-space-collapse", RANK_ALL, slice(kinds[i].collapse));
            fo_declare(cx, "white-space-treatment", RANK_ALL, slice(kinds[i].treatment));
            fo_declare(cx, "wrap-option", RANK_ALL, slice(kinds[i].wrap));
            return true;
        }
    return false;
}

/* xml:lang="ru-RU" is language and country; an empty one says the language is not known. */
bool fo_expand_xml_lang(struct fo_context *cx, const struct fo_decl *d)
{
    struct fo_slice v = fo_slice_trim(d->value);
    const char *dash = v.len ? memchr(v.s, '-', v.len) : NULL;
    size_t n = dash ? (size_t)(dash - v.s) : v.len;
    fo_declare(cx, "language", RANK_ALL, n ? (struct fo_slice){v.s, n} : initial_none);
    struct fo_slice country = initial_none;
    if (dash && v.len - n - 1 == 2)
        country = (struct fo_slice){dash + 1, 2};
    fo_declare(cx, "country", RANK_ALL, country);
    return true;
}
