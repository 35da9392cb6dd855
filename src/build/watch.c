/* Watching by inotify: see watch.h.
 *
 * Folders are watched and not files, because editors save by writing another file and renaming
 * it over the old one, which a watch on the old one would not survive. A save is the closing of
 * a file after writing or a rename into the folder; writing itself is not, so that a file is
 * read when it is whole. */
#include "build/watch.h"
#include "base/mem.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

struct build_watch {
    int fd;
};

struct build_watch *build_new_watch(void)
{
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (fd < 0)
        return NULL;
    struct build_watch *watch = mem_zalloc(sizeof *watch);
    watch->fd = fd;
    return watch;
}

void build_free_watch(struct build_watch *watch)
{
    if (!watch)
        return;
    close(watch->fd);
    free(watch);
}

bool build_watch_folder(struct build_watch *watch, const char *folder)
{
    uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE;
    return inotify_add_watch(watch->fd, folder, events | IN_ONLYDIR) >= 0;
}

/* Does the event say that a file is whole, or gone? A file that was only created is still to be
 * written; a folder or a link is there at once. */
static bool counts(const struct inotify_event *e, const char *except)
{
    if (e->len && strncmp(e->name, except, strlen(except)) == 0)
        return false;
    return !(e->mask & IN_CREATE) || (e->mask & IN_ISDIR);
}

/* Take what has happened; true when something counts. */
static bool take_events(struct build_watch *watch, const char *except)
{
    union {
        char bytes[16384];
        struct inotify_event aligned;
    } block;
    bool any = false;
    for (ssize_t n; (n = read(watch->fd, block.bytes, sizeof block)) > 0;)
        for (ssize_t at = 0; at < n;) {
            const struct inotify_event *e = (const void *)(block.bytes + at);
            any = counts(e, except) || any;
            at += (ssize_t)(sizeof *e + e->len);
        }
    return any;
}

bool build_await_change(struct build_watch *watch, int ms, int quiet_ms, const char *except)
{
    enum { MOST_MS = 1000 };
    struct pollfd fd = {.fd = watch->fd, .events = POLLIN};
    do
        if (poll(&fd, 1, ms) <= 0)
            return false;
    while (!take_events(watch, except));
    for (int waited = 0; waited < MOST_MS && poll(&fd, 1, quiet_ms) > 0; waited += quiet_ms)
        take_events(watch, except);
    return true;
}
