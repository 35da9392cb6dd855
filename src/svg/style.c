/* Styles: the properties of SVG as rows of one table, cascaded and computed.
 *
 * The declarations of an element are collected weakest first (presentation attributes, rules of
 * style sheets, style attribute, then what is important) and applied in that order, font-size and
 * color before the others because those refer to them. A value that is not understood leaves
 * what stood before it. */
#include "svg/model.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum kind {
    PAINT,
    COLOR,
    ALPHA,
    LENGTH,
    NUMBER,
    WORD,
    DASHES,
    URL,
    FAMILY,
    SIZE,
    WEIGHT,
    SHIFT,
    LINES
};

struct word {
    const char *word;
    int value;
};

struct property {
    const char *name;
    enum kind kind;
    size_t offset, size;
    const struct word *words; /* ended by NULL */
};

#define FIELD(name, kind, field, words)                                                        \
    {                                                                                          \
        name, kind, offsetof(struct svg_style, field),                                         \
            sizeof(((struct svg_style *)NULL)->field), words                                   \
    }

static const struct word caps[] = {{"butt", 0}, {"round", 1}, {"square", 2}, {NULL, 0}};
static const struct word joins[] = {{"miter", 0},      {"round", 1}, {"bevel", 2},
                                    {"miter-clip", 0}, {"arcs", 0},  {NULL, 0}};
static const struct word rules[] = {{"nonzero", 0}, {"evenodd", 1}, {NULL, 0}};
static const struct word visibilities[] = {
    {"visible", 1}, {"hidden", 0}, {"collapse", 0}, {NULL, 0}};
static const struct word displays[] = {
    {"none", 0},         {"inline", 1}, {"block", 1},        {"list-item", 1}, {"table", 1},
    {"inline-block", 1}, {"flex", 1},   {"inline-table", 1}, {"run-in", 1},    {NULL, 0}};
static const struct word overflows[] = {
    {"visible", 1}, {"auto", 1}, {"hidden", 0}, {"scroll", 0}, {NULL, 0}};
static const struct word slants[] = {{"normal", 0}, {"italic", 1}, {"oblique", 1}, {NULL, 0}};
static const struct word anchors[] = {
    {"start", SVG_START}, {"middle", SVG_MIDDLE}, {"end", SVG_END}, {NULL, 0}};
static const struct word baselines[] = {{"auto", SVG_ALPHABETIC},
                                        {"alphabetic", SVG_ALPHABETIC},
                                        {"baseline", SVG_ALPHABETIC},
                                        {"middle", SVG_BASE_MIDDLE},
                                        {"central", SVG_BASE_CENTRAL},
                                        {"hanging", SVG_HANGING},
                                        {"text-before-edge", SVG_BEFORE_EDGE},
                                        {"text-top", SVG_BEFORE_EDGE},
                                        {"before-edge", SVG_BEFORE_EDGE},
                                        {"text-after-edge", SVG_AFTER_EDGE},
                                        {"text-bottom", SVG_AFTER_EDGE},
                                        {"after-edge", SVG_AFTER_EDGE},
                                        {"ideographic", SVG_AFTER_EDGE},
                                        {NULL, 0}};
static const struct word spaces[] = {{"normal", 0}, {"nowrap", 0}, {"pre", 1}, {NULL, 0}};

