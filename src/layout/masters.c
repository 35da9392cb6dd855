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

static bool is_used(const struct fo_node *master, const char *name)
{
    for (const struct fo_node *k = master->child; k; k = k->next) {
        const char *own = k->as.master_reference.name;
        if (k->type != FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES && own && strcmp(own, name) == 0)
            return true;
        if (is_used(k, name))
            return true;
    }
    return false;
}

bool master_heights_vary(const struct pass *p, const struct fo_node *sequence)
{
    const struct fo_node *set = master_set(p);
    const struct fo_node *master =
        named(p, FO_PAGE_SEQUENCE_MASTER, sequence->as.page_sequence.master);
    mpt height = -1;
    for (const struct fo_node *k = master ? set->child : NULL; k; k = k->next) {
        struct geometry g;
        if (k->type != FO_SIMPLE_PAGE_MASTER || !k->as.page_master.name ||
            !is_used(master, k->as.page_master.name))
            continue;
        master_geometry(k, &g);
        if (height >= 0 && g.regions[0].height != height)
            return true;
        height = g.regions[0].height;
    }
    return false;
}

/* ---- geometry */

/* What percentages refer to in the page context: the page's sizes, those of before and after to
 * the height (7.11). */
struct base {
    mpt width, height;
};

static mpt side(const struct fo_length *margin, enum fo_side s, const struct base *b)
{
    return fo_length_resolve(margin[s], s == FO_BEFORE || s == FO_AFTER ? b->height : b->width,
                             0);
}

static struct rect inside(struct rect r, const struct fo_length *margin, const struct base *b)
{
    mpt left = side(margin, FO_START, b), top = side(margin, FO_BEFORE, b);
    return (struct rect){r.x + left, r.y + top, r.width - left - side(margin, FO_END, b),
                         r.height - top - side(margin, FO_AFTER, b)};
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
static void edge_regions(struct geometry *g, struct rect page, const struct base *b)
{
    mpt before = extent_of(g, FO_REGION_BEFORE, b->height);
    mpt after = extent_of(g, FO_REGION_AFTER, b->height);
    mpt start = extent_of(g, FO_REGION_START, b->width);
    mpt end = extent_of(g, FO_REGION_END, b->width);
    bool above = has_precedence(g, FO_REGION_BEFORE),
         below = has_precedence(g, FO_REGION_AFTER);
    struct rect *r = g->outer;
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

static int32_t turn_of(const struct fo_node *n)
{
    return n ? n->style->inh.reference_orientation % 360 : 0;
}

/* `r` stands in an area as wide as `in` is high where the turn is a quarter; where it lies once
 * that area has been turned into `in`. */
static struct rect turned(struct rect r, struct rect in, int32_t turn)
{
    switch (turn) {
    case 90:
        return (struct rect){in.x + r.y, in.y + in.height - r.x - r.width, r.height, r.width};
    case 180:
        return (struct rect){in.x + in.width - r.x - r.width, in.y + in.height - r.y - r.height,
                             r.width, r.height};
    case 270:
        return (struct rect){in.x + in.width - r.y - r.height, in.y + r.x, r.height, r.width};
    default:
        return (struct rect){in.x + r.x, in.y + r.y, r.width, r.height};
    }
}

static struct rect without_edges(struct rect r, const struct fo_style *s, mpt base)
{
    mpt edge[4];
    for (enum fo_side i = FO_BEFORE; i <= FO_END; i++)
        edge[i] = border_of(s, i) + padding_of(s, i, base);
    return (struct rect){r.x + edge[FO_START], r.y + edge[FO_BEFORE],
                         r.width - edge[FO_START] - edge[FO_END],
                         r.height - edge[FO_BEFORE] - edge[FO_AFTER]};
}

/* The rectangles of the contents: of a region that is turned in its own coordinates. The turn of a
 * region is that of the page unless it has one of its own, and counts from the sheet. */
static void contents(struct geometry *g, struct rect sheet, int32_t turn, mpt base)
{
    for (int i = 0; i < 5; i++) {
        const struct fo_node *n = g->region_nodes[i];
        struct rect r = g->outer[i] = turned(g->outer[i], sheet, turn);
        if (n)
            r = without_edges(r, n->style, base);
        g->turn[i] = n ? turn_of(n) : turn;
        g->turned_in[i] = r;
        if (g->turn[i] % 180 != 0)
            r = (struct rect){0, 0, r.height, r.width};
        else if (g->turn[i])
            r.x = r.y = 0;
        g->regions[i] = r;
    }
}

static void columns_of(struct geometry *g)
{
    g->columns = 1;
    if (g->body && g->body->as.region.column_count > 0)
        g->columns = g->body->as.region.column_count;
    g->column_gap = 0;
    if (g->columns > 1)
        g->column_gap =
            fo_length_resolve(g->body->as.region.column_gap, g->regions[0].width, 12000);
    g->column_width = (g->regions[0].width - g->column_gap * (g->columns - 1)) / g->columns;
}

void master_geometry(const struct fo_node *master, struct geometry *out)
{
    const struct fo_as_page_master *m = &master->as.page_master;
    struct geometry g = {.master = master};
    g.width = fo_length_resolve(m->width, A4_WIDTH, A4_WIDTH);
    g.height = fo_length_resolve(m->height, A4_HEIGHT, A4_HEIGHT);
    const struct base base = {g.width, g.height};
    struct rect sheet = inside((struct rect){0, 0, g.width, g.height}, m->margin, &base);
    int32_t turn = turn_of(master);
    struct rect page = {0, 0, turn % 180 ? sheet.height : sheet.width,
                        turn % 180 ? sheet.width : sheet.height};
    for (const struct fo_node *k = master->child; k; k = k->next)
        if (fo_is_region(k->type))
            g.region_nodes[k->type - FO_REGION_BODY] = k;
    edge_regions(&g, page, &base);
    g.body = g.region_nodes[0];
    g.outer[0] = g.body ? inside(page, g.body->as.region.margin, &base) : page;
    contents(&g, sheet, turn, g.width);
    columns_of(&g);
    *out = g;
}
