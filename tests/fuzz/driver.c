/* A fuzzer's driver that needs no clang: mutates a corpus for a while and feeds the target.
 *
 *     fuzz_fo [-seconds=60] [-seed=1] [-dict=FILE] [-found=FILE] FILE-OR-FOLDER...
 *
 * With -seconds=0 every file is fed once as it is, which is how a finding is looked at again.
 * Targets have libFuzzer's entry point: where clang has that, it drives them instead.
 *
 * Method: take a random file, then one to eight mutations (flip, overwrite, insert a word of the
 * dictionary, cut, repeat or move a piece, splice with another file). There is no feedback from
 * coverage: what it lacks in depth a corpus of all golden cases makes up for. A finding is a
 * sanitizer's report, a signal, an input that takes longer than five seconds, or an exit from
 * inside the target (a broken invariant); its input is written to the -found file. */
#include "base/buf.h"
#include "base/mem.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
void __sanitizer_set_death_callback(void (*callback)(void));

enum { LONGEST_INPUT = 256 * 1024, LONGEST_SECONDS = 5, MOST_MUTATIONS = 8, MOST_REPEATS = 40 };

struct input {
    unsigned char *items;
    size_t len, cap;
};

static struct {
    struct {
        struct input *items;
        size_t len, cap;
    } corpus;
    struct {
        char **items;
        size_t len, cap;
    } words;
    uint64_t random;
    const char *found;
    struct input now;
    bool running;
} fuzz = {.random = 1, .found = "fuzz-found"};

/* --- findings --------------------------------------------------------------------------- */

/* Only calls that a signal handler may make. */
static void keep_input(void)
{
    if (!fuzz.running)
        return;
    fuzz.running = false;
    int fd = open(fuzz.found, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (fd < 0)
        return;
    if (write(fd, fuzz.now.items, fuzz.now.len) >= 0) {
        static const char said[] = "fuzz: the input is kept as ";
        if (write(2, said, sizeof said - 1) < 0 ||
            write(2, fuzz.found, strlen(fuzz.found)) < 0 || write(2, "\n", 1) < 0)
            _exit(1);
    }
    close(fd);
}

static void on_alarm(int number)
{
    (void)number;
    static const char said[] = "fuzz: too slow\n";
    if (write(2, said, sizeof said - 1) >= 0)
        keep_input();
    _exit(1);
}

static void on_exit_inside(void)
{
    if (fuzz.running) {
        keep_input();
        _exit(1);
    }
}

static void feed(void)
{
    fuzz.running = true;
    alarm(LONGEST_SECONDS);
    LLVMFuzzerTestOneInput(fuzz.now.items, fuzz.now.len);
    alarm(0);
    fuzz.running = false;
}

/* --- mutations -------------------------------------------------------------------------- */

/* xorshift64: the same seed gives the same run. */
static size_t pick(size_t n)
{
    fuzz.random ^= fuzz.random << 13;
    fuzz.random ^= fuzz.random >> 7;
    fuzz.random ^= fuzz.random << 17;
    return n ? (size_t)(fuzz.random % n) : 0;
}

static void replace(size_t at, size_t cut, const void *bytes, size_t n)
{
    struct input *in = &fuzz.now;
    if (in->len - cut + n > LONGEST_INPUT)
        return;
    if (in->cap < in->len - cut + n + 1)
        in->items = vec_grow(in->items, &in->cap, in->len - cut + n + 1, 1);
    memmove(in->items + at + n, in->items + at + cut, in->len - at - cut);
    if (n)
        memcpy(in->items + at, bytes, n);
    in->len += n - cut;
}

/* Insert a piece of some file of the corpus. */
static void insert_other(size_t at)
{
    const struct input *other = &fuzz.corpus.items[pick(fuzz.corpus.len)];
    size_t start = pick(other->len), n = pick(other->len - start + 1) % 2048;
    if (other->len)
        replace(at, 0, other->items + start, n);
}

static void repeat(size_t at)
{
    unsigned char piece[256];
    size_t n = pick(sizeof piece);
    if (n > fuzz.now.len - at)
        n = fuzz.now.len - at;
    memcpy(piece, fuzz.now.items + at, n);
    for (size_t i = pick(MOST_REPEATS); n && i; i--)
        replace(at, 0, piece, n);
}

static void mutate(void)
{
    size_t at = pick(fuzz.now.len + 1), left = fuzz.now.len - at;
    unsigned char byte = (unsigned char)pick(256);
    switch (pick(7)) {
    case 0:
        if (left)
            fuzz.now.items[at] ^= (unsigned char)(1U << pick(8));
        break;
    case 1:
        replace(at, left ? 1 : 0, &byte, 1);
        break;
    case 2:
        replace(at, pick(left < 64 ? left + 1 : 64), NULL, 0);
        break;
    case 3:
        repeat(at);
        break;
    case 4:
        insert_other(at);
        break;
    default:
        if (fuzz.words.len) {
            const char *word = fuzz.words.items[pick(fuzz.words.len)];
            replace(at, pick(left < 12 ? left + 1 : 12), word, strlen(word));
        }
    }
}

static void take(const struct input *from)
{
    fuzz.now.len = 0;
    replace(0, 0, from->items, from->len);
}

/* --- corpus ----------------------------------------------------------------------------- */

static void add_file(const char *path)
{
    struct input in = {NULL, 0, 0};
    FILE *f = fopen(path, "rb");
    if (!f)
        return;
    unsigned char piece[4096];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0 && in.len < LONGEST_INPUT) {
        if (in.cap < in.len + n)
            in.items = vec_grow(in.items, &in.cap, in.len + n, 1);
        memcpy(in.items + in.len, piece, n);
        in.len += n;
    }
    fclose(f);
    VEC_PUSH(&fuzz.corpus, in);
}

