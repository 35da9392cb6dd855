/* The lower bound of `make bench`: a finished display list drawn by libharu and nothing else.
 *
 * replay TIMES LIST OUT.pdf NAME=FILE...
 *
 * LIST is what prikaz render --dump=areas gives: every line of text, box, rule and short path
 * with its place. It is drawn through libharu's own functions, with its own reading of the fonts
 * FILE that the list calls NAME, its own subsets and compression; no XML, no layout, no tags, no
 * metadata. TIMES documents are made one after the other, OUT.pdf is written each time. What
 * prikaz takes longer than this is its own. */
#include <hpdf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FONTS_MOST = 32, PAGES_PER_NODE = 64, LINE_WIDTH_MOST = 2 };

struct font {
    const char *name, *file;
    HPDF_Font font; /* of the document at hand; NULL: not loaded yet */
};

static struct font fonts[FONTS_MOST];
static size_t font_count;

/* What is drawn on. */
struct canvas {
    HPDF_Doc doc;
    HPDF_Page page; /* NULL before the first */
    double height;
    bool in_text;
    const struct font *font; /* that is set, at `size` */
    double size;
};

static void die(const char *what, const char *name)
{
    fprintf(stderr, "replay: %s %s\n", what, name);
    exit(1);
}

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *self)
{
    (void)detail, (void)self;
    fprintf(stderr, "replay: libharu's error %04lX\n", error);
    exit(1);
}

static char *read_file(const char *name)
{
    FILE *f = fopen(name, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0)
        die("cannot read", name);
    long n = ftell(f);
    char *text = n < 0 ? NULL : malloc((size_t)n + 1);
    rewind(f);
    if (!text || fread(text, 1, (size_t)n, f) != (size_t)n)
        die("cannot read", name);
    fclose(f);
    text[n] = '\0';
    return text;
}

static struct font *find_font(struct canvas *c, const char *name, size_t n)
{
    for (size_t i = 0; i < font_count; i++) {
        struct font *f = &fonts[i];
        if (strlen(f->name) != n || memcmp(f->name, name, n) != 0)
            continue;
        if (!f->font)
            f->font = HPDF_GetFont(c->doc, HPDF_LoadTTFontFromFile(c->doc, f->file, HPDF_TRUE),
                                   "UTF-8");
        return f;
    }
    die("no file is given for the font", name);
    return NULL;
}

/* The next number of the line, behind spaces and «x». */
static double number(const char **at)
{
    while (**at == ' ' || **at == 'x')
        ++*at;
    return strtod(*at, (char **)at);
}

/* Text objects are kept open from one line of text to the next, as a plain program would. */
static void set_in_text(struct canvas *c, bool in_text)
{
    if (c->in_text == in_text)
        return;
    if (in_text)
        HPDF_Page_BeginText(c->page);
    else
        HPDF_Page_EndText(c->page);
    c->in_text = in_text;
}

/* «text X Y w WIDTH FONT SIZE ... "…"»; quotes inside are escaped. */
static void draw_text(struct canvas *c, const char *at, char *scratch)
{
    double x = number(&at), y = number(&at);
    at = strstr(at, " w ") + 3;
    number(&at);
    at++;
    size_t n = strcspn(at, " ");
    struct font *font = find_font(c, at, n);
    at += n;
    double size = number(&at);
    char *to = scratch;
    for (at = strchr(at, '"') + 1; *at && *at != '"'; at++) {
        at += *at == '\\' && at[1];
        *to++ = *at;
    }
    *to = '\0';
    set_in_text(c, true);
    if (font != c->font || size < c->size || size > c->size)
        HPDF_Page_SetFontAndSize(c->page, font->font, (HPDF_REAL)size);
    c->font = font;
    c->size = size;
    HPDF_Page_TextOut(c->page, (HPDF_REAL)x, (HPDF_REAL)(c->height - y), scratch);
}

