/* prikaz new: a small document to begin with, copied from templates/new/. */
#include "cli/cli.h"
#include "app/app.h"
#include "app/output.h"
#include "base/file.h"

#include <stdio.h>
#include <string.h>
#include <getopt.h>
#include <unistd.h>

/* What a clerk may call a document, and the file's name. */
static const struct {
    const char *word, *file;
} names[] = {
    {"приказ", "prikaz"},
    {"распоряжение", "rasporyazhenie"},
    {"постановление", "postanovlenie"},
    {"roadmap", "roadmap"},
    {"report", "report"},
    {"prikaz", "prikaz"},
    {"rasporyazhenie", "rasporyazhenie"},
    {"postanovlenie", "postanovlenie"},
    {"план", "roadmap"},
    {"отчет", "report"},
    {"отчёт", "report"},
};

enum { OPTION_TEMPLATES = 256 };

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"templates", required_argument, NULL, OPTION_TEMPLATES},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static void print_options(void)
{
    puts(_("KIND is приказ, распоряжение, постановление, roadmap or report."));
    puts("");
    puts(_("  -o, --output=FILE    the file to write, which must not be there yet; without it\n"
           "                       the document goes to standard output\n"
           "      --templates=DIR  the folder with schemas and templates\n"
           "  -h, --help           this text"));
}

static const char *find_file(const char *word)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].word, word) == 0)
            return names[i].file;
    return NULL;
}

/* Copy the document to `output`; the worst level told is the status. */
static void copy_document(const char *templates, const char *file, const char *output,
                          struct diag *diag)
{
    struct buf path = BUF_EMPTY, bytes = BUF_EMPTY;
    buf_printf(&path, "%s/new/%s.xml", templates, file);
    int error = file_read(buf_str(&path), &bytes);
    struct src_loc at = {buf_str(&path), 0, 0};
    if (error)
        diag_add(diag, DIAG_SYSTEM, at, "file", _("cannot be read: %s"),
                 file_error_text(error));
    else
        app_write_file(output, &bytes, diag);
    buf_free(&path);
    buf_free(&bytes);
}

static int write_new(const char *templates, const char *file, const char *output)
{
    struct app *app = app_new(templates);
    struct diag *diag = diag_new();
    const char *folder = app_templates(app);
    if (folder)
        copy_document(folder, file, output, diag);
    else
        diag_add(diag, DIAG_SYSTEM, (struct src_loc){NULL, 0, 0}, "templates",
                 _("the templates are not found; name their folder by --templates or "
                   "PRIKAZ_TEMPLATES"));
    cli_print_diag(diag);
    int status = diag_exit_status(diag);
    diag_free(diag);
    app_free(app);
    return status;
}

static int run(int argc, char **argv)
{
    const char *output = "-", *templates = NULL;
    int c;
    opterr = 0;
    while ((c = getopt_long(argc, argv, ":o:h", long_options, NULL)) != -1) {
        switch (c) {
        case 'o':
            output = optarg;
            break;
        case OPTION_TEMPLATES:
            templates = optarg;
            break;
        case 'h':
            cli_print_help(&cli_new);
            return 0;
        default:
            return cli_fail_option("new", c, argv);
        }
    }
    if (argc - optind != 1)
        return cli_fail_usage("new", _("name one kind of document"));
    const char *file = find_file(argv[optind]);
    if (!file)
        return cli_fail_usage("new", _("there is no kind of document «%s»"), argv[optind]);
    if (strcmp(output, "-") != 0 && access(output, F_OK) == 0)
        return cli_fail_usage("new", _("«%s» is there already and is not replaced"), output);
    return write_new(templates, file, output);
}

const struct cli_command cli_new = {
    .name = "new",
    .arguments = N_("KIND [-o FILE.xml]"),
    .summary = N_("write a small document to begin with"),
    .help = print_options,
    .run = run,
};
