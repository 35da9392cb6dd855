/* prikaz render: XML documents to PDF. */
#include "cli/cli.h"
#include "app/app.h"
#include "app/confine.h"
#include "app/output.h"
#include "base/mem.h"
#include "app/timings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <getopt.h>

struct render_options {
    const char *templates;
    struct app_job job; /* what is the same for every file */
    bool timings;
};

enum {
    OPTION_DUMP = 256,
    OPTION_REPORT,
    OPTION_DATA,
    OPTION_ON,
    OPTION_PROFILE,
    OPTION_TEMPLATES,
    OPTION_ANY_FOLDER,
    OPTION_ONLY,
    OPTION_OWN_PAGES,
    OPTION_TIMINGS
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"dump", required_argument, NULL, OPTION_DUMP},
    {"report", required_argument, NULL, OPTION_REPORT},
    {"data", required_argument, NULL, OPTION_DATA},
    {"on", required_argument, NULL, OPTION_ON},
    {"profile", required_argument, NULL, OPTION_PROFILE},
    {"templates", required_argument, NULL, OPTION_TEMPLATES},
    {"any-folder", no_argument, NULL, OPTION_ANY_FOLDER},
    {"only", required_argument, NULL, OPTION_ONLY},
    {"own-pages", no_argument, NULL, OPTION_OWN_PAGES},
    {"timings", no_argument, NULL, OPTION_TIMINGS},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

struct word {
    const char *word;
    int value;
};

static const struct word dumps[] = {
    {"xslfo", APP_DUMP_XSLFO}, {"fo", APP_DUMP_FO}, {"areas", APP_DUMP_AREAS}, {NULL, 0}};
static const struct word data[] = {{"json", APP_DUMP_JSON}, {"csv", APP_DUMP_CSV}, {NULL, 0}};
static const struct word profiles[] = {
    {"plain", PDF_PLAIN}, {"1a", PDF_A1A}, {"1b", PDF_A1B}, {"2a", PDF_A2A},
    {"2b", PDF_A2B},      {"3a", PDF_A3A}, {NULL, 0}};

static bool find_word(const struct word *table, const char *word, int *value)
{
    for (; table->word; table++)
        if (strcmp(table->word, word) == 0) {
            *value = table->value;
            return true;
        }
    return false;
}

bool cli_find_profile(const char *name, enum pdf_profile *profile)
{
    int value;
    if (!find_word(profiles, name, &value))
        return false;
    *profile = (enum pdf_profile)value;
    return true;
}

int cli_fail_profile(const char *command, const char *name)
{
    return cli_fail_usage(command, _("--profile can be plain, 1a, 1b, 2a, 2b or 3a, not «%s»"),
                          name);
}

static void print_options(void)
{
    puts(_("  -o, --output=FILE    the PDF; without it, FILE.xml gives FILE.pdf beside it;\n"
           "                       «-» is standard output\n"
           "      --profile=P      plain, 1a, 1b, 2a (PDF/A-2a and PDF/UA-1, the default),\n"
           "                       2b or 3a\n"
           "      --report=FILE    also describe the run as JSON: pages, messages, boxes\n"
           "      --dump=WHAT      text instead of a PDF, to standard output unless -o is\n"
           "                       given: xslfo (what the template wrote), fo (the tree with\n"
           "                       its properties), areas (the finished pages)\n"
           "      --templates=DIR  the folder with schemas and templates\n"
           "      --any-folder     parts and images may lie outside the document's folder\n"
           "      --only=PART      one part: order, appendix-1, ...; its pages have the\n"
           "                       numbers they have in the whole\n"
           "      --own-pages      count a part's pages from 1\n"
           "      --timings        tell how long each stage took and what memory it left, on\n"
           "                       standard error\n"
           "  -h, --help           this text"));
    puts("");
    puts(_("Of an annual report (<annual-report>):\n"
           "      --on=DATE        the day of which it tells, ДД.ММ.ГГГГ, instead of its own\n"
           "      --data=WHAT      all that is computed for it instead of a PDF, to standard\n"
           "                       output unless -o is given: json, or csv for a spreadsheet\n"
           "                       (UTF-8, «;», decimal comma)"));
}

static void print_timing(const char *name, int64_t ns, int64_t bytes)
{
    long long us = (long long)(ns + 500) / 1000;
    fprintf(stderr, "%-10s %5lld.%03lld %12lld\n", name, us / 1000, us % 1000,
            (long long)bytes);
}

