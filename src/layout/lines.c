/* Elements to lines: the paragraph as boxes, glue and penalties, and back.
 *
 * Method. Three tries, as in the formatter whose pages ours shall equal: without hyphens at
 * ratio 1, with hyphens at ratio 1 (without hyphens at ratio 5 where they are forbidden), then
 * with force at ratio 20. Ragged office text that may be hyphenated has a try of its own between
 * the first two: a narrow column is better uneven than full of hyphens; and its words that are
 * wider than the line are cut, where others stand out. Ragged text gets stretch at each possible line end instead of in the
 * spaces, so that total fit evens the right edge (Knuth and Plass, section 3). */
#include "layout/para.h"

#include <stdlib.h>
#include <string.h>

enum {
    RAGGED = 3 * 3336, /* [mpt] stretch at a ragged line's end: three spaces of a 12 pt font */
    RATIO_FIRST = 1000,
    RATIO_SECOND = 5000,
    RATIO_LAST = 20000
};

struct line_item {
    struct brk_item brk; /* first */
    size_t elem;
};

struct line_list {
    struct line_item *items;
    size_t len, cap;
    enum fo_text_align align, last;
    struct para *para;
};

static enum fo_text_align align_of(const struct para *para)
{
    return para->style->inh.text_align;
}

static void put(struct line_list *l, struct brk_item it, size_t elem)
{
    struct line_item li = {it, elem};
    VEC_PUSH(l, li);
}

static void put_box(struct line_list *l, mpt width, size_t elem)
{
    put(l, (struct brk_item){.kind = BRK_BOX, .width = width}, elem);
}

static void put_glue(struct line_list *l, mpt width, mpt stretch, mpt shrink, size_t elem)
{
    struct brk_item it = {
        .kind = BRK_GLUE, .width = width, .stretch = stretch, .shrink = shrink};
    put(l, it, elem);
}

static void put_penalty(struct line_list *l, int32_t cost, size_t elem)
{
    put(l, (struct brk_item){.kind = BRK_PENALTY, .cost = cost}, elem);
}

static enum fo_text_align last_align_of(const struct para *para)
{
    enum fo_text_align last = para->style->inh.text_align_last;
    if (last != FO_ALIGN_RELATIVE)
        return last;
    return align_of(para) == FO_ALIGN_JUSTIFY ? FO_ALIGN_START : align_of(para);
}

/* Where only the last line is justified, its spaces and leaders must be able to give. */
static enum fo_text_align item_align_of(const struct para *para)
{
    return last_align_of(para) == FO_ALIGN_JUSTIFY ? FO_ALIGN_JUSTIFY : align_of(para);
}

bool para_gives(const struct para *para)
{
    return item_align_of(para) == FO_ALIGN_JUSTIFY;
}

static int32_t cost_of(int16_t cost)
{
    return cost >= TEXT_BREAK_WORST ? BRK_NEVER : cost;
}

static bool can_break(const struct para *para, const struct elem *e)
{
    const struct fo_inherited *inh = &e->inl->style->inh;
    bool whole = inh->no_wrap || inh->keep_together.line == FO_KEEP_ALWAYS;
    return e->cost < TEXT_BREAK_NEVER || (!whole && para->cps[e->from] != 0);
}

/* A space stretches by a half and shrinks by a third, or as word-spacing says. */
void para_space_gives(const struct elem *e, mpt *stretch, mpt *shrink)
{
    const struct fo_space *ws = &e->inl->style->inh.word_spacing;
    bool given = ws->min || ws->opt || ws->max;
    *stretch = given ? ws->max - ws->opt : e->width / 2;
    *shrink = given ? ws->opt - ws->min : e->width / 3;
}

/* A space that stays where a line ends or begins. */
static void put_firm_item(struct line_list *l, const struct elem *e, size_t i)
{
    mpt stretch, shrink;
    bool legal = can_break(l->para, e);
    para_space_gives(e, &stretch, &shrink);
    if (l->align == FO_ALIGN_JUSTIFY) {
        if (legal)
            put_penalty(l, cost_of(e->cost), i);
        put_glue(l, 0, stretch, shrink, i);
    } else if (legal) {
        put_glue(l, 0, RAGGED, 0, i);
        put_penalty(l, cost_of(e->cost), i);
        put_glue(l, 0, l->align == FO_ALIGN_CENTER ? -2 * (mpt)RAGGED : -RAGGED, 0, i);
    }
    put_box(l, e->width, i);
    if (legal && l->align == FO_ALIGN_CENTER)
        put_glue(l, 0, RAGGED, 0, i);
}

