/* Golden cases: tests/cases/STAGE/NAME.{fo,xml} beside NAME.expected or NAME.checks, found by
 * glob, run through the program under test.
 *
 * stage              the program is run as             NAME.expected holds
 * fo, transform      prikaz render FILE --dump=fo      the FO tree as text
 * area, layout, svg,
 * requisites         prikaz render FILE --dump=areas   the areas as text
 * read               prikaz render FILE --dump=fo      the exit status, then the messages
 * check              prikaz check FILE                 the exit status, then what it printed
 *
 * Messages of read and check are in Russian. Where a dump is expected, messages (in English)
 * stand after it as lines that begin with «! », and a status other than 0 as a last line
 * «! exit status N»: a case that begins to warn is a case that has changed. NAME.checks holds
 * assertions on the areas (see checks.h).
 *
 * What differs is kept under the folder of the program as cases/STAGE/NAME.actual, and shown as a
 * unified diff; `make accept` works on these files. CASE=GLOB in the environment picks cases by
 * «STAGE/NAME» or «NAME». Parts that a case includes lie in a folder of their own below. */
#include "base/mem.h"
#include "unit/checks.h"
#include "unit/run.h"

#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
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

enum { SECONDS = 10, DIFF_SECONDS = 10, DIFF_SHOWN = 6000 };

#define CASES "tests/cases/"

/* What an expected text is made of. */
enum holds { OWN_PROGRAM, DUMP, MESSAGES, STATUS_AND_BOTH };

struct stage {
    const char *name;
    enum holds holds;
    const char *command, *option, *language;
};

static const struct stage stages[] = {
    {"fo", DUMP, "render", "--dump=fo", "en"},
    {"transform", DUMP, "render", "--dump=fo", "en"},
    {"area", DUMP, "render", "--dump=areas", "en"},
    {"layout", DUMP, "render", "--dump=areas", "en"},
    {"svg", DUMP, "render", "--dump=areas", "en"},
    {"requisites", DUMP, "render", "--dump=areas", "en"},
    {"read", MESSAGES, "render", "--dump=fo", "ru"},
    {"check", STATUS_AND_BOTH, "check", NULL, "ru"},
    {"documents", OWN_PROGRAM, NULL, NULL, NULL},
    {"text", OWN_PROGRAM, NULL, NULL, NULL},
    {"pdf", OWN_PROGRAM, NULL, NULL, NULL},
    {"plan", OWN_PROGRAM, NULL, NULL, NULL},
};

struct golden {
    const struct stage *stage;
    char *input;    /* tests/cases/STAGE/NAME.fo */
    char *stem;     /* tests/cases/STAGE/NAME */
    char *name;     /* STAGE/NAME: the test's name */
    char *expected; /* path, or NULL */
    char *checks;   /* path, or NULL */
};

struct goldens {
    struct golden *items;
    size_t len, cap;
};

static char *printed(const char *fmt, ...)
{
    char *s = NULL;
    va_list args;
    va_start(args, fmt);
    int n = vasprintf(&s, fmt, args);
    va_end(args);
    REQUIRE(n >= 0);
    return s;
}

static bool read_whole(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    char piece[4096];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_put(out, piece, n);
    fclose(f);
    return true;
}

/* --- what the program says -------------------------------------------------------------- */

static void put_messages(const struct run *run, struct buf *out)
{
    struct buf err = run->err;
    for (const char *p = buf_str(&err); *p;) {
        size_t n = strcspn(p, "\n");
        buf_puts(out, "! ");
        buf_put(out, p, n);
        buf_putc(out, '\n');
        p += n + (p[n] == '\n');
    }
    if (!run->err.bytes)
        buf_free(&err);
    if (run->status)
        buf_printf(out, "! exit status %d\n", run->status);
}

static void put_actual(const struct golden *g, const struct run *run, struct buf *out)
{
    enum holds holds = g->stage->holds;
    if (holds != DUMP)
        buf_printf(out, "%d\n", run->status);
    if (holds != MESSAGES)
        buf_put(out, run->out.bytes, run->out.len);
    if (holds == DUMP)
        put_messages(run, out);
    else
        buf_put(out, run->err.bytes, run->err.len);
}

