/* prikaz check: what a registry office would send back, before it does. */
#include "base/buf.h"
#include "cli/cli.h"
#include "app/confine.h"
#include "app/check.h"

#include <stdio.h>
#include <string.h>
#include <getopt.h>

struct check_options {
    const char *templates;
    bool as_json, lists, facts, any_folder;
    struct {
        const char *items[100]; /* ID=LEVEL */
        int len;
    } rules;
};

enum {
    OPTION_FORMAT = 256,
    OPTION_RULE,
    OPTION_LIST,
    OPTION_TEMPLATES,
    OPTION_ANY_FOLDER,
    OPTION_PAGES
};

static const struct option long_options[] = {
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"rule", required_argument, NULL, OPTION_RULE},
    {"list", no_argument, NULL, OPTION_LIST},
    {"pages", no_argument, NULL, OPTION_PAGES},
    {"templates", required_argument, NULL, OPTION_TEMPLATES},
    {"any-folder", no_argument, NULL, OPTION_ANY_FOLDER},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static void print_options(void)
{
    puts(_("      --rule=ID=LEVEL  how grave a rule is: off, note, warning or error; may be\n"
           "                       given several times\n"
           "      --list           the rules, with their reasons\n"
           "      --format=F       text (the default) or json\n"
           "      --pages          also the pages as the rules see them, to standard output\n"
           "      --templates=DIR  the folder with schemas, templates and rules\n"
           "      --any-folder     parts and images may lie outside the document's folder\n"
           "  -h, --help           this text"));
    puts("");
    puts(_("An element <ignore rule=\"ID\" reason=\"…\"/> in the document silences a rule for\n"
           "the element it stands in. Exit status 1 when there are errors."));
}

static int take_rule(struct check_options *o, const char *argument)
{
    if (!strchr(argument, '='))
        return cli_fail_usage("check", _("--rule is written ID=LEVEL, not «%s»"), argument);
    if (o->rules.len == (int)(sizeof o->rules.items / sizeof *o->rules.items))
        return cli_fail_usage("check", _("there are too many --rule"));
    o->rules.items[o->rules.len++] = argument;
    return 0;
}

