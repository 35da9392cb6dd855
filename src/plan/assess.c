/* How measures stand on a day: see plan.h.
 *
 * A measure has one deadline in the year or several («ежеквартально»), a record says only what
 * became of the measure by a date. So records are taken by date, and each speaks of the earliest
 * deadline that is still open and whose time had begun by then; when none had begun, of the
 * earliest open one (work that was early); when all are closed, of the last. «Done» closes a
 * deadline, «postponed» moves it and leaves it open, «cancelled» closes it and all after it. What
 * is open when its day has passed is overdue, whatever was done in part.
 *
 * A year's deadlines from before the day of signing (January's of «ежемесячно» in an order of
 * February) are nobody's debt and not listed.
 *
 * Two records of a day that do not say the same contradict each other: the later in the file
 * counts, and both are named. */
#include "plan/plan.h"
#include "base/utf8.h"
#include "plan/letter.h"

#include <stdlib.h>
#include <string.h>

enum { SOON = 30 /* days before a single due day from which a reader wants to be reminded */ };

static const char *const mark_names[PLAN_MARKS] = {"done", "partly", "not-done", "postponed",
                                                   "cancelled"};

enum plan_mark plan_find_mark(const char *word)
{
    static const struct {
        const char *word;
        enum plan_mark mark;
    } russian[] = {{"выполнено", PLAN_DONE},
                   {"исполнено", PLAN_DONE},
                   {"выполнено частично", PLAN_PARTLY},
                   {"частично", PLAN_PARTLY},
                   {"не выполнено", PLAN_NOT_DONE},
                   {"не исполнено", PLAN_NOT_DONE},
                   {"перенесено", PLAN_POSTPONED},
                   {"отменено", PLAN_CANCELLED}};
    for (int i = 0; i < PLAN_MARKS; i++)
        if (strcmp(word, mark_names[i]) == 0)
            return (enum plan_mark)i;
    for (size_t i = 0; i < sizeof russian / sizeof *russian; i++)
        if (strcmp(word, russian[i].word) == 0)
            return russian[i].mark;
    return PLAN_MARKS;
}

const char *plan_mark_name(enum plan_mark mark)
{
    return mark_names[mark];
}

const char *plan_state_name(enum plan_state state)
{
    static const char *const names[PLAN_STATES] = {
        "overdue",   "due",   "partly",     "postponed", "done",
        "cancelled", "later", "continuous", "on-event",  "unclear"};
    return names[state];
}

/* --- names ------------------------------------------------------------------------------- */

/* One name without spaces and a full stop around it; a full stop after initials stays. */
static void push_name(struct arena *arena, const char *s, size_t n, struct plan_names *out)
{
    while (n && (*s == ' ' || *s == '\n' || *s == '\t'))
        s++, n--;
    while (n && (s[n - 1] == ' ' || s[n - 1] == '\n' || s[n - 1] == '\t'))
        n--;
    if (n)
        VEC_PUSH(out, arena_strndup(arena, s, n));
}

void plan_split_parties(struct arena *arena, const char *list, struct plan_names *out)
{
    int depth = 0;
    const char *start = list, *p = list;
    for (; *p; p++) {
        if (*p == '(' || strncmp(p, "«", 2) == 0)
            depth++;
        else if (depth && (*p == ')' || strncmp(p, "»", 2) == 0))
            depth--;
        else if (!depth && (*p == ',' || *p == ';')) {
            push_name(arena, start, (size_t)(p - start), out);
            start = p + 1;
        }
    }
    push_name(arena, start, (size_t)(p - start), out);
}

/* The first code point in lower case; *s goes past it. */
static uint32_t first_letter(const char **s)
{
    return plan_fold_letter(utf8_next(s, *s + strlen(*s)));
}

bool plan_same_party(const char *a, const char *b)
{
    if (!*a || !*b)
        return *a == *b;
    return first_letter(&a) == first_letter(&b) && strcmp(a, b) == 0;
}

/* --- records ----------------------------------------------------------------------------- */

/* A record with its measure's place in the list. */
struct placed {
    const struct plan_record *record;
    size_t measure, order;
};