/* A space by alignment. Where the last line alone is justified, leaders shrink but spaces do not. */
static void put_space_item(struct line_list *l, const struct elem *e, size_t i)
{
    bool legal = can_break(l->para, e);
    int32_t cost = cost_of(e->cost);
    mpt stretch, shrink;
    para_space_gives(e, &stretch, &shrink);
    if (align_of(l->para) != FO_ALIGN_JUSTIFY)
        shrink = 0;
    if (l->align == FO_ALIGN_JUSTIFY) {
        if (legal)
            put_penalty(l, cost, i);
        put_glue(l, e->width, stretch, shrink, i);
    } else if (!legal) {
        put_glue(l, e->width, 0, 0, i);
    } else if (l->align == FO_ALIGN_CENTER) {
        put_glue(l, 0, RAGGED, 0, i);
        put_penalty(l, cost, i);
        put_glue(l, e->width, -2 * (mpt)RAGGED, 0, i);
        put_box(l, 0, i);
        put_glue(l, 0, RAGGED, 0, i);
    } else {
        put_glue(l, 0, RAGGED, 0, i);
        put_penalty(l, cost, i);
        put_glue(l, e->width, -RAGGED, 0, i);
    }
}

static mpt hyphen_width(const struct para *para, const struct elem *e)
{
    uint32_t cp = e->inl->style->inh.hyphenation_character;
    const struct text_word *w = text_shape(e->font, &cp, 1, NULL, 0);
    return text_scale(e->font, w->advance, e->inl->style->inh.font_size) +
           e->inl->style->inh.letter_spacing;
    (void)para;
}

/* A break between two letters. */
static void put_break_item(struct line_list *l, const struct elem *e, size_t i)
{
    struct brk_item it = {.kind = BRK_PENALTY, .cost = cost_of(e->cost)};
    if (e->hyphen) {
        it.flagged = !e->soft;
        it.before = hyphen_width(l->para, e);
    }
    if (l->align == FO_ALIGN_JUSTIFY) {
        put(l, it, i);
        return;
    }
    put_glue(l, 0, RAGGED, 0, i);
    put(l, it, i);
    put_glue(l, 0, l->align == FO_ALIGN_CENTER ? -2 * (mpt)RAGGED : -RAGGED, 0, i);
    if (l->align == FO_ALIGN_CENTER) {
        put_box(l, 0, i);
        put_glue(l, 0, RAGGED, 0, i);
    }
}

/* The end of a paragraph or of a line that a line feed ends. */
static void put_end(struct line_list *l, size_t i)
{
    struct para *para = l->para;
    mpt indent = fo_length_resolve(para->style->inh.last_line_end_indent, para->run.width, 0);
    if (l->align == FO_ALIGN_CENTER)
        put_glue(l, indent, RAGGED, 0, i);
    else if (l->last != FO_ALIGN_JUSTIFY)
        put_glue(l, indent, mpt_max(para->run.width - indent, 0), 0, i);
    else if (indent)
        put_glue(l, indent, 0, 0, i);
    put_penalty(l, BRK_FORCED, i);
}

static void put_object_item(struct line_list *l, const struct elem *e, size_t i)
{
    const struct object *o = e->as.object;
    if (l->align == FO_ALIGN_JUSTIFY && (o->stretch || o->shrink)) {
        put_box(l, 0, i);
        put_glue(l, o->width, o->stretch, o->shrink, i);
        put_box(l, 0, i);
    } else {
        put_box(l, e->width, i);
    }
}

/* Takes no room. */
static bool is_edgeless(const struct elem *e)
{
    return e->kind == E_ANCHOR || ((e->kind == E_OPEN || e->kind == E_CLOSE) && e->width == 0);
}

