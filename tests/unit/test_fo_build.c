/* Events to the tree: structure, text, places, tables, metadata, and what bad documents get. */
#include "base/buf.h"
#include "unit/fo_sample.h"

#include <libxml/tree.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FLOW(content)                                                                          \
    struct fo_sample s;                                                                        \
    (void)state;                                                                               \
    fo_sample_flow(&s, "", content)

#define PARSE(text)                                                                            \
    struct fo_sample s;                                                                        \
    (void)state;                                                                               \
    fo_sample_parse(&s, text)

#define END         fo_sample_free(&s)
#define SEQUENCE    "<fo:page-sequence master-reference='a'><fo:flow flow-name='xsl-region-body'>"
#define CLOSE       "</fo:flow></fo:page-sequence></fo:root>"
#define DOC(body)   FO_SAMPLE_OPEN ">" FO_SAMPLE_MASTERS body "</fo:root>"
#define ROW(cells)  "<fo:table-row>" cells "</fo:table-row>"
#define CELL(attrs) "<fo:table-cell " attrs "><fo:block/></fo:table-cell>"
#define TABLE(columns, body)                                                                   \
    "<fo:table table-layout='fixed'>" columns "<fo:table-body>" body                           \
    "</fo:table-body></fo:table>"

static int32_t number(const struct fo_sample *s, const char *id)
{
    return fo_sample_find(s, id)->as.cell.number;
}

/* --- text -------------------------------------------------------------------------------- */

static void text_keeps_its_white_space(void **state)
{
    FLOW("<fo:block id='b'>  a\n b<!-- c --><![CDATA[<&>]]> &#233;&amp;</fo:block>");
    const struct fo_node *t = fo_sample_find(&s, "b")->child;
    assert_int_equal(t->type, FO_TEXT);
    assert_null(t->next);
    assert_string_equal(t->as.text.bytes, "  a\n b<&> \xc3\xa9&");
    assert_int_equal(t->as.text.len, strlen(t->as.text.bytes));
    assert_ptr_equal(t->style, t->parent->style);
    END;
}

static void white_space_between_blocks_is_dropped(void **state)
{
    FLOW(" \n <fo:block id='a'>\n <fo:block/>\n <fo:block/> </fo:block>"
         "<fo:block id='b'>x <fo:inline>y</fo:inline> <fo:inline>z</fo:inline></fo:block>"
         "<fo:block id='c' white-space='pre'> <fo:block/> </fo:block>"
         "<fo:block id='d'> </fo:block>"
         "<fo:block>x<fo:wrapper id='e'> <fo:block/> </fo:wrapper></fo:block>");
    assert_int_equal(fo_sample_find(&s, "a")->parent->child->type, FO_BLOCK);
    const struct fo_node *a = fo_sample_find(&s, "a");
    assert_int_equal(a->child->type, FO_BLOCK);
    assert_int_equal(a->child->next->type, FO_BLOCK);
    assert_null(a->child->next->next);
    assert_ptr_equal(a->last_child, a->child->next);
    const struct fo_node *b = fo_sample_find(&s, "b");
    assert_int_equal(b->child->next->next->type, FO_TEXT);
    assert_int_equal(fo_sample_find(&s, "c")->child->type, FO_TEXT);
    assert_int_equal(fo_sample_find(&s, "d")->child->type, FO_TEXT);
    assert_int_equal(fo_sample_find(&s, "e")->child->type, FO_BLOCK);
    assert_null(fo_sample_find(&s, "e")->child->next);
    END;
}

static void stray_text_is_an_error(void **state)
{
    FLOW("lost<fo:block/>");
    fo_sample_expect(&s, DIAG_ERROR, 1, "text is not allowed in <fo:flow>");
    fo_sample_expect(&s, DIAG_ERROR, 1, "lost");
    END;
}

/* --- places ------------------------------------------------------------------------------ */

static void places_are_lines_of_the_file_or_px_at(void **state)
{
    FLOW("\n<fo:block id='a'>\n\n x<fo:inline id='i'>y</fo:inline></fo:block>\n"
         "<fo:block id='b' px:at='part.xml:12'>z<fo:inline id='c' px:at='7'/></fo:block>"
         "<fo:block id='d' px:at='nonsense'/>");
    assert_int_equal(fo_sample_find(&s, "a")->loc.line, 2);
    assert_string_equal(fo_sample_find(&s, "a")->loc.file, "sample.fo");
    assert_int_equal(fo_sample_find(&s, "a")->child->loc.line, 4);
    const struct fo_node *b = fo_sample_find(&s, "b");
    assert_int_equal(b->loc.line, 12);
    assert_string_equal(b->loc.file, "part.xml");
    assert_int_equal(b->child->loc.line, 12);
    assert_int_equal(fo_sample_find(&s, "c")->loc.line, 7);
    assert_string_equal(fo_sample_find(&s, "c")->loc.file, "sample.fo");
    assert_int_equal(fo_sample_find(&s, "d")->loc.line, 5);
    END;
}

static void faults_are_where_px_at_says(void **state)
{
    FLOW("<fo:block px:at='order.xml:31'><fo:inline color='x'/></fo:block>");
    size_t n = 0;
    const struct diag_item *item = diag_items(s.diag, &n);
    assert_int_equal(n, 1);
    assert_int_equal(item->loc.line, 31);
    assert_string_equal(item->loc.file, "order.xml");
    END;
}

/* --- structure --------------------------------------------------------------------------- */

