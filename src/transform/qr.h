/* QR codes for templates: px:qr(text, level?). */
#ifndef PRIKAZ_TRANSFORM_QR_H
#define PRIKAZ_TRANSFORM_QR_H

#include <libxml/xpathInternals.h>

/* The XPath function px:qr(text, level?): an <svg> element of one filled path, in its viewBox a
 * unit a module, with the quiet zone of four modules (ISO/IEC 18004). `level` is the error
 * correction: L, M (when nothing or anything else is given), Q or H. An empty node-set when the
 * text is empty or longer than a code can hold. The element belongs to the running transform. */
void transform_make_qr(xmlXPathParserContext *ctxt, int nargs);

#endif
