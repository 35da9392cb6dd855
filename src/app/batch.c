/* Many documents: see batch.h.
 *
 * A run plans (which documents there are, which of them are not what would be rendered now, and
 * why), renders these by workers (build/pool.h), and records for each what went into it
 * (trace.h). The state is written from time to time and at the end, in one step each time: a
 * run that is killed loses the record of a fifth of a second, whose documents the next run
 * renders again to find the same bytes there already. The plan of four hundred documents is
 * their four hundred looks and those of some thirty shared files. */
#include "app/batch.h"
#include "app/output.h"
#include "app/scan.h"
#include "app/trace.h"
#include "base/file.h"
#include "base/mem.h"
#include "build/check.h"
#include "build/lock.h"
#include "build/pool.h"
#include "build/program.h"
#include "build/watch.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define STATE_FILE ".prikaz-state"
#define LOCK_FILE  ".prikaz-lock"

/* How long another run that is just ending is waited for, and how often the state is saved. */
enum { PATIENCE_MS = 1500, SAVE_MS = 200 };

/* A document of this run. */
struct task {
    const struct app_entry *entry;
    char *output, *folder; /* absolute: the PDF; the folder of its parts */
    enum build_reason reason;
    const char *cause; /* the file; NULL */
};

struct app_batch {
    const struct app_batch_options *options;
    struct app *app;
    struct app_trace *trace; /* the workers' */
    struct build_state *state;
    struct build_pool *pool;
    struct build_key key;
    char *folder; /* of the output, absolute, with its last slash */
    char *here;   /* the current folder, with its last slash */
    int lock;     /* -1: none */
    int64_t saved_at;
    /* of the run */
    struct app_entries entries;
    struct task *tasks;
    size_t next, done;
    struct app_batch_result result;
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- telling */

/* A path as the user would call it: from the current folder, when it is in it. Borrowed. */
static const char *near_path(const struct app_batch *b, const char *path)
{
    size_t n = b->here ? strlen(b->here) : 0;
    return n && strncmp(path, b->here, n) == 0 && path[n] ? path + n : path;
}

static void tell(struct app_batch *b, struct app_event event)
{
    event.done = b->done;
    event.total = b->result.total;
    event.messages = event.messages ? event.messages : "";
    if (b->options->tell)
        b->options->tell(b->options->self, &event);
}

static char *print_messages(struct diag *diag, bool colour)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    REQUIRE(out);
    diag_print(diag, out, colour);
    fclose(out);
    return text;
}

/* Tell what has gone wrong with the run itself, and let it count. */
static void tell_trouble(struct app_batch *b, struct diag *diag)
{
    int status = diag_exit_status(diag);
    char *text = print_messages(diag, b->options->colour);
    if (*text)
        tell(b,
             (struct app_event){.kind = APP_EVENT_TROUBLE, .messages = text, .status = status});
    if (status > b->result.status)
        b->result.status = status;
    free(text);
}

static char *explain(const struct app_batch *b, enum build_reason reason, const char *cause)
{
    static const char *const words[] = {
        [BUILD_CURRENT] = "",
        [BUILD_FORCED] = N_("--force"),
        [BUILD_NEW] = N_("new"),
        [BUILD_FILE_CHANGED] = N_("changed: %s"),
        [BUILD_FILE_GONE] = N_("vanished: %s"),
        [BUILD_OUTPUT_CHANGED] = N_("changed by somebody else: %s"),
        [BUILD_OUTPUT_GONE] = N_("missing: %s"),
        [BUILD_OTHER_PROGRAM] = N_("another version of the program"),
        [BUILD_OTHER_OPTIONS] = N_("other options"),
        [BUILD_OTHER_FONTS] = N_("other fonts are installed"),
    };
    const char *word = *words[reason] ? _(words[reason]) : "", *gap = strstr(word, "%s");
    struct buf text = BUF_EMPTY;
    if (gap && cause)
        buf_printf(&text, "%.*s%s%s", (int)(gap - word), word, near_path(b, cause), gap + 2);
    else
        buf_puts(&text, word);
    return text.bytes ? text.bytes : mem_strdup("");
}

