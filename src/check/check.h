/* The checker: rules written in XML, applied to a document and to its finished pages. */
#ifndef PRIKAZ_CHECK_CHECK_H
#define PRIKAZ_CHECK_CHECK_H

#include "area/area.h"
#include "base/diag.h"
#include "base/mem.h"
#include "transform/transform.h"

#include <libxml/tree.h>

struct check_rule {
    const char *id;
    enum diag_level level; /* DIAG_NONE: off */
    const char *ru, *en;   /* what it says, with … for what a finding fills in */
    const char *why;
    struct check_rule *next;
};

/* The rules of a folder, compiled. Each file *.xml there holds <rules>; templates/README.md
 * describes them. */
struct check_rules;

/* Load them; NULL when one is at fault, told in `diag`. The cache and what `files` points to
 * must outlive the rules. */
struct check_rules *check_load_rules(const char *folder, struct transform_cache *cache,
                                     const struct transform_files *files, struct diag *diag);
void check_free_rules(struct check_rules *rules);
/* All rules, by file and in the order they have there. */
struct check_rule *check_list_rules(struct check_rules *rules);
struct check_rule *check_find_rule(struct check_rules *rules, const char *id);

/* Places where the document itself silences a rule (its elements `ignore`). */
struct check_ignores;
/* Take the elements `ignore` out of the document, so that templates never see them. An unknown
 * rule in one is told. Free the result with check_free_ignores before the document. */
struct check_ignores *check_take_ignores(struct check_rules *rules, xmlDoc *doc,
                                         struct diag *diag);
void check_free_ignores(struct check_ignores *ignores);
/* The same for a document that is not checked: the elements are only taken out. */
void check_drop_ignores(xmlDoc *doc);

/* Apply the rules for a document, which still has its elements `ignore`; findings go to `diag`
 * with the rule's id as code, borrowed from `rules`. False when a rule itself is at fault. */
bool check_document(struct check_rules *rules, xmlDoc *doc, struct diag *diag);

/* A painter that notes what rules for pages look at: blocks of text with their places and lines,
 * reserved boxes. `source` is the document the pages were made of; both must live until
 * check_free_pages. */
struct check_pages;
struct check_pages *check_new_pages(const xmlDoc *source);
struct area_painter *check_pages_painter(struct check_pages *pages);
void check_free_pages(struct check_pages *pages);
/* What was noted, as XML: the rules' view, also for tests. Borrowed. */
xmlDoc *check_pages_doc(struct check_pages *pages);
/* Apply the rules for pages. */
bool check_laid_out(struct check_rules *rules, struct check_pages *pages,
                    const struct check_ignores *ignores, struct diag *diag);

#endif