static void run_case(const struct golden *g, const char *command, const char *option,
                     struct run *run)
{
    const char *argv[] = {run_program_path(), command, g->input, option, NULL};
    if (!run_program(argv, g->stage->language, SECONDS, run))
        fail_msg("%s could not be started: %s", argv[0], strerror(errno));
    if (run->timed_out)
        fail_msg("%s: not ready after %d seconds", g->input, SECONDS);
    if (run->status > EXIT_SYSTEM) /* a crash or a sanitizer's report */
        fail_msg("%s: exit status %d\n%s", g->input, run->status,
                 run->err.bytes ? run->err.bytes : "");
}

/* --- what differs ------------------------------------------------------------------------ */

/* The path of the actual text, its folders made. The caller frees. */
static char *actual_path(const struct golden *g)
{
    const char *program = run_program_path(), *slash = strrchr(program, '/');
    char *path = printed("%.*s/cases/%s.actual", slash ? (int)(slash - program) : 1,
                         slash ? program : ".", g->name);
    for (char *p = path + 1; (p = strchr(p, '/')); p++) {
        *p = '\0';
        mkdir(path, 0777);
        *p = '/';
    }
    return path;
}

static void keep_actual(const char *path, const struct buf *actual)
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(actual->bytes, 1, actual->len, f) != actual->len)
        fail_msg("%s: %s", path, strerror(errno));
    fclose(f);
}

static void show_difference(const struct golden *g, const char *expected, const char *actual)
{
    const char *argv[] = {"diff", "-u", expected, actual, NULL};
    struct run run;
    if (run_program(argv, "en", DIFF_SECONDS, &run))
        print_error("%.*s\n%s(make accept CASE=%s)\n", DIFF_SHOWN, buf_str(&run.out),
                    run.out.len > DIFF_SHOWN ? "...\n" : "", g->name);
    run_free(&run);
}

static bool compare_expected(const struct golden *g, const struct run *run)
{
    struct buf actual = BUF_EMPTY, expected = BUF_EMPTY;
    put_actual(g, run, &actual);
    bool same =
        read_whole(g->expected, &expected) && strcmp(buf_str(&actual), buf_str(&expected)) == 0;
    char *path = actual_path(g);
    if (same) {
        unlink(path);
    } else {
        keep_actual(path, &actual);
        show_difference(g, g->expected, path);
    }
    free(path);
    buf_free(&actual);
    buf_free(&expected);
    return same;
}

static bool hold_checks(const struct golden *g, const struct run *run)
{
    struct buf text = BUF_EMPTY, faults = BUF_EMPTY;
    bool good =
        read_whole(g->checks, &text) && checks_hold(g->checks, buf_str(&text), run, &faults);
    if (!good)
        print_error("%s", buf_str(&faults));
    buf_free(&text);
    buf_free(&faults);
    return good;
}

/* A case without an expected text: keep what came, for `make accept` to take over. */
static void offer(const struct golden *g)
{
    struct run run;
    struct buf actual = BUF_EMPTY;
    run_case(g, g->stage->command, g->stage->option, &run);
    put_actual(g, &run, &actual);
    char *path = actual_path(g);
    keep_actual(path, &actual);
    free(path);
    buf_free(&actual);
    run_free(&run);
    fail_msg("%s has neither %s.expected nor .checks: make accept CASE=%s", g->input, g->stem,
             g->name);
}

static void test_case(void **state)
{
    const struct golden *g = *state;
    struct run run;
    bool good = true;
    if (!g->expected && !g->checks)
        offer(g);
    if (g->expected) {
        run_case(g, g->stage->command, g->stage->option, &run);
        good = compare_expected(g, &run);
        run_free(&run);
    }
    if (g->checks) {
        run_case(g, "render", "--dump=areas", &run);
        good &= hold_checks(g, &run);
        run_free(&run);
    }
    assert_true(good);
}

/* --- the cases --------------------------------------------------------------------------- */

static const struct stage *find_stage(const char *name)
{
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (strcmp(stages[i].name, name) == 0)
            return &stages[i];
    return NULL;
}

/* The path when the file is there, else NULL. */
static char *if_there(char *path)
{
    if (access(path, R_OK) == 0)
        return path;
    free(path);
    return NULL;
}

