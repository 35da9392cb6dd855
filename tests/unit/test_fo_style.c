/* Styles: inheritance, shorthands, compound and corresponding properties, interning. */
#include "fo/style.h"
#include "unit/fo_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SAMPLE(attrs, content)                                                                 \
    struct fo_sample s;                                                                        \
    (void)state;                                                                               \
    fo_sample_flow(&s, attrs, content)

#define END fo_sample_free(&s)

static void root_has_initial_values(void **state)
{
    SAMPLE("id='r'", "<fo:block id='b'>x</fo:block>");
    const struct fo_inherited *inh = fo_sample_inh(&s, "b");
    assert_string_equal(inh->font_family, "sans-serif");
    assert_int_equal(inh->font_size, 12000);
    assert_int_equal(inh->font_weight, 400);
    assert_int_equal(inh->line_height.unit, FO_UNIT_NUMBER);
    assert_int_equal(inh->line_height.v, 1200);
    assert_int_equal(inh->text_align, FO_ALIGN_START);
    assert_int_equal(inh->text_align_last, FO_ALIGN_RELATIVE);
    assert_int_equal(inh->orphans, 2);
    assert_int_equal(inh->widows, 2);
    assert_int_equal(inh->leader_length.min.v, 0);
    assert_int_equal(inh->leader_length.opt.v, 12000);
    assert_int_equal(inh->leader_length.max.unit, FO_UNIT_PERCENT);
    assert_int_equal(inh->leader_length.max.v, 100000);
    assert_int_equal(inh->label_distance.v, 24000);
    assert_int_equal(inh->label_separation.v, 6000);
    assert_int_equal(inh->hyphenation_character, '-');
    assert_true(inh->border_collapse);
    assert_true(inh->kerning);
    assert_true(inh->white_space_collapse);
    assert_null(inh->language);
    const struct fo_own *own = fo_sample_own(&s, "b");
    assert_int_equal(own->background_color, FO_TRANSPARENT);
    assert_int_equal(own->border[FO_BEFORE].width, 0);
    assert_int_equal(own->inline_size.opt.unit, FO_UNIT_AUTO);
    assert_int_equal(own->top.unit, FO_UNIT_AUTO);
    fo_sample_expect_quiet(&s);
    END;
}

static void inherited_properties_come_down_and_others_do_not(void **state)
{
    SAMPLE("font-size='10pt' text-indent='2em' space-before='3pt' color='red'",
           "<fo:block space-before='4pt' font-size='20pt'>"
           "<fo:block id='b'/></fo:block>");
    const struct fo_inherited *inh = fo_sample_inh(&s, "b");
    assert_int_equal(inh->font_size, 20000);
    assert_int_equal(inh->text_indent.v, 20000); /* computed at the root */
    assert_int_equal(inh->color, 0xFF0000);
    assert_int_equal(fo_sample_own(&s, "b")->space_before.opt, 0);
    END;
}

static void inherit_copies_what_is_not_inherited(void **state)
{
    SAMPLE("", "<fo:block padding='3pt' background-color='#123456' border='2pt solid red'"
               " break-before='page' text-align='center'>"
               "<fo:block id='b' padding='inherit' background-color='inherit'"
               " border='inherit' break-before='inherit' text-align='inherit'/></fo:block>");
    const struct fo_own *own = fo_sample_own(&s, "b");
    assert_int_equal(own->padding[FO_END].len.v, 3000);
    assert_int_equal(own->background_color, 0x123456);
    assert_int_equal(own->border[FO_AFTER].width, 2000);
    assert_int_equal(own->border[FO_AFTER].style, FO_BORDER_SOLID);
    assert_int_equal(own->border[FO_AFTER].color, 0xFF0000);
    assert_int_equal(own->brk.before, FO_BREAK_PAGE);
    assert_int_equal(fo_sample_inh(&s, "b")->text_align, FO_ALIGN_CENTER);
    fo_sample_expect_quiet(&s);
    END;
}

