/* How measures of a year stand as a report tells it, and how many of each: see plan.h.
 *
 * plan_assess speaks of deadlines, a report of measures; each measure stands in exactly one way,
 * so that the columns of a table add up to what was planned. What has begun but is not finished in
 * time is «partly» and not «overdue»; a measure with one deadline kept and another missed is
 * «partly» as well. */
#include "plan/plan.h"
#include "plan/number.h"

#include <string.h>

const char *plan_standing_name(enum plan_standing standing)
{
    static const char *const names[PLAN_STANDINGS] = {
        "done", "partly", "overdue", "postponed", "cancelled", "later", "open", "none"};
    return names[standing];
}

enum plan_standing plan_weigh_item(const struct plan_item *item)
{
    static const enum plan_standing standings[PLAN_STATES] = {
        [PLAN_STATE_OVERDUE] = PLAN_STANDING_OVERDUE,
        [PLAN_STATE_DUE] = PLAN_STANDING_LATER,
        [PLAN_STATE_PARTLY] = PLAN_STANDING_PARTLY,
        [PLAN_STATE_POSTPONED] = PLAN_STANDING_POSTPONED,
        [PLAN_STATE_DONE] = PLAN_STANDING_DONE,
        [PLAN_STATE_CANCELLED] = PLAN_STANDING_CANCELLED,
        [PLAN_STATE_LATER] = PLAN_STANDING_LATER,
        [PLAN_STATE_CONTINUOUS] = PLAN_STANDING_OPEN,
        [PLAN_STATE_EVENT] = PLAN_STANDING_OPEN,
        [PLAN_STATE_UNCLEAR] = PLAN_STANDING_OPEN};
    const struct plan_record *r = item->record;
    if (item->state == PLAN_STATE_OVERDUE && r && r->mark == PLAN_PARTLY)
        return PLAN_STANDING_PARTLY;
    if (!item->has_due && r && r->mark == PLAN_NOT_DONE)
        return PLAN_STANDING_OVERDUE;
    return standings[item->state];
}

static enum plan_standing weigh_items(const struct plan_item *items, size_t n)
{
    size_t count[PLAN_STANDINGS] = {0};
    for (size_t i = 0; i < n; i++)
        count[plan_weigh_item(&items[i])]++;
    if (count[PLAN_STANDING_OVERDUE] && !count[PLAN_STANDING_DONE] &&
        !count[PLAN_STANDING_PARTLY])
        return PLAN_STANDING_OVERDUE;
    if (count[PLAN_STANDING_OVERDUE] || count[PLAN_STANDING_PARTLY])
        return PLAN_STANDING_PARTLY;
    static const enum plan_standing order[] = {PLAN_STANDING_POSTPONED, PLAN_STANDING_LATER,
                                               PLAN_STANDING_OPEN, PLAN_STANDING_DONE,
                                               PLAN_STANDING_CANCELLED};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (count[order[i]])
            return order[i];
    return PLAN_STANDING_NONE;
}

/* The record that says why it stands so: the last one of a deadline that stands alike, else the
 * last of all. */
static const struct plan_record *choose_record(const struct plan_outcome *o)
{
    const struct plan_record *alike = NULL, *any = NULL;
    for (size_t i = 0; i < o->count; i++) {
        const struct plan_record *r = o->items[i].record;
        if (!r)
            continue;
        any = !any || r->date >= any->date ? r : any;
        if (plan_weigh_item(&o->items[i]) == o->standing)
            alike = !alike || r->date >= alike->date ? r : alike;
    }
    return alike ? alike : any;
}

static const struct plan_record *choose_indicator(const struct plan_outcome *o)
{
    const struct plan_record *last = NULL;
    for (size_t i = 0; i < o->count; i++) {
        const struct plan_record *r = o->items[i].indicator;
        if (r && (!last || r->date >= last->date))
            last = r;
    }
    return last;
}

void plan_weigh(const struct plan_measures *measures, const struct plan_items *items,
                struct plan_outcomes *out)
{
    for (size_t i = 0, next = 0; i < measures->len; i++) {
        struct plan_outcome o = {.measure = &measures->items[i], .items = items->items + next};
        while (next < items->len && items->items[next].measure == o.measure)
            o.count++, next++;
        o.standing = weigh_items(o.items, o.count);
        o.record = choose_record(&o);
        o.indicator = choose_indicator(&o);
        VEC_PUSH(out, o);
    }
}

bool plan_is_reached(const struct plan_record *r)
{
    struct plan_number value, target;
    if (!r->value || !r->target)
        return false;
    if (plan_read_number(r->value, &value) && plan_read_number(r->target, &target))
        return plan_compare_numbers(value, target) >= 0;
    return strcmp(r->value, r->target) == 0;
}

void plan_count_item(struct plan_tally *tally, const struct plan_item *item)
{
    tally->deadlines[plan_weigh_item(item)]++;
}

void plan_count_outcome(struct plan_tally *tally, const struct plan_outcome *o)
{
    tally->measures[o->standing]++;
    for (size_t i = 0; i < o->count; i++)
        plan_count_item(tally, &o->items[i]);
    if (o->indicator && o->indicator->target) {
        tally->indicators++;
        tally->reached += plan_is_reached(o->indicator);
    }
}

size_t plan_count_planned(const size_t counts[PLAN_STANDINGS])
{
    size_t n = 0;
    for (int s = 0; s < PLAN_STANDING_NONE; s++)
        n += counts[s];
    return n;
}
