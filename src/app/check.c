/* Checking one document: see check.h. What a schema can say is said first, then the rules look at
 * the document, then it is laid out for a painter that only notes places, and the rules for pages
 * look at these. Messages of the stages between (a word too wide for its cell, a glyph no font
 * has) are findings as well. */
#include "app/check.h"
#include "app/facts.h"
#include "app/stylesheet.h"
#include "base/file.h"
#include "base/mem.h"
#include "check/check.h"
#include "fo/build.h"
#include "layout/layout.h"
#include "read/read.h"
#include "transform/transform.h"

#include <stdlib.h>
#include <string.h>
#include <libxml/tree.h>

struct app_checker {
    const struct app *app;
    const char *templates;
    struct read_cache *schemas;
    struct transform_cache *sheets;
    struct text_fonts *fonts; /* NULL until the first layout */
    struct check_rules *rules;
    struct diag *diag; /* of the document being checked */
    bool any_folder;
};

static xmlDoc *load_plain(void *self, const char *path, xmlDict *dict)
{
    const struct app_checker *checker = self;
    return read_plain_file(path, dict, checker->diag);
}

static struct transform_files files_of(struct app_checker *checker)
{
    return (struct transform_files){
        .load = load_plain, .self = checker, .any_folder = checker->any_folder};
}

struct app_checker *app_new_checker(const struct app *app, struct diag *diag)
{
    if (!app_templates(app)) {
        diag_add(diag, DIAG_SYSTEM, (struct src_loc){NULL, 0, 0}, "templates",
                 _("the templates are not found; name their folder by --templates or "
                   "PRIKAZ_TEMPLATES"));
        return NULL;
    }
    struct app_checker *c = mem_zalloc(sizeof *c);
    c->app = app;
    c->templates = app_templates(app);
    c->schemas = read_new_cache();
    c->sheets = transform_new_cache();
    c->diag = diag;
    struct buf folder = BUF_EMPTY;
    buf_printf(&folder, "%s/rules", c->templates);
    struct transform_files files = files_of(c);
    c->rules = check_load_rules(buf_str(&folder), c->sheets, &files, diag);
    buf_free(&folder);
    if (c->rules)
        return c;
    app_free_checker(c);
    return NULL;
}

void app_free_checker(struct app_checker *c)
{
    if (!c)
        return;
    check_free_rules(c->rules);
    if (c->fonts)
        text_free_fonts(c->fonts);
    transform_free_cache(c->sheets);
    read_free_cache(c->schemas);
    free(c);
}

bool app_set_rule(struct app_checker *c, const char *id, enum diag_level level)
{
    struct check_rule *rule = check_find_rule(c->rules, id);
    if (rule)
        rule->level = level;
    return rule != NULL;
}

void app_list_rules(struct app_checker *c,
                    void (*each)(void *self, const char *id, enum diag_level level,
                                 const char *text, const char *why),
                    void *self)
{
    /* Translators: the code of your language, as the files of rules name it: ru, or leave en. */
    bool russian = strcmp(_("en"), "ru") == 0;
    for (const struct check_rule *r = check_list_rules(c->rules); r; r = r->next)
        each(self, r->id, r->level, russian ? r->ru : r->en, r->why);
}

const char *app_explain_rule(struct app_checker *c, const char *id)
{
    const struct check_rule *rule = check_find_rule(c->rules, id);
    return rule ? rule->why : NULL;
}

/* From the document to XSL-FO by the stylesheet of its root; NULL: told. */
static struct fo_document *make_fo(struct app_checker *c, struct read_document *source)
{
    char *folder = file_folder(source->path);
    char *sheet = app_find_stylesheet(c->templates, xmlDocGetRootElement(source->doc), c->diag);
    const char *const params[] = {"folder", folder, "language", app_language(), NULL};
    struct transform_files files = files_of(c);
    const struct annual_options annual = {.any_folder = c->any_folder};
    app_fill_tables(source, c->diag);
    bool good = sheet && app_add_facts(c->app, source, &annual, c->diag);
    xmlDoc *result =
        good ? transform_apply(c->sheets, sheet, source->doc, params, &files, c->diag) : NULL;
    struct fo_document *fo = result ? fo_build(result, source->path, c->diag) : NULL;
    xmlFreeDoc(result);
    free(sheet);
    free(folder);
    return fo;
}

static void put_facts(struct check_pages *pages, struct buf *out)
{
    xmlChar *text = NULL;
    int n = 0;
    xmlDocDumpFormatMemoryEnc(check_pages_doc(pages), &text, &n, "UTF-8", 1);
    buf_put(out, text, (size_t)n);
    xmlFree(text);
}

static void check_pages_of(struct app_checker *c, struct read_document *source,
                           const struct check_ignores *ignores, struct buf *facts)
{
    struct fo_document *fo = make_fo(c, source);
    if (!fo)
        return;
    struct check_pages *pages = check_new_pages(source->doc);
    char *folder = file_folder(source->path);
    struct layout_options options = {.folder = *folder ? folder : ".",
                                     .any_folder = c->any_folder};
    struct layout_result result;
    if (!c->fonts)
        c->fonts = text_new_fonts();
    bool good =
        layout_document(fo, c->fonts, &options, check_pages_painter(pages), c->diag, &result);
    if (good)
        check_laid_out(c->rules, pages, ignores, c->diag);
    if (facts)
        put_facts(pages, facts);
    layout_free_result(&result);
    free(folder);
    check_free_pages(pages);
    fo_free_document(fo);
}

static void check_source(struct app_checker *c, struct read_document *source, struct buf *facts)
{
    check_document(c->rules, source->doc, c->diag);
    struct check_ignores *ignores = check_take_ignores(c->rules, source->doc, c->diag);
    check_pages_of(c, source, ignores, facts);
    check_free_ignores(ignores);
}

void app_check_document(struct app_checker *c, const char *input, bool any_folder,
                        struct buf *facts, struct diag *diag)
{
    struct read_options options = {
        .any_folder = any_folder, .templates = c->templates, .cache = c->schemas};
    c->diag = diag;
    c->any_folder = any_folder;
    struct read_document *source = read_document(input, &options, diag);
    struct src_loc at = {input, 0, 0};
    if (source && source->is_fo)
        diag_add(diag, DIAG_ERROR, at, "rules",
                 _("this is XSL-FO: there are rules for orders and appendices only"));
    else if (source)
        check_source(c, source, facts);
    if (source)
        read_free_document(source);
}
