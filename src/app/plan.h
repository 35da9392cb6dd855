/* Roadmaps and execution files as data: what the commands about plans work on. */
#ifndef PRIKAZ_APP_PLAN_H
#define PRIKAZ_APP_PLAN_H

#include "app/app.h"
#include "plan/plan.h"

/* What the plans of one process share: schemas, stylesheets, and all that was loaded. */
struct app_plans;
struct app_plans *app_new_plans(const struct app *app, struct diag *diag);
void app_free_plans(struct app_plans *plans);
/* Who is told of every file of a template that is used, and of every file that is read for its
 * content; NULL: nobody. */
struct app_plan_listener {
    void (*opened)(void *self, const char *path);
    void (*was_read)(void *self, const char *path);
    void *self;
};
void app_listen_plans(struct app_plans *plans, const struct app_plan_listener *listener);

/* The measures of the document at `path`, numbered as its template prints them; borrowed. NULL:
 * told. A document without measures has an empty list. */
const struct plan_measures *app_load_measures(struct app_plans *plans, const char *path);

struct app_execution {
    const char *file, *of; /* `of` as written */
    struct src_loc at;     /* of the root */
    int year;
    bool is_sample;
    const struct plan_measures *measures; /* NULL: not loaded */
    struct plan_records records;
};

/* The records of an execution file without the measures they are about; borrowed. NULL: told. */
const struct app_execution *app_load_records(struct app_plans *plans, const char *path);
/* The same with the measures; borrowed. NULL: told. */
const struct app_execution *app_load_execution(struct app_plans *plans, const char *path);

/* The document an execution file is about: beside it, or one folder above. The caller frees;
 * NULL: told. */
char *app_find_roadmap(struct app_plans *plans, const struct app_execution *execution);

/* Everything loaded lives here, and until app_free_plans. */
struct arena *app_plans_arena(struct app_plans *plans);

#endif
