/* Options of build and watch, and how a batch is shown: a line a document, or on a terminal one
 * line that is overwritten. */
#include "cli/cli.h"
#include "cli/batch.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <getopt.h>
#include <time.h>
#include <unistd.h>

enum {
    OPTION_PROFILE = 256,
    OPTION_TEMPLATES,
    OPTION_ANY_FOLDER,
    OPTION_OWN_PAGES,
    OPTION_SPLIT,
    OPTION_FORCE,
    OPTION_PRUNE,
    OPTION_DRY_RUN,
    OPTION_KEEP_GOING,
    OPTION_STOP
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"jobs", required_argument, NULL, 'j'},
    {"quiet", no_argument, NULL, 'q'},
    {"split", no_argument, NULL, OPTION_SPLIT},
    {"own-pages", no_argument, NULL, OPTION_OWN_PAGES},
    {"force", no_argument, NULL, OPTION_FORCE},
    {"prune", no_argument, NULL, OPTION_PRUNE},
    {"dry-run", no_argument, NULL, OPTION_DRY_RUN},
    {"keep-going", no_argument, NULL, OPTION_KEEP_GOING},
    {"stop", no_argument, NULL, OPTION_STOP},
    {"profile", required_argument, NULL, OPTION_PROFILE},
    {"templates", required_argument, NULL, OPTION_TEMPLATES},
    {"any-folder", no_argument, NULL, OPTION_ANY_FOLDER},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* ---- the bar */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void hide_bar(struct cli_batch *batch)
{
    if (batch->bar_is_shown)
        fputs("\r\033[K", stderr);
    batch->bar_is_shown = false;
}

/* The last `most` characters of a path, whole ones. */
static const char *tail(const char *path, size_t most)
{
    size_t n = 0;
    const char *s = path + strlen(path);
    while (s > path && n < most) {
        s--;
        n += (*s & 0xC0) != 0x80;
    }
    return s;
}

/* «[######------]  123/400  input/a.xml  3 s left» */
static void show_bar(struct cli_batch *batch, const struct app_event *e)
{
    enum { WIDTH = 24, NAME = 32 };
    char cells[WIDTH + 1];
    size_t full = e->total ? e->done * WIDTH / e->total : 0;
    for (size_t i = 0; i < WIDTH; i++)
        cells[i] = i < full ? '#' : '-';
    cells[WIDTH] = '\0';
    int64_t spent = now_ms() - batch->start_ms;
    hide_bar(batch);
    fprintf(stderr, "[%s] %zu/%zu  %s", cells, e->done, e->total, tail(e->path, NAME));
    if (e->done && spent > 500) {
        int64_t left = spent * (int64_t)(e->total - e->done) / (int64_t)e->done;
        fprintf(stderr, _("  %lld s left"), (long long)(left + 999) / 1000);
    }
    fflush(stderr);
    batch->bar_is_shown = true;
}

/* ---- failures */

static struct cli_failure *find_failure(struct cli_batch *batch, const char *path)
{
    struct cli_failure *f = batch->failures;
    while (f && strcmp(f->path, path) != 0)
        f = f->next;
    return f;
}

/* Remember the failure; false when it was told with the same words before. */
static bool add_failure(struct cli_batch *batch, const struct app_event *e)
{
    struct cli_failure **at = &batch->failures, *f = find_failure(batch, e->path);
    if (f) {
        bool same = strcmp(f->messages, e->messages) == 0;
        free(f->messages);
        f->messages = mem_strdup(e->messages);
        f->is_new = true;
        return !same;
    }
    while (*at)
        at = &(*at)->next;
    *at = f = mem_zalloc(sizeof *f);
    f->path = mem_strdup(e->path);
    f->messages = mem_strdup(e->messages);
    f->is_new = true;
    return true;
}

static void forget_failure(struct cli_batch *batch, const char *path)
{
    for (struct cli_failure **at = &batch->failures, *f; (f = *at); at = &f->next) {
        if (strcmp(f->path, path) != 0)
            continue;
        *at = f->next;
        free(f->path);
        free(f->messages);
        free(f);
        return;
    }
}

void cli_free_failures(struct cli_batch *batch)
{
    while (batch->failures)
        forget_failure(batch, batch->failures->path);
}

/* ---- events */

/* A column of names is so many characters wide; printf counts bytes. */
static int column_width(const char *name, int width)
{
    for (; *name; name++)
        width += (*name & 0xC0) == 0x80;
    return width;
}

static void show_done(struct cli_batch *batch, const struct app_event *e)
{
    bool is_news = e->status == 0 || add_failure(batch, e);
    if (is_news)
        fputs(e->messages, stderr);
    if (e->status == 0)
        forget_failure(batch, e->path);
    if (e->status == 0 && !batch->quiet && !batch->bar)
        printf(_("%-*s %4d pages %6lld ms\n"), column_width(e->output, 44), e->output,
               (int)e->pages, (long long)e->ms);
    else if (e->status && is_news && batch->watches && !batch->quiet)
        printf(_("%s: failed, %s is left as it was\n"), e->path, e->output);
}

