/* The structure tree (ISO 32000-1, 14.7): elements from the document's tags, kids from the
 * marked content painted, and the parent tree that leads back.
 *
 * Tags are numbered in document order, so everything here is an array by number and a few
 * passes: which elements have content (children before parents: numbers downwards), which are
 * kept (parents before children: upwards), which marks belong to whom (a counting sort). An
 * element without content is left out, except rows and cells of a table that has any: an empty
 * cell holds its column. Children stand in document order; an element's own marks come between
 * them where they were painted. */
#include "pdf/doc.h"
#include "pdf/heads.h"

#include <stdlib.h>
#include <string.h>

/* Pages or links in one leaf of the parent tree. Part 1 allows no array over 8,191 items. */
enum { LEAF = 64 };

/* Kids of one element in part 1, whose arrays have no more than 8,191 items (ISO 19005-1, 6.1.12):
 * more are put into elements that mean nothing. */
enum { MOST_KIDS = 8000 };

#define NEVER   UINT32_MAX       /* no mark; no object */
#define SKIPPED (UINT32_MAX - 1) /* no object of its own, but its children have */

/* The role a tag is shown with: its own, or another; headings have the level they have among the
 * others. */
enum { SHOWN_SELF, SHOWN_DIV, SHOWN_P, SHOWN_H1 };

/* Some of the kids of an element that has too many. */
struct group {
    uint32_t tag, first; /* the first's place among them */
};

/* Tags of which something was noted while painting, which few are: in their order. */
struct noted {
    struct note {
        uint32_t tag, place; /* of the first note */
    } * items;
    size_t len, cap;
};

struct writer {
    struct pdf_doc *d;
    uint32_t count;               /* greatest number of a tag */
    const struct area_tag **tags; /* by number; NULL: there is none */
    uint32_t *first;  /* first mark in the element or below, as an index; NEVER: none */
    uint32_t *index;  /* place in the run of objects; NEVER: left out */
    uint32_t *start;  /* marks of tag n: sorted[start[n]..start[n + 1]) */
    uint32_t *sorted; /* indexes of marks */
    struct noted labels, figures, links; /* of lists, figures and all elements */
    uint8_t *shown;                      /* by number: the role */
    uint32_t *next; /* by link: the tag's next one, its number + 1; of a stray, its place */
    uint32_t *run;  /* the tag's number by place in the run; above `count`: stray links */
    uint32_t run_count, first_id;
    uint32_t root_id;
    PDF_VEC(uint32_t) strays; /* links without an element of their own */
    uint32_t *kids;           /* part 1 alone: elements right below */
    uint32_t *place;          /* part 1 alone: among those of its parent */
    uint32_t *group; /* part 1 alone: place in `groups` of the first, counted from 1; 0 none */
    PDF_VEC(struct group) groups;
    struct pdf_heads *heads;     /* none in part 1, which knows no Headers */
    PDF_VEC(uint32_t) footnotes; /* tags of role Note */
};

/* The place of what was noted first of a tag, counted from 1; 0 nothing. */
static uint32_t find_note(const struct noted *all, uint32_t tag)
{
    size_t low = 0, high = all->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->items[middle].tag < tag)
            low = middle + 1;
        else
            high = middle;
    }
    return low < all->len && all->items[low].tag == tag ? all->items[low].place + 1 : 0;
}

static uint32_t link_of(const struct writer *w, uint32_t tag)
{
    return w->links.len ? find_note(&w->links, tag) : 0;
}

/* Structure types of part 1 (PDF 1.4) know no groups of rows: their rows go to the table. */
static bool is_skipped(const struct writer *w, const struct area_tag *tag)
{
    uint32_t n = tag->number;
    return pdf_is_part1(w->d) && tag->role_bit & AREA_ROWS && w->start[n] == w->start[n + 1] &&
           !link_of(w, n);
}

/* The tag after `tag` in document order. */
static const struct area_tag *following(const struct area_tag *tag)
{
    if (tag->child)
        return tag->child;
    while (tag && !tag->next)
        tag = tag->parent;
    return tag ? tag->next : NULL;
}

