/* Page masters: which one a page uses, and where its regions lie. */
#include "layout/run.h"

#include <string.h>

enum { A4_WIDTH = 595276, A4_HEIGHT = 841890 }; /* [mpt] 210 x 297 mm */

static const struct fo_node *master_set(const struct pass *p)
{
    for (const struct fo_node *k = p->doc->root->child; k; k = k->next)
        if (k->type == FO_LAYOUT_MASTER_SET)
            return k;
    return NULL;
}

static const struct fo_node *named(const struct pass *p, enum fo_type type, const char *name)
{
    const struct fo_node *set = master_set(p);
    for (const struct fo_node *k = set ? set->child : NULL; k && name; k = k->next) {
        const char *own =
            type == FO_SIMPLE_PAGE_MASTER ? k->as.page_master.name : k->as.sequence_master.name;
        if (k->type == type && own && strcmp(own, name) == 0)
            return k;
    }
    return NULL;
}

static bool position_fits(enum fo_page_position want, const struct page_query *q)
{
    bool first = q->page == 0;
    switch (want) {
    case FO_POS_FIRST:
        return first;
    case FO_POS_LAST:
        return q->last;
    case FO_POS_REST:
        return !first && !q->last;
    case FO_POS_ONLY:
        return first && q->last;
    case FO_POS_ANY:
        break;
    }
    return true;
}

static bool condition_fits(const struct fo_as_master_reference *r, const struct page_query *q)
{
    bool odd = q->number % 2 != 0;
    if (r->parity != FO_PARITY_ANY && (r->parity == FO_PARITY_ODD) != odd)
        return false;
    if (r->blank != FO_BLANK_ANY && (r->blank == FO_BLANK) != q->blank)
        return false;
    return position_fits(r->position, q);
}

static const char *alternative(const struct fo_node *alternatives, const struct page_query *q)
{
    for (const struct fo_node *k = alternatives->child; k; k = k->next)
        if (k->type == FO_CONDITIONAL_PAGE_MASTER_REFERENCE &&
            condition_fits(&k->as.master_reference, q))
            return k->as.master_reference.name;
    return NULL;
}

/* Walk the sub-sequences until the one that holds the page; past the end the last one goes on
 * (6.4.8), which the reader of the document has been told about. */
static const char *name_in_sequence(const struct fo_node *master, const struct page_query *q)
{
    int32_t page = q->page;
    const char *name = NULL;
    for (const struct fo_node *k = master->child; k; k = k->next) {
        const struct fo_as_master_reference *r = &k->as.master_reference;
        int32_t room = k->type == FO_SINGLE_PAGE_MASTER_REFERENCE ? 1 : r->maximum_repeats;
        const char *here =
            k->type == FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES ? alternative(k, q) : r->name;
        if (room == 0)
            continue;
        if (here)
            name = here;
        if (room < 0 || page < room)
            return name;
        page -= room;
    }
    return name;
}

const struct fo_node *master_for(struct pass *p, const struct fo_node *sequence,
                                 const struct page_query *q)
{
    const char *name = sequence->as.page_sequence.master;
    const struct fo_node *simple = named(p, FO_SIMPLE_PAGE_MASTER, name);
    const struct fo_node *master = named(p, FO_PAGE_SEQUENCE_MASTER, name);
    if (simple)
        return simple;
    if (master)
        simple = named(p, FO_SIMPLE_PAGE_MASTER, name_in_sequence(master, q));
    if (!simple && master) { /* no condition is met: the first master there is */
        for (const struct fo_node *k = master_set(p)->child; k && !simple; k = k->next)
            if (k->type == FO_SIMPLE_PAGE_MASTER)
                simple = k;
    }
    return simple;
}

bool master_is_for_only_page(const struct pass *p, const struct fo_node *sequence)
{
    const char *name = sequence->as.page_sequence.master;
    const struct fo_node *master = named(p, FO_PAGE_SEQUENCE_MASTER, name);
    for (const struct fo_node *k = master ? master->child : NULL; k; k = k->next)
        for (const struct fo_node *c = k->child; c; c = c->next)
            if (c->type == FO_CONDITIONAL_PAGE_MASTER_REFERENCE &&
                c->as.master_reference.position == FO_POS_ONLY)
                return true;
    return false;
}

