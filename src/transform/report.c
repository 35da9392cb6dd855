/* What libxslt says, sorted into messages and faults.
 *
 * libxslt prints: a fault is a line «runtime error: file F line N element E» and then a line of
 * text; xsl:message is its text alone, given through the format «%s», and only while a stylesheet
 * is applied, which tells the two apart.
 * Whether a message was the last word (terminate="yes") is known only afterwards, so messages
 * are kept until the end. A message of a template may begin with the place it is about and its
 * level: «[part.xml:12] error: …»; without them it is a warning about the document. */
#include "transform/report.h"
#include "base/buf.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/uri.h>
#include <libxml/xmlerror.h>
#include <libxslt/xsltutils.h>

struct report {
    struct diag *diag;
    const char *sheet, *document;
    struct message {
        char *text;
    } * items;
    size_t len, cap;
    struct buf line; /* of a fault, unfinished */
    char *file;      /* of the fault whose text comes next; NULL */
    int at;          /* its line */
    bool is_pending; /* such a text comes next */
    char *xpath;     /* what the XPath compiler said, for that text; NULL */
    bool has_error;
    char *missing, *why; /* the first file that could not be read, and the reason; NULL */
    bool is_told;        /* the fault behind everything that follows */
};

/* Tell the first fault; what comes after it follows from it. */
static void add_fault(struct report *r, const char *file, int line, const char *text)
{
    struct src_loc at = {file ? file : r->sheet, line, 0};
    const char *detail = r->xpath ? r->xpath : "";
    int n = (int)strlen(text);
    while (n && strchr(".\n ", text[n - 1]))
        n--;
    if (!r->has_error)
        diag_add(r->diag, DIAG_ERROR, at, "template", _("the template is at fault: %.*s%s%s"),
                 n, text, *detail ? ": " : "", detail);
    r->has_error = true;
    free(r->xpath);
    r->xpath = NULL;
}

/* «runtime error: file F line N element E»: remember the place. A part or all but «error» may
 * be missing. */
static bool take_place(struct report *r, const char *line)
{
    static const char *const kinds[] = {"runtime error", "compilation error", "error"};
    size_t n = 0;
    for (size_t i = 0; !n && i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(line, kinds[i], strlen(kinds[i])) == 0)
            n = strlen(kinds[i]);
    if (!n || (line[n] && line[n] != ':'))
        return false;
    const char *file = line + n;
    r->is_pending = true;
    if (strncmp(file, ": file ", 7) != 0)
        return true;
    file += strlen(": file ");
    const char *number = strstr(file, " line "), *element = strstr(file, " element ");
    const char *end = number ? number : element ? element : file + strlen(file);
    xmlFree(r->file);
    r->file = xmlURIUnescapeString(file, (int)(end - file), NULL);
    r->at = number ? (int)strtol(number + strlen(" line "), NULL, 10) : 0;
    return true;
}

static void take_line(struct report *r, const char *line)
{
    if (!*line || take_place(r, line))
        return;
    add_fault(r, r->file, r->file ? r->at : 0, line);
    r->is_pending = false;
}

static void take_text(struct report *r, const char *text)
{
    for (; *text; text++) {
        if (*text != '\n') {
            buf_putc(&r->line, *text);
            continue;
        }
        take_line(r, buf_str(&r->line));
        buf_clear(&r->line);
    }
}

__attribute__((format(printf, 2, 3))) static void on_text(void *self, const char *format, ...)
{
    struct report *r = self;
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    REQUIRE(n >= 0);
    if (r->document && strcmp(format, "%s") == 0 && !r->is_pending && !r->line.len) {
        struct message m = {text};
        VEC_PUSH(r, m);
        return;
    }
    take_text(r, text);
    free(text);
}

/* What XPath says through libxml2's plain channel, «xmlXPathCompOpEval: function f not found»,
 * is the reason of the fault that libxslt tells next. */
__attribute__((format(printf, 2, 3))) static void on_detail(void *self, const char *format, ...)
{
    struct report *r = self;
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    REQUIRE(n >= 0);
    text[strcspn(text, "\n")] = '\0';
    const char *colon = strstr(text, ": ");
    if (!r->xpath && *text)
        r->xpath = mem_strdup(colon ? colon + 2 : text);
    free(text);
}

/* XPath and parser faults come as structures. */
static void on_structure(void *self, xmlErrorPtr error)
{
    struct report *r = self;
    const char *text = error->message ? error->message : "";
    int n = (int)strcspn(text, "\n");
    if (error->level < XML_ERR_ERROR)
        return;
    if (error->domain == XML_FROM_XPATH) {
        struct buf b = BUF_EMPTY;
        buf_printf(&b, "%.*s%s%s", n, text, error->str1 ? ": " : "",
                   error->str1 ? error->str1 : "");
        if (r->xpath)
            buf_free(&b);
        else
            r->xpath = b.bytes;
        return;
    }
    char *file = error->file ? xmlURIUnescapeString(error->file, 0, NULL) : NULL;
    struct buf b = BUF_EMPTY;
    buf_printf(&b, "%.*s", n, text);
    add_fault(r, file, error->line, buf_str(&b));
    buf_free(&b);
    xmlFree(file);
}