static void font_size_comes_before_em(void **state)
{
    SAMPLE(
        "font-size='10pt'",
        "<fo:block id='a' text-indent='2em' font-size='1.5em'/>"
        "<fo:block id='b' text-indent='2em' font-size='150%'/>"
        "<fo:block id='c' font-size='larger'><fo:block id='d' font-size='smaller'/></fo:block>"
        "<fo:block id='e' font-size='x-large'/>"
        "<fo:block id='f' font-size='from-parent(font-size) * 2'/>"
        "<fo:block id='g' font='italic bold 2em/1.5 Arial'/>");
    assert_int_equal(fo_sample_inh(&s, "a")->font_size, 15000);
    assert_int_equal(fo_sample_inh(&s, "a")->text_indent.v, 30000);
    assert_int_equal(fo_sample_inh(&s, "b")->text_indent.v, 30000);
    assert_int_equal(fo_sample_inh(&s, "c")->font_size, 12000);
    assert_int_equal(fo_sample_inh(&s, "d")->font_size, 10000);
    assert_int_equal(fo_sample_inh(&s, "e")->font_size, 17280);
    assert_int_equal(fo_sample_inh(&s, "f")->font_size, 20000);
    assert_int_equal(fo_sample_inh(&s, "g")->font_size, 20000);
    fo_sample_expect_quiet(&s);
    END;
}

static void font_shorthand(void **state)
{
    SAMPLE(
        "",
        "<fo:block id='a' font='italic small-caps bold 10pt/15pt \"Times New Roman\", serif'/>"
        "<fo:block id='b' font='10pt Arial' font-weight='600'/>"
        "<fo:block id='c' font='100 12pt / 120% Arial'/>"
        "<fo:block id='d' font='caption'/>");
    const struct fo_inherited *a = fo_sample_inh(&s, "a");
    assert_true(a->font_italic);
    assert_true(a->small_caps);
    assert_int_equal(a->font_weight, 700);
    assert_int_equal(a->font_size, 10000);
    assert_int_equal(a->line_height.v, 15000);
    assert_string_equal(a->font_family, "Times New Roman, serif");
    assert_int_equal(fo_sample_inh(&s, "b")->font_weight, 600);
    assert_int_equal(fo_sample_inh(&s, "c")->font_weight, 100);
    assert_int_equal(fo_sample_inh(&s, "c")->line_height.v, 14400);
    fo_sample_expect(&s, DIAG_WARNING, 0, "font=\"caption\"");
    assert_int_equal(fo_sample_faults(&s), 1);
    END;
}

static void line_height_is_a_number_or_a_length(void **state)
{
    SAMPLE("font-size='10pt'",
           "<fo:block line-height='150%'><fo:block id='a' font-size='20pt'/></fo:block>"
           "<fo:block line-height='1.5'><fo:block id='b' font-size='20pt'/></fo:block>"
           "<fo:block id='c' line-height='normal'/><fo:block id='d' line-height='-1'/>"
           "<fo:block id='e' line-height.optimum='14pt'/>");
    assert_int_equal(fo_sample_inh(&s, "a")->line_height.unit, FO_UNIT_MPT);
    assert_int_equal(fo_sample_inh(&s, "a")->line_height.v, 15000);
    assert_int_equal(fo_sample_inh(&s, "b")->line_height.unit, FO_UNIT_NUMBER);
    assert_int_equal(fo_sample_inh(&s, "b")->line_height.v, 1500);
    assert_int_equal(fo_sample_inh(&s, "d")->line_height.v, 1200);
    assert_int_equal(fo_sample_inh(&s, "e")->line_height.v, 14000);
    fo_sample_expect(&s, DIAG_WARNING, 0, "line-height=\"-1\"");
    END;
}

static void weights_step(void **state)
{
    SAMPLE("", "<fo:block font-weight='bolder'><fo:block id='a'/>"
               "<fo:block font-weight='bolder'><fo:block id='b'/></fo:block>"
               "<fo:block id='c' font-weight='lighter'/></fo:block>"
               "<fo:block id='d' font-weight='350'/>");
    assert_int_equal(fo_sample_inh(&s, "a")->font_weight, 700);
    assert_int_equal(fo_sample_inh(&s, "b")->font_weight, 900);
    assert_int_equal(fo_sample_inh(&s, "c")->font_weight, 400);
    assert_int_equal(fo_sample_inh(&s, "d")->font_weight, 350);
    END;
}

