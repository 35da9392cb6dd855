/* The expression language of properties (XSL 1.1, 5.9 to 5.11). */
#include "fo/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct fo_slice slice(const char *s)
{
    return (struct fo_slice){s, strlen(s)};
}

static struct fo_value value_of(const char *src)
{
    struct fo_expr_env env = {.em = 12000};
    struct fo_value v;
    if (!fo_expr_eval(&env, slice(src), &v))
        fail_msg("%s: %s", src, env.error);
    return v;
}

static void expect_length(const char *src, mpt want)
{
    struct fo_value v = value_of(src);
    assert_int_equal(v.kind, FO_VALUE_NUMERIC);
    if (v.power != 1 || v.percent != 0 || fo_expr_milli(v.number) != want)
        fail_msg("%s is %lld (power %d, %lld %%), not %lld", src,
                 (long long)fo_expr_milli(v.number), v.power, (long long)v.percent,
                 (long long)want);
}

static void expect_number(const char *src, int64_t milli)
{
    struct fo_value v = value_of(src);
    assert_int_equal(v.kind, FO_VALUE_NUMERIC);
    if (v.power != 0 || fo_expr_milli(v.number) != milli)
        fail_msg("%s is %lld (power %d), not %lld", src, (long long)fo_expr_milli(v.number),
                 v.power, (long long)milli);
}

static void expect_sum(const char *src, mpt absolute, int64_t percent)
{
    struct fo_value v = value_of(src);
    assert_int_equal(v.power, 1);
    assert_int_equal(fo_expr_milli(v.number), absolute);
    assert_int_equal(fo_expr_milli(v.percent), percent);
}

static void expect_color(const char *src, uint32_t rgb)
{
    struct fo_value v = value_of(src);
    assert_int_equal(v.kind, FO_VALUE_COLOR);
    assert_int_equal(v.color, rgb);
}

static void expect_fault(const char *src)
{
    struct fo_expr_env env = {.em = 12000};
    struct fo_value v;
    if (fo_expr_eval(&env, slice(src), &v))
        fail_msg("«%s» should be refused", src);
    assert_non_null(env.error);
}

static void units_become_thousandths_of_a_point(void **state)
{
    (void)state;
    expect_length("1pt", 1000);
    expect_length("1in", 72000);
    expect_length("1pc", 12000);
    expect_length("1cm", 28346);
    expect_length("2.54cm", 72000);
    expect_length("25.4mm", 72000);
    expect_length("1px", 1000);
    expect_length("1.5em", 18000);
    expect_length("-.5pt", -500);
    expect_length("0.0005pt", 1);
    expect_length("0.00049pt", 0);
}

static void arithmetic_follows_precedence(void **state)
{
    (void)state;
    expect_length("4in + 10pt", 298000);
    expect_length("2 * 3pt + 1pt", 7000);
    expect_length("1pt + 2 * 3pt", 7000);
    expect_length("(1pt + 2pt) * 3", 9000);
    expect_length("10pt div 4", 2500);
    expect_number("10pt div 4pt", 2500);
    expect_number("7 mod 3", 1000);
    expect_number("-7 mod 3", -1000);
    expect_length("7pt mod 3pt", 1000);
    expect_length("10pt - -2pt", 12000);
    expect_length("10pt -2pt", 8000);
    expect_length("10pt-2pt", 8000);
    expect_number("1 - - 1", 2000);
    expect_length("8pt div 2 div 2", 2000);
    expect_length("1cm * 1cm div 1cm", 28346);
}

/* Nothing is rounded before the end. */
static void thirds_add_up(void **state)
{
    (void)state;
    expect_length("10cm div 3 * 3", 283465);
    expect_length("1mm * 10", 28346);
    expect_length("(1pt div 3) * 300", 100000);
}

static void percentages_stay_beside_lengths(void **state)
{
    (void)state;
    expect_sum("100% - 2cm", -56693, 100000);
    expect_sum("(50% + 1pt) * 2", 2000, 100000);
    expect_sum("50% div 2", 0, 25000);
    expect_number("50% div 25%", 2000);
    expect_sum("-10%", 0, -10000);
}

static void percentages_of_a_known_base_become_lengths(void **state)
{
    (void)state;
    struct fo_expr_env env = {.em = 12000, .has_base = true, .base = 20000};
    struct fo_value v;
    assert_true(fo_expr_eval(&env, slice("150% + 1pt"), &v));
    assert_int_equal(v.power, 1);
    assert_int_equal(v.percent, 0);
    assert_int_equal(fo_expr_milli(v.number), 31000);
}

static void functions_of_numbers(void **state)
{
    (void)state;
    expect_number("floor(2.7)", 2000);
    expect_number("floor(-2.1)", -3000);
    expect_number("ceiling(2.1)", 3000);
    expect_number("ceiling(-2.7)", -2000);
    expect_number("round(2.5)", 3000);
    expect_number("round(-2.5)", -2000);
    expect_number("abs(-3)", 3000);
    expect_length("abs(3pt - 1cm)", 25346);
    expect_length("min(1cm, 1in)", 28346);
    expect_length("max(1cm, 1in)", 72000);
    expect_sum("max(20%, 30%)", 0, 30000);
    expect_sum("max(20% + 1pt, 20% + 2pt)", 2000, 20000);
    expect_length("min(max(1pt, 2pt), 3pt)", 2000);
}

