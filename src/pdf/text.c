/* Lines of text as one operator each: TJ with strings of codes and adjustments between them.
 *
 * Layout says where each word begins and which advances its glyphs have; a viewer moves by the
 * widths of the font dictionary. Both count advances in 1/1000 em, so that kerning is an exact
 * adjustment. Only the places of words are finer: the pen follows the viewer in millionths of
 * an em and writes an adjustment where the two differ by 0.7 of its unit or more, so roundings
 * never add up. With adjustments in thousandths of an em the error stays under 0.01 pt up to
 * 14 pt; larger sizes write tenths of them. */
#include "pdf/canvas.h"

#include <string.h>

/* Words in a block of pdf_font.words: a document among many of a process uses a few of them. */
enum { WORDS = 256 };

/* Above this size adjustments have one decimal. [mpt] */
#define FINE_FROM PT(14)

/* Above this an adjustment has no decimals: part 1 knows no larger reals (ISO 19005-1, 6.1.12).
 * [1/1000000 em] */
#define FARTHEST_MOVE 32000000

struct pen {
    struct pdf_canvas *canvas;
    struct buf *out;
    struct pdf_font *font; /* the face's first part */
    struct pdf_font *part; /* the one that is set */
    const struct area *area;
    mpt size;
    int64_t at;      /* where the viewer is, [1/1000000 em] from the area's x */
    int64_t spacing; /* letter spacing, the same unit */
    int64_t unit;    /* of adjustments, the same unit */
    int64_t base;    /* of the word, the same unit */
    int64_t advance; /* of its glyphs so far, [1/1000 em] */
    int64_t letters; /* how many they are */
    int64_t between; /* the last adjustment before a word, in `unit` */
    bool in_string, in_array;
    bool on_place; /* the viewer is where the next glyph of the word belongs */
    size_t run_length;
    char run[256]; /* bytes of the string that are not in `out` yet */
};

static int64_t em_of(const struct pen *p, mpt v)
{
    return mpt_scale(v, 1000000, p->size);
}

static void flush_run(struct pen *p)
{
    buf_put(p->out, p->run, p->run_length);
    p->run_length = 0;
}

static void end_string(struct pen *p)
{
    if (!p->in_string)
        return;
    p->run[p->run_length++] = ')';
    flush_run(p);
    p->in_string = false;
}

static void end_array(struct pen *p)
{
    end_string(p);
    if (p->in_array)
        buf_puts(p->out, "]TJ\n");
    p->in_array = false;
}

static void begin_array(struct pen *p)
{
    if (!p->in_array)
        buf_putc(p->out, '[');
    p->in_array = true;
}

/* Move the viewer to `target`, as near as adjustments go. The number used last, in `usual`, is
 * used again if it is off by less than 0.7 of the unit: a line's spaces are then written alike,
 * which deflates better. */
static void move_to(struct pen *p, int64_t target, int64_t *usual)
{
    int64_t off = target - p->at, steps = mpt_scale(off, 1, p->unit);
    int64_t rest = off - *usual * p->unit;
    if (10 * rest < 7 * p->unit && -10 * rest < 7 * p->unit)
        steps = *usual;
    if (steps * p->unit > FARTHEST_MOVE || steps * p->unit < -FARTHEST_MOVE)
        steps = mpt_scale(off, 1, 1000) * (1000 / p->unit);
    *usual = steps;
    if (steps == 0)
        return;
    end_string(p);
    begin_array(p);
    buf_put_milli(p->out, -steps * p->unit);
    p->at += steps * p->unit;
}

/* A byte of a code in a string; returns how many bytes it takes. */
static size_t put_code_byte(char *to, unsigned byte)
{
    size_t n = 0;
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        to[n++] = '\\';
    to[n++] = byte == '\r' ? 'r' : (char)(unsigned char)byte;
    return n;
}

static size_t put_code(char *to, const struct pdf_font *font, uint32_t code)
{
    size_t n = font->info->cff ? put_code_byte(to, code >> 8) : 0;
    return n + put_code_byte(to + n, code & 255);
}

static void set_font(struct pdf_canvas *c, const struct pdf_font *font, mpt size)
{
    if (c->state.font == font && c->state.size == size)
        return;
    buf_puts(c->out, "/F");
    buf_putd(c->out, font->number);
    pdf_put_num(c->out, size);
    buf_puts(c->out, " Tf\n");
    c->state.font = font;
    c->state.size = size;
}

/* Go on in another part of the face. */
static void set_part(struct pen *p, struct pdf_font *part)
{
    if (p->part == part)
        return;
    end_array(p);
    set_font(p->canvas, part, p->size);
    p->part = part;
}

static void begin_string(struct pen *p)
{
    if (p->in_string)
        return;
    begin_array(p);
    p->run[p->run_length++] = '(';
    p->in_string = true;
}

static void show_code(struct pen *p, const struct pdf_shown *shown)
{
    set_part(p, shown->font);
    begin_string(p);
    p->run_length += put_code(p->run + p->run_length, p->font, shown->code);
    if (p->run_length > sizeof p->run - 8)
        flush_run(p);
    p->at += 1000 * (int64_t)shown->font->items[shown->code].advance + p->spacing;
}

