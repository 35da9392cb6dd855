/* Checking documents: schema, rules on the document, rules on its finished pages. */
#ifndef PRIKAZ_APP_CHECK_H
#define PRIKAZ_APP_CHECK_H

#include "app/app.h"

/* The rules of one templates folder and what the documents checked by them share. */
struct app_checker;

/* Load the rules; NULL when they are not found or at fault, told in `diag`. Free with
 * app_free_checker before `app`. */
struct app_checker *app_new_checker(const struct app *app, struct diag *diag);
void app_free_checker(struct app_checker *checker);

/* Change how grave a rule is, DIAG_NONE for off; false when there is no such rule. */
bool app_set_rule(struct app_checker *checker, const char *id, enum diag_level level);

/* Every rule in turn: its name, its level, what it says and the reason (in Russian). */
void app_list_rules(struct app_checker *checker,
                    void (*each)(void *self, const char *id, enum diag_level level,
                                 const char *text, const char *why),
                    void *self);

/* Why there is the rule, or NULL when `id` is not a rule's. */
const char *app_explain_rule(struct app_checker *checker, const char *id);

/* Check one document; everything found goes to `diag`, rules with their names as codes. Pages are
 * looked at when the document itself can be laid out. `facts`, if not NULL, gets the pages as the
 * rules see them (XML). */
void app_check_document(struct app_checker *checker, const char *input, bool any_folder,
                        struct buf *facts, struct diag *diag);

#endif
