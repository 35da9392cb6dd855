/* What a process may still do once it knows what it is to do. */
#ifndef PRIKAZ_APP_CONFINE_H
#define PRIKAZ_APP_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

/* What the kernel has been able to promise. */
struct app_confinement {
    bool files; /* Landlock: nothing is written outside the folders */
    bool calls; /* seccomp: no network, no other programs, no other processes' memory */
};

/* Give up for good, also for all children: to write, make or remove files but at the `paths` (a
 * folder with all below it; a device; of a file the folder it lies in, and where it is a symbolic
 * link also that of what it leads to; NULL and «-» are passed over), to speak to the network, to start programs,
 * to look into other processes. Reading is left as it is: fonts and templates may lie anywhere.
 * What the kernel cannot do is left out and said in the result. */
struct app_confinement app_confine(const char *const *paths, size_t n);

/* The same for links among the outputs: every link in the folder leads to a place that may be
 * written to. */
struct app_confinement app_confine_folder(const char *folder);

/* What app_confine could do here, without doing it. */
struct app_confinement app_can_confine(void);

#endif