static bool is_blank(const struct elem *e)
{
    return (e->kind == E_SPACE && !e->firm) || e->kind == E_BREAK;
}

/* Spaces that do not count at the beginning and the end of [from, to): the rest. */
static void trim_blanks(const struct para *para, size_t *from, size_t *to)
{
    while (space_ends_dropped(para, false) && *from < *to &&
           (is_blank(&para->elems[*from]) || is_edgeless(&para->elems[*from])))
        ++*from;
    while (space_ends_dropped(para, true) && *to > *from &&
           (is_blank(&para->elems[*to - 1]) || is_edgeless(&para->elems[*to - 1])))
        --*to;
}

/* The items of elements [from, to), which end a paragraph or at a line feed. */
static void make_items(struct line_list *l, size_t from, size_t to, mpt indent)
{
    struct para *para = l->para;
    size_t first = from, tail = to;
    trim_blanks(para, &first, &tail);
    l->len = 0;
    if (indent)
        put_box(l, indent, from);
    if (l->align == FO_ALIGN_CENTER) {
        put_box(l, 0, from);
        put_glue(l, 0, RAGGED, 0, from);
    }
    for (size_t i = from; i < to; i++) {
        const struct elem *e = &para->elems[i];
        switch (e->kind) {
        case E_SPACE:
            if (e->firm)
                put_firm_item(l, e, i);
            else if (i >= first && i < tail && i + 1 < to)
                put_space_item(l, e, i);
            else if (i >= first && i < tail)
                put_box(l, e->width, i);
            break;
        case E_BREAK:
            if (i >= first && i < tail)
                put_break_item(l, e, i);
            break;
        case E_OBJECT:
            put_object_item(l, e, i);
            break;
        case E_WORD:
            put_box(l, e->width, i);
            break;
        case E_OPEN:
        case E_CLOSE:
            if (e->width)
                put_box(l, e->width, i);
            break;
        default:
            break;
        }
    }
    put_end(l, to);
}

static struct brk_break *try_lines(struct line_list *l, int64_t threshold, int mode, size_t *n)
{
    const struct fo_inherited *inh = &l->para->style->inh;
    struct brk_params bp = {.items = l->items,
                            .stride = sizeof *l->items,
                            .count = l->len,
                            .room = l->para->run.width,
                            .threshold = threshold,
                            .hyphens = mode > 0,
                            .force = mode > 1,
                            .ladder = inh->hyphenation_ladder};
    return brk_find(&bp, l->para->arena, n);
}

/* A space at a line's end among the beginnings and ends of inlines: it is gone. False at what
 * takes room. */
static bool drop_blank(struct elem *e)
{
    if (e->kind == E_SPACE && !e->firm) {
        e->kind = E_BREAK;
        e->width = 0;
        return true;
    }
    return e->kind == E_BREAK || is_edgeless(e);
}

static bool is_at_edge(const struct elem *e);
static void elem_extent(const struct para *para, const struct elem *e, mpt *ascent,
                        mpt *descent);

/* Spaces before and after inlines are discarded where a line begins and ends, unless they are to be
 * retained (4.3.1). */
static void drop_spaces_at_edges(struct para *para, size_t from, size_t to)
{
    struct elem *e;
    size_t i = from;
    for (; i < to &&
           (e = &para->elems[i], is_blank(e) || e->kind == E_ANCHOR || e->kind == E_OPEN);
         i++) {
        const struct fo_space *space = &e->inl->style->own.space_start;
        if (e->kind == E_OPEN && !space->retain && e->width == e->inl->edge_start)
            e->width -= space->opt;
        if (e->width && !is_blank(e))
            break;
    }
    while (to > from && (e = &para->elems[to - 1],
                         is_blank(e) || e->kind == E_ANCHOR || e->kind == E_CLOSE)) {
        to--;
        const struct fo_space *space = &e->inl->style->own.space_end;
        if (e->kind == E_CLOSE && !space->retain && e->width == e->inl->edge_end)
            e->width -= space->opt;
        if (e->width && !is_blank(e))
            break;
    }
}

/* One line from a break: elements without the spaces at its ends, with its height. The block's
 * line-height is centred on its own font's typographic extent; what inlines need beyond that
 * extent comes on top, so that their own line-height does not count (4.5 leaves the choice).
 * What is aligned with the line's edges lengthens it downwards only. */
