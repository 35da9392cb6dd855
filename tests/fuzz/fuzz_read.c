/* A clerk's file: parser, includes, schema. The bytes stand in a file of their own, because the
 * stage reads files. */
#include "base/diag.h"
#include "read/read.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static char path[64];

static void remove_file(void)
{
    unlink(path);
}

/* The file's name, the same for all runs of the process. */
static const char *file_name(void)
{
    if (!path[0]) {
        const char *folder = getenv("TMPDIR");
        snprintf(path, sizeof path, "%.30s/prikaz-fuzz-%ld.xml", folder ? folder : ".build",
                 (long)getpid());
        atexit(remove_file);
    }
    return path;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *name = file_name();
    FILE *f = fopen(name, "wb");
    if (!f || fwrite(bytes, 1, size, f) != size)
        abort();
    fclose(f);
    struct diag *diag = diag_new();
    struct read_options options = {.templates = "templates"};
    struct read_document *d = read_document(name, &options, diag);
    if (d)
        read_free_document(d);
    diag_free(diag);
    return 0;
}
