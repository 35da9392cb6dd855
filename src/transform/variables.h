/* Variables of stylesheets by a shorter way than libxslt's. */
#ifndef PRIKAZ_TRANSFORM_VARIABLES_H
#define PRIKAZ_TRANSFORM_VARIABLES_H

#include <libxslt/xsltInternals.h>

/* From now on, until another transform begins, expressions of this one find their variables by
 * the shorter way; what they get is the same. */
void transform_find_variables(xsltTransformContext *ctxt);

#endif