/* Sorted by name. */
static const struct property properties[] = {
    FIELD("alignment-baseline", WORD, baseline, baselines),
    FIELD("baseline-shift", SHIFT, baseline_shift, NULL),
    FIELD("clip-path", URL, clip_path, NULL),
    FIELD("clip-rule", WORD, clip_rule, rules),
    FIELD("color", COLOR, color, NULL),
    FIELD("display", WORD, displayed, displays),
    FIELD("dominant-baseline", WORD, baseline, baselines),
    FIELD("fill", PAINT, fill, NULL),
    FIELD("fill-opacity", ALPHA, fill_alpha, NULL),
    FIELD("fill-rule", WORD, fill_rule, rules),
    FIELD("font-family", FAMILY, families, NULL),
    FIELD("font-size", SIZE, font_size, NULL),
    FIELD("font-style", WORD, italic, slants),
    FIELD("font-weight", WEIGHT, weight, NULL),
    FIELD("letter-spacing", LENGTH, letter_spacing, NULL),
    FIELD("marker-end", URL, marker_end, NULL),
    FIELD("marker-mid", URL, marker_mid, NULL),
    FIELD("marker-start", URL, marker_start, NULL),
    FIELD("opacity", ALPHA, alpha, NULL),
    FIELD("overflow", WORD, overflow, overflows),
    FIELD("stop-color", COLOR, stop_color, NULL),
    FIELD("stop-opacity", ALPHA, stop_alpha, NULL),
    FIELD("stroke", PAINT, stroke, NULL),
    FIELD("stroke-dasharray", DASHES, dash, NULL),
    FIELD("stroke-dashoffset", LENGTH, dash_offset, NULL),
    FIELD("stroke-linecap", WORD, cap, caps),
    FIELD("stroke-linejoin", WORD, join, joins),
    FIELD("stroke-miterlimit", NUMBER, miter_limit, NULL),
    FIELD("stroke-opacity", ALPHA, stroke_alpha, NULL),
    FIELD("stroke-width", LENGTH, stroke_width, NULL),
    FIELD("text-anchor", WORD, anchor, anchors),
    FIELD("text-decoration", LINES, decoration, NULL),
    FIELD("text-decoration-line", LINES, decoration, NULL),
    FIELD("visibility", WORD, visible, visibilities),
    FIELD("white-space", WORD, preserve, spaces),
};

/* What changes the picture and is not supported, with the values that change nothing. */
static const struct {
    const char *name, *harmless;
} outside[] = {
    {"filter", "none"},
    {"mask", "none"},
    {"mix-blend-mode", "normal"},
    {"vector-effect", "none"},
    {"clip", "auto"},
    {"paint-order", "normal"},
    {"writing-mode", "lr-tb"},
    {"word-spacing", "normal"},
    {"glyph-orientation-vertical", "auto"},
};

struct svg_style svg_initial_style(void)
{
    return (struct svg_style){
        .fill = {.kind = SVG_PAINT_COLOR, .alpha = 255},
        .fill_alpha = 255,
        .stroke_alpha = 255,
        .alpha = 255,
        .stop_alpha = 255,
        .stroke_width = SVG_ONE,
        .miter_limit = 4 * SVG_ONE,
        .visible = 1,
        .displayed = 1,
        .font_size = 12 * SVG_ONE,
        .weight = 400,
    };
}

/* What a child takes over from its parent. */
static struct svg_style inherit(const struct svg_style *parent)
{
    struct svg_style s = *parent;
    s.alpha = s.stop_alpha = 255;
    s.stop_color = 0;
    s.clip_path = NULL;
    s.displayed = 1;
    s.overflow = 0;
    return s;
}

/* --- values ------------------------------------------------------------------------------- */

static bool parse_fallback(struct svg_scan *s, struct svg_paint_spec *paint)
{
    struct svg_scan t = *s, word;
    svg_skip_space(&t);
    if (t.p == t.end || (svg_scan_name(&t, &word) && svg_is_word(word, "none"))) {
        paint->fallback = SVG_PAINT_NONE;
        return true;
    }
    if (svg_is_word(word, "currentcolor")) {
        paint->fallback = SVG_PAINT_CURRENT;
        return true;
    }
    paint->fallback = SVG_PAINT_COLOR;
    return svg_scan_color(s, &paint->rgb, &paint->alpha);
}

static bool parse_paint(struct svg_reader *r, struct svg_scan s, struct svg_paint_spec *paint)
{
    struct svg_scan t = s, word;
    struct svg_paint_spec p = {.kind = SVG_PAINT_COLOR, .alpha = 255};
    if (svg_scan_url(&t, &word)) {
        p.kind = SVG_PAINT_SERVER;
        p.id = arena_strndup(r->arena, word.p, (size_t)(word.end - word.p));
        if (!parse_fallback(&t, &p))
            return false;
    } else if (svg_is_word(s, "none")) {
        p.kind = SVG_PAINT_NONE;
    } else if (svg_is_word(s, "currentcolor")) {
        p.kind = SVG_PAINT_CURRENT;
    } else if (!svg_scan_color(&s, &p.rgb, &p.alpha)) {
        return false;
    }
    *paint = p;
    return true;
}

