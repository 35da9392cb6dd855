/* Markers: the same content, inheriting from where it is retrieved. */
#include "base/buf.h"
#include "base/mem.h"
#include "unit/fo_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A document with a retrieve-marker in its header and a marker with `content` in its flow. */
static void make(struct fo_sample *s, const char *content)
{
    struct buf text = BUF_EMPTY;
    buf_puts(
        &text, FO_SAMPLE_OPEN
        "><fo:layout-master-set><fo:simple-page-master master-name='a'><fo:region-body/>"
        "<fo:region-before/></fo:simple-page-master></fo:layout-master-set>"
        "<fo:page-sequence master-reference='a'><fo:static-content"
        " flow-name='xsl-region-before'><fo:block font-size='8pt' color='red'"
        " start-indent='3pt'><fo:retrieve-marker id='r' retrieve-class-name='m'/></fo:block>"
        "</fo:static-content><fo:flow flow-name='xsl-region-body'>"
        "<fo:block font-size='20pt' color='blue'><fo:marker id='m' marker-class-name='m'"
        " color='green'>");
    buf_puts(&text, content);
    buf_puts(&text, "</fo:marker>text</fo:block></fo:flow></fo:page-sequence></fo:root>");
    fo_sample_parse(s, buf_str(&text));
    buf_free(&text);
}

static const struct fo_node *retrieve(const struct fo_sample *s, struct arena *arena)
{
    return fo_instantiate_marker(s->doc, fo_sample_find(s, "m"), fo_sample_find(s, "r"), arena);
}

static void styles_come_from_the_place_of_retrieval(void **state)
{
    struct fo_sample s;
    struct arena *arena = arena_new();
    (void)state;
    make(&s, "<fo:block id='x' font-size='2em' margin-left='1em' role='H1'>a"
             "<fo:inline padding-left='50%' font-size='50%'>b</fo:inline></fo:block>c");
    fo_sample_expect_quiet(&s);
    const struct fo_node *top = retrieve(&s, arena), *block = top->child;
    assert_int_equal(top->type, FO_WRAPPER);
    assert_ptr_equal(top->parent, fo_sample_find(&s, "r"));
    assert_int_equal(block->type, FO_BLOCK);
    assert_ptr_equal(block->parent, top);
    assert_int_equal(block->style->inh.font_size, 16000);
    assert_int_equal(block->style->inh.start_indent.v, 19000);
    assert_int_equal(block->style->inh.color, 0xFF0000);
    assert_int_equal(block->as.block.heading, 1);
    assert_null(block->id);
    assert_string_equal(block->child->as.text.bytes, "a");
    assert_ptr_equal(block->child->style, block->style);
    assert_int_equal(block->child->next->style->inh.font_size, 8000);
    assert_string_equal(block->next->as.text.bytes, "c");
    assert_int_equal(block->next->style->inh.font_size, 8000);
    arena_free(arena);
    fo_sample_free(&s);
}

/* The tree itself keeps the styles of where the marker stands. */
static void the_marker_stays_as_it_was(void **state)
{
    struct fo_sample s;
    struct arena *arena = arena_new();
    (void)state;
    make(&s, "<fo:block id='x' font-size='2em'>a</fo:block>");
    const struct fo_style *style = fo_sample_find(&s, "x")->style;
    assert_int_equal(style->inh.font_size, 40000);
    retrieve(&s, arena);
    assert_ptr_equal(fo_sample_find(&s, "x")->style, style);
    assert_int_equal(fo_sample_find(&s, "x")->style->inh.font_size, 40000);
    arena_free(arena);
    fo_sample_free(&s);
}

static void equal_copies_share_styles(void **state)
{
    struct fo_sample s;
    struct arena *arena = arena_new();
    (void)state;
    make(&s, "<fo:block font='bold 9pt Arial' border='1pt solid'>a</fo:block>");
    const struct fo_node *one = retrieve(&s, arena), *two = retrieve(&s, arena);
    assert_ptr_not_equal(one->child, two->child);
    assert_ptr_equal(one->child->style, two->child->style);
    assert_int_equal(one->child->style->inh.font_weight, 700);
    arena_free(arena);
    fo_sample_free(&s);
}

/* Parts that were moved, cut or made on the way do not confuse it. */
static void tables_and_mended_parts_in_markers(void **state)
{
    struct fo_sample s;
    struct arena *arena = arena_new();
    (void)state;
    make(&s,
         "<fo:table><fo:table-body><fo:table-cell padding='1em'><fo:block color='#111111'/>"
         "</fo:table-cell></fo:table-body><fo:table-header><fo:table-row>"
         "<fo:table-cell padding='2em'><fo:block color='#222222'/></fo:table-cell>"
         "</fo:table-row></fo:table-header></fo:table><fo:float/>"
         "<fo:list-block><fo:list-item><fo:list-item-label end-indent='label-end()'><fo:block/>"
         "</fo:list-item-label><fo:list-item-body start-indent='body-start()'><fo:block/>"
         "</fo:list-item-body></fo:list-item></fo:list-block>");
    const struct fo_node *table = retrieve(&s, arena)->child;
    const struct fo_node *head = table->child, *body = head->next;
    assert_int_equal(head->type, FO_TABLE_HEADER);
    const struct fo_node *cell = head->child->child;
    assert_int_equal(cell->style->own.padding[0].len.v, 16000);
    assert_int_equal(cell->as.cell.number, 1);
    assert_int_equal(cell->child->style->inh.color, 0x222222);
    cell = body->child->child;
    assert_true(body->child->as.row.made);
    assert_int_equal(cell->style->own.padding[0].len.v, 8000);
    assert_int_equal(cell->child->style->inh.color, 0x111111);
    const struct fo_node *item = table->next->child;
    assert_int_equal(item->child->next->style->inh.start_indent.v, 27000);
    arena_free(arena);
    fo_sample_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(styles_come_from_the_place_of_retrieval),
        cmocka_unit_test(the_marker_stays_as_it_was),
        cmocka_unit_test(equal_copies_share_styles),
        cmocka_unit_test(tables_and_mended_parts_in_markers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