static void add_line(struct para *para, size_t from, size_t to, struct line line)
{
    drop_spaces_at_edges(para, from, to);
    bool begins = space_ends_dropped(para, false);
    bool ends = !line.last || space_ends_dropped(para, true);
    while (begins && from < to && is_blank(&para->elems[from]))
        from++;
    while (ends && to > from && is_blank(&para->elems[to - 1]))
        to--;
    for (size_t i = from; begins && i < to && drop_blank(&para->elems[i]);)
        i++;
    for (size_t i = to; ends && i > from && drop_blank(&para->elems[i - 1]);)
        i--;
    line.from = from;
    line.to = to;
    struct elem strut = {.kind = E_WORD, .inl = NULL};
    elem_extent(para, &strut, &line.ascent, &line.descent);
    mpt lead = line_height_of(para->style) - line.ascent - line.descent, at_edge = 0;
    for (size_t i = from; i < to && !para->style->inh.line_stacking_font_height; i++) {
        mpt a = 0, d = 0;
        const struct elem *e = &para->elems[i];
        if (e->kind == E_OPEN || e->kind == E_CLOSE || e->kind == E_ANCHOR)
            continue;
        elem_extent(para, e, &a, &d);
        if (is_at_edge(e)) {
            at_edge = mpt_max(at_edge, a + d);
            continue;
        }
        line.ascent = mpt_max(line.ascent, a);
        line.descent = mpt_max(line.descent, d);
    }
    line.descent = mpt_max(line.descent, at_edge - line.ascent);
    line.over = line.ascent;
    line.under = line.descent;
    line.ascent += lead / 2;
    line.descent += lead - lead / 2;
    para->lines[para->line_count++] = line;
}

static void report_overfull(struct para *para, const struct line *line)
{
    const struct elem *e = &para->elems[line->from];
    diag_add(para->pass->diag, DIAG_WARNING, e->inl->node->loc, "line-overfull",
             _("a line is wider than its room and stands out"));
}

/* What a line broke at is the first of the next one. */
static bool begins_line(const struct para *para, size_t elem)
{
    const struct elem *e = &para->elems[elem];
    return e->kind == E_SPACE && (e->firm || !space_ends_dropped(para, false));
}

static void take_lines(struct line_list *l, size_t to, const struct brk_break *br, size_t n,
                       struct line line)
{
    struct para *para = l->para;
    size_t begin = l->items[0].elem;
    struct line *grown = ARENA_ARRAY(para->arena, struct line, para->line_count + n);
    if (para->line_count)
        memcpy(grown, para->lines, para->line_count * sizeof *grown);
    para->lines = grown;
    for (size_t k = 0; k < n; k++) {
        const struct line_item *it = &l->items[br[k].pos];
        line.last = k + 1 == n;
        line.hyphen = !line.last && para->elems[it->elem].hyphen;
        line.ratio = br[k].ratio;
        size_t end = line.last ? to : it->elem;
        add_line(para, begin, end, line);
        if (br[k].overfull)
            report_overfull(para, &para->lines[para->line_count - 1]);
        begin = line.last ? to : it->elem + !begins_line(para, it->elem);
        line.indent = 0;
        line.first = false;
    }
}

/* A ragged line may leave half of its width empty, and five ems at most, before a word is
 * hyphenated for it: in a column of two words a hyphen in every cell is the greater evil. */
static int64_t ragged_ratio(const struct para *para)
{
    mpt gap = mpt_min(para->run.width / 2, 5 * para->style->inh.font_size);
    return mpt_max(gap * 1000 / RAGGED, RATIO_FIRST);
}

/* What fits on one line as it is stays there: any other break would leave both its lines emptier
 * than this one. Most cells of tables are such, so the breaker is not asked. */
