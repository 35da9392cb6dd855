/* The state as text, one fact a line:
 *
 *     prikaz-state 1
 *     file HASH SIZE MODIFIED CHANGED INODE PATH      numbered from 0, sorted by path
 *     document PROGRAM OPTIONS FONTS PAGES LETTER+NUMBER...
 *     end HASH                                        of everything before
 *
 * A text, because a maintainer may want to look, and because it is compared in tests. Paths are
 * relative to the folder of the file where they can be, so that a tree may be moved; %, spaces
 * at the ends and control characters are escaped as %XX. The hash at the end tells a whole file
 * from one that was cut or edited: what is not whole counts as nothing, and everything is
 * rendered anew, which is slow and never wrong. */
#include "build/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "prikaz-state 1\n"

enum { HASH_DIGITS = 2 * HASH_SIZE };

/* ---- writing */

static void put_hash(struct buf *out, const unsigned char hash[HASH_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < HASH_SIZE; i++) {
        buf_putc(out, digits[hash[i] >> 4]);
        buf_putc(out, digits[hash[i] & 15]);
    }
    buf_putc(out, ' ');
}

/* `path` as seen from `folder`, if both share more than the root. */
static void put_relative(struct buf *out, const char *path, const char *folder)
{
    size_t same = 0;
    for (size_t i = 0; folder && path[i] && path[i] == folder[i]; i++)
        if (path[i] == '/')
            same = i + 1;
    if (same <= 1) {
        buf_puts(out, path);
        return;
    }
    for (const char *rest = folder + same; (rest = strchr(rest, '/')); rest++)
        buf_puts(out, "../");
    buf_puts(out, path + same);
}

static void put_path(struct buf *out, const char *path, const char *folder)
{
    struct buf name = BUF_EMPTY;
    put_relative(&name, path, folder);
    for (const char *s = buf_str(&name); *s; s++)
        if ((unsigned char)*s < 0x20 || *s == '%' || *s == 0x7F)
            buf_printf(out, "%%%02X", (unsigned char)*s);
        else
            buf_putc(out, *s);
    buf_putc(out, '\n');
    buf_free(&name);
}

static int compare_files(const void *pa, const void *pb)
{
    const struct build_file *a = *(struct build_file *const *)pa,
                            *b = *(struct build_file *const *)pb;
    int order = strcmp(a->path, b->path);
    return order ? order : memcmp(a->hash, b->hash, HASH_SIZE);
}

struct files {
    struct build_file **items;
    size_t len, cap;
};

/* The files in use, sorted and numbered. */
static struct files number_files(struct build_state *state)
{
    struct files files = {NULL, 0, 0};
    for (size_t i = 0; i < BUILD_BUCKETS; i++)
        for (struct build_file *f = state->files[i]; f; f = f->next)
            f->number = SIZE_MAX;
    for (size_t i = 0; i < state->records.len; i++)
        for (size_t k = 0; k < state->records.items[i]->uses.len; k++) {
            struct build_file *f = state->records.items[i]->uses.items[k].file;
            if (f->number != SIZE_MAX)
                continue;
            f->number = 0;
            VEC_PUSH(&files, f);
        }
    if (files.len)
        qsort(files.items, files.len, sizeof *files.items, compare_files);
    for (size_t i = 0; i < files.len; i++)
        files.items[i]->number = i;
    return files;
}

static void put_record(struct buf *out, const struct build_record *r)
{
    buf_puts(out, "document ");
    put_hash(out, r->key.program);
    put_hash(out, r->key.options);
    put_hash(out, r->key.fonts);
    buf_putd(out, r->pages);
    for (size_t i = 0; i < r->uses.len; i++) {
        buf_putc(out, ' ');
        buf_putc(out, (char)r->uses.items[i].role);
        buf_putd(out, (int64_t)r->uses.items[i].file->number);
    }
    buf_putc(out, '\n');
}

void build_write_state(struct build_state *state, const char *folder, struct buf *out)
{
    unsigned char hash[HASH_SIZE];
    size_t start = out->len;
    build_sort_state(state);
    struct files files = number_files(state);
    buf_puts(out, HEAD);
    for (size_t i = 0; i < files.len; i++) {
        const struct build_file *f = files.items[i];
        buf_puts(out, "file ");
        put_hash(out, f->hash);
        buf_printf(out, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " ", f->stamp.size,
                   f->stamp.modified, f->stamp.changed, (int64_t)f->stamp.inode);
        put_path(out, f->path, folder);
    }
    for (size_t i = 0; i < state->records.len; i++)
        put_record(out, state->records.items[i]);
    hash_bytes(out->bytes + start, out->len - start, hash);
    buf_puts(out, "end ");
    put_hash(out, hash);
    buf_putc(out, '\n');
    free(files.items);
}

/* ---- reading */

struct reader {
    const char *s, *end;
    const char *folder;
    struct build_state *state;
    struct files files;
    bool good;
};

