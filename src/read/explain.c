/* The schema validator's findings in a clerk's words.
 *
 * libxml2 reports a code, the node, and an English sentence with names in it. The code says what
 * kind of fault it is; the names are taken from the sentence («Expected is one of ( … )») and
 * from the schema (see model.h), which knows more: whether the element may stand in its parent
 * at all, what the parent cannot do without, which attributes and values there are. */
#include "read/model.h"
#include "read/stage.h"

#include <stdlib.h>
#include <string.h>
#include <libxml/xmlerror.h>

/* Longer names than this are not compared letter by letter. */
enum { NAME_LONGEST = 63 };

struct fault {
    const xmlError *error;
    const xmlNode *node;
    const char *name; /* of the node */
    xmlDoc *schema;
    struct diag *diag;
};

__attribute__((format(printf, 2, 3))) static void say(const struct fault *f, const char *format,
                                                      ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    REQUIRE(n >= 0);
    diag_add(f->diag, DIAG_ERROR, read_locate_node(f->node), "read-schema", "%s", text);
    free(text);
}

char *read_quoted_word(const char *message, const char *before)
{
    const char *at = message ? strstr(message, before) : NULL;
    if (!at)
        return NULL;
    at += strlen(before);
    size_t n = strcspn(at, "'");
    char *word = mem_alloc(n + 1);
    memcpy(word, at, n);
    word[n] = '\0';
    return word;
}

static int least(int a, int b, int c)
{
    int m = a < b ? a : b;
    return m < c ? m : c;
}

/* How many letters must be changed, added or left out to make one name of the other. */
static int distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    if (n > NAME_LONGEST || m > NAME_LONGEST)
        return NAME_LONGEST;
    int row[NAME_LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int corner = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int above = row[j], same = corner + (a[i - 1] != b[j - 1]);
            row[j] = least(above + 1, row[j - 1] + 1, same);
            corner = above;
        }
    }
    return row[m];
}

/* Names gathered from the schema, and the one most like what the clerk wrote. */
struct names {
    const char *wanted;
    struct buf list; /* «<a>, <b>» or «a, b» */
    struct buf best;
    size_t count;
    int distance;
    bool is_there;                     /* `wanted` itself is among them */
    bool only_required, only_expected; /* gather nothing else */
    const xmlNode *before;             /* the sibling before the place of the fault; NULL */
    const char *expected;              /* the rest of the message from «Expected» on; NULL */
};

static void put_name(struct names *names, const char *name, bool tag)
{
    if (names->list.len)
        buf_puts(&names->list, ", ");
    buf_printf(&names->list, tag ? "<%s>" : "%s", name);
    names->count++;
    names->is_there = names->is_there || strcmp(name, names->wanted) == 0;
    int d = distance(names->wanted, name);
    if (!names->best.len || d < names->distance) {
        buf_clear(&names->best);
        buf_puts(&names->best, name);
        names->distance = d;
    }
}

/* Is the name in the «Expected is ( … )» of the message? */
static bool is_expected(const struct names *names, const char *name)
{
    const char *at = names->expected;
    size_t n = strlen(name);
    for (; at && (at = strchr(at, '}')) != NULL; at++)
        if (strncmp(at + 1, name, n) == 0 && strchr(", )", at[1 + n]))
            return true;
    return false;
}

/* Does an element of that name stand before the place of the fault? Then it is not missing. */
static bool is_there_before(const struct names *names, const char *name)
{
    for (const xmlNode *n = names->before; n; n = n->prev)
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0)
            return true;
    return false;
}

static void take_child(void *self, const char *name, bool required, xmlNode *declaration)
{
    struct names *names = self;
    (void)declaration;
    if ((!names->only_required || (required && !is_there_before(names, name))) &&
        (!names->only_expected || is_expected(names, name)))
        put_name(names, name, true);
}

static void take_attribute(void *self, const char *name, xmlNode *declaration)
{
    (void)declaration;
    put_name(self, name, false);
}

static void free_names(struct names *names)
{
    buf_free(&names->list);
    buf_free(&names->best);
}

/* Is the best name probably what was meant? Two slips, or one in a short name. */
static bool is_slip(const struct names *names)
{
    return names->best.len && !names->is_there &&
           names->distance <= (names->best.len > 4 ? 2 : 1);
}

/* The children the parent's declaration names, filtered. Free with free_names. */
static struct names children_of(const struct fault *f, const xmlNode *parent, bool expected,
                                bool required)
{
    struct names names = {.wanted = f->name, .only_expected = expected};
    names.only_required = required;
    names.before = f->node == parent ? parent->last : f->node->prev;
    names.expected = f->error->message ? strstr(f->error->message, "Expected") : NULL;
    xmlNode *declaration = read_find_declaration(f->schema, parent);
    if (declaration)
        read_each_child(declaration, take_child, &names);
    return names;
}

static bool has_namespace(const xmlNode *node)
{
    return node->ns && strcmp((const char *)node->ns->href, READ_NAMESPACE) == 0;
}

