/* Ids, markers and reserved boxes: what is noted while pages are painted. */
#include "layout/run.h"

#include <stdlib.h>
#include <string.h>

/* ---- ids: open addressing, power of two, FNV-1a over the name */

static uint64_t hash_of(const char *s)
{
    uint64_t h = 1469598103934665603U;
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211U;
    return h;
}

static struct id_place *slot_of(struct id_places *t, const char *id)
{
    size_t i = hash_of(id) & (t->cap - 1);
    while (t->items[i].id && strcmp(t->items[i].id, id) != 0)
        i = (i + 1) & (t->cap - 1);
    return &t->items[i];
}

static void grow(struct id_places *t)
{
    struct id_places bigger = {.cap = t->cap ? t->cap * 2 : 64, .len = t->len};
    bigger.items = mem_zalloc(bigger.cap * sizeof *bigger.items);
    for (size_t i = 0; i < t->cap; i++)
        if (t->items[i].id)
            *slot_of(&bigger, t->items[i].id) = t->items[i];
    free(t->items);
    *t = bigger;
}

static struct id_place *place_of(struct id_places *t, const char *id)
{
    if (t->len * 2 >= t->cap)
        grow(t);
    struct id_place *at = slot_of(t, id);
    if (!at->id) {
        at->id = id;
        t->len++;
    }
    return at;
}

const struct id_place *ids_find(const struct pass *p, const char *id)
{
    struct pass_state *s = p->state;
    if (!id)
        return NULL;
    place_of(&s->found, id)->cited = true;
    if (!s->known.cap)
        return NULL;
    const struct id_place *at = slot_of(&s->known, id);
    return at->id ? at : NULL;
}

void ids_note(struct pass *p, const char *id)
{
    struct id_place *at = place_of(&p->state->found, id);
    const char *label = page_number_text(p);
    if (!at->first_label)
        at->first_label = label;
    at->last_label = label;
}

