/* A second thread, where the process has a core for it. */
#ifndef PRIKAZ_BASE_THREAD_H
#define PRIKAZ_BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* Are there two cores for this process? */
bool thread_has_cores(void);

/* Begin a thread with a stack of so many bytes, which takes no signals: these are for the thread
 * that was there before. False if there can be none. The caller joins it. */
bool thread_begin(pthread_t *thread, size_t stack, void *(*run)(void *), void *self);

#endif
