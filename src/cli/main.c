/* prikaz: the table of commands, and the options that belong to none. */
#include "cli/cli.h"
#include "app/app.h"
#include "app/confine.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <getopt.h>
#include <signal.h>
#include <unistd.h>

static const struct cli_command *const commands[] = {&cli_render, &cli_build,  &cli_watch,
                                                     &cli_check,  &cli_new,    &cli_calendar,
                                                     &cli_record, &cli_status, NULL};

bool cli_wants_colour(void)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDERR_FILENO) && !(none && *none) && !(term && strcmp(term, "dumb") == 0);
}

void cli_print_diag(struct diag *diag)
{
    diag_print(diag, stderr, cli_wants_colour());
}

int cli_fail_usage(const char *command, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("prikaz: ", stderr);
    vfprintf(stderr, format, args);
    va_end(args);
    if (command)
        fprintf(stderr, _("\nMore: prikaz %s --help\n"), command);
    else
        fputs(_("\nMore: prikaz --help\n"), stderr);
    return CLI_USAGE;
}

int cli_fail_option(const char *command, int refused, char **argv)
{
    const char *argument = argv[optind - 1];
    if (refused == ':')
        return cli_fail_usage(command, _("the option «%s» needs a value"), argument);
    if (optopt && strncmp(argument, "--", 2) != 0)
        return cli_fail_usage(command, _("there is no option «-%c»"), optopt);
    if (optopt)
        return cli_fail_usage(command, _("the option «%s» takes no value"), argument);
    return cli_fail_usage(command, _("there is no option «%s», or it is not unique"), argument);
}

void cli_print_help(const struct cli_command *command)
{
    printf(_("usage: prikaz %s %s\n"), command->name, _(command->arguments));
    printf("%s\n\n", _(command->summary));
    command->help();
}

static void print_help(void)
{
    puts(_("usage: prikaz COMMAND …"));
    puts(_("Turns XML descriptions of orders, roadmaps and reports into formal PDF."));
    puts("");
    puts(_("commands:"));
    for (const struct cli_command *const *c = commands; *c; c++)
        printf("  %-10s %s\n", (*c)->name, _((*c)->summary));
    puts("");
    puts(_("  -h, --help     this text; after a command, its options\n"
           "  -V, --version  the version"));
    puts("");
    puts(_("Exit status: 0 fine, 1 a document is at fault, 2 usage, 3 the system failed.\n"
           "Environment: PRIKAZ_TEMPLATES (folder), SOURCE_DATE_EPOCH (date of documents\n"
           "without one), PRIKAZ_MEMORY (megabytes a process may take), NO_COLOR, LANGUAGE\n"
           "and LANG."));
}

/* The second line says what a process here can be kept from: see app/confine.h. */
static void print_version(void)
{
    struct app_confinement can = app_can_confine();
    puts("prikaz " CLI_VERSION);
    puts(can.files ? _("writes where its outputs go and nowhere else (Landlock)")
                   : _("the kernel has no Landlock: writing is not confined"));
    puts(can.calls ? _("no network, no other programs (seccomp)")
                   : _("the kernel has no seccomp: the network is not closed"));
}

static const struct cli_command *find_command(const char *name)
{
    for (const struct cli_command *const *c = commands; *c; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}

/* Standard output may be full or gone; a text that was not delivered is no success. */
static int finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr, "prikaz: %s\n", _("cannot write to standard output"));
    return 3;
}

int main(int argc, char **argv)
{
    /* A closed pipe and a file over the limit are failed writes, told as such. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    cli_choose_language();
    app_start();
    const char *first = argc > 1 ? argv[1] : NULL;
    if (!first)
        return cli_fail_usage(NULL, _("a command is missing"));
    if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
        print_version();
        return finish(0);
    }
    bool asks =
        strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || strcmp(first, "help") == 0;
    if (asks && argc < 3) {
        print_help();
        return finish(0);
    }
    const char *name = asks ? argv[2] : first;
    const struct cli_command *command = find_command(name);
    if (!command)
        return name[0] == '-' ? cli_fail_usage(NULL, _("there is no option «%s»"), name)
                              : cli_fail_usage(NULL, _("there is no command «%s»"), name);
    if (asks) {
        cli_print_help(command);
        return finish(0);
    }
    return finish(command->run(argc - 1, argv + 1));
}