/* «box X Y WIDTH x HEIGHT …», «rule …»: borders are drawn as the boxes they lie in. */
static void draw_box(struct canvas *c, const char *at)
{
    double x = number(&at), y = number(&at), width = number(&at), height = number(&at);
    bool thin = width <= LINE_WIDTH_MOST || height <= LINE_WIDTH_MOST;
    set_in_text(c, false);
    HPDF_Page_Rectangle(c->page, (HPDF_REAL)x, (HPDF_REAL)(c->height - y - height),
                        (HPDF_REAL)width, (HPDF_REAL)height);
    if (thin)
        HPDF_Page_Fill(c->page);
    else
        HPDF_Page_Stroke(c->page);
}

/* «path X Y … M x y L x y …»; of curves the ends. */
static void draw_path(struct canvas *c, const char *at)
{
    double x = number(&at), y = number(&at);
    bool open = false;
    set_in_text(c, false);
    for (at = strstr(at, " M "); at && *at && *at != '[' && *at != '@';) {
        char op = at[1];
        at += 2;
        if (op == 'C')
            for (int i = 0; i < 4; i++)
                number(&at);
        if (op != 'M' && op != 'L' && op != 'C')
            break;
        double px = x + number(&at), py = c->height - y - number(&at);
        if (op == 'M')
            HPDF_Page_MoveTo(c->page, (HPDF_REAL)px, (HPDF_REAL)py);
        else
            HPDF_Page_LineTo(c->page, (HPDF_REAL)px, (HPDF_REAL)py);
        open = true;
    }
    if (open)
        HPDF_Page_Stroke(c->page);
}

/* «page N WIDTH x HEIGHT …» */
static void begin_page(struct canvas *c, const char *at)
{
    number(&at);
    double width = number(&at);
    c->height = number(&at);
    if (c->page)
        set_in_text(c, false);
    c->page = HPDF_AddPage(c->doc);
    c->font = NULL;
    HPDF_Page_SetWidth(c->page, (HPDF_REAL)width);
    HPDF_Page_SetHeight(c->page, (HPDF_REAL)c->height);
}

static bool begins(const char *at, const char *word)
{
    return strncmp(at, word, strlen(word)) == 0;
}

static void draw(const char *list, const char *output, char *scratch)
{
    struct canvas c = {.doc = HPDF_New(on_error, NULL)};
    for (size_t i = 0; i < font_count; i++)
        fonts[i].font = NULL;
    HPDF_SetPagesConfiguration(c.doc, PAGES_PER_NODE);
    HPDF_SetCompressionMode(c.doc, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(c.doc);
    for (const char *at = list, *end; *at; at = end + (*end == '\n')) {
        end = at + strcspn(at, "\n");
        while (*at == ' ')
            at++;
        if (begins(at, "text "))
            draw_text(&c, at + 5, scratch);
        else if (begins(at, "box ") || begins(at, "rule "))
            draw_box(&c, at + 4);
        else if (begins(at, "path "))
            draw_path(&c, at + 5);
        else if (begins(at, "page "))
            begin_page(&c, at + 5);
    }
    if (!c.page)
        die("no page in", "the list");
    set_in_text(&c, false);
    HPDF_SaveToFile(c.doc, output);
    HPDF_Free(c.doc);
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc - 4 > FONTS_MOST) {
        fprintf(stderr, "usage: replay TIMES LIST OUT.pdf NAME=FILE...\n");
        return 2;
    }
    for (int i = 4; i < argc; i++) {
        char *file = strchr(argv[i], '=');
        if (!file)
            die("no file is given in", argv[i]);
        *file = '\0';
        fonts[font_count++] = (struct font){argv[i], file + 1, NULL};
    }
    char *list = read_file(argv[2]), *scratch = malloc(strlen(list) + 1);
    if (!scratch)
        die("no memory for", argv[2]);
    for (int i = atoi(argv[1]); i > 0; i--)
        draw(list, argv[3], scratch);
    free(scratch);
    free(list);
    return 0;
}