/* 5.2, 5.3.1: the more precise wins, whatever the order of attributes. */
static void precise_border_properties_win(void **state)
{
    SAMPLE("", "<fo:block id='a' border-top='5pt' border='2pt solid red' border-color='blue'/>"
               "<fo:block id='b' border-before-width='1pt' border-top-width='9pt'"
               " border-style='solid'/>"
               "<fo:block id='c' border-before-width='7pt' border='1pt dashed'/>"
               "<fo:block id='d' border='1pt solid' border-bottom='none'/>"
               "<fo:block id='e' border-width='1pt 2pt 3pt' border-style='solid dotted'/>");
    const struct fo_border *b = fo_sample_own(&s, "a")->border;
    assert_int_equal(b[FO_BEFORE].width, 5000);
    assert_int_equal(b[FO_BEFORE].style, FO_BORDER_SOLID);
    assert_int_equal(b[FO_AFTER].width, 2000);
    assert_int_equal(b[FO_AFTER].color, 0x0000FF);
    assert_int_equal(fo_sample_own(&s, "b")->border[FO_BEFORE].width, 9000);
    assert_int_equal(fo_sample_own(&s, "c")->border[FO_BEFORE].width, 7000);
    assert_int_equal(fo_sample_own(&s, "d")->border[FO_AFTER].width, 0);
    assert_int_equal(fo_sample_own(&s, "d")->border[FO_BEFORE].width, 1000);
    b = fo_sample_own(&s, "e")->border;
    assert_int_equal(b[FO_BEFORE].width, 1000);
    assert_int_equal(b[FO_END].width, 2000);
    assert_int_equal(b[FO_START].width, 2000);
    assert_int_equal(b[FO_AFTER].width, 3000);
    assert_int_equal(b[FO_END].style, FO_BORDER_DOTTED);
    fo_sample_expect_quiet(&s);
    END;
}

static void borders_take_the_colour_of_the_object(void **state)
{
    SAMPLE("color='red'", "<fo:block id='a' border='1pt solid'/>"
                          "<fo:block id='b' border='1pt solid' color='#00ff00'/>"
                          "<fo:block id='c' border='solid' />"
                          "<fo:block id='d' border='thick solid transparent'/>");
    assert_int_equal(fo_sample_own(&s, "a")->border[0].color, 0xFF0000);
    assert_int_equal(fo_sample_own(&s, "b")->border[0].color, 0x00FF00);
    assert_int_equal(fo_sample_own(&s, "c")->border[0].width, 1000);
    assert_int_equal(fo_sample_own(&s, "d")->border[0].width, 2000);
    assert_int_equal(fo_sample_own(&s, "d")->border[0].color, FO_TRANSPARENT);
    END;
}

static void border_precedence_follows_the_object(void **state)
{
    SAMPLE("", "<fo:table id='t' border='1pt solid'><fo:table-body>"
               "<fo:table-row id='r' border='1pt solid'><fo:table-cell id='c'"
               " border='1pt solid' border-after-precedence='force'><fo:block/>"
               "</fo:table-cell></fo:table-row></fo:table-body></fo:table>");
    assert_int_equal(fo_sample_own(&s, "t")->border[0].precedence, 6);
    assert_int_equal(fo_sample_own(&s, "r")->border[0].precedence, 3);
    assert_int_equal(fo_sample_own(&s, "c")->border[0].precedence, 5);
    assert_int_equal(fo_sample_own(&s, "c")->border[FO_AFTER].precedence, INT16_MAX);
    END;
}

static void shorthands_hold_expressions(void **state)
{
    SAMPLE("", "<fo:block id='a' padding='3mm + 1mm 2pt * 2'"
               " border-top='red 1pt + 1pt dashed'/><fo:block id='b' margin='10pt -5pt'/>");
    assert_int_equal(fo_sample_own(&s, "a")->padding[FO_BEFORE].len.v, 11339);
    assert_int_equal(fo_sample_own(&s, "a")->padding[FO_AFTER].len.v, 11339);
    assert_int_equal(fo_sample_own(&s, "a")->padding[FO_START].len.v, 4000);
    assert_int_equal(fo_sample_own(&s, "a")->border[FO_BEFORE].width, 2000);
    assert_int_equal(fo_sample_inh(&s, "b")->start_indent.v, -5000);
    END;
}

