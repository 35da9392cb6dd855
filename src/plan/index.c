/* Measures by their ids and numbers: see plan.h. Two sorted lists; a report has thousands of
 * records, and each looks for its measure. */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    const char *key;
    size_t length;
    const struct plan_measure *measure;
};

struct plan_index {
    size_t len;
    struct entry *ids, *numbers;
};

/* The length of a number without its last full stop. */
static size_t bare_length(const char *number)
{
    size_t n = strlen(number);
    return n && number[n - 1] == '.' ? n - 1 : n;
}

static int compare_keys(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    size_t n = x->length < y->length ? x->length : y->length;
    int c = memcmp(x->key, y->key, n);
    return c ? c : (x->length > y->length) - (x->length < y->length);
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int c = compare_keys(a, b);
    return c ? c : (x->measure > y->measure) - (x->measure < y->measure);
}

struct plan_index *plan_new_index(const struct plan_measures *measures)
{
    struct plan_index *index = mem_zalloc(sizeof *index);
    index->len = measures->len;
    index->ids = mem_zalloc((measures->len + 1) * sizeof *index->ids);
    index->numbers = mem_zalloc((measures->len + 1) * sizeof *index->numbers);
    for (size_t i = 0; i < measures->len; i++) {
        const struct plan_measure *m = &measures->items[i];
        index->ids[i] = (struct entry){m->id, strlen(m->id), m};
        index->numbers[i] = (struct entry){m->number, bare_length(m->number), m};
    }
    qsort(index->ids, index->len, sizeof *index->ids, compare_entries);
    qsort(index->numbers, index->len, sizeof *index->numbers, compare_entries);
    return index;
}

void plan_free_index(struct plan_index *index)
{
    if (!index)
        return;
    free(index->ids);
    free(index->numbers);
    free(index);
}

/* Any entry with the key; NULL. */
static const struct entry *find(const struct entry *entries, size_t n, const char *key,
                                size_t length)
{
    struct entry wanted = {key, length, NULL};
    return n ? bsearch(&wanted, entries, n, sizeof *entries, compare_keys) : NULL;
}

const struct plan_measure *plan_find_measure(const struct plan_index *index, const char *name,
                                             bool *several)
{
    *several = false;
    const struct entry *e = find(index->ids, index->len, name, strlen(name));
    if (e)
        return e->measure;
    size_t n = bare_length(name);
    e = n ? find(index->numbers, index->len, name, n) : NULL;
    if (!e)
        return NULL;
    const struct entry *end = index->numbers + index->len;
    *several = (e > index->numbers && compare_keys(e - 1, e) == 0) ||
               (e + 1 < end && compare_keys(e + 1, e) == 0);
    return *several ? NULL : e->measure;
}
