/* The whole sequence for one document: see app.h.
 *
 * A document's root element NAME in the namespace urn:prikaz:1 is set by the stylesheet
 * <templates>/NAME/NAME.xsl; the schema has said before which roots there are. A root fo:root
 * needs no template. Nothing is written before every stage has ended without an error. */
#include "app/app.h"
#include "app/attach.h"
#include "app/facts.h"
#include "app/made.h"
#include "app/output.h"
#include "app/report.h"
#include "app/stylesheet.h"
#include "app/timings.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/pool.h"
#include "check/check.h"
#include "fo/build.h"
#include "layout/layout.h"
#include "plan/day.h"
#include "read/read.h"
#include "transform/transform.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <libxml/tree.h>

struct app {
    char *templates; /* NULL: not found */
    struct read_cache *schemas;
    struct transform_cache *sheets;
    struct text_fonts *fonts; /* NULL until the first layout */
};

/* One document on its way. */
struct run {
    struct app *app;
    struct app_job *job;
    struct diag *diag;
    struct read_document *source;
    struct fo_feed *feed; /* takes the stylesheet's result; NULL: nobody does */
    const char *part;     /* what of it is set; NULL: the whole */
    int32_t first_page;   /* the number its first page has in the whole; 0: it is a document */
    struct {
        char **items;
        size_t len, cap;
    } parts;               /* the names of all parts */
    struct app_paths data; /* of files a report is computed from */
    struct app_spool out;
    struct layout_result layout;
    bool is_laid_out;
};

void app_start(void)
{
#ifndef __SANITIZE_ADDRESS__ /* which must see every piece */
    xmlMemSetup(pool_free, pool_alloc, pool_realloc, pool_strdup);
#endif
    const char *most = getenv("PRIKAZ_MEMORY");
    long megabytes = most ? strtol(most, NULL, 10) : 0;
    if (megabytes > 0)
        mem_limit((size_t)megabytes * 1000000);
}

struct app *app_new(const char *templates)
{
    struct app *app = mem_zalloc(sizeof *app);
    const char *given = templates ? templates : getenv("PRIKAZ_TEMPLATES");
    app->templates = given && *given
                         ? mem_strdup(given)
                         : app_find_folder("templates", "prikaz/templates", "prikaz.xsd");
    app->schemas = read_new_cache();
    app->sheets = transform_new_cache();
    return app;
}

void app_free(struct app *app)
{
    if (!app)
        return;
    if (app->fonts)
        text_free_fonts(app->fonts);
    transform_free_cache(app->sheets);
    read_free_cache(app->schemas);
    free(app->templates);
    free(app);
}

void app_forget_use(struct app *app)
{
    if (app->fonts)
        text_forget_use(app->fonts);
}

void app_list_used(const struct app *app, void (*each)(void *self, const char *path),
                   void *self)
{
    read_list_schemas(app->schemas, each, self);
    if (app->fonts)
        text_list_used(app->fonts, each, self);
}

void app_list_fonts(struct app *app, void (*each)(void *self, const char *path), void *self)
{
    if (!app->fonts)
        app->fonts = text_new_fonts();
    text_list_installed(app->fonts, each, self);
}

const char *app_templates(const struct app *app)
{
    return app->templates;
}

struct read_cache *app_schemas(const struct app *app)
{
    return app->schemas;
}

struct transform_cache *app_sheets(const struct app *app)
{
    return app->sheets;
}

static bool has_errors(const struct run *run)
{
    return diag_worst(run->diag) >= DIAG_ERROR;
}

static xmlDoc *load_for_template(void *self, const char *path, xmlDict *dict)
{
    const struct run *run = self;
    return read_plain_file(path, dict, run->diag);
}

static void note_opened(void *self, const char *path)
{
    const struct run *run = self;
    if (run->job->opened)
        run->job->opened(run->job->self, path);
}

static void feed_grown(void *self, xmlDoc *result)
{
    const struct run *run = self;
    fo_feed_grown(run->feed, result);
}

const char *app_language(void)
{
    /* Translators: the code of your language, as the templates name it: ru, or leave en. */
    return _("en");
}

