/* Headers and footers of a table that show what its rows have on the page at hand
 * (fo:retrieve-table-marker; XSL 1.1, 6.13.7, 7.25.6, 7.25.7).
 *
 * Model. Pages are cut before anybody knows which rows they hold, so that such a header has one
 * height for all pages: that which it needs with the markers that make it highest. It is a box
 * of that height in the flow, and so much is added at breaks. While a page is painted a group
 * of areas keeps the header's place; when the rows of the table on that page (a fragment) have
 * been painted, and their markers noted, header and footer are laid out for this fragment alone
 * and painted, their last row made higher to fill what was reserved.
 *
 * Rejected: to lay the header out without its markers and let what is retrieved hang over into
 * the first row, as the formatter most users know does. */
#include "layout/table.h"

#include <string.h>

/* A class of markers that the part retrieves, and what fills it highest. */
struct class_use {
    const char *name;
    bool first_only; /* nothing but the first marker of a fragment is asked for */
    const struct fo_node *highest;
    mpt height;
    struct class_use *next;
};

/* A marker of the fragment at hand. */
struct here {
    const struct fo_node *marker;
    bool starts, ends; /* the area it stands in does, in this fragment */
    struct here *next;
};

/* What an earlier fragment leaves to those that have no marker of the class. */
struct before {
    const struct fo_node *marker;
    int32_t page;
    struct before *next;
};

struct changing {
    struct table_builder b;
    struct place place;
    size_t from; /* marker that began the fragment at hand */
    struct here *here, *carried;
    struct before *before;
    int32_t page; /* of the fragment before */
    bool measuring;
    const struct class_use *uses; /* measuring: what to retrieve */
    struct canvas canvas;         /* of the header whose place is kept; group NULL: none */
    mpt y;
    bool again;
};

/* ---- what is retrieved */

static bool same_class(const struct fo_node *marker, const char *name)
{
    const char *a = marker->as.marker.class_name;
    return a && name && strcmp(a, name) == 0;
}

/* The table that has `n` in its header or footer. */
static const struct fo_node *table_of(const struct fo_node *n)
{
    while (n && n->type != FO_TABLE_HEADER && n->type != FO_TABLE_FOOTER)
        n = n->parent;
    return n ? n->parent : NULL;
}

static const struct fo_node *find_before(const struct pass *p, const struct changing *ch,
                                         const struct fo_as_retrieve *r)
{
    if (r->boundary == FO_BOUNDARY_TABLE_FRAGMENT)
        return NULL;
    for (const struct before *b = ch->before; b; b = b->next)
        if (same_class(b->marker, r->class_name) &&
            (r->boundary == FO_BOUNDARY_TABLE || b->page == marker_page(p)))
            return b->marker;
    return NULL;
}

static struct marker_found found_here(const struct changing *ch, const char *class_name)
{
    struct marker_found f = {0};
    for (const struct here *h = ch->here; h; h = h->next) {
        if (!same_class(h->marker, class_name))
            continue;
        f.first_any = f.first_any ? f.first_any : h->marker;
        f.last_any = h->marker;
        if (h->starts)
            f.last_start = h->marker;
        f.first_start = f.first_start ? f.first_start : f.last_start;
        /* an area ends after what stands in it */
        if (h->ends && !(f.last_end && marker_is_inside(h->marker->parent, f.last_end->parent)))
            f.last_end = h->marker;
    }
    return f;
}

static const struct fo_node *find_measured(const struct changing *ch, const char *class_name)
{
    for (const struct class_use *u = ch->uses; u; u = u->next)
        if (strcmp(u->name, class_name) == 0)
            return u->highest;
    return NULL;
}

const struct fo_node *changing_find(const struct pass *p, const struct fo_node *retrieve)
{
    const struct changing *ch = p->changing;
    const struct fo_as_retrieve *r = &retrieve->as.retrieve;
    if (!ch || table_of(retrieve) != ch->b.grid->table || !r->class_name)
        return NULL;
    if (ch->measuring)
        return find_measured(ch, r->class_name);
    struct marker_found f = found_here(ch, r->class_name);
    if (!f.first_any)
        return find_before(p, ch, r);
    return marker_pick(&f, r->position);
}

/* ---- heights to reserve */

