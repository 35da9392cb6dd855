/* Writing results: whole or not at all. */
#ifndef PRIKAZ_APP_OUTPUT_H
#define PRIKAZ_APP_OUTPUT_H

#include "base/buf.h"
#include "base/diag.h"

/* Temporary files begin with this and are locked (flock) by who writes them: one that can be
 * locked was left behind by a process that is gone. */
#define APP_TEMPORARY ".prikaz-tmp-"

/* Write `bytes` to the file at `path` in one step: a temporary file in the same folder, flushed
 * to the disk and renamed, so that at any moment the file is the old or the new one. «-» is
 * standard output; a device or a pipe is written to as it is. False: told in `diag`, and the
 * old file is untouched. */
bool app_write_file(const char *path, const struct buf *bytes, struct diag *diag);

/* Are these the bytes of the regular file at `path`? */
bool app_file_holds(const char *path, const struct buf *bytes);

#endif
