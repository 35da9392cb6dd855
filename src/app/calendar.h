/* The deadlines of documents as one calendar, for a calendar program or on paper. */
#ifndef PRIKAZ_APP_CALENDAR_H
#define PRIKAZ_APP_CALENDAR_H

#include "app/plan.h"
#include "plan/ics.h"

/* Add the document's deadlines to a calendar that was begun; false when it cannot be read. */
bool app_put_calendar(struct app_plans *plans, const char *path,
                      const struct plan_calendar *calendar);

/* Write the finished calendar to a file, «-» for standard output. */
bool app_write_calendar(const char *path, const struct plan_calendar *calendar);

/* The same deadlines as a plan on paper, by month and by responsible party, set by the template
 * of <calendar>. */
struct app_agenda {
    const char *const *files;
    size_t file_count;
    const struct plan_calendar *calendar; /* without `out` */
    struct app_job *job;                  /* what to write, and where */
};
bool app_render_agenda(struct app *app, struct app_plans *plans,
                       const struct app_agenda *agenda);

#endif
