/* Worker processes: each does one job after another and keeps what it has learnt. */
#ifndef PRIKAZ_BUILD_POOL_H
#define PRIKAZ_BUILD_POOL_H

#include "base/buf.h"

#include <stdbool.h>

/* Runs in a worker: from a request to a reply. */
typedef void build_work(void *self, const struct buf *request, struct buf *reply);

struct build_pool;

/* At most `workers` processes, forked when they are first needed; each has a copy of `self` as
 * it is then. */
struct build_pool *build_new_pool(size_t workers, build_work *work, void *self);
/* Let the workers end and wait for them; NULL is allowed. */
void build_free_pool(struct build_pool *pool);
/* The same, but new ones will be forked: what they have learnt is no longer true. */
void build_renew_pool(struct build_pool *pool);

/* Is there a worker without a job? */
bool build_is_idle(const struct build_pool *pool);
/* Give a job, named `job`, to an idle worker. False with errno when none can be started. */
bool build_give_job(struct build_pool *pool, size_t job, const struct buf *request);

struct build_answer {
    size_t job;
    bool is_lost;     /* the worker ended before it answered: */
    int signal, code; /* by this signal (0: none) or with this exit status */
    struct buf reply; /* the caller frees */
};
/* Wait for the next job that is done or lost; false when no job was given or `ms` have passed
 * (-1: for ever). */
bool build_await_answer(struct build_pool *pool, int ms, struct build_answer *answer);

#endif
