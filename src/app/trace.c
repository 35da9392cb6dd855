/* Every file that is read is heard of through file_listen, with the bytes as they were read, so
 * that what is recorded is what was used even when it is edited meanwhile. What the process has
 * kept from documents before (stylesheets, schemas, fonts) is read no more: its names are asked
 * for, and the version is the one this process read. */
#include "app/trace.h"
#include "base/file.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* A path as stages name it, its absolute form and the version that was read last. */
struct loaded {
    struct loaded *next;
    char *name, *path;
    unsigned char hash[HASH_SIZE];
    struct build_stamp stamp;
    bool is_shared; /* kept by the process beyond one document */
};

struct app_trace {
    struct app *app;
    const struct build_state *known;
    struct loaded *loaded;
    char *templates; /* absolute, with a slash; NULL */
    /* of the document that is rendered */
    struct build_state *state;
    struct build_record *record;
    struct file_listener listener;
};

char *app_absolute_path(const char *path)
{
    char *folder = file_real_folder(path);
    const char *slash = strrchr(path, '/');
    struct buf full = BUF_EMPTY;
    buf_printf(&full, "%s%s", folder ? folder : "", folder && slash ? slash + 1 : path);
    free(folder);
    return full.bytes;
}

struct app_trace *app_new_trace(struct app *app, const struct build_state *known)
{
    struct app_trace *trace = mem_zalloc(sizeof *trace);
    trace->app = app;
    trace->known = known;
    const char *folder = app_templates(app);
    struct buf inside = BUF_EMPTY;
    buf_printf(&inside, "%s/x", folder ? folder : "");
    trace->templates = folder ? file_real_folder(buf_str(&inside)) : NULL;
    buf_free(&inside);
    return trace;
}

/* Forget what was read for one document only; with `all` everything. */
static void forget_loaded(struct app_trace *trace, bool all)
{
    for (struct loaded **at = &trace->loaded, *l; (l = *at);) {
        if (l->is_shared && !all) {
            at = &l->next;
            continue;
        }
        *at = l->next;
        free(l->name);
        free(l->path);
        free(l);
    }
}

void app_free_trace(struct app_trace *trace)
{
    if (!trace)
        return;
    forget_loaded(trace, true);
    free(trace->templates);
    free(trace);
}

static struct loaded *find_loaded(const struct app_trace *trace, const char *name)
{
    struct loaded *l = trace->loaded;
    while (l && strcmp(l->name, name) != 0)
        l = l->next;
    return l;
}

static struct loaded *add_loaded(struct app_trace *trace, const char *name)
{
    struct loaded *l = mem_zalloc(sizeof *l);
    l->name = mem_strdup(name);
    l->path = app_absolute_path(name);
    l->next = trace->loaded;
    trace->loaded = l;
    return l;
}

/* Put a version into the document's record; a role once given stays, except the vaguest one. */
static void note(struct app_trace *trace, struct loaded *l, enum build_role role)
{
    struct build_record *r = trace->record;
    if (role == BUILD_READ && strcmp(l->path, r->source) == 0)
        role = BUILD_SOURCE;
    if (role == BUILD_READ && trace->templates && file_is_below(trace->templates, l->path))
        role = BUILD_SHARED;
    l->is_shared = l->is_shared || role == BUILD_SHARED;
    for (size_t i = 0; i < r->uses.len; i++) {
        struct build_use *use = &r->uses.items[i];
        if (strcmp(use->file->path, l->path) != 0 ||
            memcmp(use->file->hash, l->hash, HASH_SIZE) != 0)
            continue;
        if (use->role == BUILD_READ)
            use->role = role;
        return;
    }
    build_add_use(r, build_find_file(trace->state, l->path, l->hash, &l->stamp), role);
}

static void hear(void *self, const char *path, const struct stat *st, const char *bytes,
                 size_t n)
{
    struct app_trace *trace = self;
    struct loaded *l = find_loaded(trace, path);
    if (!l)
        l = add_loaded(trace, path);
    l->stamp = build_stamp_of(st);
    build_distrust_stamp(&l->stamp);
    hash_bytes(bytes, n, l->hash);
    note(trace, l, BUILD_READ);
}

/* A file by name: what this process has read of it, else what lies there. */
static void note_name(struct app_trace *trace, const char *path, enum build_role role)
{
    struct loaded *l = find_loaded(trace, path);
    if (l) {
        note(trace, l, role);
        return;
    }
    struct stat st;
    if (stat(path, &st) != 0)
        return;
    struct build_stamp stamp = build_stamp_of(&st);
    unsigned char hash[HASH_SIZE];
    char *full = app_absolute_path(path);
    const struct build_file *known = build_recognise_file(trace->known, full, &stamp);
    free(full);
    if (!known && !build_hash_file(path, &stamp, hash))
        return;
    l = add_loaded(trace, path);
    l->stamp = stamp;
    memcpy(l->hash, known ? known->hash : hash, HASH_SIZE);
    note(trace, l, role);
}

static void note_read(void *self, const char *path)
{
    note_name(self, path, BUILD_READ);
}

static void note_part(void *self, const char *path)
{
    note_name(self, path, BUILD_PART);
}

static void note_data(void *self, const char *path)
{
    note_name(self, path, BUILD_DATA);
}

static void note_shared(void *self, const char *path)
{
    note_name(self, path, BUILD_SHARED);
}

/* What has been written is as young as it can be, and ours: its looks are believed. */
static void note_output(void *self, const char *path)
{
    struct app_trace *trace = self;
    struct buf bytes = BUF_EMPTY;
    struct stat st;
    file_listen(NULL);
    if (stat(path, &st) == 0 && file_read(path, &bytes) == 0) {
        struct loaded out = {.path = app_absolute_path(path), .stamp = build_stamp_of(&st)};
        hash_bytes(buf_str(&bytes), bytes.len, out.hash);
        note(trace, &out, BUILD_OUTPUT);
        free(out.path);
    }
    buf_free(&bytes);
    file_listen(&trace->listener);
}

bool app_render_traced(struct app_trace *trace, struct app_job *job, const char *source,
                       struct diag *diag, struct build_state **state)
{
    trace->listener = (struct file_listener){hear, trace};
    trace->state = *state = build_new_state();
    trace->record = build_renew_record(trace->state, source);
    job->self = trace;
    job->wrote = note_output;
    job->included = note_part;
    job->consulted = note_data;
    job->opened = note_read;
    forget_loaded(trace, false);
    app_forget_use(trace->app);
    file_listen(&trace->listener);
    bool good = app_render(trace->app, job, diag);
    file_listen(NULL);
    app_list_used(trace->app, note_shared, trace);
    trace->record->pages = job->pages;
    return good;
}