static void what_is_not_supported_is_left_out_whole(void **state)
{
    FLOW("<fo:float id='f'><fo:block id='g'>x</fo:block></fo:float>\n"
         "<fo:bogus/><html xmlns='http://www.w3.org/1999/xhtml'>y</html>"
         "<fo:block id='b'><fo:block-container/><fo:table-cell/></fo:block>");
    fo_sample_expect(&s, DIAG_ERROR, 1, "<fo:float> is not supported");
    fo_sample_expect(&s, DIAG_ERROR, 2, "no formatting object <fo:bogus>");
    fo_sample_expect(&s, DIAG_ERROR, 2, "<html> is not a formatting object");
    fo_sample_expect(&s, DIAG_ERROR, 2, "<fo:table-cell> is not allowed here, in <fo:block>");
    const struct fo_node *b = fo_sample_find(&s, "b");
    assert_ptr_equal(b->parent->child, b);
    assert_int_equal(b->child->type, FO_BLOCK_CONTAINER);
    assert_null(b->child->next);
    END;
}

/* Settings of other formatters lose nothing; text and pictures do. */
static void foreign_elements_weigh_what_they_hold(void **state)
{
    FLOW("<rx:meta xmlns:rx='http://www.renderx.com/XSL/Extensions'> <rx:x a='1'/> </rx:meta>"
         "<fo:block><fox:destination internal-destination='b'/>"
         "<svg xmlns='http://www.w3.org/2000/svg'/><a xmlns='urn:a'> <b>text</b></a></fo:block>"
         "<fox:external-document src='a.pdf'/>");
    fo_sample_expect(&s, DIAG_WARNING, 0, "<meta> is not a formatting object");
    fo_sample_expect(&s, DIAG_WARNING, 0, "<destination> is not a formatting object");
    fo_sample_expect(&s, DIAG_ERROR, 0, "<svg> is not a formatting object");
    fo_sample_expect(&s, DIAG_ERROR, 0, "<a> is not a formatting object");
    fo_sample_expect(&s, DIAG_ERROR, 0, "<external-document> is not a formatting object");
    assert_int_equal(fo_sample_faults(&s), 5);
    END;
}

static void wrappers_take_the_rules_of_their_place(void **state)
{
    FLOW(
        "<fo:wrapper color='red'><fo:block id='b'>x<fo:wrapper id='w'>y</fo:wrapper></fo:block>"
        " stray</fo:wrapper>");
    fo_sample_expect(&s, DIAG_ERROR, 0, "stray");
    assert_int_equal(fo_sample_inh(&s, "b")->color, 0xFF0000);
    assert_int_equal(fo_sample_find(&s, "w")->child->type, FO_TEXT);
    END;
}

static void children_are_put_in_order(void **state)
{
    FLOW("<fo:table id='t'><fo:table-body/><fo:table-header>" ROW(
        CELL("")) "</fo:table-header>"
                  "<fo:table-footer>" ROW(
                      CELL("")) "</fo:table-footer><fo:table-column/></fo:table>");
    const struct fo_node *n = fo_sample_find(&s, "t")->child;
    static const enum fo_type want[] = {FO_TABLE_COLUMN, FO_TABLE_HEADER, FO_TABLE_FOOTER,
                                        FO_TABLE_BODY};
    for (int i = 0; i < 4; i++, n = n->next)
        assert_int_equal(n->type, want[i]);
    assert_null(n);
    assert_int_equal(fo_sample_find(&s, "t")->last_child->type, FO_TABLE_BODY);
    fo_sample_expect(&s, DIAG_WARNING, 0, "<fo:table-header> stands too late");
    END;
}

static void parts_that_stand_twice_or_not_at_all(void **state)
{
    FLOW("<fo:list-block><fo:list-item id='i'><fo:list-item-label><fo:block/>"
         "</fo:list-item-label><fo:list-item-label><fo:block/></fo:list-item-label>"
         "</fo:list-item></fo:list-block><fo:table/>"
         "<fo:block><fo:footnote><fo:inline>1</fo:inline></fo:footnote></fo:block>");
    fo_sample_expect(&s, DIAG_WARNING, 0, "<fo:list-item> has no <fo:list-item-body>");
    fo_sample_expect(&s, DIAG_ERROR, 0, "<fo:list-item-label> stands twice");
    fo_sample_expect(&s, DIAG_WARNING, 0, "<fo:table> has no <fo:table-body>");
    fo_sample_expect(&s, DIAG_WARNING, 0, "<fo:footnote> has no <fo:footnote-body>");
    assert_null(fo_sample_find(&s, "i")->child->next);
    END;
}

static void markers_and_footnotes_have_their_places(void **state)
{
    PARSE(DOC("<fo:page-sequence master-reference='a'>"
              "<fo:static-content flow-name='xsl-footnote-separator'><fo:block>"
              "<fo:marker marker-class-name='m'/><fo:retrieve-marker retrieve-class-name='m'/>"
              "<fo:footnote><fo:inline/><fo:footnote-body><fo:block/></fo:footnote-body>"
              "</fo:footnote></fo:block></fo:static-content>"
              "<fo:flow flow-name='xsl-region-body'>"
              "<fo:block><fo:marker marker-class-name='m'/><fo:marker/>"
              "<fo:retrieve-marker retrieve-class-name='m'/>"
              "<fo:retrieve-table-marker retrieve-class-name='m'/></fo:block>"
              "</fo:flow>"
              "</fo:page-sequence>"));
    fo_sample_expect(&s, DIAG_ERROR, 0, "<fo:marker> is not allowed here, in <fo:block>");
    fo_sample_expect(&s, DIAG_ERROR, 0, "<fo:footnote> is not allowed here");
    fo_sample_expect(&s, DIAG_ERROR, 0, "<fo:retrieve-marker> is not allowed here");
    fo_sample_expect(&s, DIAG_ERROR, 0, "<fo:retrieve-table-marker> is not allowed here");
    fo_sample_expect(&s, DIAG_ERROR, 0, "<fo:marker> needs the property marker-class-name");
    END;
}