static bool same_label(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool ids_are_stable(const struct pass_state *s)
{
    for (size_t i = 0; i < s->found.cap; i++) {
        const struct id_place *now = &s->found.items[i];
        if (!now->id || !now->cited)
            continue;
        const struct id_place *before =
            s->known.cap ? slot_of((struct id_places *)&s->known, now->id) : NULL;
        if (!before || !before->id || !same_label(before->first_label, now->first_label) ||
            !same_label(before->last_label, now->last_label))
            return false;
    }
    return true;
}

/* ---- markers (6.13.5-6.13.6) */

void marker_note(struct pass *p, const struct fo_node *marker)
{
    struct pass_state *s = p->state;
    struct marker_place m = {marker, s->pages, p->run->sequence, -1};
    VEC_PUSH(&s->markers, m);
}

static bool same_class(const struct fo_node *marker, const struct fo_node *retrieve)
{
    const char *a = marker->as.marker.class_name, *b = retrieve->as.retrieve.class_name;
    return a && b && strcmp(a, b) == 0;
}

size_t marker_count(const struct pass *p)
{
    return p->state->markers.len;
}

const struct fo_node *marker_at(const struct pass *p, size_t i)
{
    return p->state->markers.items[i].node;
}

int32_t marker_page(const struct pass *p)
{
    return p->state->pages;
}

void marker_note_cut(struct pass *p, const struct frame *cell, const struct frame *next)
{
    struct pass_state *s = p->state;
    size_t n = 0;
    for (size_t i = 0; i < s->cuts.len; i++)
        if (s->cuts.items[i].cell != cell)
            s->cuts.items[n++] = s->cuts.items[i];
    s->cuts.len = n;
    if (next)
        VEC_PUSH(&s->cuts, ((struct cut_cell){cell, next}));
}

static bool holds(const struct frame *f, const struct fo_node *parent)
{
    while (f && f->node != parent)
        f = f->parent;
    return f != NULL;
}

bool marker_is_cut(const struct pass *p, const struct fo_node *parent)
{
    for (size_t i = 0; i < p->state->cuts.len; i++)
        if (holds(p->state->cuts.items[i].next, parent))
            return true;
    return false;
}

static bool goes_on(const struct pass *p, const struct fo_node *parent)
{
    if (parent->type == FO_TABLE_BODY)
        parent = parent->parent;
    return holds(p->run->next, parent) || marker_is_cut(p, parent);
}

void markers_end_page(struct pass *p)
{
    struct pass_state *s = p->state;
    s->page_markers = s->open_markers;
    for (size_t i = s->open_markers; i < s->markers.len; i++) {
        struct marker_place *m = &s->markers.items[i];
        if (m->end < 0 && !goes_on(p, m->node->parent))
            m->end = s->pages;
    }
    while (s->open_markers < s->markers.len && s->markers.items[s->open_markers].end >= 0)
        s->open_markers++;
    s->cuts.len = 0;
}

static bool within(const struct pass *p, const struct marker_place *m,
                   const struct fo_node *retrieve)
{
    return retrieve->as.retrieve.boundary == FO_BOUNDARY_DOCUMENT ||
           m->sequence == p->run->sequence;
}

bool marker_is_inside(const struct fo_node *n, const struct fo_node *outer)
{
    for (n = n->parent; n; n = n->parent)
        if (n == outer)
            return true;
    return false;
}

const struct fo_node *marker_pick(const struct marker_found *f, enum fo_retrieve_position want)
{
    switch (want) {
    case FO_FIRST_INCLUDING:
        return f->first_any;
    case FO_FIRST_STARTING:
        return f->first_start ? f->first_start : f->first_any;
    case FO_LAST_STARTING:
        return f->last_start ? f->last_start : f->last_any;
    default:
        return f->last_end ? f->last_end : f->last_any;
    }
}

static void found_add(struct marker_found *f, const struct marker_place *m, int32_t page)
{
    if (!f->first_any)
        f->first_any = m->node;
    if (!(f->last_any && marker_is_inside(m->node->parent, f->last_any->parent)))
        f->last_any = m->node; /* a parent's area ends after what stands in it */
    if (m->page == page) {
        if (!f->first_start)
            f->first_start = m->node;
        f->last_start = m->node;
    }
    if (m->end == page &&
        !(f->last_end && marker_is_inside(m->node->parent, f->last_end->parent)))
        f->last_end = m->node;
}

static struct marker_found found_on(const struct pass *p, const struct fo_node *retrieve,
                                    int32_t page)
{
    const struct pass_state *s = p->state;
    struct marker_found f = {0};
    size_t from = page == s->pages ? s->page_markers : 0;
    for (size_t i = from; i < s->markers.len; i++) {
        const struct marker_place *m = &s->markers.items[i];
        if (m->page <= page && (m->end < 0 || m->end >= page) && same_class(m->node, retrieve))
            found_add(&f, m, page);
    }
    return f;
}

/* The last page before the one at hand that had such a marker, within the boundary; -1. */
static int32_t page_before(const struct pass *p, const struct fo_node *retrieve)
{
    const struct pass_state *s = p->state;
    int32_t page = -1;
    if (retrieve->as.retrieve.boundary == FO_BOUNDARY_PAGE)
        return -1;
    for (size_t i = 0; i < s->markers.len; i++) {
        const struct marker_place *m = &s->markers.items[i];
        if (m->end >= 0 && m->end < s->pages && m->end > page &&
            same_class(m->node, retrieve) && within(p, m, retrieve))
            page = m->end;
    }
    return page;
}

/* The marker a retrieve-marker stands for on the page at hand. Where that has none, the last that
 * ended on the latest page before it does. */
static const struct fo_node *find_marker(const struct pass *p, const struct fo_node *retrieve)
{
    struct marker_found f = found_on(p, retrieve, p->state->pages);
    if (!f.first_any) {
        int32_t page = page_before(p, retrieve);
        if (page < 0)
            return NULL;
        f = found_on(p, retrieve, page);
        return f.last_end ? f.last_end : f.last_any;
    }
    return marker_pick(&f, retrieve->as.retrieve.position);
}

const struct fo_node *marker_retrieve(struct pass *p, const struct fo_node *retrieve,
                                      struct arena *a)
{
    const struct fo_node *marker = NULL;
    if (retrieve->type == FO_RETRIEVE_TABLE_MARKER)
        marker = changing_find(p, retrieve);
    else if (p->run)
        marker = find_marker(p, retrieve);
    return marker ? fo_instantiate_marker(p->doc, marker, retrieve, a) : NULL;
}

/* ---- reserved boxes */

void report_note(struct pass *p, const struct area *box)
{
    struct layout_result *r = p->result;
    if (!p->painter)
        return;
    struct layout_box *grown = ARENA_ARRAY(r->arena, struct layout_box, r->box_count + 1);
    if (r->box_count)
        memcpy(grown, r->boxes, r->box_count * sizeof *grown);
    grown[r->box_count++] = (struct layout_box){arena_strdup(r->arena, box->as.report.name),
                                                p->state->pages + 1,
                                                box->x,
                                                box->y,
                                                box->width,
                                                box->height};
    r->boxes = grown;
}
