/* Rendering what the program has put together itself. */
#ifndef PRIKAZ_APP_MADE_H
#define PRIKAZ_APP_MADE_H

#include "app/app.h"

#include <libxml/tree.h>

/* Render `doc`, whose root element has a template like that of any document, and free it. No schema
 * has looked at it. job->input is what faults name; an element whose `_private` is the path of a
 * file has its place in that file, at the node's line. Otherwise like app_render. */
bool app_render_made(struct app *app, xmlDoc *doc, struct app_job *job, struct diag *diag);

#endif
