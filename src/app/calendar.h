/* The deadlines of documents as one calendar. */
#ifndef PRIKAZ_APP_CALENDAR_H
#define PRIKAZ_APP_CALENDAR_H

#include "app/plan.h"
#include "plan/ics.h"

/* Add the document's deadlines to a calendar that was begun; false when it cannot be read. */
bool app_put_calendar(struct app_plans *plans, const char *path,
                      const struct plan_calendar *calendar);

/* Write the finished calendar to a file, «-» for standard output. */
bool app_write_calendar(const char *path, const struct plan_calendar *calendar);

#endif
