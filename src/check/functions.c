/* XPath functions for rules: what XPath 1.0 cannot say, and nothing that knows a rule.
 *
 *   r:find(text, pattern)               the first match, or ''
 *   r:has(text, pattern)                whether there is one
 *   r:every(nodes, pattern)             every match in them: <match at="file:line">text</match>;
 *                                       in a text that is no node's without the place
 *   r:source(match)                     the node it was found in
 *   r:replace(text, pattern, new)       every match replaced
 *   r:at(nodes)                         «file:line» of the first node; attributes file and line
 *                                       of the element itself count where it has them
 *   r:days('31.12.2020')                days since 1970-01-01; NaN when there is no such date
 *   r:lowest-depth(text, open, close)   how far below zero brackets go: '»' without '«' is -1
 *   r:distance(a, b)                    letters to change, leave out or add (up to 9)
 *
 * Patterns are those of pattern.h. */
#include "check/functions.h"
#include "check/pattern.h"
#include "read/read.h"
#include "base/blank.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/variables.h>
#include <libxslt/xsltutils.h>

/* --- patterns, each compiled once ------------------------------------------------------- */

static struct known {
    char *text;
    struct pattern *pattern;
    struct known *next;
} * known;

static const struct pattern *find_pattern(xmlXPathParserContext *ctxt, const char *text)
{
    for (const struct known *k = known; k; k = k->next)
        if (strcmp(k->text, text) == 0)
            return k->pattern;
    size_t fault;
    struct pattern *p = check_compile_pattern(text, &fault);
    if (!p) {
        xsltTransformContext *transform = xsltXPathGetTransformContext(ctxt);
        xsltTransformError(transform, NULL, transform ? transform->inst : NULL,
                           "«%s» is no pattern from byte %zu on\n", text, fault);
        ctxt->error = XPATH_EXPR_ERROR;
        return NULL;
    }
    struct known *k = mem_zalloc(sizeof *k);
    k->text = mem_strdup(text);
    k->pattern = p;
    k->next = known;
    known = k;
    return p;
}

static void forget_patterns(void)
{
    while (known) {
        struct known *k = known;
        known = k->next;
        check_free_pattern(k->pattern);
        free(k->text);
        free(k);
    }
}

/* --- arguments --------------------------------------------------------------------------- */

static bool has_arguments(xmlXPathParserContext *ctxt, int nargs, int wanted)
{
    if (nargs == wanted)
        return true;
    xmlXPathSetArityError(ctxt);
    return false;
}

/* The last argument as a string; free with xmlFree. Never NULL. */
static char *pop_string(xmlXPathParserContext *ctxt)
{
    xmlChar *s = xmlXPathPopString(ctxt);
    return (char *)(s ? s : xmlStrdup((const xmlChar *)""));
}

static void push_buffer(xmlXPathParserContext *ctxt, struct buf *text)
{
    valuePush(ctxt, xmlXPathNewCString(buf_str(text)));
    buf_free(text);
}

/* --- patterns in text -------------------------------------------------------------------- */

static void find_first(xmlXPathParserContext *ctxt, int nargs, bool as_text)
{
    if (!has_arguments(ctxt, nargs, 2))
        return;
    char *pattern = pop_string(ctxt), *text = pop_string(ctxt);
    const struct pattern *p = find_pattern(ctxt, pattern);
    size_t start = 0, end = 0;
    bool found = p && check_search_pattern(p, text, strlen(text), 0, &start, &end);
    if (as_text) {
        struct buf match = BUF_EMPTY;
        buf_put(&match, text + start, found ? end - start : 0);
        push_buffer(ctxt, &match);
    } else {
        valuePush(ctxt, xmlXPathNewBoolean(found));
    }
    xmlFree(pattern);
    xmlFree(text);
}

static void r_find(xmlXPathParserContext *ctxt, int nargs)
{
    find_first(ctxt, nargs, true);
}

static void r_has(xmlXPathParserContext *ctxt, int nargs)
{
    find_first(ctxt, nargs, false);
}

static void r_replace(xmlXPathParserContext *ctxt, int nargs)
{
    if (!has_arguments(ctxt, nargs, 3))
        return;
    char *new = pop_string(ctxt), *pattern = pop_string(ctxt), *text = pop_string(ctxt);
    const struct pattern *p = find_pattern(ctxt, pattern);
    struct buf out = BUF_EMPTY;
    size_t len = strlen(text), done = 0, start, end;
    while (p && done < len && check_search_pattern(p, text, len, done, &start, &end) &&
           end > start) {
        buf_put(&out, text + done, start - done);
        buf_puts(&out, new);
        done = end;
    }
    buf_puts(&out, text + done);
    push_buffer(ctxt, &out);
    xmlFree(new);
    xmlFree(pattern);
    xmlFree(text);
}

/* --- places ------------------------------------------------------------------------------ */

