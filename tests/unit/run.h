/* A program run by a test: its output, its messages, its status, within a time limit. */
#ifndef PRIKAZ_TESTS_RUN_H
#define PRIKAZ_TESTS_RUN_H

#include "base/buf.h"

#include <stdbool.h>

/* The status of a program whose sanitizer found something. */
enum { RUN_SANITIZER = 99 };

struct run {
    struct buf out, err;
    int status; /* exit status; 128 + signal when killed */
    bool timed_out;
};

/* The program under test: $PRIKAZ, or the one with sanitizers. Borrowed. */
const char *run_program_path(void);

/* Run argv[0] (ended by NULL) with messages in `language` («ru», «en»), and kill it after
 * `seconds`. Free with run_free. False when it could not be started. */
bool run_program(const char *const *argv, const char *language, int seconds, struct run *run);
void run_free(struct run *run);

#endif
