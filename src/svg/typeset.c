/* Text items become text areas: fonts found, words shaped, chunks anchored (SVG 1.1, 10.9).
 *
 * A chunk begins wherever a character has a position of its own; text-anchor moves it as a whole.
 * Within a chunk a run ends where the style or the face changes or a character is moved. */
#include "svg/model.h"

#include <stdlib.h>

/* HarfBuzz is given words; longer ones than this are cut. */
enum { LONGEST_WORD = 500 };
#define LARGEST PT(10000)

/* Characters of one face and style in a row. */
struct run {
    const struct svg_char *chars;
    size_t count;
    const struct text_font *font;
    mpt size, spacing;
    mpt x, y, width; /* of its start, from the chunk's; y is the baseline */
    struct area_word *words;
    size_t word_count;
};

struct line {
    const struct svg_painting *p;
    const struct svg_matrix *m; /* grows only */
    int64_t growth;
    struct {
        struct run *items;
        size_t len, cap;
    } runs;
    mpt x, y;  /* the pen, from the chunk's start */
    mpt extra; /* put after each character, for textLength */
};

static mpt grown(const struct line *l, svg_num v)
{
    return svg_to_mpt(svg_scale(v, l->growth, SVG_UNIT));
}

/* The size of letters, or what is put between them: not larger than any page. */
static mpt grown_letter(const struct line *l, svg_num v)
{
    return mpt_max(-LARGEST, mpt_min(grown(l, v), LARGEST));
}

static void report_missing(const struct line *l, const struct svg_char *c)
{
    const struct svg_painting *p = l->p;
    if (!p->target->diag)
        return;
    struct src_loc loc = {p->file, c->span->line, 0};
    diag_add(p->target->diag, DIAG_ERROR, loc, "glyph-missing",
             _("no installed font has the character U+%04X; it is left out"), (unsigned)c->cp);
}

/* The face for a character; NULL when it cannot be shown. */
static const struct text_font *face_of(const struct line *l, const struct svg_char *c)
{
    const struct svg_target *t = l->p->target;
    const struct svg_style *s = c->span->style;
    const char *families = s->families ? s->families : t->families ? t->families : "serif";
    const struct text_font *wanted =
        text_find_font(t->fonts, families, s->weight, s->italic, t->diag);
    const struct text_font *face = wanted ? text_cover(t->fonts, wanted, c->cp) : NULL;
    if (!face)
        report_missing(l, c);
    return face;
}

/* --- runs --------------------------------------------------------------------------------- */

static size_t word_length(const struct run *run, size_t at)
{
    size_t n = 1;
    if (run->chars[at].cp == ' ')
        return 1;
    while (at + n < run->count && run->chars[at + n].cp != ' ' && n < LONGEST_WORD)
        n++;
    return n;
}

static void shape_run(struct line *l, struct run *run)
{
    uint32_t cps[LONGEST_WORD];
    struct area_word *words = ARENA_ARRAY(l->p->target->arena, struct area_word, run->count);
    size_t count = 0, n;
    unsigned flags = run->spacing ? TEXT_NO_LIGATURES : 0;
    for (size_t at = 0; at < run->count; at += n) {
        n = word_length(run, at);
        for (size_t i = 0; i < n; i++)
            cps[i] = run->chars[at + i].cp;
        const struct text_word *w = text_shape(run->font, cps, n, l->p->language, flags);
        words[count++] = (struct area_word){.word = w, .x = run->width};
        run->width +=
            text_scale(run->font, w->advance, run->size) + (mpt)w->glyph_count * run->spacing;
    }
    run->words = words;
    run->word_count = count;
}

/* How far below the pen's line the baseline of the style lies, for dominant-baseline and
 * baseline-shift. */
static mpt baseline_of(const struct line *l, const struct run *run)
{
    const struct svg_style *s = run->chars->span->style;
    const struct text_font_info *info = text_font_info(run->font);
    int32_t units = 0;
    switch ((enum svg_baseline)s->baseline) {
    case SVG_ALPHABETIC:
        break;
    case SVG_BASE_MIDDLE:
        units = info->x_height / 2;
        break;
    case SVG_BASE_CENTRAL:
        units = (info->ascender + info->descender) / 2;
        break;
    case SVG_HANGING:
        units = info->ascender / 10 * 8;
        break;
    case SVG_BEFORE_EDGE:
        units = info->ascender;
        break;
    case SVG_AFTER_EDGE:
        units = info->descender;
        break;
    }
    return text_scale(run->font, units, run->size) - grown(l, s->baseline_shift);
}

static void end_run(struct line *l, struct run *run)
{
    if (!run->count)
        return;
    shape_run(l, run);
    run->y += baseline_of(l, run);
    l->x += run->width;
    VEC_PUSH(&l->runs, *run);
    run->count = 0;
}

static void begin_run(struct line *l, struct run *run, const struct svg_char *c,
                      const struct text_font *face)
{
    const struct svg_style *s = c->span->style;
    l->x += grown(l, c->dx);
    l->y += grown(l, c->dy);
    *run = (struct run){.chars = c,
                        .font = face,
                        .size = grown_letter(l, s->font_size),
                        .spacing = grown_letter(l, s->letter_spacing) + l->extra,
                        .x = l->x,
                        .y = l->y};
}