/* --- names ------------------------------------------------------------------------------- */

static void ids_and_references(void **state)
{
    FLOW("<fo:block id='a'/><fo:block id='a'/>\n<fo:block><fo:page-number-citation ref-id='b'/>"
         "<fo:page-number-citation ref-id='a'/><fo:basic-link internal-destination='c'/>\n"
         "<fo:basic-link>t</fo:basic-link><fo:page-number-citation/><fo:external-graphic/>"
         "</fo:block>");
    fo_sample_expect(&s, DIAG_WARNING, 1, "the id \"a\" is used twice");
    fo_sample_expect(&s, DIAG_WARNING, 2, "no object has the id \"b\"");
    fo_sample_expect(&s, DIAG_WARNING, 2, "no object has the id \"c\"");
    fo_sample_expect(&s, DIAG_WARNING, 3, "leads nowhere");
    fo_sample_expect(&s, DIAG_ERROR, 3, "<fo:page-number-citation> needs the property ref-id");
    fo_sample_expect(&s, DIAG_ERROR, 3, "<fo:external-graphic> needs the property src");
    assert_null(fo_sample_find(&s, "a")->next->id);
    END;
}

static void long_names_are_cut_at_characters(void **state)
{
    FLOW("<fo:block><fo:basic-link internal-destination='"
         "абвгдежзийклмнопрстуфхцчшщъыьэюяабвгдежзийклмнопрстуфхцчшщъыьэюя'/>"
         "<fo:basic-link internal-destination='"
         "xабвгдежзийклмнопрстуфхцчшщъыьэюяабвгдежзийклмнопрстуфхцчшщъыьэюя'/></fo:block>");
    fo_sample_expect(&s, DIAG_WARNING, 0, "\"абвгдежзийклмнопрстуфхцчшщъыьэ\"");
    fo_sample_expect(&s, DIAG_WARNING, 0, "\"xабвгдежзийклмнопрстуфхцчшщъыь\"");
    END;
}

static void page_masters_are_checked(void **state)
{
    PARSE(FO_SAMPLE_OPEN
          "><fo:layout-master-set>"
          "<fo:simple-page-master master-name='a'><fo:region-body/>"
          "<fo:region-before region-name='xsl-region-after'/></fo:simple-page-master>"
          "<fo:simple-page-master master-name='a'><fo:region-body/></fo:simple-page-master>"
          "<fo:simple-page-master><fo:region-before/></fo:simple-page-master>"
          "<fo:page-sequence-master master-name='s'>"
          "<fo:single-page-master-reference master-reference='none'/>"
          "<fo:repeatable-page-master-alternatives>"
          "<fo:conditional-page-master-reference master-reference='nil'/>"
          "</fo:repeatable-page-master-alternatives></fo:page-sequence-master>"
          "</fo:layout-master-set>"
          "<fo:page-sequence id='p' master-reference='s'><fo:flow id='f' flow-name='nowhere'>"
          "<fo:block/></fo:flow></fo:page-sequence>"
          "<fo:page-sequence id='q' master-reference='a'/>"
          "<fo:page-sequence id='r' master-reference='a'>"
          "<fo:static-content flow-name='nobody'><fo:block/></fo:static-content>"
          "<fo:static-content flow-name='xsl-region-before'><fo:block/></fo:static-content>"
          "<fo:static-content flow-name='xsl-region-before'><fo:block/></fo:static-content>"
          "<fo:flow flow-name='xsl-region-body'/><fo:flow flow-name='xsl-region-body'/>"
          "</fo:page-sequence></fo:root>");
    fo_sample_expect(&s, DIAG_ERROR, 0, "xsl-region-after is reserved");
    fo_sample_expect(&s, DIAG_ERROR, 0, "the master-name \"a\" is used twice");
    fo_sample_expect(&s, DIAG_ERROR, 0,
                     "<fo:simple-page-master> needs the property master-name");
    fo_sample_expect(&s, DIAG_ERROR, 0, "has no <fo:region-body>");
    fo_sample_expect(&s, DIAG_ERROR, 0, "no simple-page-master \"none\"");
    fo_sample_expect(&s, DIAG_ERROR, 0, "no simple-page-master \"nil\"");
    fo_sample_expect(&s, DIAG_ERROR, 0, "master-reference=\"s\" names no usable page master");
    fo_sample_expect(&s, DIAG_ERROR, 0, "flow-name=\"nowhere\" names no region-body");
    fo_sample_expect(&s, DIAG_ERROR, 0, "<fo:page-sequence> has no <fo:flow>");
    fo_sample_expect(&s, DIAG_ERROR, 0, "flow-name=\"nobody\" names no region");
    fo_sample_expect(&s, DIAG_ERROR, 0, "static content for xsl-region-before stands twice");
    fo_sample_expect(&s, DIAG_ERROR, 0, "<fo:flow> stands twice");
    assert_string_equal(fo_sample_find(&s, "p")->as.page_sequence.master, "a");
    assert_string_equal(fo_sample_find(&s, "f")->as.flow.region, "xsl-region-body");
    assert_null(fo_sample_find(&s, "r")->next);
    END;
}