static bool is_one_line(const struct line_list *l, struct brk_break *whole)
{
    mpt missing = l->para->run.width, give = 0;
    for (size_t i = 0; i < l->len; i++) {
        const struct brk_item *it = &l->items[i].brk;
        if (it->kind == BRK_PENALTY)
            continue;
        missing -= it->width;
        give += it->kind == BRK_GLUE ? it->stretch : 0;
    }
    *whole = (struct brk_break){.pos = l->len - 1};
    if (missing > 0 && give > 0)
        whole->ratio = missing * 1000 / give;
    return missing >= 0 && l->last != FO_ALIGN_JUSTIFY;
}

/* Elements [from, *to) into lines, whatever it takes. Words are hyphenated when the lines
 * without hyphens will not do: *to grows by the parts. */
static void break_stretch(struct para *para, size_t from, size_t *to, mpt indent)
{
    struct line_list l = {.para = para,
                          .items = para->room->items,
                          .cap = para->room->item_cap,
                          .align = item_align_of(para),
                          .last = last_align_of(para)};
    size_t n = 0;
    bool hyphenate = para->style->inh.hyphenate;
    make_items(&l, from, *to, indent);
    struct brk_break whole, *br = NULL;
    if (is_one_line(&l, &whole)) {
        br = &whole;
        n = 1;
    }
    if (!br)
        br = try_lines(&l, RATIO_FIRST, 0, &n);
    if (!br && hyphenate && para->office && l.align != FO_ALIGN_JUSTIFY)
        br = try_lines(&l, ragged_ratio(para), 0, &n);
    if (!br && hyphenate) {
        *to = para_hyphenate(para, from, *to);
        make_items(&l, from, *to, indent);
    }
    if (!br)
        br = try_lines(&l, hyphenate ? RATIO_FIRST : RATIO_SECOND, hyphenate, &n);
    if (!br)
        br = try_lines(&l, RATIO_LAST, 2, &n);
    struct line first = {.indent = indent, .first = true};
    take_lines(&l, *to, br, n, first);
    para->room->items = l.items;
    para->room->item_cap = l.cap;
}

static bool has_wide_word(const struct para *para)
{
    for (size_t i = 0; i < para->elem_count; i++)
        if (para->elems[i].kind == E_WORD && para->elems[i].width > para->run.width)
            return true;
    return false;
}

/* The element at which the lines begin when the characters before `done` stand on earlier pages. */
static size_t elem_after(const struct para *para, uint32_t done)
{
    size_t i = 0;
    while (done && i < para->elem_count && para->elems[i].from < done)
        i++;
    return i;
}

/* A word that was broken where a page ended: only the rest of it is left. */
static void trim_word(struct para *para, uint32_t done)
{
    for (size_t i = 0; i < para->elem_count && para->elems[i].from < done; i++) {
        struct elem *e = &para->elems[i];
        if (e->kind != E_WORD || e->to <= done)
            continue;
        e->from = done;
        para_set_word(para, e);
    }
}

/* The block that divides the paragraph stands in the inline. */
static bool holds_stop(const struct para *para, const struct fo_node *inline_node)
{
    const struct fo_node *n = para->run.stop;
    while (n && n != inline_node)
        n = n->parent;
    return n != NULL;
}

/* What stands in a line alone makes one: all but the edges of inlines, and among these a wrapper and
 * what has an id do, as in other formatters. */
static bool makes_line(const struct para *para, const struct elem *e)
{
    if (e->kind == E_ANCHOR)
        return !e->note && e->as.node->type != FO_MARKER && !holds_stop(para, e->as.node);
    if (e->kind == E_OPEN)
        return e->inl->node->type == FO_WRAPPER;
    return e->kind != E_CLOSE;
}

void para_break(struct para *para)
{
    mpt indent = 0;
    if (para->run.is_first && !para->run.done)
        indent = fo_length_resolve(para->style->inh.text_indent, para->run.width, 0);
    trim_word(para, para->run.done);
    if (para->office && has_wide_word(para)) {
        if (para->style->inh.hyphenate)
            para_hyphenate(para, 0, para->elem_count);
        para_cut_long(para, para->run.width);
    }
    size_t from = elem_after(para, para->run.done);
    for (size_t i = from; i < para->elem_count; i++) {
        if (para->elems[i].kind != E_FEED)
            continue;
        break_stretch(para, from, &i, indent);
        from = i + 1;
        indent = 0;
    }
    bool more = false, note = false;
    for (size_t i = from; i < para->elem_count && !more; i++) {
        more = makes_line(para, &para->elems[i]);
        note |= para->elems[i].note != NULL;
    }
    size_t end = para->elem_count;
    if (more || note)
        break_stretch(para, from, &end, indent);
    if (note && !more) /* whose footnote has no sign in the text */
        para->lines[para->line_count - 1].ascent = para->lines[para->line_count - 1].descent =
            0;
}