/* ---- the state */

static char *in_folder(const struct app_batch *b, const char *name)
{
    struct buf path = BUF_EMPTY;
    buf_printf(&path, "%s%s", b->folder, name);
    return path.bytes;
}

static void load_state(struct app_batch *b)
{
    struct buf text = BUF_EMPTY;
    char *path = in_folder(b, STATE_FILE);
    int error = file_read(path, &text);
    b->state = error ? NULL : build_parse_state(buf_str(&text), text.len, b->folder);
    if (!b->state && error != ENOENT) {
        struct diag *diag = diag_new();
        diag_add(diag, DIAG_NOTE, (struct src_loc){near_path(b, path), 0, 0}, "state",
                 _("the record of earlier runs is damaged or of another version; everything is "
                   "rendered anew"));
        tell_trouble(b, diag);
        diag_free(diag);
    }
    if (!b->state)
        b->state = build_new_state();
    free(path);
    buf_free(&text);
}

/* Write the state, if it has changed, in one step. */
static void save_state(struct app_batch *b)
{
    if (!b->state->is_changed || b->options->dry_run)
        return;
    struct buf text = BUF_EMPTY;
    struct diag *diag = diag_new();
    char *path = in_folder(b, STATE_FILE);
    build_write_state(b->state, b->folder, &text);
    app_write_file(path, &text, diag);
    b->state->is_changed = false;
    b->saved_at = now_ms();
    tell_trouble(b, diag);
    diag_free(diag);
    free(path);
    buf_free(&text);
}

static void put_path(void *self, const char *path)
{
    struct buf *text = self;
    buf_put(text, path, strlen(path) + 1);
}

static void make_key(struct app_batch *b)
{
    const struct app_batch_options *o = b->options;
    const char *epoch = getenv("SOURCE_DATE_EPOCH"), *templates = app_templates(b->app);
    char *real = templates ? realpath(templates, NULL) : NULL;
    struct buf text = BUF_EMPTY;
    buf_printf(&text, "%d %d %d %d %s %s", (int)o->profile, o->any_folder, o->split,
               o->own_pages, epoch ? epoch : "", real ? real : "");
    hash_bytes(buf_str(&text), text.len, b->key.options);
    buf_clear(&text);
    app_list_fonts(b->app, put_path, &text);
    hash_bytes(buf_str(&text), text.len, b->key.fonts);
    build_identify_program(b->key.program);
    buf_free(&text);
    free(real);
}

/* ---- workers: what runs there */

/* One string of a request, each ended by a NUL. */
static const char *take_string(const char **s)
{
    const char *string = *s;
    *s += strlen(string) + 1;
    return string;
}

/* The reply: a line of figures, the messages, the record. */
static void work(void *self, const struct buf *request, struct buf *reply)
{
    struct app_batch *b = self;
    const struct app_batch_options *o = b->options;
    const char *s = request->bytes;
    struct app_job job = {.profile = o->profile,
                          .any_folder = o->any_folder,
                          .own_pages = o->own_pages,
                          .one_thread = true,
                          .keep_same = true};
    job.input = take_string(&s);
    const char *source = take_string(&s);
    job.output = take_string(&s);
    const char *folder = take_string(&s);
    job.folder = *folder ? folder : NULL;
    struct diag *diag = diag_new();
    struct build_state *record = NULL;
    int64_t start = now_ms();
    bool good = app_render_traced(b->trace, &job, source, diag, &record);
    int status = good ? 0 : diag_exit_status(diag) ? diag_exit_status(diag) : 1;
    char *messages = print_messages(diag, o->colour);
    buf_printf(reply, "%d %d %lld %zu\n%s", status, (int)job.pages,
               (long long)(now_ms() - start), strlen(messages), messages);
    build_write_state(record, NULL, reply);
    build_free_state(record);
    free(messages);
    diag_free(diag);
}

