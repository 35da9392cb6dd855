/* A process that has read its command line gives up what documents never need: see confine.h.
 *
 * Documents, pictures and fonts come from anybody, and go through half a dozen libraries. Two means
 * of the kernel bound what a fault in one of them could do, and neither needs rights or a helper:
 * Landlock (5.13) bounds writing by folders, seccomp refuses calls of the system. Calls are refused
 * with EPERM and not with death, so that a library that tries one (a name service, a cache of
 * fonts) goes on without it. Both may be missing in old kernels and containers, each by itself.
 *
 * Rejected: bounding reading as well (fontconfig, locale and templates lie in many places, --any-
 * folder in any; what is read leaves the process only as a PDF in the same folder); a list of
 * calls that are allowed (another C library needs others); a process of its own for each stage. */
#include "app/confine.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>

/* --- Landlock ---------------------------------------------------------------------------- */

/* Everything that changes files; what later versions of the kernel know besides is added. */
static const uint64_t writing = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                                LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

enum { TRUNCATE_VERSION = 3 };
#define ACCESS_TRUNCATE (UINT64_C(1) << 14)

/* 0: there is no Landlock. */
static long landlock_version(void)
{
    long version =
        syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? version : 0;
}

static void allow(int rules, const char *path, uint64_t access)
{
    struct stat st;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    static const uint64_t of_files = LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE;
    bool is_folder = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
    const struct landlock_path_beneath_attr rule = {
        .allowed_access = is_folder ? access : access & of_files, .parent_fd = fd};
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
}

/* A folder or a device itself; of a file, which is replaced, the folders it and, when it is a
 * link, what it leads to lie in. */
static void allow_output(int rules, const char *path, uint64_t access)
{
    struct stat st;
    char *real = realpath(path, NULL);
    if (real && stat(real, &st) == 0 && !S_ISREG(st.st_mode)) {
        allow(rules, real, access);
    } else {
        char *folder = file_folder(path), *real_folder = real ? file_folder(real) : NULL;
        allow(rules, *folder ? folder : ".", access);
        if (real_folder)
            allow(rules, real_folder, access);
        free(real_folder);
        free(folder);
    }
    free(real);
}

/* fontconfig writes its cache where it is not up to date. */
static void allow_caches(int rules, uint64_t access)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    struct buf path = BUF_EMPTY;
    if (cache && *cache)
        buf_printf(&path, "%s/fontconfig", cache);
    else if (home)
        buf_printf(&path, "%s/.cache/fontconfig", home);
    if (path.len)
        allow(rules, buf_str(&path), access);
    allow(rules, "/var/cache/fontconfig", access);
    allow(rules, "/dev/null", access);
    buf_free(&path);
}

static bool bound_files(const char *const *paths, size_t n)
{
    long version = landlock_version();
    uint64_t access = writing | (version >= TRUNCATE_VERSION ? ACCESS_TRUNCATE : 0);
    const struct landlock_ruleset_attr attributes = {.handled_access_fs = access};
    if (!version)
        return false;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (rules < 0)
        return false;
    for (size_t i = 0; i < n; i++)
        if (paths[i] && strcmp(paths[i], "-") != 0)
            allow_output(rules, paths[i], access);
    allow_caches(rules, access);
    bool good = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return good;
}

/* --- seccomp ----------------------------------------------------------------------------- */

#if defined __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE

/* Calls that take other ways than documents do: to the network, to other programs and processes, to
 * the kernel's less trodden parts. */
static const uint32_t refused[] = {
    SYS_socket,           SYS_socketpair,
    SYS_connect,          SYS_bind,
    SYS_listen,           SYS_accept,
    SYS_accept4,          SYS_sendto,
    SYS_sendmsg,          SYS_execve,
    SYS_execveat,
#ifndef __SANITIZE_ADDRESS__ /* which looks for leaks by it */
    SYS_ptrace,
#endif
    SYS_process_vm_readv, SYS_process_vm_writev,
    SYS_pidfd_getfd,      SYS_mount,
    SYS_umount2,          SYS_pivot_root,
    SYS_chroot,           SYS_setns,
    SYS_unshare,          SYS_bpf,
    SYS_perf_event_open,  SYS_userfaultfd,
    SYS_io_uring_setup,   SYS_add_key,
    SYS_request_key,      SYS_keyctl,
    SYS_init_module,      SYS_finit_module,
    SYS_kexec_load,
};

enum { REFUSED = sizeof refused / sizeof *refused, OTHER_CALLS = 0x40000000 };

#define ANSWER(value) ((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, (value)))
#define LOAD(field)                                                                            \
    ((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,                                    \
                                  (uint32_t)offsetof(struct seccomp_data, field)))
#define SKIP_UNLESS(test, value, skip)                                                         \
    ((struct sock_filter)BPF_JUMP(BPF_JMP | (test) | BPF_K, (value), 0, (skip)))

static bool bound_calls(void)
{
    struct sock_filter program[REFUSED * 2 + 8];
    unsigned short n = 0;
    program[n++] = LOAD(arch);
    program[n++] = SKIP_UNLESS(BPF_JEQ, ARCHITECTURE, 1);
    program[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0);
    program[n++] = ANSWER(SECCOMP_RET_ERRNO | EPERM); /* calls of another architecture */
    program[n++] = LOAD(nr);
    program[n++] = SKIP_UNLESS(BPF_JGE, OTHER_CALLS, 1);
    program[n++] = ANSWER(SECCOMP_RET_ERRNO | EPERM);
    for (size_t i = 0; i < REFUSED; i++) {
        program[n++] = SKIP_UNLESS(BPF_JEQ, refused[i], 1);
        program[n++] = ANSWER(SECCOMP_RET_ERRNO | EPERM);
    }
    program[n++] = ANSWER(SECCOMP_RET_ALLOW);
    const struct sock_fprog filter = {.len = n, .filter = program};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

static bool has_seccomp(void)
{
    const uint32_t action = SECCOMP_RET_ERRNO;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

#else

static bool bound_calls(void)
{
    return false;
}

static bool has_seccomp(void)
{
    return false;
}

#endif

/* --- both -------------------------------------------------------------------------------- */

struct app_confinement app_confine(const char *const *paths, size_t n)
{
    struct app_confinement done = {false, false};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return done;
    done.files = bound_files(paths, n);
    done.calls = bound_calls();
    return done;
}

struct app_confinement app_confine_folder(const char *folder)
{
    struct {
        const char **items;
        size_t len, cap;
    } paths = {NULL, 0, 0};
    VEC_PUSH(&paths, folder);
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (e->d_type != DT_LNK)
            continue;
        struct buf link = BUF_EMPTY;
        buf_printf(&link, "%s/%s", folder, e->d_name);
        VEC_PUSH(&paths, link.bytes);
    }
    if (dir)
        closedir(dir);
    struct app_confinement done = app_confine(paths.items, paths.len);
    for (size_t i = 1; i < paths.len; i++)
        free((char *)(uintptr_t)paths.items[i]);
    free(paths.items);
    return done;
}

struct app_confinement app_can_confine(void)
{
    return (struct app_confinement){landlock_version() > 0, has_seccomp()};
}
