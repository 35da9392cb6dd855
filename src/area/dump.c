/* A painter that writes areas as text: the golden text of layout's tests and --dump=areas.
 *
 * One area a line; what stands in a group is indented. A line begins with the kind and
 * «x y», lengths in pt with at most three decimals, and ends with the tag's role in brackets
 * (none: an artifact) and «@line» of the source. */
#include "area/area.h"
#include "base/buf.h"

#include <string.h>

struct dump {
    struct area_painter painter; /* first: free() of it frees all */
    struct buf *out;
};

static const char *const line_styles[] = {"none",   "inset",  "groove", "outset", "ridge",
                                          "dotted", "dashed", "solid",  "double"};

static void put_length(struct buf *out, mpt v)
{
    buf_putc(out, ' ');
    buf_put_milli(out, v);
}

static void put_size(struct buf *out, const struct area *a)
{
    put_length(out, a->width);
    buf_puts(out, " x");
    put_length(out, a->height);
}

static void put_color(struct buf *out, const char *what, uint32_t color)
{
    if (color == AREA_TRANSPARENT)
        return;
    buf_printf(out, " %s#%06X", what, (unsigned)color);
}

static void put_string(struct buf *out, const char *s)
{
    buf_puts(out, " \"");
    for (; s && *s; s++) {
        if (*s == '"' || *s == '\\')
            buf_putc(out, '\\');
        if (*s == '\n')
            buf_puts(out, "\\n");
        else
            buf_putc(out, *s);
    }
    buf_putc(out, '"');
}

static void put_border(struct buf *out, const struct area_border *b)
{
    buf_printf(out, " %s", line_styles[b->style]);
    if (b->style == AREA_LINE_NONE)
        return;
    put_length(out, b->width);
    if (b->color)
        put_color(out, "", b->color);
}

static bool same_border(const struct area_border *a, const struct area_border *b)
{
    return a->style == b->style &&
           (a->style == AREA_LINE_NONE || (a->width == b->width && a->color == b->color));
}

static void dump_box(struct buf *out, const struct area *a)
{
    static const char *const sides[] = {"before", "after", "start", "end"};
    const struct area_border *b = a->as.box.border;
    put_size(out, a);
    put_color(out, "fill ", a->as.box.background);
    if (same_border(b, b + 1) && same_border(b, b + 2) && same_border(b, b + 3)) {
        if (b->style != AREA_LINE_NONE)
            put_border(out, b);
        return;
    }
    for (int i = 0; i < 4; i++) {
        if (b[i].style == AREA_LINE_NONE)
            continue;
        buf_printf(out, " %s", sides[i]);
        put_border(out, &b[i]);
    }
}

static bool ends_in_hyphen(const struct area *a)
{
    size_t n = a->as.text.count;
    return n && a->as.text.words[n - 1].flags & AREA_WORD_HYPHEN;
}

static void dump_text(struct buf *out, const struct area *a)
{
    struct buf words = BUF_EMPTY;
    area_put_text(a, &words);
    buf_puts(out, " w");
    put_length(out, a->width);
    buf_printf(out, " %s", text_font_info(a->as.text.font)->name);
    put_length(out, a->as.text.size);
    if (a->as.text.color)
        put_color(out, "", a->as.text.color);
    if (a->as.text.letter_spacing) {
        buf_puts(out, " spaced");
        put_length(out, a->as.text.letter_spacing);
    }
    put_string(out, buf_str(&words));
    if (ends_in_hyphen(a))
        buf_puts(out, " hyphen");
    if (a->as.text.actual) {
        buf_puts(out, " actual");
        put_string(out, a->as.text.actual);
    }
    buf_free(&words);
}

static void dump_rule(struct buf *out, const struct area *a)
{
    put_size(out, a);
    if (a->as.rule.style != AREA_LINE_SOLID)
        buf_printf(out, " %s", line_styles[a->as.rule.style]);
    if (a->as.rule.color)
        put_color(out, "", a->as.rule.color);
}

static void dump_image(struct buf *out, const struct area *a)
{
    const struct area_image *image = a->as.image;
    const char *slash = strrchr(image->file, '/');
    put_size(out, a);
    put_string(out, slash ? slash + 1 : image->file);
    buf_printf(out, " %d x %d px", (int)image->pixel_width, (int)image->pixel_height);
}

/* Operators with their numbers: «M 0 0 L 10 0 Z». */
static void dump_path_points(struct buf *out, const struct area_path *p)
{
    const mpt *at = p->points;
    for (size_t i = 0; i < p->op_count; i++) {
        int n = p->ops[i] == 'C' ? 6 : p->ops[i] == 'Z' ? 0 : 2;
        buf_printf(out, " %c", p->ops[i]);
        while (n--)
            put_length(out, *at++);
    }
}

