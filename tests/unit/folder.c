/* A folder of a test's own: see folder.h. */
#include "unit/folder.h"
#include "base/file.h"
#include "base/mem.h"

#include <dirent.h>
#include <ftw.h>
#include <limits.h>
#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char project[PATH_MAX], here[PATH_MAX];

int folder_enter(void **state)
{
    (void)state;
    const char *parent = getenv("TMPDIR");
    snprintf(here, sizeof here, "%s/prikaz-test-XXXXXX", parent ? parent : P_tmpdir);
    bool good = getcwd(project, sizeof project) && mkdtemp(here) && chdir(here) == 0;
    return good ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

int folder_leave(void **state)
{
    (void)state;
    enum { OPEN_FOLDERS = 8 };
    if (chdir(project) != 0)
        return -1;
    return nftw(here, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

const char *folder_of_project(void)
{
    return project;
}

void folder_write_bytes(const char *path, const void *bytes, size_t n)
{
    char made[PATH_MAX];
    snprintf(made, sizeof made, "%s", path);
    for (char *p = made + 1; (p = strchr(p, '/')); p++) {
        *p = '\0';
        mkdir(made, 0777);
        *p = '/';
    }
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

void folder_write(const char *path, const char *text)
{
    folder_write_bytes(path, text, strlen(text));
}

void folder_write_noise(const char *path, unsigned side)
{
    size_t n = (size_t)side * side * 3;
    unsigned char *rows = mem_alloc(n);
    uint32_t seed = 54;
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525 + 1013904223;
        rows[i] = (unsigned char)(seed >> 24);
    }
    png_image png = {.version = PNG_IMAGE_VERSION, .width = side, .height = side};
    png.format = PNG_FORMAT_RGB;
    assert_true(png_image_write_to_file(&png, path, 0, rows, 0, NULL));
    free(rows);
}

bool folder_holds(const char *path, const char *text)
{
    struct buf b = BUF_EMPTY;
    bool same = file_read(path, &b) == 0 && strcmp(buf_str(&b), text) == 0;
    buf_free(&b);
    return same;
}

int folder_count(const char *path)
{
    int n = 0;
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (const struct dirent *e; (e = readdir(dir));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(dir);
    return n;
}
