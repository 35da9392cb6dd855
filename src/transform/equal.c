/* xmlStrEqual for libxslt, in the place of libxml2's.
 *
 * libxslt asks of every instruction, each time it is executed, whether its namespace is that of
 * XSLT: two strings of 36 equal characters at different addresses. libxml2 compares them byte by
 * byte, which is a fifth of a transform. The program's definition comes before a library's, as
 * with malloc; it answers the same questions the same way. */
#include <libxml/xmlstring.h>
#include <string.h>

int xmlStrEqual(const xmlChar *a, const xmlChar *b)
{
    if (a == b)
        return 1;
    if (!a || !b || *a != *b)
        return 0;
    return strcmp((const char *)a, (const char *)b) == 0;
}
