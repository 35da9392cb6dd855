/* The deadlines of documents as one calendar: see calendar.h.
 *
 * On paper it is a document like others: <calendar from to stamp> with a <source> for each file
 * and in it a <task> for each measure that has a <due> day in the period (`on`, and `month` and
 * `day` to sort by) or says why it has none (`without`: always, event, unclear). The words around
 * them are the template's. */
#include "app/calendar.h"
#include "app/made.h"
#include "app/output.h"
#include "read/read.h"

#include <stdlib.h>
#include <string.h>

/* The measures of a document; a document without any is told. NULL: it cannot be read. */
static const struct plan_measures *load(struct app_plans *plans, const char *path,
                                        struct diag *diag)
{
    const struct plan_measures *measures = app_load_measures(plans, path);
    if (measures && measures->len == 0)
        diag_add(diag, DIAG_WARNING, (struct src_loc){measures->file, 0, 0}, "calendar-empty",
                 _("there are no measures in it"));
    return measures;
}

bool app_put_calendar(struct app_plans *plans, const char *path,
                      const struct plan_calendar *calendar)
{
    const struct plan_measures *measures = load(plans, path, calendar->diag);
    if (measures)
        plan_put_ics(calendar, measures);
    return measures != NULL;
}

bool app_write_calendar(const char *path, const struct plan_calendar *calendar)
{
    return app_write_file(path, calendar->out, calendar->diag);
}

/* --- on paper ------------------------------------------------------------------------------ */

static xmlNode *add_element(xmlNode *parent, const char *name, const char *text)
{
    xmlNode *node = xmlNewTextChild(parent, parent->ns, (const xmlChar *)name,
                                    (const xmlChar *)(text ? text : ""));
    REQUIRE(node);
    return node;
}

static void set(xmlNode *node, const char *name, const char *value)
{
    REQUIRE(xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)value));
}

static void set_day(xmlNode *node, const char *name, plan_day day)
{
    struct buf text = BUF_EMPTY;
    plan_put_day(&text, day);
    set(node, name, buf_str(&text));
    buf_free(&text);
}

/* «2021-03» and «15», which sort as they stand. */
static void set_order(xmlNode *node, plan_day day)
{
    struct plan_date d = plan_split_day(day);
    struct buf text = BUF_EMPTY;
    buf_printf(&text, "%04d-%02d", d.year, d.month);
    set(node, "month", buf_str(&text));
    buf_clear(&text);
    buf_printf(&text, "%02d", d.day);
    set(node, "day", buf_str(&text));
    buf_free(&text);
}

/* Why a measure has no day; NULL: it has, or nothing of it is in the period. */
static const char *why_without(const struct plan_item *item)
{
    switch (item->state) {
    case PLAN_STATE_CONTINUOUS:
        return "always";
    case PLAN_STATE_EVENT:
        return "event";
    case PLAN_STATE_UNCLEAR:
        return "unclear";
    default:
        return NULL;
    }
}

static xmlNode *add_task(xmlNode *source, const struct plan_measure *m)
{
    xmlNode *task = add_element(source, "task", NULL);
    task->_private = (void *)(uintptr_t)m->at.file;
    task->line = (unsigned short)(m->at.line < UINT16_MAX ? m->at.line : UINT16_MAX - 1);
    set(task, "number", m->number);
    set(task, "title", m->title);
    set(task, "words", m->deadline);
    for (size_t i = 0; i < m->party_count; i++)
        add_element(task, "party", m->parties[i]);
    return task;
}

static void add_day(xmlNode *task, plan_day due)
{
    xmlNode *node = add_element(task, "due", NULL);
    set_day(node, "on", due);
    set_order(node, due);
}

static bool is_in(const struct plan_period *period, const struct plan_item *item)
{
    return item->has_due && item->due >= period->from && item->due <= period->to;
}

static void add_source(xmlNode *root, const struct plan_measures *all,
                       const struct plan_calendar *c)
{
    const struct plan_records none = {0};
    struct plan_items items = {0};
    xmlNode *source = add_element(root, "source", NULL);
    set(source, "label", all->label);
    set(source, "title", all->title);
    const struct plan_question question = {
        .measures = all, .records = &none, .period = c->period, .on = c->period.from};
    plan_assess(&question, &items, c->diag);
    xmlNode *task = NULL;
    for (size_t i = 0; i < items.len; i++) { /* a measure's days stand together */
        const struct plan_item *item = &items.items[i];
        const char *without = item->has_due ? NULL : why_without(item);
        if (i > 0 && items.items[i - 1].measure != item->measure)
            task = NULL;
        if (!task && (without || is_in(&c->period, item)))
            task = add_task(source, item->measure);
        if (without)
            set(task, "without", without);
        else if (is_in(&c->period, item))
            add_day(task, item->due);
    }
    free(items.items);
}

/* <calendar> without entries. The caller frees. */
static xmlDoc *new_calendar(const struct plan_calendar *c, const char *name)
{
    xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
    REQUIRE(doc);
    doc->URL = xmlStrdup((const xmlChar *)name);
    xmlNode *root = xmlNewDocNode(doc, NULL, (const xmlChar *)"calendar", NULL);
    REQUIRE(root);
    xmlDocSetRootElement(doc, root);
    xmlSetNs(root, xmlNewNs(root, (const xmlChar *)READ_NAMESPACE, NULL));
    set_day(root, "from", c->period.from);
    set_day(root, "to", c->period.to);
    if (c->has_stamp)
        set_day(root, "stamp", c->stamp);
    return doc;
}

bool app_render_agenda(struct app *app, struct app_plans *plans,
                       const struct app_agenda *agenda)
{
    const struct plan_calendar *c = agenda->calendar;
    xmlDoc *doc = new_calendar(c, agenda->job->input);
    bool good = true;
    for (size_t i = 0; good && i < agenda->file_count; i++) {
        const struct plan_measures *all = load(plans, agenda->files[i], c->diag);
        good = all != NULL;
        if (all)
            add_source(xmlDocGetRootElement(doc), all, c);
    }
    if (!good)
        xmlFreeDoc(doc);
    return good && app_render_made(app, doc, agenda->job, c->diag);
}
