/* Annual reports as an office meets them: figures in text, tables and data agree, and what is
 * wrong with the sources is told where it is wrong. */
#include "base/file.h"
#include "unit/folder.h"
#include "unit/run.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { SECONDS = 60, MOST_ARGUMENTS = 8 };

static char program[PATH_MAX], sample[PATH_MAX];

static const char plan[] =
    "<appendix xmlns='urn:prikaz:1' kind='план'>\n<mark kind='приказ' date='10.01.2021'/>\n"
    "<title>ПЛАН</title>\n<roadmap>\n<section><title>Первый</title>\n"
    "<measure><action>Создать группу.</action><deadline>до 01.03.2021</deadline>"
    "<responsible>УО, школы</responsible></measure>\n"
    "<measure><action>Проверить.</action><deadline>ежеквартально</deadline>"
    "<responsible>УО</responsible></measure>\n"
    "<measure><action>Вести сайт.</action><deadline>постоянно</deadline>"
    "<responsible>Школы</responsible></measure>\n"
    "<measure><action>Отпраздновать.</action><deadline>до 25.12.2021</deadline>"
    "<responsible>Школы</responsible></measure>\n"
    "</section>\n</roadmap>\n</appendix>\n";
static const char execution[] =
    "<execution xmlns='urn:prikaz:1' of='plan' year='2021'>\n"
    "<record measure='1.1' date='26.02.2021' status='done' value='12' target='10'/>\n"
    "<record measure='1.2' date='30.03.2021' status='done'/>\n"
    "<record measure='1.4' date='20.12.2021' status='postponed' to='01.02.2022'>"
    "<note>Нет ёлки.</note></record>\n"
    "</execution>\n";

#define REPORT(SOURCES, CONTENT)                                                               \
    "<annual-report xmlns='urn:prikaz:1' year='2021' on='14.01.2022'>\n"                       \
    "<title>ДОКЛАД</title>\n<sources>\n" SOURCES "</sources>\n"                                \
    "<chapter><title>Итоги</title>" CONTENT "</chapter>\n</annual-report>\n"
#define PLAN "<plan of='plan'><records href='e.xml'/></plan>\n"

static void call(struct run *run, const char *language, ...)
{
    const char *argv[MOST_ARGUMENTS + 2] = {program};
    va_list args;
    va_start(args, language);
    for (int n = 1; n <= MOST_ARGUMENTS; n++)
        if (!(argv[n] = va_arg(args, const char *)))
            break;
    va_end(args);
    assert_true(run_program(argv, language, SECONDS, run));
    assert_false(run->timed_out);
}

static void assert_has(struct buf *b, const char *words)
{
    if (!strstr(buf_str(b), words))
        fail_msg("«%s» is not in:\n%s", words, buf_str(b));
}

static void assert_without(struct buf *b, const char *words)
{
    if (strstr(buf_str(b), words))
        fail_msg("«%s» is in:\n%s", words, buf_str(b));
}

static int start(void **state)
{
    (void)state;
    folder_write("plan.xml", plan);
    folder_write("e.xml", execution);
    folder_write("r.xml", REPORT(PLAN, "<p>a</p>"));
    unlink("other.xml");
    unlink("newer.xml");
    unlink("before.xml");
    return 0;
}

/* What a document prints, as areas; run_free the run. */
static void render(struct run *run, const char *report)
{
    folder_write("r.xml", report);
    call(run, "ru", "render", "r.xml", "--dump=areas", NULL);
}

/* The runs of text of the areas, joined: words may be apart. */
static void assert_prints(struct run *run, const char *words)
{
    struct buf text = BUF_EMPTY;
    const char *p = buf_str(&run->out);
    while ((p = strchr(p, '"'))) {
        const char *end = strchr(p + 1, '"');
        if (!end)
            break;
        buf_puts(&text, text.len && text.bytes[text.len - 1] != ' ' ? " " : "");
        buf_put(&text, p + 1, (size_t)(end - p - 1));
        p = end + 1;
    }
    if (!strstr(buf_str(&text), words))
        fail_msg("«%s» is not printed:\n%s\n%s", words, buf_str(&text), buf_str(&run->err));
    buf_free(&text);
}