/* From a checked document to XSL-FO; NULL: told. */
static xmlDoc *apply_template(const struct run *run, const struct read_document *source)
{
    const xmlNode *root = xmlDocGetRootElement(source->doc);
    char *sheet = app_find_stylesheet(run->app->templates, root, run->diag);
    char *folder = file_folder(source->path);
    xmlDoc *result = NULL;
    struct buf first = BUF_EMPTY;
    if (sheet) {
        if (run->first_page)
            buf_putd(&first, run->first_page);
        bool parted = run->job->only || run->job->folder;
        const char *const params[] = {
            "folder",     folder,          "only",       run->part ? run->part : "",
            "first-page", buf_str(&first), "list-parts", parted ? "yes" : "",
            "language",   app_language(),  NULL};
        const struct transform_files files = {.load = load_for_template,
                                              .opened = note_opened,
                                              .grown = run->feed ? feed_grown : NULL,
                                              .self = (void *)(uintptr_t)run,
                                              .any_folder = run->job->any_folder};
        app_time_stage(run->job->timings, APP_TEMPLATES);
        bool good = transform_compile(run->app->sheets, sheet, &files, run->diag);
        app_time_stage(run->job->timings, APP_TRANSFORM);
        result = good ? transform_apply(run->app->sheets, sheet, source->doc, params, &files,
                                        run->diag)
                      : NULL;
    }
    buf_free(&first);
    free(sheet);
    free(folder);
    return result;
}

static void dump_xml(xmlDoc *doc, struct buf *out)
{
    xmlChar *text = NULL;
    int n = 0;
    xmlDocDumpFormatMemoryEnc(doc, &text, &n, "UTF-8", 0);
    buf_put(out, text, (size_t)n);
    xmlFree(text);
}

/* While the schema is loaded: the stylesheet, which will be needed if the document is right. What
 * is wrong with it is told when it is. */
static void compile_meanwhile(void *self, const char *root)
{
    const xmlNode node = {.type = XML_ELEMENT_NODE, .name = (const xmlChar *)root};
    struct run quiet = *(const struct run *)self;
    quiet.diag = diag_new();
    enum app_stage stage = app_time_stage(quiet.job->timings, APP_TEMPLATES);
    char *sheet = app_find_stylesheet(quiet.app->templates, &node, quiet.diag);
    const struct transform_files files = {
        .load = load_for_template, .self = &quiet, .any_folder = quiet.job->any_folder};
    if (sheet)
        transform_compile(quiet.app->sheets, sheet, &files, quiet.diag);
    app_time_stage(quiet.job->timings, stage);
    free(sheet);
    diag_free(quiet.diag);
}

/* --- what the sources of a report are told to */

static void note_consulted(void *self, const char *path)
{
    const struct run *run = self;
    if (run->job->consulted)
        run->job->consulted(run->job->self, path);
}

static void note_data(void *self, const char *path)
{
    struct run *run = self;
    VEC_PUSH(&run->data, mem_strdup(path));
}

static bool read_source(struct run *run)
{
    const struct app_job *job = run->job;
    if (run->source)
        return true;
    app_time_stage(job->timings, APP_READ);
    struct read_options options = {.any_folder = job->any_folder,
                                   .templates = run->app->templates,
                                   .cache = run->app->schemas,
                                   .meanwhile = job->opened ? NULL : compile_meanwhile,
                                   .self = run};
    run->source = read_document(job->input, &options, run->diag);
    bool good = run->source != NULL;
    if (run->source && run->source->doc) {
        const struct annual_options annual = {.on = job->on,
                                              .any_folder = job->any_folder,
                                              .consulted = note_consulted,
                                              .opened = note_opened,
                                              .was_read = note_data,
                                              .self = run};
        check_drop_ignores(run->source->doc);
        app_fill_tables(run->source, run->diag);
        good = app_add_facts(run->app, run->source, &annual, run->diag);
    }
    if (run->source && job->included)
        for (const struct read_file *f = run->source->files->next; f; f = f->next)
            job->included(job->self, f->path);
    return good;
}

/* The template's XSL-FO as text, into run->out. */
static void dump_result(struct run *run)
{
    xmlDoc *result = apply_template(run, run->source);
    if (result)
        dump_xml(result, &run->out.bytes);
    xmlFreeDoc(result);
}

