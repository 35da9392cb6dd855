/* Values of variables in XPath, found by the addresses of their names: see variables.h.
 *
 * libxslt looks through the variables of the template at hand twice, by address and once more
 * after it has looked the name up in its dictionary, and then for a global one in a hash table of
 * names: an order asks five thousand times, most often for settings, which are global. Names in
 * compiled expressions are in the dictionary already, so that addresses are enough, and where a
 * global variable is stays as it is while a transform runs. Whatever is not at hand (a variable
 * that is yet to be computed, a name put together while running) is asked of libxslt. */
#include "transform/variables.h"

#include <stdint.h>
#include <string.h>
#include <libxml/xpathInternals.h>
#include <libxslt/variables.h>

/* Global variables by the addresses of their names: most sheets have about a hundred. */
enum { PLACES = 512 };

/* Of the transform that runs: there is one at a time in a process. */
static struct {
    const xmlChar *name;
    const xsltStackElem *variable;
} global[PLACES];

static const xsltStackElem *find_local(const xsltTransformContext *ctxt, const xmlChar *name,
                                       const xmlChar *uri)
{
    for (int i = ctxt->varsNr; i > ctxt->varsBase; i--)
        for (const xsltStackElem *v = ctxt->varsTab[i - 1]; v; v = v->next)
            if (v->name == name && v->nameURI == uri)
                return v;
    return NULL;
}

static const xsltStackElem *find_global(const xsltTransformContext *ctxt, const xmlChar *name)
{
    size_t i = ((uintptr_t)name ^ (uintptr_t)name >> 9) % PLACES;
    if (global[i].name == name)
        return global[i].variable;
    const xsltStackElem *found = xmlHashLookup2(ctxt->globalVars, name, NULL);
    if (!found || found->name != name)
        return NULL; /* the name is not in the dictionary: its address means nothing */
    global[i].name = name;
    global[i].variable = found;
    return found;
}

static xmlXPathObject *look_up(void *self, const xmlChar *name, const xmlChar *uri)
{
    const xsltTransformContext *ctxt = self;
    const xsltStackElem *v = find_local(ctxt, name, uri);
    if (!v && !uri && ctxt->globalVars)
        v = find_global(ctxt, name);
    if (!v || !v->computed || !v->value)
        return xsltXPathVariableLookup(self, name, uri);
    return xmlXPathObjectCopy(v->value);
}

void transform_find_variables(xsltTransformContext *ctxt)
{
    memset(global, 0, sizeof global);
    xmlXPathRegisterVariableLookup(ctxt->xpathCtxt, look_up, ctxt);
}