static void begin_actual(struct pen *p, const uint32_t *cps, size_t n)
{
    end_array(p);
    buf_puts(p->out, "/Span<</ActualText");
    pdf_put_cps(p->out, cps, n);
    buf_puts(p->out, ">>BDC\n");
}

static void end_actual(struct pen *p)
{
    end_array(p);
    buf_puts(p->out, "EMC\n");
}

static void set_rise(struct pen *p, mpt rise)
{
    struct pdf_state *s = &p->canvas->state;
    if (s->rise == rise)
        return;
    end_array(p);
    pdf_put_op(p->out, "Ts", &rise, 1);
    s->rise = rise;
}

/* Glyphs that stand together for some characters: one glyph for one or several (a ligature),
 * or several glyphs. */
struct cluster {
    const struct text_glyph *glyphs;
    size_t count;
    const uint32_t *cps;
    uint32_t cp_count;
};

/* Characters whose meaning is a private matter (private use areas) say their text with ActualText
 * too (ISO 19005-2, 6.2.11.7.3). */
static bool is_private(const struct cluster *cl)
{
    for (uint32_t i = 0; i < cl->cp_count; i++)
        if ((cl->cps[i] >= 0xE000 && cl->cps[i] <= 0xF8FF) || cl->cps[i] >= 0xF0000)
            return true;
    return false;
}

static struct pdf_shown find_code(struct pen *p, const struct cluster *cl, size_t i)
{
    return pdf_find_code(p->canvas->doc, p->font, cl->glyphs[i].id, cl->cps, cl->cp_count);
}

static void show_glyph(struct pen *p, const struct text_glyph *g, const struct pdf_shown *shown)
{
    set_rise(p, g->dy ? text_scale(p->font->face, g->dy, p->size) : 0);
    if (!p->on_place || g->dx) {
        int64_t inside = 0;
        move_to(p, p->base + 1000 * (p->advance + g->dx) + p->letters * p->spacing,
                p->letters ? &inside : &p->between);
    }
    if (!p->letters) /* whatever the word is off by, its letters keep together */
        p->base = p->at - 1000 * (int64_t)g->dx;
    show_code(p, shown);
    p->on_place = g->dx == 0 && g->advance == shown->font->items[shown->code].advance;
    p->advance += g->advance;
    p->letters++;
}

static void show_cluster(struct pen *p, const struct cluster *cl)
{
    struct pdf_shown shown = find_code(p, cl, 0);
    bool actual = cl->count > 1 || !shown.exact || is_private(cl);
    if (actual)
        begin_actual(p, cl->cps, cl->cp_count);
    for (size_t i = 0; i < cl->count; i++) {
        if (i)
            shown = find_code(p, cl, i);
        show_glyph(p, &cl->glyphs[i], &shown);
    }
    if (actual)
        end_actual(p);
}

/* The characters of the cluster at glyph `i`: up to the next cluster of the word. Text is set
 * from left to right, so clusters only grow. */
static struct cluster cluster_at(const struct text_word *w, size_t i)
{
    struct cluster cl = {.glyphs = w->glyphs + i, .count = 1};
    uint32_t first = w->glyphs[i].cluster, end = w->cp_count;
    while (i + cl.count < w->glyph_count && w->glyphs[i + cl.count].cluster == first)
        cl.count++;
    if (i + cl.count < w->glyph_count)
        end = w->glyphs[i + cl.count].cluster;
    cl.cps = w->cps + first;
    cl.cp_count = end > first ? end - first : 1;
    return cl;
}

/* A hyphen of a line's end says «soft hyphen»: whoever joins the lines can take it out, which
 * he could not with a hyphen that belongs to the word. */
static bool is_soft_hyphen(const struct area_word *word, const struct cluster *cl)
{
    const struct text_word *w = word->word;
    return word->flags & AREA_WORD_HYPHEN && cl->cps + cl->cp_count == w->cps + w->cp_count &&
           cl->cp_count == 1;
}

/* Spell the word out once for all its places, which goes when its glyphs have codes in one part
 * of the face, one for each cluster, and stand on the line. Kerning is whole thousandths of an em,
 * so that adjustments within a word do not depend on where it begins. */
static bool spell(struct pen *p, const struct text_word *w, struct pdf_spelled *entry)
{
    struct buf *out = &p->font->spelled;
    int64_t at = 0, advance = 0;
    entry->at = (uint32_t)out->len;
    for (size_t i = 0; i < w->glyph_count; i++) {
        const struct text_glyph *g = &w->glyphs[i];
        struct cluster cl = cluster_at(w, i);
        struct pdf_shown shown = find_code(p, &cl, 0);
        if (cl.count > 1 || g->dy || (i == 0 && g->dx) || !shown.exact ||
            shown.font != p->font || is_private(&cl))
            return false;
        if (advance + g->dx != at) {
            buf_putc(out, ')');
            buf_put_milli(out, 1000 * (at - advance - g->dx));
            buf_putc(out, '(');
            at = advance + g->dx;
        }
        char code[4];
        buf_put(out, code, put_code(code, p->font, shown.code));
        at += shown.font->items[shown.code].advance;
        advance += g->advance;
    }
    entry->length = (uint32_t)(out->len - entry->at);
    entry->advance = (int32_t)at;
    return entry->length > 0 && at >= INT32_MIN && at <= INT32_MAX;
}

