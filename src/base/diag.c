/* Faults in documents, collected: see diag.h. */
#include "base/diag.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* A fault that repeats in every row of a long table is understood after this many. */
enum { KEPT_PER_CODE = 200 };

struct code_count {
    const char *code;
    size_t count;
};

struct diag {
    struct arena *arena;
    struct diag_item *items;
    size_t len, cap;
    struct {
        struct code_count *items;
        size_t len, cap;
    } codes;
    enum diag_level worst;
};

struct diag *diag_new(void)
{
    struct diag *d = mem_zalloc(sizeof *d);
    d->arena = arena_new();
    return d;
}

void diag_free(struct diag *d)
{
    if (!d)
        return;
    free(d->items);
    free(d->codes.items);
    arena_free(d->arena);
    free(d);
}

static size_t count_code(struct diag *d, const char *code)
{
    for (size_t i = 0; i < d->codes.len; i++)
        if (strcmp(d->codes.items[i].code, code) == 0)
            return ++d->codes.items[i].count;
    struct code_count c = {code, 1};
    VEC_PUSH(&d->codes, c);
    return 1;
}

static int compare_files(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static bool is_known(const struct diag *d, struct src_loc loc, const char *code,
                     const char *message)
{
    for (size_t i = 0; i < d->len; i++) {
        const struct diag_item *it = &d->items[i];
        if (it->loc.line == loc.line && it->loc.col == loc.col && strcmp(it->code, code) == 0 &&
            compare_files(it->loc.file, loc.file) == 0 && strcmp(it->message, message) == 0)
            return true;
    }
    return false;
}

void diag_add(struct diag *d, enum diag_level level, struct src_loc loc, const char *code,
              const char *fmt, ...)
{
    if (level > d->worst)
        d->worst = level;
    char *s = NULL;
    va_list args;
    va_start(args, fmt);
    int n = vasprintf(&s, fmt, args);
    va_end(args);
    REQUIRE(n >= 0);
    if (!is_known(d, loc, code, s) && count_code(d, code) <= KEPT_PER_CODE) {
        struct diag_item it = {level, loc, code, arena_strdup(d->arena, s), d->len};
        it.loc.file = loc.file ? arena_strdup(d->arena, loc.file) : NULL;
        VEC_PUSH(d, it);
    }
    free(s);
}

enum diag_level diag_worst(const struct diag *d)
{
    return d->worst;
}

int diag_exit_status(const struct diag *d)
{
    return d->worst == DIAG_SYSTEM ? EXIT_SYSTEM : d->worst == DIAG_ERROR ? 1 : 0;
}

static int compare_items(const void *pa, const void *pb)
{
    const struct diag_item *a = pa, *b = pb;
    int c = compare_files(a->loc.file, b->loc.file);
    if (c)
        return c;
    if (a->loc.line != b->loc.line)
        return a->loc.line < b->loc.line ? -1 : 1;
    if (a->loc.col != b->loc.col)
        return a->loc.col < b->loc.col ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

const struct diag_item *diag_items(struct diag *d, size_t *n)
{
    if (d->len)
        qsort(d->items, d->len, sizeof *d->items, compare_items);
    *n = d->len;
    return d->items;
}

static const char *level_word(enum diag_level level)
{
    return level == DIAG_NOTE ? _("note") : level == DIAG_WARNING ? _("warning") : _("error");
}

static const char *level_colour(enum diag_level level)
{
    return level == DIAG_NOTE ? "\033[36m" : level == DIAG_WARNING ? "\033[33m" : "\033[31m";
}

void diag_print(struct diag *d, FILE *out, bool colour)
{
    size_t n;
    const struct diag_item *items = diag_items(d, &n);
    for (size_t i = 0; i < n; i++) {
        const struct diag_item *it = &items[i];
        fputs(it->loc.file ? it->loc.file : "prikaz", out);
        if (it->loc.line)
            fprintf(out, ":%d", it->loc.line);
        if (it->loc.line && it->loc.col)
            fprintf(out, ":%d", it->loc.col);
        fprintf(out, ": %s%s:%s %s\n", colour ? level_colour(it->level) : "",
                level_word(it->level), colour ? "\033[0m" : "", it->message);
    }
    for (size_t i = 0; i < d->codes.len; i++)
        if (d->codes.items[i].count > KEPT_PER_CODE)
            fprintf(out, _("prikaz: %zu more messages of the kind «%s»\n"),
                    d->codes.items[i].count - KEPT_PER_CODE, d->codes.items[i].code);
}
