/* Adding records to an execution file: see record.h. The file is a clerk's own, with comments and
 * line breaks as wanted, so it is not written anew from its tree: the new elements are put before
 * the end tag of the root, indented like the last record. What came out is parsed again before it
 * replaces the file, which catches every way in which that end tag might not have been it. */
#include "app/record.h"
#include "app/output.h"
#include "base/file.h"
#include "plan/csv.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

/* How the file is laid out. */
struct place {
    size_t cut, resume;     /* the bytes between them go away: the «/» of an empty root */
    const char *before;     /* what is put at `cut` before the records */
    const char *after;      /* and after them */
    struct buf indent;      /* before each record */
    const char *line_break; /* as the file has them */
};

static void put_escaped(struct buf *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '&')
            buf_puts(out, "&amp;");
        else if (*s == '<')
            buf_puts(out, "&lt;");
        else if (*s == '>')
            buf_puts(out, "&gt;");
        else if (*s == '"')
            buf_puts(out, "&quot;");
        else
            buf_putc(out, (unsigned char)*s < 0x20 ? ' ' : *s);
    }
}

static void put_attribute(struct buf *out, const char *name, const char *value)
{
    if (!value)
        return;
    buf_printf(out, " %s=\"", name);
    put_escaped(out, value);
    buf_putc(out, '"');
}

static void put_date(struct buf *out, const char *name, plan_day day)
{
    buf_printf(out, " %s=\"", name);
    plan_put_day(out, day);
    buf_putc(out, '"');
}

static void put_record(struct buf *out, const struct plan_record *r, const struct place *p)
{
    struct buf indent = p->indent;
    const char *margin = buf_str(&indent);
    buf_printf(out, "%s<record", margin);
    put_attribute(out, "measure", r->measure);
    put_date(out, "date", r->date);
    put_attribute(out, "status", plan_mark_name(r->mark));
    if (r->has_to)
        put_date(out, "to", r->to);
    if (r->percent >= 0)
        buf_printf(out, " percent=\"%d\"", r->percent);
    put_attribute(out, "value", r->value);
    put_attribute(out, "target", r->target);
    put_attribute(out, "responsible", r->responsible);
    bool is_empty = !r->evidence && !r->link && !r->note;
    buf_printf(out, "%s%s", is_empty ? "/>" : ">", p->line_break);
    if (r->evidence || r->link) {
        buf_printf(out, "%s  <evidence", margin);
        put_attribute(out, "href", r->link);
        buf_putc(out, '>');
        put_escaped(out, r->evidence ? r->evidence : r->link);
        buf_printf(out, "</evidence>%s", p->line_break);
    }
    if (r->note) {
        buf_printf(out, "%s  <note>", margin);
        put_escaped(out, r->note);
        buf_printf(out, "</note>%s", p->line_break);
    }
    if (!is_empty)
        buf_printf(out, "%s</record>%s", margin, p->line_break);
    if (!p->indent.bytes)
        buf_free(&indent);
}

/* The last place of `word` in the text; NULL: none. */
static const char *find_last(const char *text, const char *word)
{
    const char *last = NULL;
    for (const char *p = text; (p = strstr(p, word)); p++)
        last = p;
    return last;
}

/* Where the line of `p` begins, if there is only white space before it; else p itself. */
static const char *line_start(const char *text, const char *p)
{
    const char *q = p;
    while (q > text && (q[-1] == ' ' || q[-1] == '\t'))
        q--;
    return q > text && q[-1] == '\n' ? q : p;
}

/* False when there is no end of a root to be found. */
static bool find_place(const char *text, struct place *p)
{
    const char *end = find_last(text, "</execution"), *record = find_last(text, "<record");
    p->line_break = strstr(text, "\r\n") ? "\r\n" : "\n";
    p->after = "";
    buf_puts(&p->indent, "  ");
    if (record) {
        const char *start = line_start(text, record);
        buf_clear(&p->indent);
        buf_put(&p->indent, start, (size_t)(record - start));
    }
    if (end) {
        const char *start = line_start(text, end);
        p->before = start > text && start[-1] == '\n' ? "" : p->line_break;
        p->cut = p->resume = (size_t)(start - text);
        return true;
    }
    end = find_last(text, "/>");
    if (!end || record)
        return false;
    p->cut = (size_t)(end - text);
    p->resume = p->cut + strlen("/>");
    p->before = ">";
    p->after = "</execution>";
    return true;
}

static void compose(const char *text, const struct place *p, const struct plan_records *records,
                    struct buf *out)
{
    buf_put(out, text, p->cut);
    buf_puts(out, p->before);
    if (*p->after)
        buf_puts(out, p->line_break);
    for (size_t i = 0; i < records->len; i++)
        put_record(out, &records->items[i], p);
    buf_puts(out, p->after);
    buf_puts(out, text + p->resume);
}

