/* Writing results: see output.h. */
#include "app/output.h"
#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Flush a folder's entries; some file systems cannot, which is no fault. */
static void sync_folder(const char *folder)
{
    int fd = open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

/* Devices, pipes and standard output. Returns 0 or an errno value. */
static int write_through(const char *path, const struct buf *bytes)
{
    bool is_stdout = strcmp(path, "-") == 0;
    int fd = is_stdout ? STDOUT_FILENO : open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return errno;
    int error = file_write_all(fd, bytes->bytes, bytes->len) ? 0 : errno;
    if (!is_stdout && close(fd) != 0 && !error)
        error = errno;
    return error;
}

/* The rights the new file gets: those of the old one, or what the umask leaves. */
static mode_t wanted_mode(const char *path)
{
    struct stat st;
    if (stat(path, &st) == 0)
        return st.st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* A new file with a name of its own, locked; the name goes to `name`. -1 with errno. It is made
 * again when a run that cleans up has taken it for an abandoned one before it was locked. */
static int make_temporary(const char *folder, struct buf *name)
{
    for (;;) {
        struct stat st;
        buf_clear(name);
        buf_printf(name, "%s" APP_TEMPORARY "XXXXXX", folder);
        int fd = mkostemp(name->bytes, O_CLOEXEC);
        if (fd < 0)
            return -1;
        flock(fd, LOCK_EX); /* a file system without locks has nobody who would clean up */
        if (fstat(fd, &st) != 0 || st.st_nlink > 0)
            return fd;
        close(fd);
    }
}

static int replace_file(const char *path, const struct buf *bytes)
{
    struct buf temporary = BUF_EMPTY;
    char *folder = file_folder(path);
    mode_t mode = wanted_mode(path);
    int fd = make_temporary(folder, &temporary);
    int error = fd < 0 ? errno : 0;
    if (error)
        goto out;
    bool good = file_write_all(fd, bytes->bytes, bytes->len) && fchmod(fd, mode) == 0 &&
                fsync(fd) == 0 && rename(temporary.bytes, path) == 0;
    error = good ? 0 : errno;
    if (error)
        unlink(temporary.bytes);
    close(fd); /* whatever was to be told about the bytes, fsync has told */
    if (!error)
        sync_folder(folder);
out:
    buf_free(&temporary);
    free(folder);
    return error;
}

/* The same, not to be interrupted between making the temporary file and renaming it. */
static int replace_undisturbed(const char *path, const struct buf *bytes)
{
    sigset_t signals, old;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, &old);
    int error = replace_file(path, bytes);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return error;
}

bool app_write_file(const char *path, const struct buf *bytes, struct diag *diag)
{
    struct stat st;
    bool exists = strcmp(path, "-") != 0 && stat(path, &st) == 0;
    int error;
    if (exists && S_ISDIR(st.st_mode)) {
        error = EISDIR;
    } else if (strcmp(path, "-") == 0 || (exists && !S_ISREG(st.st_mode))) {
        error = write_through(path, bytes);
    } else {
        char *real = exists ? realpath(path, NULL) : NULL; /* behind a symbolic link */
        error = replace_undisturbed(real ? real : path, bytes);
        free(real);
    }
    if (!error)
        return true;
    const char *why = error == ENOENT  ? _("its folder does not exist")
                      : error == EFBIG ? _("files may not be that large here")
                                       : file_error_text(error);
    struct src_loc at = {strcmp(path, "-") == 0 ? NULL : path, 0, 0};
    diag_add(diag, DIAG_SYSTEM, at, "output", _("cannot write the file: %s"), why);
    return false;
}

bool app_file_holds(const char *path, const struct buf *bytes)
{
    char block[16384];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool same = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
                (size_t)st.st_size == bytes->len;
    for (size_t at = 0; same && at < bytes->len;) {
        ssize_t n = read(fd, block, sizeof block);
        same = n > 0 && (size_t)n <= bytes->len - at &&
               memcmp(block, bytes->bytes + at, (size_t)n) == 0;
        at += same ? (size_t)n : 0;
    }
    if (fd >= 0)
        close(fd);
    return same;
}