static bool is_picked(const char *name)
{
    const char *glob = getenv("CASE");
    const char *slash = strchr(name, '/');
    return !glob || !*glob || fnmatch(glob, name, 0) == 0 || fnmatch(glob, slash + 1, 0) == 0;
}

static void add_case(struct goldens *all, const struct stage *stage, const char *input)
{
    const char *name = input + strlen(CASES), *dot = strrchr(name, '.');
    struct golden g = {.stage = stage, .input = mem_strdup(input)};
    g.name = printed("%.*s", (int)(dot - name), name);
    g.stem = printed(CASES "%s", g.name);
    g.expected = if_there(printed("%s.expected", g.stem));
    g.checks = if_there(printed("%s.checks", g.stem));
    if (is_picked(g.name)) {
        VEC_PUSH(all, g);
        return;
    }
    free(g.input);
    free(g.name);
    free(g.stem);
    free(g.expected);
    free(g.checks);
}

static void add_matches(struct goldens *all, const struct stage *stage, const char *suffix)
{
    char *pattern = printed(CASES "%s/*.%s", stage->name, suffix);
    glob_t found = {0};
    glob(pattern, 0, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++)
        add_case(all, stage, found.gl_pathv[i]);
    globfree(&found);
    free(pattern);
}

/* Fail with what has been collected, after freeing it. */
static void expect_no_faults(struct buf *faults)
{
    bool good = faults->len == 0;
    if (!good)
        print_error("%s", faults->bytes);
    buf_free(faults);
    assert_true(good);
}

/* A folder no program looks into would be tests that never run. */
static void every_folder_is_a_stage(void **state)
{
    (void)state;
    struct buf faults = BUF_EMPTY;
    glob_t found;
    assert_int_equal(glob(CASES "*", GLOB_ONLYDIR, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (!find_stage(found.gl_pathv[i] + strlen(CASES)))
            buf_printf(&faults, "%s: no stage of that name in tests/unit/test_cases.c\n",
                       found.gl_pathv[i]);
    globfree(&found);
    expect_no_faults(&faults);
}

static bool has_input(const char *path, const char *suffix)
{
    char *input = if_there(printed("%.*s.%s", (int)(strrchr(path, '.') - path), path, suffix));
    free(input);
    return input != NULL;
}

static void check_input(const char *path, struct buf *faults)
{
    const char *folder = path + strlen(CASES);
    char *name = printed("%.*s", (int)strcspn(folder, "/"), folder);
    const struct stage *stage = find_stage(name);
    if (stage && stage->holds != OWN_PROGRAM && has_input(path, "fo") == has_input(path, "xml"))
        buf_printf(faults, "%s: needs one input, .fo or .xml, and not two\n", path);
    free(name);
}

/* An expected text whose input is gone would never be compared. */
static void every_expected_text_has_an_input(void **state)
{
    (void)state;
    static const char *const patterns[] = {CASES "*/*.expected", CASES "*/*.checks"};
    struct buf faults = BUF_EMPTY;
    for (size_t k = 0; k < 2; k++) {
        glob_t found = {0};
        glob(patterns[k], 0, NULL, &found);
        for (size_t i = 0; i < found.gl_pathc; i++)
            check_input(found.gl_pathv[i], &faults);
        globfree(&found);
    }
    expect_no_faults(&faults);
}

static void free_goldens(struct goldens *all)
{
    for (size_t i = 0; i < all->len; i++) {
        struct golden *g = &all->items[i];
        free(g->input);
        free(g->name);
        free(g->stem);
        free(g->expected);
        free(g->checks);
    }
    free(all->items);
}

int main(void)
{
    struct goldens all = {NULL, 0, 0};
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (stages[i].holds != OWN_PROGRAM) {
            add_matches(&all, &stages[i], "fo");
            add_matches(&all, &stages[i], "xml");
        }
    size_t n = 0;
    struct CMUnitTest *tests = mem_zalloc((all.len + 2) * sizeof *tests);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(every_folder_is_a_stage);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(every_expected_text_has_an_input);
    for (size_t i = 0; i < all.len; i++)
        tests[n++] = (struct CMUnitTest){
            .name = all.items[i].name, .test_func = test_case, .initial_state = &all.items[i]};
    int failed = _cmocka_run_group_tests("cases", tests, n, NULL, NULL);
    free(tests);
    free_goldens(&all);
    return failed;
}
