/* Numbers, lengths, colours, references and transformations as attributes write them.
 *
 * Nothing here looks at the locale; a number is read exactly into millionths. */
#include "base/color.h"
#include "svg/model.h"

#include <string.h>

/* More digits than this cannot change a number of SVG_MAX's size. */
enum { MOST_DIGITS = 17 };

struct svg_scan svg_scan_text(const char *s)
{
    return (struct svg_scan){s, s + strlen(s)};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

void svg_skip_space(struct svg_scan *s)
{
    while (s->p < s->end && is_space(*s->p))
        s->p++;
}

void svg_skip_comma(struct svg_scan *s)
{
    svg_skip_space(s);
    if (s->p < s->end && *s->p == ',') {
        s->p++;
        svg_skip_space(s);
    }
}

bool svg_at_end(struct svg_scan *s)
{
    svg_skip_space(s);
    return s->p == s->end;
}

bool svg_scan_char(struct svg_scan *s, char c)
{
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool svg_scan_name(struct svg_scan *s, struct svg_scan *name)
{
    const char *p = s->p;
    while (p < s->end && (is_letter(*p) || is_digit(*p) || *p == '-' || *p == '_'))
        p++;
    *name = (struct svg_scan){s->p, p};
    if (p == s->p)
        return false;
    s->p = p;
    return true;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool svg_is_word(struct svg_scan s, const char *word)
{
    for (; s.p < s.end && *word; s.p++, word++)
        if (lower(*s.p) != *word)
            return false;
    return s.p == s.end && !*word;
}

/* Digits while they are read: value = digits * 10^exponent. */
struct decimal {
    int64_t digits;
    int count, exponent;
    bool any;
};

static void take_digits(struct svg_scan *s, struct decimal *d, bool fraction)
{
    for (; s->p < s->end && is_digit(*s->p); s->p++) {
        d->any = true;
        if (d->count < MOST_DIGITS) {
            d->digits = d->digits * 10 + (*s->p - '0');
            d->count += d->digits != 0;
            d->exponent -= fraction;
        } else {
            d->exponent += !fraction;
        }
    }
}

/* e5, E-3; «em» and «ex» are units. */
static void take_exponent(struct svg_scan *s, struct decimal *d)
{
    struct svg_scan t = *s;
    if (!svg_scan_char(&t, 'e') && !svg_scan_char(&t, 'E'))
        return;
    bool minus = svg_scan_char(&t, '-');
    if (!minus)
        svg_scan_char(&t, '+');
    if (t.p == t.end || !is_digit(*t.p))
        return;
    int exponent = 0;
    for (; t.p < t.end && is_digit(*t.p); t.p++)
        exponent = exponent < 1000 ? exponent * 10 + (*t.p - '0') : exponent;
    d->exponent += minus ? -exponent : exponent;
    *s = t;
}

/* In units of 10^-places. */
static svg_num whole(const struct decimal *d, int places)
{
    svg_wide v = d->digits;
    int exponent = d->exponent + places;
    for (; exponent > 0 && v && v < SVG_MAX; exponent--)
        v *= 10;
    for (; exponent < -1 && v; exponent++)
        v /= 10;
    if (exponent == -1)
        v = (v + 5) / 10;
    return svg_clamp(v);
}

static bool scan_decimal(struct svg_scan *s, int places, svg_num *v)
{
    struct svg_scan t = *s;
    struct decimal d = {0};
    bool minus = svg_scan_char(&t, '-');
    if (!minus)
        svg_scan_char(&t, '+');
    take_digits(&t, &d, false);
    if (svg_scan_char(&t, '.'))
        take_digits(&t, &d, true);
    if (!d.any)
        return false;
    take_exponent(&t, &d);
    *v = minus ? -whole(&d, places) : whole(&d, places);
    *s = t;
    return true;
}

bool svg_scan_number(struct svg_scan *s, svg_num *v)
{
    return scan_decimal(s, 6, v);
}

static svg_num percent_base(const struct svg_lengths *base, enum svg_axis axis)
{
    if (axis == SVG_HORIZONTAL)
        return base->width;
    if (axis == SVG_VERTICAL)
        return base->height;
    svg_wide x = base->width, y = base->height;
    return svg_clamp(svg_root((x * x + y * y) / 2));
}

/* User units in a unit, in thousandths; the pixel is 1/72 inch. */
static const struct {
    const char *name;
    int64_t thousandths;
} units[] = {{"px", 1000}, {"pt", 1000}, {"pc", 12000}, {"in", 72000}};

static bool apply_unit(struct svg_scan unit, const struct svg_lengths *base, svg_num *v)
{
    if (svg_is_word(unit, "mm"))
        *v = svg_scale(*v, 720, 254);
    else if (svg_is_word(unit, "cm"))
        *v = svg_scale(*v, 7200, 254);
    else if (svg_is_word(unit, "q"))
        *v = svg_scale(*v, 180, 254);
    else if (svg_is_word(unit, "em") || svg_is_word(unit, "rem"))
        *v = svg_scale(*v, base->font_size, SVG_ONE);
    else if (svg_is_word(unit, "ex"))
        *v = svg_scale(*v, base->font_size, 2 * SVG_ONE);
    else {
        for (size_t i = 0; i < sizeof units / sizeof *units; i++)
            if (svg_is_word(unit, units[i].name)) {
                *v = svg_scale(*v, units[i].thousandths, 1000);
                return true;
            }
        return false;
    }
    return true;
}

bool svg_scan_length(struct svg_scan *s, const struct svg_lengths *base, enum svg_axis axis,
                     svg_num *v)
{
    struct svg_scan t = *s, unit;
    svg_num number;
    svg_skip_space(&t);
    if (!svg_scan_number(&t, &number))
        return false;
    if (svg_scan_char(&t, '%'))
        number = svg_scale(number, percent_base(base, axis), 100 * SVG_ONE);
    else if (t.p < t.end && is_letter(*t.p) &&
             (!svg_scan_name(&t, &unit) || !apply_unit(unit, base, &number)))
        return false;
    *v = number;
    *s = t;
    return true;
}

bool svg_scan_url(struct svg_scan *s, struct svg_scan *name)
{
    struct svg_scan t = *s, word;
    if (!svg_scan_name(&t, &word) || !svg_is_word(word, "url") || !svg_scan_char(&t, '('))
        return false;
    svg_skip_space(&t);
    char quote = t.p < t.end && (*t.p == '"' || *t.p == '\'') ? *t.p++ : '\0';
    if (!svg_scan_char(&t, '#'))
        return false;
    name->p = t.p;
    while (t.p < t.end && (quote ? *t.p != quote : *t.p != ')' && !is_space(*t.p)))
        t.p++;
    name->end = t.p;
    if (quote && !svg_scan_char(&t, quote))
        return false;
    svg_skip_space(&t);
    if (!svg_scan_char(&t, ')'))
        return false;
    *s = t;
    return true;
}

/* --- colours ------------------------------------------------------------------------------ */

static int hex_digit(char c)
{
    c = lower(c);
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* #rgb, #rgba, #rrggbb, #rrggbbaa after the sign. */
static bool scan_hex(struct svg_scan *s, uint32_t *rgb, uint8_t *alpha)
{
    uint64_t v = 0;
    int n = 0;
    for (; s->p < s->end && hex_digit(*s->p) >= 0 && n < 9; s->p++, n++)
        v = v << 4 | (uint64_t)hex_digit(*s->p);
    if (n == 3 || n == 4) {
        uint64_t wide = 0;
        for (int i = n - 1; i >= 0; i--)
            wide = wide << 8 | (v >> (4 * i) & 15) * 17;
        v = wide;
        n *= 2;
    }
    if (n != 6 && n != 8)
        return false;
    *alpha = n == 8 ? (uint8_t)(v & 255) : 255;
    *rgb = (uint32_t)(n == 8 ? v >> 8 : v);
    return true;
}

/* A part of a colour, 0..`full` or a percentage of it, as 0..255. */
static bool scan_part(struct svg_scan *s, int64_t full, uint32_t *part)
{
    svg_num v;
    if (!svg_scan_number(s, &v))
        return false;
    v = svg_scan_char(s, '%') ? svg_scale(v, 255, 100) : svg_scale(v, 255, full);
    v = (v + SVG_ONE / 2) / SVG_ONE;
    *part = (uint32_t)(v < 0 ? 0 : v > 255 ? 255 : v);
    return true;
}

/* «, 0.5)» or «/ 50%)» or «)». */
static bool scan_alpha(struct svg_scan *s, uint8_t *alpha)
{
    uint32_t part = 255;
    svg_skip_comma(s);
    if (svg_scan_char(s, '/'))
        svg_skip_space(s);
    if (s->p < s->end && *s->p != ')' && !scan_part(s, 1, &part))
        return false;
    *alpha = (uint8_t)part;
    svg_skip_space(s);
    return svg_scan_char(s, ')');
}

static bool scan_rgb(struct svg_scan *s, uint32_t *rgb, uint8_t *alpha)
{
    *rgb = 0;
    for (int i = 0; i < 3; i++) {
        uint32_t part;
        if (i)
            svg_skip_comma(s);
        else
            svg_skip_space(s);
        if (!scan_part(s, 255, &part))
            return false;
        *rgb = *rgb << 8 | part;
    }
    return scan_alpha(s, alpha);
}

/* One channel of hsl(): `turn` is the channel's hue in millionths of a sixth of the circle. */
static uint32_t hue_channel(int64_t low, int64_t high, int64_t turn)
{
    const int64_t sixth = SVG_ONE;
    turn = (turn % (6 * sixth) + 6 * sixth) % (6 * sixth);
    int64_t v = turn < sixth       ? low + (high - low) * turn / sixth
                : turn < 3 * sixth ? high
                : turn < 4 * sixth ? low + (high - low) * (4 * sixth - turn) / sixth
                                   : low;
    return (uint32_t)((v * 255 + SVG_ONE / 2) / SVG_ONE);
}

static bool scan_hsl(struct svg_scan *s, uint32_t *rgb, uint8_t *alpha)
{
    svg_num hue, part[2];
    struct svg_scan unit;
    svg_skip_space(s);
    if (!svg_scan_number(s, &hue) || (svg_scan_name(s, &unit) && !svg_is_word(unit, "deg")))
        return false;
    for (int i = 0; i < 2; i++) {
        svg_skip_comma(s);
        if (!svg_scan_number(s, &part[i]) || !svg_scan_char(s, '%'))
            return false;
        part[i] = part[i] < 0 ? 0 : part[i] > 100 * SVG_ONE ? SVG_ONE : part[i] / 100;
    }
    int64_t light = part[1];
    int64_t high = light <= SVG_ONE / 2 ? light + svg_scale(light, part[0], SVG_ONE)
                                        : light + part[0] - svg_scale(light, part[0], SVG_ONE);
    int64_t low = 2 * light - high, turn = hue % (360 * SVG_ONE) / 60;
    *rgb = hue_channel(low, high, turn + 2 * SVG_ONE) << 16 |
           hue_channel(low, high, turn) << 8 | hue_channel(low, high, turn - 2 * SVG_ONE);
    return scan_alpha(s, alpha);
}

bool svg_scan_color(struct svg_scan *s, uint32_t *rgb, uint8_t *alpha)
{
    struct svg_scan t = *s, name;
    bool fine;
    *alpha = 255;
    svg_skip_space(&t);
    if (svg_scan_char(&t, '#')) {
        fine = scan_hex(&t, rgb, alpha);
    } else if (!svg_scan_name(&t, &name)) {
        fine = false;
    } else if (svg_scan_char(&t, '(')) {
        fine = svg_is_word(name, "rgb") || svg_is_word(name, "rgba") ? scan_rgb(&t, rgb, alpha)
               : svg_is_word(name, "hsl") || svg_is_word(name, "hsla")
                   ? scan_hsl(&t, rgb, alpha)
                   : false;
    } else if (svg_is_word(name, "transparent")) {
        *rgb = 0;
        *alpha = 0;
        fine = true;
    } else {
        fine = color_find((struct color_key){name.p, (size_t)(name.end - name.p)}, rgb);
    }
    if (fine)
        *s = t;
    return fine;
}

/* --- transformations ---------------------------------------------------------------------- */

/* One argument: factors as billionths, angles and lengths as millionths. */
static bool scan_argument(struct svg_scan *s, const struct svg_lengths *base, bool is_factor,
                          svg_num *v)
{
    struct svg_scan unit;
    if (is_factor)
        return scan_decimal(s, 9, v);
    if (svg_scan_length(s, base, SVG_DIAGONAL, v))
        return true;
    return svg_scan_number(s, v) && svg_scan_name(s, &unit) && svg_is_word(unit, "deg");
}

/* The numbers between parentheses, of which the first `factors` are factors; how many, -1: not
 * understood. */
static int scan_arguments(struct svg_scan *s, const struct svg_lengths *base, int factors,
                          svg_num v[6])
{
    int n = 0;
    svg_skip_space(s);
    if (!svg_scan_char(s, '('))
        return -1;
    for (svg_skip_space(s); !svg_scan_char(s, ')'); svg_skip_comma(s)) {
        if (n == 6 || !scan_argument(s, base, n < factors, &v[n]))
            return -1;
        n++;
    }
    return n;
}

static int64_t tangent(svg_num degrees)
{
    int64_t sine, cosine;
    svg_find_sine(degrees, &sine, &cosine);
    return cosine ? svg_scale(sine, SVG_UNIT, cosine) : SVG_MAX;
}

static struct svg_matrix rotation(const svg_num v[6], int n)
{
    int64_t sine, cosine;
    svg_find_sine(v[0], &sine, &cosine);
    struct svg_matrix m = {cosine, sine, -sine, cosine, 0, 0};
    if (n == 3) {
        struct svg_point moved = svg_apply(&m, (struct svg_point){v[1], v[2]});
        m.e = svg_clamp((svg_wide)v[1] - moved.x);
        m.f = svg_clamp((svg_wide)v[2] - moved.y);
    }
    return m;
}

static bool make_matrix(struct svg_scan name, const svg_num v[6], int n, struct svg_matrix *m)
{
    *m = SVG_IDENTITY;
    if (svg_is_word(name, "translate") && (n == 1 || n == 2)) {
        m->e = v[0];
        m->f = n == 2 ? v[1] : 0;
    } else if (svg_is_word(name, "scale") && (n == 1 || n == 2)) {
        m->a = v[0];
        m->d = v[n - 1];
    } else if (svg_is_word(name, "rotate") && (n == 1 || n == 3)) {
        *m = rotation(v, n);
    } else if (svg_is_word(name, "skewx") && n == 1) {
        m->c = tangent(v[0]);
    } else if (svg_is_word(name, "skewy") && n == 1) {
        m->b = tangent(v[0]);
    } else if (svg_is_word(name, "matrix") && n == 6) {
        *m = (struct svg_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
    } else {
        return false;
    }
    return true;
}

bool svg_scan_transform(struct svg_scan *s, const struct svg_lengths *base,
                        struct svg_matrix *m)
{
    struct svg_scan name;
    svg_num v[6];
    for (svg_skip_comma(s); s->p < s->end; svg_skip_comma(s)) {
        struct svg_matrix step;
        if (!svg_scan_name(s, &name))
            return false;
        int factors = svg_is_word(name, "scale") ? 6 : svg_is_word(name, "matrix") ? 4 : 0;
        int n = scan_arguments(s, base, factors, v);
        if (n < 0 || !make_matrix(name, v, n, &step))
            return svg_is_word(name, "none");
        *m = svg_concat(m, &step);
    }
    return true;
}
