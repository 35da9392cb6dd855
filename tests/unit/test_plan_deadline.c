/* Deadlines: every wording of tests/cases/plan/NAME.deadlines means what is written beside it, and
 * every wording in the documents of input/ is understood, but for the slips named here.
 *
 * A case file has lines «# …», «year 2021» or «school 2021» (the period of what follows) and
 * «wording => result»: «continuous», «event», «unclear», or spans parted by commas, a span being
 * its due day or «first–last»; «nothing»: no date in the period. */
#include "base/file.h"
#include "base/mem.h"
#include "plan/deadline.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void put_result(enum plan_when when, const struct plan_spans *spans, struct buf *out)
{
    static const char *const names[] = {"unclear", "nothing", "continuous", "event"};
    if (spans->len == 0)
        buf_puts(out, names[when]);
    for (size_t i = 0; i < spans->len; i++) {
        buf_puts(out, i ? ", " : "");
        if (spans->items[i].from != spans->items[i].to) {
            plan_put_day(out, spans->items[i].from);
            buf_puts(out, "–");
        }
        plan_put_day(out, spans->items[i].to);
    }
}

/* One line of a case; what differs goes to `faults`. */
static void check_line(char *line, struct plan_period *period, struct buf *faults)
{
    char *arrow = strstr(line, " => ");
    int year = 0;
    if (sscanf(line, "year %d", &year) == 1 && !arrow)
        *period = plan_calendar_year(year);
    else if (sscanf(line, "school %d", &year) == 1 && !arrow)
        *period = plan_school_year(year);
    if (!arrow)
        return;
    struct plan_spans spans = {0};
    struct buf got = BUF_EMPTY;
    *arrow = '\0';
    put_result(plan_read_deadline(line, period, &spans), &spans, &got);
    if (strcmp(buf_str(&got), arrow + 4) != 0)
        buf_printf(faults, "%s => %s\n", line, buf_str(&got));
    free(spans.items);
    buf_free(&got);
}

static void wordings_of_cases(void **state)
{
    (void)state;
    glob_t found = {0};
    struct buf faults = BUF_EMPTY;
    size_t lines = 0;
    assert_int_equal(glob("tests/cases/plan/*.deadlines", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct buf text = BUF_EMPTY;
        struct plan_period period = plan_calendar_year(2021);
        assert_int_equal(file_read(found.gl_pathv[i], &text), 0);
        for (char *save, *line = strtok_r(text.bytes, "\n", &save); line;
             line = strtok_r(NULL, "\n", &save), lines++)
            if (line[0] != '#')
                check_line(line, &period, &faults);
        buf_free(&text);
    }
    globfree(&found);
    assert_true(lines > 100);
    if (faults.len)
        fprintf(stderr, "not as expected, but:\n%s", buf_str(&faults));
    assert_int_equal(faults.len, 0);
}

/* What stands in the column of deadlines of a real document and names no time. */
static bool is_known_slip(const char *wording)
{
    static const char *const slips[] = {"Нормативные актаы ОО", "Совещание УО",
                                        "Совещание УО, индивидуальные собеседования"};
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
        if (strcmp(wording, slips[i]) == 0)
            return true;
    return false;
}

/* The text of each <deadline> without tags; what is not understood goes to `faults`. */
static size_t check_document(char *xml, struct buf *faults)
{
    static const char open[] = "<deadline", shut[] = "</deadline>";
    const struct plan_period period = plan_calendar_year(2021);
    size_t count = 0;
    for (char *p = xml; (p = strstr(p, open)); count++) {
        char *text = strchr(p, '>') + 1, *end = strstr(text, shut);
        struct buf plain = BUF_EMPTY;
        bool in_tag = false;
        for (char *q = text; q < end; q++) {
            if (*q == '<' || *q == '>')
                in_tag = *q == '<';
            else if (!in_tag)
                buf_putc(&plain, *q);
        }
        struct plan_spans spans = {0};
        bool is_clear = plan_read_deadline(buf_str(&plain), &period, &spans) != PLAN_UNCLEAR;
        if (is_clear == is_known_slip(buf_str(&plain)))
            buf_printf(faults, "%s\n", buf_str(&plain));
        free(spans.items);
        buf_free(&plain);
        p = end;
    }
    return count;
}

static void wordings_of_documents(void **state)
{
    (void)state;
    glob_t found = {0};
    struct buf faults = BUF_EMPTY;
    size_t count = 0;
    assert_int_equal(glob("input/*.xml", 0, NULL, &found), 0);
    glob("input/*/*.xml", GLOB_APPEND, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct buf text = BUF_EMPTY;
        assert_int_equal(file_read(found.gl_pathv[i], &text), 0);
        count += check_document(text.bytes, &faults);
        buf_free(&text);
    }
    globfree(&found);
    assert_true(count > 200);
    if (faults.len)
        fprintf(stderr, "not understood:\n%s", buf_str(&faults));
    assert_int_equal(faults.len, 0);
}

static void days_are_dates(void **state)
{
    (void)state;
    assert_int_equal(plan_count_days(1970, 1, 1), 0);
    assert_int_equal(plan_count_days(2000, 3, 1), 11017);
    for (plan_day day = plan_count_days(1, 1, 1), end = plan_count_days(9999, 12, 31);
         day <= end; day++) {
        struct plan_date d = plan_split_day(day);
        if (!plan_is_date(d.year, d.month, d.day) ||
            plan_count_days(d.year, d.month, d.day) != day)
            fail_msg("day %d is %d-%d-%d", day, d.year, d.month, d.day);
    }
}

static void days_are_read(void **state)
{
    (void)state;
    plan_day day;
    assert_true(plan_read_day("29.02.2020", &day));
    assert_int_equal(day, plan_count_days(2020, 2, 29));
    static const char *const wrong[] = {"29.02.2021", "1.2.2021",   "01.02.21",   "01.02.2021 ",
                                        "",           " 1.02.2021", "+1.02.2021", "00.01.2021"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (plan_read_day(wrong[i], &day))
            fail_msg("«%s» was taken for a day", wrong[i]);
}

static void long_texts_lose_nothing(void **state)
{
    (void)state;
    struct plan_spans spans = {0};
    const struct plan_period period = plan_calendar_year(2021);
    struct buf text = BUF_EMPTY;
    buf_puts(&text, "ежегодно");
    for (int i = 0; i < 60; i++)
        buf_puts(&text, " по плану");
    assert_int_equal(plan_read_deadline(buf_str(&text), &period, &spans), PLAN_UNCLEAR);
    buf_clear(&text);
    buf_puts(&text, "согласно");
    for (int i = 0; i < 2000; i++)
        buf_puts(&text, "плану");
    assert_int_equal(plan_read_deadline(buf_str(&text), &period, &spans), PLAN_ON_EVENT);
    assert_int_equal(plan_read_deadline("", &period, &spans), PLAN_UNCLEAR);
    assert_int_equal(plan_read_deadline("\xD0 \xFF", &period, &spans), PLAN_UNCLEAR);
    buf_free(&text);
    free(spans.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wordings_of_cases),       cmocka_unit_test(wordings_of_documents),
        cmocka_unit_test(days_are_dates),          cmocka_unit_test(days_are_read),
        cmocka_unit_test(long_texts_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