/* ---- the plan */

static char *output_of(const struct app_batch *b, const char *path, const char *ending)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    int n = dot && dot > name ? (int)(dot - name) : (int)strlen(name);
    struct buf output = BUF_EMPTY;
    buf_printf(&output, "%s%.*s%s", b->folder, n, name, ending);
    return output.bytes;
}

static void free_tasks(struct app_batch *b)
{
    for (size_t i = 0; i < b->entries.len; i++) {
        free(b->tasks[i].output);
        free(b->tasks[i].folder);
    }
    free(b->tasks);
    b->tasks = NULL;
    app_free_entries(&b->entries);
}

static int compare_outputs(const void *pa, const void *pb)
{
    const struct task *a = *(struct task *const *)pa, *b = *(struct task *const *)pb;
    int order = strcmp(a->output, b->output);
    return order ? order : strcmp(a->entry->source, b->entry->source);
}

/* Two documents of one name would fight for one output: the second is refused. */
static void refuse_doubles(struct app_batch *b, struct diag *diag)
{
    size_t n = b->entries.len;
    struct task **order = mem_alloc((n + 1) * sizeof(struct task *));
    for (size_t i = 0; i < n; i++)
        order[i] = &b->tasks[i];
    qsort(order, n, sizeof *order, compare_outputs);
    for (size_t i = 1; i < n; i++) {
        if (strcmp(order[i - 1]->output, order[i]->output) != 0)
            continue;
        diag_add(diag, DIAG_ERROR, (struct src_loc){order[i]->entry->path, 0, 0}, "output",
                 _("its output %s is that of %s; it is left out: rename one or give them "
                   "different folders by -o"),
                 near_path(b, order[i]->output), order[i - 1]->entry->path);
        order[i]->reason = BUILD_CURRENT;
        free(order[i]->output);
        order[i]->output = mem_strdup(order[i - 1]->output);
        b->result.failed++;
    }
    free(order);
}

static void judge(struct app_batch *b, struct task *t)
{
    const struct build_record *r = build_find_record(b->state, t->entry->source);
    t->reason = r ? build_check_record(b->state, r, &b->key, &t->cause) : BUILD_NEW;
    if (b->options->force)
        t->reason = BUILD_FORCED;
}

static void plan(struct app_batch *b, char *const *paths, size_t n)
{
    struct diag *diag = diag_new();
    app_find_entries(paths, n, b->state, &b->entries, diag);
    b->tasks = mem_zalloc((b->entries.len + 1) * sizeof *b->tasks);
    for (size_t i = 0; i < b->entries.len; i++) {
        struct task *t = &b->tasks[i];
        t->entry = &b->entries.items[i];
        t->output = output_of(b, t->entry->source, ".pdf");
        t->folder = output_of(b, t->entry->source, "");
        judge(b, t);
    }
    refuse_doubles(b, diag);
    for (size_t i = 0; i < b->entries.len; i++)
        if (b->tasks[i].reason == BUILD_CURRENT)
            b->result.current++;
        else
            b->result.total++;
    b->result.current -= b->result.failed;
    tell_trouble(b, diag);
    diag_free(diag);
    for (size_t i = 0; i < b->entries.len; i++) {
        if (b->tasks[i].reason == BUILD_CURRENT)
            continue;
        char *why = explain(b, b->tasks[i].reason, b->tasks[i].cause);
        tell(b, (struct app_event){.kind = APP_EVENT_PLANNED,
                                   .path = b->tasks[i].entry->path,
                                   .output = near_path(b, b->tasks[i].output),
                                   .text = why});
        free(why);
    }
}