/* 5.3.2, as the formatter most people know does it. */
static void margins_become_indents(void **state)
{
    SAMPLE("", "<fo:block margin-left='20pt' id='a'>"
               "<fo:block id='b' margin-left='5pt' padding='2pt' border='1pt solid'/>"
               "<fo:block id='c' margin-left='5pt' start-indent='50pt'/>"
               "<fo:block id='d' padding='2pt' border='1pt solid'/>"
               "<fo:block-container id='e' margin-left='3pt'><fo:block id='f'/>"
               "</fo:block-container>"
               "<fo:block id='g' margin='1pt 2pt 3pt 4pt'/>"
               "<fo:block id='h' margin-left='10%'/>"
               "<fo:block id='i' margin-left='auto'/></fo:block>");
    assert_int_equal(fo_sample_inh(&s, "a")->start_indent.v, 20000);
    assert_int_equal(fo_sample_inh(&s, "b")->start_indent.v, 28000);
    assert_int_equal(fo_sample_inh(&s, "c")->start_indent.v, 25000);
    assert_int_equal(fo_sample_inh(&s, "d")->start_indent.v, 20000);
    assert_int_equal(fo_sample_inh(&s, "e")->start_indent.v, 3000);
    assert_int_equal(fo_sample_inh(&s, "f")->start_indent.v, 3000);
    assert_int_equal(fo_sample_inh(&s, "g")->start_indent.v, 24000);
    assert_int_equal(fo_sample_inh(&s, "g")->end_indent.v, 2000);
    assert_int_equal(fo_sample_own(&s, "g")->space_before.opt, 1000);
    assert_int_equal(fo_sample_own(&s, "g")->space_after.max, 3000);
    assert_int_equal(fo_sample_inh(&s, "h")->start_indent.unit, FO_UNIT_SUM);
    assert_int_equal(fo_sample_inh(&s, "h")->start_indent.v, 20000);
    assert_int_equal(fo_sample_inh(&s, "h")->start_indent.pct, 10000);
    assert_int_equal(fo_sample_inh(&s, "i")->start_indent.v, 20000);
    fo_sample_expect_quiet(&s);
    END;
}

static void margin_beats_space(void **state)
{
    SAMPLE("", "<fo:block id='a' margin-top='3pt' space-before='9pt'/>"
               "<fo:block id='b' margin-top='10%'/>");
    assert_int_equal(fo_sample_own(&s, "a")->space_before.opt, 3000);
    assert_int_equal(fo_sample_own(&s, "b")->space_before.pct, 10000);
    fo_sample_expect_quiet(&s);
    END;
}

/* Inline objects have no margins, and a table cell keeps the indents around the table. */
static void margins_where_they_mean_nothing(void **state)
{
    SAMPLE("", "<fo:block><fo:inline id='a' margin-left='9pt'>x</fo:inline></fo:block>"
               "<fo:table margin-left='30pt'><fo:table-body><fo:table-row>"
               "<fo:table-cell><fo:block id='b'/></fo:table-cell>"
               "<fo:table-cell margin-left='4pt'><fo:block id='c'/></fo:table-cell>"
               "</fo:table-row></fo:table-body></fo:table>");
    assert_int_equal(fo_sample_own(&s, "a")->space_start.opt, 0);
    fo_sample_expect(&s, DIAG_NOTE, 0, "margins do not apply");
    assert_int_equal(fo_sample_inh(&s, "b")->start_indent.v, 30000);
    assert_int_equal(fo_sample_inh(&s, "c")->start_indent.v, 4000);
    END;
}

