/* Records: spreadsheets of both encodings and all separators, faults with their lines, and what
 * records make of deadlines on a day. */
#include "base/mem.h"
#include "plan/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct read {
    struct arena *arena;
    struct diag *diag;
    struct plan_records records;
};

static struct read read_csv(const char *bytes)
{
    struct read r = {.arena = arena_new(), .diag = diag_new()};
    struct buf text = BUF_EMPTY;
    buf_puts(&text, bytes);
    plan_read_csv("a.csv", &text, r.arena, &r.records, r.diag);
    buf_free(&text);
    return r;
}

static void free_read(struct read *r)
{
    free(r->records.items);
    diag_free(r->diag);
    arena_free(r->arena);
}

static void assert_message(struct read *r, size_t i, int line, const char *code)
{
    size_t n;
    const struct diag_item *items = diag_items(r->diag, &n);
    assert_true(i < n);
    assert_int_equal(items[i].loc.line, line);
    assert_string_equal(items[i].code, code);
}

static void utf8_and_semicolons(void **state)
{
    (void)state;
    struct read r = read_csv("\xEF\xBB\xBFНомер;Дата;Статус;Процент;Примечание\r\n"
                             "1.3;30.03.2021;Выполнено;100 %;\"сказано \"\"да\"\";\nи ещё\"\r\n"
                             ";;;;\r\n"
                             "2.1.;01.04.2021;перенесено;;\r\n");
    assert_int_equal(diag_worst(r.diag), DIAG_NONE);
    assert_int_equal(r.records.len, 2);
    const struct plan_record *a = &r.records.items[0], *b = &r.records.items[1];
    assert_string_equal(a->measure, "1.3");
    assert_int_equal(a->mark, PLAN_DONE);
    assert_int_equal(a->percent, 100);
    assert_string_equal(a->note, "сказано \"да\"; и ещё");
    assert_int_equal(b->mark, PLAN_POSTPONED);
    assert_int_equal(b->percent, -1);
    assert_int_equal(b->at.line, 5); /* a cell of two lines and an empty line before it */
    assert_null(b->note);
    free_read(&r);
}

static void windows_1251_and_commas(void **state)
{
    (void)state;
    /* номер,дата,статус / 4.2,01.02.2021,частично */
    struct read r =
        read_csv("\xED\xEE\xEC\xE5\xF0,\xE4\xE0\xF2\xE0,\xF1\xF2\xE0\xF2\xF3\xF1,note\n"
                 "4.2,01.02.2021,\xD7\xE0\xF1\xF2\xE8\xF7\xED\xEE,\xB9 5 \x96 \xB8");
    assert_int_equal(diag_worst(r.diag), DIAG_NONE);
    assert_int_equal(r.records.len, 1);
    assert_int_equal(r.records.items[0].mark, PLAN_PARTLY);
    assert_string_equal(r.records.items[0].note, "№ 5 – ё");
    free_read(&r);
}

static void faults_name_their_lines(void **state)
{
    (void)state;
    struct read r = read_csv("measure;date;status;percent;colour\n"
                             "1;30.02.2021;done;;\n"
                             "2;01.02.2021;finished;;\n"
                             ";01.02.2021;done;;\n"
                             "3;01.02.2021;done;101;\n"
                             "4;01.02.2021;done;99;red\n"
                             "5;01.02.2021;done;1;\"open");
    assert_int_equal(r.records.len, 2);
    assert_message(&r, 0, 1, "csv-column");
    assert_message(&r, 1, 2, "csv-date");
    assert_message(&r, 2, 3, "csv-status");
    assert_message(&r, 3, 4, "csv-measure");
    assert_message(&r, 4, 5, "csv-percent");
    assert_message(&r, 5, 7, "csv-quote");
    free_read(&r);
    r = read_csv("measure;status\n1;done\n");
    assert_int_equal(r.records.len, 0);
    assert_message(&r, 0, 1, "csv-names");
    free_read(&r);
    r = read_csv("");
    assert_message(&r, 0, 0, "csv-empty");
    free_read(&r);
}

static void parties_are_parted(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct plan_names names = {0};
    plan_split_parties(arena, "УО, МКУ «ЦОД, школы» ; отдел (РМО, ШМО),, С.Ю. Сапегина ",
                       &names);
    assert_int_equal(names.len, 4);
    assert_string_equal(names.items[0], "УО");
    assert_string_equal(names.items[1], "МКУ «ЦОД, школы»");
    assert_string_equal(names.items[2], "отдел (РМО, ШМО)");
    assert_string_equal(names.items[3], "С.Ю. Сапегина");
    assert_true(plan_same_party("Руководители РМО", "руководители РМО"));
    assert_false(plan_same_party("УО", "уО "));
    free(names.items);
    arena_free(arena);
}

/* --- how it stands ----------------------------------------------------------------------- */

static struct plan_measure measure_of(const char *number, const char *id, const char *deadline)
{
    return (struct plan_measure){
        .number = number, .id = id, .title = "", .deadline = deadline, .when = deadline};
}

static struct plan_record record_of(const char *measure, int month, int day,
                                    enum plan_mark mark)
{
    return (struct plan_record){.measure = measure,
                                .date = plan_count_days(2021, month, day),
                                .mark = mark,
                                .percent = -1,
                                .at = {"e.xml", month * 100 + day, 0}};
}

