/* The files a document was made of, as attachments of its PDF: see attach.h. */
#include "app/attach.h"
#include "base/file.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* IANA's name for what a file's ending says. */
static const char *mime_of(const char *path)
{
    static const struct {
        const char *ending, *mime;
    } types[] = {{".xml", "application/xml"}, {".fo", "application/xml"},
                 {".csv", "text/csv"},        {".txt", "text/plain"},
                 {".svg", "image/svg+xml"},   {".png", "image/png"},
                 {".jpg", "image/jpeg"},      {".json", "application/json"}};
    size_t n = strlen(path);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t length = strlen(types[i].ending);
        if (n > length && strcmp(path + n - length, types[i].ending) == 0)
            return types[i].mime;
    }
    return "application/octet-stream";
}

/* The path below `folder`, else its last name: where a file was is nobody's business. */
static const char *short_name(const char *folder, const char *path)
{
    size_t n = strlen(folder);
    if (n && strncmp(path, folder, n) == 0 && !strstr(path + n, "../"))
        return path + n;
    if (!n && *path != '/' && !strstr(path, "../"))
        return path;
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_taken(const struct app_attachments *a, const char *name)
{
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i].name, name) == 0)
            return true;
    return false;
}

/* A name no item has; the caller frees. */
static char *free_name(const struct app_attachments *a, const char *name)
{
    struct buf out = BUF_EMPTY;
    buf_puts(&out, name);
    for (int n = 2; is_taken(a, buf_str(&out)); n++) {
        buf_clear(&out);
        buf_printf(&out, "%d-%s", n, name);
    }
    return out.bytes;
}

static bool attach(struct app_attachments *a, const char *path, const char *told,
                   bool is_source, struct diag *diag)
{
    const char *slash = strrchr(path, '/');
    struct buf *content = &a->contents[a->count];
    int error = file_read(path, content);
    if (error) {
        diag_add(diag, DIAG_SYSTEM, (struct src_loc){path, 0, 0}, "attachment",
                 _("cannot read the file to attach it: %s"), file_error_text(error));
        return false;
    }
    a->items[a->count] =
        (struct pdf_attachment){.name = free_name(a, slash ? slash + 1 : path),
                                .mime = mime_of(path),
                                .description = told,
                                .is_source = is_source,
                                .bytes = (const unsigned char *)buf_str(content),
                                .size = content->len};
    a->count++;
    return true;
}

static bool is_below(const char *folder, const char *path)
{
    size_t n = folder ? strlen(folder) : 0;
    return n && strncmp(path, folder, n) == 0 && path[n] == '/';
}

static bool is_source(const struct read_document *source, const char *path)
{
    for (const struct read_file *f = source->files; f; f = f->next)
        if (strcmp(f->path, path) == 0)
            return true;
    return false;
}

/* Was it named before the i-th? A roadmap is read again for each year told of. */
static bool is_again(const struct app_paths *data, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(data->items[k], data->items[i]) == 0)
            return true;
    return false;
}

bool app_attach_files(const struct read_document *source, const struct app_paths *data,
                      const char *templates, struct app_attachments *out, struct diag *diag)
{
    size_t n = 1 + data->len;
    bool good = true;
    char *folder = file_folder(source->path);
    for (const struct read_file *f = source->files; f; f = f->next)
        n++;
    *out = (struct app_attachments){.items = mem_zalloc(n * sizeof *out->items),
                                    .contents = mem_zalloc(n * sizeof *out->contents)};
    for (const struct read_file *f = source->files; f && good; f = f->next)
        if (!is_below(templates, f->path))
            good = attach(out, f->path, short_name(folder, f->path), true, diag);
    for (size_t i = 0; i < data->len && good; i++) {
        const char *path = data->items[i];
        if (!is_below(templates, path) && !is_source(source, path) && !is_again(data, i))
            good = attach(out, path, short_name(folder, path), false, diag);
    }
    free(folder);
    return good;
}

void app_free_attachments(struct app_attachments *attachments)
{
    for (size_t i = 0; i < attachments->count; i++) {
        free((char *)(uintptr_t)attachments->items[i].name);
        buf_free(&attachments->contents[i]);
    }
    free(attachments->items);
    free(attachments->contents);
}
