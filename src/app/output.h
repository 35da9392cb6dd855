/* Writing results: whole or not at all. */
#ifndef PRIKAZ_APP_OUTPUT_H
#define PRIKAZ_APP_OUTPUT_H

#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>

/* Temporary files begin with this and are locked (flock) by who writes them: one that can be
 * locked was left behind by a process that is gone. */
#define APP_TEMPORARY ".prikaz-tmp-"

/* Write `bytes` to the file at `path` in one step: a temporary file in the same folder, flushed
 * to the disk and renamed, so that at any moment the file is the old or the new one. «-» is
 * standard output; a device or a pipe is written to as it is. False: told in `diag`, and the
 * old file is untouched. */
bool app_write_file(const char *path, const struct buf *bytes, struct diag *diag);

/* A result on its way to the file it will be: in memory while it is short, then in a file without
 * a name, which is gone if the program is. That file lies where the result goes, so that at the end
 * it needs only a name; or it is `scratch`; where neither can be, everything stays in memory. */
struct app_spool {
    struct buf bytes; /* what is not in the file; text may be put here straight away */
    const char *path; /* borrowed */
    struct diag *diag;
    size_t written; /* bytes in the file */
    int fd;         /* -1: there is no file */
    int scratch;    /* borrowed; -1: none */
    bool tried;     /* to make a file */
    bool linkable;  /* a name is all it lacks */
};

/* Begin a result for `path` («-», a device, a file). `scratch`, from app_open_scratch or -1, is the
 * file of what has no folder. Free with app_free_spool. */
void app_begin_spool(struct app_spool *spool, const char *path, int scratch, struct diag *diag);
void app_free_spool(struct app_spool *spool);
struct sink app_spool_sink(struct app_spool *spool);
size_t app_spool_size(const struct app_spool *spool);

/* As app_write_file. */
bool app_write_spool(struct app_spool *spool);

/* Does the regular file it goes to hold these bytes already? */
bool app_is_spool_written(const struct app_spool *spool);

/* A file without a name in the folder for temporary files, if `path` (NULL: none) has no folder to
 * make one in: to be opened before the process gives up writing there. -1: it has, or there is
 * none to be had. The caller closes it. */
int app_open_scratch(const char *path);

#endif
