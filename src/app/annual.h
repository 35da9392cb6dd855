/* The sources of an annual report, and what they say: how the measures of its roadmaps stand. */
#ifndef PRIKAZ_APP_ANNUAL_H
#define PRIKAZ_APP_ANNUAL_H

#include "app/plan.h"
#include "read/read.h"

/* One roadmap in a year. */
struct annual_year {
    struct plan_records records;
    struct plan_items items;
    struct plan_outcomes outcomes;
    struct plan_tally tally;
    bool is_told;  /* there are records, or figures typed */
    bool is_typed; /* only figures of measures are known, not of deadlines */
};

/* One roadmap of the report. */
struct annual_plan {
    const char *of, *name; /* `name`: as the report calls it, «» when it does not */
    struct src_loc at;
    struct plan_measures measures;     /* a copy of the list, for editions */
    const struct plan_measures *first; /* its edition before; NULL */
    struct plan_edits edits;
    struct annual_year now, last;
    bool is_sample;
    struct annual_plan *next;
};

struct annual {
    struct app_plans *plans;
    struct diag *diag;
    const char *file; /* of the report */
    int year;
    plan_day on;
    bool is_sample;
    struct annual_plan *first;
};

struct annual_options {
    const char *on;  /* the day of which it is told; NULL: the report's own */
    bool any_folder; /* sources may lie outside the report's folder */
    /* Each roadmap's file; each file of a template; each file, with those it includes, that is read
     * for its content. They may be NULL. */
    void (*consulted)(void *self, const char *path);
    void (*opened)(void *self, const char *path);
    void (*was_read)(void *self, const char *path);
    void *self;
};

/* Read the sources that the report names and see how their measures stand. False: told; what is
 * there is to be freed all the same. Strings live as long as `plans`. */
bool annual_read(struct annual *annual, const struct read_document *report,
                 const struct annual_options *options);
void annual_free(struct annual *annual);

#endif
