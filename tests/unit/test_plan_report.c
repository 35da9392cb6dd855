/* What a report is computed with: decimal numbers, measures by name, how measures stand, editions. */
#include "plan/number.h"
#include "plan/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- numbers ----------------------------------------------------------------------------- */

static void assert_read(const char *text, const char *expected)
{
    struct plan_number n;
    struct buf out = BUF_EMPTY;
    if (!plan_read_number(text, &n))
        fail_msg("«%s» is not read", text);
    plan_put_number(&out, n);
    assert_string_equal(buf_str(&out), expected);
    buf_free(&out);
}

static void assert_unread(const char *text)
{
    struct plan_number n;
    if (plan_read_number(text, &n))
        fail_msg("«%s» is read as a number", text);
}

static void numbers_are_read_as_they_are_printed(void **state)
{
    (void)state;
    assert_read("72,4", "72.4");
    assert_read(" 14 756 ", "14756");
    assert_read("14\u00A0756,50", "14756.50");
    assert_read("37,2 %", "37.2");
    assert_read("−2,2", "-2.2");
    assert_read("+1", "1");
    assert_read("-0,05", "-0.05");
    assert_read("100%", "100");
    assert_read("123456789012", "123456789012");
    assert_unread("");
    assert_unread("–");
    assert_unread("12 школ");
    assert_unread("1,");
    assert_unread(",5");
    assert_unread("1.2.3");
    assert_unread("1234567890123");
    assert_unread("0,1234567");
}

static struct plan_number number(const char *text)
{
    struct plan_number n;
    assert_true(plan_read_number(text, &n));
    return n;
}

static void assert_number(struct plan_number n, const char *expected)
{
    struct buf out = BUF_EMPTY;
    plan_put_number(&out, n);
    assert_string_equal(buf_str(&out), expected);
    buf_free(&out);
}

static void arithmetic_is_exact(void **state)
{
    (void)state;
    struct plan_number n;
    assert_number(plan_subtract(number("60,3"), number("62,5")), "-2.2");
    assert_number(plan_subtract(number("62"), number("61")), "1");
    assert_number(plan_add(number("0,1"), number("0,25")), "0.35");
    assert_true(plan_divide(number("160"), number("430"), 100, 1, &n));
    assert_number(n, "37.2");
    assert_true(plan_divide(number("1"), number("8"), 100, 0, &n));
    assert_number(n, "13"); /* halves away from zero */
    assert_true(plan_divide(number("-1"), number("8"), 100, 0, &n));
    assert_number(n, "-13");
    assert_true(plan_divide(number("1"), number("-3"), 1, 2, &n));
    assert_number(n, "-0.33");
    assert_false(plan_divide(number("1"), number("0,00"), 100, 1, &n));
    n = number("0,000001"); /* what has no room loses decimals, and nothing breaks */
    for (int i = 0; i < 1000; i++)
        n = plan_add(n, number("999999999999"));
    assert_number(n, "999999999999000");
    assert_int_equal(plan_compare_numbers(number("2,50"), number("2,5")), 0);
    assert_int_equal(plan_compare_numbers(number("-1"), number("0,1")), -1);
}

/* --- measures by name -------------------------------------------------------------------- */

static struct plan_measure measure_of(const char *number, const char *id, const char *title)
{
    return (struct plan_measure){
        .number = number, .id = id, .title = title, .deadline = "", .when = ""};
}

static void measures_are_found_by_id_and_number(void **state)
{
    (void)state;
    struct plan_measure m[] = {measure_of("1.1.", "a", ""), measure_of("1.10.", "b", ""),
                               measure_of("2", "c", ""), measure_of("2.", "d", ""),
                               measure_of("", "e", "")};
    const struct plan_measures all = {.items = m, .len = 5};
    struct plan_index *index = plan_new_index(&all);
    bool several;
    assert_ptr_equal(plan_find_measure(index, "1.1", &several), &m[0]);
    assert_ptr_equal(plan_find_measure(index, "1.10.", &several), &m[1]);
    assert_ptr_equal(plan_find_measure(index, "e", &several), &m[4]);
    assert_null(plan_find_measure(index, "2", &several));
    assert_true(several);
    assert_null(plan_find_measure(index, "1", &several));
    assert_false(several);
    assert_null(plan_find_measure(index, "", &several));
    plan_free_index(index);
}

