/* The facts of an annual report as elements: see facts.h. The templates, the references in the
 * text (<value of="…"/>) and the data files all read this one tree, so they cannot disagree.
 *
 *   facts
 *     tally last-year change quarter* month*
 *     plan*    tally last-year change quarter* month* section* party* edit*
 *       section*  tally measure*
 *         measure*  due*
 *     party*   tally
 *     table*   row* cell*
 *
 * Numbers are written with a full stop and without spaces; how they look on paper is the
 * templates' affair. */
#include "app/facts.h"
#include "plan/number.h"

#include <stdlib.h>
#include <string.h>
#include <libxml/tree.h>

/* Who is responsible for what. */
struct party {
    const char *name;
    struct plan_tally tally;
};

/* A number for each quarter, each month and what has no day. */
struct calendar {
    struct plan_tally quarters[5], months[13];
};

struct parties {
    struct party *items;
    size_t len, cap;
};

struct facts {
    struct annual *annual;
    struct parties parties;
    struct annual_year all, last; /* only their tallies */
    struct calendar calendar;
};

/* --- writing ----------------------------------------------------------------------------- */

static xmlNode *add(xmlNode *parent, const char *name)
{
    xmlNode *node = xmlNewDocNode(parent->doc, parent->ns, (const xmlChar *)name, NULL);
    REQUIRE(node);
    return xmlAddChild(parent, node);
}

static void put(xmlNode *node, const char *name, const char *value)
{
    if (value && *value)
        xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)value);
}

static void put_count(xmlNode *node, const char *name, int64_t n)
{
    struct buf text = BUF_EMPTY;
    buf_putd(&text, n);
    put(node, name, buf_str(&text));
    buf_free(&text);
}

static void put_day(xmlNode *node, const char *name, plan_day day)
{
    struct buf text = BUF_EMPTY;
    plan_put_day(&text, day);
    put(node, name, buf_str(&text));
    buf_free(&text);
}

/* Per cent of the whole to one place, exact; nothing of nothing is not written. */
static bool share_of(size_t part, size_t whole, struct plan_number *share)
{
    struct plan_number a = {(int64_t)part, 0}, b = {(int64_t)whole, 0};
    return plan_divide(a, b, 100, 1, share);
}

static void put_number(xmlNode *node, const char *name, struct plan_number n)
{
    struct buf text = BUF_EMPTY;
    plan_put_number(&text, n);
    put(node, name, buf_str(&text));
    buf_free(&text);
}

/* How many had to be done by now: all but those that are not due, have no day or were cancelled. */
static size_t count_due(const size_t counts[PLAN_STANDINGS])
{
    return counts[PLAN_STANDING_DONE] + counts[PLAN_STANDING_PARTLY] +
           counts[PLAN_STANDING_OVERDUE] + counts[PLAN_STANDING_POSTPONED];
}

/* «done», «done-share»; with a prefix «deadlines-done». */
static void put_counts(xmlNode *node, const char *prefix, const size_t counts[PLAN_STANDINGS])
{
    size_t planned = plan_count_planned(counts);
    for (int s = 0; s < PLAN_STANDINGS; s++) {
        struct buf name = BUF_EMPTY;
        struct plan_number share;
        buf_printf(&name, "%s%s", prefix, plan_standing_name((enum plan_standing)s));
        put_count(node, buf_str(&name), (int64_t)counts[s]);
        buf_puts(&name, "-share");
        if (s != PLAN_STANDING_NONE && share_of(counts[s], planned, &share))
            put_number(node, buf_str(&name), share);
        buf_free(&name);
    }
}

/* Figures of measures. */
static xmlNode *put_measures(xmlNode *parent, const char *name, const struct plan_tally *t)
{
    xmlNode *node = add(parent, name);
    struct plan_number share;
    put_count(node, "measures", (int64_t)plan_count_planned(t->measures));
    put_counts(node, "", t->measures);
    put_count(node, "due", (int64_t)count_due(t->measures));
    if (share_of(t->measures[PLAN_STANDING_DONE], count_due(t->measures), &share))
        put_number(node, "kept-share", share);
    return node;
}

/* The same, with those of deadlines and indicators. */
static void put_tally(xmlNode *parent, const char *name, const struct plan_tally *t)
{
    xmlNode *node = put_measures(parent, name, t);
    struct plan_number share;
    put_count(node, "deadlines", (int64_t)plan_count_planned(t->deadlines));
    put_counts(node, "deadlines-", t->deadlines);
    put_count(node, "indicators", (int64_t)t->indicators);
    put_count(node, "reached", (int64_t)t->reached);
    if (share_of(t->reached, t->indicators, &share))
        put_number(node, "reached-share", share);
}