static void page_masters_hold_their_values(void **state)
{
    PARSE(FO_SAMPLE_OPEN
          "><fo:layout-master-set>"
          "<fo:simple-page-master id='m' master-name='a' size='20cm 10cm' margin='1pt 2pt 3pt "
          "4pt'>"
          "<fo:region-body id='b' margin='5pt' column-count='2' column-gap='7pt'/>"
          "<fo:region-before id='h' extent='2em' font-size='10pt' region-name='head'"
          " precedence='true'/></fo:simple-page-master>"
          "<fo:page-sequence-master master-name='s'><fo:repeatable-page-master-alternatives "
          "id='x'"
          " maximum-repeats='3'><fo:conditional-page-master-reference id='c'"
          " master-reference='a' page-position='first' odd-or-even='odd'"
          " blank-or-not-blank='blank'/></fo:repeatable-page-master-alternatives>"
          "</fo:page-sequence-master></fo:layout-master-set>"
          "<fo:page-sequence id='p' master-reference='s' initial-page-number='0'"
          " format='i' force-page-count='end-on-even' grouping-size='3' grouping-separator=' '>"
          "<fo:flow "
          "flow-name='xsl-region-body'><fo:block/></fo:flow></fo:page-sequence></fo:root>");
    const struct fo_as_page_master *m = &fo_sample_find(&s, "m")->as.page_master;
    assert_int_equal(m->width.v, 566929);
    assert_int_equal(m->height.v, 283465);
    assert_int_equal(m->margin[FO_BEFORE].v, 1000);
    assert_int_equal(m->margin[FO_AFTER].v, 3000);
    assert_int_equal(m->margin[FO_START].v, 4000);
    assert_int_equal(m->margin[FO_END].v, 2000);
    const struct fo_as_region *r = &fo_sample_find(&s, "b")->as.region;
    assert_int_equal(r->margin[FO_END].v, 5000);
    assert_int_equal(r->column_count, 2);
    assert_int_equal(r->column_gap.v, 7000);
    r = &fo_sample_find(&s, "h")->as.region;
    assert_int_equal(r->extent.v, 20000);
    assert_int_equal(r->margin[FO_END].v, 0);
    assert_string_equal(r->name, "head");
    assert_true(r->precedence);
    const struct fo_as_master_reference *c = &fo_sample_find(&s, "c")->as.master_reference;
    assert_int_equal(c->position, FO_POS_FIRST);
    assert_int_equal(c->parity, FO_PARITY_ODD);
    assert_int_equal(c->blank, FO_BLANK);
    assert_int_equal(fo_sample_find(&s, "x")->as.master_reference.maximum_repeats, 3);
    const struct fo_as_page_sequence *p = &fo_sample_find(&s, "p")->as.page_sequence;
    assert_int_equal(p->initial, 1);
    assert_int_equal(p->force, FO_FORCE_END_ON_EVEN);
    assert_string_equal(p->format, "i");
    assert_string_equal(p->grouping_separator, " ");
    END;
}

static void documents_without_pages_are_none(void **state)
{
    static const char *const bad[] = {
        "",
        "x",
        "<a/>",
        "<fo:block xmlns:fo='http://www.w3.org/1999/XSL/Format'/>",
        FO_SAMPLE_OPEN "/>",
        FO_SAMPLE_OPEN "><fo:layout-master-set/></fo:root>",
        FO_SAMPLE_OPEN ">" FO_SAMPLE_MASTERS "</fo:root>",
        DOC("<fo:page-sequence/>"),
        FO_SAMPLE_OPEN ">" FO_SAMPLE_MASTERS SEQUENCE "<fo:block>",
        FO_SAMPLE_OPEN,
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct fo_sample s;
        fo_sample_parse(&s, bad[i]);
        assert_null(s.doc);
        assert_int_equal(diag_exit_status(s.diag), 1);
        fo_sample_free(&s);
    }
}

/* --- tables ------------------------------------------------------------------------------ */

static void cells_get_their_column_numbers(void **state)
{
    FLOW(TABLE("<fo:table-column id='k' number-columns-repeated='2'/><fo:table-column id='l'/>"
               "<fo:table-column column-number='5' column-width='9pt' id='m'/>",
               ROW(CELL("id='a' number-rows-spanned='2'") CELL(
                   "id='b' number-columns-spanned='2'") CELL("id='c' column-number='5'"))
                   ROW(CELL("id='d'") CELL("id='e' number-rows-spanned='2'") CELL("id='f'"))
                       ROW(CELL("id='g'") CELL("id='h'") CELL("id='i'"))));
    assert_int_equal(fo_sample_find(&s, "k")->as.column.number, 1);
    assert_int_equal(fo_sample_find(&s, "l")->as.column.number, 3);
    assert_int_equal(fo_sample_find(&s, "l")->as.column.width.unit, FO_UNIT_PROP);
    assert_int_equal(fo_sample_find(&s, "m")->as.column.number, 5);
    assert_int_equal(fo_sample_find(&s, "m")->as.column.width.v, 9000);
    assert_int_equal(number(&s, "a"), 1);
    assert_int_equal(number(&s, "b"), 2);
    assert_int_equal(number(&s, "c"), 5);
    assert_int_equal(number(&s, "d"), 2);
    assert_int_equal(number(&s, "e"), 3);
    assert_int_equal(number(&s, "f"), 4);
    assert_int_equal(number(&s, "g"), 1);
    assert_int_equal(number(&s, "h"), 2);
    assert_int_equal(number(&s, "i"), 4);
    fo_sample_expect_quiet(&s);
    END;
}