/* The word as it is spelled everywhere; NULL: it is not. */
static const struct pdf_spelled *spelling_of(struct pen *p, const struct area_word *word)
{
    struct pdf_font *f = p->font;
    size_t n = word->word->number, block = n / WORDS;
    if (!n || word->word->font != f->face || word->flags & AREA_WORD_HYPHEN || p->spacing)
        return NULL;
    while (f->words.len <= block)
        VEC_PUSH(&f->words, NULL);
    if (!f->words.items[block])
        f->words.items[block] = mem_zalloc(WORDS * sizeof **f->words.items);
    struct pdf_spelled *entry = &f->words.items[block][n % WORDS];
    if (!entry->known) {
        entry->fixed = spell(p, word->word, entry);
        entry->known = true;
    }
    return entry->fixed ? entry : NULL;
}

static void show_spelled(struct pen *p, const struct pdf_spelled *s, mpt x)
{
    set_rise(p, 0);
    move_to(p, em_of(p, x), &p->between);
    set_part(p, p->font);
    begin_string(p);
    const char *bytes = p->font->spelled.bytes + s->at;
    if (p->run_length + s->length > sizeof p->run - 8)
        flush_run(p);
    if (s->length > sizeof p->run - 8) {
        buf_put(p->out, bytes, s->length);
    } else {
        memcpy(p->run + p->run_length, bytes, s->length);
        p->run_length += s->length;
    }
    p->at += 1000 * (int64_t)s->advance;
}

static void show_word(struct pen *p, const struct area_word *word)
{
    static const uint32_t soft_hyphen = 0xAD;
    const struct text_word *w = word->word;
    const struct pdf_spelled *spelled = spelling_of(p, word);
    if (spelled) {
        show_spelled(p, spelled, word->x);
        return;
    }
    p->base = em_of(p, word->x);
    p->advance = p->letters = 0;
    p->on_place = false;
    for (size_t i = 0; i < w->glyph_count;) {
        struct cluster cl = cluster_at(w, i);
        i += cl.count;
        if (is_soft_hyphen(word, &cl))
            cl.cps = &soft_hyphen;
        show_cluster(p, &cl);
    }
}

/* The space between words that stand apart without one among them: readers aloud and reflow
 * need it. What it is wide or narrow of is made good by the next move. */
static void show_space(struct pen *p)
{
    static const uint32_t space = ' ';
    const struct text_word *w = text_shape(p->area->as.text.font, &space, 1, NULL, 0);
    if (w->glyph_count != 1 || !w->glyphs[0].id)
        return;
    struct pdf_shown shown = pdf_find_code(p->canvas->doc, p->font, w->glyphs[0].id, w->cps, 1);
    show_code(p, &shown);
}

static void set_position(struct pdf_canvas *c, const struct area *a)
{
    mpt x = pdf_x(c, a->x), y = pdf_y(c, a->y), move[2] = {x - c->line_x, y - c->line_y};
    c->line_x = x;
    c->line_y = y;
    pdf_put_op(c->out, "Td", move, 2);
}

static void set_spacing(struct pdf_canvas *c, mpt spacing)
{
    if (c->state.spacing == spacing)
        return;
    pdf_put_op(c->out, "Tc", &spacing, 1);
    c->state.spacing = spacing;
}

static void show_words(struct pen *p, bool space_after)
{
    const struct area *a = p->area;
    for (size_t i = 0; i < a->as.text.count; i++) {
        if (area_word_is_apart(a, i))
            show_space(p);
        show_word(p, &a->as.text.words[i]);
    }
    if (space_after)
        show_space(p);
    end_array(p);
}

void pdf_paint_text(struct pdf_canvas *c, const struct area *a, bool space_after)
{
    if (!a->as.text.count || a->as.text.size <= 0)
        return;
    struct pen p = {.canvas = c, .out = c->out, .area = a, .size = a->as.text.size};
    p.font = p.part = pdf_find_font(c->doc, a->as.text.font);
    p.unit = p.size > FINE_FROM ? 100 : 1000;
    p.spacing = em_of(&p, a->as.text.letter_spacing);
    pdf_set_fill(c, a->as.text.color);
    set_font(c, p.font, p.size);
    set_spacing(c, a->as.text.letter_spacing);
    set_position(c, a);
    if (a->as.text.actual) {
        buf_puts(c->out, "/Span<</ActualText");
        pdf_put_text(c->out, a->as.text.actual);
        buf_puts(c->out, ">>BDC\n");
    }
    show_words(&p, space_after);
    set_rise(&p, 0);
    if (a->as.text.actual)
        buf_puts(c->out, "EMC\n");
}
