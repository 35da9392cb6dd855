/* What build and watch share: their options, and how a batch is shown. */
#ifndef PRIKAZ_CLI_BATCH_H
#define PRIKAZ_CLI_BATCH_H

#include "app/batch.h"

struct cli_batch {
    struct app_batch_options options;
    bool quiet, watches;
    /* how it is shown */
    bool bar; /* a line on standard error that is overwritten */
    bool bar_is_shown;
    int64_t start_ms;
    struct cli_failure {
        struct cli_failure *next;
        char *path, *messages;
        bool is_new; /* in this run */
    } * failures;
};

/* Take the options of `command`, «build» or «watch». 0, or the exit status negated and less one
 * (-1: help was printed). */
int cli_take_batch_options(int argc, char **argv, const struct cli_command *command,
                           struct cli_batch *batch);
/* The paths named after the options; without any, input. */
char **cli_batch_paths(int argc, char **argv, size_t *n);

/* The end of a run. Events are shown by the listener the options have been given. */
void cli_show_result(void *self, const struct app_batch_result *result);
void cli_free_failures(struct cli_batch *batch);

#endif
