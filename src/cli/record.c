/* prikaz record: write down what became of a measure. */
#include "cli/cli.h"
#include "app/confine.h"
#include "app/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <getopt.h>

struct record_options {
    const char *templates, *csv, *date, *status, *percent, *to, *of, *year;
    int year_number;
    struct plan_record record;
};

enum {
    OPTION_MEASURE = 256,
    OPTION_DATE,
    OPTION_STATUS,
    OPTION_TO,
    OPTION_PERCENT,
    OPTION_VALUE,
    OPTION_TARGET,
    OPTION_EVIDENCE,
    OPTION_LINK,
    OPTION_RESPONSIBLE,
    OPTION_NOTE,
    OPTION_CSV,
    OPTION_OF,
    OPTION_YEAR,
    OPTION_TEMPLATES
};

static const struct option long_options[] = {
    {"measure", required_argument, NULL, OPTION_MEASURE},
    {"date", required_argument, NULL, OPTION_DATE},
    {"status", required_argument, NULL, OPTION_STATUS},
    {"to", required_argument, NULL, OPTION_TO},
    {"percent", required_argument, NULL, OPTION_PERCENT},
    {"value", required_argument, NULL, OPTION_VALUE},
    {"target", required_argument, NULL, OPTION_TARGET},
    {"evidence", required_argument, NULL, OPTION_EVIDENCE},
    {"link", required_argument, NULL, OPTION_LINK},
    {"responsible", required_argument, NULL, OPTION_RESPONSIBLE},
    {"note", required_argument, NULL, OPTION_NOTE},
    {"csv", required_argument, NULL, OPTION_CSV},
    {"of", required_argument, NULL, OPTION_OF},
    {"year", required_argument, NULL, OPTION_YEAR},
    {"templates", required_argument, NULL, OPTION_TEMPLATES},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static void print_options(void)
{
    puts(_("      --measure=N      the measure's number or id\n"
           "      --date=DATE      the day of which it is true, ДД.ММ.ГГГГ\n"
           "      --status=S       done, partly, not-done, postponed or cancelled\n"
           "      --to=DATE        the new deadline of what is postponed\n"
           "      --percent=N      how much is done\n"
           "      --value=V        the indicator's value, --target=V what it should be\n"
           "      --evidence=TEXT  the document that proves it, --link=URL its address\n"
           "      --responsible=P  who did it\n"
           "      --note=TEXT      a remark, a reason\n"
           "      --csv=FILE       all of this from a spreadsheet: UTF-8 or windows-1251,\n"
           "                       «;» or «,», the names of the columns in the first line\n"
           "      --templates=DIR  the folder with schemas and templates\n"
           "  -h, --help           this text"));
    puts("");
    puts(_(
        "FILE.xml is an execution file: <execution of=\"…\" year=\"…\">. The records are put\n"
        "at its end; the rest of it stays as it is. A file that is not there is begun:"));
    puts(_(
        "      --of=NAME        the document with the measures, without .xml; without it, the\n"
        "                       name of the folder the file lies in\n"
        "      --year=YEAR      the year; without it, that of the first record"));
}

/* The place of a text option; NULL when `c` is none. */
static const char **find_text(struct record_options *o, int c)
{
    struct plan_record *r = &o->record;
    switch (c) {
    case OPTION_MEASURE:
        return &r->measure;
    case OPTION_DATE:
        return &o->date;
    case OPTION_STATUS:
        return &o->status;
    case OPTION_TO:
        return &o->to;
    case OPTION_PERCENT:
        return &o->percent;
    case OPTION_VALUE:
        return &r->value;
    case OPTION_TARGET:
        return &r->target;
    case OPTION_EVIDENCE:
        return &r->evidence;
    case OPTION_LINK:
        return &r->link;
    case OPTION_RESPONSIBLE:
        return &r->responsible;
    case OPTION_NOTE:
        return &r->note;
    case OPTION_CSV:
        return &o->csv;
    case OPTION_OF:
        return &o->of;
    case OPTION_YEAR:
        return &o->year;
    case OPTION_TEMPLATES:
        return &o->templates;
    default:
        return NULL;
    }
}

/* 0, or CLI_USAGE after telling, or -1 when help was printed. */
static int take_options(int argc, char **argv, struct record_options *o)
{
    int c;
    opterr = 0;
    while ((c = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        const char **text = find_text(o, c);
        if (c == 'h') {
            cli_print_help(&cli_record);
            return -1;
        }
        if (!text)
            return cli_fail_option("record", c, argv);
        *text = optarg;
    }
    return 0;
}

/* The record of the options; 0 or CLI_USAGE after telling. */
static int read_record(struct record_options *o)
{
    struct plan_record *r = &o->record;
    if (!r->measure || !o->date || !o->status)
        return cli_fail_usage("record",
                              _("--measure, --date and --status are needed, or --csv"));
    if (!plan_read_day(o->date, &r->date))
        return cli_fail_usage("record", _("--date is a day like 01.07.2021, not «%s»"),
                              o->date);
    r->mark = plan_find_mark(o->status);
    if (r->mark == PLAN_MARKS)
        return cli_fail_usage(
            "record",
            _("--status can be done, partly, not-done, postponed or cancelled, not «%s»"),
            o->status);
    r->has_to = o->to != NULL;
    if (o->to && !plan_read_day(o->to, &r->to))
        return cli_fail_usage("record", _("--to is a day like 01.07.2021, not «%s»"), o->to);
    char *end = NULL;
    long percent = o->percent ? strtol(o->percent, &end, 10) : -1;
    if (o->percent && (o->percent == end || *end || percent < 0 || percent > 100))
        return cli_fail_usage("record", _("--percent is a number from 0 to 100, not «%s»"),
                              o->percent);
    r->percent = (int)percent;
    return 0;
}

/* The year of a file that is begun; 0 or CLI_USAGE after telling. */
static int read_year(struct record_options *o)
{
    char *end = NULL;
    long year = o->year ? strtol(o->year, &end, 10) : 0;
    if (o->year && (*end || year < 1900 || year > 2199))
        return cli_fail_usage("record", _("--year is a year like 2021, not «%s»"), o->year);
    o->year_number = (int)year;
    return 0;
}

/* Append what was given; false: told. */
static bool append(const struct record_options *o, const char *file, struct diag *diag)
{
    app_confine(&file, 1);
    struct app *app = app_new(o->templates);
    struct app_plans *plans = app_new_plans(app, diag);
    struct plan_records records = {0};
    bool good = plans != NULL;
    if (good && o->csv)
        good = app_read_csv(plans, o->csv, &records, diag);
    else if (good)
        VEC_PUSH(&records, o->record);
    const struct app_recording recording = {
        .path = file, .of = o->of, .year = o->year_number, .records = &records};
    good = good && app_append_records(plans, &recording, diag);
    free(records.items);
    app_free_plans(plans);
    cli_print_diag(diag);
    app_free(app);
    return good;
}

static int run(int argc, char **argv)
{
    struct record_options o = {0};
    int refused = take_options(argc, argv, &o);
    if (refused)
        return refused < 0 ? 0 : refused;
    if (optind == argc)
        return cli_fail_usage("record", _("the name of a file is missing"));
    if (optind + 1 < argc)
        return cli_fail_usage("record", _("records go into one file, not several"));
    refused = o.csv ? 0 : read_record(&o);
    refused = refused ? refused : read_year(&o);
    if (refused)
        return refused;
    struct diag *diag = diag_new();
    append(&o, argv[optind], diag);
    int status = diag_exit_status(diag);
    diag_free(diag);
    return status;
}

const struct cli_command cli_record = {
    .name = "record",
    .arguments = N_("FILE.xml --measure=N --date=DATE --status=S [OPTION…]"),
    .summary = N_("write down what became of a measure"),
    .help = print_options,
    .run = run,
};
