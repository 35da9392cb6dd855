/* src/base/file.c: what is read, what is refused, and which paths lie below a folder. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/prikaz-test-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink("a.xml");
    unlink("empty");
    unlink("large");
    unlink("pipe");
    unlink("link");
    unlink("circle");
    rmdir("part");
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static void write_file(const char *path, const char *text, off_t size)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fflush(f);
    if (size)
        assert_int_equal(ftruncate(fileno(f), size), 0);
    fclose(f);
}

static void a_file_is_appended_whole(void **state)
{
    (void)state;
    struct buf b = BUF_EMPTY;
    write_file("a.xml", "<a/>\n", 0);
    buf_puts(&b, "before ");
    assert_int_equal(file_read("a.xml", &b), 0);
    assert_string_equal(buf_str(&b), "before <a/>\n");
    buf_clear(&b);
    write_file("empty", "", 0);
    assert_int_equal(file_read("empty", &b), 0);
    assert_int_equal(b.len, 0);
    write_file("a.xml", "", 300000); /* more than one block */
    assert_int_equal(file_read("a.xml", &b), 0);
    assert_int_equal(b.len, 300000);
    buf_free(&b);
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    struct buf b = BUF_EMPTY;
    assert_int_equal(file_read("none", &b), ENOENT);
    assert_int_equal(file_read(".", &b), EISDIR);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_int_equal(file_read("pipe", &b), EINVAL); /* and does not wait for a writer */
    assert_int_equal(file_read("/dev/zero", &b), EINVAL);
    write_file("large", "", (off_t)513 << 20); /* sparse: takes no room */
    assert_int_equal(file_read("large", &b), EFBIG);
    assert_int_equal(file_read("large/x", &b), ENOTDIR);
    assert_int_equal(symlink("circle", "circle"), 0);
    assert_int_equal(file_read("circle", &b), ELOOP);
    assert_int_equal(b.len, 0);
    buf_free(&b);
}

static void every_error_has_a_phrase(void **state)
{
    (void)state;
    static const int errors[] = {ENOENT, EACCES, EISDIR,       ENOTDIR, EINVAL, EFBIG, ENOSPC,
                                 EROFS,  ELOOP,  ENAMETOOLONG, EIO,     EMFILE, ENOMEM};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        assert_true(strlen(file_error_text(errors[i])) > 5);
}

static void assert_beside(const char *from, const char *name, const char *expected)
{
    char *path = file_beside(from, name);
    assert_string_equal(path, expected);
    free(path);
}

static void names_are_relative_to_the_file_they_stand_in(void **state)
{
    (void)state;
    assert_beside("a.xml", "b.xml", "b.xml");
    assert_beside("in/a.xml", "b/c.xml", "in/b/c.xml");
    assert_beside("in/a.xml", "/b.xml", "/b.xml");
    assert_beside("/a.xml", "b.xml", "/b.xml");
    char *of = file_folder("a/b/c.xml"), *none = file_folder("c.xml");
    assert_string_equal(of, "a/b/");
    assert_string_equal(none, "");
    free(of);
    free(none);
}

static void links_do_not_lead_out_of_a_folder(void **state)
{
    (void)state;
    assert_int_equal(mkdir("part", 0700), 0);
    assert_int_equal(symlink("/etc", "link"), 0);
    char *here = file_real_folder("x.xml"), *part = file_real_folder("part/x.xml");
    char *outside = file_real_folder("link/x.xml");
    assert_true(file_is_below(here, part));
    assert_false(file_is_below(part, here));
    assert_false(file_is_below(here, outside));
    assert_false(file_is_below("/a/b/", "/a/bc/x.xml"));
    assert_int_equal(here[strlen(here) - 1], '/');
    free(here);
    free(part);
    free(outside);
    char *of_root = file_real_folder("/x.xml");
    assert_string_equal(of_root, "/");
    free(of_root);
    errno = 0;
    assert_null(file_real_folder("none/x.xml"));
    assert_int_equal(errno, ENOENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_appended_whole),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(every_error_has_a_phrase),
        cmocka_unit_test(names_are_relative_to_the_file_they_stand_in),
        cmocka_unit_test(links_do_not_lead_out_of_a_folder),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
