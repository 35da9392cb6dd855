/* The report of a run as JSON (RFC 8259): see report.h. */
#include "app/report.h"

static const char *level_name(enum diag_level level)
{
    return level == DIAG_NOTE ? "note" : level == DIAG_WARNING ? "warning" : "error";
}

static void put_messages(struct buf *out, struct diag *diag)
{
    size_t n;
    const struct diag_item *items = diag_items(diag, &n);
    buf_puts(out, "  \"messages\": [");
    for (size_t i = 0; i < n; i++) {
        const struct diag_item *it = &items[i];
        buf_printf(out,
                   "%s\n    {\"level\": \"%s\", \"code\": \"%s\", \"file\": ", i ? "," : "",
                   level_name(it->level), it->code);
        buf_put_json(out, it->loc.file);
        buf_printf(out, ", \"line\": %d, \"column\": %d, \"text\": ", it->loc.line,
                   it->loc.col);
        buf_put_json(out, it->message);
        buf_putc(out, '}');
    }
    buf_puts(out, n ? "\n  ],\n" : "],\n");
}

/* A rectangle; `num` / `den` scales 1/1000 pt to 1/1000 of the unit. */
static void put_rectangle(struct buf *out, const struct layout_box *box, int64_t num,
                          int64_t den)
{
    const struct {
        const char *name;
        mpt value;
    } sides[] = {{"x", box->x}, {"y", box->y}, {"width", box->width}, {"height", box->height}};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        buf_printf(out, "%s\"%s\": ", i ? ", " : "{", sides[i].name);
        buf_put_milli(out, mpt_scale(sides[i].value, num, den));
    }
    buf_putc(out, '}');
}

static void put_boxes(struct buf *out, const struct layout_result *result)
{
    size_t n = result ? result->box_count : 0;
    buf_puts(out, "  \"boxes\": [");
    for (size_t i = 0; i < n; i++) {
        const struct layout_box *box = &result->boxes[i];
        buf_printf(out, "%s\n    {\"name\": ", i ? "," : "");
        buf_put_json(out, box->name);
        buf_printf(out, ", \"page\": %d, \"pt\": ", box->page);
        put_rectangle(out, box, 1, 1);
        buf_puts(out, ", \"mm\": ");
        put_rectangle(out, box, 254, 720); /* 25.4 mm are 72 pt */
        buf_putc(out, '}');
    }
    buf_puts(out, n ? "\n  ]\n" : "]\n");
}

void app_describe_run(const struct app_job *job, bool written,
                      const struct layout_result *result, struct diag *diag, struct buf *out)
{
    buf_puts(out, "{\n  \"input\": ");
    buf_put_json(out, job->input);
    buf_puts(out, ",\n  \"output\": ");
    buf_put_json(out, job->output);
    buf_printf(out, ",\n  \"written\": %s,\n  \"pages\": %d,\n  \"bytes\": %zu,\n",
               written ? "true" : "false", job->pages, job->bytes);
    put_messages(out, diag);
    put_boxes(out, result);
    buf_puts(out, "}\n");
}