/* Line ends in what an element, text, comment or instruction holds. */
static int count_lines_in(const xmlNode *node)
{
    int n = 0;
    if (node->type != XML_ELEMENT_NODE)
        return node->content ? blank_count_lines((const char *)node->content,
                                                 strlen((const char *)node->content))
                             : 0;
    for (const xmlNode *c = node->children; c; c = c->next)
        n += count_lines_in(c);
    return n;
}

/* Where a text begins: the parser keeps only lines of tags, so the line ends since the last tag
 * before it are counted. */
static int first_line(const xmlNode *text)
{
    int lines = 0;
    for (const xmlNode *n = text->prev; n; n = n->prev) {
        lines += count_lines_in(n);
        if (n->type == XML_ELEMENT_NODE && !n->_private)
            return lines + (int)xmlGetLineNo(n);
    }
    return lines + (text->parent ? (int)xmlGetLineNo(text->parent) : 0);
}

/* «file:line», `offset` bytes into a text. */
static void put_place(const xmlNode *node, size_t offset, struct buf *out)
{
    if (node->type == XML_ATTRIBUTE_NODE)
        node = node->parent;
    bool is_text = node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
    struct src_loc at = read_locate_node(node);
    xmlChar *file = NULL, *line = NULL;
    if (node->type == XML_ELEMENT_NODE) {
        file = xmlGetNoNsProp(node, (const xmlChar *)"file");
        line = xmlGetNoNsProp(node, (const xmlChar *)"line");
    }
    if (is_text)
        at.line = first_line(node) + blank_count_lines((const char *)node->content, offset);
    if (file && line)
        buf_printf(out, "%s:%s", (const char *)file, (const char *)line);
    else
        buf_printf(out, "%s:%d", at.file ? at.file : "", at.line);
    xmlFree(file);
    xmlFree(line);
}

static void r_at(xmlXPathParserContext *ctxt, int nargs)
{
    if (!has_arguments(ctxt, nargs, 1))
        return;
    xmlXPathObject *arg = valuePop(ctxt);
    struct buf place = BUF_EMPTY;
    if (arg && arg->nodesetval && arg->nodesetval->nodeNr) {
        xmlXPathNodeSetSort(arg->nodesetval);
        put_place(arg->nodesetval->nodeTab[0], 0, &place);
    }
    push_buffer(ctxt, &place);
    xmlXPathFreeObject(arg);
}

/* Where matches are gathered: a tree that is made when there is one. */
struct matches {
    xsltTransformContext *transform;
    xmlDoc *tree;
    xmlNodeSet *set;
};

static void add_match(struct matches *m, const char *text, size_t n, const xmlNode *node,
                      size_t offset)
{
    struct buf match = BUF_EMPTY, at = BUF_EMPTY;
    if (!m->tree) {
        m->tree = xsltCreateRVT(m->transform);
        REQUIRE(m->tree);
        xsltRegisterLocalRVT(m->transform, m->tree);
    }
    if (node)
        put_place(node, offset, &at);
    buf_put(&match, text, n);
    xmlNode *e = xmlNewDocRawNode(m->tree, NULL, (const xmlChar *)"match",
                                  (const xmlChar *)buf_str(&match));
    e->_private = (void *)(uintptr_t)node;
    xmlAddChild((xmlNode *)m->tree, e);
    xmlNewProp(e, (const xmlChar *)"at", (const xmlChar *)buf_str(&at));
    xmlXPathNodeSetAddUnique(m->set, e);
    buf_free(&match);
    buf_free(&at);
}

/* Every match in the text of `node`, or in a text that is no node's. */
static void match_text(const struct pattern *p, const char *text, const xmlNode *node,
                       struct matches *m)
{
    size_t len = strlen(text), from = 0, start, end;
    while (from < len && check_search_pattern(p, text, len, from, &start, &end)) {
        add_match(m, text + start, end - start, node, start);
        from = end > start ? end : end + 1;
    }
}

static void match_node(const struct pattern *p, const xmlNode *node, struct matches *m)
{
    bool is_text = node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
    if (is_text) {
        if (node->content)
            match_text(p, (const char *)node->content, node, m);
        return;
    }
    char *text = (char *)xmlNodeGetContent(node);
    if (text)
        match_text(p, text, node, m);
    xmlFree(text);
}

/* One call looks at all nodes: to be called for each of twenty thousand runs of text costs more
 * than to look at them. */
static void r_every(xmlXPathParserContext *ctxt, int nargs)
{
    if (!has_arguments(ctxt, nargs, 2))
        return;
    char *pattern = pop_string(ctxt);
    xmlXPathObject *nodes = valuePop(ctxt);
    const struct pattern *p = find_pattern(ctxt, pattern);
    xmlXPathObject *result = xmlXPathNewNodeSet(NULL);
    struct matches m = {xsltXPathGetTransformContext(ctxt), NULL, result->nodesetval};
    bool good = p && m.transform && nodes, is_set = good && nodes->type == XPATH_NODESET;
    for (int i = 0; is_set && nodes->nodesetval && i < nodes->nodesetval->nodeNr; i++)
        match_node(p, nodes->nodesetval->nodeTab[i], &m);
    if (good && !is_set) {
        xmlChar *text = xmlXPathCastToString(nodes);
        match_text(p, (const char *)text, NULL, &m);
        xmlFree(text);
    }
    valuePush(ctxt, result);
    xmlXPathFreeObject(nodes);
    xmlFree(pattern);
}

