/* Deadlines as iCalendar (RFC 5545), which calendar programs import. */
#ifndef PRIKAZ_PLAN_ICS_H
#define PRIKAZ_PLAN_ICS_H

#include "plan/plan.h"

struct plan_calendar {
    struct buf *out;
    struct plan_period period;
    bool has_stamp;
    plan_day stamp; /* DTSTAMP of all events; without it, each document's date */
    struct diag *diag;
};

/* One calendar: begin, any number of documents, end. Every deadline that is due in the period
 * is an event of its due day; its UID is made of the document's name, the measure's id and that
 * day, so that a later import replaces the event instead of doubling it. What has no day is left
 * out; a deadline that is not understood is told. */
void plan_begin_ics(const struct plan_calendar *calendar);
void plan_put_ics(const struct plan_calendar *calendar, const struct plan_measures *measures);
void plan_end_ics(const struct plan_calendar *calendar);

#endif
