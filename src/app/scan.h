/* Which files are documents. */
#ifndef PRIKAZ_APP_SCAN_H
#define PRIKAZ_APP_SCAN_H

#include "base/diag.h"
#include "build/state.h"

struct app_entry {
    char *path;   /* as the user may call it */
    char *source; /* absolute */
};

struct app_entries {
    struct app_entry *items;
    size_t len, cap;
    /* files of the folders that are no documents but parts of others; absolute */
    struct {
        char **items;
        size_t len, cap;
    } parts;
    /* the folders named */
    struct {
        char **items;
        size_t len, cap;
    } folders;
};

/* The documents named by `paths`: a file is one; a folder stands for every *.xml in it, sorted,
 * that no other of them names in an attribute (as xi:include and profile do). Which names a file
 * has that is unchanged since its record in `state` was made, the record knows. What cannot be
 * read is told. Free with app_free_entries. */
void app_find_entries(char *const *paths, size_t n, struct build_state *state,
                      struct app_entries *out, struct diag *diag);
void app_free_entries(struct app_entries *entries);

#endif
