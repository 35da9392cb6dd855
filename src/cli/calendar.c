/* prikaz calendar: the deadlines of a year for a calendar program, or as a plan on paper. */
#include "cli/cli.h"
#include "app/confine.h"
#include "app/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <getopt.h>

enum format { FORMAT_BY_NAME, FORMAT_ICS, FORMAT_PDF };

struct calendar_options {
    const char *templates, *output;
    enum format format;
    bool has_year, has_stamp;
    struct plan_period period;
    plan_day stamp;
};

enum { OPTION_YEAR = 256, OPTION_SCHOOL_YEAR, OPTION_STAMP, OPTION_TEMPLATES, OPTION_FORMAT };

static const struct option long_options[] = {
    {"year", required_argument, NULL, OPTION_YEAR},
    {"school-year", required_argument, NULL, OPTION_SCHOOL_YEAR},
    {"stamp", required_argument, NULL, OPTION_STAMP},
    {"output", required_argument, NULL, 'o'},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"templates", required_argument, NULL, OPTION_TEMPLATES},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static void print_options(void)
{
    puts(_("      --year=Y         the year whose deadlines are wanted\n"
           "      --school-year=Y  the school year from 1 September Y to 31 August\n"
           "      --stamp=DATE     when the calendar was made, ДД.ММ.ГГГГ; without it, each\n"
           "                       document's own date\n"
           "  -o, --output=FILE    where to write; without it, to standard output\n"
           "      --format=F       ics or pdf; without it, pdf where FILE ends with .pdf\n"
           "      --templates=DIR  the folder with schemas and templates\n"
           "  -h, --help           this text"));
    puts("");
    puts(
        _("FILE.xml are orders and roadmaps. As iCalendar (.ics) each deadline is an event on\n"
          "its due day; what has no day («постоянно») is not in it. As PDF it is a plan by "
          "month\n"
          "and by responsible party, and says what has no day."));
}

/* The year of an option; 0 or CLI_USAGE after telling. */
static int take_year(struct calendar_options *o, const char *text, bool is_school)
{
    char *end;
    long year = strtol(text, &end, 10);
    if (*end || year < 1900 || year > 2199)
        return cli_fail_usage("calendar", _("a year is written like 2021, not «%s»"), text);
    o->has_year = true;
    o->period = is_school ? plan_school_year((int)year) : plan_calendar_year((int)year);
    return 0;
}

static int take_format(struct calendar_options *o, const char *text)
{
    o->format = strcmp(text, "ics") == 0   ? FORMAT_ICS
                : strcmp(text, "pdf") == 0 ? FORMAT_PDF
                                           : FORMAT_BY_NAME;
    return o->format
               ? 0
               : cli_fail_usage("calendar", _("--format can be ics or pdf, not «%s»"), text);
}

/* 0, or CLI_USAGE after telling, or -1 when help was printed. */
static int take_options(int argc, char **argv, struct calendar_options *o)
{
    int c, refused = 0;
    opterr = 0;
    while (!refused && (c = getopt_long(argc, argv, ":ho:", long_options, NULL)) != -1) {
        switch (c) {
        case OPTION_YEAR:
        case OPTION_SCHOOL_YEAR:
            refused = take_year(o, optarg, c == OPTION_SCHOOL_YEAR);
            break;
        case OPTION_STAMP:
            o->has_stamp = plan_read_day(optarg, &o->stamp);
            if (!o->has_stamp)
                refused = cli_fail_usage(
                    "calendar", _("--stamp is a day like 01.07.2021, not «%s»"), optarg);
            break;
        case 'o':
            o->output = optarg;
            break;
        case OPTION_FORMAT:
            refused = take_format(o, optarg);
            break;
        case OPTION_TEMPLATES:
            o->templates = optarg;
            break;
        case 'h':
            cli_print_help(&cli_calendar);
            return -1;
        default:
            return cli_fail_option("calendar", c, argv);
        }
    }
    return refused;
}

static bool is_pdf(const struct calendar_options *o)
{
    const char *dot = o->output ? strrchr(o->output, '.') : NULL;
    return o->format == FORMAT_PDF ||
           (o->format == FORMAT_BY_NAME && dot && strcmp(dot, ".pdf") == 0);
}

static void make_pdf(struct app *app, struct app_plans *plans, struct app_agenda agenda,
                     const char *output)
{
    struct app_job job = {.input = "calendar", .output = output, .profile = PDF_A2A};
    agenda.job = &job;
    app_render_agenda(app, plans, &agenda);
}

static void make_ics(struct app_plans *plans, char **files, size_t count,
                     const struct plan_calendar *calendar, const char *output)
{
    bool good = true;
    plan_begin_ics(calendar);
    for (size_t i = 0; good && i < count; i++)
        good = app_put_calendar(plans, files[i], calendar);
    plan_end_ics(calendar);
    if (good)
        app_write_calendar(output, calendar);
}

/* All documents or nothing; faults go to the calendar's diag. */
static void make_calendar(const struct calendar_options *o, char **files, size_t count,
                          const struct plan_calendar *calendar)
{
    struct app *app = app_new(o->templates);
    struct app_plans *plans = app_new_plans(app, calendar->diag);
    const char *output = o->output ? o->output : "-";
    app_confine(&output, 1);
    if (plans && is_pdf(o))
        make_pdf(app, plans,
                 (struct app_agenda){.files = (const char *const *)files,
                                     .file_count = count,
                                     .calendar = calendar},
                 output);
    else if (plans)
        make_ics(plans, files, count, calendar, output);
    app_free_plans(plans);
    app_free(app);
}

static int run(int argc, char **argv)
{
    struct calendar_options o = {0};
    int refused = take_options(argc, argv, &o);
    if (refused)
        return refused < 0 ? 0 : refused;
    if (!o.has_year)
        return cli_fail_usage("calendar", _("the year is missing: --year=2021"));
    if (optind == argc)
        return cli_fail_usage("calendar", _("the name of a file is missing"));
    struct buf out = BUF_EMPTY;
    const struct plan_calendar calendar = {.out = &out,
                                           .period = o.period,
                                           .has_stamp = o.has_stamp,
                                           .stamp = o.stamp,
                                           .diag = diag_new()};
    make_calendar(&o, argv + optind, (size_t)(argc - optind), &calendar);
    cli_print_diag(calendar.diag);
    int status = diag_exit_status(calendar.diag);
    diag_free(calendar.diag);
    buf_free(&out);
    return status;
}

const struct cli_command cli_calendar = {
    .name = "calendar",
    .arguments = N_("FILE.xml… --year=Y [OPTION…]"),
    .summary = N_("the deadlines of a year for a calendar program or as a plan in PDF"),
    .help = print_options,
    .run = run,
};
