/* Locks by flock, which end with the process however it ends: see lock.h. */
#include "build/lock.h"
#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

static long read_owner(int fd)
{
    char text[32];
    ssize_t n = pread(fd, text, sizeof text - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    return strtol(text, NULL, 10);
}

static void write_owner(int fd)
{
    struct buf text = BUF_EMPTY;
    buf_printf(&text, "%ld\n", (long)getpid());
    /* Only a message depends on it: a full disk is told by who writes documents. */
    if (ftruncate(fd, 0) == 0 && pwrite(fd, text.bytes, text.len, 0) < 0)
        errno = 0;
    buf_free(&text);
}

int build_lock_folder(const char *folder, const char *name, int patience_ms, long *owner)
{
    const long step_ms = 10;
    struct buf path = BUF_EMPTY;
    buf_printf(&path, "%s/%s", folder, name);
    int fd = open(path.bytes, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666), error = errno;
    buf_free(&path);
    *owner = 0;
    errno = error;
    if (fd < 0)
        return -1;
    for (int waited = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; waited += (int)step_ms) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fd; /* a file system without locks: alone or not, we cannot know */
        if (waited >= patience_ms) {
            *owner = read_owner(fd);
            close(fd);
            errno = EWOULDBLOCK;
            return -1;
        }
        nanosleep(&(struct timespec){0, step_ms * 1000000}, NULL);
    }
    write_owner(fd);
    return fd;
}

static bool clear_file(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool gone = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && unlinkat(folder, name, 0) == 0;
    if (fd >= 0)
        close(fd);
    return gone;
}

int build_clear_folder(const char *folder, const char *prefix)
{
    DIR *dir = opendir(folder);
    int count = 0;
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (strncmp(e->d_name, prefix, strlen(prefix)) == 0)
            count += clear_file(dirfd(dir), e->d_name);
    if (dir)
        closedir(dir);
    return count;
}
