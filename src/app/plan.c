/* Roadmaps and execution files as data: see plan.h. The numbers and ids of measures are made by
 * the templates that print them: templates/plan/measures.xsl writes the list, this file reads it. */
#include "app/plan.h"
#include "base/file.h"
#include "read/read.h"
#include "transform/transform.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <libxml/tree.h>

struct app_plans {
    const char *templates;
    struct read_cache *schemas;
    struct transform_cache *sheets;
    struct arena *arena;
    struct diag *diag;
    struct app_plan_listener listener;
    struct {
        struct plan_measures **items;
        size_t len, cap;
    } measures;
    struct {
        struct app_execution **items;
        size_t len, cap;
    } executions;
};

struct app_plans *app_new_plans(const struct app *app, struct diag *diag)
{
    if (!app_templates(app)) {
        diag_add(diag, DIAG_SYSTEM, (struct src_loc){NULL, 0, 0}, "templates",
                 _("the templates are not found; name their folder by --templates or "
                   "PRIKAZ_TEMPLATES"));
        return NULL;
    }
    struct app_plans *p = mem_zalloc(sizeof *p);
    p->templates = app_templates(app);
    p->schemas = app_schemas(app);
    p->sheets = app_sheets(app);
    p->arena = arena_new();
    p->diag = diag;
    return p;
}

void app_free_plans(struct app_plans *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->measures.len; i++)
        free(p->measures.items[i]->items);
    for (size_t i = 0; i < p->executions.len; i++)
        free(p->executions.items[i]->records.items);
    free(p->measures.items);
    free(p->executions.items);
    arena_free(p->arena);
    free(p);
}

void app_listen_plans(struct app_plans *p, const struct app_plan_listener *listener)
{
    p->listener = *listener;
}

struct arena *app_plans_arena(struct app_plans *p)
{
    return p->arena;
}

/* --- reading XML ------------------------------------------------------------------------- */

static struct read_document *read_source(struct app_plans *p, const char *path)
{
    struct read_options options = {.templates = p->templates, .cache = p->schemas};
    struct read_document *d = read_document(path, &options, p->diag);
    for (const struct read_file *f = d ? d->files : NULL; f && p->listener.was_read;
         f = f->next)
        p->listener.was_read(p->listener.self, f->path);
    if (d && !d->doc)
        diag_add(p->diag, DIAG_ERROR, (struct src_loc){arena_strdup(p->arena, path), 0, 0},
                 "plan-fo", _("it is XSL-FO already: there are no measures in it"));
    if (!d || d->doc)
        return d;
    read_free_document(d);
    return NULL;
}

/* An attribute's value in the arena; NULL when it is missing. */
static const char *find_attribute(struct app_plans *p, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    const char *copy = value ? arena_strdup(p->arena, (const char *)value) : NULL;
    xmlFree(value);
    return copy;
}

static const char *get_attribute(struct app_plans *p, const xmlNode *node, const char *name)
{
    const char *value = find_attribute(p, node, name);
    return value ? value : "";
}

