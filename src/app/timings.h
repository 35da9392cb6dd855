/* How long each stage took and what memory it left: for prikaz render --timings. */
#ifndef PRIKAZ_APP_TIMINGS_H
#define PRIKAZ_APP_TIMINGS_H

#include "area/area.h"

#include <stdint.h>

/* Stages in their order; PDF is what the painter does while pages are laid out, and the end. */
enum app_stage {
    APP_READ,      /* parse, include, validate */
    APP_TEMPLATES, /* read and compile the stylesheets */
    APP_TRANSFORM,
    APP_FO,
    APP_LAYOUT,
    APP_PDF,
    APP_WRITE,
    APP_STAGES
};

/* Begin with zeros. */
struct app_timings {
    struct {
        int64_t ns;
        int64_t bytes; /* held at its end more than at its start; may be less than 0 */
    } stages[APP_STAGES];
    int64_t peak; /* bytes of the process that were resident at once */
    /* while it runs */
    bool runs;
    enum app_stage now;
    int64_t since, held;
};

/* From here on time counts for `stage`; returns the one it counted for. `t` may be NULL. */
enum app_stage app_time_stage(struct app_timings *t, enum app_stage stage);
/* The end: what it counted for is complete. */
void app_time_end(struct app_timings *t);

/* A painter that hands everything to another one and counts its time as APP_PDF. */
struct app_timed_painter {
    struct area_painter painter;
    struct area_painter *inner;
    struct app_timings *timings;
};
struct area_painter *app_time_painter(struct app_timed_painter *timed,
                                      struct area_painter *inner, struct app_timings *t);

#endif
