/* A spreadsheet from a school: bytes to records, and what these say of a small
 * plan, whose first deadline is worded as the input begins. */
#include "base/buf.h"
#include "base/diag.h"
#include "plan/csv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { LONGEST_WORDING = 120 };

static void assess(const char *wording, const struct plan_records *records, struct diag *diag)
{
    static const char *const party = "УО";
    struct plan_measure measures[] = {
        {.number = "1.1.", .id = "a-1.1", .deadline = wording, .when = wording},
        {.number = "1.2.", .id = "a-1.2", .deadline = "май", .when = "ежегодно (май)"},
    };
    for (size_t i = 0; i < 2; i++) {
        measures[i].title = measures[i].section = "";
        measures[i].parties = &party;
        measures[i].party_count = 1;
    }
    const struct plan_measures all = {.file = "fuzz.xml",
                                      .title = "А",
                                      .name = "fuzz",
                                      .date = "01.02.2021",
                                      .label = "",
                                      .items = measures,
                                      .len = sizeof measures / sizeof *measures};
    const struct plan_period period = plan_calendar_year(2021);
    const struct plan_question question = {
        .measures = &all, .records = records, .period = period, .on = period.to};
    struct plan_items items = {NULL, 0, 0};
    plan_assess(&question, &items, diag);
    free(items.items);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct diag *diag = diag_new();
    struct arena *arena = arena_new();
    struct plan_records records = {NULL, 0, 0};
    struct buf text = BUF_EMPTY;
    buf_put(&text, bytes, size);
    plan_read_csv("fuzz.csv", &text, arena, &records, diag);
    size_t n = strcspn(buf_str(&text), "\n;,");
    const char *wording =
        arena_strndup(arena, buf_str(&text), n < LONGEST_WORDING ? n : LONGEST_WORDING);
    assess(wording, &records, diag);
    free(records.items);
    buf_free(&text);
    arena_free(arena);
    diag_free(diag);
    return 0;
}
