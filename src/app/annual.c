/* The sources of an annual report: see annual.h.
 *
 * <sources> names roadmaps by their documents, and with each the editions before it, the execution
 * files of the year and of the year before, or last year's figures as an older report has them.
 * Last year is looked at on the same day of its own next year: a report of 14 January sees what
 * was known on the 14 January before. */
#include "app/annual.h"
#include "base/file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <libxml/tree.h>

/* The attribute's value in the arena; NULL when it is missing. */
static const char *attribute(const struct annual *a, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    const char *copy =
        value ? arena_strdup(app_plans_arena(a->plans), (const char *)value) : NULL;
    xmlFree(value);
    return copy;
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static struct src_loc place_of(const struct annual *a, const xmlNode *node)
{
    struct src_loc at = read_locate_node(node);
    at.file = arena_strdup(app_plans_arena(a->plans), at.file ? at.file : a->file);
    return at;
}

/* A file named in the report that may be read: in the arena. NULL: told. */
static const char *find_source(const struct annual *a, const struct annual_options *o,
                               const char *name, struct src_loc at)
{
    char *path = file_beside(at.file, name), *real = realpath(path, NULL);
    char *folder = file_real_folder(a->file);
    const char *found = NULL;
    if (!real)
        diag_add(a->diag, DIAG_ERROR, at, "report-source",
                 _("the file %s is not there; names are counted from this file"), name);
    else if (!o->any_folder && folder && !file_is_below(folder, real))
        diag_add(a->diag, DIAG_ERROR, at, "report-source",
                 _("%s lies outside the folder of the report; allow it by --any-folder"), name);
    else
        found = arena_strdup(app_plans_arena(a->plans), path);
    free(path);
    free(real);
    free(folder);
    return found;
}

/* The measures of the document that `of` of the element names. NULL: told. */
static const struct plan_measures *
load_measures(const struct annual *a, const struct annual_options *o, const xmlNode *node)
{
    const char *of = attribute(a, node, "of");
    const char *name = arena_printf(app_plans_arena(a->plans), "%s.xml", of ? of : "");
    const char *path = find_source(a, o, name, place_of(a, node));
    const struct plan_measures *m = path ? app_load_measures(a->plans, path) : NULL;
    if (m && o->consulted)
        o->consulted(o->self, path);
    if (m && m->len == 0)
        diag_add(a->diag, DIAG_WARNING, place_of(a, node), "report-empty",
                 _("there are no measures in %s"), name);
    return m;
}

static void add_records(struct plan_records *to, const struct plan_records *from)
{
    for (size_t i = 0; i < from->len; i++)
        VEC_PUSH(to, from->items[i]);
}

static void read_execution(const struct annual *a, const struct annual_options *o,
                           const xmlNode *node, struct annual_plan *plan)
{
    struct src_loc at = place_of(a, node);
    const char *path = find_source(a, o, attribute(a, node, "href"), at);
    const struct app_execution *e = path ? app_load_records(a->plans, path) : NULL;
    if (!e)
        return;
    const char *slash = strrchr(plan->of, '/');
    if (strcmp(e->of, slash ? slash + 1 : plan->of) != 0) {
        diag_add(a->diag, DIAG_ERROR, at, "report-execution",
                 _("the execution file is about «%s», not about «%s»"), e->of, plan->of);
        return;
    }
    if (e->year != a->year && e->year != a->year - 1) {
        diag_add(
            a->diag, DIAG_WARNING, at, "report-year",
            _("the execution file is of the year %d; a report of %d tells of that year and "
              "the one before, so it is left out"),
            e->year, a->year);
        return;
    }
    struct annual_year *year = e->year == a->year ? &plan->now : &plan->last;
    plan->is_sample = plan->is_sample || e->is_sample;
    year->is_told = year->is_told || e->records.len;
    add_records(&year->records, &e->records);
}

/* Last year's figures as they are typed. */
static void read_figures(const struct annual *a, const xmlNode *node, struct annual_plan *plan)
{
    for (int s = 0; s < PLAN_STANDINGS; s++) {
        const char *n = attribute(a, node, plan_standing_name((enum plan_standing)s));
        plan->last.tally.measures[s] = n ? (size_t)strtoul(n, NULL, 10) : 0;
    }
    plan->last.is_told = plan->last.is_typed = true;
}

/* How the measures stood on a day of the year. */
static void assess(const struct annual *a, struct annual_plan *plan, struct annual_year *year,
                   int number)
{
    struct plan_date on = plan_split_day(a->on);
    on.year += number - a->year;
    on.day -= !plan_is_date(on.year, on.month, on.day); /* 29 February */
    struct plan_question question = {.measures = &plan->measures,
                                     .former = plan->first,
                                     .records = &year->records,
                                     .period = plan_calendar_year(number),
                                     .on = plan_count_days(on.year, on.month, on.day)};
    plan_assess(&question, &year->items, a->diag);
    plan_weigh(&plan->measures, &year->items, &year->outcomes);
    for (size_t i = 0; i < year->outcomes.len; i++)
        plan_count_outcome(&year->tally, &year->outcomes.items[i]);
}

/* The year before, from its records; figures that are typed as well would count twice. */
static void assess_last(const struct annual *a, struct annual_plan *plan)
{
    if (plan->last.is_typed)
        diag_add(a->diag, DIAG_WARNING, plan->at, "report-last",
                 _("«%s» has records of %d and typed figures of that year; the records count"),
                 plan->of, a->year - 1);
    plan->last.is_typed = false;
    plan->last.tally = (struct plan_tally){0};
    assess(a, plan, &plan->last, a->year - 1);
}

static const char *const change_words[] = {N_("title"), N_("deadline"), N_("responsible"),
                                           N_("number")};

/* What a measure's change is made of, as words. */
static void put_change(struct buf *out, unsigned what)
{
    for (size_t i = 0; i < sizeof change_words / sizeof *change_words; i++)
        if (what & (1u << i))
            buf_printf(out, "%s%s", out->len ? ", " : "", _(change_words[i]));
}

static void tell_edit(const struct annual *a, const struct plan_edit *e)
{
    struct buf what = BUF_EMPTY;
    if (!e->now) {
        diag_add(a->diag, DIAG_NOTE, e->before->at, "edition-dropped",
                 _("measure %s was dropped in the newer edition"), e->before->number);
    } else if (!e->before) {
        diag_add(a->diag, DIAG_NOTE, e->now->at, "edition-added",
                 _("measure %s was added in this edition"), e->now->number);
    } else {
        put_change(&what, e->what);
        diag_add(a->diag, DIAG_NOTE, e->now->at, "edition-changed",
                 _("measure %s was changed in this edition: %s"), e->now->number,
                 buf_str(&what));
    }
    buf_free(&what);
}

/* What is another than in the edition before, if it is named. */
static bool read_edition(const struct annual *a, const struct annual_options *o,
                         const xmlNode *node, struct annual_plan *plan)
{
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (!is_named(n, "edition"))
            continue;
        plan->first = load_measures(a, o, n);
        if (!plan->first)
            return false;
        plan_compare_editions(plan->first, &plan->measures, &plan->edits);
    }
    for (size_t i = 0; i < plan->edits.len; i++)
        tell_edit(a, &plan->edits.items[i]);
    return true;
}

