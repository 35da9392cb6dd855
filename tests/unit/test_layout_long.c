/* Long flows: what has been painted is freed while the rest is laid out, objects and areas alike. The
 * sanitizer finds what is used after that; here it is seen that nothing is lost or told twice. */
#include "base/buf.h"
#include "unit/fo_sample.h"

#include "layout/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 900 };

static void put_words(struct buf *b, int n)
{
    for (int i = 0; i < n; i++)
        buf_puts(b, i % 7 ? "слово " : "предложение ");
}

/* Rows with markers, every fourth with notes that go on on the next page, and a paragraph of its own
 * after every tenth; every second row is tied to the one before by a span. */
static void put_flow(struct buf *b)
{
    buf_puts(b, "<fo:table table-layout='fixed' border-collapse='collapse'>"
                "<fo:table-column column-width='20mm'/><fo:table-column column-width='100mm'/>"
                "<fo:table-header><fo:table-row><fo:table-cell><fo:block>N</fo:block>"
                "</fo:table-cell></fo:table-row></fo:table-header><fo:table-body>");
    for (int row = 0; row < ROWS; row++) {
        buf_puts(b, "<fo:table-row>");
        if (row % 2 == 0)
            buf_printf(b,
                       "<fo:table-cell number-rows-spanned='2' border='1pt solid'><fo:block>"
                       "<fo:marker marker-class-name='m'>m%d</fo:marker>s</fo:block>"
                       "</fo:table-cell>",
                       row);
        buf_printf(b, "<fo:table-cell border='1pt solid'><fo:block>row%d.", row);
        put_words(b, 12);
        if (row % 4 == 0) {
            buf_printf(b,
                       "<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body><fo:block>"
                       "note%d.</fo:block><fo:block>",
                       row);
            put_words(b, 150);
            buf_puts(b, "</fo:block></fo:footnote-body></fo:footnote>");
        }
        buf_puts(b, "</fo:block></fo:table-cell></fo:table-row>");
    }
    buf_puts(b, "</fo:table-body></fo:table>");
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)); text++)
        n++;
    return n;
}

static void check_dump(const char *dump)
{
    char what[32];
    const char *at = dump;
    for (int row = 0; row < ROWS; row++) {
        snprintf(what, sizeof what, "row%d.", row);
        assert_int_equal(count(dump, what), 1);
        at = strstr(at, what);
        assert_non_null(at); /* in order */
        snprintf(what, sizeof what, "note%d.", row);
        assert_int_equal(count(dump, what), row % 4 == 0);
    }
}

static void nothing_is_lost_of_a_long_table_with_notes(void **state)
{
    struct buf text = BUF_EMPTY, dump = BUF_EMPTY;
    struct fo_sample s;
    (void)state;
    buf_puts(&text,
             FO_SAMPLE_OPEN " font-family='Liberation Serif'><fo:layout-master-set>"
                            "<fo:simple-page-master master-name='a' page-width='160mm' "
                            "page-height='120mm'><fo:region-body margin-top='10mm'/>"
                            "<fo:region-before extent='8mm'/></fo:simple-page-master>"
                            "</fo:layout-master-set><fo:page-sequence master-reference='a'>"
                            "<fo:static-content flow-name='xsl-region-before'><fo:block>"
                            "<fo:retrieve-marker retrieve-class-name='m'/></fo:block>"
                            "</fo:static-content><fo:flow flow-name='xsl-region-body'>");
    put_flow(&text);
    buf_puts(&text, "</fo:flow></fo:page-sequence></fo:root>");
    fo_sample_parse(&s, buf_str(&text));
    assert_non_null(s.doc);
    assert_true(s.doc->pieces.len > 2);
    struct text_fonts *fonts = text_new_fonts();
    struct area_painter *painter = area_new_dump(&dump);
    struct layout_result result;
    assert_true(layout_document(s.doc, fonts, NULL, painter, s.diag, &result));
    assert_true(result.pages > 100);
    assert_true(s.doc->pieces.released > 0);
    check_dump(buf_str(&dump));
    layout_free_result(&result);
    free(painter);
    text_free_fonts(fonts);
    fo_sample_free(&s);
    buf_free(&text);
    buf_free(&dump);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost_of_a_long_table_with_notes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