/* --- figures ----------------------------------------------------------------------------- */

static void data_hold_every_figure(void **state)
{
    (void)state;
    struct run run;
    call(&run, "en", "render", "r.xml", "--data=json", NULL);
    assert_int_equal(run.status, 0);
    assert_string_equal(buf_str(&run.err), "");
    assert_has(&run.out, "{\"year\": 2021, \"on\": \"14.01.2022\"");
    assert_has(&run.out, "\"tally\": {\"measures\": 4, \"done\": 1, \"done-share\": 25.0, "
                         "\"partly\": 1, \"partly-share\": 25.0, \"overdue\": 0");
    assert_has(&run.out, "\"postponed\": 1, \"postponed-share\": 25.0");
    assert_has(&run.out, "\"due\": 3, \"kept-share\": 33.3");
    assert_has(&run.out, "\"deadlines\": 7, \"deadlines-done\": 2");
    assert_has(&run.out, "\"indicators\": 1, \"reached\": 1");
    assert_has(&run.out, "\"number\": \"1.4.\"");
    assert_has(&run.out, "\"note\": \"Нет ёлки.\"");
    run_free(&run);
    call(&run, "en", "render", "r.xml", "--data=csv", NULL);
    assert_int_equal(run.status, 0);
    assert_memory_equal(buf_str(&run.out), "\xEF\xBB\xBFkind;plan;section;", 20);
    assert_has(&run.out, "\r\ntotal;;;");
    assert_has(&run.out, "\r\nmeasure;plan;1. Первый;1.4.;Отпраздновать.;Школы;до 25.12.2021;"
                         "postponed;20.12.2021;01.02.2022;");
    assert_has(&run.out, ";4;1;25,0;1;25,0;");
    run_free(&run);
}

static void text_and_tables_read_the_same_figures(void **state)
{
    (void)state;
    struct run run;
    render(&run, REPORT(PLAN, "<p>План: <value of='measures' noun='мероприятие'/>.</p>"
                              "<p>Готово <value of='done' noun='мероприятие'/>, "
                              "<value of='kept-share'/>.</p>"
                              "<p>Срок у <value of='deadlines' forms='дня дней дней'/>.</p>"
                              "<p>Из <value of='measures' noun='мероприятие' case='gen'/>.</p>"
                              "<p>У школ <value of='measures' party='Школы'/> и "
                              "<value of='measures' party='школы' plan='plan'/>.</p>"
                              "<p>В первом <value of='deadlines-done' quarter='1'/>.</p>"
                              "<summary/><outcomes standing='postponed'/><progress/>"));
    assert_int_equal(run.status, 0);
    assert_prints(&run, "План: 4\u00A0мероприятия.");
    assert_prints(&run, "Готово 1\u00A0мероприятие, 33,3\u00A0%.");
    assert_prints(&run, "Срок у 7\u00A0дней.");
    assert_prints(&run, "Из 4\u00A0мероприятий.");
    assert_prints(&run, "У школ 3 и 3.");
    assert_prints(&run, "В первом 2.");
    assert_prints(&run, "25,0\u00A0%");
    assert_prints(&run, "Нет ёлки.");
    assert_prints(&run, "14\u00A0января\u00A02022");
    run_free(&run);
}

/* The number after «"name": » behind `after`. */
static long find_number(struct buf *json, const char *after, const char *name)
{
    struct buf key = BUF_EMPTY;
    const char *p = strstr(buf_str(json), after);
    assert_non_null(p);
    buf_printf(&key, "\"%s\": ", name);
    p = strstr(p, buf_str(&key));
    assert_non_null(p);
    long n = strtol(p + key.len, NULL, 10);
    buf_free(&key);
    return n;
}

