/* Where the program's own folders are: in a checkout or below the prefix it is installed in. */
#include "app/app.h"
#include "base/file.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

/* The folder of the running program with its last slash; NULL. The caller frees. Where /proc is
 * not mounted, as in a bare chroot, the name it was started by has to do. */
static char *program_folder(void)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n > 0) {
        path[n] = '\0';
        return file_folder(path);
    }
    const char *started_by = (const char *)(uintptr_t)getauxval(AT_EXECFN);
    return started_by ? file_real_folder(started_by) : NULL;
}

static bool holds(const char *folder, const char *sign)
{
    struct buf path = BUF_EMPTY;
    buf_printf(&path, "%s/%s", folder, sign);
    bool is_there = access(buf_str(&path), R_OK) == 0;
    buf_free(&path);
    return is_there;
}

char *app_find_folder(const char *name, const char *installed, const char *sign)
{
    const char *const up[] = {"", "../", "../../", "../share/"};
    char *program = program_folder();
    for (size_t i = 0; program && i < sizeof up / sizeof *up; i++) {
        struct buf folder = BUF_EMPTY;
        bool is_share = i + 1 == sizeof up / sizeof *up;
        buf_printf(&folder, "%s%s%s", program, up[i], is_share ? installed : name);
        char *real = holds(buf_str(&folder), sign) ? realpath(buf_str(&folder), NULL) : NULL;
        buf_free(&folder);
        if (real) {
            free(program);
            return real;
        }
    }
    free(program);
    return NULL;
}