static void automatic_columns_have_no_width(void **state)
{
    FLOW("<fo:table><fo:table-column id='a'/><fo:table-body>" ROW(CELL("")) "</fo:table-body>"
                                                                            "</fo:table>");
    assert_int_equal(fo_sample_find(&s, "a")->as.column.width.unit, FO_UNIT_AUTO);
    END;
}

static void cells_without_rows_get_some(void **state)
{
    FLOW(TABLE("", CELL("id='a'") CELL("id='b' ends-row='true'") CELL("id='c'")
                       CELL("id='d' starts-row='true'")));
    const struct fo_node *row = fo_sample_find(&s, "a")->parent;
    assert_int_equal(row->type, FO_TABLE_ROW);
    assert_true(row->as.row.made);
    assert_ptr_equal(fo_sample_find(&s, "b")->parent, row);
    assert_ptr_equal(fo_sample_find(&s, "c")->parent, row->next);
    assert_ptr_equal(fo_sample_find(&s, "d")->parent, row->next->next);
    assert_int_equal(number(&s, "b"), 2);
    assert_int_equal(number(&s, "c"), 1);
    assert_int_equal(number(&s, "d"), 1);
    fo_sample_expect_quiet(&s);
    END;
}

static void spans_that_do_not_fit_are_cut(void **state)
{
    FLOW(TABLE(
        "<fo:table-column/><fo:table-column/>",
        ROW(CELL("id='a' number-rows-spanned='9'") CELL("id='b' number-columns-spanned='4'"))
            ROW(CELL("id='c' column-number='1'") CELL("id='d'") CELL("id='e'")
                    CELL("id='f'"))));
    fo_sample_expect(&s, DIAG_WARNING, 0, "the cell spans 9 rows, 7 more than there are");
    assert_int_equal(fo_sample_find(&s, "a")->as.cell.rows, 2);
    fo_sample_expect(&s, DIAG_ERROR, 0, "reaches column 5, but the table describes 2");
    fo_sample_expect(&s, DIAG_ERROR, 0, "column 1 is taken by another cell");
    assert_int_equal(number(&s, "c"), 2);
    assert_int_equal(number(&s, "d"), 3);
    END;
}

static void a_span_stops_at_a_cell_from_above(void **state)
{
    FLOW(TABLE("", ROW(CELL("") CELL("") CELL("number-rows-spanned='2'"))
                       ROW(CELL("id='a' number-columns-spanned='3'") CELL("id='b'"))));
    fo_sample_expect(&s, DIAG_ERROR, 0, "spans 3 columns and meets another cell; it spans 2");
    assert_int_equal(fo_sample_find(&s, "a")->as.cell.columns, 2);
    assert_int_equal(number(&s, "b"), 4);
    END;
}

static void tables_have_a_widest_width(void **state)
{
    FLOW(TABLE("<fo:table-column number-columns-repeated='99999'/><fo:table-column id='k'/>",
               ROW(CELL("id='a' number-columns-spanned='16380'")
                       CELL("id='b' number-columns-spanned='20'") CELL("id='c'"))));
    fo_sample_expect(&s, DIAG_ERROR, 0, "number-columns-repeated=\"99999\"");
    fo_sample_expect(&s, DIAG_ERROR, 0, "further ones are merged");
    fo_sample_expect(&s, DIAG_ERROR, 0, "the span of the cell is cut");
    fo_sample_expect(&s, DIAG_ERROR, 0, "the cell is left out");
    assert_int_equal(fo_sample_find(&s, "b")->as.cell.columns, 4);
    END;
}

static void cells_take_from_their_column(void **state)
{
    FLOW(TABLE("<fo:table-column text-align='right' padding='3pt'/>"
               "<fo:table-column text-align='center' number-columns-spanned='2'/>",
               ROW(CELL("id='a' text-align='from-table-column()'"
                        " padding='from-table-column(padding-top)'")
                       CELL("id='b' number-columns-spanned='2' "
                            "text-align='from-table-column()'") "<fo:table-cell><fo:block "
                                                                "id='c' "
                                                                "text-align='from-table-column("
                                                                ")'/>"
                                                                "</fo:table-cell>")));
    assert_int_equal(fo_sample_inh(&s, "a")->text_align, FO_ALIGN_END);
    assert_int_equal(fo_sample_own(&s, "a")->padding[FO_AFTER].len.v, 3000);
    assert_int_equal(fo_sample_inh(&s, "b")->text_align, FO_ALIGN_CENTER);
    assert_int_equal(fo_sample_inh(&s, "c")->text_align, FO_ALIGN_START);
    END;
}

static void nested_tables_count_for_themselves(void **state)
{
    FLOW(TABLE("", ROW(CELL("") "<fo:table-cell>" TABLE(
                       "", ROW(CELL("id='a'"))) "</fo:table-cell>" CELL("id='b'"))));
    assert_int_equal(number(&s, "a"), 1);
    assert_int_equal(number(&s, "b"), 3);
    fo_sample_expect_quiet(&s);
    END;
}

