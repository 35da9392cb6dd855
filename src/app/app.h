/* The whole sequence, one document: read, transform, fo, layout, pdf, file. */
#ifndef PRIKAZ_APP_APP_H
#define PRIKAZ_APP_APP_H

#include "base/buf.h"
#include "base/diag.h"
#include "pdf/pdf.h"
#include "text/text.h"

/* First of all in a process: memory for libxml2 and libxslt from the pool; the limit that
 * PRIKAZ_MEMORY sets, in MB. */
void app_start(void);

/* What documents of one process share: fonts, compiled schemas and stylesheets. */
struct app;
struct app *app_new(const char *templates); /* folder; NULL: where the program finds them */
void app_free(struct app *app);

/* XSLFO: what the template wrote, as XML; FO: the tree with resolved properties. */
/* JSON, CSV: what was computed for an annual report. */
enum app_dump {
    APP_DUMP_NONE,
    APP_DUMP_XSLFO,
    APP_DUMP_FO,
    APP_DUMP_AREAS,
    APP_DUMP_JSON,
    APP_DUMP_CSV
};

struct app_timings;

struct app_job {
    const char *input;
    const char *output; /* NULL: input's name with .pdf; «-»: standard output */
    enum app_dump dump; /* text to standard output (or `output`) instead of the PDF */
    enum pdf_profile profile;
    bool any_folder;    /* includes and images from anywhere */
    const char *report; /* file for the JSON report; NULL none; «-»: standard output */
    const char *only;   /* the part to render («order», «appendix-1»); NULL: the whole */
    bool own_pages;     /* a part's pages are counted from 1, not as in the whole */
    const char *folder; /* every part is also written, as folder/PART.pdf; NULL: not */
    const char *on;     /* of a report: the day of which it tells, else its own; NULL */
    struct app_timings *timings; /* NULL: nobody asks */
    bool one_thread;             /* other processes keep the other cores busy */
    int scratch;                 /* of app_open_scratch, for the output; 0 or less: none */
    bool keep_same;              /* a file that has the bytes already is not written again */
    /* Each may be NULL. Called for every file that was written or kept; for every part the
     * document includes; for every document whose measures it tells of; for every file of a
     * template. */
    void (*wrote)(void *self, const char *path);
    void (*included)(void *self, const char *path);
    void (*consulted)(void *self, const char *path);
    void (*opened)(void *self, const char *path);
    void *self;
    /* filled in by app_render */
    int32_t pages;
    size_t bytes;
};

/* Render one document. Faults go to `diag`. The output is replaced in one step when all went
 * well, and untouched otherwise. True when it was written. */
bool app_render(struct app *app, struct app_job *job, struct diag *diag);

/* What documents depend on beside what they name: after app_forget_use and app_render,
 * app_list_used gives the files of schemas, the fonts and the hyphenation patterns that were
 * used, some perhaps twice; app_list_fonts gives all fonts there are to choose from. */
void app_forget_use(struct app *app);
void app_list_used(const struct app *app, void (*each)(void *self, const char *path),
                   void *self);
void app_list_fonts(struct app *app, void (*each)(void *self, const char *path), void *self);

/* The language of messages, for the parameter `language` of templates. */
const char *app_language(void);

/* The folder of the templates; NULL: not found. */
const char *app_templates(const struct app *app);

/* The caches of the process, borrowed. */
struct read_cache;
struct transform_cache;
struct read_cache *app_schemas(const struct app *app);
struct transform_cache *app_sheets(const struct app *app);

/* A folder that comes with the program: `name` beside the program, one or two levels above it
 * (a checkout) or in share/`installed` of its prefix, that holds `sign`. NULL: there is none. The caller
 * frees. */
char *app_find_folder(const char *name, const char *installed, const char *sign);

#endif