static void text_extent(const struct text_font *font, const struct fo_style *s, mpt *ascent,
                        mpt *descent)
{
    const struct text_font_info *info = text_font_info(font);
    *ascent = text_scale(font, info->ascender, s->inh.font_size);
    *descent = -text_scale(font, info->descender, s->inh.font_size);
}

/* Where a baseline lies above the alphabetic one of something with this extent [mpt]. */
static mpt baseline_at(enum fo_baseline which, mpt ascent, mpt descent, mpt x_height)
{
    switch (which) {
    case FO_BASELINE_MIDDLE:
        return x_height / 2;
    case FO_BASELINE_CENTRAL:
        return (ascent - descent) / 2;
    case FO_BASELINE_BEFORE_EDGE:
    case FO_BASELINE_TEXT_BEFORE_EDGE:
        return ascent;
    case FO_BASELINE_HANGING:
        return ascent * 8 / 10;
    case FO_BASELINE_AFTER_EDGE:
    case FO_BASELINE_TEXT_AFTER_EDGE:
    case FO_BASELINE_IDEOGRAPHIC:
        return -descent;
    case FO_BASELINE_MATHEMATICAL:
        return ascent / 2;
    default:
        return 0;
    }
}

/* The same of an inline's font. */
static mpt font_baseline(enum fo_baseline which, const struct inl *in)
{
    mpt ascent, descent, size = in->style->inh.font_size;
    text_extent(in->font, in->style, &ascent, &descent);
    return baseline_at(which, ascent, descent,
                       text_scale(in->font, text_font_info(in->font)->x_height, size));
}

mpt para_inline_shift(const struct inl *in)
{
    enum fo_baseline which = in->style->own.alignment_baseline;
    return font_baseline(which, in->parent) - font_baseline(which, in);
}

/* The same of an object. */
static mpt object_shift(const struct elem *e)
{
    enum fo_baseline which = e->inl->style->own.alignment_baseline;
    mpt height = e->as.object->ascent;
    return font_baseline(which, e->inl->parent) - baseline_at(which, height, 0, height);
}

/* The element is aligned with the line's before- or after-edge. */
static bool is_at_edge(const struct elem *e)
{
    enum fo_baseline which = e->inl->style->own.alignment_baseline;
    return e->inl->parent &&
           (which == FO_BASELINE_BEFORE_EDGE || which == FO_BASELINE_AFTER_EDGE);
}

mpt para_elem_shift(const struct para *para, const struct line *line, const struct elem *e)
{
    mpt ascent, descent, shift = e->inl->shift;
    bool object = e->kind == E_OBJECT && e->as.object->kind != OBJ_PAGE_NUMBER;
    if (object)
        shift += object_shift(e);
    if (!is_at_edge(e))
        return shift;
    elem_extent(para, e, &ascent, &descent);
    if (e->inl->style->own.alignment_baseline == FO_BASELINE_BEFORE_EDGE)
        return shift + line->over - ascent;
    return shift + descent - line->under;
}

/* By how much a shift of the baseline moves what counts for the line's height. */
static mpt counted_shift(const struct para *para, const struct inl *in)
{
    return para->style->inh.disregard_shifts ? 0 : in->shift;
}

static void object_extent(const struct para *para, const struct elem *e, mpt *ascent,
                          mpt *descent)
{
    const struct object *o = e->as.object;
    mpt shift = counted_shift(para, e->inl) + object_shift(e);
    *ascent = o->ascent + shift;
    *descent = o->descent - shift;
}