static void components_of_spaces(void **state)
{
    SAMPLE("", "<fo:block id='a' space-before.maximum='8pt' space-before='5pt'"
               " space-before.conditionality='retain' space-before.precedence='3'/>"
               "<fo:block id='b' space-before.optimum='20pt'/>"
               "<fo:block id='c' space-before.minimum='6pt' space-before.maximum='4pt'/>"
               "<fo:block id='d' space-after.precedence='force' space-after='-3pt'/>");
    const struct fo_space *sp = &fo_sample_own(&s, "a")->space_before;
    assert_int_equal(sp->min, 5000);
    assert_int_equal(sp->opt, 5000);
    assert_int_equal(sp->max, 8000);
    assert_true(sp->retain);
    assert_int_equal(sp->precedence, 3);
    sp = &fo_sample_own(&s, "b")->space_before;
    assert_int_equal(sp->min, 0);
    assert_int_equal(sp->opt, 20000);
    assert_int_equal(sp->max, 20000);
    sp = &fo_sample_own(&s, "c")->space_before;
    assert_true(sp->min <= sp->opt && sp->opt <= sp->max);
    assert_int_equal(fo_sample_own(&s, "d")->space_after.opt, -3000);
    assert_int_equal(fo_sample_own(&s, "d")->space_after.precedence, INT16_MAX);
    fo_sample_expect_quiet(&s);
    END;
}

static void sizes_are_ranges(void **state)
{
    SAMPLE(
        "",
        "<fo:block-container id='a' width='50%' height='3cm'><fo:block/></fo:block-container>"
        "<fo:block-container id='b' min-width='2pt' max-width='9pt'><fo:block/>"
        "</fo:block-container>"
        "<fo:block-container id='c' block-progression-dimension.minimum='4pt'"
        " inline-progression-dimension='100% - 1cm'><fo:block/></fo:block-container>"
        "<fo:block-container id='d' inline-progression-dimension='7pt' width='8pt'>"
        "<fo:block/></fo:block-container>"
        "<fo:block-container id='e' width='9pt' max-width='7pt'><fo:block/>"
        "</fo:block-container>");
    assert_int_equal(fo_sample_own(&s, "a")->inline_size.opt.unit, FO_UNIT_PERCENT);
    assert_int_equal(fo_sample_own(&s, "a")->inline_size.max.v, 50000);
    assert_int_equal(fo_sample_own(&s, "a")->block_size.min.v, 85039);
    assert_int_equal(fo_sample_own(&s, "b")->inline_size.min.v, 2000);
    assert_int_equal(fo_sample_own(&s, "b")->inline_size.opt.unit, FO_UNIT_AUTO);
    assert_int_equal(fo_sample_own(&s, "b")->inline_size.max.v, 9000);
    assert_int_equal(fo_sample_own(&s, "c")->block_size.min.v, 4000);
    assert_int_equal(fo_sample_own(&s, "c")->block_size.opt.unit, FO_UNIT_AUTO);
    assert_int_equal(fo_sample_own(&s, "c")->inline_size.opt.unit, FO_UNIT_SUM);
    assert_int_equal(fo_sample_own(&s, "c")->inline_size.opt.pct, 100000);
    assert_int_equal(fo_sample_own(&s, "d")->inline_size.opt.v, 8000);
    assert_int_equal(fo_sample_own(&s, "e")->inline_size.opt.v, 7000);
    END;
}

static void keeps_and_breaks(void **state)
{
    SAMPLE("", "<fo:block id='a' keep-together='always' keep-with-next.within-page='5'"
               " keep-with-previous='auto'/>"
               "<fo:block id='b' page-break-before='always' page-break-after='avoid'"
               " page-break-inside='avoid'/>"
               "<fo:block id='c' page-break-before='right' break-before='column'/>"
               "<fo:block id='d' keep-together='99999999999'/>");
    assert_int_equal(fo_sample_inh(&s, "a")->keep_together.line, FO_KEEP_ALWAYS);
    assert_int_equal(fo_sample_own(&s, "a")->keep_with_next.page, 5);
    assert_int_equal(fo_sample_own(&s, "a")->keep_with_next.column, FO_KEEP_AUTO);
    assert_int_equal(fo_sample_own(&s, "b")->brk.before, FO_BREAK_PAGE);
    assert_int_equal(fo_sample_own(&s, "b")->keep_with_next.page, FO_KEEP_ALWAYS);
    assert_int_equal(fo_sample_inh(&s, "b")->keep_together.page, FO_KEEP_ALWAYS);
    assert_int_equal(fo_sample_own(&s, "c")->brk.before, FO_BREAK_COLUMN);
    assert_true(fo_sample_inh(&s, "d")->keep_together.page < FO_KEEP_ALWAYS);
    END;
}

