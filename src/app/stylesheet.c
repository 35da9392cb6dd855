/* A stylesheet is found by the name of the root element: see stylesheet.h. */
#include "app/stylesheet.h"
#include "base/buf.h"
#include "base/file.h"
#include "read/read.h"

#include <errno.h>
#include <unistd.h>

char *app_find_stylesheet(const char *templates, const xmlNode *root, struct diag *diag)
{
    const char *name = (const char *)root->name;
    struct buf path = BUF_EMPTY;
    buf_printf(&path, "%s/%s/%s.xsl", templates, name, name);
    if (access(buf_str(&path), R_OK) == 0)
        return path.bytes;
    if (file_error_level(errno) == DIAG_SYSTEM)
        diag_add(diag, DIAG_SYSTEM, (struct src_loc){buf_str(&path), 0, 0}, "read-file",
                 _("cannot read the file: %s"), file_error_text(errno));
    else
        diag_add(diag, DIAG_ERROR, read_locate_node(root), "template-missing",
                 _("there is no template for <%s>: %s is missing"), name, buf_str(&path));
    buf_free(&path);
    return NULL;
}
