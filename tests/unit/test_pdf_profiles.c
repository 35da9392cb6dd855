/* The documents of input/ and tests/cases/pdf in every profile: each file must hold what
 * tests/unit/test_pdf_checker.h asks for, each of part 1 must pass PDFBox preflight, and none may
 * be larger than it is worth. What is tested is the program, from the document to the file. */
#include "unit/folder.h"
#include "unit/test_pdf_checker.h"

#include "unit/run.h"

#include <glob.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <strings.h>
#include <sys/stat.h>

#include <cmocka.h>

enum { SECONDS = 120 };

static char program[PATH_MAX];
static const char *const profiles[] = {"plain", "1a", "1b", "2a", "2b", "3a"};

static int enter(void **state)
{
    return realpath(run_program_path(), program) ? folder_enter(state) : -1;
}

/* The program must succeed; what it printed goes to `out`, which may be NULL. */
static void expect_success(const char *const argv[], struct buf *out)
{
    struct run r;
    if (!run_program(argv, "en", SECONDS, &r))
        fail_msg("%s cannot be started", argv[0]);
    if (r.status)
        print_error("%s %s: status %d\n%s%s", argv[0], argv[1], r.status, buf_str(&r.out),
                    buf_str(&r.err));
    int status = r.status;
    if (out)
        buf_put(out, r.out.bytes, r.out.len);
    run_free(&r);
    assert_int_equal(status, 0);
}

static void render(const char *input, const char *profile, const char *pdf)
{
    struct buf option = BUF_EMPTY;
    buf_printf(&option, "--profile=%s", profile);
    expect_success(
        (const char *const[]){program, "render", input, "-o", pdf, buf_str(&option), NULL},
        NULL);
    buf_free(&option);
}

/* The path of a file of the project; good until the next call. */
static const char *project(const char *name)
{
    static char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder_of_project(), name);
    return path;
}

static bool is_sound(const char *pdf)
{
    struct pdf_file f;
    struct buf faults = BUF_EMPTY;
    if (pdf_open(&f, pdf))
        pdf_check_file(&f, &faults);
    else
        buf_printf(&faults, "qpdf refuses the file\n");
    bool sound = faults.len == 0;
    if (!sound)
        print_error("%s:\n%s", pdf, buf_str(&faults));
    pdf_close(&f);
    buf_free(&faults);
    return sound;
}

/* Every document as PROFILE-NUMBER.pdf. */
static void all_are_sound(void **state)
{
    static const char *const patterns[] = {"input/*.xml", "tests/cases/pdf/*.xml",
                                           "tests/cases/pdf/*.fo"};
    glob_t found;
    size_t unsound = 0;
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        assert_int_equal(glob(project(patterns[i]), i ? GLOB_APPEND : 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= 7);
    for (size_t i = 0; i < found.gl_pathc; i++)
        for (size_t k = 0; k < sizeof profiles / sizeof *profiles; k++) {
            char pdf[64];
            snprintf(pdf, sizeof pdf, "%s-%zu.pdf", profiles[k], i);
            render(found.gl_pathv[i], profiles[k], pdf);
            if (!is_sound(pdf)) {
                print_error("that was %s\n", found.gl_pathv[i]);
                unsound++;
            }
        }
    globfree(&found);
    assert_int_equal(unsound, 0);
}

static void preflight_accepts_all_of_part_1(void **state)
{
    (void)state;
    struct run r;
    char command[PATH_MAX + 64];
    snprintf(command, sizeof command, "sh '%s' 1a-*.pdf 1b-*.pdf",
             project("tests/house/preflight.sh"));
    assert_true(
        run_program((const char *const[]){"sh", "-c", command, NULL}, "en", SECONDS, &r));
    int status = r.status;
    if (status)
        print_message("%s%s", buf_str(&r.out), buf_str(&r.err));
    run_free(&r);
    if (status == 77 && !getenv("PRIKAZ_NEEDS_JAVA"))
        skip();
    assert_int_equal(status, 0);
}

static long size_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return (long)st.st_size;
}

