/* The build identifiers the linker has put into the program and its libraries: see program.h. */
#include "build/program.h"
#include "base/buf.h"
#include "base/mem.h"

#include <elf.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static size_t padded(size_t n)
{
    return (n + 3) & ~(size_t)3;
}

/* The build identifier in a segment of notes. */
static bool put_note(const unsigned char *at, size_t n, struct buf *out)
{
    while (n >= sizeof(ElfW(Nhdr))) {
        ElfW(Nhdr) note;
        memcpy(&note, at, sizeof note);
        size_t name = padded(note.n_namesz), size = sizeof note + name + padded(note.n_descsz);
        if (size > n)
            return false;
        bool is_gnu = note.n_namesz == 4 && memcmp(at + sizeof note, "GNU", 4) == 0;
        if (is_gnu && note.n_type == NT_GNU_BUILD_ID) {
            buf_put(out, at + sizeof note + name, note.n_descsz);
            return true;
        }
        at += size;
        n -= size;
    }
    return false;
}

static void put_looks(const char *path, struct buf *out)
{
    struct stat st;
    if (stat(path, &st) == 0)
        buf_printf(out, "%s %lld %lld.%ld\n", path, (long long)st.st_size,
                   (long long)st.st_mtim.tv_sec, (long)st.st_mtim.tv_nsec);
}

/* One loaded object. The kernel's own (linux-vdso) takes no part in documents. */
static int put_object(struct dl_phdr_info *info, size_t size, void *self)
{
    struct buf *out = self;
    (void)size;
    if (strncmp(info->dlpi_name, "linux-vdso", 10) == 0)
        return 0;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_NOTE)
            continue;
        const void *at = (const void *)(info->dlpi_addr + segment->p_vaddr);
        if (put_note(at, segment->p_memsz, out))
            return 0;
    }
    put_looks(*info->dlpi_name ? info->dlpi_name : "/proc/self/exe", out);
    return 0;
}

void build_identify_program(unsigned char hash[HASH_SIZE])
{
    struct buf text = BUF_EMPTY;
    dl_iterate_phdr(put_object, &text);
    hash_bytes(buf_str(&text), text.len, hash);
    buf_free(&text);
}