static bool read_plan(struct annual *a, const struct annual_options *o, const xmlNode *node,
                      struct annual_plan *plan)
{
    struct arena *arena = app_plans_arena(a->plans);
    plan->at = place_of(a, node);
    plan->of = attribute(a, node, "of");
    plan->name = attribute(a, node, "name") ? attribute(a, node, "name") : "";
    const struct plan_measures *measures = load_measures(a, o, node);
    if (!measures)
        return false;
    plan->measures = *measures;
    plan->measures.items =
        arena_copy(arena, measures->items, measures->len * sizeof *measures->items);
    if (!read_edition(a, o, node, plan))
        return false;
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (is_named(n, "records"))
            read_execution(a, o, n, plan);
        else if (is_named(n, "last-year"))
            read_figures(a, n, plan);
    }
    assess(a, plan, &plan->now, a->year);
    if (plan->last.records.len)
        assess_last(a, plan);
    if (!plan->now.is_told)
        diag_add(a->diag, DIAG_WARNING, plan->at, "report-silent",
                 _("there are no records of %d for «%s»: what was due counts as not done, and "
                   "the report says that nothing was handed in"),
                 a->year, plan->of);
    return true;
}

/* The day of which it tells: asked for, or the report's own. */
static bool read_day(struct annual *a, const xmlNode *root, const struct annual_options *o)
{
    const char *on = o->on ? o->on : attribute(a, root, "on");
    struct src_loc at = place_of(a, root);
    if (!on)
        diag_add(a->diag, DIAG_ERROR, at, "report-day",
                 _("the day of which the report tells is missing: on=\"ДД.ММ.ГГГГ\", or the "
                   "option --on"));
    else if (!plan_read_day(on, &a->on))
        diag_add(a->diag, DIAG_ERROR, at, "report-day", _("there is no day %s"), on);
    else
        return true;
    return false;
}

static bool is_named_before(const struct annual *a, const char *of)
{
    for (const struct annual_plan *p = a->first; p; p = p->next)
        if (strcmp(p->of, of) == 0)
            return true;
    return false;
}

static bool read_plans(struct annual *a, const xmlNode *sources, const struct annual_options *o)
{
    struct annual_plan **end = &a->first;
    bool good = true;
    for (const xmlNode *n = sources->children; n; n = n->next) {
        if (!is_named(n, "plan"))
            continue;
        const char *of = attribute(a, n, "of");
        if (is_named_before(a, of)) {
            diag_add(a->diag, DIAG_ERROR, place_of(a, n), "report-twice",
                     _("«%s» is named twice; its measures would be counted twice"), of);
            good = false;
            continue;
        }
        *end = ARENA_NEW(app_plans_arena(a->plans), struct annual_plan);
        good = read_plan(a, o, n, *end) && good;
        a->is_sample = a->is_sample || (*end)->is_sample;
        end = &(*end)->next;
    }
    return good;
}

bool annual_read(struct annual *a, const struct read_document *report,
                 const struct annual_options *o)
{
    const xmlNode *root = xmlDocGetRootElement(report->doc);
    const char *sample = attribute(a, root, "sample");
    a->file = report->path;
    a->year = (int)strtol(attribute(a, root, "year"), NULL, 10);
    a->is_sample = sample && strcmp(sample, "yes") == 0;
    bool good = read_day(a, root, o);
    for (const xmlNode *n = root->children; good && n; n = n->next)
        if (is_named(n, "sources"))
            good = read_plans(a, n, o);
    return good && diag_worst(a->diag) < DIAG_ERROR;
}

static void free_year(struct annual_year *year)
{
    free(year->records.items);
    free(year->items.items);
    free(year->outcomes.items);
}

void annual_free(struct annual *a)
{
    for (struct annual_plan *p = a->first; p; p = p->next) {
        free_year(&p->now);
        free_year(&p->last);
        free(p->edits.items);
    }
}