/* Cut a chunk into runs with places relative to its start. */
static void measure(struct line *l, const struct svg_char *chars, size_t count)
{
    struct run run = {.count = 0};
    l->x = l->y = 0;
    for (size_t i = 0; i < count; i++) {
        const struct svg_char *c = &chars[i];
        const struct text_font *face = face_of(l, c);
        if (!face || c->span->style->font_size <= 0) {
            end_run(l, &run);
            continue;
        }
        if (run.count && (c->span != run.chars->span || face != run.font || c->dx || c->dy))
            end_run(l, &run);
        if (!run.count)
            begin_run(l, &run, c, face);
        run.count++;
    }
    end_run(l, &run);
}

/* --- areas -------------------------------------------------------------------------------- */

static void add_decoration(const struct line *l, struct area *group, const struct area *text,
                           const struct run *run, int32_t position, int32_t thickness)
{
    struct area *rule = area_add_to_group(l->p->target->arena, group, AREA_RULE);
    rule->x = text->x;
    rule->width = text->width;
    rule->height = text_scale(run->font, thickness, run->size);
    rule->y = text->y - text_scale(run->font, position, run->size) - rule->height / 2;
    rule->line = text->line;
    rule->as.rule.style = AREA_LINE_SOLID;
    rule->as.rule.color = text->as.text.color;
}

static void add_decorations(const struct line *l, struct area *group, const struct area *text,
                            const struct run *run)
{
    const struct text_font_info *info = text_font_info(run->font);
    int lines = run->chars->span->style->decoration;
    if (lines & SVG_UNDERLINE)
        add_decoration(l, group, text, run, info->underline_position,
                       info->underline_thickness);
    if (lines & SVG_OVERLINE)
        add_decoration(l, group, text, run, info->ascender, info->underline_thickness);
    if (lines & SVG_LINE_THROUGH)
        add_decoration(l, group, text, run, info->strikeout_position,
                       info->strikeout_thickness);
}

static void add_run(const struct line *l, struct area *group, const struct run *run, mpt x,
                    mpt y)
{
    const struct svg_target *t = l->p->target;
    if (!run->chars->span->painted || run->size <= 0)
        return;
    struct area *text = area_add_to_group(t->arena, group, AREA_TEXT);
    text->x = x + run->x;
    text->y = y + run->y;
    text->width = run->width;
    text->height = run->size;
    text->line = t->line ? t->line : run->chars->span->line;
    text->as.text.font = run->font;
    text->as.text.size = run->size;
    text->as.text.color = run->chars->span->color;
    text->as.text.letter_spacing = run->spacing;
    text->as.text.words = run->words;
    text->as.text.count = run->word_count;
    add_decorations(l, group, text, run);
}

/* textLength: the room is shared out among the characters (lengthAdjust «spacing»; glyphs are
 * never stretched). */
static void measure_to_length(struct line *l, const struct svg_char *chars, size_t count)
{
    measure(l, chars, count);
    mpt wanted = grown(l, chars->span->length);
    if (wanted <= 0 || count < 2 || wanted == l->x)
        return;
    l->extra = mpt_max(-LARGEST, mpt_min((wanted - l->x) / (mpt)(count - 1), LARGEST));
    l->runs.len = 0;
    measure(l, chars, count);
    l->x -= l->extra;
    l->extra = 0;
}

static mpt anchored(const struct line *l, const struct svg_char *first)
{
    int anchor = first->span->style->anchor;
    return anchor == SVG_END ? l->x : anchor == SVG_MIDDLE ? l->x / 2 : 0;
}

/* Where the text goes on after a chunk, in user units of the text. */
static void paint_chunk(struct line *l, struct area *group, const struct svg_char *chars,
                        size_t count, struct svg_point *at)
{
    struct svg_point start = svg_apply(l->m, *at);
    measure_to_length(l, chars, count);
    mpt shift = anchored(l, chars), x = svg_to_mpt(start.x) - shift, y = svg_to_mpt(start.y);
    for (size_t i = 0; i < l->runs.len; i++)
        add_run(l, group, &l->runs.items[i], x, y);
    l->runs.len = 0;
    at->x = svg_clamp((svg_wide)at->x + svg_scale((l->x - shift) * 1000, SVG_UNIT, l->growth));
    at->y = svg_clamp((svg_wide)at->y + svg_scale(l->y * 1000, SVG_UNIT, l->growth));
}

static bool only_grows(const struct svg_matrix *m)
{
    int64_t off = m->a - m->d;
    return m->b == 0 && m->c == 0 && m->a > 0 && off <= m->a / 10000 && -off <= m->a / 10000;
}

void svg_paint_text(const struct svg_painting *p, struct area *group,
                    const struct svg_matrix *m, const struct svg_item *item)
{
    struct svg_matrix whole = svg_concat(m, &item->matrix), inner = whole;
    if (!only_grows(&whole))
        group = svg_add_frame(p, group, &whole, &inner);
    struct line line = {.p = p, .m = &inner, .growth = svg_growth(&inner)};
    if (!group || line.growth == 0)
        return;
    const struct svg_char *chars = item->as.text.chars;
    struct svg_point at = {0, 0};
    for (size_t start = 0, end; start < item->as.text.count; start = end) {
        for (end = start + 1;
             end < item->as.text.count && !chars[end].has_x && !chars[end].has_y;)
            end++;
        at.x = chars[start].has_x ? chars[start].x : at.x;
        at.y = chars[start].has_y ? chars[start].y : at.y;
        paint_chunk(&line, group, chars + start, end - start, &at);
    }
    free(line.runs.items);
}
