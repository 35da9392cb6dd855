/* The deadlines of documents as one calendar: see calendar.h. */
#include "app/calendar.h"
#include "app/output.h"

bool app_put_calendar(struct app_plans *plans, const char *path,
                      const struct plan_calendar *calendar)
{
    const struct plan_measures *measures = app_load_measures(plans, path);
    if (!measures)
        return false;
    if (measures->len == 0)
        diag_add(calendar->diag, DIAG_WARNING, (struct src_loc){measures->file, 0, 0},
                 "calendar-empty", _("there are no measures in it"));
    plan_put_ics(calendar, measures);
    return true;
}

bool app_write_calendar(const char *path, const struct plan_calendar *calendar)
{
    return app_write_file(path, calendar->out, calendar->diag);
}
