/* Is what was rendered still what would be rendered? */
#ifndef PRIKAZ_BUILD_CHECK_H
#define PRIKAZ_BUILD_CHECK_H

#include "build/state.h"

/* Why a document is rendered; `path` names the file, where there is one. */
enum build_reason {
    BUILD_CURRENT, /* it is not */
    BUILD_FORCED,
    BUILD_NEW,            /* nothing is known of it */
    BUILD_FILE_CHANGED,   /* what went into it */
    BUILD_FILE_GONE,      /* the same, it is no longer there */
    BUILD_OUTPUT_CHANGED, /* by somebody else */
    BUILD_OUTPUT_GONE,
    BUILD_OTHER_PROGRAM,
    BUILD_OTHER_OPTIONS,
    BUILD_OTHER_FONTS
};

/* Compare the record with the disk and with `key`. A file is looked at once in the life of the
 * state, or until build_forget_checks: its size, times and inode; only where these differ from
 * the last time its content is hashed, and if that is the same the new looks are kept.
 * `*path` is borrowed from the state. */
enum build_reason build_check_record(struct build_state *state,
                                     const struct build_record *record,
                                     const struct build_key *key, const char **path);
void build_forget_checks(struct build_state *state);

/* A file by itself. */
enum build_now build_check_file(struct build_state *state, struct build_file *file);

#endif
