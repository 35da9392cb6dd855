/* Folders watched for files that are saved, renamed or removed in them. */
#ifndef PRIKAZ_BUILD_WATCH_H
#define PRIKAZ_BUILD_WATCH_H

#include <stdbool.h>

struct build_watch;

/* NULL with errno when the system has no more watches to give. */
struct build_watch *build_new_watch(void);
void build_free_watch(struct build_watch *watch);

/* Watch the files of a folder, not those of folders in it. Watching twice changes nothing. False
 * with errno. */
bool build_watch_folder(struct build_watch *watch, const char *folder);

/* Wait until a file was saved, appeared or vanished whose name does not begin with `except`; then
 * until nothing more happens for `quiet_ms`, a second at most. False when `ms` (-1: for ever) have passed or a
 * signal came. */
bool build_await_change(struct build_watch *watch, int ms, int quiet_ms, const char *except);

#endif