/* --- own additions ----------------------------------------------------------------------- */

static void own_properties_reach_their_nodes(void **state)
{
    FLOW("<fo:block id='a' role='H2' px:office-breaks='on' "
         "px:kerning='false'>"
         "<fo:external-graphic id='g' src=\"url('a b.png')\" fox:alt-text='герб'"
         " content-width='scale-to-fit' content-height='50%' fox:other='1'/>"
         "<fo:basic-link id='l' external-destination='url(http://a/)' fox:more='1'>x"
         "</fo:basic-link></fo:block>"
         "<fo:block-container id='c' px:report='stamp'><fo:block/></fo:block-container>"
         "<fo:table id='t' px:continued-caption='Продолжение' px:repeat-spanned-cells='true'>"
         "<fo:table-column id='k' px:align='decimal'/><fo:table-body>" ROW(
             CELL("")) "</fo:table-body></fo:table>");
    const struct fo_node *a = fo_sample_find(&s, "a");
    assert_int_equal(a->as.block.heading, 2);
    assert_int_equal(a->style->inh.office_breaks, FO_OFFICE_ON);
    assert_false(a->style->inh.kerning);
    const struct fo_as_graphic *g = &fo_sample_find(&s, "g")->as.graphic;
    assert_string_equal(g->src, "a b.png");
    assert_string_equal(g->alt, "герб");
    assert_int_equal(g->content_width.unit, FO_UNIT_SCALE);
    assert_int_equal(g->content_width.v, FO_SCALE_TO_FIT);
    assert_int_equal(g->content_height.unit, FO_UNIT_PERCENT);
    assert_true(g->uniform);
    assert_string_equal(fo_sample_find(&s, "l")->as.link.external, "http://a/");
    assert_string_equal(fo_sample_find(&s, "c")->as.container.report, "stamp");
    assert_string_equal(fo_sample_find(&s, "t")->as.table.continued, "Продолжение");
    assert_true(fo_sample_find(&s, "t")->as.table.repeat_spanned);
    assert_true(fo_sample_find(&s, "k")->as.column.align_decimal);
    fo_sample_expect(&s, DIAG_NOTE, 0, "fox:other and other extensions");
    assert_int_equal(fo_sample_faults(&s), 1);
    END;
}

static void metadata_of_both_kinds(void **state)
{
    PARSE(FO_SAMPLE_OPEN
          " xml:lang='ru-RU'>" FO_SAMPLE_MASTERS
          "<fo:declarations><px:meta name='number' value='310'/><px:meta value='x'/>"
          "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
          "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
          "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' "
          "xmlns:pdf='http://ns.adobe.com/pdf/1.3/' pdf:Keywords='план'>"
          "<dc:title><rdf:Alt><rdf:li>Дорожная карта </rdf:li></rdf:Alt></dc:title>"
          "<dc:creator><rdf:Seq><rdf:li>А</rdf:li><rdf:li>Б</rdf:li></rdf:Seq></dc:creator>"
          "<dc:description> О чём </dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
          "</fo:declarations>" SEQUENCE "<fo:block/>" CLOSE);
    static const char *const want[][2] = {
        {"number", "310"}, {"keywords", "план"}, {"title", "Дорожная карта"},
        {"author", "А"},   {"author", "Б"},      {"subject", "О чём"}};
    const struct fo_meta *m = s.doc->meta;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++, m = m->next) {
        assert_non_null(m);
        assert_string_equal(m->name, want[i][0]);
        assert_string_equal(m->value, want[i][1]);
    }
    assert_null(m);
    assert_string_equal(s.doc->language, "ru-RU");
    fo_sample_expect(&s, DIAG_WARNING, 0, "<px:meta> needs a name");
    END;
}

static void drawings_are_kept(void **state)
{
    FLOW("<fo:block><fo:instream-foreign-object id='i'> <svg:svg "
         "xmlns:svg='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
         "width='1'><svg:text a='&lt;&amp;'>т<svg:tspan>е</svg:tspan>кст</svg:text>"
         "<svg:use xlink:href='#x'/></svg:svg></fo:instream-foreign-object>"
         "<fo:instream-foreign-object id='j'><math xmlns='http://www.w3.org/1998/Math/MathML'/>"
         "</fo:instream-foreign-object></fo:block>");
    xmlNode *svg = fo_sample_find(&s, "i")->as.graphic.svg;
    assert_non_null(svg);
    assert_string_equal((const char *)svg->name, "svg");
    assert_string_equal((const char *)svg->ns->href, "http://www.w3.org/2000/svg");
    xmlChar *text = xmlNodeGetContent(svg);
    assert_string_equal((const char *)text, "текст");
    xmlFree(text);
    xmlChar *a = xmlGetNoNsProp(svg->children, (const xmlChar *)"a");
    assert_string_equal((const char *)a, "<&");
    xmlFree(a);
    xmlChar *href = xmlGetNsProp(svg->children->next, (const xmlChar *)"href",
                                 (const xmlChar *)"http://www.w3.org/1999/xlink");
    assert_string_equal((const char *)href, "#x");
    xmlFree(href);
    assert_null(fo_sample_find(&s, "j")->as.graphic.svg);
    fo_sample_expect(&s, DIAG_ERROR, 0, "<math> is not SVG");
    END;
}

/* --- the two ways in --------------------------------------------------------------------- */

