/* A library to be preloaded that lets one call of the system fail.
 *
 *     FAULT=KIND:N     the N-th call of this kind fails, counted from 1 and in this process alone;
 *                      KIND:N+ means that one and all that follow
 *     FAULT_COUNTS=F   at the end, the number of calls of each kind goes to the file F
 *
 * Kinds are the rows of the table below. Only calls made by the program and its libraries are
 * seen, not those the C library makes inside; hence the wrapped names are the public ones. They
 * are counted from the first setlocale() on, with which main begins: what libraries do when they
 * are loaded is not the program's to mend. The error is what the call would most likely meet: no space for writing, a disk that does not answer
 * for the rest. A call on a standard stream or a pipe is none of the kinds. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind {
    MALLOC,
    OPEN,
    READ,
    WRITE,
    FSYNC,
    RENAME,
    MKDIR,
    STAT,
    MMAP,
    OPENDIR,
    TEMPORARY,
    CHMOD,
    THREAD,
    KINDS
};

static const struct {
    const char *name;
    int error;
} kinds[KINDS] = {
    {"malloc", ENOMEM}, {"open", EIO},    {"read", EIO},         {"write", ENOSPC},
    {"fsync", EIO},     {"rename", EIO},  {"mkdir", ENOSPC},     {"stat", EIO},
    {"mmap", ENOMEM},   {"opendir", EIO}, {"temporary", ENOSPC}, {"chmod", EIO},
    {"thread", EAGAIN},
};

static struct {
    bool begun;
    enum kind kind;
    long at;
    bool all;
    long counts[KINDS];
} fault;

static void learn(void)
{
    const char *wish = getenv("FAULT");
    fault.begun = true;
    fault.kind = KINDS;
    for (int k = 0; wish && k < KINDS; k++) {
        size_t n = strlen(kinds[k].name);
        if (strncmp(wish, kinds[k].name, n) != 0 || wish[n] != ':')
            continue;
        char *end;
        fault.kind = (enum kind)k;
        fault.at = strtol(wish + n + 1, &end, 10);
        fault.all = *end == '+';
    }
}

/* Count a call; true (with errno) when it is the one to fail. */
static bool fails(enum kind kind)
{
    if (!fault.begun)
        return false;
    long n = ++fault.counts[kind];
    if (kind != fault.kind || (n != fault.at && !(fault.all && n > fault.at)))
        return false;
    errno = kinds[kind].error;
    return true;
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("FAULT_COUNTS");
    if (!path)
        return;
    char text[512];
    int n = 0;
    for (int k = 0; k < KINDS; k++)
        n += snprintf(text + n, sizeof text - (size_t)n, "%s %ld\n", kinds[k].name,
                      fault.counts[k]);
    int (*real)(const char *, int, ...) =
        (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    ssize_t (*put)(int, const void *, size_t) =
        (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    int fd = real(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (fd >= 0 && put(fd, text, (size_t)n) == n)
        close(fd);
}

char *setlocale(int category, const char *locale)
{
    static char *(*real)(int, const char *);
    if (!real)
        real = (char *(*)(int, const char *))dlsym(RTLD_NEXT, "setlocale");
    if (!fault.begun)
        learn();
    return real(category, locale);
}

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

/* --- memory: what the program's own malloc is built on */

#define REAL(result, name, ...)                                                                \
    static result (*real)(__VA_ARGS__);                                                        \
    if (!real)                                                                                 \
    real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

void *__libc_malloc(size_t size)
{
    REAL(void *, "__libc_malloc", size_t);
    return fails(MALLOC) ? NULL : real(size);
}

void *__libc_calloc(size_t n, size_t size)
{
    REAL(void *, "__libc_calloc", size_t, size_t);
    return fails(MALLOC) ? NULL : real(n, size);
}

void *__libc_realloc(void *old, size_t size)
{
    REAL(void *, "__libc_realloc", void *, size_t);
    return size && fails(MALLOC) ? NULL : real(old, size);
}

/* --- files */

static bool is_regular(int fd)
{
    struct stat st;
    int (*real)(int, struct stat *) = (int (*)(int, struct stat *))dlsym(RTLD_NEXT, "fstat");
    return real(fd, &st) == 0 && S_ISREG(st.st_mode);
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
    va_end(args);
    REAL(int, "open", const char *, int, ...);
    return fails(OPEN) ? -1 : real(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
    va_end(args);
    REAL(int, "open64", const char *, int, ...);
    return fails(OPEN) ? -1 : real(path, flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    REAL(FILE *, "fopen", const char *, const char *);
    return fails(OPEN) ? NULL : real(path, mode);
}

FILE *fopen64(const char *path, const char *mode)
{
    REAL(FILE *, "fopen64", const char *, const char *);
    return fails(OPEN) ? NULL : real(path, mode);
}

DIR *opendir(const char *path)
{
    REAL(DIR *, "opendir", const char *);
    return fails(OPENDIR) ? NULL : real(path);
}

int mkostemp(char *pattern, int flags)
{
    REAL(int, "mkostemp", char *, int);
    return fails(TEMPORARY) ? -1 : real(pattern, flags);
}

int mkostemp64(char *pattern, int flags)
{
    return mkostemp(pattern, flags);
}

ssize_t read(int fd, void *bytes, size_t n)
{
    REAL(ssize_t, "read", int, void *, size_t);
    return is_regular(fd) && fails(READ) ? -1 : real(fd, bytes, n);
}

/* Half of it is written before the disk is full. */
ssize_t write(int fd, const void *bytes, size_t n)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    static bool full;
    if (!is_regular(fd))
        return real(fd, bytes, n);
    if (full || (fails(WRITE) && n < 2)) {
        errno = kinds[WRITE].error;
        full = false;
        return -1;
    }
    if (fault.kind == WRITE && fault.counts[WRITE] == fault.at) {
        full = true;
        return real(fd, bytes, n / 2);
    }
    return real(fd, bytes, n);
}

int fsync(int fd)
{
    REAL(int, "fsync", int);
    return fails(FSYNC) ? -1 : real(fd);
}

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    return fails(RENAME) ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, "mkdir", const char *, mode_t);
    return fails(MKDIR) ? -1 : real(path, mode);
}

int fchmod(int fd, mode_t mode)
{
    REAL(int, "fchmod", int, mode_t);
    return fails(CHMOD) ? -1 : real(fd, mode);
}

int stat(const char *restrict path, struct stat *restrict st)
{
    REAL(int, "stat", const char *, struct stat *);
    return fails(STAT) ? -1 : real(path, st);
}

int fstat(int fd, struct stat *st)
{
    REAL(int, "fstat", int, struct stat *);
    return fails(STAT) ? -1 : real(fd, st);
}

int access(const char *path, int mode)
{
    REAL(int, "access", const char *, int);
    return fails(STAT) ? -1 : real(path, mode);
}

char *realpath(const char *restrict path, char *restrict resolved)
{
    REAL(char *, "realpath", const char *, char *);
    return fails(STAT) ? NULL : real(path, resolved);
}

void *mmap(void *at, size_t size, int rights, int flags, int fd, off_t offset)
{
    REAL(void *, "mmap", void *, size_t, int, int, int, off_t);
    return fd >= 0 && fails(MMAP) ? MAP_FAILED : real(at, size, rights, flags, fd, offset);
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attributes,
                   void *(*begin)(void *), void *restrict argument)
{
    REAL(int, "pthread_create", pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    return fails(THREAD) ? errno : real(thread, attributes, begin, argument);
}