static void collect_tags(struct writer *w, const struct area_tag *root)
{
    for (const struct area_tag *t = root; t; t = following(t))
        if (t->number > w->count)
            w->count = t->number;
    size_t n = w->count + 2;
    w->tags = mem_zalloc(n * sizeof(void *));
    w->shown = mem_zalloc(n);
    for (const struct area_tag *t = root; t; t = following(t)) {
        REQUIRE(t->number && !w->tags[t->number]);
        REQUIRE(!t->parent || t->parent->number < t->number);
        w->tags[t->number] = t;
    }
    uint32_t **arrays[] = {&w->first, &w->index, &w->start, &w->kids, &w->place, &w->group};
    for (size_t i = 0; i < (pdf_is_part1(w->d) ? 6 : 3); i++)
        *arrays[i] = mem_zalloc(n * sizeof **arrays[i]);
    w->next = mem_zalloc((w->d->links.len + 1) * sizeof *w->next);
    w->sorted = mem_alloc((w->d->marks.len + 1) * sizeof *w->sorted);
    w->run = mem_alloc((2 * n + w->d->links.len) * sizeof *w->run);
}

static void sort_marks(struct writer *w)
{
    const struct pdf_doc *d = w->d;
    uint32_t *end = mem_zalloc((w->count + 2) * sizeof *end);
    for (size_t i = 0; i < d->marks.len; i++) {
        REQUIRE(d->marks.items[i].tag <= w->count && w->tags[d->marks.items[i].tag]);
        w->start[d->marks.items[i].tag + 1]++;
    }
    for (uint32_t n = 1; n <= w->count + 1; n++)
        w->start[n] += w->start[n - 1];
    memcpy(end, w->start, (w->count + 2) * sizeof *end);
    for (size_t i = 0; i < d->marks.len; i++)
        w->sorted[end[d->marks.items[i].tag]++] = (uint32_t)i;
    free(end);
}