/* This year's figures less last year's; shares in per cent points. */
static void put_change(xmlNode *parent, const struct plan_tally *now,
                       const struct plan_tally *last)
{
    xmlNode *node = add(parent, "change");
    size_t planned = plan_count_planned(now->measures);
    size_t before = plan_count_planned(last->measures);
    put_count(node, "measures", (int64_t)planned - (int64_t)before);
    for (int s = 0; s < PLAN_STANDINGS; s++) {
        struct buf name = BUF_EMPTY;
        struct plan_number a, b;
        size_t n = now->measures[s], was = last->measures[s];
        buf_puts(&name, plan_standing_name((enum plan_standing)s));
        put_count(node, buf_str(&name), (int64_t)n - (int64_t)was);
        buf_puts(&name, "-share");
        if (s != PLAN_STANDING_NONE && share_of(n, planned, &a) && share_of(was, before, &b))
            put_number(node, buf_str(&name), plan_subtract(a, b));
        buf_free(&name);
    }
    struct plan_number a, b;
    put_count(node, "due",
              (int64_t)count_due(now->measures) - (int64_t)count_due(last->measures));
    if (share_of(now->measures[PLAN_STANDING_DONE], count_due(now->measures), &a) &&
        share_of(last->measures[PLAN_STANDING_DONE], count_due(last->measures), &b))
        put_number(node, "kept-share", plan_subtract(a, b));
}

static void put_years(xmlNode *node, const struct annual_year *now,
                      const struct annual_year *last)
{
    put_tally(node, "tally", &now->tally);
    if (!last->is_told)
        return;
    if (last->is_typed)
        put_measures(node, "last-year", &last->tally);
    else
        put_tally(node, "last-year", &last->tally);
    put_change(node, &now->tally, &last->tally);
}

/* --- quarters and months ----------------------------------------------------------------- */

static void count_day(struct calendar *c, const struct plan_item *item)
{
    int month = item->has_plan ? plan_split_day(item->planned).month : 0;
    plan_count_item(&c->quarters[(month + 2) / 3], item);
    plan_count_item(&c->months[month], item);
}

/* What has no day is number 0, and there only when there is something. */
static void put_calendar(xmlNode *node, const struct calendar *c)
{
    for (int q = 0; q < 5; q++) {
        const size_t *counts = c->quarters[q].deadlines;
        if (!q && !plan_count_planned(counts))
            continue;
        xmlNode *quarter = add(node, "quarter");
        put_count(quarter, "number", q);
        put_tally(quarter, "tally", &c->quarters[q]);
    }
    for (int m = 1; m < 13; m++) {
        xmlNode *month = add(node, "month");
        put_count(month, "number", m);
        put_count(month, "deadlines", (int64_t)plan_count_planned(c->months[m].deadlines));
        put_count(month, "done", (int64_t)c->months[m].deadlines[PLAN_STANDING_DONE]);
    }
}

/* --- measures ---------------------------------------------------------------------------- */

static void put_parties(xmlNode *node, const struct plan_measure *m)
{
    struct buf names = BUF_EMPTY;
    for (size_t i = 0; i < m->party_count; i++)
        buf_printf(&names, "%s%s", i ? ", " : "", m->parties[i]);
    put(node, "parties", buf_str(&names));
    buf_free(&names);
}

static void put_record(xmlNode *node, const struct plan_record *r)
{
    if (!r)
        return;
    put_day(node, "date", r->date);
    if (r->has_to)
        put_day(node, "to", r->to);
    if (r->percent >= 0)
        put_count(node, "percent", r->percent);
    put(node, "responsible", r->responsible);
    put(node, "evidence", r->evidence);
    put(node, "link", r->link);
    put(node, "note", r->note);
}

static void put_indicator(xmlNode *node, const struct plan_record *r)
{
    if (!r)
        return;
    put(node, "value", r->value);
    put(node, "target", r->target);
    if (r->target)
        put(node, "reached", plan_is_reached(r) ? "yes" : "no");
}

static void put_due(xmlNode *node, const struct plan_item *item)
{
    xmlNode *due = add(node, "due");
    put(due, "standing", plan_standing_name(plan_weigh_item(item)));
    if (item->has_due)
        put_day(due, "date", item->due);
    if (item->has_plan) {
        put_day(due, "planned", item->planned);
        put_count(due, "month", plan_split_day(item->planned).month);
    }
    if (item->record)
        put_day(due, "recorded", item->record->date);
}

