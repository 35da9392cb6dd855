/* Many documents: those whose sources have changed are rendered, by several processes. */
#ifndef PRIKAZ_APP_BATCH_H
#define PRIKAZ_APP_BATCH_H

#include "app/app.h"

/* What is told while a batch runs. `path` is as the user would call it. */
enum app_event_kind {
    APP_EVENT_PLANNED, /* a document will be (dry run: would be) rendered; `text`: why */
    APP_EVENT_BEGUN,   /* a document is given to a worker */
    APP_EVENT_DONE,    /* it is rendered or has failed */
    APP_EVENT_ORPHAN,  /* `output` has no source any more; `text`: why */
    APP_EVENT_PRUNED,  /* and was removed */
    APP_EVENT_TROUBLE  /* messages of the run itself */
};

struct app_event {
    enum app_event_kind kind;
    const char *path, *output, *text; /* borrowed */
    const char *messages;             /* lines, ended; «» when there are none */
    int status;                       /* of a document: 0 it was rendered */
    int32_t pages;
    int64_t ms;
    size_t done, total; /* documents to render in this run */
};

struct app_batch_options {
    const char *output;    /* folder; made if it is not there */
    const char *templates; /* as for app_new */
    enum pdf_profile profile;
    bool any_folder, split, own_pages; /* as in struct app_job */
    bool force;                        /* everything is rendered */
    bool dry_run;                      /* nothing is written */
    bool prune;                        /* outputs without a source are removed */
    bool stop;                         /* at the first failure */
    bool colour;                       /* in messages */
    size_t workers;                    /* 0: one more than processors */
    void (*tell)(void *self, const struct app_event *event);
    void *self;
};

struct app_batch_result {
    size_t total, rendered, current, failed, orphans;
    int status; /* exit status */
};

/* Open the state of the output folder and lock it. NULL after telling why. The options are
 * borrowed. */
struct app_batch *app_new_batch(const struct app_batch_options *options);
void app_free_batch(struct app_batch *batch);

/* Bring the outputs of the documents named (files and folders) up to date. */
struct app_batch_result app_run_batch(struct app_batch *batch, char *const *paths, size_t n);

/* Run, and again whenever a file was saved that the documents depend on; until a signal comes.
 * `after` is called after each run. False when the system cannot watch; told. */
bool app_watch_batch(struct app_batch *batch, char *const *paths, size_t n,
                     void (*after)(void *self, const struct app_batch_result *result));

#endif
