/* Versions of files and records of documents, in memory: see state.h. */
#include "build/state.h"
#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* File systems keep times in steps of the kernel's tick, 10 ms at most. */
enum { TICK_NS = 20 * 1000000 };

struct build_state *build_new_state(void)
{
    struct build_state *state = mem_zalloc(sizeof *state);
    state->arena = arena_new();
    return state;
}

void build_free_state(struct build_state *state)
{
    if (!state)
        return;
    for (size_t i = 0; i < state->records.len; i++)
        free(state->records.items[i]->uses.items);
    free(state->records.items);
    arena_free(state->arena);
    free(state);
}

static size_t bucket_of(const char *path)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (; *path; path++)
        h = (h ^ (unsigned char)*path) * 16777619u;
    return h % BUILD_BUCKETS;
}

struct build_file *build_find_file(struct build_state *state, const char *path,
                                   const unsigned char hash[HASH_SIZE],
                                   const struct build_stamp *stamp)
{
    struct build_file **at = &state->files[bucket_of(path)], *f;
    for (f = *at; f; f = f->next)
        if (strcmp(f->path, path) == 0 && memcmp(f->hash, hash, HASH_SIZE) == 0)
            break;
    if (!f) {
        f = ARENA_NEW(state->arena, struct build_file);
        f->path = arena_strdup(state->arena, path);
        memcpy(f->hash, hash, HASH_SIZE);
        f->next = *at;
        *at = f;
    }
    f->stamp = *stamp;
    return f;
}

const struct build_file *build_recognise_file(const struct build_state *state, const char *path,
                                              const struct build_stamp *stamp)
{
    for (const struct build_file *f = state->files[bucket_of(path)]; f; f = f->next)
        if (strcmp(f->path, path) == 0 && build_is_alike(&f->stamp, stamp))
            return f;
    return NULL;
}

static size_t find_place(const struct build_state *state, const char *source)
{
    size_t i = 0;
    while (i < state->records.len && strcmp(state->records.items[i]->source, source) != 0)
        i++;
    return i;
}

struct build_record *build_find_record(const struct build_state *state, const char *source)
{
    size_t i = find_place(state, source);
    return i < state->records.len ? state->records.items[i] : NULL;
}

struct build_record *build_renew_record(struct build_state *state, const char *source)
{
    struct build_record *r = build_find_record(state, source);
    state->is_changed = true;
    if (r) {
        r->uses.len = 0;
        return r;
    }
    r = ARENA_NEW(state->arena, struct build_record);
    r->source = arena_strdup(state->arena, source);
    VEC_PUSH(&state->records, r);
    return r;
}

void build_drop_record(struct build_state *state, const char *source)
{
    size_t i = find_place(state, source);
    if (i == state->records.len)
        return;
    free(state->records.items[i]->uses.items);
    state->records.items[i] = state->records.items[--state->records.len];
    state->is_changed = true;
}

void build_add_use(struct build_record *record, struct build_file *file, enum build_role role)
{
    struct build_use use = {file, role};
    VEC_PUSH(&record->uses, use);
}

static int compare_records(const void *pa, const void *pb)
{
    const struct build_record *const *a = pa, *const *b = pb;
    return strcmp((*a)->source, (*b)->source);
}

static int compare_uses(const void *pa, const void *pb)
{
    const struct build_use *a = pa, *b = pb;
    if (a->role != b->role)
        return a->role < b->role ? -1 : 1;
    int order = strcmp(a->file->path, b->file->path);
    return order ? order : memcmp(a->file->hash, b->file->hash, HASH_SIZE);
}

static void sort_uses(struct build_record *r)
{
    size_t kept = 0;
    if (r->uses.len)
        qsort(r->uses.items, r->uses.len, sizeof *r->uses.items, compare_uses);
    for (size_t i = 0; i < r->uses.len; i++)
        if (!kept || compare_uses(&r->uses.items[kept - 1], &r->uses.items[i]) != 0)
            r->uses.items[kept++] = r->uses.items[i];
    r->uses.len = kept;
}

void build_sort_state(struct build_state *state)
{
    if (state->records.len)
        qsort(state->records.items, state->records.len, sizeof(struct build_record *),
              compare_records);
    for (size_t i = 0; i < state->records.len; i++)
        sort_uses(state->records.items[i]);
}

void build_merge_state(struct build_state *to, const struct build_state *from)
{
    for (size_t i = 0; i < from->records.len; i++) {
        const struct build_record *r = from->records.items[i];
        struct build_record *own = build_renew_record(to, r->source);
        own->key = r->key;
        own->pages = r->pages;
        for (size_t k = 0; k < r->uses.len; k++) {
            const struct build_file *f = r->uses.items[k].file;
            struct build_file *known = build_find_file(to, f->path, f->hash, &f->stamp);
            known->now = BUILD_UNCHECKED;
            build_add_use(own, known, r->uses.items[k].role);
        }
    }
}

static int64_t ns(const struct timespec *t)
{
    return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

struct build_stamp build_stamp_of(const struct stat *st)
{
    return (struct build_stamp){.size = (int64_t)st->st_size,
                                .modified = ns(&st->st_mtim),
                                .changed = ns(&st->st_ctim),
                                .inode = (uint64_t)st->st_ino};
}

bool build_is_alike(const struct build_stamp *a, const struct build_stamp *b)
{
    return a->size >= 0 && a->size == b->size && a->modified == b->modified &&
           a->changed == b->changed && a->inode == b->inode;
}

void build_distrust_stamp(struct build_stamp *stamp)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (stamp->changed > ns(&now) - TICK_NS)
        stamp->size = -1;
}

bool build_hash_file(const char *path, struct build_stamp *stamp, unsigned char hash[HASH_SIZE])
{
    struct buf bytes = BUF_EMPTY;
    struct stat st;
    bool good = stat(path, &st) == 0;
    int error = good ? file_read(path, &bytes) : errno;
    if (!error) {
        *stamp = build_stamp_of(&st);
        build_distrust_stamp(stamp);
        hash_bytes(buf_str(&bytes), bytes.len, hash);
    }
    buf_free(&bytes);
    errno = error;
    return error == 0;
}