/* Did a template, a schema or a font change that workers have in memory? */
static bool is_outgrown(const struct app_batch *b)
{
    for (size_t i = 0; i < b->state->records.len; i++) {
        const struct build_record *r = b->state->records.items[i];
        for (size_t k = 0; k < r->uses.len; k++) {
            const struct build_file *f = r->uses.items[k].file;
            if (r->uses.items[k].role == BUILD_SHARED && f->now != BUILD_SAME &&
                f->now != BUILD_UNCHECKED)
                return true;
        }
    }
    return false;
}

/* ---- rendering */

/* The new record of a document; outputs that are no longer made stay in it, as outdated. */
static void keep_record(struct app_batch *b, const struct build_state *fresh)
{
    struct build_record *r = fresh->records.len ? fresh->records.items[0] : NULL;
    if (!r)
        return;
    struct build_record old = {0};
    const struct build_record *known = build_find_record(b->state, r->source);
    for (size_t i = 0; known && i < known->uses.len; i++) {
        enum build_role role = known->uses.items[i].role;
        if (role == BUILD_OUTPUT || role == BUILD_OUTDATED)
            build_add_use(&old, known->uses.items[i].file, role);
    }
    r->key = b->key;
    build_merge_state(b->state, fresh);
    struct build_record *own = build_find_record(b->state, r->source);
    for (size_t i = 0; i < old.uses.len; i++) {
        bool is_made = false;
        for (size_t k = 0; k < r->uses.len; k++)
            is_made = is_made ||
                      (r->uses.items[k].role == BUILD_OUTPUT &&
                       strcmp(r->uses.items[k].file->path, old.uses.items[i].file->path) == 0);
        if (!is_made)
            build_add_use(own, old.uses.items[i].file, BUILD_OUTDATED);
    }
    free(old.uses.items);
}

/* What a worker says of its document; false when it is not to be understood. */
static bool take_reply(struct app_batch *b, const struct buf *reply, struct app_event *event,
                       char **messages)
{
    int used = 0, status = 0, pages = 0;
    long long ms = 0;
    size_t n = 0;
    bool good =
        reply->len &&
        sscanf(reply->bytes, "%d %d %lld %zu\n%n", &status, &pages, &ms, &n, &used) == 4 &&
        n <= reply->len - (size_t)used;
    if (!good)
        return false;
    struct buf text = BUF_EMPTY;
    buf_put(&text, reply->bytes + used, n);
    *messages = text.bytes;
    event->status = status;
    event->pages = pages;
    event->ms = ms;
    size_t at = (size_t)used + n;
    struct build_state *fresh = build_parse_state(reply->bytes + at, reply->len - at, NULL);
    if (fresh && status == 0)
        keep_record(b, fresh);
    build_free_state(fresh);
    return true;
}

/* A document that took its worker with it. */
static char *explain_loss(const struct app_batch *b, const struct task *t,
                          const struct build_answer *answer)
{
    struct diag *diag = diag_new();
    struct src_loc at = {t->entry->path, 0, 0};
    if (answer->signal)
        diag_add(diag, DIAG_SYSTEM, at, "lost",
                 _("rendering it was ended by signal %d (%s); its old output is kept, other "
                   "documents are not affected. This is a fault of the program"),
                 answer->signal, strsignal(answer->signal));
    else
        diag_add(diag, DIAG_SYSTEM, at, "lost",
                 _("the process that rendered it ended with status %d; its old output is kept, "
                   "other documents are not affected"),
                 answer->code);
    char *text = print_messages(diag, b->options->colour);
    diag_free(diag);
    return text;
}