/* Records in the root of the bytes; -1 when they are not XML in UTF-8. */
static int count_records(const struct buf *bytes)
{
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDoc *doc =
        xmlReadMemory(bytes->bytes ? bytes->bytes : "", (int)bytes->len, NULL, NULL, options);
    int count = -1;
    const char *encoding = doc ? (const char *)doc->encoding : NULL;
    bool is_utf8 = !encoding || xmlStrcasecmp(doc->encoding, (const xmlChar *)"utf-8") == 0;
    if (doc && is_utf8 && xmlDocGetRootElement(doc)) {
        count = 0;
        for (const xmlNode *n = xmlDocGetRootElement(doc)->children; n; n = n->next)
            count +=
                n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, "record") == 0;
    }
    xmlFreeDoc(doc);
    return count;
}

/* Every new record speaks of a measure there is. */
static bool check_measures(const struct plan_measures *measures,
                           const struct plan_records *records, struct diag *diag)
{
    struct plan_index *index = plan_new_index(measures);
    bool good = true;
    for (size_t i = 0; i < records->len; i++) {
        const struct plan_record *r = &records->items[i];
        bool several;
        if (plan_find_measure(index, r->measure, &several))
            continue;
        good = false;
        diag_add(diag, DIAG_ERROR, r->at, "record-measure",
                 several ? _("%s has several measures «%s»; name it by its id")
                         : _("%s has no measure «%s»"),
                 measures->name, r->measure);
    }
    plan_free_index(index);
    return good;
}

/* What the file says now, and the measures it is about. False: told. */
static bool read_old(struct app_plans *plans, const char *path, struct buf *text,
                     const struct plan_measures **measures, struct diag *diag)
{
    const struct app_execution *e = app_load_execution(plans, path);
    int error = e ? file_read(path, text) : 0;
    if (error)
        diag_add(diag, DIAG_SYSTEM, (struct src_loc){path, 0, 0}, "record-file",
                 _("cannot read the file: %s"), file_error_text(error));
    *measures = e ? e->measures : NULL;
    return e && !error;
}

/* The name of the folder that `path` lies in, in the arena; «» when it names none. */
static const char *folder_name(struct arena *arena, const char *path)
{
    char *folder = file_real_folder(path);
    size_t n = folder ? strlen(folder) : 0;
    while (n && folder[n - 1] == '/')
        n--;
    size_t start = n;
    while (start && folder[start - 1] != '/')
        start--;
    const char *name = arena_strndup(arena, folder ? folder + start : "", n - start);
    free(folder);
    return name;
}

/* A file without records, and the measures it will be about. False: told. */
static bool begin_new(struct app_plans *plans, const struct app_recording *r, struct buf *text,
                      const struct plan_measures **measures)
{
    struct app_execution e = {.file = r->path, .of = r->of, .at = {r->path, 0, 0}};
    if (!e.of)
        e.of = folder_name(app_plans_arena(plans), r->path);
    plan_day first = r->records->len ? r->records->items[0].date : 0;
    e.year = r->year ? r->year : plan_split_day(first).year;
    char *roadmap = app_find_roadmap(plans, &e);
    *measures = roadmap ? app_load_measures(plans, roadmap) : NULL;
    free(roadmap);
    if (!*measures)
        return false;
    buf_puts(text,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<execution xmlns=\"urn:prikaz:1\"");
    put_attribute(text, "of", e.of);
    buf_printf(text, " year=\"%d\">\n</execution>\n", e.year);
    return true;
}

bool app_append_records(struct app_plans *plans, const struct app_recording *r,
                        struct diag *diag)
{
    struct src_loc at = {r->path, 0, 0};
    struct buf text = BUF_EMPTY, out = BUF_EMPTY;
    struct place place = {.indent = BUF_EMPTY};
    const struct plan_measures *measures = NULL;
    bool is_there = access(r->path, F_OK) == 0;
    bool good = is_there ? read_old(plans, r->path, &text, &measures, diag)
                         : begin_new(plans, r, &text, &measures);
    good = good && check_measures(measures, r->records, diag);
    if (good && find_place(buf_str(&text), &place))
        compose(buf_str(&text), &place, r->records, &out);
    int before = good ? count_records(&text) : -1;
    if (good && (before < 0 || count_records(&out) != before + (int)r->records->len)) {
        diag_add(diag, DIAG_ERROR, at, "record-form",
                 _("no place for a record is found: the file must be UTF-8 and its root be "
                   "written <execution> without a prefix; nothing was written"));
        good = false;
    }
    good = good && app_write_file(r->path, &out, diag);
    if (good && !is_there)
        diag_add(diag, DIAG_NOTE, at, "record-new", _("the file is new: it is about «%s»"),
                 measures->name);
    buf_free(&place.indent);
    buf_free(&out);
    buf_free(&text);
    return good;
}

bool app_read_csv(struct app_plans *plans, const char *path, struct plan_records *out,
                  struct diag *diag)
{
    const char *file = arena_strdup(app_plans_arena(plans), path);
    struct buf bytes = BUF_EMPTY;
    int error = file_read(path, &bytes);
    enum diag_level before = diag_worst(diag);
    if (error)
        diag_add(diag, DIAG_SYSTEM, (struct src_loc){file, 0, 0}, "record-file",
                 _("cannot read the file: %s"), file_error_text(error));
    else
        plan_read_csv(file, &bytes, app_plans_arena(plans), out, diag);
    buf_free(&bytes);
    return before < DIAG_ERROR && diag_worst(diag) < DIAG_ERROR;
}
