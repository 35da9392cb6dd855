/* A small reading of XSD 1.0: names, content models, attributes and values of declarations.
 *
 * It serves messages only; whether a document is valid is decided by libxml2, which compiled the
 * same schema, so that references in it are known to resolve and not to run in circles. Covered
 * is what a schema of ours uses: named and anonymous types, sequence, choice, all, group,
 * extension and restriction, attributeGroup, enumeration, union and list. */
#include "read/model.h"
#include "read/stage.h"

#include <stdlib.h>
#include <string.h>

/* Groups in groups in types derived from types: deeper than this is a circle. */
enum { DEEPEST = 64 };

static bool is_xsd(const xmlNode *node, const char *name)
{
    return read_is_element(node, READ_XSD_NAMESPACE, name);
}

/* An attribute of a schema element, borrowed; NULL. */
static const char *value_of(const xmlNode *node, const char *name)
{
    const xmlAttr *a = xmlHasProp(node, (const xmlChar *)name);
    return a && a->children ? (const char *)a->children->content : NULL;
}

static const char *local_part(const char *qname)
{
    const char *colon = strchr(qname, ':');
    return colon ? colon + 1 : qname;
}

/* Is the QName, as written at `node`, one of XSD's own types? */
static bool is_builtin(const xmlNode *node, const char *qname)
{
    const char *colon = strchr(qname, ':');
    xmlChar *prefix = colon ? xmlStrndup((const xmlChar *)qname, (int)(colon - qname)) : NULL;
    const xmlNs *ns = xmlSearchNs(node->doc, (xmlNode *)node, prefix);
    xmlFree(prefix);
    return ns && strcmp((const char *)ns->href, READ_XSD_NAMESPACE) == 0;
}

/* The global xs:KIND of that name. */
static xmlNode *find_global(const xmlDoc *schema, const char *kind, const char *qname)
{
    const xmlNode *root = xmlDocGetRootElement(schema);
    for (xmlNode *n = root ? root->children : NULL; n && qname; n = n->next) {
        const char *name = is_xsd(n, kind) ? value_of(n, "name") : NULL;
        if (name && strcmp(name, local_part(qname)) == 0)
            return n;
    }
    return NULL;
}

static xmlNode *find_part(const xmlNode *node, const char *kind)
{
    for (xmlNode *n = node->children; n; n = n->next)
        if (is_xsd(n, kind))
            return n;
    return NULL;
}

/* A declaration that only refers to a global one stands for it. */
static xmlNode *follow_ref(xmlNode *node, const char *kind)
{
    const char *ref = value_of(node, "ref");
    return ref ? find_global(node->doc, kind, ref) : node;
}

/* The xs:complexType of an element declaration; NULL when it is simple. */
static xmlNode *complex_type(xmlNode *declaration)
{
    const char *type = value_of(declaration, "type");
    if (!type)
        return find_part(declaration, "complexType");
    return is_builtin(declaration, type) ? NULL
                                         : find_global(declaration->doc, "complexType", type);
}

static bool says_mixed(const xmlNode *node)
{
    const char *mixed = node ? value_of(node, "mixed") : NULL;
    return mixed && (strcmp(mixed, "true") == 0 || strcmp(mixed, "1") == 0);
}

static bool type_holds_text(const xmlNode *type)
{
    return find_part(type, "simpleContent") || says_mixed(type) ||
           says_mixed(find_part(type, "complexContent"));
}