/* The element's name is not among those its parent may hold. */
static void explain_stranger(const struct fault *f, const char *parent, struct names *can)
{
    bool known = read_knows_element(f->schema, f->name);
    if (!known && is_slip(can))
        say(f, _("there is no element <%s>; did you mean <%s>?"), f->name, buf_str(&can->best));
    else if (!can->count)
        say(f, _("<%s> cannot stand in <%s>, which holds no elements"), f->name, parent);
    else if (known)
        say(f, _("<%s> cannot stand in <%s>; what can: %s"), f->name, parent,
            buf_str(&can->list));
    else
        say(f, _("there is no element <%s>; what can stand in <%s>: %s"), f->name, parent,
            buf_str(&can->list));
}

/* The element may stand in its parent, but not in this place. */
static void explain_misplaced(const struct fault *f, const char *parent)
{
    const xmlNode *before = xmlPreviousElementSibling((xmlNode *)f->node);
    struct names first = children_of(f, f->node->parent, true, true);
    struct names here = children_of(f, f->node->parent, true, false);
    if (first.count)
        say(f, _("in <%s>, %s is missing before <%s>"), parent, buf_str(&first.list), f->name);
    else if (before && strcmp((const char *)before->name, f->name) == 0)
        say(f, _("there cannot be more than one <%s> in this place of <%s>"), f->name, parent);
    else if (here.count)
        say(f, _("<%s> is out of place in <%s>; what can stand here: %s"), f->name, parent,
            buf_str(&here.list));
    else
        say(f, _("<%s> is out of place in <%s>: nothing more can follow here"), f->name,
            parent);
    free_names(&first);
    free_names(&here);
}

static void explain_unexpected(const struct fault *f)
{
    const char *parent = (const char *)f->node->parent->name;
    struct names can = children_of(f, f->node->parent, false, false);
    if (!has_namespace(f->node))
        say(f,
            _("<%s> is not of the namespace %s; write xmlns=\"%s\" in the file's root element"),
            f->name, READ_NAMESPACE, READ_NAMESPACE);
    else if (can.is_there)
        explain_misplaced(f, parent);
    else
        explain_stranger(f, parent, &can);
    free_names(&can);
}

static void explain_missing(const struct fault *f)
{
    struct names needed = children_of(f, f->node, true, true);
    struct names any = children_of(f, f->node, true, false);
    if (needed.count)
        say(f, _("in <%s> there is no %s"), f->name, buf_str(&needed.list));
    else
        say(f, _("in <%s> one of these is missing: %s"), f->name, buf_str(&any.list));
    free_names(&needed);
    free_names(&any);
}

static void take_root(void *self, const char *name, bool required, xmlNode *declaration)
{
    (void)required, (void)declaration;
    put_name(self, name, true);
}

static void explain_root(const struct fault *f)
{
    struct names roots = {.wanted = f->name};
    read_each_root(f->schema, take_root, &roots);
    if (roots.is_there)
        say(f, _("the root element <%s> is not of the namespace %s; write <%s xmlns=\"%s\">"),
            f->name, READ_NAMESPACE, f->name, READ_NAMESPACE);
    else if (is_slip(&roots))
        say(f, _("there is no kind of document <%s>; did you mean <%s>?"), f->name,
            buf_str(&roots.best));
    else
        say(f, _("there is no kind of document <%s>; the root element can be: %s"), f->name,
            buf_str(&roots.list));
    free_names(&roots);
}

/* The beginning of a value, to be quoted; the caller frees. */
static char *shorten(const char *value)
{
    enum { SHOWN = 60 };
    size_t n = strlen(value), shown = n > SHOWN ? SHOWN : n;
    while (shown < n && ((unsigned char)value[shown] & 0xC0) == 0x80)
        shown++; /* a whole character */
    struct buf b = BUF_EMPTY;
    buf_put(&b, value, shown);
    buf_puts(&b, shown < n ? "…" : "");
    return b.bytes;
}

/* Text where only elements may stand: quote its beginning, at the line where it begins. */
static void explain_text(const struct fault *f)
{
    for (const xmlNode *n = f->node->children; n; n = n->next) {
        const char *text = n->type == XML_TEXT_NODE ? (const char *)n->content : "";
        text += strspn(text, " \t\r\n");
        if (!*text)
            continue;
        char *line = mem_strdup(text);
        line[strcspn(line, "\r\n")] = '\0';
        char *shown = shorten(line);
        struct fault at = *f;
        at.node = n;
        say(&at, _("text cannot stand in <%s> directly: «%s»"), f->name, shown);
        free(shown);
        free(line);
        return;
    }
    say(f, _("text cannot stand in <%s> directly"), f->name);
}

static void explain_missing_attribute(const struct fault *f, const char *attribute)
{
    struct buf values = BUF_EMPTY;
    xmlNode *d = read_find_attribute(f->schema, f->node, attribute);
    if (d && read_describe_values(d, &values))
        say(f, _("<%s> has no attribute %s (%s)"), f->name, attribute, buf_str(&values));
    else
        say(f, _("<%s> has no attribute %s"), f->name, attribute);
    buf_free(&values);
}

