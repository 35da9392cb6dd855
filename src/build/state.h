/* What was rendered from what: for every document the files that went into it and came out of it. */
#ifndef PRIKAZ_BUILD_STATE_H
#define PRIKAZ_BUILD_STATE_H

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"

#include <sys/stat.h>

/* How a file looks from outside; two looks alike mean the same content. Times in ns. A size of
 * -1 is like nothing: the file was changed so lately that a look proves nothing. */
struct build_stamp {
    int64_t size, modified, changed;
    uint64_t inode;
};

/* What a check of this run has found. */
enum build_now { BUILD_UNCHECKED, BUILD_SAME, BUILD_CHANGED, BUILD_GONE };

/* One version of one file. */
struct build_file {
    const char *path; /* absolute */
    unsigned char hash[HASH_SIZE];
    struct build_stamp stamp;
    enum build_now now;
    size_t number; /* in the state file */
    struct build_file *next;
};

/* What a file is to a document; the letter stands in the state file. */
enum build_role {
    BUILD_OUTPUT = 'o',
    BUILD_OUTDATED = 'x', /* an output of an earlier run that is no longer made */
    BUILD_PART = 'p',     /* included by the source */
    BUILD_DATA = 'd',     /* a document by itself, whose content this one tells of */
    BUILD_READ = 'r',     /* images, profiles, whatever else was read for this document */
    BUILD_SOURCE = 's',
    BUILD_SHARED = 't' /* templates, schemas, fonts: kept by a process once they are read */
};

struct build_use {
    struct build_file *file;
    enum build_role role;
};

/* What else decides about the bytes of an output. */
struct build_key {
    unsigned char program[HASH_SIZE], options[HASH_SIZE], fonts[HASH_SIZE];
};

struct build_record {
    const char *source; /* absolute path */
    struct build_key key;
    int32_t pages;
    struct {
        struct build_use *items;
        size_t len, cap;
    } uses;
};

enum { BUILD_BUCKETS = 4096 };

struct build_state {
    struct arena *arena;
    struct {
        struct build_record **items; /* in no order */
        size_t len, cap;
    } records;
    struct build_file *files[BUILD_BUCKETS];
    bool is_changed; /* since it was read or written */
};

struct build_state *build_new_state(void);
void build_free_state(struct build_state *state);

/* The version of a file, made if it is not there. A known one takes the stamp. */
struct build_file *build_find_file(struct build_state *state, const char *path,
                                   const unsigned char hash[HASH_SIZE],
                                   const struct build_stamp *stamp);
/* The version of `path` that looks like this; NULL. */
const struct build_file *build_recognise_file(const struct build_state *state, const char *path,
                                              const struct build_stamp *stamp);

/* Borrowed; NULL. */
struct build_record *build_find_record(const struct build_state *state, const char *source);
/* A record without uses; an old one of the source is emptied. */
struct build_record *build_renew_record(struct build_state *state, const char *source);
void build_drop_record(struct build_state *state, const char *source);
void build_add_use(struct build_record *record, struct build_file *file, enum build_role role);
/* Sort the records by source, and the uses of each by role and path, each once. */
void build_sort_state(struct build_state *state);

/* The state as text; paths below `folder` (with its last slash; NULL: none) are relative to it. */
void build_write_state(struct build_state *state, const char *folder, struct buf *out);
/* From text to state. NULL when it is damaged or of another version. */
struct build_state *build_parse_state(const char *text, size_t n, const char *folder);
/* Take over every record of `from`. */
void build_merge_state(struct build_state *to, const struct build_state *from);

/* How a file looks. */
struct build_stamp build_stamp_of(const struct stat *st);
bool build_is_alike(const struct build_stamp *a, const struct build_stamp *b);
/* A stamp that proves nothing when the file was changed within the last moments, in which a
 * further change would leave no trace in it. */
void build_distrust_stamp(struct build_stamp *stamp);
/* Hash a file; false with errno when it cannot be read. */
bool build_hash_file(const char *path, struct build_stamp *stamp,
                     unsigned char hash[HASH_SIZE]);

#endif
