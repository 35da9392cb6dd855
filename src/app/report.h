/* The report of a run as JSON. */
#ifndef PRIKAZ_APP_REPORT_H
#define PRIKAZ_APP_REPORT_H

#include "app/app.h"
#include "layout/layout.h"

/* Describe the run in `out`: input, output, whether it was written, pages, bytes, every message,
 * and every reserved box with its page and its rectangle in pt and mm from the top left corner.
 * `result` is NULL when layout was not reached. */
void app_describe_run(const struct app_job *job, bool written,
                      const struct layout_result *result, struct diag *diag, struct buf *out);

#endif