/* Nothing will be made of the source again: only a part alone needs it once more. Trees of long
 * documents go back to the system, for what comes after them. */
static void drop_source(const struct run *run)
{
    enum { LONG = 16 * 1024 * 1024 };
    if (run->job->only || run->job->folder)
        return;
    read_drop_content(run->source);
    if (pool_size() > LONG)
        pool_trim();
}

/* What the template gives is taken while it is made, and the document is gone before the tree
 * grows. */
static struct fo_document *build_from_template(struct run *run)
{
    run->feed = fo_begin_feed(run->job->input, run->diag);
    xmlDoc *result = apply_template(run, run->source);
    app_time_stage(run->job->timings, APP_FO);
    if (result)
        fo_feed_rest(run->feed, result);
    xmlFreeDoc(result);
    drop_source(run);
    struct fo_document *fo = fo_end_feed(run->feed);
    run->feed = NULL;
    return fo;
}

static struct fo_document *build_from_bytes(struct run *run)
{
    const struct buf *bytes = &run->source->bytes;
    struct fo_document *fo =
        fo_build_memory(bytes->bytes, bytes->len, run->job->input, run->diag);
    drop_source(run);
    return fo;
}

/* Transform what is to be set. NULL when told, or when the dump asked for is in run->out. */
static struct fo_document *make_fo(struct run *run)
{
    const struct app_job *job = run->job;
    app_time_stage(job->timings, APP_FO);
    const struct buf *bytes = &run->source->bytes;
    if (job->dump != APP_DUMP_XSLFO)
        return run->source->is_fo ? build_from_bytes(run) : build_from_template(run);
    if (run->source->is_fo)
        buf_put(&run->out.bytes, bytes->bytes, bytes->len);
    else
        dump_result(run);
    return NULL;
}

/* The date the PDF carries: the document's own, else SOURCE_DATE_EPOCH, else none. */
static int64_t find_date(const struct fo_document *fo)
{
    int year = 0, month = 0, day = 0;
    char rest;
    for (const struct fo_meta *m = fo->meta; m; m = m->next)
        if (strcmp(m->name, "date") == 0 && m->value &&
            sscanf(m->value, "%4d-%2d-%2d%c", &year, &month, &day, &rest) == 3 &&
            plan_is_date(year, month, day))
            return (int64_t)plan_count_days(year, month, day) * 86400;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    long long seconds = epoch && *epoch ? strtoll(epoch, &end, 10) : 0;
    return end && !*end && seconds >= 0 ? seconds : INT64_MIN;
}

/* Lay out and paint into run->out. */
static bool paint(struct run *run, struct fo_document *fo)
{
    const struct app_job *job = run->job;
    if (run->is_laid_out)
        layout_free_result(&run->layout);
    struct app_attachments files = {NULL, 0, NULL};
    bool as_text = job->dump == APP_DUMP_AREAS;
    bool good = true;
    if (job->profile == PDF_A3A && !as_text)
        good =
            app_attach_files(run->source, &run->data, run->app->templates, &files, run->diag);
    struct pdf_options pdf = {.profile = job->profile,
                              .date = find_date(fo),
                              .attachments = files.items,
                              .attachment_count = files.count,
                              .one_thread = job->one_thread};
    app_time_stage(job->timings, APP_LAYOUT);
    struct area_painter *painter =
        as_text ? area_new_dump(&run->out.bytes)
                : pdf_new_painter(&pdf, app_spool_sink(&run->out), run->diag);
    struct app_timed_painter timed;
    char *folder = file_folder(job->input);
    struct layout_options options = {.folder = *folder ? folder : ".",
                                     .any_folder = job->any_folder};
    if (!run->app->fonts)
        run->app->fonts = text_new_fonts();
    good = layout_document(fo, run->app->fonts, &options,
                           app_time_painter(&timed, painter, job->timings), run->diag,
                           &run->layout) &&
           good;
    run->is_laid_out = true;
    free(folder);
    app_free_attachments(&files);
    if (as_text)
        free(painter);
    else
        pdf_free_painter(painter);
    return good;
}