/* The dump without lines, which a tree of nodes does not know so well. */
static char *plain_dump(const struct fo_document *doc)
{
    struct buf dump = BUF_EMPTY, out = BUF_EMPTY;
    fo_dump(doc, &dump);
    for (const char *p = buf_str(&dump); *p; p++)
        if (p[0] == ' ' && p[1] == '@')
            p += strcspn(p + 1, " \n");
        else
            buf_putc(&out, *p);
    buf_free(&dump);
    return out.bytes;
}

static void the_walk_gives_what_the_parser_gives(void **state)
{
    static const char text[] = "<!DOCTYPE r [<!ENTITY e 'ent<b/>'><!ENTITY n 'слово'>]>" DOC(
        "<fo:page-sequence master-reference='a'><fo:title>T</fo:title>"
        "<fo:flow flow-name='xsl-region-body'><fo:block color='red'>&n; &amp; <![CDATA[<x>]]>"
        "<?pi x?><fo:inline>y</fo:inline> z</fo:block>" TABLE(
            "", ROW(CELL(
                    ""))) "<fo:block><fo:instream-foreign-object><svg "
                          "xmlns='http://www.w3.org/2000/svg'>"
                          "<g a='&n;'/></svg></fo:instream-foreign-object></fo:block></fo:flow>"
                          "</fo:page-sequence>");
    struct fo_sample a, b;
    (void)state;
    fo_sample_parse(&a, text);
    fo_sample_walk(&b, text);
    assert_non_null(a.doc);
    assert_non_null(b.doc);
    char *one = plain_dump(a.doc), *two = plain_dump(b.doc);
    assert_string_equal(one, two);
    assert_non_null(strstr(one, "слово & <x>"));
    free(one);
    free(two);
    fo_sample_free(&a);
    fo_sample_free(&b);
}

/* Copy `from` to the end of `to` node by node, and offer `to` after each. */
static void grow(struct fo_feed *feed, xmlDoc *to, xmlNode *parent, const xmlNode *from)
{
    for (; from; from = from->next) {
        xmlNode *copy = xmlDocCopyNode((xmlNode *)from, to, 2);
        if (parent)
            xmlAddChild(parent, copy);
        else
            xmlDocSetRootElement(to, copy);
        fo_feed_grown(feed, to);
        if (from->type == XML_ELEMENT_NODE)
            grow(feed, to, copy, from->children);
    }
}

static void a_growing_document_gives_what_the_whole_gives(void **state)
{
    static const char text[] = DOC(
        "<fo:page-sequence master-reference='a'><fo:title>T</fo:title>"
        "<fo:flow flow-name='xsl-region-body'><fo:block color='red'>a <fo:inline>y</fo:inline>"
        " z</fo:block>" TABLE("", ROW(CELL("") CELL("")) ROW(CELL("") CELL(
                                      ""))) "<fo:block>"
                                            "<fo:instream-foreign-object><svg "
                                            "xmlns='http://www.w3.org/2000/svg'><g/><g/></svg>"
                                            "</fo:instream-foreign-object> "
                                            "last</fo:block></fo:flow></fo:page-sequence>");
    struct fo_sample a, b = {.diag = diag_new()};
    (void)state;
    fo_sample_walk(&a, text);
    xmlDoc *whole = xmlReadMemory(text, (int)strlen(text), "sample.fo", NULL, 0);
    xmlDoc *growing = xmlNewDoc((const xmlChar *)"1.0");
    struct fo_feed *feed = fo_begin_feed("sample.fo", b.diag);
    grow(feed, growing, NULL, xmlDocGetRootElement(whole));
    fo_feed_rest(feed, growing);
    assert_null(xmlDocGetRootElement(growing));
    b.doc = fo_end_feed(feed);
    char *one = plain_dump(a.doc), *two = plain_dump(b.doc);
    assert_string_equal(one, two);
    assert_non_null(strstr(one, "last"));
    free(one);
    free(two);
    xmlFreeDoc(whole);
    xmlFreeDoc(growing);
    fo_sample_free(&a);
    fo_sample_free(&b);
}

static void a_feed_that_is_not_finished_gives_nothing(void **state)
{
    static const char text[] = FO_SAMPLE_OPEN
        ">" FO_SAMPLE_MASTERS SEQUENCE "<fo:block>a</fo:block><fo:block>b</fo:block>" CLOSE;
    struct diag *diag = diag_new();
    (void)state;
    xmlDoc *doc = xmlReadMemory(text, (int)strlen(text), "sample.fo", NULL, XML_PARSE_RECOVER);
    struct fo_feed *feed = fo_begin_feed("sample.fo", diag);
    fo_feed_grown(feed, doc);
    assert_null(fo_end_feed(feed));
    assert_int_equal(diag_exit_status(diag), 0);
    xmlFreeDoc(doc);
    diag_free(diag);
}

/* --- limits ------------------------------------------------------------------------------ */

static void depth_has_a_limit(void **state)
{
    (void)state;
    for (int depth = 900; depth <= 100000; depth *= 10) {
        struct buf text = BUF_EMPTY;
        buf_puts(&text, FO_SAMPLE_OPEN ">" FO_SAMPLE_MASTERS SEQUENCE);
        for (int i = 0; i < depth; i++)
            buf_puts(&text, "<fo:block>");
        for (int i = 0; i < depth; i++)
            buf_puts(&text, "</fo:block>");
        buf_puts(&text, CLOSE);
        struct fo_sample s;
        fo_sample_parse(&s, buf_str(&text));
        if (depth < 1000) {
            assert_non_null(s.doc);
            fo_sample_expect_quiet(&s);
        } else {
            assert_null(s.doc);
            fo_sample_expect(&s, DIAG_ERROR, 0, "nested deeper than 1000");
        }
        fo_sample_free(&s);
        buf_free(&text);
    }
}

