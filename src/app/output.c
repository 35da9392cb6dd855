/* Writing results: see output.h.
 *
 * Files without a name are O_TMPFILE's where the file system has them: they get one by linkat, and
 * rename then puts them in the place of the old file. Elsewhere a temporary file loses its name at
 * once, and is copied at the end; so it is for standard output and devices, where nothing may
 * appear before it is known that all of it will. */
#include "app/output.h"
#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
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

/* Where the bytes go in the end: the real path of a regular file that is there or not (the caller
 * frees); NULL: a device, a pipe, standard output, a folder. */
static char *find_place(const char *path)
{
    struct stat st;
    if (strcmp(path, "-") == 0)
        return NULL;
    if (stat(path, &st) != 0)
        return mem_strdup(path);
    if (!S_ISREG(st.st_mode))
        return NULL;
    char *real = realpath(path, NULL); /* behind a symbolic link */
    return real ? real : mem_strdup(path);
}

/* --- results on their way */

/* Bytes in memory, from which on a file is made. */
enum { SHORT = 256 * 1024 };

void app_begin_spool(struct app_spool *spool, const char *path, int scratch, struct diag *diag)
{
    *spool = (struct app_spool){.path = path, .diag = diag, .fd = -1, .scratch = scratch};
}

static void close_file(struct app_spool *spool)
{
    if (spool->fd >= 0 && spool->fd != spool->scratch)
        close(spool->fd);
    spool->fd = -1;
}

void app_free_spool(struct app_spool *spool)
{
    close_file(spool);
    buf_free(&spool->bytes);
}

size_t app_spool_size(const struct app_spool *spool)
{
    return spool->written + spool->bytes.len;
}

static void block_signals(sigset_t *old)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, old);
}