/* --- how measures stand ------------------------------------------------------------------ */

static struct plan_record record_of(const char *measure, int month, enum plan_mark mark)
{
    return (struct plan_record){.measure = measure,
                                .date = plan_count_days(2021, month, 15),
                                .mark = mark,
                                .percent = -1,
                                .at = {"e.xml", month, 0}};
}

/* The one measure of 2021 with this deadline and these records, seen on 14.01.2022. */
static void assert_standing(const char *deadline, struct plan_record *records, size_t n,
                            const char *expected)
{
    struct diag *diag = diag_new();
    struct plan_measure m[] = {measure_of("1", "a", "")};
    m[0].when = deadline;
    const struct plan_measures all = {.name = "x", .items = m, .len = 1};
    const struct plan_records list = {.items = records, .len = n};
    const struct plan_question question = {.measures = &all,
                                           .records = &list,
                                           .period = plan_calendar_year(2021),
                                           .on = plan_count_days(2022, 1, 14)};
    struct plan_items items = {0};
    struct plan_outcomes outcomes = {0};
    plan_assess(&question, &items, diag);
    plan_weigh(&all, &items, &outcomes);
    assert_int_equal(outcomes.len, 1);
    assert_string_equal(plan_standing_name(outcomes.items[0].standing), expected);
    free(items.items);
    free(outcomes.items);
    diag_free(diag);
}

static void a_measure_stands_in_one_way(void **state)
{
    (void)state;
    struct plan_record done = record_of("1", 3, PLAN_DONE);
    struct plan_record partly = record_of("1", 3, PLAN_PARTLY);
    struct plan_record not_done = record_of("1", 3, PLAN_NOT_DONE);
    struct plan_record moved = record_of("1", 3, PLAN_POSTPONED);
    moved.has_to = true;
    moved.to = plan_count_days(2022, 6, 1);
    struct plan_record cancelled = record_of("1", 3, PLAN_CANCELLED);
    assert_standing("май 2021 года", NULL, 0, "overdue");
    assert_standing("май 2021 года", &done, 1, "done");
    assert_standing("май 2021 года", &partly, 1, "partly");
    assert_standing("май 2021 года", &not_done, 1, "overdue");
    assert_standing("май 2021 года", &moved, 1, "postponed");
    assert_standing("май 2021 года", &cancelled, 1, "cancelled");
    assert_standing("постоянно", NULL, 0, "open");
    assert_standing("постоянно", &done, 1, "done");
    assert_standing("постоянно", &not_done, 1, "overdue");
    assert_standing("2025 год", NULL, 0, "none");
    assert_standing("ежеквартально", &done, 1, "partly"); /* one of four */
    struct plan_record all[4];
    for (int i = 0; i < 4; i++)
        all[i] = record_of("1", 3 * (i + 1), PLAN_DONE);
    assert_standing("ежеквартально", all, 4, "done");
    all[3].mark = PLAN_CANCELLED;
    assert_standing("ежеквартально", all, 4, "done");
}

static void columns_of_a_summary_add_up(void **state)
{
    (void)state;
    struct plan_measure m[] = {measure_of("1", "a", "")};
    struct plan_record indicator = {.value = "41", .target = "50"};
    struct plan_tally tally = {0};
    for (int s = 0; s < PLAN_STANDINGS; s++) {
        struct plan_outcome o = {.measure = m, .standing = (enum plan_standing)s};
        plan_count_outcome(&tally, &o);
    }
    struct plan_outcome o = {
        .measure = m, .standing = PLAN_STANDING_DONE, .indicator = &indicator};
    plan_count_outcome(&tally, &o);
    assert_int_equal(plan_count_planned(tally.measures), PLAN_STANDINGS - 1 + 1);
    assert_int_equal(tally.measures[PLAN_STANDING_NONE], 1);
    assert_int_equal(tally.indicators, 1);
    assert_int_equal(tally.reached, 0);
    indicator.value = "50,0";
    assert_true(plan_is_reached(&indicator));
    indicator.value = indicator.target = "да";
    assert_true(plan_is_reached(&indicator));
    indicator.value = NULL;
    assert_false(plan_is_reached(&indicator));
}