static void files_are_small(void **state)
{
    (void)state;
    render(project("tests/cases/pdf/order.xml"), "2a", "order.pdf");
    assert_in_range(size_of("order.pdf"), 5000, 25000);
    render(project("input/tuapse-54.xml"), "2a", "tuapse.pdf");
    assert_in_range(size_of("tuapse.pdf"), 20000, 80000);
}

/* The document and its parts go along, in the order of opening; the same each time. */
static void sources_are_attached(void **state)
{
    struct buf out = BUF_EMPTY;
    struct pdf_file f;
    (void)state;
    render(project("input/talitsa-1602-1.xml"), "3a", "a.pdf");
    render(project("input/talitsa-1602-1.xml"), "3a", "b.pdf");
    expect_success((const char *const[]){"cmp", "a.pdf", "b.pdf", NULL}, NULL);
    expect_success((const char *const[]){"pdfdetach", "-list", "a.pdf", NULL}, &out);
    assert_string_equal(buf_str(&out), "3 embedded files\n1: appendix-1.xml\n"
                                       "2: appendix-2.xml\n3: talitsa-1602-1.xml\n");
    assert_true(pdf_open(&f, "a.pdf"));
    const struct pdf_value *af = pdf_get(&f, pdf_get(&f, f.trailer, "Root"), "AF");
    const struct pdf_value *first = pdf_resolve(&f, af->child);
    assert_true(pdf_is_name(pdf_get(&f, first, "AFRelationship"), "Source"));
    assert_string_equal(pdf_get(&f, first, "UF")->text, "talitsa-1602-1.xml");
    const struct pdf_value *content = pdf_get(&f, pdf_get(&f, first, "EF"), "F");
    assert_int_equal(strcasecmp(pdf_get(&f, content, "Subtype")->text, "application#2Fxml"), 0);
    long size = size_of(project("input/talitsa-1602-1.xml"));
    assert_in_range(content->stream_length, size - 1,
                    size); /* the reader drops a last newline */
    for (const struct pdf_value *a = af->child; a; a = a->next)
        assert_true(pdf_is_name(pdf_get(&f, pdf_resolve(&f, a), "AFRelationship"), "Source"));
    pdf_close(&f);
    buf_free(&out);
}

/* A report goes with the roadmaps and execution files it was computed from, each once. */
static void data_of_a_report_are_attached(void **state)
{
    struct buf out = BUF_EMPTY;
    struct pdf_file f;
    size_t data = 0;
    (void)state;
    render(project("input/report-2021.xml"), "3a", "report.pdf");
    expect_success((const char *const[]){"pdfdetach", "-list", "report.pdf", NULL}, &out);
    static const char *const names[] = {": report-2021.xml\n", ": tuapse-54.xml\n",
                                        ": talitsa-1602-1.xml\n", ": execution-2021.xml\n"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strstr(buf_str(&out), names[i]))
            fail_msg("no «%s» in %s", names[i], buf_str(&out));
    assert_true(pdf_open(&f, "report.pdf"));
    const struct pdf_value *af = pdf_get(&f, pdf_get(&f, f.trailer, "Root"), "AF");
    for (const struct pdf_value *a = af->child; a; a = a->next)
        data += pdf_is_name(pdf_get(&f, pdf_resolve(&f, a), "AFRelationship"), "Data");
    assert_in_range(data, 3, 40);
    pdf_close(&f);
    buf_free(&out);
}

/* A sheet of one page with `content` in the flow. */
static void write_sheet(const char *path, const char *attributes, const char *content)
{
    struct buf fo = BUF_EMPTY;
    buf_printf(&fo,
               "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xml:lang='ru' "
               "xmlns:px='urn:prikaz:fo' %s><fo:layout-master-set><fo:simple-page-master "
               "master-name='a' page-width='200mm' page-height='60mm'><fo:region-body/>"
               "</fo:simple-page-master></fo:layout-master-set>"
               "<fo:page-sequence master-reference='a'><fo:flow "
               "flow-name='xsl-region-body'>%s</fo:flow></fo:page-sequence></fo:root>",
               attributes, content);
    folder_write(path, buf_str(&fo));
    buf_free(&fo);
}