static struct class_use *use_of(struct table_builder *b, struct class_use **uses,
                                const char *name)
{
    while (*uses && strcmp((*uses)->name, name) != 0)
        uses = &(*uses)->next;
    if (!*uses) {
        *uses = ARENA_NEW(b->arena, struct class_use);
        (*uses)->name = name;
        (*uses)->first_only = true;
    }
    return *uses;
}

/* The classes retrieved for `table` below `n`. */
static void collect_uses(struct table_builder *b, const struct fo_node *n,
                         struct class_use **uses)
{
    for (const struct fo_node *k = n->child; k; k = k->next) {
        const struct fo_as_retrieve *r = &k->as.retrieve;
        if (k->type == FO_RETRIEVE_TABLE_MARKER && r->class_name &&
            table_of(k) == b->grid->table) {
            struct class_use *u = use_of(b, uses, r->class_name);
            u->first_only &=
                r->position == FO_FIRST_STARTING || r->position == FO_FIRST_INCLUDING;
        }
        collect_uses(b, k, uses);
    }
}

static void part_rows(const struct grid *g, enum table_part part, int32_t *from, int32_t *to)
{
    *from = part == TABLE_HEADER ? 0 : g->body_end;
    *to = part == TABLE_HEADER ? g->header_end : g->row_count;
}

/* The part laid out as p->changing says, in `a`. */
static struct vlist *lay_part(struct changing *ch, struct arena *a, enum table_part part,
                              mpt least)
{
    struct table_builder b = ch->b;
    struct pass *p = b.p;
    int32_t from, to;
    mpt height;
    part_rows(b.grid, part, &from, &to);
    b.arena = a;
    b.place = &ch->place;
    b.least_height = least;
    p->changing = ch;
    struct vlist *v = table_rows_apart(&b, from, to, &height);
    p->changing = NULL;
    return v;
}

static mpt part_height(struct changing *ch, enum table_part part, const struct class_use *uses)
{
    struct arena *a = arena_new();
    ch->measuring = ch->place.in_marker = true;
    ch->uses = uses;
    const struct vlist *v = lay_part(ch, a, part, 0);
    mpt height = vlist_height(v, 0, v->len);
    ch->measuring = false;
    ch->uses = NULL;
    arena_free(a);
    return height;
}

/* Try every marker below `n` as what its class shows; `all`: not only the first of each. */
static void try_markers(struct changing *ch, enum table_part part, const struct fo_node *n,
                        struct class_use *uses, bool all)
{
    for (const struct fo_node *k = n->child; k; k = k->next) {
        for (struct class_use *u = uses; u && k->type == FO_MARKER; u = u->next) {
            if (!same_class(k, u->name) || (u->highest && u->first_only && !all))
                continue;
            struct class_use alone = {.name = u->name, .highest = k};
            mpt height = part_height(ch, part, &alone);
            if (!u->highest || height > u->height) {
                u->highest = k;
                u->height = height;
            }
        }
        if (k->type != FO_MARKER)
            try_markers(ch, part, k, uses, all);
    }
}

static mpt reserve(struct changing *ch, enum table_part part, struct class_use *uses, bool all)
{
    for (struct class_use *u = uses; u; u = u->next) {
        u->highest = NULL;
        u->height = 0;
    }
    for (const struct fo_node *k = ch->b.grid->table->child; k; k = k->next)
        if (k->type == FO_TABLE_BODY)
            try_markers(ch, part, k, uses, all);
    mpt height = mpt_max(part_height(ch, part, NULL), part_height(ch, part, uses));
    for (const struct class_use *u = uses; u; u = u->next)
        height = mpt_max(height, u->height);
    return height;
}

static void reserve_part(struct changing *ch, enum table_part part, struct class_use *uses)
{
    struct table *t = ch->b.t;
    bool is_header = part == TABLE_HEADER;
    mpt *at_break = is_header ? &t->header_height : &t->footer_height;
    t->changes[part] = true;
    *at_break = reserve(ch, part, uses, true);
    t->first_height[part] = is_header ? reserve(ch, part, uses, false) : *at_break;
}

void changing_new(struct table_builder *b)
{
    struct class_use *uses[2] = {NULL, NULL};
    for (const struct fo_node *k = b->grid->table->child; k; k = k->next)
        if (k->type == FO_TABLE_HEADER || k->type == FO_TABLE_FOOTER)
            collect_uses(b, k, &uses[k->type == FO_TABLE_FOOTER]);
    if (!uses[TABLE_HEADER] && !uses[TABLE_FOOTER])
        return;
    struct changing *ch = ARENA_NEW(b->arena, struct changing);
    ch->b = *b;
    ch->place = *b->place;
    b->t->changing = ch;
    for (enum table_part part = TABLE_HEADER; part <= TABLE_FOOTER; part++)
        if (uses[part])
            reserve_part(ch, part, uses[part]);
    ch->place = *b->place;
}

