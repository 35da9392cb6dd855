/* The area stage: order of areas, what text says, the dump. */
#include "area/area.h"
#include "unit/test_pdf_pages.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct fixture {
    struct sheet s;
    struct buf out;
    struct area_painter *painter;
};

static int open_fixture(void **state)
{
    struct fixture *f = mem_zalloc(sizeof *f);
    f->painter = area_new_dump(&f->out);
    sheet_open(&f->s, f->painter);
    sheet_new_page(&f->s, "iv");
    *state = f;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;
    sheet_close(&f->s);
    free(f->painter);
    buf_free(&f->out);
    free(f);
    return 0;
}

/* The dump of the page so far, without its first line. */
static const char *dumped(struct fixture *f)
{
    sheet_end_page(&f->s);
    return strchr(buf_str(&f->out), '\n') + 1;
}

static void areas_keep_their_order(void **state)
{
    struct fixture *f = *state;
    struct area *g = area_add(&f->s.page, AREA_GROUP);
    struct area *a = area_add_to_group(f->s.page.arena, g, AREA_RULE);
    struct area *b = area_add_to_group(f->s.page.arena, g, AREA_DEST);
    struct area *last = area_add(&f->s.page, AREA_LINK);
    assert_ptr_equal(f->s.page.child, g);
    assert_ptr_equal(g->next, last);
    assert_ptr_equal(f->s.page.last_child, last);
    assert_ptr_equal(g->as.group.child, a);
    assert_ptr_equal(a->next, b);
    assert_ptr_equal(g->as.group.last_child, b);
    b->as.dest.id = "x";
    dumped(f);
}

static void page_line_has_size_label_and_sequence(void **state)
{
    struct fixture *f = *state;
    f->s.page.blank = true;
    f->s.page.sequence = 2;
    dumped(f);
    assert_string_equal(buf_str(&f->out), "page 1 595.276 x 841.89 \"iv\" sequence 3 blank\n");
}

static void text_is_one_quoted_line(void **state)
{
    struct fixture *f = *state;
    struct area *a =
        sheet_line(&f->s, sheet_tag(&f->s, f->s.root, "P"), "Слова «строки»", 120300);
    a->width = 300100;
    a->line = 12;
    a = sheet_line(&f->s, NULL, "a\"b\\", 140000);
    a->width = 0;
    a->as.text.color = 0x12ABEF;
    a->as.text.letter_spacing = 1500;
    a->as.text.actual = "ab";
    assert_string_equal(
        dumped(f), "  text 85.04 120.3 w 300.1 LiberationSerif 14 \"Слова «строки»\" [P] @12\n"
                   "  text 85.04 140 w 0 LiberationSerif 14 #12ABEF spaced 1.5 \"a\\\"b\\\\\" "
                   "actual \"ab\"\n");
}

static void hyphen_of_a_line_end_is_told_apart(void **state)
{
    struct fixture *f = *state;
    struct area *a = sheet_line(&f->s, NULL, "обра-", 10000);
    a->width = 0;
    a->as.text.words[0].flags = AREA_WORD_HYPHEN;
    assert_string_equal(dumped(f), "  text 85.04 10 w 0 LiberationSerif 14 \"обра\" hyphen\n");
}

static void words_apart_have_a_space(void **state)
{
    struct fixture *f = *state;
    struct buf said = BUF_EMPTY;
    struct area *a = sheet_line(&f->s, NULL, "раз два", 10000);
    struct area_word *w = a->as.text.words;
    w[1] = w[2]; /* no word for the space any more */
    a->as.text.count = 2;
    area_put_text(a, &said);
    assert_string_equal(buf_str(&said), "раз два");
    w[1].x = text_scale(f->s.serif, w[0].word->advance, 14000) + 1399;
    buf_clear(&said);
    area_put_text(a, &said);
    assert_string_equal(buf_str(&said), "раздва");
    w[1].x++;
    assert_true(area_word_is_apart(a, 1));
    assert_false(area_word_is_apart(a, 0));
    buf_free(&said);
    dumped(f);
}

static void boxes_show_fill_and_borders(void **state)
{
    struct fixture *f = *state;
    struct area *b = sheet_place(area_add(&f->s.page, AREA_BOX), 10000, 20500, 30000, 40000);
    b->as.box.background = 0xFFFFFF;
    b = sheet_place(area_add(&f->s.page, AREA_BOX), 0, 0, 1, 1001);
    b->as.box.background = AREA_TRANSPARENT;
    for (int i = 0; i < 4; i++)
        b->as.box.border[i] = (struct area_border){AREA_LINE_SOLID, 500, 0};
    b = sheet_place(area_add(&f->s.page, AREA_BOX), 0, 0, 0, 0);
    b->as.box.background = AREA_TRANSPARENT;
    b->as.box.border[1] = (struct area_border){AREA_LINE_DOUBLE, 1500, 0xFF0000};
    assert_string_equal(dumped(f), "  box 10 20.5 30 x 40 fill #FFFFFF\n"
                                   "  box 0 0 0.001 x 1.001 solid 0.5\n"
                                   "  box 0 0 0 x 0 after double 1.5 #FF0000\n");
}

static void groups_indent_their_children(void **state)
{
    static const mpt points[] = {0, 0, 1000, -500};
    static struct area_path path = {.ops = "ML",
                                    .points = points,
                                    .op_count = 2,
                                    .point_count = 2,
                                    .fill = AREA_TRANSPARENT,
                                    .stroke = 0,
                                    .stroke_width = 700};
    struct fixture *f = *state;
    struct area *g = sheet_place(area_add(&f->s.page, AREA_GROUP), 1000, 2000, 3000, 4000);
    g->as.group.rotation = 90;
    g->as.group.clip = true;
    struct area *in = area_add_to_group(f->s.page.arena, g, AREA_GROUP);
    in->as.group.transformed = true;
    in->as.group.matrix[0] = 500000;
    in->as.group.matrix[4] = -1500;
    area_add_to_group(f->s.page.arena, in, AREA_PATH)->as.path = &path;
    assert_string_equal(dumped(f), "  group 1 2 3 x 4 turned 90 clip\n"
                                   "    group 0 0 0 x 0 matrix 0.5 0 0 0 -1.5 0\n"
                                   "      path 0 0 stroke #000000 0.7 M 0 0 L 1 -0.5\n");
}

static void bookmarks_come_last(void **state)
{
    struct fixture *f = *state;
    struct area_bookmark inner = {.title = "Внутри", .uri = "http://a/"};
    struct area_bookmark top = {.title = "Раздел", .id = "s1", .closed = true, .child = &inner};
    struct area_document doc = {.bookmarks = &top};
    dumped(f);
    buf_clear(&f->out);
    assert_true(f->painter->finish(f->painter->self, &doc));
    assert_string_equal(buf_str(&f->out), "bookmark \"Раздел\" -> s1 closed\n"
                                          "  bookmark \"Внутри\" -> <http://a/>\n");
}

#define AREA_TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AREA_TEST(areas_keep_their_order),
        AREA_TEST(page_line_has_size_label_and_sequence),
        AREA_TEST(text_is_one_quoted_line),
        AREA_TEST(hyphen_of_a_line_end_is_told_apart),
        AREA_TEST(words_apart_have_a_space),
        AREA_TEST(boxes_show_fill_and_borders),
        AREA_TEST(groups_indent_their_children),
        AREA_TEST(bookmarks_come_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