/* The states on a day of 2021, as «overdue done». */
static void assert_states(const struct plan_measures *all, const struct plan_records *records,
                          int month, int day, const char *expected, struct diag *diag)
{
    const struct plan_question question = {.measures = all,
                                           .records = records,
                                           .period = plan_calendar_year(2021),
                                           .on = plan_count_days(2021, month, day)};
    struct plan_items items = {0};
    struct buf got = BUF_EMPTY;
    plan_assess(&question, &items, diag);
    for (size_t i = 0; i < items.len; i++)
        buf_printf(&got, "%s%s", i ? " " : "", plan_state_name(items.items[i].state));
    assert_string_equal(buf_str(&got), expected);
    buf_free(&got);
    free(items.items);
}

static void quarters_are_closed_in_turn(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct plan_measure m[] = {measure_of("1.", "a", "ежеквартально")};
    const struct plan_measures all = {.name = "x", .date = "", .items = m, .len = 1};
    struct plan_record r[] = {record_of("1", 10, 5, PLAN_DONE),
                              record_of("1.", 3, 30, PLAN_DONE),
                              record_of("a", 7, 2, PLAN_PARTLY)};
    const struct plan_records records = {.items = r, .len = 3};
    assert_states(&all, &records, 3, 1, "due later later later", diag);
    assert_states(&all, &records, 4, 1, "done due later later", diag);
    assert_states(&all, &records, 7, 5, "done overdue due later", diag);
    assert_states(&all, &records, 10, 6, "done done overdue due", diag);
    r[2] = record_of("a", 7, 2, PLAN_CANCELLED);
    assert_states(&all, &records, 9, 1, "done cancelled cancelled cancelled", diag);
    assert_int_equal(diag_worst(diag), DIAG_NONE);
    diag_free(diag);
}

static void single_days_are_done_early_or_moved(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct plan_measure m[] = {
        measure_of("1", "a", "до 01.12.2021"), measure_of("2", "b", "постоянно"),
        measure_of("3", "c", "по мере необходимости"), measure_of("4", "d", "2025 год")};
    const struct plan_measures all = {.name = "x", .date = "", .items = m, .len = 4};
    struct plan_record r[] = {record_of("1", 10, 1, PLAN_POSTPONED),
                              record_of("3", 5, 5, PLAN_DONE), record_of("4", 6, 6, PLAN_DONE)};
    r[0].has_to = true;
    r[0].to = plan_count_days(2022, 2, 1);
    const struct plan_records none = {0}, records = {.items = r, .len = 3};
    assert_states(&all, &none, 10, 31, "later continuous on-event", diag);
    assert_states(&all, &none, 11, 1, "due continuous on-event", diag);
    assert_states(&all, &none, 12, 1, "due continuous on-event", diag);
    assert_states(&all, &none, 12, 2, "overdue continuous on-event", diag);
    assert_states(&all, &records, 12, 31, "postponed continuous done done", diag);
    r[0] = record_of("1", 10, 1, PLAN_DONE);
    assert_states(&all, &records, 12, 31, "done continuous done done", diag);
    diag_free(diag);
}

static void before_signing_nothing_is_due(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct plan_measure m[] = {measure_of("1", "a", "ежеквартально")};
    m[0].since = plan_count_days(2021, 5, 16);
    const struct plan_measures all = {.name = "x", .date = "16.05.2021", .items = m, .len = 1};
    const struct plan_records none = {0};
    assert_states(&all, &none, 8, 1, "overdue due later", diag);
    diag_free(diag);
}

static void faults_are_told(void **state)
{
    (void)state;
    struct read t = {.diag = diag_new()};
    struct plan_measure m[] = {measure_of("1", "a", "ежегодно"), measure_of("1", "b", "скоро"),
                               measure_of("2", "c", "ежегодно")};
    m[1].at = (struct src_loc){"x.xml", 5, 0};
    const struct plan_measures all = {.name = "x", .date = "", .items = m, .len = 3};
    struct plan_record r[] = {record_of("1", 1, 1, PLAN_DONE), record_of("9", 1, 2, PLAN_DONE),
                              record_of("2", 1, 3, PLAN_DONE),
                              record_of("c", 1, 3, PLAN_NOT_DONE)};
    const struct plan_records records = {.items = r, .len = 4};
    assert_states(&all, &records, 6, 1, "due unclear due", t.diag);
    assert_message(&t, 0, 101, "record-ambiguous");
    assert_message(&t, 1, 102, "record-measure");
    assert_message(&t, 2, 103, "record-contradiction");
    assert_message(&t, 3, 5, "deadline-unclear");
    diag_free(t.diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_and_semicolons),
        cmocka_unit_test(windows_1251_and_commas),
        cmocka_unit_test(faults_name_their_lines),
        cmocka_unit_test(parties_are_parted),
        cmocka_unit_test(quarters_are_closed_in_turn),
        cmocka_unit_test(single_days_are_done_early_or_moved),
        cmocka_unit_test(before_signing_nothing_is_due),
        cmocka_unit_test(faults_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