/* ---- geometry */

static mpt side(const struct fo_length *margin, enum fo_side s, mpt width, mpt height)
{
    mpt base = s == FO_BEFORE || s == FO_AFTER ? height : width;
    return fo_length_resolve(margin[s], base, 0);
}

static struct rect inside(struct rect r, const struct fo_length *margin)
{
    struct rect out = {r.x + side(margin, FO_START, r.width, r.height),
                       r.y + side(margin, FO_BEFORE, r.width, r.height), 0, 0};
    out.width = r.x + r.width - side(margin, FO_END, r.width, r.height) - out.x;
    out.height = r.y + r.height - side(margin, FO_AFTER, r.width, r.height) - out.y;
    return out;
}

static mpt extent_of(const struct geometry *g, enum fo_type type, mpt base)
{
    const struct fo_node *n = g->region_nodes[type - FO_REGION_BODY];
    return n ? fo_length_resolve(n->as.region.extent, base, 0) : 0;
}

static bool has_precedence(const struct geometry *g, enum fo_type type)
{
    const struct fo_node *n = g->region_nodes[type - FO_REGION_BODY];
    return n && n->as.region.precedence;
}

/* The four regions at the edges: where two meet in a corner the one with precedence has it. */
static void edge_regions(struct geometry *g, struct rect page)
{
    mpt before = extent_of(g, FO_REGION_BEFORE, page.height);
    mpt after = extent_of(g, FO_REGION_AFTER, page.height);
    mpt start = extent_of(g, FO_REGION_START, page.width);
    mpt end = extent_of(g, FO_REGION_END, page.width);
    bool above = has_precedence(g, FO_REGION_BEFORE),
         below = has_precedence(g, FO_REGION_AFTER);
    struct rect *r = g->regions;
    r[FO_REGION_BEFORE - FO_REGION_BODY] = (struct rect){
        page.x + (above ? 0 : start), page.y, page.width - (above ? 0 : start + end), before};
    r[FO_REGION_AFTER - FO_REGION_BODY] =
        (struct rect){page.x + (below ? 0 : start), page.y + page.height - after,
                      page.width - (below ? 0 : start + end), after};
    mpt top = page.y + (above ? before : 0),
        bottom = page.y + page.height - (below ? after : 0);
    r[FO_REGION_START - FO_REGION_BODY] = (struct rect){page.x, top, start, bottom - top};
    r[FO_REGION_END - FO_REGION_BODY] =
        (struct rect){page.x + page.width - end, top, end, bottom - top};
}

void master_geometry(const struct fo_node *master, struct geometry *out)
{
    const struct fo_as_page_master *m = &master->as.page_master;
    struct geometry g = {.master = master};
    g.width = fo_length_resolve(m->width, A4_WIDTH, A4_WIDTH);
    g.height = fo_length_resolve(m->height, A4_HEIGHT, A4_HEIGHT);
    struct rect page = inside((struct rect){0, 0, g.width, g.height}, m->margin);
    for (const struct fo_node *k = master->child; k; k = k->next)
        if (fo_is_region(k->type))
            g.region_nodes[k->type - FO_REGION_BODY] = k;
    edge_regions(&g, page);
    g.body = g.region_nodes[0];
    g.columns = 1;
    g.regions[0] = page;
    if (g.body) {
        const struct fo_as_region *r = &g.body->as.region;
        g.regions[0] = inside(page, r->margin);
        g.columns = r->column_count > 0 ? r->column_count : 1;
        g.column_gap = fo_length_resolve(r->column_gap, g.regions[0].width, 12000);
    }
    if (g.columns == 1)
        g.column_gap = 0;
    g.column_width = (g.regions[0].width - g.column_gap * (g.columns - 1)) / g.columns;
    *out = g;
}
