/* A page of areas becomes a content stream: groups, marked content, links, destinations.
 *
 * Marked content (ISO 32000-1, 14.6): every painting operator lies between BDC with the tag's
 * name and an MCID, or between /Artifact BMC, and EMC. A sequence goes on while the tag stays
 * the same, so a paragraph of forty lines is one sequence; it closes before q and Q, except
 * around a group that belongs to one tag whole (a drawing). Between pieces of text the
 * sequences begin and end inside one text object, so that lines are placed from one another:
 * the same small moves over and over deflate to almost nothing. */
#include "pdf/canvas.h"

#include <stdlib.h>
#include <string.h>

/* ISO 19005-2, 6.1.13: q nests at most 28 deep; images take one more. */
enum { DEEPEST = 26 };

/* Text this far apart on a line, in hundredths of an em, is parted by a space: what extractors take
 * for one without being told. */
enum { APART = 15 };

static bool is_apart(mpt gap, mpt size)
{
    return gap * 100 >= size * APART;
}

void pdf_put_op(struct buf *out, const char *op, const mpt *numbers, int count)
{
    for (int i = 0; i < count; i++) {
        buf_put_milli(out, mpt_max(mpt_min(numbers[i], PDF_FARTHEST), -PDF_FARTHEST));
        buf_putc(out, ' ');
    }
    buf_puts(out, op);
    buf_putc(out, '\n');
}

static void put_color(struct buf *out, uint32_t color, const char *rgb, const char *grey)
{
    mpt v[3];
    for (int i = 0; i < 3; i++)
        v[i] = ((mpt)(color >> (16 - 8 * i) & 255) * 1000 + 127) / 255;
    if (v[0] == v[1] && v[1] == v[2])
        pdf_put_op(out, grey, v, 1);
    else
        pdf_put_op(out, rgb, v, 3);
}

void pdf_set_fill(struct pdf_canvas *c, uint32_t color)
{
    if (c->fade)
        color = pdf_on_white(color, (uint8_t)(255 - c->fade));
    if (c->state.fill == color)
        return;
    put_color(c->out, color, "rg", "g");
    c->state.fill = color;
}

void pdf_set_stroke(struct pdf_canvas *c, uint32_t color)
{
    if (c->fade)
        color = pdf_on_white(color, (uint8_t)(255 - c->fade));
    if (c->state.stroke == color)
        return;
    put_color(c->out, color, "RG", "G");
    c->state.stroke = color;
}

void pdf_set_line_width(struct pdf_canvas *c, mpt width)
{
    if (c->state.line_width == width)
        return;
    pdf_put_op(c->out, "w", &width, 1);
    c->state.line_width = width;
}

static void put_end_of_mark(struct pdf_canvas *c)
{
    if (c->marking != PDF_UNMARKED)
        buf_puts(c->out, "EMC\n");
    c->marking = PDF_UNMARKED;
}

/* Ends the text object, and the marked content in it. */
static void end_text(struct pdf_canvas *c)
{
    if (!c->in_text)
        return;
    if (c->mark_in_text)
        put_end_of_mark(c);
    buf_puts(c->out, "ET\n");
    c->in_text = false;
}

static void begin_text(struct pdf_canvas *c)
{
    if (c->in_text)
        return;
    buf_puts(c->out, "BT\n");
    c->in_text = true;
    c->line_x = c->line_y = 0;
}

/* Ends the marked content, and the text object in it. */
static void end_mark(struct pdf_canvas *c)
{
    if (c->in_text && !c->mark_in_text)
        end_text(c);
    put_end_of_mark(c);
}