/* 0, or CLI_USAGE after telling, or -1 when help was printed. */
static int take_options(int argc, char **argv, struct check_options *o)
{
    int c, refused = 0;
    opterr = 0;
    while (!refused && (c = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        switch (c) {
        case OPTION_FORMAT:
            o->as_json = strcmp(optarg, "json") == 0;
            if (!o->as_json && strcmp(optarg, "text") != 0)
                refused = cli_fail_usage("check", _("--format can be text or json, not «%s»"),
                                         optarg);
            break;
        case OPTION_RULE:
            refused = take_rule(o, optarg);
            break;
        case OPTION_LIST:
            o->lists = true;
            break;
        case OPTION_PAGES:
            o->facts = true;
            break;
        case OPTION_TEMPLATES:
            o->templates = optarg;
            break;
        case OPTION_ANY_FOLDER:
            o->any_folder = true;
            break;
        case 'h':
            cli_print_help(&cli_check);
            return -1;
        default:
            return cli_fail_option("check", c, argv);
        }
    }
    return refused;
}

static const char *level_code(enum diag_level level)
{
    static const char *const names[] = {"off", "note", "warning", "error", "error"};
    return names[level];
}

/* Apply «ID=LEVEL»; 0 or CLI_USAGE. */
static int set_rule(struct app_checker *checker, const char *argument)
{
    char id[100];
    const char *level = strchr(argument, '=') + 1;
    snprintf(id, sizeof id, "%.*s", (int)(level - argument) - 1, argument);
    for (int i = DIAG_NONE; i <= DIAG_ERROR; i++)
        if (strcmp(level, level_code((enum diag_level)i)) == 0) {
            if (app_set_rule(checker, id, (enum diag_level)i))
                return 0;
            return cli_fail_usage("check", _("there is no rule «%s»; --list names them"), id);
        }
    return cli_fail_usage("check", _("a rule can be off, note, warning or error, not «%s»"),
                          level);
}

/* --- text -------------------------------------------------------------------------------- */

static void print_rule(void *self, const char *id, enum diag_level level, const char *text,
                       const char *why)
{
    (void)self;
    printf("%s (%s)\n    %s\n    %s\n", id, level_code(level), text, why);
}

/* «file:line: error: message [rule]» and a last line with the sums. */
static void print_text(struct app_checker *checker, const char *file, struct diag *diag)
{
    static const char *const levels[] = {"", N_("note"), N_("warning"), N_("error"),
                                         N_("error")};
    size_t n, counts[DIAG_SYSTEM + 1] = {0};
    const struct diag_item *items = diag_items(diag, &n);
    for (size_t i = 0; i < n; i++) {
        const struct diag_item *it = &items[i];
        counts[it->level]++;
        fputs(it->loc.file ? it->loc.file : "prikaz", stdout);
        if (it->loc.line)
            printf(":%d", it->loc.line);
        printf(": %s: %s", _(levels[it->level]), it->message);
        printf(app_explain_rule(checker, it->code) ? " [%s]\n" : "\n", it->code);
    }
    printf(_("%s: errors %zu, warnings %zu, notes %zu\n"), file,
           counts[DIAG_ERROR] + counts[DIAG_SYSTEM], counts[DIAG_WARNING], counts[DIAG_NOTE]);
}

/* --- json -------------------------------------------------------------------------------- */

static void print_string(const char *s)
{
    struct buf text = BUF_EMPTY;
    buf_put_json(&text, s);
    fputs(buf_str(&text), stdout);
    buf_free(&text);
}

static void print_json(struct app_checker *checker, const char *file, struct diag *diag)
{
    size_t n;
    const struct diag_item *items = diag_items(diag, &n);
    printf("  {\"file\": ");
    print_string(file);
    printf(", \"messages\": [");
    for (size_t i = 0; i < n; i++) {
        const struct diag_item *it = &items[i];
        const char *why = app_explain_rule(checker, it->code);
        printf("%s\n    {\"level\": \"%s\", \"%s\": \"%s\", \"file\": ", i ? "," : "",
               level_code(it->level), why ? "rule" : "code", it->code);
        print_string(it->loc.file ? it->loc.file : file);
        printf(", \"line\": %d, \"text\": ", it->loc.line);
        print_string(it->message);
        if (why) {
            printf(", \"why\": ");
            print_string(why);
        }
        putchar('}');
    }
    printf("%s]}", n ? "\n  " : "");
}

/* --- running ----------------------------------------------------------------------------- */

static int check_one(struct app_checker *checker, const char *file,
                     const struct check_options *o)
{
    struct diag *diag = diag_new();
    struct buf facts = BUF_EMPTY;
    app_check_document(checker, file, o->any_folder, o->facts ? &facts : NULL, diag);
    if (o->as_json)
        print_json(checker, file, diag);
    else
        print_text(checker, file, diag);
    fputs(buf_str(&facts), stdout);
    int status = diag_exit_status(diag);
    buf_free(&facts);
    diag_free(diag);
    return status;
}

static int check_all(struct app_checker *checker, const struct check_options *o, int count,
                     char **files)
{
    int worst = 0;
    for (int i = 0; i < o->rules.len; i++)
        if (set_rule(checker, o->rules.items[i]) != 0)
            return CLI_USAGE;
    if (o->lists)
        app_list_rules(checker, print_rule, NULL);
    if (o->as_json)
        puts("[");
    for (int i = 0; i < count; i++) {
        if (o->as_json && i)
            puts(",");
        int status = check_one(checker, files[i], o);
        worst = status > worst ? status : worst;
    }
    if (o->as_json)
        puts("\n]");
    return worst;
}

static int run(int argc, char **argv)
{
    struct check_options o = {0};
    int refused = take_options(argc, argv, &o);
    if (refused)
        return refused < 0 ? 0 : refused;
    if (optind == argc && !o.lists)
        return cli_fail_usage("check", _("the name of a file is missing"));
    struct diag *diag = diag_new();
    app_confine(NULL, 0);
    struct app *app = app_new(o.templates);
    struct app_checker *checker = app_new_checker(app, diag);
    cli_print_diag(diag);
    int worst = diag_exit_status(diag);
    if (checker)
        worst = check_all(checker, &o, argc - optind, argv + optind);
    diag_free(diag);
    app_free_checker(checker);
    app_free(app);
    return worst;
}

const struct cli_command cli_check = {
    .name = "check",
    .arguments = N_("FILE.xml… [OPTION…]"),
    .summary = N_("say what a registry office would send back"),
    .help = print_options,
    .run = run,
};