/* The template says in metadata which parts the document has. */
static void list_parts(struct run *run, const struct fo_document *fo)
{
    for (const struct fo_meta *m = fo->meta; m; m = m->next)
        if (strcmp(m->name, "part") == 0)
            VEC_PUSH(&run->parts, mem_strdup(m->value));
}

static bool is_data(enum app_dump dump)
{
    return dump == APP_DUMP_JSON || dump == APP_DUMP_CSV;
}

/* Forget what was produced, for what goes to `path` next. */
static void begin_output(struct run *run, const char *path)
{
    app_free_spool(&run->out);
    app_begin_spool(&run->out, path, run->job->scratch > 0 ? run->job->scratch : -1, run->diag);
}

/* From the source to the bytes in run->out. */
static bool produce(struct run *run)
{
    begin_output(run, run->out.path);
    if (is_data(run->job->dump))
        return (run->job->dump == APP_DUMP_JSON ? app_put_facts_json : app_put_facts_csv)(
            run->source, &run->out.bytes, run->diag);
    struct fo_document *fo = make_fo(run);
    bool good = run->job->dump == APP_DUMP_XSLFO ? !has_errors(run) : fo != NULL;
    if (fo && run->parts.len == 0)
        list_parts(run, fo);
    if (fo && run->job->dump == APP_DUMP_FO)
        fo_dump(fo, &run->out.bytes);
    else if (fo)
        good = paint(run, fo);
    fo_free_document(fo);
    return good && !has_errors(run);
}

/* Is the part there? Told if not. */
static bool check_part(const struct run *run, const char *name)
{
    struct buf names = BUF_EMPTY;
    bool found = false;
    for (size_t i = 0; i < run->parts.len; i++) {
        found = found || strcmp(run->parts.items[i], name) == 0;
        buf_printf(&names, "%s%s", i ? ", " : "", run->parts.items[i]);
    }
    struct src_loc at = {run->job->input, 0, 0};
    if (!found && names.len)
        diag_add(run->diag, DIAG_ERROR, at, "part-missing",
                 _("there is no part «%s»; the parts are: %s"), name, buf_str(&names));
    else if (!found)
        diag_add(run->diag, DIAG_ERROR, at, "part-missing",
                 _("there is no part «%s»: the document has no parts"), name);
    buf_free(&names);
    return found;
}

/* Set one part; *first is the number of its first page and grows by its pages, or 0. */
static bool produce_part(struct run *run, const char *name, int32_t *first)
{
    run->part = name;
    run->first_page = *first;
    bool good = produce(run);
    if (*first && run->is_laid_out)
        *first += run->layout.pages;
    return good;
}

/* The one part asked for: those before it are laid out to be counted. */
static bool produce_only(struct run *run)
{
    const char *name = run->job->only;
    int32_t first = run->job->own_pages ? 0 : 1;
    enum app_dump dump = run->job->dump;
    run->job->dump = APP_DUMP_NONE;
    struct fo_document *whole = make_fo(run);
    run->job->dump = dump;
    if (!whole)
        return false;
    list_parts(run, whole);
    fo_free_document(whole);
    if (!check_part(run, name))
        return false;
    for (size_t i = 0; first && i < run->parts.len && strcmp(run->parts.items[i], name) != 0;
         i++)
        if (!produce_part(run, run->parts.items[i], &first))
            return false;
    return produce_part(run, name, &first);
}

static bool is_same_file(const char *a, const struct stat *b)
{
    struct stat st;
    return stat(a, &st) == 0 && st.st_dev == b->st_dev && st.st_ino == b->st_ino;
}

/* Told and true when what is to be written would replace the document or a part it was read from. */
static bool would_replace_source(const struct run *run, const char *output)
{
    struct stat st;
    if (strcmp(output, "-") == 0 || stat(output, &st) != 0)
        return false;
    const char *source = is_same_file(run->job->input, &st) ? run->job->input : NULL;
    for (const struct read_file *f = run->source ? run->source->files : NULL; f; f = f->next)
        if (!source && is_same_file(f->path, &st))
            source = f->path;
    if (source)
        diag_add(run->diag, DIAG_SYSTEM, (struct src_loc){source, 0, 0}, "output",
                 _("the output %s would replace the document itself; give it another name"),
                 output);
    return source != NULL;
}

