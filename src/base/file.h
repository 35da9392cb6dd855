/* Files named by documents: read whole, never waited for, and kept within a folder tree. */
#ifndef PRIKAZ_BASE_FILE_H
#define PRIKAZ_BASE_FILE_H

#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>
#include <sys/stat.h>

/* Append a whole regular file of at most 512 MB to `out`. Returns 0 or an errno value: EISDIR
 * for a folder, EINVAL for a pipe or a device (which would hang), EFBIG past the limit. */
int file_read(const char *path, struct buf *out);

/* Who is told of every file that file_read has read to its end: the path as it was given, how the
 * file looked before it was read, and the bytes. At most one at a time; NULL: nobody. */
struct file_listener {
    void (*heard)(void *self, const char *path, const struct stat *st, const char *bytes,
                  size_t n);
    void *self;
};
void file_listen(const struct file_listener *listener);

/* One phrase in the user's language for an errno value, borrowed: «no such file». */
const char *file_error_text(int error);

/* How grave it is that a file cannot be read: DIAG_SYSTEM when the system has failed (the disk does
 * not answer, no memory), DIAG_ERROR when whoever named the file is at fault (there is none). */
enum diag_level file_error_level(int error);

/* Write all `n` bytes to an open file or pipe, however often the call is interrupted. False with
 * errno set when it cannot; part may then be written. */
bool file_write_all(int fd, const void *bytes, size_t n);
/* End the program: a file of the installation, without which the result would be another one, is
 * there and cannot be read. */
_Noreturn void file_die(const char *path, int error);

/* The folder part of a path with its last slash: «a/b/c.xml» gives «a/b/», «c.xml» gives «».
 * The caller frees. */
char *file_folder(const char *path);

/* `name` as seen from the file `from`: an absolute name stays itself. The caller frees. */
char *file_beside(const char *from, const char *name);

/* The real path (symbolic links followed) of the folder a file lies in, with its last slash;
 * NULL with errno when there is none. The caller frees. */
char *file_real_folder(const char *path);

/* Does the real path lie below the real folder (which ends with a slash)? */
bool file_is_below(const char *real_folder, const char *real_path);

#endif