static bool take(struct reader *r, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(r->end - r->s) < n || memcmp(r->s, word, n) != 0)
        return false;
    r->s += n;
    return true;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static void take_hash(struct reader *r, unsigned char hash[HASH_SIZE])
{
    r->good = r->good && (size_t)(r->end - r->s) > HASH_DIGITS;
    for (size_t i = 0; r->good && i < HASH_SIZE; i++, r->s += 2) {
        int high = hex(r->s[0]), low = hex(r->s[1]);
        r->good = high >= 0 && low >= 0;
        hash[i] = (unsigned char)(r->good ? high * 16 + low : 0);
    }
    r->good = r->good && take(r, " ");
}

/* A decimal number; the text is ended by a NUL. */
static int64_t take_number(struct reader *r)
{
    char *end = NULL;
    int64_t n = r->good && r->s < r->end ? strtoll(r->s, &end, 10) : 0;
    r->good = r->good && end && end > r->s;
    r->s = r->good ? end : r->s;
    return n;
}

/* Remove «NAME/../» pairs that joining has made: `..` stand at the head of the name only. */
static void join_path(struct buf *out, const char *folder, const char *name)
{
    size_t n = strlen(folder);
    for (; strncmp(name, "../", 3) == 0 && n > 1; name += 3)
        do
            n--;
        while (n > 1 && folder[n - 1] != '/');
    buf_put(out, folder, n);
    buf_puts(out, name);
}

static char *take_path(struct reader *r)
{
    struct buf name = BUF_EMPTY, path = BUF_EMPTY;
    for (; r->good && r->s < r->end && *r->s != '\n'; r->s++)
        if (*r->s != '%') {
            buf_putc(&name, *r->s);
        } else if (r->end - r->s > 2 && hex(r->s[1]) >= 0 && hex(r->s[2]) >= 0) {
            buf_putc(&name, (char)(hex(r->s[1]) * 16 + hex(r->s[2])));
            r->s += 2;
        } else {
            r->good = false;
        }
    r->good = r->good && take(r, "\n") && name.len && strlen(name.bytes) == name.len;
    if (name.len && name.bytes[0] != '/' && r->folder)
        join_path(&path, r->folder, name.bytes);
    else
        buf_puts(&path, buf_str(&name));
    r->good = r->good && path.bytes[path.len - 1] != '/'; /* that would be a folder */
    buf_free(&name);
    return path.bytes;
}

static void read_file_line(struct reader *r)
{
    unsigned char hash[HASH_SIZE];
    struct build_stamp stamp = {0};
    take_hash(r, hash);
    stamp.size = take_number(r);
    r->good = r->good && take(r, " ");
    stamp.modified = take_number(r);
    r->good = r->good && take(r, " ");
    stamp.changed = take_number(r);
    r->good = r->good && take(r, " ");
    stamp.inode = (uint64_t)take_number(r);
    r->good = r->good && take(r, " ");
    char *path = take_path(r);
    if (r->good)
        VEC_PUSH(&r->files, build_find_file(r->state, path, hash, &stamp));
    free(path);
}

static void read_record_line(struct reader *r)
{
    struct build_record record = {0};
    take_hash(r, record.key.program);
    take_hash(r, record.key.options);
    take_hash(r, record.key.fonts);
    record.pages = (int32_t)take_number(r);
    while (r->good && take(r, " ")) {
        char role = r->s < r->end ? *r->s++ : '\0';
        int64_t number = take_number(r);
        r->good = r->good && role && strchr("doprstx", role) && number >= 0 &&
                  (uint64_t)number < r->files.len;
        if (!r->good)
            break;
        struct build_file *file = r->files.items[number];
        build_add_use(&record, file, (enum build_role)role);
        if (role == BUILD_SOURCE)
            record.source = file->path;
    }
    r->good = r->good && take(r, "\n") && record.source;
    if (!r->good) {
        free(record.uses.items);
        return;
    }
    struct build_record *own = ARENA_NEW(r->state->arena, struct build_record);
    *own = record;
    VEC_PUSH(&r->state->records, own);
}

/* Is the last line the hash of what is before it? Its start. */
static const char *find_end(const char *text, size_t n)
{
    enum { LINE = 4 + HASH_DIGITS + 2 };
    unsigned char said[HASH_SIZE], is[HASH_SIZE];
    if (n < sizeof HEAD - 1 + LINE)
        return NULL;
    struct reader r = {.s = text + n - LINE, .end = text + n, .good = true};
    const char *at = r.s;
    if (!take(&r, "end "))
        return NULL;
    take_hash(&r, said);
    hash_bytes(text, (size_t)(at - text), is);
    return r.good && memcmp(said, is, HASH_SIZE) == 0 ? at : NULL;
}

struct build_state *build_parse_state(const char *text, size_t n, const char *folder)
{
    const char *end = find_end(text, n);
    struct reader r = {.s = text, .end = end, .folder = folder, .good = true};
    if (!end || !take(&r, HEAD))
        return NULL;
    r.state = build_new_state();
    while (r.good && r.s < r.end)
        if (take(&r, "file "))
            read_file_line(&r);
        else if (take(&r, "document "))
            read_record_line(&r);
        else
            r.good = false;
    free(r.files.items);
    if (r.good)
        return r.state;
    build_free_state(r.state);
    return NULL;
}