static void a_picture_in_the_background_is_told(void **state)
{
    SAMPLE("", "<fo:block id='a' background='url(x.png) no-repeat red center'/>");
    assert_int_equal(fo_sample_own(&s, "a")->background_color, 0xFF0000);
    fo_sample_expect(&s, DIAG_WARNING, 0, "background-image is not supported");
    END;
}

static void other_shorthands(void **state)
{
    SAMPLE("xml:lang='ru-RU'",
           "<fo:block id='a' white-space='pre' background='red'/>"
           "<fo:block id='b' xml:lang='en'/>"
           "<fo:block><fo:inline id='c' vertical-align='super'>x</fo:inline>"
           "<fo:inline id='d' vertical-align='3pt'>x</fo:inline>"
           "<fo:inline id='e' vertical-align='middle'>x</fo:inline>"
           "<fo:inline id='f' baseline-shift='-20%'>x</fo:inline></fo:block>"
           "<fo:block-container id='g' position='absolute' top='1pt' left='-2pt'><fo:block/>"
           "</fo:block-container>"
           "<fo:table id='h' border-spacing='1pt 2pt' border-collapse='separate'>"
           "<fo:table-body><fo:table-row><fo:table-cell><fo:block/></fo:table-cell>"
           "</fo:table-row></fo:table-body></fo:table>"
           "<fo:block id='i' border-separation='3pt'/>");
    const struct fo_inherited *a = fo_sample_inh(&s, "a");
    assert_int_equal(a->linefeed_treatment, FO_LINEFEED_PRESERVE);
    assert_int_equal(a->white_space_treatment, FO_WS_PRESERVE);
    assert_false(a->white_space_collapse);
    assert_true(a->no_wrap);
    assert_string_equal(a->language, "ru");
    assert_string_equal(a->country, "RU");
    const struct fo_own *own = fo_sample_own(&s, "a");
    assert_int_equal(own->background_color, 0xFF0000);
    assert_string_equal(fo_sample_inh(&s, "b")->language, "en");
    assert_null(fo_sample_inh(&s, "b")->country);
    assert_int_equal(fo_sample_own(&s, "c")->baseline_level, 1);
    assert_int_equal(fo_sample_own(&s, "d")->alignment_adjust.v, 3000); /* 7.31.22 */
    assert_int_equal(fo_sample_own(&s, "e")->alignment_baseline, FO_BASELINE_MIDDLE);
    assert_int_equal(fo_sample_own(&s, "f")->baseline_shift.unit, FO_UNIT_PERCENT);
    assert_int_equal(fo_sample_own(&s, "f")->baseline_shift.v, -20000);
    assert_int_equal(fo_sample_own(&s, "g")->position, FO_POSITION_ABSOLUTE);
    assert_int_equal(fo_sample_own(&s, "g")->left.v, -2000);
    assert_int_equal(fo_sample_inh(&s, "h")->border_spacing_inline, 1000);
    assert_int_equal(fo_sample_inh(&s, "h")->border_spacing_block, 2000);
    assert_int_equal(fo_sample_inh(&s, "i")->border_spacing_block, 3000);
    fo_sample_expect_quiet(&s);
    END;
}

static void decorations_add_up(void **state)
{
    SAMPLE("", "<fo:block text-decoration='underline'><fo:inline id='a'"
               " text-decoration='line-through'>x</fo:inline><fo:inline id='b'"
               " text-decoration='no-underline overline'>x</fo:inline><fo:inline id='c'"
               " text-decoration='none'>x</fo:inline></fo:block>");
    assert_int_equal(fo_sample_own(&s, "a")->decoration, FO_UNDERLINE | FO_LINE_THROUGH);
    assert_int_equal(fo_sample_own(&s, "b")->decoration, FO_OVERLINE);
    assert_int_equal(fo_sample_own(&s, "c")->decoration, 0);
    END;
}