static void add_path(const char *path)
{
    DIR *dir = opendir(path);
    if (!dir) {
        add_file(path);
        return;
    }
    for (struct dirent *e; (e = readdir(dir));) {
        struct buf name = BUF_EMPTY;
        buf_printf(&name, "%s/%s", path, e->d_name);
        if (e->d_name[0] != '.')
            add_file(buf_str(&name));
        buf_free(&name);
    }
    closedir(dir);
}

static unsigned char digit(char c)
{
    return (unsigned char)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

/* The word of a line «"text"», where \\, \" and \xAB are escapes: libFuzzer's form. */
static char *read_word(const char *line)
{
    const char *start = strchr(line, '"'), *end = strrchr(line, '"');
    if (!start || end == start)
        return NULL;
    struct buf word = BUF_EMPTY;
    for (const char *s = start + 1; s < end; s++) {
        if (s[0] == '\\' && s[1] == 'x' && end - s > 3) {
            buf_putc(&word, (char)(digit(s[2]) << 4 | digit(s[3])));
            s += 3;
        } else {
            s += s[0] == '\\';
            buf_putc(&word, *s);
        }
    }
    return word.bytes;
}

/* One word a line; «#» begins a comment. A word of the dictionary ends at a zero byte. */
static void add_words(const char *path)
{
    char line[256];
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) {
        char *word = line[0] == '#' ? NULL : read_word(line);
        if (word)
            VEC_PUSH(&fuzz.words, word);
    }
    if (f)
        fclose(f);
}

static void feed_as_they_are(void)
{
    for (size_t i = 0; i < fuzz.corpus.len; i++) {
        take(&fuzz.corpus.items[i]);
        feed();
    }
}

static long feed_mutated(time_t seconds)
{
    long runs = 0;
    for (time_t end = time(NULL) + seconds; time(NULL) < end; runs++) {
        take(&fuzz.corpus.items[pick(fuzz.corpus.len)]);
        for (size_t i = 1 + pick(MOST_MUTATIONS); i; i--)
            mutate();
        feed();
    }
    return runs;
}

static void free_all(void)
{
    for (size_t i = 0; i < fuzz.corpus.len; i++)
        free(fuzz.corpus.items[i].items);
    for (size_t i = 0; i < fuzz.words.len; i++)
        free(fuzz.words.items[i]);
    free(fuzz.corpus.items);
    free(fuzz.words.items);
    free(fuzz.now.items);
}

int main(int argc, char **argv)
{
    time_t seconds = 60;
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "-seconds=", 9) == 0)
            seconds = atol(argv[i] + 9);
        else if (strncmp(argv[i], "-seed=", 6) == 0)
            fuzz.random = strtoull(argv[i] + 6, NULL, 10) | 1;
        else if (strncmp(argv[i], "-dict=", 6) == 0)
            add_words(argv[i] + 6);
        else if (strncmp(argv[i], "-found=", 7) == 0)
            fuzz.found = argv[i] + 7;
        else
            add_path(argv[i]);
    }
    if (!fuzz.corpus.len) {
        fprintf(stderr, "fuzz: no corpus\n");
        return 2;
    }
    signal(SIGALRM, on_alarm);
    atexit(on_exit_inside);
    __sanitizer_set_death_callback(keep_input);
    feed_as_they_are();
    long runs = feed_mutated(seconds);
    printf("%s: %zu files, %ld mutated inputs, nothing found\n", argv[0], fuzz.corpus.len,
           runs);
    fflush(stdout); /* a report of leaks ends the process at once */
    free_all();
    return 0;
}
