/* A clerk's document through every stage: to PDF, under the rules of the checker, and its
 * deadlines. Compiled templates and opened fonts are kept, as in a worker of `prikaz build`. */
#include "app/app.h"
#include "app/check.h"
#include "app/plan.h"
#include "base/buf.h"
#include "input.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct app *app;
static struct app_checker *checker;

static void close_app(void)
{
    app_free_checker(checker);
    app_free(app);
}

static void open_app(void)
{
    struct diag *diag = diag_new();
    app = app_new("templates");
    checker = app_new_checker(app, diag);
    diag_free(diag);
    if (!checker)
        abort();
    atexit(close_app);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (!app)
        open_app();
    const char *name = input_write_file(bytes, size, ".xml");
    struct app_job job = {.input = name, .output = "/dev/null", .profile = PDF_A2A};
    struct diag *diag = diag_new();
    if (app_render(app, &job, diag))
        app_check_document(checker, name, false, NULL, diag);
    diag_free(diag);
    return 0;
}
