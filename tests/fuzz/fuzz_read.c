/* A clerk's file: parser, includes, schema. The bytes stand in a file of their own, because the
 * stage reads files. */
#include "base/diag.h"
#include "input.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *name = input_write_file(bytes, size, ".xml");
    struct diag *diag = diag_new();
    struct read_options options = {.templates = "templates"};
    struct read_document *d = read_document(name, &options, diag);
    if (d)
        read_free_document(d);
    diag_free(diag);
    return 0;
}