static void functions_of_the_tree(void **state)
{
    SAMPLE(
        "start-indent='1pt'",
        "<fo:block start-indent='10pt' padding-left='7pt'>"
        "<fo:block><fo:block id='a' start-indent='inherited-property-value(start-indent) + 2pt'"
        " padding-left='from-nearest-specified-value(padding-left)'"
        " padding-right='from-parent(padding-left)' end-indent='from-parent(start-indent)'/>"
        "</fo:block></fo:block>"
        "<fo:block id='b' color='from-parent(nothing)'/>"
        "<fo:block id='c' padding='inherited-property-value(padding-top)'/>"
        "<fo:block id='d' font-family='system-font(menu, font-family)'"
        " font-size='system-font(menu)'/>");
    assert_int_equal(fo_sample_inh(&s, "a")->start_indent.v, 12000);
    assert_int_equal(fo_sample_inh(&s, "a")->end_indent.v, 10000);
    assert_int_equal(fo_sample_own(&s, "a")->padding[FO_START].len.v, 7000);
    assert_int_equal(fo_sample_own(&s, "a")->padding[FO_END].len.v, 0);
    fo_sample_expect(&s, DIAG_WARNING, 0, "from-parent(nothing)");
    fo_sample_expect(&s, DIAG_WARNING, 0, "not one that is inherited");
    END;
}

static void list_functions(void **state)
{
    SAMPLE("", "<fo:list-block start-indent='10pt' provisional-distance-between-starts='30pt'"
               " provisional-label-separation='5pt'><fo:list-item>"
               "<fo:list-item-label id='l' end-indent='label-end()'><fo:block/>"
               "</fo:list-item-label><fo:list-item-body id='b' start-indent='body-start()'>"
               "<fo:block id='c' text-indent='body-start() - 1pt'/></fo:list-item-body>"
               "</fo:list-item></fo:list-block>"
               "<fo:block id='x' start-indent='body-start()'/>");
    assert_int_equal(fo_sample_inh(&s, "l")->end_indent.unit, FO_UNIT_SUM);
    assert_int_equal(fo_sample_inh(&s, "l")->end_indent.v, -35000);
    assert_int_equal(fo_sample_inh(&s, "l")->end_indent.pct, 100000);
    assert_int_equal(fo_sample_inh(&s, "b")->start_indent.v, 40000);
    assert_int_equal(fo_sample_inh(&s, "c")->text_indent.v, 39000);
    fo_sample_expect(&s, DIAG_WARNING, 0, "only in a list");
    END;
}

static void equal_styles_are_one(void **state)
{
    SAMPLE("", "<fo:block id='a' margin-left='1cm' font-size='10pt'/>"
               "<fo:block id='b' font-size='10pt' margin-left='10mm'/>"
               "<fo:block id='c' start-indent='10mm' font-size='1pc - 2pt'/>"
               "<fo:block id='d' margin-left='11mm' font-size='10pt'/>");
    const struct fo_style *style = fo_sample_find(&s, "a")->style;
    assert_ptr_equal(fo_sample_find(&s, "b")->style, style);
    assert_ptr_equal(fo_sample_find(&s, "c")->style, style);
    assert_ptr_not_equal(fo_sample_find(&s, "d")->style, style);
    assert_ptr_equal(fo_sample_inh(&s, "d")->font_family, style->inh.font_family);
    END;
}

/* A thousand rows that look alike cost a handful of styles. */
static void many_objects_share_few_styles(void **state)
{
    char text[64 * 1000 + 1] = "";
    size_t n = 0;
    for (int i = 0; i < 1000; i++)
        n += (size_t)snprintf(text + n, sizeof text - n,
                              "<fo:block margin='1pt' border='1pt solid'>%d</fo:block>", i);
    SAMPLE("", text);
    assert_true(fo_styles_count(s.doc->styles) < 8);
    END;
}