struct placed_list {
    struct placed *items;
    size_t len, cap;
};

static int compare_placed(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->measure != y->measure)
        return x->measure < y->measure ? -1 : 1;
    if (x->record->date != y->record->date)
        return x->record->date < y->record->date ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* Tell of a record that belongs to no measure. */
static void tell_lost(const struct plan_record *r, const struct plan_measures *measures,
                      bool several, struct diag *diag)
{
    if (several)
        diag_add(diag, DIAG_ERROR, r->at, "record-ambiguous",
                 _("several measures of %s have the number «%s»; name it by its id"),
                 measures->name, r->measure);
    else
        diag_add(diag, DIAG_ERROR, r->at, "record-measure",
                 _("%s has no measure «%s»; the record is left out"), measures->name,
                 r->measure);
}

/* What a record says against itself. */
static void check_record(const struct plan_record *r, struct diag *diag)
{
    if (r->mark == PLAN_DONE && r->percent >= 0 && r->percent < 100)
        diag_add(diag, DIAG_WARNING, r->at, "record-percent",
                 _("measure %s: it is done, but only %d per cent of it; «partly» is meant, or "
                   "100"),
                 r->measure, r->percent);
    if (r->mark == PLAN_POSTPONED && !r->has_to)
        diag_add(
            diag, DIAG_WARNING, r->at, "record-to",
            _("measure %s: it is postponed, but not said until when (to); the old deadline "
              "stays"),
            r->measure);
}

/* Two records of a day that do not say the same; they may stand in two files. */
static void check_pair(const struct plan_record *a, const struct plan_record *b,
                       struct diag *diag)
{
    if (a->date != b->date || a->mark == b->mark)
        return;
    if (a->at.file && b->at.file && strcmp(a->at.file, b->at.file) != 0)
        diag_add(diag, DIAG_WARNING, b->at, "record-contradiction",
                 _("measure %s: another record of the same day (%s:%d) says «%s», this one "
                   "«%s»; this one counts"),
                 b->measure, a->at.file, a->at.line, mark_names[a->mark], mark_names[b->mark]);
    else
        diag_add(diag, DIAG_WARNING, b->at, "record-contradiction",
                 _("measure %s: another record of the same day (line %d) says «%s», this "
                   "one «%s»; this one counts"),
                 b->measure, a->at.line, mark_names[a->mark], mark_names[b->mark]);
}

/* The measure a record is about; NULL: told. */
static const struct plan_measure *find_measure(const struct plan_question *q,
                                               const struct plan_index *index,
                                               const struct plan_index *former,
                                               const struct plan_record *r, struct diag *diag)
{
    bool several, dropped;
    const struct plan_measure *m = plan_find_measure(index, r->measure, &several);
    if (m)
        return m;
    if (!several && former && plan_find_measure(former, r->measure, &dropped))
        diag_add(diag, DIAG_NOTE, r->at, "record-former",
                 _("measure %s is in the former edition (%s) only; the record is left out"),
                 r->measure, q->former->name);
    else
        tell_lost(r, q->measures, several, diag);
    return NULL;
}

/* All records up to the day, by measure and date. */
static void place_records(const struct plan_question *q, struct placed_list *out,
                          struct diag *diag)
{
    struct plan_index *index = plan_new_index(q->measures);
    struct plan_index *former = q->former ? plan_new_index(q->former) : NULL;
    for (size_t i = 0; i < q->records->len; i++) {
        const struct plan_record *r = &q->records->items[i];
        const struct plan_measure *m = find_measure(q, index, former, r, diag);
        check_record(r, diag);
        struct placed placed = {r, m ? (size_t)(m - q->measures->items) : 0, i};
        if (m && r->date <= q->on)
            VEC_PUSH(out, placed);
    }
    plan_free_index(index);
    plan_free_index(former);
    if (out->len)
        qsort(out->items, out->len, sizeof *out->items, compare_placed);
    for (size_t i = 1; i < out->len; i++)
        if (out->items[i - 1].measure == out->items[i].measure)
            check_pair(out->items[i - 1].record, out->items[i].record, diag);
}

/* --- deadlines --------------------------------------------------------------------------- */

