/* The files that went into one document, gathered while it is rendered. */
#ifndef PRIKAZ_APP_TRACE_H
#define PRIKAZ_APP_TRACE_H

#include "app/app.h"
#include "build/state.h"

/* Of one process: it remembers what it has read for documents before, since templates and fonts
 * are read once and kept. */
struct app_trace;

/* `known`: versions whose hashes are believed when the files look as they did; borrowed. */
struct app_trace *app_new_trace(struct app *app, const struct build_state *known);
void app_free_trace(struct app_trace *trace);

/* Render the job and record in `state` (made anew, the caller frees), under the absolute path
 * `source`, every file that was read and written. False when it was not rendered. */
bool app_render_traced(struct app_trace *trace, struct app_job *job, const char *source,
                       struct diag *diag, struct build_state **state);

/* The absolute path, symbolic links in the folder followed; the caller frees. */
char *app_absolute_path(const char *path);

#endif
