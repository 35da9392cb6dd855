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
    struct marker_place m = {marker, s->pages, p->run->sequence};
    VEC_PUSH(&s->markers, m);
}

static bool same_class(const struct fo_node *marker, const struct fo_node *retrieve)
{
    const char *a = marker->as.marker.class_name, *b = retrieve->as.retrieve.class_name;
    return a && b && strcmp(a, b) == 0;
}

static bool within(const struct pass *p, const struct marker_place *m,
                   const struct fo_node *retrieve)
{
    switch (retrieve->as.retrieve.boundary) {
    case FO_BOUNDARY_PAGE:
        return m->page == p->state->pages;
    case FO_BOUNDARY_PAGE_SEQUENCE:
        return m->sequence == p->run->sequence;
    default:
        return true;
    }
}

/* The last marker before the page at hand, within the boundary. */
static const struct fo_node *carried(const struct pass *p, const struct fo_node *retrieve)
{
    const struct pass_state *s = p->state;
    for (size_t i = s->markers.len; i-- > 0;) {
        const struct marker_place *m = &s->markers.items[i];
        if (m->page < s->pages && same_class(m->node, retrieve) && within(p, m, retrieve))
            return m->node;
    }
    return NULL;
}

const struct fo_node *marker_find(const struct pass *p, const struct fo_node *retrieve)
{
    const struct pass_state *s = p->state;
    const struct fo_node *first = NULL, *last = NULL;
    for (size_t i = s->markers.len; i-- > 0 && s->markers.items[i].page == s->pages;) {
        const struct marker_place *m = &s->markers.items[i];
        if (!same_class(m->node, retrieve))
            continue;
        first = m->node;
        if (!last)
            last = m->node;
    }
    const struct fo_node *before = carried(p, retrieve);
    switch (retrieve->as.retrieve.position) {
    case FO_FIRST_INCLUDING:
        return before ? before : first;
    case FO_FIRST_STARTING:
        return first ? first : before;
    default:
        return last ? last : before;
    }
}

const struct fo_node *marker_retrieve(struct pass *p, const struct fo_node *retrieve,
                                      struct arena *a)
{
    const struct fo_node *marker = p->run ? marker_find(p, retrieve) : NULL;
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
