/* Documents among the files of a folder: see scan.h.
 *
 * A file is not a document if another one uses it. Its uses are attribute values that name a
 * file ending in .xml, found by a walk over the bytes: parsing four hundred documents would
 * take longer than rendering some. Comments are skipped. What an included part includes in turn
 * is followed. */
#include "app/scan.h"
#include "app/trace.h"
#include "base/file.h"
#include "base/mem.h"
#include "build/check.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/uri.h>

struct names {
    char **items;
    size_t len, cap;
};

struct scan {
    struct build_state *state;
    struct names used;    /* absolute paths of files that others name */
    struct names visited; /* files whose names were taken */
};

static bool has_name(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->len; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

static void free_names(struct names *names)
{
    for (size_t i = 0; i < names->len; i++)
        free(names->items[i]);
    free(names->items);
}

static bool ends_in_xml(const char *s, size_t n)
{
    return n > 4 && memcmp(s + n - 4, ".xml", 4) == 0;
}

static void visit_file(struct scan *scan, const char *path);

/* `path` uses the file `name`, as an attribute has it. */
static void add_use(struct scan *scan, const char *path, const char *name, size_t n)
{
    char *plain = xmlURIUnescapeString(name, (int)n, NULL);
    char *beside = file_beside(path, plain), *full = app_absolute_path(beside);
    xmlFree(plain);
    free(beside);
    if (strcmp(full, path) == 0 || has_name(&scan->used, full)) {
        free(full);
        return;
    }
    VEC_PUSH(&scan->used, full);
    visit_file(scan, full);
}

/* The end of an attribute's value that begins after `=` at `s`; NULL. */
static const char *find_value(const char *s, const char *end, const char **from)
{
    while (s < end && (*s == ' ' || *s == '\n' || *s == '\t' || *s == '\r'))
        s++;
    if (s == end || (*s != '"' && *s != '\''))
        return NULL;
    *from = s + 1;
    return memchr(s + 1, *s, (size_t)(end - s - 1));
}

static void walk_bytes(struct scan *scan, const char *path, const char *s, const char *end)
{
    while (s < end) {
        const char *from, *stop;
        if (*s == '<' && end - s > 4 && memcmp(s, "<!--", 4) == 0) {
            stop = memmem(s + 4, (size_t)(end - s - 4), "-->", 3);
            s = stop ? stop + 3 : end;
        } else if (*s == '=' && (stop = find_value(s + 1, end, &from))) {
            if (ends_in_xml(from, (size_t)(stop - from)))
                add_use(scan, path, from, (size_t)(stop - from));
            s = stop + 1;
        } else {
            s++;
        }
    }
}

/* What an unchanged document used when it was rendered; false when it is not known. */
static bool recall(struct scan *scan, const char *path)
{
    const struct build_record *r = build_find_record(scan->state, path);
    for (size_t i = 0; r && i < r->uses.len; i++)
        if (r->uses.items[i].role == BUILD_SOURCE &&
            build_check_file(scan->state, r->uses.items[i].file) != BUILD_SAME)
            return false;
    for (size_t i = 0; r && i < r->uses.len; i++) {
        const struct build_use *use = &r->uses.items[i];
        const char *used = use->file->path;
        bool is_xml = ends_in_xml(used, strlen(used));
        if ((use->role == BUILD_PART || use->role == BUILD_READ) && is_xml &&
            !has_name(&scan->used, used))
            VEC_PUSH(&scan->used, mem_strdup(used));
    }
    return r != NULL;
}

static void visit_file(struct scan *scan, const char *path)
{
    struct buf bytes = BUF_EMPTY;
    if (has_name(&scan->visited, path))
        return;
    VEC_PUSH(&scan->visited, mem_strdup(path));
    if (!recall(scan, path) && file_read(path, &bytes) == 0)
        walk_bytes(scan, path, buf_str(&bytes), buf_str(&bytes) + bytes.len);
    buf_free(&bytes);
}

static void add_entry(struct app_entries *out, const char *path)
{
    struct app_entry entry = {mem_strdup(path), app_absolute_path(path)};
    for (size_t i = 0; i < out->len; i++)
        if (strcmp(out->items[i].source, entry.source) == 0) {
            free(entry.path);
            free(entry.source);
            return;
        }
    VEC_PUSH(out, entry);
}

static int choose_xml(const struct dirent *e)
{
    return e->d_name[0] != '.' && ends_in_xml(e->d_name, strlen(e->d_name));
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* The path of a file in a folder, as short as the user would write it; the caller frees. */
static char *join(const char *folder, const char *name)
{
    struct buf path = BUF_EMPTY;
    size_t n = strlen(folder);
    while (n > 1 && folder[n - 1] == '/')
        n--;
    if (n != 1 || *folder != '.')
        buf_printf(&path, "%.*s%s", (int)n, folder, n == 1 && *folder == '/' ? "" : "/");
    buf_puts(&path, name);
    return path.bytes;
}

static void add_folder(struct scan *scan, const char *folder, struct app_entries *out,
                       struct diag *diag)
{
    struct dirent **list = NULL;
    int n = scandir(folder, &list, choose_xml, by_bytes);
    if (n < 0)
        diag_add(diag, DIAG_SYSTEM, (struct src_loc){folder, 0, 0}, "read-folder",
                 _("cannot read the folder: %s"), file_error_text(errno));
    struct names files = {NULL, 0, 0};
    for (int i = 0; i < n; i++) {
        VEC_PUSH(&files, join(folder, list[i]->d_name));
        free(list[i]);
    }
    free(list);
    for (size_t i = 0; i < files.len; i++) {
        char *full = app_absolute_path(files.items[i]);
        visit_file(scan, full);
        free(full);
    }
    for (size_t i = 0; i < files.len; i++) {
        char *full = app_absolute_path(files.items[i]);
        if (has_name(&scan->used, full))
            VEC_PUSH(&out->parts, mem_strdup(full));
        else
            add_entry(out, files.items[i]);
        free(full);
    }
    free_names(&files);
    VEC_PUSH(&out->folders, mem_strdup(folder));
}

void app_find_entries(char *const *paths, size_t n, struct build_state *state,
                      struct app_entries *out, struct diag *diag)
{
    struct scan scan = {.state = state};
    struct stat st;
    *out = (struct app_entries){0};
    for (size_t i = 0; i < n; i++)
        if (stat(paths[i], &st) != 0)
            diag_add(diag, DIAG_SYSTEM, (struct src_loc){paths[i], 0, 0}, "read-file",
                     _("cannot read the file: %s"), file_error_text(errno));
        else if (S_ISDIR(st.st_mode))
            add_folder(&scan, paths[i], out, diag);
        else
            add_entry(out, paths[i]);
    free_names(&scan.used);
    free_names(&scan.visited);
}

void app_free_entries(struct app_entries *entries)
{
    for (size_t i = 0; i < entries->len; i++) {
        free(entries->items[i].path);
        free(entries->items[i].source);
    }
    free(entries->items);
    for (size_t i = 0; i < entries->parts.len; i++)
        free(entries->parts.items[i]);
    free(entries->parts.items);
    for (size_t i = 0; i < entries->folders.len; i++)
        free(entries->folders.items[i]);
    free(entries->folders.items);
}
