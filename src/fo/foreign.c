/* Foreign content of fo:instream-foreign-object: SVG is copied into a document of its own, which
 * the fo_document keeps; anything else is refused. */
#include "fo/builder.h"

#include <string.h>

static xmlNs *find_ns(xmlDoc *doc, xmlNode *node, const char *uri, const char *prefix)
{
    const xmlChar *href = (const xmlChar *)uri, *name = (const xmlChar *)prefix;
    xmlNs *ns = xmlSearchNs(doc, node, name);
    if (ns && xmlStrEqual(ns->href, href))
        return ns;
    if (prefix && strcmp(prefix, "xml") == 0)
        return xmlSearchNsByHref(doc, node, href);
    return xmlNewNs(node, href, name);
}

static void copy_attr(xmlDoc *doc, xmlNode *node, const struct fo_attr *a)
{
    xmlNs *ns = a->uri ? find_ns(doc, node, a->uri, a->prefix) : NULL;
    xmlChar *value = xmlStrndup((const xmlChar *)a->value.s, (int)a->value.len);
    xmlAttr *attr = xmlNewNsProp(node, ns, (const xmlChar *)a->name, NULL);
    REQUIRE(value && attr);
    /* as a text node, because xmlNewNsProp would read «&» in the value as markup */
    attr->children = xmlNewDocText(doc, value);
    REQUIRE(attr->children);
    attr->children->parent = (xmlNode *)attr;
    attr->last = attr->children;
    xmlFree(value);
}

static xmlNode *copy_element(struct fo_builder *b, const struct fo_event *ev, xmlNode *parent)
{
    xmlDoc *doc = b->doc->keep;
    xmlNode *node = xmlNewDocNode(doc, NULL, (const xmlChar *)ev->name, NULL);
    REQUIRE(node);
    xmlAddChild(parent, node);
    int line = b->cx->loc.line;
    node->line = (unsigned short)(line > UINT16_MAX ? UINT16_MAX : line);
    if (ev->uri)
        node->ns = find_ns(doc, node, ev->uri, ev->prefix);
    for (size_t i = 0; i < ev->attr_count; i++)
        copy_attr(doc, node, &ev->attrs[i]);
    return node;
}

void fo_foreign_start(struct fo_builder *b, const struct fo_event *ev)
{
    struct fo_node *object = b->frames[b->depth - 1].node;
    if (!b->foreign) {
        bool svg = ev->uri && strcmp(ev->uri, SVG_NAMESPACE) == 0;
        if (!svg || object->as.graphic.svg) {
            fo_fault(b, DIAG_ERROR, b->cx->loc, "fo-element",
                     svg ? _("<%.60s> is the second in <fo:instream-foreign-object>; it is "
                             "left out")
                         : _("<%.60s> is not SVG, and no other foreign content is supported; "
                             "it is left out"),
                     ev->name);
            b->skipping = 1;
            return;
        }
        if (!b->doc->keep)
            b->doc->keep = xmlNewDoc((const xmlChar *)"1.0");
        REQUIRE(b->doc->keep);
        b->foreign_at = copy_element(b, ev, b->doc->keep);
        object->as.graphic.svg = b->foreign_at;
    } else {
        b->foreign_at = copy_element(b, ev, b->foreign_at);
    }
    b->foreign++;
}

void fo_foreign_text(struct fo_builder *b, const char *bytes, size_t len)
{
    for (; len;) {
        int n = len > 1000000000 ? 1000000000 : (int)len;
        xmlNodeAddContentLen(b->foreign_at, (const xmlChar *)bytes, n);
        bytes += n;
        len -= (size_t)n;
    }
}

void fo_foreign_end(struct fo_builder *b)
{
    b->foreign--;
    b->foreign_at = b->foreign ? b->foreign_at->parent : NULL;
}