/* 14.8.2.2.2: part 1 has the types, later parts the subtypes too. */
static const char *const artifacts[] = {
    [AREA_BODY] = "/Artifact BMC\n",
    [AREA_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
    [AREA_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
    [AREA_SIDE] = "/Artifact<</Type/Pagination>>BDC\n"};

/* Whatever is painted next belongs to `tag` (NULL: it is an artifact) and is text or is not. */
static void set_mark(struct pdf_canvas *c, const struct area_tag *tag, bool text)
{
    enum pdf_marking wanted = tag ? PDF_TAGGED : PDF_ARTIFACT;
    bool same = c->marking == wanted && (tag ? c->tag == tag : c->marked_region == c->region);
    if (!same)
        end_mark(c);
    if (text)
        begin_text(c);
    else
        end_text(c);
    if (c->marking == wanted)
        return;
    c->marking = wanted;
    c->tag = tag;
    c->mark_in_text = text;
    c->marked_region = c->region;
    if (!tag) {
        buf_puts(c->out, artifacts[c->region]);
        return;
    }
    pdf_put_name(c->out, tag->role);
    buf_puts(c->out, "<</MCID ");
    buf_putd(c->out, (int64_t)(c->doc->marks.len - c->doc->pages.items[c->page].first_mark));
    buf_puts(c->out, ">>BDC\n");
    VEC_PUSH(&c->doc->marks, ((struct pdf_mark){tag->number, c->page}));
}

/* A box is decoration unless it is part of a drawing. */
static const struct area_tag *tag_of(const struct area *a, const struct area_tag *inherited)
{
    const struct area_tag *tag = area_tag_of(a, inherited);
    if (a->type == AREA_BOX && !area_find_role(tag, AREA_FIGURE))
        return NULL;
    return tag;
}

/* Does everything painted in these areas belong to `tag`? */
static bool is_uniform(const struct area *a, const struct area_tag *tag,
                       const struct area_tag *inherited)
{
    for (; a; a = a->next) {
        const struct area_tag *own = tag_of(a, inherited);
        if (a->type == AREA_GROUP && !is_uniform(a->as.group.child, tag, own))
            return false;
        if (a->type <= AREA_PATH && own != tag)
            return false;
    }
    return true;
}

/* Two factors, or a factor and a length, [1/1000000]; a drawing may say absurd ones. */
static int64_t product(int64_t a, int64_t b)
{
    __extension__ __int128 v = (__int128)a * b, most = INT64_C(1000000000000000);
    v = (v >= 0 ? v + 500000 : v - 500000) / 1000000;
    return (int64_t)(v > most ? most : v < -most ? -most : v);
}

/* A point of an area's coordinates on the page. */
static void to_page(const struct pdf_canvas *c, mpt x, mpt y, mpt point[2])
{
    const struct pdf_matrix *m = &c->state.matrix;
    mpt u = pdf_x(c, x), v = pdf_y(c, y);
    point[0] = product(m->a, u) + product(m->c, v) + m->e;
    point[1] = product(m->b, u) + product(m->d, v) + m->f;
}

/* The rectangle on the page around an area. */
static void box_of(const struct pdf_canvas *c, const struct area *a, mpt box[4])
{
    for (int corner = 0; corner < 4; corner++) {
        mpt p[2];
        to_page(c, corner & 1 ? a->x + a->width : a->x, corner & 2 ? a->y + a->height : a->y,
                p);
        for (int i = 0; i < 2; i++) {
            box[i] = corner ? mpt_min(box[i], p[i]) : p[i];
            box[i + 2] = corner ? mpt_max(box[i + 2], p[i]) : p[i];
        }
    }
}

static void widen(mpt box[4], const mpt more[4])
{
    for (int i = 0; i < 2; i++) {
        box[i] = mpt_min(box[i], more[i]);
        box[i + 2] = mpt_max(box[i + 2], more[i + 2]);
    }
}

/* Remember where the figure stands that `tag` lies in. */
static void note_figure(struct pdf_canvas *c, const struct area *a, const struct area_tag *tag)
{
    const struct area_tag *figure = area_find_role(tag, AREA_FIGURE);
    struct pdf_doc *d = c->doc;
    if (!figure)
        return;
    struct pdf_figure f = {.tag = figure->number, .page = c->page};
    size_t n = d->figures.len;
    bool known = n && d->figures.items[n - 1].tag == f.tag, text = a->type == AREA_TEXT;
    if (text && known)
        return; /* text in a drawing, whose box is known */
    struct area box = *a;
    if (text)
        box.y -= a->height; /* its y is the baseline */
    box_of(c, &box, f.box);
    if (!known)
        VEC_PUSH(&d->figures, f);
    else if (d->figures.items[n - 1].page == f.page)
        widen(d->figures.items[n - 1].box, f.box);
}

/* The dots of a leader, which nobody wants to hear. */
static bool is_dots(const struct area *a)
{
    size_t dots = 0;
    for (size_t i = 0; i < a->as.text.count; i++)
        for (size_t k = 0; k < a->as.text.words[i].word->cp_count; k++, dots++)
            if (a->as.text.words[i].word->cps[k] != '.')
                return false;
    return dots > 3;
}

/* What is told of a link or a list by the text in it, which a space follows or does not. */
static void note_text(struct pdf_canvas *c, const struct area *a, const struct area_tag *tag,
                      bool space_after)
{
    struct pdf_doc *d = c->doc;
    const struct area_tag *link = area_find_role(tag, AREA_LINK_ROLE);
    if (link) {
        size_t n = d->link_texts.len;
        if (!n || d->link_texts.items[n - 1].tag != link->number) {
            VEC_PUSH(&d->link_texts, ((struct pdf_note){.tag = link->number}));
            n++;
        }
        if (!is_dots(a))
            area_put_text(a, &d->link_texts.items[n - 1].text);
        if (space_after)
            buf_putc(&d->link_texts.items[n - 1].text, ' ');
    }
    const struct area_tag *list = area_find_role(area_find_role(tag, AREA_LBL), AREA_L);
    if (list && a->as.text.count && a->as.text.words[0].word->cp_count) {
        size_t n = d->labels_seen.len;
        if (!n || d->labels_seen.items[n - 1].tag != list->number)
            VEC_PUSH(&d->labels_seen,
                     ((struct pdf_note){.tag = list->number,
                                        .label = a->as.text.words[0].word->cps[0]}));
    }
}

static void add_link(struct pdf_canvas *c, const struct area *a, const struct area_tag *tag)
{
    const struct area_tag *link = area_find_role(tag, AREA_LINK_ROLE);
    if (!a->as.link.id && !a->as.link.uri)
        return;
    struct pdf_link l = {.dict = pdf_new_dict(c->doc),
                         .tag = link ? link->number : 0,
                         .page = c->page,
                         .id = a->as.link.id ? mem_strdup(a->as.link.id) : NULL,
                         .uri = a->as.link.uri ? mem_strdup(a->as.link.uri) : NULL,
                         .line = a->line};
    box_of(c, a, l.box);
    VEC_PUSH(&c->doc->links, l);
}

/* The name of a field among those before it; a stop would part it from a parent's (12.7.3.2). */
static char *field_name(const struct pdf_doc *d, const char *name)
{
    struct buf out = BUF_EMPTY;
    for (int n = 1;; n++) {
        size_t i = 0;
        buf_clear(&out);
        buf_puts(&out, *name ? name : "signature");
        if (n > 1)
            buf_printf(&out, "-%d", n);
        for (char *c = out.bytes; *c; c++)
            *c = *c == '.' ? '-' : *c;
        while (i < d->links.len &&
               !(d->links.items[i].field && strcmp(d->links.items[i].field, out.bytes) == 0))
            i++;
        if (i == d->links.len)
            return out.bytes;
    }
}

static void add_field(struct pdf_canvas *c, const struct area *a, const struct area_tag *tag)
{
    if (!a->as.report.field)
        return;
    struct pdf_link l = {.dict = pdf_new_dict(c->doc),
                         .tag = tag && tag->role_bit == AREA_FORM ? tag->number : 0,
                         .page = c->page,
                         .field = field_name(c->doc, a->as.report.field)};
    box_of(c, a, l.box);
    VEC_PUSH(&c->doc->links, l);
}

static void add_dest(struct pdf_canvas *c, const struct area *a)
{
    mpt point[2];
    to_page(c, a->x, a->y, point);
    VEC_PUSH(&c->doc->dests, ((struct pdf_dest){mem_strdup(a->as.dest.id), c->page, point[1]}));
}

static void paint_areas(struct pdf_canvas *c, const struct area *a,
                        const struct area_tag *inherited);

/* The group's coordinates as a matrix of the content stream, whose y grows upwards. */
static struct pdf_matrix group_matrix(const struct pdf_canvas *c, const struct area *a)
{
    const int64_t one = 1000000, *m = a->as.group.matrix;
    mpt left = pdf_x(c, a->x), top = pdf_y(c, a->y);
    mpt right = left + a->width, bottom = top - a->height;
    if (a->as.group.transformed)
        return (struct pdf_matrix){m[0], -m[1], -m[2], m[3], left + m[4], top - m[5]};
    switch (a->as.group.rotation) {
    case 90:
        return (struct pdf_matrix){0, one, -one, 0, left, bottom};
    case 180:
        return (struct pdf_matrix){-one, 0, 0, -one, right, bottom};
    case 270:
        return (struct pdf_matrix){0, -one, one, 0, right, top};
    default:
        return (struct pdf_matrix){one, 0, 0, one, left, top};
    }
}

struct pdf_matrix pdf_concat(const struct pdf_matrix *m, const struct pdf_matrix *n)
{
    return (struct pdf_matrix){product(m->a, n->a) + product(m->b, n->c),
                               product(m->a, n->b) + product(m->b, n->d),
                               product(m->c, n->a) + product(m->d, n->c),
                               product(m->c, n->b) + product(m->d, n->d),
                               product(m->e, n->a) + product(m->f, n->c) + n->e,
                               product(m->e, n->b) + product(m->f, n->d) + n->f};
}

void pdf_put_factor(struct buf *out, int64_t v)
{
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    if (v < 0)
        buf_putc(out, '-');
    buf_putd(out, (int64_t)(u / 1000000));
    if (u % 1000000)
        buf_printf(out, ".%06u", (unsigned)(u % 1000000));
    buf_putc(out, ' ');
}

static void apply_matrix(struct pdf_canvas *c, const struct pdf_matrix *m)
{
    const int64_t factors[4] = {m->a, m->b, m->c, m->d};
    const mpt moves[2] = {m->e, m->f};
    for (int i = 0; i < 4; i++)
        pdf_put_factor(c->out, factors[i]);
    pdf_put_op(c->out, "cm", moves, 2);
    c->state.matrix = pdf_concat(m, &c->state.matrix);
    c->state.stream = pdf_concat(m, &c->state.stream);
    c->state.left = c->state.top = 0;
}

static void clip_to(struct pdf_canvas *c, const struct area *a)
{
    const mpt box[4] = {pdf_x(c, a->x), pdf_y(c, a->y + a->height), a->width, a->height};
    pdf_put_op(c->out, "re W n", box, 4);
}

static bool has_clip_path(const struct area *group)
{
    for (const struct area *a = group->as.group.child; a; a = a->next)
        if (a->type == AREA_PATH && a->as.path->clip)
            return true;
    return false;
}

/* A group that only moves its children changes no state of the viewer's. */
static void paint_moved(struct pdf_canvas *c, const struct area *a, const struct area_tag *tag)
{
    mpt left = c->state.left, top = c->state.top;
    c->state.left = pdf_x(c, a->x);
    c->state.top = pdf_y(c, a->y);
    paint_areas(c, a->as.group.child, tag);
    c->state.left = left;
    c->state.top = top;
}

static void paint_saved(struct pdf_canvas *c, const struct area *a, const struct area_tag *tag)
{
    struct pdf_state saved = c->state;
    bool uniform = is_uniform(a->as.group.child, tag, tag);
    end_text(c);
    if (uniform)
        set_mark(c, tag, false);
    else
        end_mark(c);
    buf_puts(c->out, "q\n");
    c->depth++;
    if (a->as.group.clip)
        clip_to(c, a);
    struct pdf_matrix m = group_matrix(c, a);
    if (a->as.group.transformed || a->as.group.rotation) {
        apply_matrix(c, &m);
    } else {
        c->state.left = m.e;
        c->state.top = m.f;
    }
    paint_areas(c, a->as.group.child, tag);
    end_text(c);
    if (!uniform)
        end_mark(c);
    buf_puts(c->out, "Q\n");
    c->depth--;
    c->state = saved;
}

static void paint_opaque(struct pdf_canvas *c, const struct area *a, const struct area_tag *tag)
{
    if (!a->as.group.clip && !a->as.group.transformed && !a->as.group.rotation &&
        !has_clip_path(a)) {
        paint_moved(c, a, tag);
    } else if (c->depth >= DEEPEST) {
        diag_add(c->doc->diag, DIAG_ERROR, (struct src_loc){c->file, a->line, 0}, "pdf-depth",
                 _("more than %d turned or clipped pieces lie in one another: the innermost "
                   "are left out"),
                 (int)DEEPEST);
    } else {
        paint_saved(c, a, tag);
    }
}

/* A transparency group (11.6.6) as a form. */
static void paint_form(struct pdf_canvas *c, const struct area *a, const struct area_tag *tag)
{
    struct buf form = BUF_EMPTY, *out = c->out, entries = BUF_EMPTY;
    struct pdf_state saved = c->state;
    uint8_t alpha = (uint8_t)(255 - a->as.group.fade);
    end_text(c);
    set_mark(c, tag, false);
    c->out = &form;
    c->state.stream = (struct pdf_matrix){1000000, 0, 0, 1000000, 0, 0};
    paint_opaque(c, a, tag);
    end_text(c);
    c->out = out;
    c->state = saved;
    uint32_t id = pdf_new_dict(c->doc).id;
    buf_printf(&entries,
               "/Type/XObject/Subtype/Form/BBox[-32000 -32000 32000 32000]/Resources %u 0 R"
               "/Group<</Type/Group/S/Transparency/CS/DeviceRGB>>",
               (unsigned)c->doc->resources.id);
    pdf_write_stream(c->doc, id, buf_str(&entries), &form, true);
    VEC_PUSH(&c->doc->forms, id);
    buf_puts(c->out, "q\n");
    pdf_set_alpha(c, alpha, alpha);
    buf_printf(c->out, "/X%u Do\nQ\n", (unsigned)id);
    buf_free(&form);
    buf_free(&entries);
}

/* Marked content cannot lie in a form: what has several tags is mixed with white, as everything is
 * in part 1. */
static void paint_group(struct pdf_canvas *c, const struct area *a, const struct area_tag *tag)
{
    uint8_t fade = c->fade;
    if (!a->as.group.child)
        return;
    if (!a->as.group.fade) {
        paint_opaque(c, a, tag);
    } else if (!pdf_is_part1(c->doc) && is_uniform(a->as.group.child, tag, tag)) {
        paint_form(c, a, tag);
    } else {
        if (pdf_is_part1(c->doc))
            pdf_note_flattened(c);
        c->fade = (uint8_t)(255 - (255 - fade) * (255 - a->as.group.fade) / 255);
        paint_opaque(c, a, tag);
        c->fade = fade;
    }
}

/* The paragraph or cell a tag lies in: inline tags do not end a line of text. */
static const struct area_tag *block_of(const struct area_tag *tag)
{
    while (tag && tag->role_bit & (AREA_INLINE | AREA_LINK_ROLE))
        tag = tag->parent;
    return tag;
}

static bool is_space(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0;
}

/* Does the text of a line go on in the next one without a space? After a hyphen, a dash or a
 * slash that belongs to a word («социально-», «2020–»), or where layout says so. */
static bool is_joined(const struct area *a)
{
    const struct area_word *last = &a->as.text.words[a->as.text.count - 1];
    const struct text_word *w = last->word;
    if (last->flags & (AREA_WORD_HYPHEN | AREA_WORD_JOINED) || !w->cp_count)
        return true;
    uint32_t cp = w->cps[w->cp_count - 1];
    return is_space(cp) ||
           (w->cp_count > 1 && (cp == '-' || cp == '/' || (cp >= 0x2010 && cp <= 0x2014)));
}

/* `next` stands on the line of `a`, raised or lowered at most: it follows in the line's direction,
 * less than the size away. */
static bool is_same_line(const struct area *a, const struct area *next)
{
    mpt rise = next->y < a->y ? a->y - next->y : next->y - a->y;
    mpt size = mpt_max(a->as.text.size, next->as.text.size);
    return rise < size && !is_apart(a->x + a->width - next->x, size);
}

/* Layout drops the space at which a line breaks, and has none where a leader stands. It is
 * written all the same: without it the structure would say «словоследующее». */
static bool needs_space(const struct area *a, const struct area_tag *tag,
                        const struct area_tag *inherited)
{
    if (!tag || !a->as.text.count)
        return false;
    if (a->as.text.goes_on)
        return true;
    if (is_joined(a))
        return false;
    const struct area *next = a->next;
    while (next && (next->type != AREA_TEXT || !next->as.text.count))
        next = next->next;
    if (!next)
        return true;
    if (block_of(tag_of(next, inherited)) != block_of(tag))
        return false;
    const struct text_word *first = next->as.text.words[0].word;
    return !is_same_line(a, next) || (is_apart(next->x - a->x - a->width, a->as.text.size) &&
                                      first->cp_count && !is_space(first->cps[0]));
}

static void paint_text(struct pdf_canvas *c, const struct area *a, const struct area_tag *tag,
                       const struct area_tag *inherited)
{
    bool space_after = needs_space(a, tag, inherited);
    note_text(c, a, tag, space_after);
    pdf_paint_text(c, a, space_after);
}

static void paint_area(struct pdf_canvas *c, const struct area *a, const struct area_tag *tag,
                       const struct area_tag *inherited)
{
    switch (a->type) {
    case AREA_BOX:
        pdf_paint_box(c, a);
        break;
    case AREA_TEXT:
        paint_text(c, a, tag, inherited);
        break;
    case AREA_RULE:
        pdf_paint_rule(c, a);
        break;
    case AREA_IMAGE:
        pdf_paint_image(c, a);
        break;
    case AREA_PATH:
        pdf_paint_path(c, a);
        break;
    case AREA_GROUP:
        paint_group(c, a, tag);
        break;
    case AREA_LINK:
        add_link(c, a, tag);
        break;
    case AREA_DEST:
        add_dest(c, a);
        break;
    case AREA_REPORT:
        add_field(c, a, tag);
        break;
    }
}

static bool is_painted(const struct area *a)
{
    if (a->type == AREA_TEXT)
        return a->as.text.count > 0;
    if (a->type == AREA_PATH)
        return !a->as.path->clip && a->as.path->op_count > 0;
    return a->type < AREA_GROUP;
}

static bool is_blank(const struct area *a)
{
    for (size_t i = 0; i < a->as.text.count; i++) {
        const struct text_word *w = a->as.text.words[i].word;
        for (size_t k = 0; k < w->cp_count; k++)
            if (!is_space(w->cps[k]))
                return false;
    }
    return true;
}

/* The tag the area is marked with. A space between a label and its item's body, or between
 * cells, belongs to a list or a row, which have no content of their own (14.8.4.3): it goes to
 * what stands before it. */
static const struct area_tag *mark_of(const struct pdf_canvas *c, const struct area *a,
                                      const struct area_tag *tag)
{
    static const uint32_t containers = AREA_LI | AREA_L | AREA_TR | AREA_TABLE | AREA_ROWS;
    if (!tag || a->type != AREA_TEXT || !(tag->role_bit & containers) || !is_blank(a))
        return tag;
    return c->marking == PDF_TAGGED ? c->tag : NULL;
}

static void paint_areas(struct pdf_canvas *c, const struct area *a,
                        const struct area_tag *inherited)
{
    for (; a; a = a->next) {
        const struct area_tag *tag = tag_of(a, inherited);
        c->line = a->line;
        c->region = a->region;
        if (a->type <= AREA_GROUP)
            note_figure(c, a, tag);
        if (is_painted(a))
            set_mark(c, mark_of(c, a, tag), a->type == AREA_TEXT);
        else if (a->type == AREA_PATH)
            end_text(c);
        paint_area(c, a, tag, inherited);
    }
}

/* What libharu keeps of a page, and where to find what we keep of it. */
struct page_attr {
    HPDF_PageAttr_Rec haru; /* first: libharu sees only this */
    const struct pdf_doc *doc;
    uint32_t index;
};

static uint32_t id_of(const HPDF_Obj_Header *header)
{
    return header->obj_id & 0xFFFFFF;
}

/* The page's entries besides Type and Parent, asked for when the file is saved: an exact
 * MediaBox, the resources all pages share, its links, what tagging needs. */
static HPDF_STATUS write_page(HPDF_Dict page, HPDF_Stream stream)
{
    const struct page_attr *attr = page->attr;
    const struct pdf_doc *d = attr->doc;
    const struct pdf_page *p = &d->pages.items[attr->index];
    const mpt box[4] = {0, 0, p->width, p->height};
    struct buf out = BUF_EMPTY;
    buf_puts(&out, "/MediaBox");
    pdf_put_box(&out, box);
    buf_printf(&out, "/Contents %u 0 R/Resources %u 0 R/Tabs/S", (unsigned)p->contents,
               (unsigned)d->resources.id);
    if (p->mark_count)
        buf_printf(&out, "/StructParents %u", (unsigned)attr->index);
    if (p->link_count)
        buf_puts(&out, "/Annots[");
    for (uint32_t i = 0; i < p->link_count; i++)
        pdf_put_ref(&out, d->links.items[p->first_link + i].dict.id);
    buf_puts(&out, p->link_count ? "]\n" : "\n");
    HPDF_STATUS status =
        HPDF_Stream_Write(stream, (const HPDF_BYTE *)out.bytes, (HPDF_UINT)out.len);
    buf_free(&out);
    return status;
}

/* A page of libharu's, in its page tree. Its own entries go: MediaBox has single precision,
 * Resources are per page. The content stream keeps the number libharu gave it. */
static void add_page(struct pdf_doc *d, const struct area_page *page)
{
    HPDF_Page p = HPDF_AddPage(d->hpdf);
    REQUIRE(p);
    struct page_attr *attr = HPDF_GetMem(d->hpdf->mmgr, sizeof *attr);
    attr->haru = *(HPDF_PageAttr)p->attr;
    attr->doc = d;
    attr->index = (uint32_t)d->pages.len;
    HPDF_FreeMem(d->hpdf->mmgr, p->attr);
    p->attr = attr;
    p->write_fn = write_page;
    uint32_t contents = id_of(&attr->haru.contents->header);
    HPDF_Dict_RemoveElement(p, "MediaBox");
    HPDF_Dict_RemoveElement(p, "Resources");
    HPDF_Dict_RemoveElement(p, "Contents");
    VEC_PUSH(&d->pages, ((struct pdf_page){.id = id_of(&p->header),
                                           .contents = contents,
                                           .first_mark = (uint32_t)d->marks.len,
                                           .first_link = (uint32_t)d->links.len,
                                           .labelled = (uint32_t)d->labels.len,
                                           .file = page->file,
                                           .width = page->width,
                                           .height = page->height}));
    buf_puts(&d->labels, page->label ? page->label : "");
    buf_putc(&d->labels, '\0');
}

void pdf_paint_page(struct pdf_doc *d, const struct area_page *page)
{
    add_page(d, page);
    buf_clear(&d->content);
    struct pdf_canvas c = {.doc = d,
                           .out = &d->content,
                           .page = (uint32_t)d->pages.len - 1,
                           .file = page->file,
                           .state = {.line_width = PT(1),
                                     .matrix = {1000000, 0, 0, 1000000, 0, 0},
                                     .stream = {1000000, 0, 0, 1000000, 0, 0},
                                     .top = page->height}};
    paint_areas(&c, page->child, NULL);
    end_text(&c);
    end_mark(&c);
    struct pdf_page *p = &d->pages.items[c.page];
    p->mark_count = (uint32_t)d->marks.len - p->first_mark;
    p->link_count = (uint32_t)d->links.len - p->first_link;
    pdf_write_stream(d, p->contents, "", &d->content, true);
}
