/* What is computed for a document, put into its tree before a template sees it. */
#ifndef PRIKAZ_APP_FACTS_H
#define PRIKAZ_APP_FACTS_H

#include "app/annual.h"

/* Add an element `facts` to the end of an annual report's root: see templates/README.md, «Facts of
 * a report». Other documents are left alone. False: told. */
bool app_add_facts(const struct app *app, struct read_document *document,
                   const struct annual_options *options, struct diag *diag);

/* Fill the computed columns and rows of every data table: a cell for each, its value in the
 * attribute `figure`. What cannot be computed is an empty cell, and told where a figure was
 * meant. */
void app_fill_tables(struct read_document *document, struct diag *diag);

/* The facts as data. False: the document has none; told. */
bool app_put_facts_json(const struct read_document *document, struct buf *out,
                        struct diag *diag);
bool app_put_facts_csv(const struct read_document *document, struct buf *out,
                       struct diag *diag);

#endif
