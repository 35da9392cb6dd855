/* Two editions of a roadmap compared: see plan.h.
 *
 * A measure keeps its identity by what the clerk changes last. Those with the same words and the
 * same id are the same; then those with the same words under another number (a measure put in
 * above moves all after it); then those with the same id or number and other words, but the same
 * deadline or parties, which were reworded. What is left of the older edition was dropped, what is left of the newer one added. */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

struct pairing {
    const struct plan_measures *before;
    struct plan_measures *now;
    struct plan_measure **partner;      /* of each measure before; NULL: none yet */
    bool *taken;                        /* of each measure now */
    const struct plan_measure **titles; /* those of `now` by title, then place */
};

static int compare_titles(const void *a, const void *b)
{
    const struct plan_measure *x = *(const struct plan_measure *const *)a;
    const struct plan_measure *y = *(const struct plan_measure *const *)b;
    int c = strcmp(x->title, y->title);
    return c ? c : (x > y) - (x < y);
}

static void pair(struct pairing *p, size_t before, const struct plan_measure *now)
{
    size_t place = (size_t)(now - p->now->items);
    if (p->partner[before] || p->taken[place])
        return;
    p->partner[before] = &p->now->items[place];
    p->taken[place] = true;
}

static bool same_parties(const struct plan_measure *a, const struct plan_measure *b)
{
    if (a->party_count != b->party_count)
        return false;
    for (size_t i = 0; i < a->party_count; i++)
        if (!plan_same_party(a->parties[i], b->parties[i]))
            return false;
    return true;
}

/* Reworded, or another measure that has come to the same place? */
static bool is_reworded(const struct plan_measure *a, const struct plan_measure *b)
{
    return strcmp(a->when, b->when) == 0 || same_parties(a, b);
}

/* By id or number; with `same_title` only where the words are the same too. */
static void pair_names(struct pairing *p, const struct plan_index *index, bool same_title)
{
    for (size_t i = 0; i < p->before->len; i++) {
        const struct plan_measure *m = &p->before->items[i];
        bool several;
        const struct plan_measure *found = plan_find_measure(index, m->id, &several);
        if (!found && *m->number)
            found = plan_find_measure(index, m->number, &several);
        if (found && (same_title ? strcmp(found->title, m->title) == 0 : is_reworded(found, m)))
            pair(p, i, found);
    }
}

/* The first of `now` with the title of `m`; p->now->len when there is none. */
static size_t first_with_title(const struct pairing *p, const struct plan_measure *m)
{
    size_t low = 0, high = p->now->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(p->titles[middle]->title, m->title) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void pair_titles(struct pairing *p)
{
    for (size_t i = 0; i < p->before->len; i++) {
        const struct plan_measure *m = &p->before->items[i];
        size_t k = p->partner[i] ? p->now->len : first_with_title(p, m);
        for (; k < p->now->len && strcmp(p->titles[k]->title, m->title) == 0; k++)
            pair(p, i, p->titles[k]); /* the first that is free */
    }
}

static void add_edit(const struct plan_measure *before, const struct plan_measure *now,
                     struct plan_edits *out)
{
    struct plan_edit edit = {.before = before, .now = now};
    if (before && now)
        edit.what = (strcmp(before->title, now->title) != 0) * PLAN_EDIT_TITLE |
                    (strcmp(before->when, now->when) != 0) * PLAN_EDIT_DEADLINE |
                    !same_parties(before, now) * PLAN_EDIT_PARTIES |
                    (strcmp(before->number, now->number) != 0) * PLAN_EDIT_NUMBER;
    if (!before || !now || edit.what)
        VEC_PUSH(out, edit);
}

void plan_compare_editions(const struct plan_measures *before, struct plan_measures *now,
                           struct plan_edits *out)
{
    struct pairing p = {.before = before, .now = now};
    p.partner = mem_zalloc((before->len + 1) * sizeof *p.partner);
    p.taken = mem_zalloc(now->len + 1);
    p.titles = mem_zalloc((now->len + 1) * sizeof *p.titles);
    for (size_t i = 0; i < now->len; i++)
        p.titles[i] = &now->items[i];
    qsort(p.titles, now->len, sizeof *p.titles, compare_titles);
    struct plan_index *index = plan_new_index(now);
    pair_names(&p, index, true);
    pair_titles(&p);
    pair_names(&p, index, false);
    for (size_t i = 0; i < before->len; i++) {
        if (p.partner[i])
            p.partner[i]->since = before->items[i].since;
        add_edit(&before->items[i], p.partner[i], out);
    }
    for (size_t i = 0; i < now->len; i++)
        if (!p.taken[i])
            add_edit(NULL, &now->items[i], out);
    plan_free_index(index);
    free(p.partner);
    free(p.taken);
    free(p.titles);
}