/* The sample of input/: what its text says are the figures of its data. */
static void the_sample_agrees_with_its_data(void **state)
{
    (void)state;
    struct run data, areas;
    struct buf words = BUF_EMPTY;
    call(&data, "ru", "render", sample, "--data=json", NULL);
    call(&areas, "ru", "render", sample, "--dump=areas", NULL);
    assert_int_equal(data.status, 0);
    assert_int_equal(areas.status, 0);
    long measures = find_number(&data.out, "\"tally\"", "measures");
    long sum = 0;
    static const char *const standings[] = {"done",      "partly", "overdue", "postponed",
                                            "cancelled", "later",  "open"};
    for (size_t i = 0; i < sizeof standings / sizeof *standings; i++)
        sum += find_number(&data.out, "\"tally\"", standings[i]);
    assert_int_equal(sum, measures);
    buf_printf(&words, "Запланировано %ld\u00A0мероприятие", measures);
    assert_prints(&areas, buf_str(&words));
    buf_clear(&words);
    buf_printf(&words, "полностью выполнено %ld, частично – %ld",
               find_number(&data.out, "\"tally\"", "done"),
               find_number(&data.out, "\"tally\"", "partly"));
    assert_prints(&areas, buf_str(&words));
    assert_prints(&areas, "ОБРАЗЕЦ");
    buf_free(&words);
    run_free(&data);
    run_free(&areas);
}

static void figures_that_are_not_there_are_told(void **state)
{
    (void)state;
    struct run run;
    render(&run, REPORT(PLAN, "\n<p><value of='dnoe'/></p>"));
    assert_int_equal(run.status, 1);
    assert_has(&run.err, "r.xml:7: ошибка: нет вычисленного числа «dnoe»");
    run_free(&run);
    render(&run, REPORT(PLAN, "\n<summary plan='other'/>"));
    assert_int_equal(run.status, 1);
    assert_has(&run.err,
               "r.xml:7: ошибка: среди источников доклада нет дорожной карты «other»");
    run_free(&run);
    render(&run, "<order xmlns='urn:prikaz:1' kind='приказ'><heading>О</heading>\n"
                 "<point><value of='done'/></point><signature><post>А</post><name>Б</name>"
                 "</signature></order>");
    assert_int_equal(run.status, 1);
    assert_has(&run.err, "r.xml:2: ошибка: вычисленные числа бывают только в докладе");
    run_free(&run);
}

/* --- the day ----------------------------------------------------------------------------- */

static void the_day_is_an_argument(void **state)
{
    (void)state;
    struct run run;
    call(&run, "en", "render", "r.xml", "--data=json", "--on=01.07.2021", NULL);
    assert_has(&run.out, "\"on\": \"01.07.2021\"");
    assert_has(&run.out, "\"postponed\": 0");
    assert_has(&run.out, "\"later\": 1");
    run_free(&run);
    folder_write("r.xml", "<annual-report xmlns='urn:prikaz:1' year='2021'><title>Д</title>"
                          "<sources>" PLAN "</sources><chapter><title>И</title></chapter>"
                          "</annual-report>");
    call(&run, "ru", "render", "r.xml", "--dump=fo", NULL);
    assert_int_equal(run.status, 1);
    assert_has(&run.err, "r.xml:1: ошибка: не указан день");
    run_free(&run);
    call(&run, "ru", "render", "r.xml", "--dump=fo", "--on=30.02.2022", NULL);
    assert_int_equal(run.status, 1);
    assert_has(&run.err, "нет такого дня: 30.02.2022");
    run_free(&run);
}

/* --- sources ----------------------------------------------------------------------------- */

static void a_year_without_records_is_told_and_printed(void **state)
{
    (void)state;
    struct run run;
    render(&run, REPORT("<plan of='plan'/>\n", "<summary/>"));
    assert_int_equal(run.status, 0);
    assert_has(&run.err,
               "r.xml:4: предупреждение: за 2021 год нет записей об исполнении «plan»");
    assert_prints(&run, "Сведения об исполнении за 2021 год не представлены.");
    run_free(&run);
}

static void a_record_of_no_measure_stops_the_report(void **state)
{
    (void)state;
    struct run run;
    folder_write("e.xml", "<execution xmlns='urn:prikaz:1' of='plan' year='2021'>\n"
                          "<record measure='9.9' date='26.02.2021' status='done'/>\n"
                          "</execution>\n");
    render(&run, REPORT(PLAN, "<summary/>"));
    assert_int_equal(run.status, 1);
    assert_has(&run.err, "e.xml:2: ошибка: в plan нет мероприятия «9.9»");
    run_free(&run);
}

