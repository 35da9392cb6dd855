/* One run at a time writes into a folder, and what a killed one has left is cleared away. */
#ifndef PRIKAZ_BUILD_LOCK_H
#define PRIKAZ_BUILD_LOCK_H

#include <stdbool.h>

/* Lock the folder by the file `name` in it, waiting up to `patience_ms` for another process to
 * end. Returns the descriptor, to be closed when all is done (the lock goes with the process and
 * those it has forked); -1 with errno: EWOULDBLOCK when another process holds it, whose id goes
 * to *owner (0 when unknown). The file stays; it says who was last. */
int build_lock_folder(const char *folder, const char *name, int patience_ms, long *owner);

/* Remove the files in `folder` whose names begin with `prefix` and that nobody has locked: their
 * writers are gone. Returns how many. */
int build_clear_folder(const char *folder, const char *prefix);

#endif