static bool is_closed(const struct plan_item *item)
{
    return item->state == PLAN_STATE_DONE || item->state == PLAN_STATE_CANCELLED;
}

/* Which of the measure's deadlines a record of this day speaks of. */
static struct plan_item *choose_item(struct plan_item *items, size_t n, plan_day date)
{
    struct plan_item *open = NULL;
    for (size_t i = 0; i < n; i++) {
        if (is_closed(&items[i]))
            continue;
        if (!items[i].has_due || items[i].from <= date)
            return &items[i];
        open = open ? open : &items[i];
    }
    return open ? open : &items[n - 1];
}

static void apply_record(struct plan_item *items, size_t n, const struct plan_record *r)
{
    static const enum plan_state states[PLAN_MARKS] = {PLAN_STATE_DONE, PLAN_STATE_PARTLY,
                                                       PLAN_STATE_LATER, PLAN_STATE_POSTPONED,
                                                       PLAN_STATE_CANCELLED};
    struct plan_item *item = choose_item(items, n, r->date);
    item->record = r;
    item->indicator = r->value ? r : item->indicator;
    item->state = states[r->mark];
    if (r->mark == PLAN_POSTPONED && r->has_to) {
        item->has_due = true;
        item->due = r->to;
    }
    for (; r->mark == PLAN_CANCELLED && item < items + n; item++)
        if (!is_closed(item)) {
            item->state = PLAN_STATE_CANCELLED;
            item->record = r;
        }
}

/* What the day makes of a deadline that is open. */
static void judge(struct plan_item *item, plan_day on)
{
    if (is_closed(item) || !item->has_due)
        return;
    if (item->due < on)
        item->state = PLAN_STATE_OVERDUE;
    else if (item->state == PLAN_STATE_LATER && (item->from <= on || item->due <= on + SOON))
        item->state = PLAN_STATE_DUE;
}

/* The measure's deadlines in the period, all open; what was due before the document was signed is
 * left out. */
static void add_items(const struct plan_measure *m, const struct plan_period *period,
                      struct plan_items *out, struct diag *diag)
{
    static const enum plan_state states[] = {PLAN_STATE_UNCLEAR, PLAN_STATE_LATER,
                                             PLAN_STATE_CONTINUOUS, PLAN_STATE_EVENT};
    struct plan_spans spans = {0};
    enum plan_when when = plan_read_deadline(m->when, period, &spans);
    if (when == PLAN_UNCLEAR)
        diag_add(diag, DIAG_WARNING, m->at, "deadline-unclear",
                 _("measure %s: the deadline «%s» is not understood; say what it means by the "
                   "attribute means"),
                 *m->number ? m->number : m->id, m->when);
    for (size_t i = 0; i < spans.len; i++) {
        struct plan_item item = {.measure = m,
                                 .state = PLAN_STATE_LATER,
                                 .has_due = true,
                                 .has_plan = true,
                                 .from = spans.items[i].from,
                                 .due = spans.items[i].to,
                                 .planned = spans.items[i].to};
        if (item.due >= m->since)
            VEC_PUSH(out, item);
    }
    if (when != PLAN_DATES) {
        struct plan_item item = {.measure = m, .state = states[when]};
        VEC_PUSH(out, item);
    }
    free(spans.items);
}

void plan_assess(const struct plan_question *q, struct plan_items *out, struct diag *diag)
{
    struct placed_list placed = {0};
    place_records(q, &placed, diag);
    for (size_t i = 0, next = 0; i < q->measures->len; i++) {
        const struct plan_measure *m = &q->measures->items[i];
        size_t first = out->len;
        bool has_records = next < placed.len && placed.items[next].measure == i;
        add_items(m, &q->period, out, diag);
        if (out->len == first && has_records) { /* done in a year in which it was not due */
            struct plan_item item = {.measure = m, .state = PLAN_STATE_LATER};
            VEC_PUSH(out, item);
        }
        for (; next < placed.len && placed.items[next].measure == i; next++)
            apply_record(out->items + first, out->len - first, placed.items[next].record);
        for (size_t k = first; k < out->len; k++)
            judge(&out->items[k], q->on);
    }
    free(placed.items);
}