/* What does not fit is said with its place and what is done instead. */
static void wrong_values_are_reported(void **state)
{
    SAMPLE("",
           "\n<fo:block id='a' color='#12' text-align='middle' padding='-1pt'"
           " keep-together='maybe' widows='0' font-size='12'/>\n"
           "<fo:block id='b' writing-mode='rl-tb' font-stretch='wider' azimuth='behind'"
           " hyphenation-keep='page' bogus='1' space-before.bogus='2'/>\n"
           "<fo:block id='c' font-stretch='normal' writing-mode='lr-tb' azimuth='center'/>");
    fo_sample_expect(&s, DIAG_WARNING, 2, "color=\"#12\"");
    fo_sample_expect(&s, DIAG_WARNING, 2, "the inherited value is used");
    fo_sample_expect(&s, DIAG_WARNING, 2, "text-align=\"middle\"");
    fo_sample_expect(&s, DIAG_WARNING, 2, "padding-top=\"-1pt\"");
    fo_sample_expect(&s, DIAG_WARNING, 2, "the initial value 0pt is used");
    fo_sample_expect(&s, DIAG_WARNING, 2, "keep-together=\"maybe\"");
    fo_sample_expect(&s, DIAG_WARNING, 2, "widows=\"0\" is not between 1 and");
    fo_sample_expect(&s, DIAG_WARNING, 2, "font-size=\"12\": a length needs a unit");
    fo_sample_expect(&s, DIAG_ERROR, 3, "writing-mode=\"rl-tb\"");
    fo_sample_expect(&s, DIAG_WARNING, 3, "font-stretch is not supported");
    fo_sample_expect(&s, DIAG_NOTE, 3, "azimuth has no effect on paper");
    fo_sample_expect(&s, DIAG_WARNING, 3, "there is no property bogus");
    fo_sample_expect(&s, DIAG_WARNING, 3, "there is no property space-before.bogus");
    assert_int_equal(fo_sample_inh(&s, "a")->widows, 1);
    assert_int_equal(fo_sample_inh(&s, "a")->font_size, 12000);
    size_t n = 0;
    const struct diag_item *items = diag_items(s.diag, &n);
    for (size_t i = 0; i < n; i++)
        assert_int_not_equal(items[i].loc.line, 4);
    END;
}

/* A fault is reported for each object that has it: the cache of styles must not swallow it. */
static void equal_faults_are_all_reported(void **state)
{
    SAMPLE("", "\n<fo:block color='x'/>\n<fo:block color='x'/>\n<fo:block color='x'/>");
    for (int line = 2; line <= 4; line++)
        fo_sample_expect(&s, DIAG_WARNING, line, "color=\"x\"");
    END;
}

static void lengths_resolve_against_their_base(void **state)
{
    (void)state;
    const struct fo_length abs = {5000, 0, FO_UNIT_MPT}, pct = {25000, 0, FO_UNIT_PERCENT};
    const struct fo_length sum = {-5000, 100000, FO_UNIT_SUM}, none = {0, 0, FO_UNIT_AUTO};
    assert_int_equal(fo_length_resolve(abs, 40000, 1), 5000);
    assert_int_equal(fo_length_resolve(pct, 40000, 1), 10000);
    assert_int_equal(fo_length_resolve(sum, 40000, 1), 35000);
    assert_int_equal(fo_length_resolve(none, 40000, 1), 1);
    const struct fo_length huge = {INT32_MAX, 0, FO_UNIT_PERCENT};
    assert_int_equal(fo_length_resolve(huge, MPT_MAX, 1), MPT_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(root_has_initial_values),
        cmocka_unit_test(inherited_properties_come_down_and_others_do_not),
        cmocka_unit_test(inherit_copies_what_is_not_inherited),
        cmocka_unit_test(font_size_comes_before_em),
        cmocka_unit_test(font_shorthand),
        cmocka_unit_test(line_height_is_a_number_or_a_length),
        cmocka_unit_test(weights_step),
        cmocka_unit_test(precise_border_properties_win),
        cmocka_unit_test(borders_take_the_colour_of_the_object),
        cmocka_unit_test(border_precedence_follows_the_object),
        cmocka_unit_test(shorthands_hold_expressions),
        cmocka_unit_test(margins_become_indents),
        cmocka_unit_test(margin_beats_space),
        cmocka_unit_test(margins_where_they_mean_nothing),
        cmocka_unit_test(components_of_spaces),
        cmocka_unit_test(sizes_are_ranges),
        cmocka_unit_test(keeps_and_breaks),
        cmocka_unit_test(a_picture_in_the_background_is_told),
        cmocka_unit_test(other_shorthands),
        cmocka_unit_test(decorations_add_up),
        cmocka_unit_test(functions_of_the_tree),
        cmocka_unit_test(list_functions),
        cmocka_unit_test(equal_styles_are_one),
        cmocka_unit_test(many_objects_share_few_styles),
        cmocka_unit_test(wrong_values_are_reported),
        cmocka_unit_test(equal_faults_are_all_reported),
        cmocka_unit_test(lengths_resolve_against_their_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