/* The names of global complex types in which no text may stand, sorted. */
struct type_names {
    const char **items;
    size_t len, cap;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct type_names bare_types(const xmlDoc *schema)
{
    struct type_names names = {NULL, 0, 0};
    const xmlNode *root = xmlDocGetRootElement(schema);
    for (const xmlNode *n = root ? root->children : NULL; n; n = n->next) {
        const char *name = is_xsd(n, "complexType") ? value_of(n, "name") : NULL;
        if (name && !type_holds_text(n))
            VEC_PUSH(&names, name);
    }
    if (names.len)
        qsort(names.items, names.len, sizeof *names.items, by_name);
    return names;
}

static bool may_hold_text(const struct type_names *bare, const xmlNode *declaration)
{
    const char *type = value_of(declaration, "type");
    const char *name = type ? local_part(type) : NULL;
    const xmlNode *own = type ? NULL : find_part(declaration, "complexType");
    if (!type)
        return !own || type_holds_text(own);
    return !bare->len || !bsearch(&name, bare->items, bare->len, sizeof name, by_name) ||
           is_builtin(declaration, type);
}

void read_each_element(xmlDoc *schema, void (*fn)(void *self, const char *name, bool text),
                       void *self)
{
    struct type_names bare = bare_types(schema);
    xmlNode *n = xmlDocGetRootElement(schema);
    for (xmlNode *next; n; n = next) {
        const char *name = is_xsd(n, "element") ? value_of(n, "name") : NULL;
        if (name)
            fn(self, name, may_hold_text(&bare, n));
        next = n->type == XML_ELEMENT_NODE ? n->children : NULL;
        for (; !next && n && n->type != XML_DOCUMENT_NODE; n = n->parent)
            next = n->next;
    }
    free(bare.items);
}

struct child_walk {
    read_child_fn *fn;
    void *self;
    int depth;
};

static void walk_particles(struct child_walk *walk, xmlNode *node, bool required)
{
    if (!node || walk->depth >= DEEPEST)
        return;
    walk->depth++;
    for (xmlNode *n = node->children; n; n = n->next) {
        const char *min = n->type == XML_ELEMENT_NODE ? value_of(n, "minOccurs") : NULL;
        bool needed = required && !(min && strcmp(min, "0") == 0);
        if (is_xsd(n, "element")) {
            xmlNode *d = follow_ref(n, "element");
            const char *name = d ? value_of(d, "name") : NULL;
            if (name)
                walk->fn(walk->self, name, needed, d);
        } else if (is_xsd(n, "sequence") || is_xsd(n, "all")) {
            walk_particles(walk, n, needed);
        } else if (is_xsd(n, "choice")) {
            walk_particles(walk, n, false);
        } else if (is_xsd(n, "group")) {
            walk_particles(walk, follow_ref(n, "group"), needed);
        } else if (is_xsd(n, "complexContent") || is_xsd(n, "restriction")) {
            walk_particles(walk, n, required);
        } else if (is_xsd(n, "extension")) {
            const char *base = value_of(n, "base");
            walk_particles(walk, find_global(n->doc, "complexType", base), required);
            walk_particles(walk, n, required);
        }
    }
    walk->depth--;
}

void read_each_child(xmlNode *declaration, read_child_fn *fn, void *self)
{
    struct child_walk walk = {fn, self, 0};
    walk_particles(&walk, complex_type(declaration), true);
}

struct attribute_walk {
    read_attribute_fn *fn;
    void *self;
    int depth;
};

static void walk_attributes(struct attribute_walk *walk, xmlNode *node)
{
    if (!node || walk->depth >= DEEPEST)
        return;
    walk->depth++;
    for (xmlNode *n = node->children; n; n = n->next) {
        if (is_xsd(n, "attribute")) {
            xmlNode *d = follow_ref(n, "attribute");
            const char *name = d ? value_of(d, "name") : NULL;
            if (name)
                walk->fn(walk->self, name, d);
        } else if (is_xsd(n, "attributeGroup")) {
            walk_attributes(walk, follow_ref(n, "attributeGroup"));
        } else if (is_xsd(n, "complexContent") || is_xsd(n, "simpleContent") ||
                   is_xsd(n, "restriction")) {
            walk_attributes(walk, n);
        } else if (is_xsd(n, "extension")) {
            walk_attributes(walk, find_global(n->doc, "complexType", value_of(n, "base")));
            walk_attributes(walk, n);
        }
    }
    walk->depth--;
}

void read_each_attribute(xmlNode *declaration, read_attribute_fn *fn, void *self)
{
    struct attribute_walk walk = {fn, self, 0};
    walk_attributes(&walk, complex_type(declaration));
}

void read_each_root(xmlDoc *schema, read_child_fn *fn, void *self)
{
    const xmlNode *root = xmlDocGetRootElement(schema);
    for (xmlNode *n = root ? root->children : NULL; n; n = n->next) {
        const char *name = is_xsd(n, "element") ? value_of(n, "name") : NULL;
        if (name)
            fn(self, name, false, n);
    }
}

struct search {
    const char *name;
    xmlNode *found;
};

static void match_child(void *self, const char *name, bool required, xmlNode *declaration)
{
    struct search *s = self;
    (void)required;
    if (!s->found && strcmp(name, s->name) == 0)
        s->found = declaration;
}

static void match_attribute(void *self, const char *name, xmlNode *declaration)
{
    match_child(self, name, false, declaration);
}

xmlNode *read_find_declaration(xmlDoc *schema, const xmlNode *node)
{
    const xmlNode *path[READ_MAX_DEPTH + 1];
    size_t n = 0;
    for (; node && node->type == XML_ELEMENT_NODE && n <= READ_MAX_DEPTH; node = node->parent)
        path[n++] = node;
    if (n == 0)
        return NULL;
    xmlNode *at = find_global(schema, "element", (const char *)path[--n]->name);
    while (at && n > 0) {
        struct search s = {(const char *)path[--n]->name, NULL};
        read_each_child(at, match_child, &s);
        at = s.found;
    }
    return at;
}

xmlNode *read_find_attribute(xmlDoc *schema, const xmlNode *node, const char *name)
{
    struct search s = {name, NULL};
    xmlNode *declaration = read_find_declaration(schema, node);
    if (declaration)
        read_each_attribute(declaration, match_attribute, &s);
    return s.found;
}

bool read_knows_element(xmlDoc *schema, const char *name)
{
    xmlNode *root = xmlDocGetRootElement(schema);
    for (xmlNode *n = root; n;) {
        const char *declared = is_xsd(n, "element") ? value_of(n, "name") : NULL;
        if (declared && strcmp(declared, name) == 0)
            return true;
        xmlNode *next = n->children;
        while (!next && n && n != root) {
            next = n->next;
            n = n->parent;
        }
        n = next;
    }
    return false;
}

/* Built-in types a schema of ours may use, in words. */
static const char *builtin_phrase(const char *name)
{
    static const struct {
        const char *name, *phrase;
    } table[] = {
        {"date", N_("a date like 2021-02-16")},
        {"gYear", N_("a year like 2021")},
        {"boolean", N_("true or false")},
        {"integer", N_("a whole number")},
        {"int", N_("a whole number")},
        {"decimal", N_("a number, the decimal sign is a full stop")},
        {"positiveInteger", N_("a whole number from 1")},
        {"nonNegativeInteger", N_("a whole number from 0")},
        {"ID", N_("a name of letters, digits, «-» and «_» that begins with a letter")},
        {"NCName", N_("a name of letters, digits, «-» and «_» that begins with a letter")},
        {"NMTOKEN", N_("letters, digits, «-», «_» and «.», without spaces")},
        {"IDREF", N_("the id of another element")},
        {"language", N_("a language code like ru")},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0)
            return _(table[i].phrase);
    return NULL;
}

/* The first line of the documentation in the user's language. */
static bool put_documentation(const xmlNode *type, struct buf *out)
{
    /* TRANSLATORS: the code of your language, as in xml:lang of the schema's documentation. */
    const char *language = _("en");
    const xmlNode *annotation = find_part(type, "annotation");
    for (xmlNode *n = annotation ? annotation->children : NULL; n; n = n->next) {
        xmlChar *lang = is_xsd(n, "documentation") ? xmlNodeGetLang(n) : NULL;
        bool ours = lang && strcmp((const char *)lang, language) == 0;
        xmlFree(lang);
        if (!ours)
            continue;
        xmlChar *text = xmlNodeGetContent(n);
        const char *from = (const char *)text + strspn((const char *)text, " \t\r\n");
        buf_put(out, from, strcspn(from, "\r\n"));
        xmlFree(text);
        return true;
    }
    return false;
}

/* Append the enumerated values of a simple type, and those of what it is derived from. */
static void put_enumeration(xmlNode *type, struct buf *out)
{
    xmlNode *restriction = type ? find_part(type, "restriction") : NULL;
    for (xmlNode *n = restriction ? restriction->children : NULL; n; n = n->next) {
        const char *value = is_xsd(n, "enumeration") ? value_of(n, "value") : NULL;
        if (value)
            buf_printf(out, "%s%s", out->len ? ", " : "", value);
    }
    xmlNode *variants = type ? find_part(type, "union") : NULL;
    for (xmlNode *n = variants ? variants->children : NULL; n; n = n->next)
        if (is_xsd(n, "simpleType"))
            put_enumeration(n, out);
}

static bool describe_type(xmlNode *type, struct buf *out, int depth)
{
    struct buf values = BUF_EMPTY;
    put_enumeration(type, &values);
    buf_put(out, buf_str(&values), values.len);
    bool said = values.len > 0 || put_documentation(type, out);
    buf_free(&values);
    xmlNode *restriction = find_part(type, "restriction");
    const char *base = restriction ? value_of(restriction, "base") : NULL;
    if (said || !base || depth > DEEPEST)
        return said;
    if (is_builtin(restriction, base)) {
        const char *phrase = builtin_phrase(local_part(base));
        buf_puts(out, phrase ? phrase : "");
        return phrase != NULL;
    }
    xmlNode *up = find_global(type->doc, "simpleType", base);
    return up && describe_type(up, out, depth + 1);
}

bool read_describe_values(xmlNode *declaration, struct buf *out)
{
    const char *type = value_of(declaration, "type");
    xmlNode *complex = complex_type(declaration);
    xmlNode *simple_content = complex ? find_part(complex, "simpleContent") : NULL;
    if (simple_content) {
        xmlNode *extension = find_part(simple_content, "extension");
        type = extension ? value_of(extension, "base") : NULL;
    }
    if (type && is_builtin(declaration, type)) {
        const char *phrase = builtin_phrase(local_part(type));
        buf_puts(out, phrase ? phrase : "");
        return phrase != NULL;
    }
    xmlNode *simple = type ? find_global(declaration->doc, "simpleType", type)
                           : find_part(declaration, "simpleType");
    return simple && describe_type(simple, out, 0);
}