static bool parse_color(struct svg_scan s, uint32_t current, uint32_t *rgb)
{
    uint8_t alpha;
    if (svg_is_word(s, "currentcolor")) {
        *rgb = current;
        return true;
    }
    return svg_scan_color(&s, rgb, &alpha);
}

static bool parse_alpha(struct svg_scan s, uint8_t *alpha)
{
    svg_num v;
    if (!svg_scan_number(&s, &v))
        return false;
    if (svg_scan_char(&s, '%'))
        v /= 100;
    v = v < 0 ? 0 : v > SVG_ONE ? SVG_ONE : v;
    *alpha = (uint8_t)((v * 255 + SVG_ONE / 2) / SVG_ONE);
    return true;
}

static bool parse_dashes(struct svg_reader *r, struct svg_scan s, struct svg_dash *dash)
{
    svg_num lengths[32], sum = 0;
    size_t n = 0;
    if (svg_is_word(s, "none")) {
        *dash = (struct svg_dash){0};
        return true;
    }
    for (; !svg_at_end(&s); svg_skip_comma(&s)) {
        if (n == 32 || !svg_scan_length(&s, &r->lengths, SVG_DIAGONAL, &lengths[n]) ||
            lengths[n] < 0)
            return false;
        sum = svg_clamp((svg_wide)sum + lengths[n++]);
    }
    *dash = (struct svg_dash){0};
    if (sum > 0) {
        dash->lengths = arena_copy(r->arena, lengths, n * sizeof *lengths);
        dash->count = n;
    }
    return true;
}

static bool parse_size(struct svg_reader *r, struct svg_scan s, svg_num *size)
{
    static const struct word sizes[] = {{"xx-small", 58},  {"x-small", 69}, {"small", 83},
                                        {"medium", 100},   {"large", 120},  {"x-large", 144},
                                        {"xx-large", 173}, {NULL, 0}};
    struct svg_lengths base = {*size, *size, *size};
    svg_num v;
    for (const struct word *w = sizes; w->word; w++)
        if (svg_is_word(s, w->word)) {
            *size = 12 * SVG_ONE * w->value / 100;
            return true;
        }
    if (svg_is_word(s, "smaller") || svg_is_word(s, "larger")) {
        *size = *s.p == 's' ? svg_scale(*size, 5, 6) : svg_scale(*size, 6, 5);
        return true;
    }
    if (!svg_scan_length(&s, &base, SVG_HORIZONTAL, &v) || v < 0)
        return false;
    *size = v;
    (void)r;
    return true;
}

static bool parse_weight(struct svg_scan s, int *weight)
{
    svg_num v;
    if (svg_is_word(s, "normal"))
        *weight = 400;
    else if (svg_is_word(s, "bold"))
        *weight = 700;
    else if (svg_is_word(s, "bolder"))
        *weight = *weight < 400 ? 400 : *weight < 600 ? 700 : 900;
    else if (svg_is_word(s, "lighter"))
        *weight = *weight < 600 ? 100 : *weight < 800 ? 400 : 700;
    else if (svg_scan_number(&s, &v) && svg_at_end(&s) && v >= SVG_ONE && v <= 1000 * SVG_ONE)
        *weight = (int)(v / SVG_ONE);
    else
        return false;
    return true;
}

/* Added to the shift of the elements around; upwards is positive. */
static bool parse_shift(struct svg_reader *r, struct svg_scan s, const struct svg_style *style,
                        svg_num *shift)
{
    struct svg_lengths base = {style->font_size, style->font_size, style->font_size};
    svg_num v = 0;
    if (svg_is_word(s, "super"))
        v = svg_scale(style->font_size, 1, 3);
    else if (svg_is_word(s, "sub"))
        v = -svg_scale(style->font_size, 1, 5);
    else if (!svg_is_word(s, "baseline") && !svg_scan_length(&s, &base, SVG_HORIZONTAL, &v))
        return false;
    *shift = svg_clamp((svg_wide)*shift + v);
    (void)r;
    return true;
}

