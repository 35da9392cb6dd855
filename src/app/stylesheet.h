/* Which stylesheet sets a document. */
#ifndef PRIKAZ_APP_STYLESHEET_H
#define PRIKAZ_APP_STYLESHEET_H

#include "base/diag.h"

#include <libxml/tree.h>

/* The path of <templates>/NAME/NAME.xsl for the root element NAME; the caller frees. NULL: it
 * cannot be read, and that is told. */
char *app_find_stylesheet(const char *templates, const xmlNode *root, struct diag *diag);

#endif
