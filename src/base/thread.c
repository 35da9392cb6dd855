/* Beginning a second thread: see thread.h. */
#include "base/thread.h"

#include <sched.h>
#include <signal.h>

bool thread_has_cores(void)
{
    cpu_set_t cores;
    return sched_getaffinity(0, sizeof cores, &cores) == 0 && CPU_COUNT(&cores) > 1;
}

bool thread_begin(pthread_t *thread, size_t stack, void *(*run)(void *), void *self)
{
    pthread_attr_t attributes;
    sigset_t all;
    sigfillset(&all);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack);
    pthread_attr_setsigmask_np(&attributes, &all);
    bool runs = pthread_create(thread, &attributes, run, self) == 0;
    pthread_attr_destroy(&attributes);
    return runs;
}
