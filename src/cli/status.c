/* prikaz status: what is due, overdue and done on a day, by responsible party. */
#include "cli/cli.h"
#include "app/confine.h"
#include "app/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <getopt.h>

struct status_options {
    const char *templates, *on;
    bool as_json;
    plan_day day;
};

enum { OPTION_ON = 256, OPTION_FORMAT, OPTION_TEMPLATES };

static const struct option long_options[] = {
    {"on", required_argument, NULL, OPTION_ON},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"templates", required_argument, NULL, OPTION_TEMPLATES},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static void print_options(void)
{
    puts(_("      --on=DATE        the day of which it is told, ДД.ММ.ГГГГ\n"
           "      --format=F       text (the default) or json\n"
           "      --templates=DIR  the folder with schemas and templates\n"
           "  -h, --help           this text"));
    puts("");
    puts(_("FILE.xml is an execution file: <execution of=\"…\" year=\"…\">. Records after the\n"
           "day are not looked at."));
}

/* 0, or CLI_USAGE after telling, or -1 when help was printed. */
static int take_options(int argc, char **argv, struct status_options *o)
{
    int c, refused = 0;
    opterr = 0;
    while (!refused && (c = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        switch (c) {
        case OPTION_ON:
            o->on = optarg;
            if (!plan_read_day(optarg, &o->day))
                refused = cli_fail_usage("status", _("--on is a day like 01.07.2021, not «%s»"),
                                         optarg);
            break;
        case OPTION_FORMAT:
            o->as_json = strcmp(optarg, "json") == 0;
            if (!o->as_json && strcmp(optarg, "text") != 0)
                refused = cli_fail_usage("status", _("--format can be text or json, not «%s»"),
                                         optarg);
            break;
        case OPTION_TEMPLATES:
            o->templates = optarg;
            break;
        case 'h':
            cli_print_help(&cli_status);
            return -1;
        default:
            return cli_fail_option("status", c, argv);
        }
    }
    return refused;
}

/* --- what is printed --------------------------------------------------------------------- */

/* One execution file as it stands. */
struct report {
    const struct app_execution *execution;
    struct plan_items items;
    struct plan_names parties; /* in the order in which the roadmap names them */
};

static bool is_of(const struct plan_measure *m, const char *party)
{
    for (size_t i = 0; i < m->party_count; i++)
        if (plan_same_party(m->parties[i], party))
            return true;
    return m->party_count == 0 && !*party;
}

static void add_party(struct plan_names *parties, const char *name)
{
    for (size_t i = 0; i < parties->len; i++)
        if (plan_same_party(parties->items[i], name))
            return;
    VEC_PUSH(parties, name);
}

static void list_parties(struct report *r)
{
    const struct plan_measures *all = r->execution->measures;
    for (size_t i = 0; i < all->len; i++) {
        const struct plan_measure *m = &all->items[i];
        for (size_t k = 0; k < m->party_count; k++)
            add_party(&r->parties, m->parties[k]);
        if (m->party_count == 0)
            add_party(&r->parties, "");
    }
}

static size_t count_items(const struct report *r, const char *party, enum plan_state state)
{
    size_t n = 0;
    for (size_t i = 0; i < r->items.len; i++)
        n += r->items.items[i].state == state &&
             (!party || is_of(r->items.items[i].measure, party));
    return n;
}

static const char *state_text(enum plan_state state)
{
    static const char *const names[PLAN_STATES] = {
        N_("overdue"),   N_("due"),     N_("done in part"), N_("postponed"), N_("done"),
        N_("cancelled"), N_("not yet"), N_("all the time"), N_("on event"),  N_("unclear")};
    return _(names[state]);
}

/* --- text -------------------------------------------------------------------------------- */

static void print_sums(const struct report *r, const char *party)
{
    const char *comma = "";
    for (int s = 0; s < PLAN_STATES; s++) {
        size_t n = count_items(r, party, (enum plan_state)s);
        if (n)
            printf("%s%s %zu", comma, state_text((enum plan_state)s), n);
        comma = n ? ", " : comma;
    }
    puts("");
}

enum {
    TITLE_SHOWN = 180 /* bytes of a title, some 100 letters: a measure may be half a page */
};

/* The title, cut between words. */
static void put_title(struct buf *line, const char *title)
{
    size_t n = strlen(title);
    if (n > TITLE_SHOWN)
        for (n = TITLE_SHOWN; n && title[n] != ' ';)
            n--;
    bool is_cut = title[n] && n;
    buf_put(line, title, is_cut ? n : strlen(title));
    buf_puts(line, is_cut ? "…" : "");
}

static void print_item(const struct plan_item *item)
{
    const struct plan_measure *m = item->measure;
    struct buf line = BUF_EMPTY;
    buf_printf(&line, "    %s", *m->number ? m->number : m->id);
    if (item->has_due) {
        buf_puts(&line, "  ");
        plan_put_day(&line, item->due);
    } else {
        buf_printf(&line, "  %s", m->deadline);
    }
    buf_puts(&line, "  ");
    put_title(&line, m->title);
    if (item->record && item->record->percent >= 0)
        buf_printf(&line, " (%d %%)", item->record->percent);
    if (item->record && item->record->note)
        buf_printf(&line, " [%s]", item->record->note);
    puts(buf_str(&line));
    buf_free(&line);
}

static void print_party(const struct report *r, const char *party)
{
    printf("\n%s: ", *party ? party : _("(nobody is responsible)"));
    print_sums(r, party);
    for (int s = 0; s <= PLAN_STATE_CANCELLED; s++) {
        if (count_items(r, party, (enum plan_state)s) == 0)
            continue;
        printf("  %s\n", state_text((enum plan_state)s));
        for (size_t i = 0; i < r->items.len; i++)
            if (r->items.items[i].state == (enum plan_state)s &&
                is_of(r->items.items[i].measure, party))
                print_item(&r->items.items[i]);
    }
}

static void print_text(const struct report *r, const char *on)
{
    const struct app_execution *e = r->execution;
    printf(_("%s: %s, year %d, on %s\n"), e->of, e->measures->title, e->year, on);
    if (e->is_sample)
        puts(_("These are sample data."));
    print_sums(r, NULL);
    for (size_t i = 0; i < r->parties.len; i++)
        print_party(r, r->parties.items[i]);
}

/* --- json -------------------------------------------------------------------------------- */

static void put_string(struct buf *out, const char *name, const char *s)
{
    buf_printf(out, "\"%s\": ", name);
    buf_put_json(out, s);
}

static void put_day(struct buf *out, const char *name, bool is_there, plan_day day)
{
    struct plan_date d = plan_split_day(day);
    if (is_there)
        buf_printf(out, "\"%s\": \"%04d-%02d-%02d\"", name, d.year, d.month, d.day);
    else
        buf_printf(out, "\"%s\": null", name);
}

static void put_sums(struct buf *out, const struct report *r, const char *party)
{
    buf_puts(out, "{");
    for (int s = 0; s < PLAN_STATES; s++)
        buf_printf(out, "%s\"%s\": %zu", s ? ", " : "", plan_state_name((enum plan_state)s),
                   count_items(r, party, (enum plan_state)s));
    buf_puts(out, "}");
}

static void put_item(struct buf *out, const struct plan_item *item)
{
    const struct plan_measure *m = item->measure;
    const struct plan_record *r = item->record;
    buf_puts(out, "      {");
    put_string(out, "id", m->id);
    buf_puts(out, ", ");
    put_string(out, "number", m->number);
    buf_puts(out, ", ");
    put_string(out, "title", m->title);
    buf_puts(out, ", ");
    put_string(out, "section", m->section);
    buf_puts(out, ", ");
    put_string(out, "deadline", m->deadline);
    buf_puts(out, ",\n       \"parties\": [");
    for (size_t i = 0; i < m->party_count; i++) {
        struct buf name = BUF_EMPTY;
        put_string(&name, "", m->parties[i]);
        buf_printf(out, "%s%s", i ? ", " : "", buf_str(&name) + strlen("\"\": "));
        buf_free(&name);
    }
    buf_puts(out, "], ");
    put_day(out, "from", item->has_due, item->from);
    buf_puts(out, ", ");
    put_day(out, "due", item->has_due, item->due);
    buf_printf(out, ", \"state\": \"%s\",\n       ", plan_state_name(item->state));
    put_day(out, "recorded", r != NULL, r ? r->date : 0);
    if (r && r->percent >= 0)
        buf_printf(out, ", \"percent\": %d, ", r->percent);
    else
        buf_puts(out, ", \"percent\": null, ");
    put_string(out, "value", r ? r->value : NULL);
    buf_puts(out, ", ");
    put_string(out, "target", r ? r->target : NULL);
    buf_puts(out, ", ");
    put_string(out, "note", r ? r->note : NULL);
    buf_puts(out, "}");
}

static void print_json(const struct report *r, plan_day on)
{
    const struct app_execution *e = r->execution;
    struct buf out = BUF_EMPTY;
    buf_puts(&out, "  {");
    put_string(&out, "of", e->of);
    buf_printf(&out, ", \"year\": %d, \"sample\": %s, ", e->year,
               e->is_sample ? "true" : "false");
    put_day(&out, "on", true, on);
    buf_puts(&out, ",\n    \"sums\": ");
    put_sums(&out, r, NULL);
    buf_puts(&out, ",\n    \"parties\": [");
    for (size_t i = 0; i < r->parties.len; i++) {
        buf_puts(&out, i ? ",\n      {" : "\n      {");
        put_string(&out, "name", r->parties.items[i]);
        buf_puts(&out, ", \"sums\": ");
        put_sums(&out, r, r->parties.items[i]);
        buf_puts(&out, "}");
    }
    buf_puts(&out, "],\n    \"deadlines\": [\n");
    for (size_t i = 0; i < r->items.len; i++) {
        put_item(&out, &r->items.items[i]);
        buf_puts(&out, i + 1 < r->items.len ? ",\n" : "");
    }
    buf_puts(&out, "]}");
    fputs(buf_str(&out), stdout);
    buf_free(&out);
}

/* --- running ----------------------------------------------------------------------------- */

/* One file; false when it could not be read. */
static bool tell_status(struct app_plans *plans, const char *file,
                        const struct status_options *o, struct diag *diag)
{
    struct report r = {.execution = app_load_execution(plans, file)};
    if (!r.execution)
        return false;
    struct plan_question question = {.measures = r.execution->measures,
                                     .records = &r.execution->records,
                                     .period = plan_calendar_year(r.execution->year),
                                     .on = o->day};
    plan_assess(&question, &r.items, diag);
    list_parties(&r);
    if (o->as_json)
        print_json(&r, o->day);
    else
        print_text(&r, o->on);
    free(r.items.items);
    free(r.parties.items);
    return true;
}

static int run(int argc, char **argv)
{
    struct status_options o = {0};
    int refused = take_options(argc, argv, &o);
    if (refused)
        return refused < 0 ? 0 : refused;
    if (!o.on)
        return cli_fail_usage("status", _("the day is missing: --on=ДД.ММ.ГГГГ"));
    if (optind == argc)
        return cli_fail_usage("status", _("the name of a file is missing"));
    struct diag *diag = diag_new();
    app_confine(NULL, 0);
    struct app *app = app_new(o.templates);
    struct app_plans *plans = app_new_plans(app, diag);
    bool some = false;
    fputs(o.as_json ? "[\n" : "", stdout);
    for (int i = optind; plans && i < argc; i++) {
        if (some)
            puts(o.as_json ? "," : "");
        some = tell_status(plans, argv[i], &o, diag) || some;
    }
    fputs(o.as_json ? "\n]\n" : "", stdout);
    fflush(stdout);
    cli_print_diag(diag);
    int status = diag_exit_status(diag);
    diag_free(diag);
    app_free_plans(plans);
    app_free(app);
    return status;
}

const struct cli_command cli_status = {
    .name = "status",
    .arguments = N_("FILE.xml… --on=DATE [OPTION…]"),
    .summary = N_("what is due, overdue and done, by responsible party"),
    .help = print_options,
    .run = run,
};
