/* QR codes as SVG: see qr.h.
 *
 * libqrencode gives one byte a module, the lowest bit says dark. Dark modules that follow each
 * other in a row become one rectangle of the path, so that no hairlines show between them and the
 * path of a common code stays under a few kilobytes. The text is encoded byte by byte as UTF-8,
 * in the smallest version that holds it. */
#include "transform/qr.h"
#include "base/buf.h"
#include "base/mem.h"

#include <string.h>
#include <libxslt/extensions.h>
#include <libxslt/variables.h>
#include <libxslt/xsltutils.h>
#include <qrencode.h>

enum { QUIET = 4 }; /* modules around the code */

static QRecLevel find_level(const char *name)
{
    switch (name ? *name : 'M') {
    case 'L':
        return QR_ECLEVEL_L;
    case 'Q':
        return QR_ECLEVEL_Q;
    case 'H':
        return QR_ECLEVEL_H;
    default:
        return QR_ECLEVEL_M;
    }
}

/* The dark runs of all rows: «M4 4h7v1h-7z…». */
static void put_path(struct buf *path, const QRcode *code)
{
    int n = code->width;
    for (int y = 0; y < n; y++) {
        const unsigned char *row = code->data + (size_t)y * (size_t)n;
        for (int x = 0; x < n; x++) {
            int from = x;
            while (x < n && (row[x] & 1))
                x++;
            if (x > from)
                buf_printf(path, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from,
                           x - from);
        }
    }
}

static void set_attribute(xmlNode *node, const char *name, const char *value)
{
    REQUIRE(xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)value));
}

static xmlNode *make_svg(xmlDoc *doc, const QRcode *code)
{
    struct buf path = BUF_EMPTY, box = BUF_EMPTY;
    xmlNode *svg = xmlNewDocNode(doc, NULL, (const xmlChar *)"svg", NULL);
    REQUIRE(svg);
    xmlSetNs(svg, xmlNewNs(svg, (const xmlChar *)"http://www.w3.org/2000/svg", NULL));
    xmlNode *shape = xmlNewChild(svg, svg->ns, (const xmlChar *)"path", NULL);
    REQUIRE(svg->ns && shape);
    buf_printf(&box, "0 0 %d %d", code->width + 2 * QUIET, code->width + 2 * QUIET);
    set_attribute(svg, "viewBox", buf_str(&box));
    put_path(&path, code);
    set_attribute(shape, "fill", "#000000");
    set_attribute(shape, "d", buf_str(&path));
    buf_free(&path);
    buf_free(&box);
    return svg;
}

void transform_make_qr(xmlXPathParserContext *ctxt, int nargs)
{
    if (nargs < 1 || nargs > 2) {
        xmlXPathSetArityError(ctxt);
        return;
    }
    xmlChar *level = nargs == 2 ? xmlXPathPopString(ctxt) : NULL;
    xmlChar *text = xmlXPathPopString(ctxt);
    xsltTransformContext *transform = xsltXPathGetTransformContext(ctxt);
    xmlXPathObject *result = xmlXPathNewNodeSet(NULL);
    QRcode *code = NULL;
    if (transform && text && *text)
        code = QRcode_encodeString8bit((const char *)text, 0, find_level((const char *)level));
    if (code) {
        xmlDoc *tree = xsltCreateRVT(transform);
        REQUIRE(tree);
        xsltRegisterLocalRVT(transform, tree);
        xmlNode *svg = make_svg(tree, code);
        xmlAddChild((xmlNode *)tree, svg);
        xmlXPathNodeSetAddUnique(result->nodesetval, svg);
        QRcode_free(code);
    }
    valuePush(ctxt, result);
    xmlFree(text);
    xmlFree(level);
}
