/* The command line: one table of commands, one file each. */
#ifndef PRIKAZ_CLI_CLI_H
#define PRIKAZ_CLI_CLI_H

#include "app/app.h"
#include "base/diag.h"

#include <stdbool.h>

#define CLI_VERSION "0.1.0"

/* The command line itself is wrong; the other statuses are diag_exit_status's. */
enum { CLI_USAGE = 2 };

struct cli_command {
    const char *name;
    const char *arguments;             /* after the name in the usage line; translated */
    const char *summary;               /* one line for the list of commands; translated */
    void (*help)(void);                /* prints the options to standard output */
    int (*run)(int argc, char **argv); /* argv[0] is the command's name; returns the status */
};

extern const struct cli_command cli_render;
extern const struct cli_command cli_build;
extern const struct cli_command cli_watch;
extern const struct cli_command cli_check;
extern const struct cli_command cli_calendar;
extern const struct cli_command cli_record;
extern const struct cli_command cli_status;
extern const struct cli_command cli_new;

/* Speak the language the environment asks for, even where its locale is not installed. */
void cli_choose_language(void);
/* Whether messages on standard error are coloured. */
bool cli_wants_colour(void);
/* A profile's name («2a»); false when there is none. */
bool cli_find_profile(const char *name, enum pdf_profile *profile);
int cli_fail_profile(const char *command, const char *name); /* returns CLI_USAGE */
/* Print the faults of a document to standard error, in colour on a terminal. */
void cli_print_diag(struct diag *diag);
/* «prikaz: …» and where help is, to standard error; returns CLI_USAGE. */
__attribute__((format(printf, 2, 3))) int cli_fail_usage(const char *command,
                                                         const char *format, ...);
/* What getopt_long refused, in words; returns CLI_USAGE. */
int cli_fail_option(const char *command, int refused, char **argv);
/* «usage: prikaz COMMAND …», its summary and options, to standard output. */
void cli_print_help(const struct cli_command *command);

#endif