static void colours(void **state)
{
    (void)state;
    expect_color("#f80", 0xFF8800);
    expect_color("#12aBcD", 0x12ABCD);
    expect_color("rgb(255, 128, 0)", 0xFF8000);
    expect_color("rgb(100%, 50%, 0%)", 0xFF8000);
    expect_color("rgb(300, -5, 0)", 0xFF0000);
    expect_color("rgb-icc(1, 2, 3, #CMYK, 0, 0, 0, 1)", 0x010203);
    expect_color("system-color(windowtext)", 0x000000);
    uint32_t rgb = 1;
    assert_true(fo_color_find(slice("RebeccaPurple"), &rgb) == false);
    assert_true(fo_color_find(slice("aliceblue"), &rgb));
    assert_int_equal(rgb, 0xF0F8FF);
    assert_true(fo_color_find(slice("YellowGreen"), &rgb));
    assert_int_equal(rgb, 0x9ACD32);
    assert_false(fo_color_find(slice("yellowgree"), &rgb));
    assert_false(fo_color_find(slice(""), &rgb));
}

static void words_and_literals_pass_through(void **state)
{
    (void)state;
    struct fo_value v = value_of(" keep-it.so ");
    assert_int_equal(v.kind, FO_VALUE_WORD);
    assert_true(fo_slice_is(v.text, "keep-it.so"));
    v = value_of("'a ) b'");
    assert_int_equal(v.kind, FO_VALUE_STRING);
    assert_true(fo_slice_is(v.text, "a ) b"));
    v = value_of("proportional-column-width(2.5)");
    assert_int_equal(fo_expr_milli(v.share), 2500);
    v = value_of("2 * (proportional-column-width(1) + 1in) div 4 - 6pt");
    assert_int_equal(fo_expr_milli(v.share), 500);
    assert_int_equal(fo_expr_milli(v.number), 30000);
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        " ",
        "1pt +",
        "+ 1pt",
        "1pt + 2",
        "(1pt",
        "1pt)",
        "1 div 0",
        "1pt mod 0pt",
        "1furlong",
        "1pt 2pt",
        "#12",
        "#12345g",
        "rgb(1,2)",
        "floor(1pt)",
        "min(1pt, 2)",
        "min(10%, 2pt)",
        "1cm * 1cm",
        "1 div 1cm",
        "'open",
        "50% * 10pt",
        "10pt div 5%",
        "nothing(1)",
        "from-parent(font-size)",
        "proportional-column-width(-1)",
        "proportional-column-width(1) * 2pt",
        "4 div proportional-column-width(1)",
        "1..2",
        "$",
        "red + 1pt",
        "-red",
        "round(1, 2)",
        "max(1)",
        "rgb(red, 1, 1)",
        "1,2",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_fault(bad[i]);
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    char deep[4096], fine[256];
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    expect_fault(deep);
    memset(deep, '-', sizeof deep - 2);
    deep[sizeof deep - 2] = '1';
    value_of(deep);
    snprintf(fine, sizeof fine, "%.50s1pt%.50s",
             "(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
             ")))))))))))))))))))))))))))))))))))))))))))))))))))))))))))");
    expect_length(fine, 1000);
}

static void huge_values_are_clamped(void **state)
{
    (void)state;
    expect_length("99999999999999999999999999999999in", MPT_MAX);
    expect_length("-99999999999999999999999999999999in", -MPT_MAX);
    expect_length("99999999999pt * 99999999999", MPT_MAX);
    expect_length("99999999999pt div 0.000001", MPT_MAX);
    expect_fault("1pt div 0.0000000001");
}

static void lists_are_split_at_white_space(void **state)
{
    (void)state;
    struct fo_slice list = slice("  1pt (2 + 3) rgb(1, 2, 3) 'a b'\n"), item;
    static const char *const want[] = {"1pt", "(2 + 3)", "rgb(1, 2, 3)", "'a b'"};
    for (size_t i = 0; i < 4; i++) {
        assert_true(fo_slice_next(&list, &item));
        assert_true(fo_slice_is(item, want[i]));
    }
    assert_false(fo_slice_next(&list, &item));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_become_thousandths_of_a_point),
        cmocka_unit_test(arithmetic_follows_precedence),
        cmocka_unit_test(thirds_add_up),
        cmocka_unit_test(percentages_stay_beside_lengths),
        cmocka_unit_test(percentages_of_a_known_base_become_lengths),
        cmocka_unit_test(functions_of_numbers),
        cmocka_unit_test(colours),
        cmocka_unit_test(words_and_literals_pass_through),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(huge_values_are_clamped),
        cmocka_unit_test(lists_are_split_at_white_space),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
