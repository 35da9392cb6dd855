/* prikaz build: every document whose sources have changed. */
#include "cli/cli.h"
#include "app/confine.h"
#include "cli/batch.h"

#include <stdio.h>

static void print_options(void)
{
    puts(_("  A FOLDER stands for every *.xml in it that no other of them includes or names;\n"
           "  without any argument: input.\n"
           "  -o, --output=FOLDER  where NAME.xml becomes NAME.pdf; output\n"
           "  -j, --jobs=N         how many are rendered at once; one more than processors\n"
           "  -q, --quiet          nothing but errors\n"
           "      --split          also every part: NAME/order.pdf, NAME/appendix-1.pdf\n"
           "      --own-pages      count the pages of each part from 1, not as in the whole\n"
           "      --force          render everything\n"
           "      --dry-run        say what would be rendered and why, and do nothing\n"
           "      --prune          remove outputs whose source is gone\n"
           "      --keep-going     go on after a failure (the default)\n"
           "      --stop           end at the first failure\n"
           "      --profile=P      plain, 1a, 1b, 2a (the default), 2b or 3a\n"
           "      --templates=DIR  the folder with schemas and templates\n"
           "      --any-folder     parts and images may lie outside the document's folder\n"
           "  -h, --help           this text"));
}

static int run(int argc, char **argv)
{
    struct cli_batch batch = {.quiet = false};
    int refused = cli_take_batch_options(argc, argv, &cli_build, &batch);
    if (refused)
        return refused < 0 ? 0 : refused;
    size_t n;
    char **paths = cli_batch_paths(argc, argv, &n);
    struct app_batch *app = app_new_batch(&batch.options);
    app_confine_folder(batch.options.output);
    int status = 3;
    if (app) {
        struct app_batch_result result = app_run_batch(app, paths, n);
        cli_show_result(&batch, &result);
        status = result.status;
    }
    app_free_batch(app);
    cli_free_failures(&batch);
    return status;
}

const struct cli_command cli_build = {
    .name = "build",
    .arguments = N_("[FILE|FOLDER…] [-o FOLDER] [OPTION…]"),
    .summary = N_("make PDF of all documents that have changed"),
    .help = print_options,
    .run = run,
};