/* « linear 0 0 10 0» with the colours of the stops. */
static void put_gradient(struct buf *out, const struct area_gradient *g)
{
    if (!g)
        return;
    buf_puts(out, g->radial ? " radial" : " linear");
    for (int i = 0; i < (g->radial ? 3 : 2); i++)
        put_length(out, g->from[i]);
    buf_puts(out, " to");
    for (int i = 0; i < (g->radial ? 3 : 2); i++)
        put_length(out, g->to[i]);
    for (size_t i = 0; i < g->stop_count; i++) {
        put_length(out, g->stops[i].offset / 1000);
        buf_printf(out, "#%06X", (unsigned)g->stops[i].color);
        if (g->stops[i].alpha < 255) {
            buf_putc(out, '/');
            buf_put_milli(out, g->stops[i].alpha * 1000 / 255);
        }
    }
}

static void dump_path(struct buf *out, const struct area *a)
{
    const struct area_path *p = a->as.path;
    if (p->clip)
        buf_puts(out, " clip");
    put_color(out, "fill ", p->fill);
    put_gradient(out, p->fill_gradient);
    if (p->stroke != AREA_TRANSPARENT) {
        put_color(out, "stroke ", p->stroke);
        put_length(out, p->stroke_width);
        put_gradient(out, p->stroke_gradient);
    }
    if (p->op_count <= 8)
        dump_path_points(out, p);
    else
        buf_printf(out, " %zu operators", p->op_count);
}

static void dump_group(struct buf *out, const struct area *a)
{
    put_size(out, a);
    if (a->as.group.transformed) {
        buf_puts(out, " matrix");
        for (int i = 0; i < 4; i++)
            put_length(out, a->as.group.matrix[i] / 1000);
        put_length(out, a->as.group.matrix[4]);
        put_length(out, a->as.group.matrix[5]);
    } else if (a->as.group.rotation) {
        buf_printf(out, " turned %d", (int)a->as.group.rotation);
    }
    if (a->as.group.clip)
        buf_puts(out, " clip");
    if (a->as.group.fade) {
        buf_puts(out, " opacity");
        put_length(out, (255 - a->as.group.fade) * 1000 / 255);
    }
}

static void dump_link(struct buf *out, const struct area *a)
{
    put_size(out, a);
    if (a->as.link.id)
        buf_printf(out, " -> %s", a->as.link.id);
    else
        buf_printf(out, " -> <%s>", a->as.link.uri ? a->as.link.uri : "");
}

static void dump_area(struct buf *out, const struct area *a)
{
    switch (a->type) {
    case AREA_BOX:
        dump_box(out, a);
        break;
    case AREA_TEXT:
        dump_text(out, a);
        break;
    case AREA_RULE:
        dump_rule(out, a);
        break;
    case AREA_IMAGE:
        dump_image(out, a);
        break;
    case AREA_PATH:
        dump_path(out, a);
        break;
    case AREA_GROUP:
        dump_group(out, a);
        break;
    case AREA_LINK:
        dump_link(out, a);
        break;
    case AREA_DEST:
        buf_printf(out, " %s", a->as.dest.id);
        break;
    case AREA_REPORT:
        put_size(out, a);
        if (a->as.report.name)
            put_string(out, a->as.report.name);
        if (a->as.report.field) {
            buf_puts(out, " field");
            put_string(out, a->as.report.field);
        }
        break;
    }
}

static void dump_areas(struct buf *out, const struct area *a, int depth)
{
    static const char *const kinds[] = {"box",   "text", "rule", "image", "path",
                                        "group", "link", "dest", "report"};
    for (; a; a = a->next) {
        for (int i = 0; i < depth; i++)
            buf_puts(out, "  ");
        buf_puts(out, kinds[a->type]);
        put_length(out, a->x);
        put_length(out, a->y);
        dump_area(out, a);
        if (a->tag)
            buf_printf(out, " [%s]", a->tag->role);
        if (a->line)
            buf_printf(out, " @%d", a->line);
        buf_putc(out, '\n');
        if (a->type == AREA_GROUP)
            dump_areas(out, a->as.group.child, depth + 1);
    }
}

static void dump_page(void *self, const struct area_page *page)
{
    struct buf *out = ((struct dump *)self)->out;
    buf_printf(out, "page %d", (int)page->index + 1);
    put_length(out, page->width);
    buf_puts(out, " x");
    put_length(out, page->height);
    if (page->label)
        put_string(out, page->label);
    buf_printf(out, " sequence %d%s\n", (int)page->sequence + 1, page->blank ? " blank" : "");
    dump_areas(out, page->child, 1);
}

static void dump_bookmarks(struct buf *out, const struct area_bookmark *b, int depth)
{
    for (; b; b = b->next) {
        for (int i = 0; i < depth; i++)
            buf_puts(out, "  ");
        buf_puts(out, "bookmark");
        put_string(out, b->title);
        if (b->id)
            buf_printf(out, " -> %s", b->id);
        else if (b->uri)
            buf_printf(out, " -> <%s>", b->uri);
        buf_puts(out, b->closed ? " closed\n" : "\n");
        dump_bookmarks(out, b->child, depth + 1);
    }
}

static bool dump_finish(void *self, const struct area_document *doc)
{
    dump_bookmarks(((struct dump *)self)->out, doc->bookmarks, 0);
    return true;
}

struct area_painter *area_new_dump(struct buf *out)
{
    struct dump *d = mem_zalloc(sizeof *d);
    d->out = out;
    d->painter = (struct area_painter){d, dump_page, dump_finish};
    return &d->painter;
}
