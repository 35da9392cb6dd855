/* Roadmaps and execution files as data: what the commands about plans work on. */
#ifndef PRIKAZ_APP_PLAN_H
#define PRIKAZ_APP_PLAN_H

#include "app/app.h"
#include "plan/plan.h"

/* What the plans of one process share: schemas, stylesheets, and all that was loaded. */
struct app_plans;
struct app_plans *app_new_plans(const struct app *app, struct diag *diag);
void app_free_plans(struct app_plans *plans);

/* The measures of the document at `path`, numbered as its template prints them; borrowed. NULL:
 * told. A document without measures has an empty list. */
const struct plan_measures *app_load_measures(struct app_plans *plans, const char *path);

struct app_execution {
    const char *file, *of; /* `of` as written */
    int year;
    bool is_sample;
    const struct plan_measures *measures;
    struct plan_records records;
};

/* An execution file with the measures it is about; borrowed. NULL: told. */
const struct app_execution *app_load_execution(struct app_plans *plans, const char *path);

/* Everything loaded lives here, and until app_free_plans. */
struct arena *app_plans_arena(struct app_plans *plans);

#endif