static void records_against_themselves_are_told(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct plan_measure m[] = {measure_of("1", "a", "")}, old[] = {measure_of("7", "z", "")};
    m[0].when = "2021 год";
    struct plan_record r[] = {record_of("1", 3, PLAN_DONE), record_of("1", 4, PLAN_POSTPONED),
                              record_of("7", 5, PLAN_DONE)};
    r[0].percent = 40;
    const struct plan_measures all = {.name = "x", .items = m, .len = 1};
    const struct plan_measures former = {.name = "before", .items = old, .len = 1};
    const struct plan_records list = {.items = r, .len = 3};
    const struct plan_question question = {.measures = &all,
                                           .former = &former,
                                           .records = &list,
                                           .period = plan_calendar_year(2021),
                                           .on = plan_count_days(2022, 1, 14)};
    struct plan_items items = {0};
    plan_assess(&question, &items, diag);
    size_t n;
    const struct diag_item *told = diag_items(diag, &n);
    assert_int_equal(n, 3);
    assert_string_equal(told[0].code, "record-percent");
    assert_string_equal(told[1].code, "record-to");
    assert_string_equal(told[2].code, "record-former");
    assert_int_equal(diag_worst(diag), DIAG_WARNING);
    free(items.items);
    diag_free(diag);
}

/* --- editions ---------------------------------------------------------------------------- */

static void editions_are_compared_by_what_stays(void **state)
{
    (void)state;
    struct plan_measure before[] = {
        measure_of("1.", "r-1", "Создать группу"), measure_of("2.", "r-2", "Провести семинар"),
        measure_of("3.", "r-3", "Издать сборник"), measure_of("4.", "r-4", "Сдать отчёт")};
    struct plan_measure now[] = {
        measure_of("1.", "r-1", "Создать группу"), measure_of("2.", "r-2", "Найти зал"),
        measure_of("3.", "r-3", "Провести семинар"), measure_of("4.", "r-4", "Сдать отчёты"),
        measure_of("5.", "r-5", "Открыть сайт")};
    for (size_t i = 0; i < 4; i++)
        before[i].since = plan_count_days(2020, 12, 1);
    for (size_t i = 0; i < 5; i++)
        now[i].since = plan_count_days(2021, 9, 1);
    now[0].when = "март";
    const struct plan_measures a = {.items = before, .len = 4};
    struct plan_measures b = {.items = now, .len = 5};
    struct plan_edits edits = {0};
    plan_compare_editions(&a, &b, &edits);
    assert_int_equal(edits.len, 6);
    assert_int_equal(edits.items[0].what, PLAN_EDIT_DEADLINE);
    assert_ptr_equal(edits.items[1].now, &now[2]); /* the seminar has moved down */
    assert_int_equal(edits.items[1].what, PLAN_EDIT_NUMBER);
    assert_ptr_equal(edits.items[2].before, &before[2]); /* the collection is dropped */
    assert_null(edits.items[2].now);
    assert_int_equal(edits.items[3].what, PLAN_EDIT_TITLE);
    assert_ptr_equal(edits.items[4].now, &now[1]);
    assert_ptr_equal(edits.items[5].now, &now[4]);
    assert_null(edits.items[5].before);
    assert_int_equal(now[2].since, before[1].since);
    assert_int_equal(now[4].since, plan_count_days(2021, 9, 1));
    free(edits.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_they_are_printed),
        cmocka_unit_test(arithmetic_is_exact),
        cmocka_unit_test(measures_are_found_by_id_and_number),
        cmocka_unit_test(a_measure_stands_in_one_way),
        cmocka_unit_test(columns_of_a_summary_add_up),
        cmocka_unit_test(records_against_themselves_are_told),
        cmocka_unit_test(editions_are_compared_by_what_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