static void the_later_of_two_records_counts(void **state)
{
    (void)state;
    struct run run;
    folder_write("e.xml", "<execution xmlns='urn:prikaz:1' of='plan' year='2021'>\n"
                          "<record measure='1.1' date='26.02.2021' status='done'/>\n"
                          "<record measure='1.1' date='26.02.2021' status='cancelled'/>\n"
                          "</execution>\n");
    call(&run, "ru", "render", "r.xml", "--data=json", NULL);
    assert_int_equal(run.status, 0);
    assert_has(&run.err, "e.xml:3: предупреждение: мероприятие 1.1");
    assert_has(&run.err, "2");
    assert_has(&run.out, "\"number\": \"1.1.\"");
    run_free(&run);
}

static void sources_at_fault_are_told(void **state)
{
    (void)state;
    struct run run;
    render(&run, REPORT("<plan of='none'/>\n", "<p>a</p>"));
    assert_has(&run.err, "r.xml:4: ошибка: нет файла none.xml");
    run_free(&run);
    render(&run, REPORT(PLAN PLAN, "<p>a</p>"));
    assert_has(&run.err, "r.xml:5: ошибка: «plan» названа дважды");
    run_free(&run);
    folder_write("other.xml", plan);
    render(&run, REPORT("<plan of='other'><records href='e.xml'/></plan>\n", "<p>a</p>"));
    assert_has(&run.err, "r.xml:4: ошибка: файл исполнения относится к «plan», а не к «other»");
    run_free(&run);
    folder_write("e.xml", "<execution xmlns='urn:prikaz:1' of='plan' year='2019'/>");
    render(&run, REPORT(PLAN, "<p>a</p>"));
    assert_has(&run.err, "r.xml:4: предупреждение: файл исполнения за 2019 год");
    run_free(&run);
}

static void last_year_is_read_or_typed(void **state)
{
    (void)state;
    struct run run;
    render(&run, REPORT("<plan of='plan'><records href='e.xml'/>"
                        "<last-year done='3' overdue='2'/></plan>\n",
                        "<p>Было <value of='done-share' from='last-year'/>, изменение "
                        "<value of='done-share' from='change'/>.</p><comparison/>"));
    assert_int_equal(run.status, 0);
    assert_prints(&run, "Было 60,0\u00A0%, изменение −35,0\u00A0%.");
    run_free(&run);
    folder_write("before.xml", "<execution xmlns='urn:prikaz:1' of='plan' year='2020'>"
                               "<record measure='1.3' date='01.06.2020' status='done'/>"
                               "</execution>");
    render(&run, REPORT("<plan of='plan'><records href='e.xml'/>"
                        "<records href='before.xml'/><last-year done='7'/></plan>\n",
                        "<p>Было <value of='done' from='last-year'/>.</p>"));
    assert_int_equal(run.status, 0);
    assert_prints(&run, "Было 1.");
    assert_has(&run.err,
               "r.xml:4: предупреждение: у «plan» есть и записи за 2020 год, и итоги");
    run_free(&run);
}