/* The output's name; «input.pdf» beside the input by default. The caller frees. */
static char *choose_output(const struct app_job *job)
{
    if (job->output)
        return mem_strdup(job->output);
    if (job->dump)
        return mem_strdup("-");
    const char *slash = strrchr(job->input, '/'), *dot = strrchr(job->input, '.');
    bool has_ending = dot && dot != job->input && (!slash || dot > slash + 1);
    struct buf name = BUF_EMPTY;
    buf_put(&name, job->input, has_ending ? (size_t)(dot - job->input) : strlen(job->input));
    buf_puts(&name, ".pdf");
    return name.bytes;
}

static bool check_job(const struct run *run, const char *output)
{
    if (!run->app->templates) {
        diag_add(run->diag, DIAG_SYSTEM, (struct src_loc){NULL, 0, 0}, "templates",
                 _("the templates are not found; name their folder by --templates or "
                   "PRIKAZ_TEMPLATES"));
        return false;
    }
    return !would_replace_source(run, output);
}

/* Write what was produced, unless it is there already. */
static bool put_output(struct run *run)
{
    struct app_job *job = run->job;
    app_time_stage(job->timings, APP_WRITE);
    bool kept = job->keep_same && app_is_spool_written(&run->out);
    if (!kept && (would_replace_source(run, run->out.path) || !app_write_spool(&run->out)))
        return false;
    if (job->wrote)
        job->wrote(job->self, run->out.path);
    return true;
}

/* Every part as a file of its own. */
static bool write_parts(struct run *run)
{
    const char *folder = run->job->folder;
    int32_t first = run->job->own_pages ? 0 : 1;
    bool good = true;
    if (run->parts.len)
        mkdir(folder, 0777); /* if it cannot be made, writing into it says why */
    for (size_t i = 0; good && i < run->parts.len; i++) {
        struct buf path = BUF_EMPTY;
        buf_printf(&path, "%s/%s.pdf", folder, run->parts.items[i]);
        begin_output(run, buf_str(&path));
        good = produce_part(run, run->parts.items[i], &first) && put_output(run);
        buf_free(&path);
    }
    return good;
}

/* Everything from the source to the files. */
static bool make_files(struct run *run, const char *output)
{
    struct app_job *job = run->job;
    begin_output(run, output);
    bool good = check_job(run, output) && read_source(run) &&
                (job->only ? produce_only(run) : produce(run)) && put_output(run);
    job->pages = run->is_laid_out ? run->layout.pages : 0;
    job->bytes = good ? app_spool_size(&run->out) : 0;
    return good;
}

static void free_run(struct run *run)
{
    if (run->is_laid_out)
        layout_free_result(&run->layout);
    for (size_t i = 0; i < run->parts.len; i++)
        free(run->parts.items[i]);
    free(run->parts.items);
    for (size_t i = 0; i < run->data.len; i++)
        free(run->data.items[i]);
    free(run->data.items);
    read_free_document(run->source);
    app_free_spool(&run->out);
}

static bool render(struct run *run)
{
    struct app_job *job = run->job;
    const char *asked = job->output;
    char *output = choose_output(job);
    bool good = make_files(run, output);
    if (job->report) {
        struct buf text = BUF_EMPTY;
        job->output = output;
        app_describe_run(job, good, run->is_laid_out ? &run->layout : NULL, run->diag, &text);
        good = !would_replace_source(run, job->report) &&
               app_write_file(job->report, &text, run->diag) && good;
        buf_free(&text);
    }
    job->output = asked;
    if (good && job->folder)
        good = write_parts(run);
    free_run(run);
    free(output);
    app_time_end(run->job->timings);
    return good;
}

bool app_render(struct app *app, struct app_job *job, struct diag *diag)
{
    struct run run = {.app = app, .job = job, .diag = diag, .out = {.fd = -1}};
    return render(&run);
}

bool app_render_made(struct app *app, xmlDoc *doc, struct app_job *job, struct diag *diag)
{
    struct run run = {.app = app, .job = job, .diag = diag, .out = {.fd = -1}};
    run.source = mem_zalloc(sizeof *run.source);
    run.source->arena = arena_new();
    run.source->doc = doc;
    run.source->path = arena_strdup(run.source->arena, job->input);
    return render(&run);
}
