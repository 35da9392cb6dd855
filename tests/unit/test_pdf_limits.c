/* More of everything than an array of part 1 or a list of libharu's may hold (ISO 19005-1, 6.1.12: 8,191
 * items): pages, elements under one parent, links, named destinations, bookmarks, ranges of page labels. The files are
 * still sound by tests/unit/test_pdf_checker.h, in part 1 and after it. */
#include "unit/test_pdf_checker.h"
#include "unit/test_pdf_sample.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { MANY = 8200 };

/* Each page has a label that is no number, a paragraph right below the document, a link to the
 * next one and a place. */
static void paint_pages(struct sheet *s)
{
    static char names[MANY + 1][8];
    for (int i = 0; i <= MANY; i++)
        snprintf(names[i], sizeof names[i], "p%d", i % MANY);
    for (int i = 0; i < MANY; i++) {
        sheet_new_page(s, names[i]);
        struct area_tag *p = sheet_tag(s, s->root, "P"), *link = sheet_tag(s, p, "Link");
        sheet_line(s, link, "слово", 100000);
        sample_link(s, link, 100000, names[i + 1], NULL);
        sample_dest(s, names[i], 80000);
        sheet_end_page(s);
    }
}

static struct area_bookmark *make_bookmarks(struct sheet *s)
{
    struct area_bookmark *first = NULL;
    for (int i = 0; i < MANY; i++) {
        struct area_bookmark *b = ARENA_NEW(s->arena, struct area_bookmark);
        *b = (struct area_bookmark){.title = "страница", .id = "p7", .next = first};
        first = b;
    }
    return first;
}

static char *make_file(enum pdf_profile profile)
{
    struct buf out = BUF_EMPTY;
    struct diag *diag = diag_new();
    struct pdf_options options = {.profile = profile, .date = INT64_MIN};
    struct area_painter *painter = pdf_new_painter(&options, buf_sink(&out), diag);
    struct sheet s;
    sheet_open(&s, painter);
    paint_pages(&s);
    struct area_document doc = {.language = "ru",
                                .tags = s.root,
                                .tag_count = s.tags,
                                .bookmarks = make_bookmarks(&s),
                                .source_name = "many.xml"};
    assert_true(painter->finish(painter->self, &doc));
    assert_int_equal(diag_exit_status(diag), 0);
    pdf_free_painter(painter);
    sheet_close(&s);
    diag_free(diag);
    char *path = sample_path();
    sample_save(path, out.bytes, out.len);
    buf_free(&out);
    return path;
}

/* The ranges of page labels from page `*next` on, each of one page; leaves say their first and last
 * one. */
static void check_labels(const struct pdf_file *f, const struct pdf_value *node, long *next)
{
    const struct pdf_value *limits = pdf_get(f, node, "Limits")->child;
    for (const struct pdf_value *k = pdf_get(f, node, "Kids")->child; k; k = k->next)
        check_labels(f, pdf_resolve(f, k), next);
    if (limits)
        assert_int_equal(limits->number, *next);
    for (const struct pdf_value *n = pdf_get(f, node, "Nums")->child; n; n = n->next->next) {
        char label[8];
        assert_int_equal(n->number, *next);
        snprintf(label, sizeof label, "p%ld", (*next)++);
        assert_string_equal(pdf_get(f, n->next, "P")->text, label);
    }
    if (limits)
        assert_int_equal(limits->next->number, *next - 1);
}

static void check_profile(enum pdf_profile profile)
{
    struct pdf_file f;
    struct buf faults = BUF_EMPTY;
    char *path = make_file(profile);
    assert_true(pdf_open(&f, path));
    pdf_check_file(&f, &faults);
    assert_string_equal(buf_str(&faults), "");
    const struct pdf_value *pages = pdf_get(&f, pdf_get(&f, f.trailer, "Root"), "Pages");
    assert_int_equal(pdf_get(&f, pages, "Count")->number, MANY);
    long labels = 0;
    check_labels(&f, pdf_get(&f, pdf_get(&f, f.trailer, "Root"), "PageLabels"), &labels);
    assert_int_equal(labels, MANY);
    pdf_close(&f);
    sample_remove(path);
    buf_free(&faults);
}

static void more_than_an_array_holds_in_part_1(void **state)
{
    (void)state;
    check_profile(PDF_A1A);
}

static void more_than_an_array_holds_after_it(void **state)
{
    (void)state;
    check_profile(PDF_A2A);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_than_an_array_holds_in_part_1),
        cmocka_unit_test(more_than_an_array_holds_after_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