static void print_timings(const struct app_timings *t)
{
    static const char *const names[APP_STAGES] = {"read",   "templates", "transform", "fo",
                                                  "layout", "pdf",       "write"};
    int64_t ns = 0, bytes = 0;
    fprintf(stderr, "%-10s %9s %12s\n", "stage", "ms", "bytes");
    for (int i = 0; i < APP_STAGES; i++) {
        ns += t->stages[i].ns;
        bytes += t->stages[i].bytes;
        print_timing(names[i], t->stages[i].ns, t->stages[i].bytes);
    }
    print_timing("total", ns, bytes);
    fprintf(stderr, "%-10s %9s %12lld\n", "peak", "", (long long)t->peak);
}

/* One file: its messages are printed when it is done. */
static int render_one(struct app *app, struct app_job job, bool timed)
{
    struct diag *diag = diag_new();
    struct app_timings timings = {0};
    job.timings = timed ? &timings : NULL;
    bool written = app_render(app, &job, diag);
    cli_print_diag(diag);
    if (timed)
        print_timings(&timings);
    int status = diag_exit_status(diag);
    diag_free(diag);
    return status ? status : written ? 0 : 1;
}

/* Take the options; 0, or CLI_USAGE after telling, or -1 when help was printed. */
static int take_options(int argc, char **argv, struct render_options *o)
{
    int c, value = 0;
    opterr = 0;
    while ((c = getopt_long(argc, argv, ":o:h", long_options, NULL)) != -1) {
        switch (c) {
        case 'o':
            o->job.output = optarg;
            break;
        case OPTION_DUMP:
            if (!find_word(dumps, optarg, &value))
                return cli_fail_usage("render", _("--dump can be xslfo, fo or areas, not «%s»"),
                                      optarg);
            o->job.dump = (enum app_dump)value;
            break;
        case OPTION_DATA:
            if (!find_word(data, optarg, &value))
                return cli_fail_usage("render", _("--data can be json or csv, not «%s»"),
                                      optarg);
            o->job.dump = (enum app_dump)value;
            break;
        case OPTION_ON:
            o->job.on = optarg;
            break;
        case OPTION_REPORT:
            o->job.report = optarg;
            break;
        case OPTION_PROFILE:
            if (!cli_find_profile(optarg, &o->job.profile))
                return cli_fail_profile("render", optarg);
            break;
        case OPTION_TEMPLATES:
            o->templates = optarg;
            break;
        case OPTION_ANY_FOLDER:
            o->job.any_folder = true;
            break;
        case OPTION_ONLY:
            o->job.only = optarg;
            break;
        case OPTION_OWN_PAGES:
            o->job.own_pages = true;
            break;
        case OPTION_TIMINGS:
            o->timings = true;
            break;
        case 'h':
            cli_print_help(&cli_render);
            return -1;
        default:
            return cli_fail_option("render", c, argv);
        }
    }
    return 0;
}

/* Give up to write elsewhere than the outputs go. */
static void confine(const struct app_job *job, char *const *files, size_t n)
{
    const char **paths = mem_alloc((n + 2) * sizeof *paths);
    size_t count = 0;
    paths[count++] = job->output;
    paths[count++] = job->report;
    for (size_t i = 0; i < n && !job->output && !job->dump; i++)
        paths[count++] = files[i];
    app_confine(paths, count);
    free(paths);
}

static int run(int argc, char **argv)
{
    struct render_options o = {.job = {.profile = PDF_A2A}};
    int refused = take_options(argc, argv, &o);
    if (refused)
        return refused < 0 ? 0 : refused;
    int files = argc - optind;
    if (files == 0)
        return cli_fail_usage("render", _("the name of a file is missing"));
    if (files > 1 && (o.job.output || o.job.report))
        return cli_fail_usage("render", _("-o and --report go with one file only"));
    o.job.scratch = o.job.dump ? -1 : app_open_scratch(o.job.output);
    confine(&o.job, argv + optind, (size_t)files);
    /* Ends with the process: to free fonts and stylesheets piece by piece costs 3 % of a run. */
    static struct app *app;
    app = app_new(o.templates);
    int worst = 0;
    for (int i = optind; i < argc; i++) {
        struct app_job job = o.job;
        job.input = argv[i];
        int status = render_one(app, job, o.timings);
        worst = status > worst ? status : worst;
    }
    return worst;
}

const struct cli_command cli_render = {
    .name = "render",
    .arguments = N_("FILE.xml [-o OUT.pdf] [OPTION…]"),
    .summary = N_("make PDF of documents"),
    .help = print_options,
    .run = run,
};