static void put_measure(xmlNode *section, const struct plan_outcome *o)
{
    const struct plan_measure *m = o->measure;
    xmlNode *node = add(section, "measure");
    put(node, "id", m->id);
    put(node, "number", m->number);
    put(node, "title", m->title);
    put(node, "deadline", m->deadline);
    put_parties(node, m);
    put(node, "standing", plan_standing_name(o->standing));
    put_record(node, o->record);
    put_indicator(node, o->indicator);
    for (size_t i = 0; i < o->count; i++)
        put_due(node, &o->items[i]);
}

/* --- parties ----------------------------------------------------------------------------- */

static struct party *find_party(struct parties *parties, const char *name)
{
    for (size_t i = 0; i < parties->len; i++)
        if (plan_same_party(parties->items[i].name, name))
            return &parties->items[i];
    struct party party = {.name = name};
    VEC_PUSH(parties, party);
    return &parties->items[parties->len - 1];
}

static void count_parties(struct parties *parties, const struct plan_outcome *o)
{
    const struct plan_measure *m = o->measure;
    for (size_t i = 0; i < m->party_count; i++)
        plan_count_outcome(&find_party(parties, m->parties[i])->tally, o);
    if (m->party_count == 0)
        plan_count_outcome(&find_party(parties, "")->tally, o);
}

/* Those with most measures first, then in the order of the roadmaps. */
static int compare_parties(const void *a, const void *b)
{
    const struct party *x = a, *y = b;
    size_t n = plan_count_planned(x->tally.measures), k = plan_count_planned(y->tally.measures);
    if (n != k)
        return n > k ? -1 : 1;
    return strcmp(x->name, y->name);
}

/* They are freed. */
static void put_all_parties(xmlNode *root, struct parties *parties)
{
    if (parties->len)
        qsort(parties->items, parties->len, sizeof *parties->items, compare_parties);
    for (size_t i = 0; i < parties->len; i++) {
        xmlNode *node = add(root, "party");
        put(node, "name", parties->items[i].name);
        put_tally(node, "tally", &parties->items[i].tally);
    }
    free(parties->items);
}

/* --- roadmaps ---------------------------------------------------------------------------- */

/* The outcomes of one section from `first` on; returns where the next begins. */
static size_t put_section(xmlNode *plan, const struct plan_outcomes *all, size_t first)
{
    const char *title = all->items[first].measure->section;
    struct plan_tally tally = {0};
    size_t end = first;
    for (; end < all->len && strcmp(all->items[end].measure->section, title) == 0; end++)
        plan_count_outcome(&tally, &all->items[end]);
    xmlNode *node = add(plan, "section");
    put(node, "title", title);
    put_tally(node, "tally", &tally);
    for (size_t i = first; i < end; i++)
        put_measure(node, &all->items[i]);
    return end;
}

static void put_edit(xmlNode *plan, const struct plan_edit *e)
{
    static const char *const words[] = {"title", "deadline", "parties", "number"};
    const struct plan_measure *m = e->now ? e->now : e->before;
    xmlNode *node = add(plan, "edit");
    struct buf what = BUF_EMPTY;
    put(node, "change", !e->now ? "dropped" : !e->before ? "added" : "changed");
    put(node, "number", m->number);
    put(node, "title", m->title);
    put(node, "deadline", m->deadline);
    put_parties(node, m);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (e->what & (1u << i))
            buf_printf(&what, "%s%s", what.len ? " " : "", words[i]);
    put(node, "what", buf_str(&what));
    if (e->now && e->before) {
        put(node, "old-number", e->before->number);
        put(node, "old-title", e->before->title);
        put(node, "old-deadline", e->before->deadline);
    }
    buf_free(&what);
}

static void put_plan(struct facts *f, xmlNode *root, const struct annual_plan *p)
{
    xmlNode *node = add(root, "plan");
    struct calendar calendar = {0};
    struct parties parties = {0};
    const struct plan_outcomes *outcomes = &p->now.outcomes;
    put(node, "of", p->of);
    put(node, "name", *p->name ? p->name : p->measures.title);
    put(node, "title", p->measures.title);
    put(node, "date", p->measures.date);
    put(node, "silent", p->now.is_told ? NULL : "yes");
    put_count(node, "records", (int64_t)p->now.records.len);
    put_years(node, &p->now, &p->last);
    for (size_t i = 0; i < p->now.items.len; i++) {
        count_day(&calendar, &p->now.items.items[i]);
        count_day(&f->calendar, &p->now.items.items[i]);
    }
    put_calendar(node, &calendar);
    for (size_t i = 0; i < outcomes->len;)
        i = put_section(node, outcomes, i);
    for (size_t i = 0; i < outcomes->len; i++) {
        count_parties(&parties, &outcomes->items[i]);
        count_parties(&f->parties, &outcomes->items[i]);
    }
    put_all_parties(node, &parties);
    for (size_t i = 0; i < p->edits.len; i++)
        put_edit(node, &p->edits.items[i]);
}