static bool has_mapping(const struct pdf_file *f, const char *code_points)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct pdf_value *v = f->objects[i];
        const struct pdf_value *map = v ? pdf_get(f, v, "ToUnicode") : NULL;
        if (map && map->stream &&
            memmem(map->stream, map->stream_length, code_points, strlen(code_points)))
            return true;
    }
    return false;
}

/* Each ligature of the font is one code that says all of its letters; the letters alone, and the
 * ligature as a character of its own, stay what they are. */
static void ligatures_say_their_letters(void **state)
{
    static const char text[] =
        "fi office offload fl affix f i \xEF\xAC\x81 \xEF\xAC\x84 эффект";
    static const char *const maps[] = {"<00660069>", "<006600660069>", "<00660066006C>",
                                       "<0066006C>", "<FB01>",         "<FB04>",
                                       "<0066>",     "<0069>",         "<0444>"};
    struct buf out = BUF_EMPTY, expected = BUF_EMPTY;
    struct pdf_file f;
    (void)state;
    buf_printf(&expected, "<fo:block>%s</fo:block>", text);
    write_sheet("ligatures.fo", "font-family='DejaVu Sans'", buf_str(&expected));
    render("ligatures.fo", "2a", "ligatures.pdf");
    assert_true(pdf_open(&f, "ligatures.pdf"));
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        if (!has_mapping(&f, maps[i]))
            fail_msg("no code says %s", maps[i]);
    pdf_close(&f);
    assert_true(is_sound("ligatures.pdf"));
    buf_clear(&expected);
    buf_printf(&expected, "%s\n", text);
    expect_success(
        (const char *const[]){"pdftotext", "-raw", "-nopgbrk", "ligatures.pdf", "-", NULL},
        &out);
    assert_string_equal(buf_str(&out), buf_str(&expected));
    buf_clear(&out);
    expect_success((const char *const[]){"mutool", "draw", "-q", "-F", "txt", "-o", "-",
                                         "ligatures.pdf", NULL},
                   &out);
    if (!strstr(buf_str(&out), "fi office offload fl affix f i fi ffl эффект")) /* its way */
        fail_msg("mutool reads %s", buf_str(&out));
    buf_free(&out);
    buf_free(&expected);
}

/* What is found when the file is written names its place all the same. */
static void faults_have_places(void **state)
{
    struct run r;
    (void)state;
    folder_write_noise("noise.png", 8);
    write_sheet("places.fo", "",
                "<fo:block>\n<fo:basic-link internal-destination='none'>link</fo:basic-link>"
                "</fo:block>\n<fo:block><fo:external-graphic src='noise.png'/></fo:block>");
    assert_true(run_program(
        (const char *const[]){program, "render", "places.fo", "-o", "places.pdf", NULL}, "en",
        SECONDS, &r));
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(buf_str(&r.err), "places.fo:2: warning: nothing has the id"));
    assert_non_null(strstr(buf_str(&r.err), "places.fo:3: warning: a picture without"));
    run_free(&r);
}

/* An empty field for each signature asked for, each with a name of its own. */
static void signatures_have_fields(void **state)
{
    struct buf out = BUF_EMPTY;
    struct pdf_file f;
    (void)state;
    render(project("tests/cases/pdf/everything.fo"), "2a", "signed.pdf");
    assert_true(pdf_open(&f, "signed.pdf"));
    const struct pdf_value *form = pdf_get(&f, pdf_get(&f, f.trailer, "Root"), "AcroForm");
    const struct pdf_value *field = pdf_get(&f, form, "Fields")->child;
    REQUIRE(field && field->next);
    const struct pdf_value *one = pdf_resolve(&f, field), *two = pdf_resolve(&f, field->next);
    assert_true(pdf_is_name(pdf_get(&f, one, "FT"), "Sig"));
    assert_null(pdf_entry(one, "V"));
    assert_true(pdf_get(&f, two, "T")->length > pdf_get(&f, one, "T")->length);
    const struct pdf_value *rect = pdf_get(&f, one, "Rect")->child;
    REQUIRE(rect && rect->next && rect->next->next);
    assert_in_range(rect->next->next->number - rect->number, 141, 142); /* 50 mm */
    pdf_close(&f);
    buf_free(&out);
}