static void finish_task(struct app_batch *b, const struct build_answer *answer)
{
    const struct task *t = &b->tasks[answer->job];
    struct app_event event = {
        .kind = APP_EVENT_DONE, .path = t->entry->path, .output = near_path(b, t->output)};
    char *messages = NULL;
    if (answer->is_lost || !take_reply(b, &answer->reply, &event, &messages)) {
        messages = explain_loss(b, t, answer);
        event.status = answer->code == EXIT_SYSTEM ? EXIT_SYSTEM : 1;
    }
    b->done++;
    if (event.status == 0)
        b->result.rendered++;
    else
        b->result.failed++;
    if (event.status > b->result.status)
        b->result.status = event.status;
    event.messages = messages;
    tell(b, event);
    free(messages);
    if (now_ms() - b->saved_at >= SAVE_MS)
        save_state(b);
}

static bool give_task(struct app_batch *b, size_t i)
{
    const struct task *t = &b->tasks[i];
    struct buf request = BUF_EMPTY;
    put_path(&request, t->entry->path);
    put_path(&request, t->entry->source);
    put_path(&request, t->output);
    put_path(&request, b->options->split ? t->folder : "");
    bool given = build_give_job(b->pool, i, &request);
    int error = errno;
    buf_free(&request);
    if (given) {
        tell(b, (struct app_event){.kind = APP_EVENT_BEGUN,
                                   .path = t->entry->path,
                                   .output = near_path(b, t->output)});
        return true;
    }
    struct diag *diag = diag_new();
    diag_add(diag, DIAG_SYSTEM, (struct src_loc){NULL, 0, 0}, "worker",
             _("no process can be started: %s"), strerror(error));
    tell_trouble(b, diag);
    diag_free(diag);
    return false;
}

static void render_all(struct app_batch *b)
{
    struct build_answer answer;
    bool going = true;
    for (size_t i = 0; i < b->entries.len && going; i++) {
        if (b->tasks[i].reason == BUILD_CURRENT)
            continue;
        while (!build_is_idle(b->pool) && build_await_answer(b->pool, -1, &answer)) {
            finish_task(b, &answer);
            buf_free(&answer.reply);
        }
        going = !(b->options->stop && b->result.failed) && give_task(b, i);
    }
    while (build_await_answer(b->pool, -1, &answer)) {
        finish_task(b, &answer);
        buf_free(&answer.reply);
    }
}

/* ---- orphans */

