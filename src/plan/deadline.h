/* What the wording of a deadline means: days of a given year, always, or when something happens. */
#ifndef PRIKAZ_PLAN_DEADLINE_H
#define PRIKAZ_PLAN_DEADLINE_H

#include "plan/day.h"

#include <stddef.h>

enum plan_when {
    PLAN_UNCLEAR,    /* not understood: the caller names the measure */
    PLAN_DATES,      /* the spans say when; none of them: nothing in that period */
    PLAN_CONTINUOUS, /* «постоянно»: there is no day on which it is due */
    PLAN_ON_EVENT, /* «по мере необходимости»: another paper or an event says when */
};

/* From the first day to the last, on which it is due. «до …» has the due day alone. */
struct plan_span {
    plan_day from, to;
};

/* Start with zeroes; the caller frees items. */
struct plan_spans {
    struct plan_span *items;
    size_t len, cap;
};

/* The time that is asked about. */
struct plan_period {
    plan_day from, to;
};

/* The year's 1 January to 31 December. */
struct plan_period plan_calendar_year(int year);
/* The school year that begins on 1 September of `year`; it ends on 31 August. */
struct plan_period plan_school_year(int year);

/* Read a wording (UTF-8; case, spacing, kinds of dashes and quotes do not matter). Appends to
 * `spans`, sorted by their last days: of what comes again and again (every year, month, …) each
 * time that is due in the period; of what is tied to a year («2020-2022») each span that has a
 * day in common with it. */
enum plan_when plan_read_deadline(const char *wording, const struct plan_period *period,
                                  struct plan_spans *spans);

#endif
