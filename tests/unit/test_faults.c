/* Calls of the system that fail one by one: the program ends with status 3 and a message, or does
 * its work all the same; the old output is left whole or replaced by the whole new one, and no
 * temporary file stays behind.
 *
 * tests/faults/shim.c lets the call fail. Every kind of call is tried at places spread over the
 * run, FAULTS of them (all with FAULTS=all, which is `make faults`). The program is the release
 * build, since the sanitizers' has a malloc of its own. */
#include "base/file.h"
#include "unit/folder.h"
#include "unit/run.h"

#include <dirent.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { PLACES = 4, MOST_PLACES = 1000000, SECONDS = 20, MOST_KINDS = 20, SYSTEM_FAILED = 3 };

static const char OLD[] = "the old output";

struct scenario {
    const char *argv[8]; /* after the program */
    const char *output;
    const char *state; /* removed before each run; NULL */
};

static char program[PATH_MAX], preload[PATH_MAX + 16];
static long places = PLACES;

static int enter(void **state)
{
    const char *asked = getenv("FAULTS");
    if (asked)
        places = strcmp(asked, "all") == 0 ? MOST_PLACES : atol(asked);
    if (!realpath(".build/prikaz", program) || access(".build/faults/shim.so", R_OK) != 0)
        return -1;
    if (folder_enter(state) != 0)
        return -1;
    snprintf(preload, sizeof preload, "LD_PRELOAD=%s/.build/faults/shim.so",
             folder_of_project());
    return 0;
}

/* Run the scenario with a fault («read:12») or, with NULL, to count the calls. */
static void run_with(const struct scenario *s, const char *fault, struct run *run)
{
    char wish[64] = "FAULT_COUNTS=counts";
    const char *argv[16] = {"env", preload, wish, program};
    if (fault)
        snprintf(wish, sizeof wish, "FAULT=%s", fault);
    for (size_t i = 0; s->argv[i]; i++)
        argv[4 + i] = s->argv[i];
    if (s->state)
        unlink(s->state);
    folder_write(s->output, OLD);
    assert_true(run_program(argv, "en", SECONDS, run));
}

static int count_temporary(const char *folder)
{
    int count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));)
        count += strncmp(e->d_name, ".prikaz-tmp", 11) == 0;
    if (dir)
        closedir(dir);
    return count;
}

static void judge(const struct scenario *s, const char *fault, struct run *run,
                  const struct buf *good)
{
    struct buf now = BUF_EMPTY;
    const char *wrong = NULL;
    assert_int_equal(file_read(s->output, &now), 0);
    bool is_good = now.len == good->len && memcmp(now.bytes, good->bytes, now.len) == 0;
    bool is_old = strcmp(buf_str(&now), OLD) == 0;
    if (run->timed_out)
        wrong = "it hangs";
    else if (run->status != 0 && run->status != SYSTEM_FAILED)
        wrong = "its status is another";
    else if (run->status == 0 ? !is_good : !is_good && !is_old)
        wrong = "the output is neither the old nor the new one";
    else if (run->status != 0 && run->err.len == 0)
        wrong = "nothing is said";
    else if (count_temporary(".") || count_temporary("out"))
        wrong = "a temporary file is left";
    if (wrong)
        fail_msg("%s %s with %s: %s (status %d): %s", s->argv[0], s->argv[1], fault, wrong,
                 run->status, buf_str(&run->err));
    buf_free(&now);
}

static void try_kind(const struct scenario *s, const char *kind, long count,
                     const struct buf *good)
{
    long n = count < places ? count : places;
    for (long i = 0; i < n; i++) {
        char fault[64];
        struct run run;
        snprintf(fault, sizeof fault, "%s:%ld", kind, 1 + i * count / n);
        run_with(s, fault, &run);
        judge(s, fault, &run, good);
        run_free(&run);
    }
}

