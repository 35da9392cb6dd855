/* prikaz watch: render again whenever a file is saved. */
#include "cli/cli.h"
#include "app/confine.h"
#include "cli/batch.h"

#include <stdio.h>

static void print_options(void)
{
    puts(_("  Renders like prikaz build, then again whenever a file is saved that a document\n"
           "  depends on. A document at fault keeps its last good PDF. Ctrl-C ends it.\n"
           "  -o, --output=FOLDER  where NAME.xml becomes NAME.pdf; output\n"
           "  -j, --jobs=N         how many are rendered at once; one more than processors\n"
           "  -q, --quiet          nothing but errors\n"
           "      --split          also every part: NAME/order.pdf, NAME/appendix-1.pdf\n"
           "      --own-pages      count the pages of each part from 1, not as in the whole\n"
           "      --profile=P      plain, 1a, 1b, 2a (the default), 2b or 3a\n"
           "      --templates=DIR  the folder with schemas and templates\n"
           "      --any-folder     parts and images may lie outside the document's folder\n"
           "  -h, --help           this text"));
}

static int run(int argc, char **argv)
{
    struct cli_batch batch = {.watches = true};
    int refused = cli_take_batch_options(argc, argv, &cli_watch, &batch);
    if (refused)
        return refused < 0 ? 0 : refused;
    size_t n;
    char **paths = cli_batch_paths(argc, argv, &n);
    struct app_batch *app = app_new_batch(&batch.options);
    app_confine_folder(batch.options.output);
    bool watched = app && app_watch_batch(app, paths, n, cli_show_result);
    app_free_batch(app);
    cli_free_failures(&batch);
    return watched ? 0 : 3;
}

const struct cli_command cli_watch = {
    .name = "watch",
    .arguments = N_("[FILE|FOLDER…] [-o FOLDER] [OPTION…]"),
    .summary = N_("make PDF again whenever a file is saved"),
    .help = print_options,
    .run = run,
};