static void explain_unknown_attribute(const struct fault *f, const char *attribute)
{
    struct names can = {.wanted = attribute};
    xmlNode *declaration = read_find_declaration(f->schema, f->node);
    if (declaration)
        read_each_attribute(declaration, take_attribute, &can);
    if (is_slip(&can))
        say(f, _("<%s> cannot have the attribute %s; did you mean %s?"), f->name, attribute,
            buf_str(&can.best));
    else if (can.count)
        say(f, _("<%s> cannot have the attribute %s; what it can have: %s"), f->name, attribute,
            buf_str(&can.list));
    else
        say(f, _("<%s> cannot have attributes; found: %s"), f->name, attribute);
    free_names(&can);
}

/* The line where the id is given first, when this is the second time; else 0. */
static int line_of_first(const struct fault *f, const char *attribute, const char *value)
{
    const xmlAttr *first = xmlGetID(f->node->doc, (const xmlChar *)value);
    const xmlAttr *this = xmlHasProp((xmlNode *)f->node, (const xmlChar *)attribute);
    return first && first != this ? (int)xmlGetLineNo(first->parent) : 0;
}

static void explain_attribute_value(const struct fault *f, const char *attribute)
{
    struct buf values = BUF_EMPTY;
    char *value = (char *)xmlGetNoNsProp((xmlNode *)f->node, (const xmlChar *)attribute);
    char *v = shorten(value ? value : "");
    xmlNode *d = read_find_attribute(f->schema, f->node, attribute);
    int line = line_of_first(f, attribute, value ? value : "");
    if (line && strstr(f->error->message, "xs:ID'"))
        say(f, _("the id «%s» is given twice, first in line %d"), v, line);
    else if (d && read_describe_values(d, &values))
        say(f, _("the value «%s» of the attribute %s does not fit; what does: %s"), v,
            attribute, buf_str(&values));
    else
        say(f, _("the value «%s» of the attribute %s does not fit"), v, attribute);
    free(v);
    xmlFree(value);
    buf_free(&values);
}

static void explain_element_value(const struct fault *f)
{
    struct buf values = BUF_EMPTY;
    xmlChar *content = xmlNodeGetContent(f->node);
    char *value = shorten((const char *)content);
    xmlFree(content);
    xmlNode *d = read_find_declaration(f->schema, f->node);
    if (d && read_describe_values(d, &values))
        say(f, _("the value «%s» of <%s> does not fit; what does: %s"), value, f->name,
            buf_str(&values));
    else
        say(f, _("the value «%s» of <%s> does not fit"), value, f->name);
    free(value);
    buf_free(&values);
}

static bool is_value_fault(int code)
{
    return (code >= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 &&
            code <= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3) ||
           (code >= XML_SCHEMAV_CVC_LENGTH_VALID &&
            code <= XML_SCHEMAV_CVC_ENUMERATION_VALID) ||
           code == XML_SCHEMAV_CVC_FACET_VALID;
}

static void explain_attribute(const struct fault *f, const char *attribute)
{
    if (f->error->code == XML_SCHEMAV_CVC_COMPLEX_TYPE_4)
        explain_missing_attribute(f, attribute);
    else if (f->error->code == XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1 ||
             f->error->code == XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2)
        explain_unknown_attribute(f, attribute);
    else
        explain_attribute_value(f, attribute);
}

static void explain_element(const struct fault *f)
{
    const char *message = f->error->message ? f->error->message : "";
    switch (f->error->code) {
    case XML_SCHEMAV_ELEMENT_CONTENT:
        if (strstr(message, "Missing child"))
            explain_missing(f);
        else
            explain_unexpected(f);
        return;
    case XML_SCHEMAV_CVC_ELT_1:
        explain_root(f);
        return;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
        say(f, _("<%s> must be empty"), f->name);
        return;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2:
        say(f, _("<%s> can hold text only, no elements"), f->name);
        return;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
        explain_text(f);
        return;
    default:
        if (is_value_fault(f->error->code))
            explain_element_value(f);
        else
            say(f, _("<%s> does not fit the schema: %.*s"), f->name,
                (int)strcspn(message, "\n"), message);
    }
}

void read_explain(const xmlError *error, xmlDoc *schema, struct diag *diag)
{
    const xmlNode *node = error->node;
    if (node->type == XML_ATTRIBUTE_NODE)
        node = node->parent;
    struct fault f = {error, node, (const char *)node->name, schema, diag};
    char *attribute = read_quoted_word(error->message, "attribute '");
    const char *brace = attribute ? strchr(attribute, '}') : NULL;
    if (attribute) /* «{namespace}name» */
        explain_attribute(&f, brace ? brace + 1 : attribute);
    else
        explain_element(&f);
    free(attribute);
}