static void two_editions_are_compared(void **state)
{
    (void)state;
    static const char newer[] =
        "<appendix xmlns='urn:prikaz:1' kind='план'>\n"
        "<mark kind='приказ' date='01.09.2021'/>\n<title>ПЛАН</title>\n<roadmap>\n"
        "<section><title>Первый</title>\n"
        "<measure><action>Создать группу.</action><deadline>до 01.06.2021</deadline>"
        "<responsible>УО, школы</responsible></measure>\n"
        "<measure><action>Проверить.</action><deadline>ежеквартально</deadline>"
        "<responsible>УО</responsible></measure>\n"
        "<measure><action>Сверить.</action><deadline>ежеквартально</deadline>"
        "<responsible>УО</responsible></measure>\n"
        "</section>\n</roadmap>\n</appendix>\n";
    struct run run;
    folder_write("newer.xml", newer);
    folder_write("e.xml", "<execution xmlns='urn:prikaz:1' of='newer' year='2021'>\n"
                          "<record measure='1.1' date='26.02.2021' status='done'/>\n"
                          "<record measure='1.4' date='20.12.2021' status='done'/>\n"
                          "</execution>\n");
    render(&run, REPORT("<plan of='newer'><edition of='plan'/><records href='e.xml'/></plan>\n",
                        "<p>Включено <value of='added'/>, исключено <value of='dropped'/>.</p>"
                        "<editions/>"));
    assert_int_equal(run.status, 0);
    assert_has(&run.err,
               "newer.xml:6: замечание: мероприятие 1.1. изменено в этой редакции: срок");
    assert_has(&run.err, "plan.xml:9: замечание: мероприятие 1.4. исключено из новой редакции");
    assert_has(&run.err, "e.xml:3: замечание: мероприятие 1.4 есть только в прежней редакции");
    assert_prints(&run, "Включено 1, исключено 2.");
    assert_prints(&run, "срок (было: до 01.03.2021)");
    run_free(&run);
    /* what was there before keeps its quarters of before 1 September, what was added has two */
    call(&run, "en", "render", "r.xml", "--data=json", NULL);
    assert_has(&run.out, "\"deadlines\": 7");
    run_free(&run);
}

/* --- building ---------------------------------------------------------------------------- */

static void build_knows_the_sources(void **state)
{
    (void)state;
    struct run run;
    call(&run, "en", "build", ".", "-o", "out", NULL);
    assert_string_equal(buf_str(&run.err), "");
    assert_int_equal(run.status, 0);
    assert_int_equal(access("out/plan.pdf", F_OK), 0); /* it stays a document of its own */
    assert_int_equal(access("out/r.pdf", F_OK), 0);
    assert_int_equal(access("out/e.pdf", F_OK), -1);
    run_free(&run);
    call(&run, "en", "build", ".", "-o", "out", "--dry-run", NULL);
    assert_without(&run.out, "r.pdf");
    run_free(&run);
    folder_write("e.xml", "<execution xmlns='urn:prikaz:1' of='plan' year='2021'>\n"
                          "<record measure='1.1' date='26.02.2021' status='partly'/>\n"
                          "</execution>\n");
    call(&run, "en", "build", ".", "-o", "out", "--dry-run", NULL);
    assert_has(&run.out, "out/r.pdf: changed: e.xml");
    assert_without(&run.out, "plan.pdf");
    run_free(&run);
    call(&run, "en", "build", ".", "-o", "out", NULL);
    run_free(&run);
    struct buf changed = BUF_EMPTY;
    buf_puts(&changed, plan);
    buf_puts(&changed, "<!-- changed -->\n");
    folder_write("plan.xml", buf_str(&changed));
    buf_free(&changed);
    call(&run, "en", "build", ".", "-o", "out", "--dry-run", NULL);
    assert_has(&run.out, "out/plan.pdf: changed: plan.xml");
    assert_has(&run.out, "out/r.pdf: changed: plan.xml");
    run_free(&run);
}

int main(void)
{
    if (!realpath(run_program_path(), program) || !realpath("input/report-2021.xml", sample))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(data_hold_every_figure, start),
        cmocka_unit_test_setup(text_and_tables_read_the_same_figures, start),
        cmocka_unit_test_setup(the_sample_agrees_with_its_data, start),
        cmocka_unit_test_setup(figures_that_are_not_there_are_told, start),
        cmocka_unit_test_setup(the_day_is_an_argument, start),
        cmocka_unit_test_setup(a_year_without_records_is_told_and_printed, start),
        cmocka_unit_test_setup(a_record_of_no_measure_stops_the_report, start),
        cmocka_unit_test_setup(the_later_of_two_records_counts, start),
        cmocka_unit_test_setup(sources_at_fault_are_told, start),
        cmocka_unit_test_setup(last_year_is_read_or_typed, start),
        cmocka_unit_test_setup(two_editions_are_compared, start),
        cmocka_unit_test_setup(build_knows_the_sources, start),
    };
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}
