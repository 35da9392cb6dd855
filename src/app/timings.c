/* How long each stage took: see timings.h. The clock is read here and shown; nothing else of a
 * run knows it. */
#include "app/timings.h"
#include "base/pool.h"

#include <malloc.h>
#include <sys/resource.h>
#include <time.h>

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Bytes given out by malloc, its own and mapped ones, and taken by the pool. */
static int64_t held_bytes(void)
{
    struct mallinfo2 info = mallinfo2();
    return (int64_t)(info.uordblks + info.hblkhd + pool_size());
}

static void settle(struct app_timings *t)
{
    int64_t ns = now_ns(), held = held_bytes();
    if (t->runs) {
        t->stages[t->now].ns += ns - t->since;
        t->stages[t->now].bytes += held - t->held;
    }
    t->since = ns;
    t->held = held;
}

enum app_stage app_time_stage(struct app_timings *t, enum app_stage stage)
{
    if (!t)
        return stage;
    enum app_stage before = t->now;
    settle(t);
    t->runs = true;
    t->now = stage;
    return before;
}

void app_time_end(struct app_timings *t)
{
    if (!t)
        return;
    settle(t);
    t->runs = false;
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        t->peak = (int64_t)usage.ru_maxrss * 1024;
}

static void paint_page(void *self, const struct area_page *page)
{
    struct app_timed_painter *timed = self;
    enum app_stage before = app_time_stage(timed->timings, APP_PDF);
    timed->inner->page(timed->inner->self, page);
    app_time_stage(timed->timings, before);
}

static bool paint_end(void *self, const struct area_document *doc)
{
    struct app_timed_painter *timed = self;
    enum app_stage before = app_time_stage(timed->timings, APP_PDF);
    bool good = timed->inner->finish(timed->inner->self, doc);
    app_time_stage(timed->timings, before);
    return good;
}

struct area_painter *app_time_painter(struct app_timed_painter *timed,
                                      struct area_painter *inner, struct app_timings *t)
{
    *timed = (struct app_timed_painter){{timed, paint_page, paint_end}, inner, t};
    return t ? &timed->painter : inner;
}