/* ---- while pages are painted */

/* Height the part's last row must have for the whole to be `height` high. */
static mpt last_row_height(const struct vlist *v, mpt height)
{
    mpt missing = height - vlist_height(v, 0, v->len);
    for (size_t i = v->len; missing > 0 && i-- > 0;)
        if (v->items[i].kind == V_STEP) {
            const struct row_group *g = v->items[i].body;
            return g->rows[g->row_count - 1].height + missing;
        }
    return 0;
}

static void paint_now(struct changing *ch, struct canvas *c, struct part_place at, mpt y)
{
    struct table *t = ch->b.t;
    struct arena *a = c->page->arena;
    mpt height = !at.again                 ? t->first_height[at.part]
                 : at.part == TABLE_HEADER ? t->header_height
                                           : t->footer_height;
    bool in_marker = ch->place.in_marker;
    ch->place.in_marker |= at.again;
    struct vlist *v = lay_part(ch, a, at.part, 0);
    mpt least = last_row_height(v, height);
    if (least)
        v = lay_part(ch, a, at.part, least);
    ch->place.in_marker = in_marker;
    if (at.again) {
        paint_repeated(c, v, y);
    } else {
        struct canvas in = *c;
        in.is_cut = false;
        in.y = y;
        paint_items(&in, v, 0, v->len - 1);
    }
}

void changing_paint(struct table *t, struct canvas *c, struct part_place at, mpt y)
{
    struct changing *ch = t->changing;
    if (at.part == TABLE_FOOTER || at.alone) {
        paint_now(ch, c, at, y);
        return;
    }
    ch->canvas = *c;
    ch->canvas.group = canvas_add(c, AREA_GROUP);
    ch->y = y;
    ch->again = at.again;
}

static void add_here(struct changing *ch, const struct fo_node *marker, bool starts, bool cut)
{
    struct here **at = &ch->here;
    while (*at)
        at = &(*at)->next;
    *at = ARENA_NEW(ch->b.arena, struct here);
    (*at)->marker = marker;
    (*at)->starts = starts;
    bool in_body = marker->parent->type == FO_TABLE_BODY;
    (*at)->ends = in_body ? !cut : !marker_is_cut(ch->b.p, marker->parent);
}

/* For later fragments: what of the class ended last in the one that is over. */
static void remember(struct changing *ch, const char *class_name)
{
    struct marker_found f = found_here(ch, class_name);
    const struct fo_node *last = f.last_end ? f.last_end : f.last_any;
    struct before **at = &ch->before;
    if (!last)
        return;
    while (*at && !same_class((*at)->marker, class_name))
        at = &(*at)->next;
    if (!*at)
        *at = ARENA_NEW(ch->b.arena, struct before);
    (*at)->marker = last;
    (*at)->page = ch->page;
}

void changing_begin(struct table *t, struct canvas *c)
{
    struct changing *ch = t->changing;
    ch->from = marker_count(c->pass);
    for (const struct here *h = ch->here; h; h = h->next)
        remember(ch, h->marker->as.marker.class_name);
    ch->carried = ch->here;
    ch->here = NULL;
}

/* The marker stands in the body of the table. */
static bool is_of_body(const struct changing *ch, const struct fo_node *n)
{
    while (n && n->parent != ch->b.grid->table)
        n = n->parent;
    return n && n->type == FO_TABLE_BODY;
}

void changing_end(struct table *t, bool cut)
{
    struct changing *ch = t->changing;
    const struct pass *p = ch->b.p;
    ch->page = marker_page(p);
    for (const struct here *h = ch->carried; h; h = h->next)
        if (!h->ends)
            add_here(ch, h->marker, false, cut);
    for (size_t i = ch->from; i < marker_count(p); i++)
        if (is_of_body(ch, marker_at(p, i)))
            add_here(ch, marker_at(p, i), true, cut);
    if (ch->canvas.group) {
        paint_now(ch, &ch->canvas,
                  (struct part_place){.part = TABLE_HEADER, .again = ch->again}, ch->y);
        ch->canvas.group = NULL;
    }
}
