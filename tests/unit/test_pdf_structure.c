/* The structural checker of tests/unit/test_pdf_checker.h over documents of every profile, and
 * over broken ones, which it must refuse. With file names it checks those files instead:
 *
 *     .build/check/unit/test_pdf_structure FILE.pdf... */
#include "unit/test_pdf_checker.h"
#include "unit/test_pdf_sample.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static bool check_path(const char *path, struct buf *faults)
{
    struct pdf_file f;
    size_t before = faults->len;
    if (pdf_open(&f, path))
        pdf_check_file(&f, faults);
    else
        buf_printf(faults, "qpdf refuses the file\n");
    pdf_close(&f);
    return faults->len == before;
}

static void every_profile_is_sound(void **state)
{
    (void)state;
    for (int profile = PDF_PLAIN; profile <= PDF_A3A; profile++) {
        struct buf faults = BUF_EMPTY;
        char *path = sample_file((enum pdf_profile)profile, SAMPLE_WHOLE);
        check_path(path, &faults);
        assert_string_equal(buf_str(&faults), "");
        sample_remove(path);
        buf_free(&faults);
    }
}

/* Each mutilation of the file's text must be noticed: replaced bytes keep their number, so the
 * cross-reference stays right. */
static void faults_are_found(void **state)
{
    static const struct {
        const char *from, *to, *fault;
    } cases[] = {
        {"/Artifact BMC", "/Artif    BMC", "outside tags and artifacts"},
        {"<</MCID 1>>", "<</MCID 0>>", "used twice"},
        {"/S /LI\n", "/S /P \n", "L holds P"},
        {"/Lang (ru-RU)", "/Lang (ru_RU)", "is no language"},
        {"/Marked true", "/Marked null", "Marked"},
        {"/DisplayDocTitle true", "/DisplayDocTitle null", "DisplayDocTitle"},
        {"/Alt ", "/Xlt ", "without Alt"},
        {"/S /H2", "/S /H4", "follows"},
        {"/Tabs /S", "/Tabs /R", "Tabs"},
        {"/StructParent ", "/StructXarent ", "untagged annotation"},
        {"/Scope ", "/Scxpe ", "without Scope"},
        {"/ToUnicode ", "/TxUnicode ", "ToUnicode"},
        {"/Contents (", "/Cxntents (", "without Contents"},
        {"/RowSpan 2", "/RowSpan 1", "columns"},
    };
    (void)state;
    char *path = sample_file(PDF_A2A, SAMPLE_WHOLE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pdf_file f;
        struct buf faults = BUF_EMPTY;
        assert_true(pdf_open(&f, path));
        free(f.objects);
        f.objects = NULL;
        f.count = 0;
        REQUIRE(f.bytes.bytes);
        size_t n = strlen(cases[i].from);
        assert_int_equal(n, strlen(cases[i].to));
        char *at = memmem(f.bytes.bytes, f.bytes.len, cases[i].from, n);
        if (at)
            memcpy(at, cases[i].to, n);
        else
            fail_msg("the sample has no «%s»", cases[i].from);
        pdf_parse(&f);
        pdf_check_file(&f, &faults);
        if (!strstr(buf_str(&faults), cases[i].fault))
            fail_msg("«%s» was not noticed: %s", cases[i].to, buf_str(&faults));
        buf_free(&faults);
        pdf_close(&f);
    }
    sample_remove(path);
}

static int check_arguments(int count, char **names)
{
    int status = 0;
    for (int i = 0; i < count; i++) {
        struct buf faults = BUF_EMPTY;
        if (!check_path(names[i], &faults))
            status = 1;
        for (char *line = faults.len ? strtok(faults.bytes, "\n") : NULL; line;
             line = strtok(NULL, "\n"))
            printf("%s: %s\n", names[i], line);
        buf_free(&faults);
    }
    return status;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_profile_is_sound),
        cmocka_unit_test(faults_are_found),
    };
    if (argc > 1)
        return check_arguments(argc - 1, argv + 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