static void add_tally(struct plan_tally *to, const struct plan_tally *from)
{
    for (int s = 0; s < PLAN_STANDINGS; s++) {
        to->measures[s] += from->measures[s];
        to->deadlines[s] += from->deadlines[s];
    }
    to->indicators += from->indicators;
    to->reached += from->reached;
}

/* --- data tables ------------------------------------------------------------------------- */

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* The text of an element on one line; the caller frees. */
static struct buf line_of(const xmlNode *node)
{
    struct buf out = BUF_EMPTY;
    xmlChar *text = xmlNodeGetContent(node);
    for (const char *s = (const char *)text; s && *s; s++) {
        bool is_space = strchr(" \t\r\n", *s) != NULL;
        if (!is_space || (out.len && out.bytes[out.len - 1] != ' '))
            buf_putc(&out, is_space ? ' ' : *s);
    }
    xmlFree(text);
    return out;
}

/* A cell's number, computed or typed. */
static bool number_of(const xmlNode *cell, struct plan_number *n)
{
    xmlChar *figure = xmlGetNoNsProp(cell, (const xmlChar *)"figure");
    xmlChar *text = figure ? figure : xmlNodeGetContent(cell);
    bool found = plan_read_number((const char *)text, n);
    xmlFree(text);
    return found;
}

/* The numbers of a row under its label, which is its first cell. */
static void put_data_row(xmlNode *table, const xmlNode *row)
{
    xmlNode *to = add(table, "row");
    int column = 0;
    put(to, "computed", xmlHasProp(row, (const xmlChar *)"compute") ? "yes" : NULL);
    for (const xmlNode *cell = row->children; cell; cell = cell->next) {
        struct plan_number n;
        if (!is_named(cell, "cell"))
            continue;
        if (++column == 1) {
            struct buf label = line_of(cell);
            put(to, "label", buf_str(&label));
            buf_free(&label);
        } else if (number_of(cell, &n)) {
            xmlNode *value = add(to, "cell");
            put_count(value, "column", column);
            put_number(value, "value", n);
        }
    }
}

/* Every data table that has an id, in the order of the document. */
static void put_data(xmlNode *root, const xmlNode *node)
{
    for (const xmlNode *n = node->children; n; n = n->next) {
        xmlChar *id = is_named(n, "table") ? xmlGetNoNsProp(n, (const xmlChar *)"id") : NULL;
        if (n == root || n->type != XML_ELEMENT_NODE)
            continue;
        if (!id) {
            put_data(root, n);
            continue;
        }
        xmlNode *table = add(root, "table");
        put(table, "id", (const char *)id);
        for (const xmlNode *row = n->children; row; row = row->next)
            if (is_named(row, "row"))
                put_data_row(table, row);
        xmlFree(id);
    }
}

static void put_facts(struct facts *f, xmlNode *report)
{
    const struct annual *a = f->annual;
    xmlNode *root = add(report, "facts");
    put_count(root, "year", a->year);
    put_day(root, "on", a->on);
    put(root, "sample", a->is_sample ? "yes" : NULL);
    f->last.is_told = a->first != NULL;
    for (const struct annual_plan *p = a->first; p; p = p->next) {
        add_tally(&f->all.tally, &p->now.tally);
        add_tally(&f->last.tally, &p->last.tally);
        f->last.is_told = f->last.is_told && p->last.is_told;
        f->last.is_typed = f->last.is_typed || p->last.is_typed;
    }
    put_years(root, &f->all, &f->last);
    for (const struct annual_plan *p = a->first; p; p = p->next)
        put_plan(f, root, p);
    put_calendar(root, &f->calendar);
    put_all_parties(root, &f->parties);
    put_data(root, report);
}

bool app_add_facts(const struct app *app, struct read_document *document,
                   const struct annual_options *options, struct diag *diag)
{
    xmlNode *root = xmlDocGetRootElement(document->doc);
    if (strcmp((const char *)root->name, "annual-report") != 0)
        return true;
    struct annual annual = {.plans = app_new_plans(app, diag), .diag = diag};
    struct facts facts = {.annual = &annual};
    if (!annual.plans)
        return false;
    const struct app_plan_listener listener = {options->opened, options->was_read,
                                               options->self};
    app_listen_plans(annual.plans, &listener);
    bool good = annual_read(&annual, document, options);
    if (good)
        put_facts(&facts, root);
    annual_free(&annual);
    app_free_plans(annual.plans);
    return good;
}