static int by_tag(const void *a, const void *b)
{
    const struct note *x = a, *y = b;
    if (x->tag != y->tag)
        return x->tag < y->tag ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* Sort; of several notes of a tag the first counts. */
static void sort_notes(struct noted *all)
{
    size_t kept = 0;
    if (all->len)
        qsort(all->items, all->len, sizeof *all->items, by_tag);
    for (size_t i = 0; i < all->len; i++)
        if (!kept || all->items[kept - 1].tag != all->items[i].tag)
            all->items[kept++] = all->items[i];
    all->len = kept;
}

/* A tag's links are chained, in the order of painting. */
static void chain_links(struct writer *w)
{
    const struct pdf_doc *d = w->d;
    for (size_t i = 0; i < d->links.len; i++)
        if (d->links.items[i].tag)
            VEC_PUSH(&w->links, ((struct note){d->links.items[i].tag, (uint32_t)i}));
    if (w->links.len)
        qsort(w->links.items, w->links.len, sizeof *w->links.items, by_tag);
    for (size_t i = 0; i + 1 < w->links.len; i++)
        if (w->links.items[i].tag == w->links.items[i + 1].tag)
            w->next[w->links.items[i].place] = w->links.items[i + 1].place + 1;
    sort_notes(&w->links);
    for (size_t i = 0; i < d->links.len; i++)
        if (!d->links.items[i].tag) {
            w->next[i] = (uint32_t)w->strays.len;
            VEC_PUSH(&w->strays, (uint32_t)i);
        }
}

/* What was noted while painting. */
static void place_notes(struct writer *w)
{
    const struct pdf_doc *d = w->d;
    for (size_t i = 0; i < d->labels_seen.len; i++)
        VEC_PUSH(&w->labels, ((struct note){d->labels_seen.items[i].tag, (uint32_t)i}));
    for (size_t i = 0; i < d->figures.len; i++)
        VEC_PUSH(&w->figures, ((struct note){d->figures.items[i].tag, (uint32_t)i}));
    sort_notes(&w->labels);
    sort_notes(&w->figures);
    chain_links(w);
}

static void find_content(struct writer *w)
{
    for (uint32_t n = 1; n <= w->count; n++) {
        bool own = w->start[n] < w->start[n + 1];
        w->first[n] = own ? w->sorted[w->start[n]] : link_of(w, n) ? NEVER - 1 : NEVER;
    }
    for (uint32_t n = w->count; n > 1; n--) {
        const struct area_tag *parent = w->tags[n] ? w->tags[n]->parent : NULL;
        if (parent && w->first[n] < w->first[parent->number])
            w->first[parent->number] = w->first[n];
    }
}

static bool is_kept(const struct writer *w, const struct area_tag *tag)
{
    if (!tag->parent || w->first[tag->number] != NEVER)
        return true;
    if (w->index[tag->parent->number] == NEVER)
        return false;
    return tag->role_bit & AREA_CELL || (tag->role_bit & (AREA_TR | AREA_ROWS) && tag->child);
}

/* A paragraph that is all a cell has says nothing the cell does not: its content becomes the
 * cell's, which saves a third of a table's elements. */
static bool is_folded_into_cell(const struct writer *w, const struct area_tag *t)
{
    const struct area_tag *cell = t->parent;
    if (t->role_bit != AREA_P || !cell || !(cell->role_bit & AREA_CELL) || t->language ||
        t->alt)
        return false;
    if (w->start[cell->number] < w->start[cell->number + 1] || link_of(w, cell->number))
        return false;
    for (const struct area_tag *c = cell->child; c; c = c->next)
        if (c != t && w->first[c->number] != NEVER)
            return false;
    return true;
}

/* Folded tags have their parent's object. */
static bool is_folded(const struct writer *w, const struct area_tag *t)
{
    return t->parent && w->index[t->number] < SKIPPED &&
           w->index[t->number] == w->index[t->parent->number];
}

static void choose_elements(struct writer *w)
{
    for (uint32_t n = 1; n <= w->count; n++) {
        w->index[n] = NEVER;
        if (!w->tags[n] || !is_kept(w, w->tags[n]))
            continue;
        if (is_skipped(w, w->tags[n]))
            w->index[n] = SKIPPED;
        else if (is_folded_into_cell(w, w->tags[n]))
            w->index[n] = w->index[w->tags[n]->parent->number];
        else
            w->run[w->index[n] = w->run_count++] = n;
    }
    for (uint32_t i = 0; i < w->strays.len; i++)
        w->run[w->run_count++] = w->count + 1 + i;
}

static const struct area_tag *parent_of(const struct writer *w, const struct area_tag *t)
{
    const struct area_tag *parent = t->parent;
    while (parent && (w->index[parent->number] == SKIPPED || is_folded(w, parent)))
        parent = parent->parent;
    return parent;
}

/* After choose_elements: the groups of part 1, after everything else in the run. */
static void make_groups(struct writer *w)
{
    if (!pdf_is_part1(w->d))
        return;
    for (uint32_t n = 1; n <= w->count; n++) {
        if (!w->tags[n] || w->index[n] >= SKIPPED || is_folded(w, w->tags[n]))
            continue;
        const struct area_tag *parent = parent_of(w, w->tags[n]);
        if (parent)
            w->place[n] = w->kids[parent->number]++;
    }
    for (uint32_t n = 1; n <= w->count; n++) {
        if (w->kids[n] <= MOST_KIDS)
            continue;
        w->group[n] = (uint32_t)w->groups.len + 1;
        for (uint32_t first = 0; first < w->kids[n]; first += MOST_KIDS) {
            VEC_PUSH(&w->groups, ((struct group){n, first}));
            w->run[w->run_count++] = w->count + (uint32_t)(w->strays.len + w->groups.len);
        }
    }
}

/* ---- roles as the structure allows them (ISO 14289-1, 7.2 and 7.4; ISO 32000-1, 14.8.4) */

/* Which may hold an element of the role; 0: any may. */
static uint32_t holders_of(uint32_t role)
{
    switch (role) {
    case AREA_TH:
    case AREA_TD:
        return AREA_TR;
    case AREA_TR:
        return AREA_TABLE | AREA_ROWS;
    case AREA_THEAD:
    case AREA_TBODY:
    case AREA_TFOOT:
        return AREA_TABLE;
    case AREA_LI:
        return AREA_L;
    case AREA_LBL:
        return AREA_LI | AREA_NOTE | AREA_P;
    case AREA_LBODY:
        return AREA_LI;
    case AREA_TOCI:
        return AREA_TOC;
    default:
        return 0;
    }
}

static const char *role_of(const struct writer *w, const struct area_tag *tag)
{
    static const char *const levels[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
    switch (w->shown[tag->number]) {
    case SHOWN_DIV:
        return "Div";
    case SHOWN_P:
        return "P";
    case SHOWN_SELF:
        return tag->role;
    default:
        return levels[w->shown[tag->number] - SHOWN_H1];
    }
}

/* The bit of the role a tag is shown with. */
static uint32_t shown_bit(const struct writer *w, const struct area_tag *tag)
{
    uint8_t shown = w->shown[tag->number];
    return shown == SHOWN_DIV ? AREA_GROUPING : shown == SHOWN_P ? AREA_P : tag->role_bit;
}

/* Is everything right below a tag, as far as it is kept, of these roles, and no text? */
static bool holds_only(const struct writer *w, const struct area_tag *tag, uint32_t roles)
{
    uint32_t n = tag->number;
    if (w->start[n] < w->start[n + 1])
        return false;
    for (const struct area_tag *c = tag->child; c; c = c->next)
        if (w->index[c->number] != NEVER && !(c->role_bit & roles))
            return false;
    return true;
}

static bool holds_rows(const struct writer *w, const struct area_tag *part)
{
    if (!holds_only(w, part, AREA_TR))
        return false;
    for (const struct area_tag *row = part->child; row; row = row->next)
        if (!holds_only(w, row, AREA_CELL))
            return false;
    return true;
}

static bool is_sound(const struct writer *w, const struct area_tag *tag)
{
    if (tag->role_bit == AREA_TOC)
        return holds_only(w, tag, AREA_TOC | AREA_TOCI | AREA_CAPTION);
    bool list = tag->role_bit == AREA_L;
    if (!holds_only(w, tag, (list ? AREA_L | AREA_LI : AREA_ROWS | AREA_TR) | AREA_CAPTION))
        return false;
    for (const struct area_tag *c = tag->child; c; c = c->next) {
        if (c->role_bit == AREA_LI && !holds_only(w, c, AREA_LBL | AREA_LBODY))
            return false;
        if (c->role_bit == AREA_TR && !holds_only(w, c, AREA_CELL))
            return false;
        if (c->role_bit & AREA_ROWS && !holds_rows(w, c))
            return false;
    }
    return true;
}

/* What stands where its role may not stand is a division; a formula needs a description, a form its
 * field. */
static uint8_t choose_role(const struct writer *w, const struct area_tag *tag)
{
    static const uint32_t free_roles = AREA_GROUPING | AREA_INLINE | AREA_CAPTION | AREA_P |
                                       AREA_NOTE | AREA_FIGURE | AREA_LINK_ROLE;
    uint32_t role = tag->role_bit, holders = holders_of(role);
    bool right = false;
    if (role & free_roles)
        return SHOWN_SELF;
    if (role == AREA_H)
        return SHOWN_P;
    if (role & (AREA_L | AREA_TABLE | AREA_TOC))
        right = is_sound(w, tag);
    else if (role == AREA_FORMULA)
        right = tag->alt;
    else if (role == AREA_FORM)
        right = link_of(w, tag->number);
    const struct area_tag *parent = holders ? parent_of(w, tag) : NULL;
    if (parent)
        right = shown_bit(w, parent) & holders;
    return right ? SHOWN_SELF : SHOWN_DIV;
}

/* Parents before children. The first heading is of level 1, and none skips one. */
static void choose_roles(struct writer *w)
{
    int level = 0;
    for (uint32_t n = 1; n <= w->count; n++) {
        const struct area_tag *t = w->tags[n];
        if (!t || w->index[n] == NEVER)
            continue;
        if (t->role_bit != AREA_HEADING) {
            w->shown[n] = choose_role(w, t);
            if (t->role_bit == AREA_TABLE && shown_bit(w, t) == AREA_TABLE &&
                !pdf_is_part1(w->d))
                pdf_add_heads(w->heads, t, w->index);
            else if (t->role_bit == AREA_NOTE)
                VEC_PUSH(&w->footnotes, n);
            continue;
        }
        int wanted = t->role[1] - '0';
        level = wanted > level + 1 ? level + 1 : wanted;
        w->shown[n] = (uint8_t)(SHOWN_H1 + level - 1);
    }
    pdf_end_heads(w->heads);
}

static uint32_t group_of(const struct writer *w, uint32_t tag)
{
    return w->group ? w->group[tag] : 0;
}

static uint32_t id_of(const struct writer *w, uint32_t tag)
{
    return w->first_id + w->index[tag];
}

static uint32_t stray_id(const struct writer *w, uint32_t place)
{
    return w->first_id + w->run_count - (uint32_t)(w->groups.len + w->strays.len) + place;
}

static uint32_t group_id(const struct writer *w, uint32_t place)
{
    return w->first_id + w->run_count - (uint32_t)w->groups.len + place;
}

/* Attributes (14.8.5): of cells, figures and lists. */
static void put_cell_attributes(const struct writer *w, const struct area_tag *t,
                                struct buf *out)
{
    pdf_put_head_id(w->heads, t, out);
    size_t before = out->len;
    buf_puts(out, "/A<</O/Table");
    size_t empty = out->len;
    if (t->scope)
        buf_printf(out, "/Scope/%s", t->scope);
    if (t->columns > 1)
        buf_printf(out, "/ColSpan %d", (int)t->columns);
    if (t->rows > 1)
        buf_printf(out, "/RowSpan %d", (int)t->rows);
    pdf_put_headers(w->heads, t, out);
    if (out->len == empty)
        out->len = before;
    else
        buf_puts(out, ">>");
}

/* Table 347: what a list's labels are, from the first character of the first. */
static void put_list_attributes(uint32_t label, struct buf *out)
{
    const char *kind = "Disc";
    if (!label)
        return;
    if (label >= '0' && label <= '9')
        kind = "Decimal";
    else if ((label >= 'A' && label <= 'Z') || (label >= 0x410 && label <= 0x42F))
        kind = "UpperAlpha";
    else if ((label >= 'a' && label <= 'z') || (label >= 0x430 && label <= 0x44F))
        kind = "LowerAlpha";
    buf_printf(out, "/A<</O/List/ListNumbering/%s>>", kind);
}

/* The first character of a list's labels; 0: it has none. */
static uint32_t label_of(const struct writer *w, const struct area_tag *list)
{
    uint32_t place = find_note(&w->labels, list->number);
    return place ? w->d->labels_seen.items[place - 1].label : 0;
}

/* The source of the page where the element begins. */
static const char *file_of(const struct writer *w, const struct area_tag *t)
{
    const struct pdf_doc *d = w->d;
    uint32_t mark = w->first[t->number];
    return mark < d->marks.len ? d->pages.items[d->marks.items[mark].page].file : NULL;
}

static const char *alt_of(struct writer *w, const struct area_tag *t)
{
    if (t->alt && *t->alt)
        return t->alt;
    struct src_loc at = {file_of(w, t), t->line, 0};
    diag_add(w->d->diag, DIAG_WARNING, at, "figure-alt",
             _("a picture without a description (px:alt): screen readers get only the word "
               "«Figure»"));
    return "Figure";
}

static void put_attributes(struct writer *w, const struct area_tag *t, struct buf *out)
{
    uint32_t role = shown_bit(w, t);
    if (role & AREA_CELL) {
        put_cell_attributes(w, t, out);
    } else if (role == AREA_L) {
        put_list_attributes(label_of(w, t), out);
    } else if (role == AREA_NOTE) {
        buf_printf(out, "/ID(note%08u)", (unsigned)t->number);
    } else if (role == AREA_FIGURE) {
        buf_puts(out, "/Alt");
        pdf_put_text(out, alt_of(w, t));
        uint32_t figure = find_note(&w->figures, t->number);
        if (figure) {
            buf_puts(out, "/A<</O/Layout/Placement/Block/BBox");
            pdf_put_box(out, w->d->figures.items[figure - 1].box);
            buf_puts(out, ">>");
        }
    }
}

static void put_strings(const struct pdf_doc *d, const struct area_tag *t, struct buf *out)
{
    if (t->language && pdf_is_language(t->language))
        pdf_put_language(d, out, t->language);
    if (t->alt && t->role_bit != AREA_FIGURE) {
        buf_puts(out, "/Alt");
        pdf_put_text(out, t->alt);
    }
}

/* A mark as a kid: a number on the element's page, a reference elsewhere. */
static void put_mark(const struct writer *w, uint32_t mark, uint32_t page, struct buf *out)
{
    const struct pdf_doc *d = w->d;
    uint32_t on = d->marks.items[mark].page;
    int64_t mcid = mark - d->pages.items[on].first_mark;
    if (on == page) {
        buf_putc(out, ' ');
        buf_putd(out, mcid);
        return;
    }
    buf_puts(out, "<</Type/MCR/Pg");
    pdf_put_ref(out, d->pages.items[on].id);
    buf_puts(out, "/MCID ");
    buf_putd(out, mcid);
    buf_puts(out, ">>");
}

/* One child, after the parent's marks that were painted before anything of it. */
static void put_child(const struct writer *w, const struct area_tag *parent,
                      const struct area_tag *child, uint32_t *mark, struct buf *out)
{
    const uint32_t n = parent->number;
    if (w->index[child->number] == NEVER)
        return;
    uint32_t page =
        w->start[n] < w->start[n + 1] ? w->d->marks.items[w->sorted[w->start[n]]].page : 0;
    while (*mark < w->start[n + 1] && w->sorted[*mark] < w->first[child->number])
        put_mark(w, w->sorted[(*mark)++], page, out);
    if (w->index[child->number] == SKIPPED) {
        for (const struct area_tag *c = child->child; c; c = c->next)
            put_child(w, parent, c, mark, out);
        return;
    }
    pdf_put_ref(out, id_of(w, child->number));
}

static void put_link_kids(const struct writer *w, uint32_t tag, struct buf *out)
{
    const struct pdf_doc *d = w->d;
    for (size_t i = link_of(w, tag); i; i = w->next[i - 1]) {
        const struct pdf_link *link = &d->links.items[i - 1];
        buf_puts(out, "<</Type/OBJR/Pg");
        pdf_put_ref(out, d->pages.items[link->page].id);
        buf_puts(out, "/Obj");
        pdf_put_ref(out, link->dict.id);
        buf_puts(out, ">>");
    }
}

/* The tag whose content an element has: its own, or that of the paragraph folded into it. */
static const struct area_tag *content_of(const struct writer *w, const struct area_tag *t)
{
    for (const struct area_tag *c = t->child; c; c = c->next)
        if (is_folded(w, c))
            return c;
    return t;
}

static void put_kids(const struct writer *w, const struct area_tag *t, struct buf *out)
{
    uint32_t n = t->number, mark = w->start[n], end = w->start[n + 1];
    uint32_t page = mark < end ? w->d->marks.items[w->sorted[mark]].page : 0;
    if (mark < end) {
        buf_puts(out, "/Pg");
        pdf_put_ref(out, w->d->pages.items[page].id);
    }
    size_t before = out->len;
    buf_puts(out, "/K[");
    uint32_t group = group_of(w, n);
    for (uint32_t first = 0; group && first < w->kids[n]; first += MOST_KIDS)
        pdf_put_ref(out, group_id(w, group - 1 + first / MOST_KIDS));
    for (const struct area_tag *c = t->child; c && !group; c = c->next)
        put_child(w, t, c, &mark, out);
    while (mark < end)
        put_mark(w, w->sorted[mark++], page, out);
    put_link_kids(w, n, out);
    if (!t->parent)
        for (uint32_t i = 0; i < w->strays.len; i++)
            pdf_put_ref(out, stray_id(w, i));
    if (out->len == before + 3)
        out->len = before; /* an empty cell has no kids at all */
    else
        buf_putc(out, ']');
}

/* A link outside the logical structure (in a running header, say) gets an element of its own:
 * ISO 14289-1, 7.18.5, wants every link in one. */
static void write_stray(const struct writer *w, uint32_t stray, struct buf *out)
{
    const struct pdf_link *link = &w->d->links.items[w->strays.items[stray]];
    buf_puts(out, link->field ? "/S/Form/P" : "/S/Link/P");
    pdf_put_ref(out, w->first_id);
    buf_puts(out, "/K<</Type/OBJR/Pg");
    pdf_put_ref(out, w->d->pages.items[link->page].id);
    buf_puts(out, "/Obj");
    pdf_put_ref(out, link->dict.id);
    buf_puts(out, ">>");
}

/* The kids below `t` that belong to the group. */
static void put_group(const struct writer *w, const struct area_tag *t, const struct group *g,
                      struct buf *out)
{
    for (const struct area_tag *c = t->child; c; c = c->next) {
        if (w->index[c->number] == SKIPPED)
            put_group(w, c, g, out);
        else if (w->index[c->number] != NEVER && w->place[c->number] >= g->first &&
                 w->place[c->number] - g->first < MOST_KIDS)
            pdf_put_ref(out, id_of(w, c->number));
    }
}

static void write_group(const struct writer *w, const struct group *g, struct buf *out)
{
    buf_puts(out, "/S/NonStruct/P");
    pdf_put_ref(out, id_of(w, g->tag));
    buf_puts(out, "/K[");
    put_group(w, w->tags[g->tag], g, out);
    buf_putc(out, ']');
}

/* The element `t` lies right below. */
static uint32_t parent_id(const struct writer *w, const struct area_tag *t)
{
    const struct area_tag *parent = parent_of(w, t);
    if (!parent)
        return w->root_id;
    uint32_t group = group_of(w, parent->number);
    if (group)
        return group_id(w, group - 1 + w->place[t->number] / MOST_KIDS);
    return id_of(w, parent->number);
}

static void write_element(void *self, uint32_t i, struct buf *out)
{
    struct writer *w = self;
    if (w->run[i] > w->count + w->strays.len) {
        write_group(w, &w->groups.items[w->run[i] - w->count - w->strays.len - 1], out);
        return;
    }
    if (w->run[i] > w->count) {
        write_stray(w, w->run[i] - w->count - 1, out);
        return;
    }
    const struct area_tag *t = w->tags[w->run[i]];
    buf_puts(out, "/S/");
    buf_puts(out, role_of(w, t));
    buf_puts(out, "/P");
    pdf_put_ref(out, parent_id(w, t));
    put_strings(w->d, t, out);
    put_attributes(w, t, out);
    put_kids(w, content_of(w, t), out);
}

/* The element a key of the parent tree leads to: pages first, then links. */
static void put_parents(const struct writer *w, uint32_t key, struct buf *out)
{
    const struct pdf_doc *d = w->d;
    buf_putd(out, key);
    if (key < d->pages.len) {
        const struct pdf_page *p = &d->pages.items[key];
        buf_putc(out, '[');
        for (uint32_t i = 0; i < p->mark_count; i++)
            pdf_put_ref(out, id_of(w, d->marks.items[p->first_mark + i].tag));
        buf_puts(out, "]");
        return;
    }
    uint32_t i = key - (uint32_t)d->pages.len;
    pdf_put_ref(out, d->links.items[i].tag ? id_of(w, d->links.items[i].tag)
                                           : stray_id(w, w->next[i]));
    buf_putc(out, ' ');
}

static void fill_parent_tree(const struct writer *w, const struct pdf_dict *leaves,
                             struct buf *root)
{
    uint32_t keys = (uint32_t)(w->d->pages.len + w->d->links.len);
    buf_puts(root, "/Kids[");
    for (uint32_t first = 0, leaf = 0; first < keys; first += LEAF, leaf++) {
        uint32_t end = first + LEAF < keys ? first + LEAF : keys;
        struct buf *out = leaves[leaf].body;
        buf_printf(out, "/Limits[%u %u]/Nums[", (unsigned)first, (unsigned)end - 1);
        for (uint32_t key = first; key < end; key++)
            put_parents(w, key, out);
        buf_putc(out, ']');
        pdf_put_ref(root, leaves[leaf].id);
    }
    buf_puts(root, "]");
}

/* The ID at a place of the tree, and its element: heads of tables come before notes. */
static void put_id(const struct writer *w, size_t place, struct buf *name, uint32_t *id)
{
    size_t heads = pdf_count_heads(w->heads);
    uint32_t tag =
        place < heads ? pdf_head_at(w->heads, place) : w->footnotes.items[place - heads];
    if (place < heads)
        pdf_put_head_name(w->heads, place, name);
    else
        buf_printf(name, "(note%08u)", (unsigned)tag);
    *id = id_of(w, tag);
}

/* Elements that are found by their ID (14.7.5.4, table 322). */
static void fill_id_tree(const struct writer *w, const struct pdf_dict *leaves,
                         struct buf *root)
{
    size_t count = pdf_count_heads(w->heads) + w->footnotes.len;
    uint32_t id;
    buf_puts(root, "/Kids[");
    for (size_t first = 0; first < count; first += LEAF, leaves++) {
        size_t end = first + LEAF < count ? first + LEAF : count;
        struct buf *out = leaves->body;
        buf_puts(out, "/Limits[");
        put_id(w, first, out, &id);
        put_id(w, end - 1, out, &id);
        buf_puts(out, "]/Names[");
        for (size_t i = first; i < end; i++) {
            put_id(w, i, out, &id);
            pdf_put_ref(out, id);
        }
        buf_putc(out, ']');
        pdf_put_ref(root, leaves->id);
    }
    buf_putc(root, ']');
}

static struct pdf_dict *new_leaves(struct pdf_doc *d, size_t keys)
{
    size_t count = (keys + LEAF - 1) / LEAF;
    struct pdf_dict *leaves = mem_alloc((count + 1) * sizeof *leaves);
    for (size_t i = 0; i < count; i++)
        leaves[i] = pdf_new_dict(d);
    return leaves;
}

static void write_tree(struct writer *w, struct pdf_dict root)
{
    struct pdf_doc *d = w->d;
    size_t keys = d->pages.len + d->links.len;
    size_t names = pdf_count_heads(w->heads) + w->footnotes.len;
    struct pdf_dict parents = pdf_new_dict(d), *leaves = new_leaves(d, keys);
    struct pdf_dict ids = {0, NULL}, *id_leaves = new_leaves(d, names);
    if (names)
        ids = pdf_new_dict(d);
    w->root_id = root.id;
    w->first_id = pdf_first_of_run(d);
    fill_parent_tree(w, leaves, parents.body);
    buf_printf(root.body,
               "/Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %zu",
               (unsigned)w->first_id, (unsigned)parents.id, keys);
    if (names) {
        fill_id_tree(w, id_leaves, ids.body);
        buf_puts(root.body, "/IDTree");
        pdf_put_ref(root.body, ids.id);
    }
    free(leaves);
    free(id_leaves);
    pdf_save(d, &(struct pdf_run){w, w->run_count, write_element});
}

void pdf_write_tags(struct pdf_doc *d, const struct area_document *doc, struct pdf_dict root)
{
    static const struct area_tag empty = {
        .role = "Document", .role_bit = AREA_GROUPING, .number = 1};
    struct writer w = {.d = d, .heads = pdf_new_heads()};
    collect_tags(&w, doc->tags ? doc->tags : &empty);
    sort_marks(&w);
    place_notes(&w);
    find_content(&w);
    choose_elements(&w);
    choose_roles(&w);
    make_groups(&w);
    write_tree(&w, root);
    free(w.tags);
    free(w.first);
    free(w.index);
    free(w.start);
    free(w.sorted);
    free(w.labels.items);
    free(w.figures.items);
    free(w.links.items);
    free(w.shown);
    free(w.next);
    free(w.run);
    free(w.strays.items);
    free(w.kids);
    free(w.place);
    free(w.group);
    free(w.groups.items);
    free(w.footnotes.items);
    pdf_free_heads(w.heads);
}