static void try_scenario(const struct scenario *s)
{
    struct run run;
    struct buf good = BUF_EMPTY;
    run_with(s, NULL, &run);
    if (run.status != 0)
        fail_msg("%s %s: %s", s->argv[0], s->argv[1], buf_str(&run.err));
    run_free(&run);
    assert_int_equal(file_read(s->output, &good), 0);
    assert_true(good.len > sizeof OLD);
    FILE *f = fopen("counts", "r");
    assert_non_null(f);
    char names[MOST_KINDS][32];
    long counts[MOST_KINDS];
    int kinds = 0;
    while (kinds < MOST_KINDS && fscanf(f, "%31s %ld", names[kinds], &counts[kinds]) == 2)
        kinds++;
    fclose(f);
    assert_true(kinds > 5);
    for (int k = 0; k < kinds; k++)
        try_kind(s, names[k], counts[k], &good);
    buf_free(&good);
}

static void write_order(const char *path)
{
    folder_write("in/part/appendix.xml",
                 "<appendix xmlns='urn:prikaz:1' id='a'><title>План</title>"
                 "<p>Достопримечательности муниципального образования.</p></appendix>\n");
    folder_write(path,
                 "<order xmlns='urn:prikaz:1' kind='приказ' date='16.02.2021' number='1'>\n"
                 "<heading>О проверке</heading>\n<point>Проверить (<ref to='a'/>).</point>\n"
                 "<signature><post>Начальник</post><name>И.И. Иванов</name></signature>\n"
                 "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' "
                 "href='part/appendix.xml'/></order>\n");
}

static void formatting_objects(void **state)
{
    (void)state;
    static const struct scenario s = {.argv = {"render", "small.fo", "-o", "small.pdf", NULL},
                                      .output = "small.pdf"};
    folder_write("small.fo",
                 "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xml:lang='ru'>"
                 "<fo:layout-master-set><fo:simple-page-master master-name='a' "
                 "page-width='60mm' page-height='60mm'><fo:region-body/>"
                 "</fo:simple-page-master></fo:layout-master-set>"
                 "<fo:page-sequence master-reference='a'><fo:flow flow-name="
                 "'xsl-region-body'><fo:block hyphenate='true' text-align='justify'>"
                 "Достопримечательности муниципального образования перечислены"
                 "</fo:block></fo:flow></fo:page-sequence></fo:root>");
    try_scenario(&s);
}

/* A file that does not stay in memory until its end. */
static void a_long_file(void **state)
{
    (void)state;
    static const struct scenario s = {.argv = {"render", "long.fo", "-o", "long.pdf", NULL},
                                      .output = "long.pdf"};
    folder_write_noise("noise.png", 400);
    folder_write("long.fo",
                 "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xml:lang='ru' "
                 "xmlns:px='urn:prikaz:fo'><fo:layout-master-set><fo:simple-page-master "
                 "master-name='a' page-width='60mm' page-height='60mm'><fo:region-body/>"
                 "</fo:simple-page-master></fo:layout-master-set>"
                 "<fo:page-sequence master-reference='a'><fo:flow flow-name="
                 "'xsl-region-body'><fo:block><fo:external-graphic src='noise.png' "
                 "content-width='40mm' px:alt='шум'/></fo:block><fo:block>Шум</fo:block>"
                 "</fo:flow></fo:page-sequence></fo:root>");
    try_scenario(&s);
}

static void an_order(void **state)
{
    (void)state;
    static const struct scenario s = {.argv = {"render", "in/a.xml", "-o", "a.pdf", NULL},
                                      .output = "a.pdf"};
    write_order("in/a.xml");
    try_scenario(&s);
}

static void a_build(void **state)
{
    (void)state;
    static const struct scenario s = {.argv = {"build", "in", "-o", "out", "-q", NULL},
                                      .output = "out/a.pdf",
                                      .state = "out/.prikaz-state"};
    write_order("in/a.xml");
    try_scenario(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formatting_objects),
        cmocka_unit_test(a_long_file),
        cmocka_unit_test(an_order),
        cmocka_unit_test(a_build),
    };
    return cmocka_run_group_tests(tests, enter, folder_leave);
}