static bool parse_lines(struct svg_scan s, int *lines)
{
    struct svg_scan word;
    for (; !svg_at_end(&s);) {
        if (!svg_scan_name(&s, &word))
            return false;
        *lines |= svg_is_word(word, "underline")      ? SVG_UNDERLINE
                  : svg_is_word(word, "overline")     ? SVG_OVERLINE
                  : svg_is_word(word, "line-through") ? SVG_LINE_THROUGH
                                                      : 0;
    }
    return true;
}

static bool parse_word(struct svg_scan s, const struct word *words, int *value)
{
    for (; words->word; words++)
        if (svg_is_word(s, words->word)) {
            *value = words->value;
            return true;
        }
    return false;
}

static bool parse_url(struct svg_reader *r, struct svg_scan s, const char **id)
{
    struct svg_scan name;
    if (svg_is_word(s, "none")) {
        *id = NULL;
        return true;
    }
    if (!svg_scan_url(&s, &name))
        return false;
    *id = arena_strndup(r->arena, name.p, (size_t)(name.end - name.p));
    return true;
}

static bool parse_length(struct svg_reader *r, struct svg_scan s, bool negative, svg_num *v)
{
    svg_num length;
    if (svg_is_word(s, "normal")) {
        *v = 0;
        return true;
    }
    if (!svg_scan_length(&s, &r->lengths, SVG_DIAGONAL, &length) || (length < 0 && !negative))
        return false;
    *v = length;
    return true;
}

static bool parse_number(struct svg_scan s, svg_num *v)
{
    svg_num number;
    if (!svg_scan_number(&s, &number) || number < SVG_ONE)
        return false;
    *v = number;
    return true;
}

static bool parse_value(struct svg_reader *r, const struct property *p, const char *value,
                        struct svg_style *style)
{
    struct svg_scan s = svg_scan_text(value);
    void *field = (char *)style + p->offset;
    switch (p->kind) {
    case PAINT:
        return parse_paint(r, s, field);
    case COLOR:
        return parse_color(s, style->color, field);
    case ALPHA:
        return parse_alpha(s, field);
    case LENGTH:
        return parse_length(r, s, strcmp(p->name, "stroke-width") != 0, field);
    case NUMBER:
        return parse_number(s, field);
    case WORD:
        return parse_word(s, p->words, field);
    case DASHES:
        return parse_dashes(r, s, field);
    case URL:
        return parse_url(r, s, field);
    case FAMILY:
        style->families = value;
        return true;
    case SIZE:
        return parse_size(r, s, field);
    case WEIGHT:
        return parse_weight(s, field);
    case SHIFT:
        return parse_shift(r, s, style, field);
    case LINES:
        return parse_lines(s, field);
    }
    return false;
}

/* --- cascade ------------------------------------------------------------------------------ */

