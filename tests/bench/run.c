/* Time and memory of a whole process: run N COMMAND..., one line of figures.
 *
 * The command is run N times, cold each time, with its messages thrown away and its output too,
 * unless RUN_OUTPUT names a file for it. Printed
 * are the median of the wall clock times in microseconds, the least, and the largest peak of
 * resident memory in kilobytes, as the kernel counts them for the child. The median, because one
 * slow run on a busy machine is an accident; the least is what the program can do. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 1000 };

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* One run; its time in microseconds, -1 when it failed. */
static int64_t run_once(char **argv, long *peak_kb)
{
    int64_t start = now_us();
    pid_t pid = fork();
    if (pid == 0) {
        const char *output = getenv("RUN_OUTPUT");
        int null = open("/dev/null", O_WRONLY);
        dup2(output ? open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666) : null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execvp(argv[0], argv);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (pid < 0 || wait4(pid, &status, 0, &usage) != pid)
        return -1;
    int64_t us = now_us() - start;
    if (usage.ru_maxrss > *peak_kb)
        *peak_kb = usage.ru_maxrss;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? us : -1;
}

int main(int argc, char **argv)
{
    int64_t times[MOST_RUNS];
    int runs = argc > 2 ? atoi(argv[1]) : 0;
    if (runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr, "usage: run N COMMAND [ARGUMENT...]\n");
        return 2;
    }
    long peak_kb = 0;
    for (int i = 0; i < runs; i++) {
        times[i] = run_once(argv + 2, &peak_kb);
        if (times[i] < 0) {
            fprintf(stderr, "run: %s failed\n", argv[2]);
            return 1;
        }
    }
    qsort(times, (size_t)runs, sizeof *times, compare);
    printf("%lld %lld %ld\n", (long long)times[runs / 2], (long long)times[0], peak_kb);
    return 0;
}