struct report *transform_start_report(const char *sheet, const char *document,
                                      struct diag *diag)
{
    struct report *r = mem_zalloc(sizeof *r);
    r->diag = diag;
    r->sheet = sheet;
    r->document = document;
    xsltSetGenericErrorFunc(r, on_text);
    xmlSetStructuredErrorFunc(r, on_structure);
    xmlSetGenericErrorFunc(r, on_detail);
    return r;
}

void transform_attach_report(struct report *r, xsltTransformContext *transform)
{
    xsltSetTransformErrorFunc(transform, r, on_text);
}

void transform_report_file(struct report *r, const char *path, enum diag_level level,
                           const char *why)
{
    struct src_loc at = {path, 0, 0};
    r->has_error = true;
    if (level == DIAG_SYSTEM) {
        diag_add(r->diag, level, at, "template-file", _("a template cannot read it: %s"), why);
        r->is_told = true;
    }
    if (r->missing)
        return;
    r->missing = mem_strdup(path);
    r->why = mem_strdup(why);
}

void transform_report_told(struct report *r)
{
    r->has_error = r->is_told = true;
}

/* The file that could not be read, unless a message of the template has said it. */
static void tell_missing(struct report *r)
{
    struct src_loc at = {r->missing, 0, 0};
    if (r->missing && !r->is_told)
        diag_add(r->diag, DIAG_ERROR, at, "template-file", _("a template cannot read it: %s"),
                 r->why);
    free(r->missing);
    free(r->why);
}

/* «[part.xml:12] » or «[12] » before the text; returns what follows. `file` is set to a copy. */
static const char *take_message_place(const char *text, char **file, int *line)
{
    const char *end = *text == '[' ? strchr(text, ']') : NULL;
    if (!end)
        return text;
    const char *colon = end;
    while (colon > text && *colon != ':')
        colon--;
    const char *digits = colon > text ? colon + 1 : text + 1;
    *line = (int)strtol(digits, NULL, 10);
    if (colon > text) {
        struct buf b = BUF_EMPTY;
        buf_put(&b, text + 1, (size_t)(colon - text) - 1);
        *file = b.bytes;
    }
    return end + 1 + strspn(end + 1, " \t\n");
}

static enum diag_level take_level(const char **text)
{
    static const struct {
        const char *word;
        enum diag_level level;
    } table[] = {{"error:", DIAG_ERROR}, {"warning:", DIAG_WARNING}, {"note:", DIAG_NOTE}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t n = strlen(table[i].word);
        if (strncmp(*text, table[i].word, n) == 0) {
            *text += n + strspn(*text + n, " \t\n");
            return table[i].level;
        }
    }
    return DIAG_WARNING;
}

static void tell_message(struct report *r, const char *text, bool is_last_word)
{
    char *file = NULL;
    int line = 0;
    text += strspn(text, " \t\n");
    text = take_message_place(text, &file, &line);
    enum diag_level level = take_level(&text);
    if (is_last_word)
        level = DIAG_ERROR;
    r->has_error = r->has_error || level == DIAG_ERROR;
    struct src_loc at = {file ? file : r->document, line, 0};
    size_t n = strlen(text);
    while (n && strchr(" \t\n", text[n - 1]))
        n--;
    bool has_reason = is_last_word && r->missing;
    diag_add(r->diag, level, at, "template-message", "%.*s%s%s", (int)n, text,
             has_reason ? ": " : "", has_reason ? r->why : "");
    r->is_told = r->is_told || has_reason;
    free(file);
}

bool transform_finish_report(struct report *r, bool stopped)
{
    xsltSetGenericErrorFunc(NULL, NULL);
    xmlSetStructuredErrorFunc(NULL, NULL);
    xmlSetGenericErrorFunc(NULL, NULL);
    if (r->line.len)
        take_line(r, buf_str(&r->line));
    if (r->xpath && !r->has_error)
        add_fault(r, NULL, 0, "XPath");
    for (size_t i = 0; i < r->len; i++) {
        bool is_last_word = stopped && i + 1 == r->len;
        if (!is_last_word || !r->is_told)
            tell_message(r, r->items[i].text, is_last_word);
        free(r->items[i].text);
    }
    tell_missing(r);
    bool good = !r->has_error;
    free(r->items);
    buf_free(&r->line);
    xmlFree(r->file);
    free(r->xpath);
    free(r);
    return good;
}
