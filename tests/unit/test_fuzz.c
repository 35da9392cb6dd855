/* Every input of tests/fuzz/corpus, among them each that once led to a fault, is fed to its target
 * again. */
#include "run.h"
#include "base/mem.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { LONGEST_SECONDS = 60 };

static void feed(const char *name)
{
    struct buf program = BUF_EMPTY, corpus = BUF_EMPTY;
    const char *prikaz = run_program_path();
    buf_put(&program, prikaz, strlen(prikaz) - strlen("prikaz"));
    buf_printf(&program, "fuzz/fuzz_%s", name);
    buf_printf(&corpus, "tests/fuzz/corpus/%s", name);
    const char *const argv[] = {program.bytes, "-seconds=0", "-found=/dev/null", corpus.bytes,
                                NULL};
    struct run run;
    assert_true(run_program(argv, "en", LONGEST_SECONDS, &run));
    if (run.status != 0 || run.timed_out)
        fail_msg("%s: status %d: %s%s", name, run.status, buf_str(&run.out), buf_str(&run.err));
    run_free(&run);
    buf_free(&program);
    buf_free(&corpus);
}

static void corpus_is_digested(void **state)
{
    (void)state;
    DIR *dir = opendir("tests/fuzz/corpus");
    int count = 0;
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));)
        if (e->d_name[0] != '.') {
            feed(e->d_name);
            count++;
        }
    closedir(dir);
    assert_true(count > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(corpus_is_digested)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
