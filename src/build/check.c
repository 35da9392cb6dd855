/* Records compared with the disk: see check.h. */
#include "build/check.h"

#include <string.h>

enum build_now build_check_file(struct build_state *state, struct build_file *file)
{
    struct stat st;
    if (file->now != BUILD_UNCHECKED)
        return file->now;
    if (stat(file->path, &st) != 0 || !S_ISREG(st.st_mode))
        return file->now = BUILD_GONE;
    struct build_stamp stamp = build_stamp_of(&st);
    if (build_is_alike(&file->stamp, &stamp))
        return file->now = BUILD_SAME;
    unsigned char hash[HASH_SIZE];
    if (!build_hash_file(file->path, &stamp, hash))
        return file->now = BUILD_GONE;
    if (memcmp(hash, file->hash, HASH_SIZE) != 0)
        return file->now = BUILD_CHANGED;
    file->stamp = stamp;
    state->is_changed = true;
    return file->now = BUILD_SAME;
}

void build_forget_checks(struct build_state *state)
{
    for (size_t i = 0; i < BUILD_BUCKETS; i++)
        for (struct build_file *f = state->files[i]; f; f = f->next)
            f->now = BUILD_UNCHECKED;
}

/* The document's own files come before the shared ones: they say more about why. */
static int rank(enum build_role role)
{
    return role == BUILD_SOURCE   ? 0
           : role == BUILD_PART   ? 1
           : role == BUILD_READ   ? 2
           : role == BUILD_DATA   ? 2
           : role == BUILD_SHARED ? 3
                                  : 4;
}

enum build_reason build_check_record(struct build_state *state,
                                     const struct build_record *record,
                                     const struct build_key *key, const char **path)
{
    enum build_reason why = BUILD_CURRENT;
    int best = 5;
    *path = NULL;
    if (memcmp(record->key.program, key->program, HASH_SIZE) != 0)
        return BUILD_OTHER_PROGRAM;
    if (memcmp(record->key.options, key->options, HASH_SIZE) != 0)
        return BUILD_OTHER_OPTIONS;
    for (size_t i = 0; i < record->uses.len; i++) {
        struct build_use use = record->uses.items[i];
        if (use.role == BUILD_OUTDATED || rank(use.role) >= best)
            continue;
        enum build_now now = build_check_file(state, use.file);
        if (now == BUILD_SAME)
            continue;
        best = rank(use.role);
        *path = use.file->path;
        if (use.role == BUILD_OUTPUT)
            why = now == BUILD_GONE ? BUILD_OUTPUT_GONE : BUILD_OUTPUT_CHANGED;
        else
            why = now == BUILD_GONE ? BUILD_FILE_GONE : BUILD_FILE_CHANGED;
    }
    if (why == BUILD_CURRENT && memcmp(record->key.fonts, key->fonts, HASH_SIZE) != 0)
        return BUILD_OTHER_FONTS;
    return why;
}