static bool is_there(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

/* Tell of an output without a source; true when it is no longer there. */
static bool handle_orphan(struct app_batch *b, const char *output, const char *why)
{
    if (!is_there(output))
        return true;
    bool removes = b->options->prune && !b->options->dry_run;
    bool gone = removes && unlink(output) == 0;
    if (gone) { /* the folder of parts, when this was the last one */
        char *folder = file_folder(output);
        if (strcmp(folder, b->folder) != 0)
            rmdir(folder);
        free(folder);
    } else {
        b->result.orphans++;
    }
    tell(b, (struct app_event){.kind = gone ? APP_EVENT_PRUNED : APP_EVENT_ORPHAN,
                               .output = near_path(b, output),
                               .text = why});
    return gone;
}

static bool is_part(const struct app_batch *b, const char *source)
{
    for (size_t i = 0; i < b->entries.parts.len; i++)
        if (strcmp(b->entries.parts.items[i], source) == 0)
            return true;
    return false;
}

/* Is the output another document's now? */
static bool is_taken(const struct app_batch *b, const char *output)
{
    for (size_t i = 0; i < b->entries.len; i++)
        if (strcmp(b->tasks[i].output, output) == 0)
            return true;
    return false;
}

/* The outputs of one record that nothing makes any more. False when the record is empty now. */
static bool sift_record(struct app_batch *b, struct build_record *r)
{
    bool gone = !is_there(r->source), whole = gone || is_part(b, r->source);
    size_t kept = 0, outputs = 0;
    struct buf why = BUF_EMPTY;
    if (gone)
        buf_printf(&why, _("its source %s is gone"), near_path(b, r->source));
    else if (whole)
        buf_printf(&why, _("its source %s is a part of another document"),
                   near_path(b, r->source));
    else
        buf_puts(&why, b->options->split ? _("its document no longer has this part")
                                         : _("its document is no longer split into parts"));
    for (size_t i = 0; i < r->uses.len; i++) {
        struct build_use use = r->uses.items[i];
        bool is_output = use.role == BUILD_OUTPUT || use.role == BUILD_OUTDATED;
        bool is_orphan = use.role == BUILD_OUTDATED || (whole && use.role == BUILD_OUTPUT);
        bool drop = is_orphan && (is_taken(b, use.file->path) ||
                                  handle_orphan(b, use.file->path, buf_str(&why)));
        b->state->is_changed = b->state->is_changed || drop;
        outputs += is_output && !drop;
        if (!drop)
            r->uses.items[kept++] = use;
    }
    r->uses.len = kept;
    buf_free(&why);
    return !whole || outputs;
}

static void handle_orphans(struct app_batch *b)
{
    build_sort_state(b->state);
    for (size_t i = 0; i < b->state->records.len;) {
        struct build_record *r = b->state->records.items[i];
        if (sift_record(b, r)) {
            i++;
            continue;
        }
        build_drop_record(b->state, r->source);
        build_sort_state(b->state);
    }
}

/* ---- the whole */

static void tell_failure(struct app_batch *b, const char *path, const char *message)
{
    struct diag *diag = diag_new();
    diag_add(diag, DIAG_SYSTEM, (struct src_loc){path, 0, 0}, "output-folder", "%s", message);
    tell_trouble(b, diag);
    diag_free(diag);
}

/* Make each folder of the path that is not there. */
static void make_folders(const char *path)
{
    char *copy = mem_strdup(path);
    for (char *s = copy + 1; *s; s++)
        if (*s == '/') {
            *s = '\0';
            mkdir(copy, 0777);
            *s = '/';
        }
    mkdir(copy, 0777);
    free(copy);
}

static bool open_folder(struct app_batch *b)
{
    const char *output = b->options->output;
    struct buf inside = BUF_EMPTY;
    if (!b->options->dry_run)
        make_folders(output);
    buf_printf(&inside, "%s/x", output);
    b->folder = file_real_folder(buf_str(&inside));
    int error = errno;
    if (!b->folder && b->options->dry_run)
        b->folder = app_absolute_path(buf_str(&inside));
    if (b->folder && strrchr(b->folder, '/')[1])
        strrchr(b->folder, '/')[1] = '\0';
    buf_free(&inside);
    if (b->folder)
        return true;
    struct buf text = BUF_EMPTY;
    buf_printf(&text, _("cannot use the output folder: %s"), file_error_text(error));
    tell_failure(b, output, buf_str(&text));
    buf_free(&text);
    return false;
}

static bool lock_folder(struct app_batch *b)
{
    long owner = 0;
    b->lock = -1;
    if (b->options->dry_run)
        return true;
    b->lock = build_lock_folder(b->folder, LOCK_FILE, PATIENCE_MS, &owner);
    if (b->lock >= 0)
        return true;
    struct buf text = BUF_EMPTY;
    if (errno == EWOULDBLOCK)
        buf_printf(
            &text,
            _("another prikaz (process %ld) is writing to this folder; wait until it has "
              "ended, or give another folder by -o"),
            owner);
    else
        buf_printf(&text, _("cannot write to the output folder: %s"), file_error_text(errno));
    tell_failure(b, b->options->output, buf_str(&text));
    buf_free(&text);
    return false;
}

/* Temporary files of processes that were killed, in the folder and in those of parts. */
static void clear_up(const struct app_batch *b)
{
    build_clear_folder(b->folder, APP_TEMPORARY);
    for (size_t i = 0; i < b->entries.len; i++)
        if (b->options->split)
            build_clear_folder(b->tasks[i].folder, APP_TEMPORARY);
}

static char *current_folder(void)
{
    return file_real_folder("x");
}

static void open_app(struct app_batch *b)
{
    b->app = app_new(b->options->templates);
    b->trace = app_new_trace(b->app, b->state);
    make_key(b);
}

/* While one waits for the disk to have its file, another works. */
static size_t usual_workers(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (size_t)cores + 1 : 1;
}

struct app_batch *app_new_batch(const struct app_batch_options *options)
{
    struct app_batch *b = mem_zalloc(sizeof *b);
    b->options = options;
    b->here = current_folder();
    b->lock = -1;
    if (!open_folder(b) || !lock_folder(b)) {
        app_free_batch(b);
        return NULL;
    }
    load_state(b);
    open_app(b);
    b->pool = build_new_pool(options->workers ? options->workers : usual_workers(), work, b);
    return b;
}

void app_free_batch(struct app_batch *b)
{
    if (!b)
        return;
    build_free_pool(b->pool);
    app_free_trace(b->trace);
    app_free(b->app);
    build_free_state(b->state);
    if (b->lock >= 0)
        close(b->lock);
    free(b->folder);
    free(b->here);
    free(b);
}

struct app_batch_result app_run_batch(struct app_batch *b, char *const *paths, size_t n)
{
    b->result = (struct app_batch_result){0};
    b->done = 0;
    b->saved_at = now_ms();
    build_forget_checks(b->state);
    plan(b, paths, n);
    if (is_outgrown(b)) {
        build_renew_pool(b->pool);
        app_free_trace(b->trace);
        app_free(b->app);
        open_app(b);
    }
    if (!b->options->dry_run) {
        clear_up(b);
        render_all(b);
    }
    handle_orphans(b);
    save_state(b);
    if (b->result.failed && b->result.status == 0)
        b->result.status = 1;
    free_tasks(b);
    return b->result;
}

/* ---- watching */

static void watch_file(struct build_watch *watch, const char *path)
{
    char *folder = file_folder(path);
    build_watch_folder(watch, *folder ? folder : ".");
    free(folder);
}

/* The folders of everything the documents depend on; for those that have not been rendered yet
 * their own and that of their parts. */
static void watch_sources(const struct app_batch *b, struct build_watch *watch,
                          char *const *paths, size_t n)
{
    struct app_entries entries;
    struct diag *diag = diag_new();
    app_find_entries(paths, n, b->state, &entries, diag);
    diag_free(diag);
    for (size_t i = 0; i < entries.folders.len; i++)
        build_watch_folder(watch, entries.folders.items[i]);
    for (size_t i = 0; i < entries.len; i++) {
        const struct build_record *r = build_find_record(b->state, entries.items[i].source);
        char *parts = mem_strdup(entries.items[i].source), *dot = strrchr(parts, '.');
        watch_file(watch, entries.items[i].source);
        if (dot)
            *dot = '\0';
        build_watch_folder(watch, parts);
        free(parts);
        for (size_t k = 0; r && k < r->uses.len; k++)
            if (r->uses.items[k].role != BUILD_OUTPUT &&
                r->uses.items[k].role != BUILD_OUTDATED)
                watch_file(watch, r->uses.items[k].file->path);
    }
    app_free_entries(&entries);
}

bool app_watch_batch(struct app_batch *b, char *const *paths, size_t n,
                     void (*after)(void *self, const struct app_batch_result *result))
{
    enum { QUIET_MS = 5 }; /* a save is often two events: the file, and the old one's removal */
    struct build_watch *watch = build_new_watch();
    if (!watch) {
        tell_failure(b, NULL, _("the system has no more watches for files"));
        return false;
    }
    bool is_first = true;
    do {
        struct app_batch_result result = app_run_batch(b, paths, n);
        watch_sources(b, watch, paths, n);
        after(b->options->self, &result);
        if (is_first) { /* what was saved before it was watched */
            result = app_run_batch(b, paths, n);
            after(b->options->self, &result);
        }
        is_first = false;
    } while (build_await_change(watch, -1, QUIET_MS, ".prikaz-"));
    build_free_watch(watch);
    return true;
}
