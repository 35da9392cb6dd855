/* Adding records to an execution file. */
#ifndef PRIKAZ_APP_RECORD_H
#define PRIKAZ_APP_RECORD_H

#include "app/plan.h"

struct app_recording {
    const char *path; /* of the execution file */
    /* Of a file that is not there yet and is begun: the document and the year it is about; NULL: the
     * name of the folder it lies in; 0: the year of the first record. */
    const char *of;
    int year;
    const struct plan_records *records;
};

/* Append the records at the end of the execution file, which keeps every byte it had before, in
 * one step. Every measure must be one of the roadmap's. False: told, and the file is untouched. */
bool app_append_records(struct app_plans *plans, const struct app_recording *recording,
                        struct diag *diag);

/* Records of a CSV file (see plan/csv.h), appended to `out`; strings live as long as `plans`.
 * False: there were faults, told. */
bool app_read_csv(struct app_plans *plans, const char *path, struct plan_records *out,
                  struct diag *diag);

#endif