/* The text of an element, each run of white space as one space. */
static const char *get_text(struct app_plans *p, const xmlNode *node)
{
    xmlChar *text = xmlNodeGetContent(node);
    struct buf out = BUF_EMPTY;
    for (const char *s = (const char *)text; s && *s; s++) {
        bool is_space = strchr(" \t\r\n", *s) != NULL;
        if (!is_space)
            buf_putc(&out, *s);
        else if (out.len && out.bytes[out.len - 1] != ' ')
            buf_putc(&out, ' ');
    }
    if (out.len && out.bytes[out.len - 1] == ' ')
        out.len--;
    const char *copy = arena_strndup(p->arena, out.len ? out.bytes : "", out.len);
    buf_free(&out);
    xmlFree(text);
    return copy;
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* --- measures ---------------------------------------------------------------------------- */

static void note_opened(void *self, const char *path)
{
    const struct app_plans *p = self;
    if (p->listener.opened)
        p->listener.opened(p->listener.self, path);
}

static xmlDoc *load_plain(void *self, const char *path, xmlDict *dict)
{
    const struct app_plans *p = self;
    return read_plain_file(path, dict, p->diag);
}

/* «file:line», or «line» of the document itself, as the template names places. */
static struct src_loc read_place(struct app_plans *p, const char *at, const char *file)
{
    const char *colon = strrchr(at, ':');
    struct src_loc loc = {file, (int)strtol(colon ? colon + 1 : at, NULL, 10), 0};
    if (colon)
        loc.file = arena_strndup(p->arena, at, (size_t)(colon - at));
    return loc;
}

/* A party that is named twice is responsible once. */
static void drop_repeats(struct plan_names *names)
{
    size_t kept = 0;
    for (size_t i = 0; i < names->len; i++) {
        bool is_new = true;
        for (size_t k = 0; k < kept; k++)
            is_new = is_new && !plan_same_party(names->items[k], names->items[i]);
        if (is_new)
            names->items[kept++] = names->items[i];
    }
    names->len = kept;
}

static void read_parties(struct app_plans *p, const xmlNode *node, struct plan_measure *m)
{
    struct plan_names names = {0};
    for (const xmlNode *n = node->children; n; n = n->next)
        if (is_named(n, "party")) {
            const char *text = get_text(p, n);
            if (*get_attribute(p, n, "split"))
                plan_split_parties(p->arena, text, &names);
            else
                VEC_PUSH(&names, text);
        }
    drop_repeats(&names);
    m->parties =
        names.len ? arena_copy(p->arena, names.items, names.len * sizeof *names.items) : NULL;
    m->party_count = names.len;
    free(names.items);
}

static void read_list(struct app_plans *p, const xmlNode *root, struct plan_measures *out)
{
    const char *section = "";
    plan_day since;
    out->title = get_attribute(p, root, "title");
    out->date = get_attribute(p, root, "date");
    out->label = get_attribute(p, root, "label");
    if (!plan_read_day(out->date, &since))
        since = INT32_MIN;
    for (const xmlNode *n = root->children; n; n = n->next) {
        if (is_named(n, "section"))
            section = get_attribute(p, n, "title");
        if (!is_named(n, "measure"))
            continue;
        struct plan_measure m = {.number = get_attribute(p, n, "number"),
                                 .id = get_attribute(p, n, "id"),
                                 .title = get_attribute(p, n, "title"),
                                 .deadline = get_attribute(p, n, "deadline"),
                                 .when = get_attribute(p, n, "when"),
                                 .section = section,
                                 .since = since,
                                 .at = read_place(p, get_attribute(p, n, "at"), out->file)};
        read_parties(p, n, &m);
        VEC_PUSH(out, m);
    }
}

/* «talitsa-1602-1» of «input/talitsa-1602-1.xml». */
static const char *base_name(struct app_plans *p, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return arena_strndup(p->arena, name,
                         dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

const struct plan_measures *app_load_measures(struct app_plans *p, const char *path)
{
    for (size_t i = 0; i < p->measures.len; i++)
        if (strcmp(p->measures.items[i]->file, path) == 0)
            return p->measures.items[i];
    struct read_document *source = read_source(p, path);
    if (!source)
        return NULL;
    struct buf sheet = BUF_EMPTY;
    buf_printf(&sheet, "%s/plan/measures.xsl", p->templates);
    char *folder = file_folder(path);
    const char *const params[] = {"folder", folder, "language", app_language(), NULL};
    const struct transform_files files = {.load = load_plain, .opened = note_opened, .self = p};
    xmlDoc *list =
        transform_apply(p->sheets, buf_str(&sheet), source->doc, params, &files, p->diag);
    struct plan_measures *measures = NULL;
    if (list && xmlDocGetRootElement(list)) {
        measures = ARENA_NEW(p->arena, struct plan_measures);
        measures->file = arena_strdup(p->arena, path);
        measures->name = base_name(p, path);
        read_list(p, xmlDocGetRootElement(list), measures);
        VEC_PUSH(&p->measures, measures);
    }
    xmlFreeDoc(list);
    free(folder);
    buf_free(&sheet);
    read_free_document(source);
    return measures;
}

/* --- execution --------------------------------------------------------------------------- */

char *app_find_roadmap(struct app_plans *p, const struct app_execution *e)
{
    static const char *const folders[] = {"", "../"};
    for (size_t i = 0; i < 2; i++) {
        struct buf name = BUF_EMPTY;
        buf_printf(&name, "%s%s.xml", folders[i], e->of);
        char *file = file_beside(e->file, buf_str(&name));
        buf_free(&name);
        if (access(file, R_OK) == 0)
            return file;
        free(file);
    }
    diag_add(p->diag, DIAG_ERROR, e->at, "execution-of",
             _("the document «%s» is not found: there is no %s.xml beside this file nor one "
               "folder above"),
             e->of, e->of);
    return NULL;
}

/* A date that the schema has looked at; a day that no month has is told. */
static bool read_date(struct app_plans *p, const char *text, struct src_loc at, plan_day *day)
{
    if (plan_read_day(text, day))
        return true;
    diag_add(p->diag, DIAG_ERROR, at, "record-date", _("there is no day %s"), text);
    return false;
}

static void read_record(struct app_plans *p, const xmlNode *node, struct app_execution *e)
{
    struct src_loc at = {e->file, read_locate_node(node).line, 0};
    const char *percent = get_attribute(p, node, "percent");
    const char *to = find_attribute(p, node, "to");
    struct plan_record r = {.measure = get_attribute(p, node, "measure"),
                            .mark = plan_find_mark(get_attribute(p, node, "status")),
                            .percent = *percent ? (int)strtol(percent, NULL, 10) : -1,
                            .value = find_attribute(p, node, "value"),
                            .target = find_attribute(p, node, "target"),
                            .responsible = find_attribute(p, node, "responsible"),
                            .has_to = to != NULL,
                            .at = at};
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (is_named(n, "evidence")) {
            r.evidence = get_text(p, n);
            r.link = find_attribute(p, n, "href");
        }
        if (is_named(n, "note"))
            r.note = get_text(p, n);
    }
    if (r.mark == PLAN_MARKS || !read_date(p, get_attribute(p, node, "date"), at, &r.date) ||
        (to && !read_date(p, to, at, &r.to)))
        return;
    VEC_PUSH(&e->records, r);
}

const struct app_execution *app_load_records(struct app_plans *p, const char *path)
{
    struct read_document *source = read_source(p, path);
    if (!source)
        return NULL;
    const xmlNode *root = xmlDocGetRootElement(source->doc);
    struct app_execution *e = NULL;
    if (!is_named(root, "execution")) {
        diag_add(p->diag, DIAG_ERROR, (struct src_loc){arena_strdup(p->arena, path), 0, 0},
                 "execution-root", _("it is not an execution file: its root is <%s>"),
                 (const char *)root->name);
        goto out;
    }
    e = ARENA_NEW(p->arena, struct app_execution);
    e->file = arena_strdup(p->arena, path);
    e->of = get_attribute(p, root, "of");
    e->at = (struct src_loc){e->file, read_locate_node(root).line, 0};
    e->year = (int)strtol(get_attribute(p, root, "year"), NULL, 10);
    e->is_sample = strcmp(get_attribute(p, root, "sample"), "yes") == 0;
    VEC_PUSH(&p->executions, e);
    for (const xmlNode *n = root->children; n; n = n->next)
        if (is_named(n, "record"))
            read_record(p, n, e);
out:
    read_free_document(source);
    return e;
}

const struct app_execution *app_load_execution(struct app_plans *p, const char *path)
{
    const struct app_execution *records = app_load_records(p, path);
    if (!records)
        return NULL;
    struct app_execution *e = p->executions.items[p->executions.len - 1];
    char *roadmap = app_find_roadmap(p, e);
    e->measures = roadmap ? app_load_measures(p, roadmap) : NULL;
    free(roadmap);
    return e->measures ? e : NULL;
}