static void show_event(void *self, const struct app_event *e)
{
    struct cli_batch *batch = self;
    if (batch->start_ms == 0)
        batch->start_ms = now_ms();
    if (e->kind != APP_EVENT_BEGUN && e->kind != APP_EVENT_PLANNED)
        hide_bar(batch);
    switch (e->kind) {
    case APP_EVENT_PLANNED:
        if (batch->options.dry_run)
            printf("%s: %s\n", e->output, e->text);
        break;
    case APP_EVENT_BEGUN:
        break;
    case APP_EVENT_DONE:
        show_done(batch, e);
        break;
    case APP_EVENT_ORPHAN:
        if (!batch->quiet && !batch->watches)
            printf(_("%s: orphaned: %s; --prune removes it\n"), e->output, e->text);
        break;
    case APP_EVENT_PRUNED:
        if (!batch->quiet)
            printf(_("%s: removed: %s\n"), e->output, e->text);
        break;
    case APP_EVENT_TROUBLE:
        fputs(e->messages, stderr);
        break;
    }
    if (batch->bar && (e->kind == APP_EVENT_BEGUN || e->kind == APP_EVENT_DONE))
        show_bar(batch, e);
    fflush(stdout);
}

void cli_show_result(void *self, const struct app_batch_result *r)
{
    struct cli_batch *batch = self;
    hide_bar(batch);
    batch->start_ms = 0;
    for (struct cli_failure *f = batch->failures; f && !batch->watches; f = f->next)
        fprintf(stderr, _("failed: %s\n"), f->path);
    if (batch->quiet || (batch->watches && !r->total))
        return;
    if (batch->options.dry_run)
        printf(_("to render: %zu, up to date: %zu"), r->total, r->current);
    else
        printf(_("rendered: %zu, up to date: %zu"), r->rendered, r->current);
    if (r->failed)
        printf(_(", failed: %zu"), r->failed);
    if (r->orphans && !batch->watches)
        printf(_(", orphaned: %zu"), r->orphans);
    putchar('\n');
    fflush(stdout);
}

/* ---- options */

static bool take_count(const char *text, size_t *count)
{
    enum { MOST_WORKERS = 256 };
    char *end = NULL;
    long n = strtol(text, &end, 10);
    *count = (size_t)n;
    return end > text && !*end && n >= 1 && n <= MOST_WORKERS;
}

/* An option that is on or off; NULL: it has a value, or is none. */
static bool *find_switch(struct cli_batch *batch, int option)
{
    struct app_batch_options *o = &batch->options;
    switch (option) {
    case 'q':
        return &batch->quiet;
    case OPTION_SPLIT:
        return &o->split;
    case OPTION_OWN_PAGES:
        return &o->own_pages;
    case OPTION_FORCE:
        return &o->force;
    case OPTION_PRUNE:
        return &o->prune;
    case OPTION_DRY_RUN:
        return &o->dry_run;
    case OPTION_STOP:
        return &o->stop;
    case OPTION_ANY_FOLDER:
        return &o->any_folder;
    default:
        return NULL;
    }
}

static bool is_for_build(int option)
{
    return option == OPTION_FORCE || option == OPTION_PRUNE || option == OPTION_DRY_RUN ||
           option == OPTION_KEEP_GOING || option == OPTION_STOP;
}

/* An option with a value; 0 or CLI_USAGE after telling. */
static int take_value(struct app_batch_options *o, int option, const char *command)
{
    switch (option) {
    case 'o':
        o->output = optarg;
        return 0;
    case 'j':
        return take_count(optarg, &o->workers)
                   ? 0
                   : cli_fail_usage(command, _("-j takes a number from 1 to 256, not «%s»"),
                                    optarg);
    case OPTION_PROFILE:
        return cli_find_profile(optarg, &o->profile) ? 0 : cli_fail_profile(command, optarg);
    case OPTION_TEMPLATES:
        o->templates = optarg;
        return 0;
    default:
        return 0;
    }
}

int cli_take_batch_options(int argc, char **argv, const struct cli_command *command,
                           struct cli_batch *batch)
{
    struct app_batch_options *o = &batch->options;
    int c, refused;
    opterr = 0;
    o->output = "output";
    o->profile = PDF_A2A;
    while ((c = getopt_long(argc, argv, ":o:j:qh", long_options, NULL)) != -1) {
        bool *on = find_switch(batch, c);
        if (c == 'h') {
            cli_print_help(command);
            return -1;
        }
        if (c == '?' || c == ':')
            return cli_fail_option(command->name, c, argv);
        if (batch->watches && is_for_build(c))
            return cli_fail_usage(command->name,
                                  _("there is no option «%s», or it is not unique"),
                                  argv[optind - 1]);
        if (on)
            *on = true;
        else if ((refused = take_value(o, c, command->name)) != 0)
            return refused;
        if (c == OPTION_KEEP_GOING)
            o->stop = false;
    }
    o->colour = cli_wants_colour();
    o->tell = show_event;
    o->self = batch;
    const char *term = getenv("TERM");
    batch->bar = !batch->quiet && !batch->watches && !o->dry_run && isatty(STDERR_FILENO) &&
                 !(term && strcmp(term, "dumb") == 0);
    return 0;
}

char **cli_batch_paths(int argc, char **argv, size_t *n)
{
    static char input[] = "input";
    static char *usual[] = {input, NULL};
    *n = optind < argc ? (size_t)(argc - optind) : 1;
    return optind < argc ? argv + optind : usual;
}
