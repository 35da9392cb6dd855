/* Records as a spreadsheet program exports them. */
#ifndef PRIKAZ_PLAN_CSV_H
#define PRIKAZ_PLAN_CSV_H

#include "plan/plan.h"

/* Read records from the bytes of a CSV file (RFC 4180, also with «;» or tabs; UTF-8 with or
 * without a mark, or windows-1251). The first line names the columns, in English or Russian, in
 * any order: measure, date, status are needed. Faults name the line in `file`, which is borrowed;
 * a line at fault is left out. Strings go to the arena. */
void plan_read_csv(const char *file, const struct buf *bytes, struct arena *arena,
                   struct plan_records *out, struct diag *diag);

#endif