static const struct property *find_property(const char *name)
{
    size_t low = 0, high = sizeof properties / sizeof *properties;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = strcmp(name, properties[middle].name);
        if (c == 0)
            return &properties[middle];
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* One element's declarations being applied. */
struct cascade {
    struct svg_reader *r;
    const xmlNode *node;
    const struct svg_style *parent;
    struct svg_style *style;
    bool first; /* font-size and color */
};

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static void report_outside(struct cascade *c, const struct svg_declaration *d)
{
    if (is(d->value, "inherit") || is(d->value, "initial"))
        return;
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        if (is(d->name, outside[i].name) && !is(d->value, outside[i].harmless))
            svg_report(c->r, DIAG_WARNING, c->node, "svg-property",
                       _("the property «%s» is not supported; it is left out"), d->name);
}

static void apply_property(struct cascade *c, const struct property *p, const char *value)
{
    size_t at = p->offset;
    struct svg_style initial;
    if (strcmp(value, "inherit") == 0) {
        memcpy((char *)c->style + at, (const char *)c->parent + at, p->size);
    } else if (strcmp(value, "initial") == 0) {
        initial = svg_initial_style();
        memcpy((char *)c->style + at, (const char *)&initial + at, p->size);
    } else if (!parse_value(c->r, p, value, c->style)) {
        svg_report(c->r, DIAG_WARNING, c->node, "svg-value",
                   _("«%.60s» is not a value of «%s» that is understood; it is left out"),
                   value, p->name);
    }
}

/* font: style weight size/line-height family. */
static void apply_font(struct cascade *c, const char *value)
{
    struct svg_scan s = svg_scan_text(value), word, t;
    struct svg_style *style = c->style;
    int slant = 0, weight = 400;
    for (svg_skip_space(&s); s.p < s.end; svg_skip_space(&s)) {
        t = s;
        svg_num length;
        struct svg_lengths base = {style->font_size, style->font_size, style->font_size};
        bool named = svg_scan_name(&t, &word);
        if (named && (parse_word(word, slants, &slant) || parse_weight(word, &weight) ||
                      svg_is_word(word, "small-caps"))) {
            s = t;
            continue;
        }
        if (!svg_scan_length(&s, &base, SVG_HORIZONTAL, &length))
            return;
        style->font_size = length < 0 ? 0 : length;
        break;
    }
    if (svg_scan_char(&s, '/') &&
        !svg_scan_length(&s, &c->r->lengths, SVG_VERTICAL, &(svg_num){0}))
        svg_scan_name(&s, &word);
    svg_skip_space(&s);
    style->italic = slant;
    style->weight = weight;
    if (s.p < s.end)
        style->families = arena_strndup(c->r->arena, s.p, (size_t)(s.end - s.p));
}

/* marker: all three. */
static void apply_markers(struct cascade *c, const char *value)
{
    static const char *const names[] = {"marker-start", "marker-mid", "marker-end"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        apply_property(c, find_property(names[i]), value);
}

static void apply(struct cascade *c, const struct svg_declaration *d)
{
    const struct property *p = find_property(d->name);
    bool early = p ? p->kind == SIZE || p->offset == offsetof(struct svg_style, color)
                   : strcmp(d->name, "font") == 0;
    if (early != c->first)
        return;
    if (p)
        apply_property(c, p, d->value);
    else if (early)
        apply_font(c, d->value);
    else if (is(d->name, "marker"))
        apply_markers(c, d->value);
    else
        report_outside(c, d);
}

static void add_attributes(struct svg_reader *r, const xmlNode *node,
                           struct svg_declarations *list)
{
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        const char *name = (const char *)a->name;
        if (a->ns || strcmp(name, "font") == 0 || strcmp(name, "style") == 0 ||
            strcmp(name, "clip") == 0)
            continue;
        bool known = find_property(name) != NULL;
        for (size_t i = 0; i < sizeof outside / sizeof *outside && !known; i++)
            known = strcmp(name, outside[i].name) == 0;
        if (!known)
            continue;
        const char *value = svg_attribute(r, node, name);
        if (!value)
            continue;
        struct svg_scan s = svg_scan_text(value);
        svg_skip_space(&s);
        while (s.end > s.p && (s.end[-1] == ' ' || s.end[-1] == '\n' || s.end[-1] == '\t'))
            s.end--;
        VEC_PUSH(list, ((struct svg_declaration){
                           name, arena_strndup(r->arena, s.p, (size_t)(s.end - s.p)), false}));
    }
}

static void apply_all(struct cascade *c, const struct svg_declarations *list)
{
    for (int pass = 0; pass < 4; pass++) {
        c->first = pass < 2;
        for (size_t i = 0; i < list->len; i++)
            if (list->items[i].important == (pass & 1))
                apply(c, &list->items[i]);
        if (pass == 1)
            c->r->lengths.font_size = c->style->font_size;
    }
}

struct svg_style svg_style_of(struct svg_reader *r, const xmlNode *node,
                              const struct svg_style *parent)
{
    struct svg_style style = inherit(parent);
    struct svg_declarations list = {0};
    r->elements++;
    add_attributes(r, node, &list);
    svg_match_rules(r, node, &list);
    const char *own = svg_attribute(r, node, "style");
    if (own)
        svg_parse_declarations(r->arena, svg_scan_text(own), &list);
    xmlChar *space = xmlGetNsProp((xmlNode *)node, (const xmlChar *)"space", XML_XML_NAMESPACE);
    if (space)
        style.preserve = xmlStrEqual(space, (const xmlChar *)"preserve");
    xmlFree(space);
    struct cascade c = {.r = r, .node = node, .parent = parent, .style = &style};
    apply_all(&c, &list);
    free(list.items);
    return style;
}