static void r_source(xmlXPathParserContext *ctxt, int nargs)
{
    if (!has_arguments(ctxt, nargs, 1))
        return;
    xmlXPathObject *match = valuePop(ctxt);
    bool any = match && match->nodesetval && match->nodesetval->nodeNr;
    xmlNode *node = any ? match->nodesetval->nodeTab[0]->_private : NULL;
    valuePush(ctxt, xmlXPathNewNodeSet(node));
    xmlXPathFreeObject(match);
}

/* --- dates, brackets, letters ------------------------------------------------------------ */

/* Days from 1970-01-01 in the Gregorian calendar; false when there is no such day. */
static bool count_days(int day, int month, int year, int64_t *days)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (year < 1 || month < 1 || month > 12 || day < 1 ||
        day > lengths[month - 1] + (month == 2 && leap))
        return false;
    int64_t y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
    *days = y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - 719468;
    return true;
}

static void r_days(xmlXPathParserContext *ctxt, int nargs)
{
    if (!has_arguments(ctxt, nargs, 1))
        return;
    char *text = pop_string(ctxt), rest;
    int day, month, year;
    int64_t days = 0;
    bool good = sscanf(text, "%2d.%2d.%4d%c", &day, &month, &year, &rest) == 3 &&
                count_days(day, month, year, &days);
    struct buf number = BUF_EMPTY;
    if (good)
        buf_putd(&number, days);
    xmlXPathObject *result = xmlXPathNewCString(good ? buf_str(&number) : "none");
    valuePush(ctxt, xmlXPathConvertNumber(result));
    buf_free(&number);
    xmlFree(text);
}

static void r_lowest_depth(xmlXPathParserContext *ctxt, int nargs)
{
    if (!has_arguments(ctxt, nargs, 3))
        return;
    char *close = pop_string(ctxt), *open = pop_string(ctxt), *text = pop_string(ctxt);
    int depth = 0, lowest = 0;
    size_t opens = strlen(open), closes = strlen(close);
    for (const char *at = text; *at && opens && closes; at++) {
        depth += (strncmp(at, open, opens) == 0) - (strncmp(at, close, closes) == 0);
        lowest = depth < lowest ? depth : lowest;
    }
    struct buf number = BUF_EMPTY;
    buf_putd(&number, lowest);
    valuePush(ctxt, xmlXPathConvertNumber(xmlXPathNewCString(buf_str(&number))));
    buf_free(&number);
    xmlFree(close);
    xmlFree(open);
    xmlFree(text);
}

enum { FARTHEST = 9, LONGEST_NAME = 400 };

static size_t decode(const char *text, uint32_t *out)
{
    const char *end = text + strlen(text);
    size_t n = 0;
    while (text < end && n < LONGEST_NAME)
        out[n++] = utf8_next(&text, end);
    return n;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* V. Levenshtein's distance, row by row. */
static size_t measure(const char *a, const char *b)
{
    static uint32_t as[LONGEST_NAME], bs[LONGEST_NAME];
    static size_t row[LONGEST_NAME + 1];
    size_t na = decode(a, as), nb = decode(b, bs);
    if (na > nb + FARTHEST || nb > na + FARTHEST)
        return FARTHEST;
    for (size_t j = 0; j <= nb; j++)
        row[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t above = row[j];
            row[j] = least(diagonal + (as[i - 1] != bs[j - 1]), least(above, row[j - 1]) + 1);
            diagonal = above;
        }
    }
    return least(row[nb], FARTHEST);
}

static void r_distance(xmlXPathParserContext *ctxt, int nargs)
{
    if (!has_arguments(ctxt, nargs, 2))
        return;
    char *b = pop_string(ctxt), *a = pop_string(ctxt);
    struct buf number = BUF_EMPTY;
    buf_putd(&number, (int64_t)measure(a, b));
    valuePush(ctxt, xmlXPathConvertNumber(xmlXPathNewCString(buf_str(&number))));
    buf_free(&number);
    xmlFree(a);
    xmlFree(b);
}

void check_register_functions(void)
{
    static const struct {
        const char *name;
        xmlXPathFunction function;
    } table[] = {
        {"find", r_find},     {"has", r_has},           {"every", r_every},
        {"source", r_source}, {"replace", r_replace},   {"at", r_at},
        {"days", r_days},     {"distance", r_distance}, {"lowest-depth", r_lowest_depth},
    };
    static bool done;
    if (done)
        return;
    done = true;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        xsltRegisterExtModuleFunction((const xmlChar *)table[i].name,
                                      (const xmlChar *)CHECK_NAMESPACE, table[i].function);
    atexit(forget_patterns);
}
