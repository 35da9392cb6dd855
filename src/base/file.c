/* Files named by documents: see file.h. */
#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define _(s) gettext(s)

/* Ten times the XML of a 10,000-page report; more is a mistake of the caller's. */
#define LARGEST ((off_t)512 * 1024 * 1024)

static const struct file_listener *listener;

void file_listen(const struct file_listener *who)
{
    listener = who;
}

static int read_all(int fd, struct buf *out)
{
    char block[64 * 1024];
    for (;;) {
        ssize_t n = read(fd, block, sizeof block);
        if (n == 0)
            return 0;
        if (n < 0 && errno != EINTR)
            return errno;
        if (n > 0)
            buf_put(out, block, (size_t)n);
        if (out->len > (size_t)LARGEST)
            return EFBIG;
    }
}

int file_read(const char *path, struct buf *out)
{
    /* O_NONBLOCK: opening a pipe without a writer would wait for one. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return errno;
    int error = 0;
    size_t before = out->len;
    struct stat st;
    if (fstat(fd, &st) != 0)
        error = errno;
    else if (S_ISDIR(st.st_mode))
        error = EISDIR;
    else if (!S_ISREG(st.st_mode))
        error = EINVAL;
    else if (st.st_size > LARGEST)
        error = EFBIG;
    else
        error = read_all(fd, out);
    close(fd);
    if (!error && listener)
        listener->heard(listener->self, path, &st, buf_str(out) + before, out->len - before);
    return error;
}

const char *file_error_text(int error)
{
    switch (error) {
    case ENOENT:
        return _("no such file");
    case EACCES:
    case EPERM:
        return _("no permission");
    case EISDIR:
        return _("it is a folder, not a file");
    case ENOTDIR:
        return _("a part of the path is not a folder");
    case EINVAL:
        return _("it is not a regular file");
    case EFBIG:
        return _("the file is larger than 512 MB");
    case ENOSPC:
    case EDQUOT:
        return _("no space left on the disk");
    case EROFS:
        return _("the disk is read-only");
    case ELOOP:
        return _("symbolic links go in a circle");
    case ENAMETOOLONG:
        return _("the name is too long");
    case EIO:
        return _("the disk does not answer (input/output error)");
    case EMFILE:
    case ENFILE:
        return _("too many open files");
    default:
        return strerror(error);
    }
}

enum diag_level file_error_level(int error)
{
    static const int names[] = {ENOENT, EACCES, EPERM, EISDIR,       ENOTDIR,
                                EINVAL, EFBIG,  ELOOP, ENAMETOOLONG, ENXIO};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i] == error)
            return DIAG_ERROR;
    return DIAG_SYSTEM;
}

bool file_write_all(int fd, const void *bytes, size_t n)
{
    for (const char *at = bytes; n;) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            errno = done == 0 ? ENOSPC : errno;
            return false;
        }
        at += done;
        n -= (size_t)done;
    }
    return true;
}

void file_die(const char *path, int error)
{
    fprintf(stderr, "%s: ", path);
    fprintf(stderr, _("cannot read the file: %s"), file_error_text(error));
    fputc('\n', stderr);
    exit(EXIT_SYSTEM);
}

char *file_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) + 1 : 0;
    char *folder = mem_alloc(n + 1);
    memcpy(folder, path, n);
    folder[n] = '\0';
    return folder;
}

char *file_beside(const char *from, const char *name)
{
    if (name[0] == '/')
        return mem_strdup(name);
    char *folder = file_folder(from);
    size_t n = strlen(folder), m = strlen(name);
    folder = mem_realloc(folder, n + m + 1);
    memcpy(folder + n, name, m + 1);
    return folder;
}

char *file_real_folder(const char *path)
{
    char *folder = file_folder(path);
    char *real = realpath(*folder ? folder : ".", NULL);
    free(folder);
    if (!real)
        return NULL;
    size_t n = strlen(real);
    real = mem_realloc(real, n + 2);
    if (n && real[n - 1] != '/')
        memcpy(real + n, "/", 2);
    return real;
}

bool file_is_below(const char *real_folder, const char *real_path)
{
    return strncmp(real_folder, real_path, strlen(real_folder)) == 0;
}
