/* An input as a file, a finished page: see input.h. */
#include "input.h"
#include "base/buf.h"
#include "pdf/pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[80];

static void remove_file(void)
{
    unlink(path);
}

const char *input_write_file(const uint8_t *bytes, size_t size, const char *ending)
{
    if (!path[0]) {
        const char *folder = getenv("TMPDIR");
        snprintf(path, sizeof path, "%.30s/prikaz-fuzz-%ld%.10s", folder ? folder : ".build",
                 (long)getpid(), ending);
        atexit(remove_file);
    }
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, size, f) != size)
        abort();
    fclose(f);
    return path;
}

void input_start_page(struct input_page *p, struct arena *arena)
{
    *p = (struct input_page){.page = {.width = PT(500), .height = PT(500), .label = "1"}};
    p->page.file = "fuzz";
    p->page.arena = arena;
    p->root = (struct area_tag){.columns = 1, .rows = 1, .number = 1};
    p->figure = (struct area_tag){.columns = 1, .rows = 1, .number = 2};
    p->figure.alt = "fuzz";
    area_set_role(&p->root, "Document", NULL);
    area_set_role(&p->figure, "Figure", &p->root);
    p->root.child = p->root.last_child = &p->figure;
}

static void give(struct area_painter *painter, const struct input_page *p)
{
    const struct area_document doc = {
        .tags = (struct area_tag *)(uintptr_t)&p->root, .tag_count = 2, .source_name = "fuzz"};
    painter->page(painter->self, &p->page);
    painter->finish(painter->self, &doc);
}

void input_paint_page(struct input_page *p, struct diag *diag)
{
    struct buf out = BUF_EMPTY, dump = BUF_EMPTY;
    struct area_painter *text = area_new_dump(&dump);
    give(text, p);
    free(text);
    static const enum pdf_profile profiles[] = {PDF_A1A, PDF_A2A};
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
        const struct pdf_options options = {.profile = profiles[i]};
        buf_clear(&out);
        struct area_painter *pdf = pdf_new_painter(&options, buf_sink(&out), diag);
        give(pdf, p);
        pdf_free_painter(pdf);
    }
    buf_free(&dump);
    buf_free(&out);
}