static void expect_part(const struct buf *out, const char *part)
{
    if (!out->bytes || !strstr(out->bytes, part))
        fail_msg("«%s» is not in:\n%s", part, out->bytes ? out->bytes : "");
}

/* Bookmarks and named destinations, as poppler and mutool see them. */
static void parts_are_found(void **state)
{
    struct buf out = BUF_EMPTY;
    (void)state;
    render(project("input/talitsa-1602-1.xml"), "2a", "parts.pdf");
    expect_success((const char *const[]){"pdfinfo", "-dests", "parts.pdf", NULL}, &out);
    static const char *const names[] = {"\"order\"", "\"point-5\"", "\"appendix-1\"",
                                        "\"roadmap-1.2\"", "\"register-s1.6\""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        expect_part(&out, names[i]);
    buf_clear(&out);
    expect_success((const char *const[]){"mutool", "show", "parts.pdf", "outline", NULL}, &out);
    expect_part(&out, "\"Распоряжение от 16.02.2021 №");
    expect_part(&out, "ПЕРЕЧЕНЬ мероприятий");
    expect_part(&out, "\"6. Анализ эффективности принятых мер\"");
    buf_clear(&out);
    render(project("tests/cases/pdf/everything.fo"), "2a", "parts.pdf");
    expect_success((const char *const[]){"mutool", "show", "parts.pdf", "outline", NULL}, &out);
    expect_part(&out, "\"Начало, в две строки\"");
    buf_free(&out);
}

/* The first object that is a dictionary with this /Subtype. */
static const struct pdf_value *first_of(const struct pdf_file *f, const char *subtype)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->objects[i] && pdf_is_name(pdf_get(f, f->objects[i], "Subtype"), subtype))
            return f->objects[i];
    fail_msg("no /%s", subtype);
    return NULL;
}

/* The y of a destination, in whole points. */
static long height_of(const struct pdf_value *dest)
{
    const struct pdf_value *item = dest->child;
    REQUIRE(item && item->next && item->next->next && item->next->next->next);
    return item->next->next->next->number;
}

/* «п. 2.3» jumps to the line of point 2.3; all points of the first level are in the outline, closed under the order. */
static void points_are_found(void **state)
{
    struct buf out = BUF_EMPTY;
    struct pdf_file f;
    (void)state;
    render(project("tests/cases/pdf/order.xml"), "2a", "points.pdf");
    expect_success((const char *const[]){"pdftotext", "points.pdf", "-", NULL}, &out);
    expect_part(&out, "(п. 2.3)");
    buf_clear(&out);
    assert_true(pdf_open(&f, "points.pdf"));
    const struct pdf_value *names = pdf_get(&f, pdf_get(&f, f.trailer, "Root"), "Names");
    const struct pdf_value *name = pdf_get(&f, pdf_get(&f, names, "Dests"), "Names")->child;
    while (name && !(name->length == 4 && memcmp(name->text, "bids", 4) == 0))
        name = name->next ? name->next->next : NULL;
    assert_non_null(name);
    if (name) /* which the analyzer does not take from the line above */
        assert_int_equal(height_of(name->next),
                         height_of(pdf_get(&f, first_of(&f, "Link"), "Dest")));
    pdf_close(&f);
    buf_clear(&out);
    expect_success((const char *const[]){"mutool", "show", "points.pdf", "outline", NULL},
                   &out);
    expect_part(&out, "+\t\"Приказ от 27.01.2021 №");
    expect_part(&out, "|\t\t\"1. Провести муниципальный этап всероссийской олимпиады…\"");
    expect_part(&out, "|\t\t\"4. Контроль за исполнением настоящего приказа оставляю за…\"");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_sound),
        cmocka_unit_test(preflight_accepts_all_of_part_1),
        cmocka_unit_test(files_are_small),
        cmocka_unit_test(sources_are_attached),
        cmocka_unit_test(data_of_a_report_are_attached),
        cmocka_unit_test(ligatures_say_their_letters),
        cmocka_unit_test(faults_have_places),
        cmocka_unit_test(signatures_have_fields),
        cmocka_unit_test(parts_are_found),
        cmocka_unit_test(points_are_found),
    };
    return cmocka_run_group_tests(tests, enter, folder_leave);
}