/* A file without a name in the folder (with its last slash, or empty); -1: there cannot be one. */
static int open_nameless(const char *folder, bool *linkable)
{
    struct buf name = BUF_EMPTY;
    sigset_t old;
    int fd = open(*folder ? folder : ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    *linkable = fd >= 0;
    if (fd >= 0)
        return fd;
    block_signals(&old);
    buf_printf(&name, "%s" APP_TEMPORARY "XXXXXX", folder);
    fd = mkostemp(name.bytes, O_CLOEXEC);
    if (fd >= 0)
        unlink(name.bytes);
    sigprocmask(SIG_SETMASK, &old, NULL);
    buf_free(&name);
    return fd;
}

int app_open_scratch(const char *path)
{
    char *place = path ? find_place(path) : NULL;
    const char *wanted = getenv("TMPDIR");
    struct buf folder = BUF_EMPTY;
    bool linkable;
    buf_printf(&folder, "%s/", wanted && *wanted ? wanted : "/tmp");
    int fd = !path || place ? -1 : open_nameless(buf_str(&folder), &linkable);
    buf_free(&folder);
    free(place);
    return fd;
}

/* Make the file, once; an earlier result may have left something in the scratch. */
static void open_file(struct app_spool *spool)
{
    char *place = find_place(spool->path);
    char *folder = place ? file_folder(place) : NULL;
    spool->tried = true;
    if (place)
        spool->fd = open_nameless(folder, &spool->linkable);
    else if (spool->scratch >= 0 && ftruncate(spool->scratch, 0) == 0 &&
             lseek(spool->scratch, 0, SEEK_SET) == 0)
        spool->fd = spool->scratch;
    free(folder);
    free(place);
}

static bool report(struct diag *diag, const char *path, int error)
{
    const char *why = error == ENOENT  ? _("its folder does not exist")
                      : error == EFBIG ? _("files may not be that large here")
                                       : file_error_text(error);
    struct src_loc at = {strcmp(path, "-") == 0 ? NULL : path, 0, 0};
    diag_add(diag, DIAG_SYSTEM, at, "output", _("cannot write the file: %s"), why);
    return false;
}

/* Move what is in memory to the file. Returns 0 or an errno value. */
static int flush(struct app_spool *spool)
{
    if (!file_write_all(spool->fd, spool->bytes.bytes, spool->bytes.len))
        return errno;
    spool->written += spool->bytes.len;
    buf_clear(&spool->bytes);
    return 0;
}

static bool put(void *self, const void *bytes, size_t n)
{
    struct app_spool *spool = self;
    buf_put(&spool->bytes, bytes, n);
    if (spool->bytes.len < SHORT)
        return true;
    if (!spool->tried)
        open_file(spool);
    int error = spool->fd >= 0 ? flush(spool) : 0;
    return !error || report(spool->diag, spool->path, error);
}

struct sink app_spool_sink(struct app_spool *spool)
{
    return (struct sink){put, spool};
}

/* The next bytes of the result from `at` on; how many, 0 at the end, -1 with errno. */
static ssize_t read_spool(const struct app_spool *spool, size_t at, char *block, size_t n)
{
    if (at < spool->written) {
        size_t left = spool->written - at;
        return pread(spool->fd, block, n < left ? n : left, (off_t)at);
    }
    size_t left = app_spool_size(spool) - at;
    n = n < left ? n : left;
    if (n)
        memcpy(block, spool->bytes.bytes + (at - spool->written), n);
    return (ssize_t)n;
}

/* All of it to `fd`. */
static bool copy_spool(const struct app_spool *spool, int fd)
{
    char block[64 * 1024];
    for (size_t at = 0; at < spool->written;) {
        ssize_t n = read_spool(spool, at, block, sizeof block);
        if (n == 0)
            errno = EIO;
        if (n <= 0 || !file_write_all(fd, block, (size_t)n))
            return false;
        at += (size_t)n;
    }
    return file_write_all(fd, spool->bytes.bytes, spool->bytes.len);
}

/* --- to where they belong */

/* Devices, pipes and standard output. Returns 0 or an errno value. */
static int write_through(const char *path, const struct app_spool *spool)
{
    bool is_stdout = strcmp(path, "-") == 0;
    int fd = is_stdout ? STDOUT_FILENO : open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return errno;
    int error = copy_spool(spool, fd) ? 0 : errno;
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

/* The file without a name gets one, locked as make_temporary does. */
static bool link_temporary(int fd, const char *folder, struct buf *name)
{
    char self[32];
    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    flock(fd, LOCK_EX);
    for (unsigned n = 0;; n++) {
        buf_clear(name);
        buf_printf(name, "%s" APP_TEMPORARY "%ld-%u", folder, (long)getpid(), n);
        if (linkat(AT_FDCWD, self, AT_FDCWD, name->bytes, AT_SYMLINK_FOLLOW) == 0)
            return true;
        if (errno != EEXIST)
            return false;
    }
}

/* Has the result a named file in the folder by now? Otherwise it must be copied. */
static bool has_name(struct app_spool *spool, const char *folder, struct buf *name)
{
    return spool->linkable && flush(spool) == 0 && link_temporary(spool->fd, folder, name);
}

static int replace_file(const char *path, struct app_spool *spool)
{
    struct buf temporary = BUF_EMPTY;
    char *folder = file_folder(path);
    mode_t mode = wanted_mode(path);
    bool linked = has_name(spool, folder, &temporary);
    int fd = linked ? spool->fd : make_temporary(folder, &temporary);
    int error = fd < 0 ? errno : 0;
    if (error)
        goto out;
    bool good = (linked || copy_spool(spool, fd)) && fchmod(fd, mode) == 0 && fsync(fd) == 0 &&
                rename(temporary.bytes, path) == 0;
    error = good ? 0 : errno;
    if (error)
        unlink(temporary.bytes);
    if (!linked)
        close(fd); /* whatever was to be told about the bytes, fsync has told */
    close_file(spool);
    if (!error)
        sync_folder(folder);
out:
    buf_free(&temporary);
    free(folder);
    return error;
}

/* The same, not to be interrupted between naming the temporary file and renaming it. */
static int replace_undisturbed(const char *path, struct app_spool *spool)
{
    sigset_t old;
    block_signals(&old);
    int error = replace_file(path, spool);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return error;
}

bool app_write_spool(struct app_spool *spool)
{
    struct stat st;
    char *place = find_place(spool->path);
    int error;
    if (place)
        error = replace_undisturbed(place, spool);
    else if (strcmp(spool->path, "-") != 0 && stat(spool->path, &st) == 0 &&
             S_ISDIR(st.st_mode))
        error = EISDIR;
    else
        error = write_through(spool->path, spool);
    free(place);
    return !error || report(spool->diag, spool->path, error);
}

bool app_write_file(const char *path, const struct buf *bytes, struct diag *diag)
{
    struct app_spool spool;
    app_begin_spool(&spool, path, -1, diag);
    spool.bytes = *bytes; /* borrowed: not to be freed */
    return app_write_spool(&spool);
}

bool app_is_spool_written(const struct app_spool *spool)
{
    char block[16384], ours[sizeof block];
    struct stat st;
    int fd = open(spool->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    size_t size = app_spool_size(spool);
    bool same =
        fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size == size;
    for (size_t at = 0; same && at < size;) {
        ssize_t n = read_spool(spool, at, ours, sizeof ours);
        same = n > 0 && pread(fd, block, (size_t)n, (off_t)at) == n &&
               memcmp(block, ours, (size_t)n) == 0;
        at += same ? (size_t)n : 0;
    }
    if (fd >= 0)
        close(fd);
    return same;
}