/* Height above and below the line's baseline that an element takes. */
static void elem_extent(const struct para *para, const struct elem *e, mpt *ascent,
                        mpt *descent)
{
    if (e->kind == E_OBJECT && e->as.object->kind != OBJ_PAGE_NUMBER) {
        object_extent(para, e, ascent, descent);
        return;
    }
    const struct inl *inl = e->inl;
    const struct fo_style *s = inl ? inl->style : para->style;
    text_extent(inl ? inl->font : style_font(para->pass, s), s, ascent, descent);
    if (inl) {
        *ascent += counted_shift(para, inl);
        *descent -= counted_shift(para, inl);
    }
}

/* ---- into the list */

static void add_anchor(struct para *para, struct vlist *v, const struct elem *e)
{
    struct anchor a = {.node = e->as.node, .frame = para->run.frame};
    a.kind = a.node->type == FO_MARKER ? ANCHOR_MARKER : ANCHOR_ID;
    if (e->note)
        return;
    vlist_anchor(v, &a);
}

static size_t add_anchors(struct para *para, struct vlist *v, size_t from, size_t to)
{
    for (; from < to; from++)
        if (para->elems[from].kind == E_ANCHOR)
            add_anchor(para, v, &para->elems[from]);
    return from;
}

static struct note *notes_of(const struct para *para, size_t from, size_t to)
{
    struct note *first = NULL, **last = &first;
    for (size_t i = from; i < to; i++)
        if (para->elems[i].kind == E_ANCHOR && para->elems[i].note) {
            *last = para->elems[i].note;
            last = &(*last)->next;
        }
    return first;
}

/* Of a break before line k. What line feeds divide counts as so many paragraphs, as in other
 * formatters: program text may break after any of its lines. */
static int32_t line_break_cost(const struct para *para, size_t k)
{
    const struct fo_inherited *inh = &para->style->inh;
    size_t from = k, to = k;
    int32_t cost = para->run.keep;
    if (para->lines[k].first)
        return cost;
    size_t orphans = (size_t)inh->orphans, widows = (size_t)inh->widows;
    while (k - from < orphans && from > 0 && !para->lines[from].first)
        from--;
    while (to - k < widows && to < para->line_count && (to == k || !para->lines[to].first))
        to++;
    bool orphan = k - from < orphans && (from > 0 || !para->run.done);
    bool widow = to - k < widows;
    if (orphan || widow)
        cost = cost > BRK_NEVER ? cost : BRK_NEVER;
    return cost;
}

void para_layout(struct pass *p, struct vlist *v, const struct inline_run *run)
{
    struct para *para = para_collect(p, vlist_arena(v, run->block), run);
    para_break(para);
    para_seal(para);
    size_t done = elem_after(para, run->done);
    for (size_t k = 0; k < para->line_count; k++) {
        const struct line *line = &para->lines[k];
        if (k > 0)
            vlist_boundary(v, line_break_cost(para, k));
        size_t from = done;
        done = add_anchors(para, v, done, line->to);
        mpt height = line->ascent + line->descent;
        struct vitem *it = vlist_box(v, run->frame, V_LINE, mpt_max(height, 0));
        it->body = para;
        it->index = k;
        it->notes = notes_of(para, from, done);
        if (line->from < line->to)
            it->line = para->elems[line->from].inl->node->loc.line;
    }
    add_anchors(para, v, done, para->elem_count);
}

/* ---- widths for automatic tables */

void para_widths(struct pass *p, const struct inline_run *run, mpt *min, mpt *max)
{
    struct arena *a = arena_new();
    struct para *para = para_collect(p, a, run);
    mpt word = 0, line = fo_length_resolve(para->style->inh.text_indent, 0, 0);
    *min = *max = 0;
    for (size_t i = 0; i <= para->elem_count; i++) {
        const struct elem *e = i < para->elem_count ? &para->elems[i] : NULL;
        bool feed = !e || e->kind == E_FEED;
        bool gap = feed || ((e->kind == E_SPACE || e->kind == E_BREAK) &&
                            e->cost < TEXT_BREAK_WORST && !e->hyphen);
        if (gap) {
            *min = mpt_max(*min, word);
            word = 0;
        } else {
            word += e->width;
        }
        if (e)
            line += e->width;
        if (feed) {
            *max = mpt_max(*max, line);
            line = 0;
        }
    }
    para_drop(para);
    arena_free(a);
}