static void entities_cannot_explode(void **state)
{
    struct buf text = BUF_EMPTY;
    (void)state;
    buf_puts(&text, "<!DOCTYPE r [<!ENTITY a0 'ha ha ha ha ha ha'>");
    for (int i = 1; i < 12; i++)
        buf_printf(&text, "<!ENTITY a%d '&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;'>",
                   i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    buf_puts(&text, "<!ENTITY outside SYSTEM 'file:///etc/hostname'>]>");
    buf_puts(&text,
             FO_SAMPLE_OPEN ">" FO_SAMPLE_MASTERS SEQUENCE "<fo:block>&a11;</fo:block>" CLOSE);
    struct fo_sample s;
    fo_sample_parse(&s, buf_str(&text));
    assert_null(s.doc);
    assert_int_equal(diag_exit_status(s.diag), 1);
    fo_sample_free(&s);
    buf_free(&text);
}

static void broken_encodings_are_named(void **state)
{
    PARSE("<?xml version='1.0' encoding='windows-1251'?>" FO_SAMPLE_OPEN
          ">\xcf\xf0\x98</fo:root>");
    assert_null(s.doc);
    fo_sample_expect(&s, DIAG_ERROR, 1, "a byte here that the encoding");
    assert_int_equal(fo_sample_faults(&s), 1);
    END;
}

static void files_that_are_not_xml_are_named(void **state)
{
    static const struct {
        const char *text, *says;
        int line;
    } files[] = {
        {"PK\3\4...", "a document of Word", 1},
        {"\n", "the file is empty", 2},
        {FO_SAMPLE_OPEN ">\n<fo:block></fo:inline>", "<block> opened in line 2 is closed by",
         2},
        {FO_SAMPLE_OPEN ">\n &nbsp;</fo:root>", "&nbsp; is unknown in XML", 2},
        {FO_SAMPLE_OPEN ">\xcf\xf0</fo:root>", "the text is not UTF-8", 1},
        {"<?xml version='1.0' encoding='windows-1251'?>" FO_SAMPLE_OPEN ">Слово</fo:root>",
         "the file is UTF-8", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct fo_sample s;
        fo_sample_parse(&s, files[i].text);
        assert_null(s.doc);
        fo_sample_expect(&s, DIAG_ERROR, files[i].line, files[i].says);
        fo_sample_free(&s);
    }
}

static void nothing_outside_the_file_is_read(void **state)
{
    PARSE("<!DOCTYPE r [<!ENTITY outside SYSTEM 'file:///etc/hostname'>]>" DOC(
        "<fo:page-sequence master-reference='a'><fo:flow flow-name='xsl-region-body'>"
        "<fo:block>&outside;</fo:block></fo:flow></fo:page-sequence>"));
    assert_int_equal(diag_exit_status(s.diag), 1);
    fo_sample_expect(&s, DIAG_ERROR, 0, "external entity outside is not read");
    END;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_keeps_its_white_space),
        cmocka_unit_test(white_space_between_blocks_is_dropped),
        cmocka_unit_test(stray_text_is_an_error),
        cmocka_unit_test(places_are_lines_of_the_file_or_px_at),
        cmocka_unit_test(faults_are_where_px_at_says),
        cmocka_unit_test(what_is_not_supported_is_left_out_whole),
        cmocka_unit_test(foreign_elements_weigh_what_they_hold),
        cmocka_unit_test(wrappers_take_the_rules_of_their_place),
        cmocka_unit_test(children_are_put_in_order),
        cmocka_unit_test(parts_that_stand_twice_or_not_at_all),
        cmocka_unit_test(markers_and_footnotes_have_their_places),
        cmocka_unit_test(ids_and_references),
        cmocka_unit_test(long_names_are_cut_at_characters),
        cmocka_unit_test(page_masters_are_checked),
        cmocka_unit_test(page_masters_hold_their_values),
        cmocka_unit_test(documents_without_pages_are_none),
        cmocka_unit_test(cells_get_their_column_numbers),
        cmocka_unit_test(automatic_columns_have_no_width),
        cmocka_unit_test(cells_without_rows_get_some),
        cmocka_unit_test(spans_that_do_not_fit_are_cut),
        cmocka_unit_test(a_span_stops_at_a_cell_from_above),
        cmocka_unit_test(tables_have_a_widest_width),
        cmocka_unit_test(cells_take_from_their_column),
        cmocka_unit_test(nested_tables_count_for_themselves),
        cmocka_unit_test(own_properties_reach_their_nodes),
        cmocka_unit_test(metadata_of_both_kinds),
        cmocka_unit_test(drawings_are_kept),
        cmocka_unit_test(the_walk_gives_what_the_parser_gives),
        cmocka_unit_test(a_growing_document_gives_what_the_whole_gives),
        cmocka_unit_test(a_feed_that_is_not_finished_gives_nothing),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(entities_cannot_explode),
        cmocka_unit_test(broken_encodings_are_named),
        cmocka_unit_test(files_that_are_not_xml_are_named),
        cmocka_unit_test(nothing_outside_the_file_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
