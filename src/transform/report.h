/* What libxslt and libxml2 say while a stylesheet is compiled and applied, as diag items. */
#ifndef PRIKAZ_TRANSFORM_REPORT_H
#define PRIKAZ_TRANSFORM_REPORT_H

#include "base/diag.h"

#include <libxslt/xsltInternals.h>

struct report;

/* Listen from now on. `sheet` is the stylesheet, `document` the file that xsl:message is about
 * (NULL when compiling); both must outlive the report. */
struct report *transform_start_report(const char *sheet, const char *document,
                                      struct diag *diag);
/* Messages of this transform come here as well. */
void transform_attach_report(struct report *report, xsltTransformContext *transform);
/* A file that may not or cannot be read, and why. When the template then stops with a message of
 * its own, that message is told, with the reason. */
void transform_report_file(struct report *report, const char *path, enum diag_level level,
                           const char *why);
/* A file that was at fault, which has been told. */
void transform_report_told(struct report *report);
/* Stop listening and tell what has not been told; `stopped` when the last message was one with
 * terminate="yes". True when there was no error. Frees the report. */
bool transform_finish_report(struct report *report, bool stopped);

#endif
