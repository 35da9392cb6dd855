/* SVG: what small drawings become as areas, what lies outside is reported, limits.
 *
 * A drawing of 100 x 100 user units is painted 100 pt wide, so lengths of the dump are user
 * units. Assumes fonts-liberation. */
#include "base/buf.h"
#include "svg/svg.h"
#include "unit/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>

#include <cmocka.h>

#define ROOT                                                                                   \
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "

/* One drawing read and painted. */
struct painted {
    struct arena *arena;
    struct diag *diag;
    struct svg_image *image;
    struct buf out, messages;
};

static void put_messages(struct painted *p)
{
    size_t n;
    const struct diag_item *items = diag_items(p->diag, &n);
    for (size_t i = 0; i < n; i++)
        buf_printf(&p->messages, "%d %d %s\n", items[i].loc.line, (int)items[i].level,
                   items[i].code);
}

/* The lines below the drawing's own group, its indentation taken off. */
static void put_inner(struct buf *out, const char *dump)
{
    int line = 0;
    for (const char *p = dump; *p; line++) {
        size_t n = strcspn(p, "\n");
        if (line > 2)
            buf_printf(out, "%.*s\n", (int)n - 6, p + 6);
        p += n + 1;
    }
}

static void dump_areas(struct painted *p, struct text_fonts *fonts, mpt width, mpt height)
{
    struct buf dump = BUF_EMPTY;
    struct area_painter *painter = area_new_dump(&dump);
    struct area_page page = {.width = width, .height = height, .arena = p->arena};
    struct area *group = area_add(&page, AREA_GROUP);
    struct svg_target target = {.arena = p->arena,
                                .group = group,
                                .width = width,
                                .height = height,
                                .fonts = fonts,
                                .diag = p->diag};
    svg_paint(p->image, &target);
    painter->page(painter->self, &page);
    put_inner(&p->out, buf_str(&dump));
    free(painter);
    buf_free(&dump);
}

static void read_whole(struct painted *p, const char *text)
{
    *p = (struct painted){.arena = arena_new(), .diag = diag_new()};
    xmlDoc *doc = xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);
    assert_non_null(doc);
    p->image = svg_read(p->arena, xmlDocGetRootElement(doc), "t.svg", p->diag);
    xmlFreeDoc(doc);
}

static void paint_whole(struct painted *p, struct text_fonts *fonts, const char *text)
{
    read_whole(p, text);
    assert_non_null(p->image);
    dump_areas(p, fonts, PT(100), PT(100));
    put_messages(p);
}

static void paint(struct painted *p, struct text_fonts *fonts, const char *body)
{
    struct buf text = BUF_EMPTY;
    buf_printf(&text, "%swidth='100' height='100'>%s</svg>", ROOT, body);
    paint_whole(p, fonts, buf_str(&text));
    buf_free(&text);
}

static void clear(struct painted *p)
{
    arena_free(p->arena);
    diag_free(p->diag);
    buf_free(&p->out);
    buf_free(&p->messages);
}

/* --- tables ------------------------------------------------------------------------------- */

struct row {
    const char *body, *areas, *messages; /* messages NULL: none */
};

static bool check_row(struct text_fonts *fonts, const struct row *row)
{
    struct painted p;
    paint(&p, fonts, row->body);
    const char *messages = row->messages ? row->messages : "";
    bool good =
        strcmp(buf_str(&p.out), row->areas) == 0 && strcmp(buf_str(&p.messages), messages) == 0;
    if (!good)
        print_error("%s\nexpected:\n%s%sgot:\n%s%s\n", row->body, row->areas, messages,
                    buf_str(&p.out), buf_str(&p.messages));
    clear(&p);
    return good;
}

static void check_rows(void **state, const struct row *rows, size_t n)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++)
        wrong += !check_row(*state, &rows[i]);
    assert_int_equal(wrong, 0);
}

#define CHECK_ROWS(rows) check_rows(state, rows, sizeof(rows) / sizeof *(rows))

static void shapes_are_outlines(void **state)
{
    static const struct row rows[] = {
        {"<rect x='1' y='2' width='3' height='4'/>",
         "path 1 2 fill #000000 M 1 2 L 4 2 L 4 6 L 1 6 Z @1\n", NULL},
        {"<rect width='0' height='4'/><rect width='-1' height='4'/>", "", NULL},
        {"<circle cx='10' cy='10' r='10'/>",
         "path 0 0 fill #000000 M 20 10 C 20 15.523 15.523 20 10 20 C 4.477 20 0 15.523 0 10 C "
         "0 "
         "4.477 4.477 0 10 0 C 15.523 0 20 4.477 20 10 Z @1\n",
         NULL},
        {"<ellipse cx='10' cy='10' rx='10' ry='0'/>", "", NULL},
        {"<line x1='1' y1='2' x2='3' y2='4' stroke='red'/>",
         "path 0.5 1.5 stroke #FF0000 1 M 1 2 L 3 4 @1\n", NULL},
        {"<polyline points='1,2 3 4,5,6' fill='none' stroke='blue' stroke-width='2'/>",
         "path 0 1 stroke #0000FF 2 M 1 2 L 3 4 L 5 6 @1\n", NULL},
        {"<polygon points='1,2 3,4 5,2 5'/>", "path 1 2 fill #000000 M 1 2 L 3 4 L 5 2 Z @1\n",
         "1 2 svg-path\n"},
        {"<rect width='10%' height='1in'/>",
         "path 0 0 fill #000000 M 0 0 L 10 0 L 10 72 L 0 72 Z "
         "@1\n",
         NULL},
        {"<rect width='10' height='10' fill='none'/>", "", NULL},
        {"<rect width='10' height='10' visibility='hidden'/><g display='none'><path "
         "d='M0 0h9v9'/></g>",
         "", NULL},
    };
    CHECK_ROWS(rows);
}

static void path_commands_are_drawn(void **state)
{
    static const struct row rows[] = {
        {"<path d='M1 2L3 4H5V6h-1v-1l1,1z'/>",
         "path 1 2 fill #000000 M 1 2 L 3 4 L 5 4 L 5 6 L 4 6 L 4 5 L 5 6 Z @1\n", NULL},
        {"<path d='m1 2 3 4-1-1.5.5.5'/>",
         "path 1 2 fill #000000 M 1 2 L 4 6 L 3 4.5 L 3.5 5 @1\n", NULL},
        {"<path d='M0 0C1 2 3 4 5 6s3 4 5 6'/>",
         "path 0 0 fill #000000 M 0 0 C 1 2 3 4 5 6 C 7 8 8 10 10 12 @1\n", NULL},
        {"<path d='M0 0Q3 6 6 0t6 0'/>",
         "path 0 -4 fill #000000 M 0 0 C 2 4 4 4 6 0 C 8 -4 10 -4 12 0 @1\n", NULL},
        {"<path d='M1e1 2E-1l.5e+1-1h1'/>",
         "path 10 -0.8 fill #000000 M 10 0.2 L 15 -0.8 L 16 -0.8 @1\n", NULL},
        {"<path d='M10 0a10 10 0 0110 10'/>",
         "path 10 0 fill #000000 M 10 0 C 15.523 0 20 4.477 20 10 @1\n", NULL},
        {"<path d='M10 0A10 10 0 0 0 0 10'/>",
         "path 0 0 fill #000000 M 10 0 C 4.477 0 0 4.477 0 10 @1\n", NULL},
        /* half an ellipse, and radii that are too small */
        {"<path d='M0 10A20 10 0 0 1 40 10'/>",
         "path 0 0 fill #000000 M 0 10 C 0 4.477 8.954 0 20 0 C 31.046 0 40 4.477 40 10 @1\n",
         NULL},
        {"<path d='M0 10A2 1 0 0 1 40 10'/>",
         "path 0 0 fill #000000 M 0 10 C 0 4.477 8.954 0 20 0 C 31.046 0 40 4.477 40 10 @1\n",
         NULL},
        {"<path d='M0 0A5 0 0 0 1 9 9V0'/>", "path 0 0 fill #000000 M 0 0 L 9 9 L 9 0 @1\n",
         NULL},
        {"<path d='M0 0L9 9 M1 1zL5 5V1'/>",
         "path 0 0 fill #000000 M 0 0 L 9 9 M 1 1 Z M 1 1 L 5 5 L 5 1 @1\n", NULL},
        {"<path d='M0 0L9 9M5 5L1 1z'/>", "", NULL},
        {"<path d='M1 1H2V2x3 3'/>", "path 1 1 fill #000000 M 1 1 L 2 1 L 2 2 @1\n",
         "1 2 svg-path\n"},
        {"<path d='L1 1'/>", "", "1 2 svg-path\n"},
        {"<path d=''/><path/>", "", NULL},
    };
    CHECK_ROWS(rows);
}

static void transformations_go_into_the_points(void **state)
{
    static const struct row rows[] = {
        {"<g transform='translate(10,20) scale(2)'><path d='M1 1H2V2'/></g>",
         "path 12 22 fill #000000 M 12 22 L 14 22 L 14 24 @1\n", NULL},
        {"<path transform='rotate(90)' d='M1 2H3V4'/>",
         "path -4 1 fill #000000 M -2 1 L -2 3 L -4 3 @1\n", NULL},
        {"<path transform='rotate(180 5 5)' d='M1 2H3V4'/>",
         "path 7 6 fill #000000 M 9 8 L 7 8 L 7 6 @1\n", NULL},
        {"<path transform='rotate(30)' d='M0 0H10V10'/>",
         "path 0 0 fill #000000 M 0 0 L 8.66 5 L 3.66 13.66 @1\n", NULL},
        {"<path transform='skewX(45)' d='M0 0H5V10'/>",
         "path 0 0 fill #000000 M 0 0 L 5 0 L 15 10 @1\n", NULL},
        {"<path transform='matrix(0 1 -1 0 5 6)' d='M1 2H3V4'/>",
         "path 1 7 fill #000000 M 3 7 L 3 9 L 1 9 @1\n", NULL},
        {"<path transform='scale(.0001234567)' d='M0 0H1000000V1e5'/>",
         "path 0 0 fill #000000 M 0 0 L 123.457 0 L 123.457 12.346 @1\n", NULL},
        /* a pen out of round needs a group; its matrix has the determinant 1 */
        {"<path transform='scale(4 1)' stroke='#000' fill='none' d='M0 0H1V1'/>",
         "group 0 0 0 x 0 matrix 2 0 0 0.5 0 0\n  path -1 -1 stroke #000000 2 M 0 0 L 2 0 L 2 "
         "2 @1\n",
         NULL},
        {"<path transform='scale(3)' stroke='#000' fill='none' stroke-dasharray='1 2 3' "
         "d='M0 0H1V1'/>",
         "path -1.5 -1.5 stroke #000000 3 M 0 0 L 3 0 L 3 3 @1\n", NULL},
        {"<path transform='turn(3)' d='M0 0H1V1'/>",
         "path 0 0 fill #000000 M 0 0 L 1 0 L 1 1 @1\n", "1 2 svg-value\n"},
        {"<path transform='scale(0)' stroke='#000' d='M0 0H1V1'/>",
         "path 0 0 fill #000000 stroke #000000 0 M 0 0 L 0 0 L 0 0 @1\n", NULL},
    };
    CHECK_ROWS(rows);
}

static void viewports_fit_their_content(void **state)
{
    static const struct row rows[] = {
        {"<svg x='10' y='20' width='40' height='20' viewBox='0 0 10 10' overflow='visible'>"
         "<path d='M0 0H10V10'/></svg>",
         "path 20 20 fill #000000 M 20 20 L 40 20 L 40 40 @1\n", NULL},
        {"<svg width='40' height='20' viewBox='0 0 10 10' preserveAspectRatio='none' "
         "overflow='visible'><path d='M0 0H10V10'/></svg>",
         "path 0 0 fill #000000 M 0 0 L 40 0 L 40 20 @1\n", NULL},
        {"<svg width='40' height='20' viewBox='0 0 10 10' preserveAspectRatio='xMaxYMin slice' "
         "overflow='visible'><path d='M0 0H10V10'/></svg>",
         "path 0 0 fill #000000 M 0 0 L 40 0 L 40 40 @1\n", NULL},
        {"<svg width='40' height='20'><line x2='25%' y2='50%' stroke='#000'/></svg>",
         "group 0 0 0 x 0 @1\n  path 0 0 clip M 0 0 L 40 0 L 40 20 L 0 20 Z\n"
         "  path -0.5 -0.5 stroke #000000 1 M 0 0 L 10 10 @1\n",
         NULL},
        {"<svg width='0' height='20'><path d='M0 0H10V5'/></svg>", "", NULL},
        {"<svg viewBox='0 0 0 10'><path d='M0 0H10V5'/></svg>", "", NULL},
    };
    CHECK_ROWS(rows);
}

static void use_instances_its_target(void **state)
{
    static const struct row rows[] = {
        {"<defs><path id='a' d='M0 0H1V1'/></defs><use href='#a' x='5' y='6' fill='red'/>"
         "<use xlink:href='#a' transform='scale(2)'/>",
         "path 5 6 fill #FF0000 M 5 6 L 6 6 L 6 7 @1\npath 0 0 fill #000000 M 0 0 L 2 0 L 2 2 "
         "@1\n",
         NULL},
        {"<symbol id='s' viewBox='0 0 2 2' overflow='visible'><path d='M0 0H2V2'/></symbol>"
         "<use href='#s' width='10' height='10' x='1'/>",
         "path 1 0 fill #000000 M 1 0 L 11 0 L 11 10 @1\n", NULL},
        {"<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>", "",
         "1 2 svg-reference\n"},
        {"<use href='#none'/>", "", "1 2 svg-reference\n"},
        {"<use href='b.svg#x'/>", "", "1 2 svg-reference\n"},
        {"<switch><foreignObject/><path requiredExtensions='x' d='M0 0H1V1'/>"
         "<path d='M0 0H2V2'/><path d='M0 0H3V3'/></switch>",
         "path 0 0 fill #000000 M 0 0 L 2 0 L 2 2 @1\n", NULL},
    };
    CHECK_ROWS(rows);
}

static void paints_have_many_spellings(void **state)
{
    static const struct {
        const char *fill, *said;
    } rows[] = {
        {"#123", " fill #112233"},
        {"#a1B2c3", " fill #A1B2C3"},
        {"DarkSlateGray", " fill #2F4F4F"},
        {"rgb(1, 2 ,3)", " fill #010203"},
        {"rgb(100%,50%,0%)", " fill #FF8000"},
        {"rgb(300 0 -5)", " fill #FF0000"},
        {"hsl(120, 100%, 25%)", " fill #008000"},
        {"hsl(0 0% 50%)", " fill #808080"},
        {"currentColor", " fill #00FF00"},
        {"none", NULL},
        {"url(#x) red", " fill #FF0000"},
        {"url('#x') none", NULL},
        {"transparent", NULL},
        {"#12", " fill #000000"},
        {"reddish", " fill #000000"},
        {"inherit", " fill #000000"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct painted p;
        struct buf body = BUF_EMPTY;
        buf_printf(&body, "<path color='lime' d='M0 0H1V1' fill=\"%s\"/>", rows[i].fill);
        paint(&p, *state, buf_str(&body));
        if (rows[i].said)
            assert_non_null(strstr(buf_str(&p.out), rows[i].said));
        else
            assert_string_equal(buf_str(&p.out), "");
        clear(&p);
        buf_free(&body);
    }
}

static void the_cascade_decides(void **state)
{
    static const struct row rows[] = {
        /* sheet over attribute, style over sheet, important over style */
        {"<style>path{fill:#111111}</style><path d='M0 0H1V1' fill='red'/>",
         "path 0 0 fill #111111 M 0 0 L 1 0 L 1 1 @1\n", NULL},
        {"<style>path{fill:#111111}</style><path d='M0 0H1V1' style='fill: #222'/>",
         "path 0 0 fill #222222 M 0 0 L 1 0 L 1 1 @1\n", NULL},
        {"<style>path{fill:#111111 ! important}</style><path d='M0 0H1V1' style='fill: #222'/>",
         "path 0 0 fill #111111 M 0 0 L 1 0 L 1 1 @1\n", NULL},
        /* id over class over type, the later of equals */
        {"<style>#i{fill:#333}.c{fill:#222}path{fill:#111}</style>"
         "<path id='i' class='b c' d='M0 0H1V1'/><path class='c d' d='M0 0H1V1'/>"
         "<path class='cc' d='M0 0H1V1'/>",
         "path 0 0 fill #333333 M 0 0 L 1 0 L 1 1 @1\npath 0 0 fill #222222 M 0 0 L 1 0 L 1 1 "
         "@1\npath 0 0 fill #111111 M 0 0 L 1 0 L 1 1 @1\n",
         NULL},
        {"<style>*{fill:#111}*{fill:#222}</style><path d='M0 0H1V1'/>",
         "path 0 0 fill #222222 M 0 0 L 1 0 L 1 1 @1\n", NULL},
        {"<style>g.a path, line {fill:#111} g > .c {fill:#222}</style>"
         "<g class='a'><g><path d='M0 0H1V1'/></g><path class='c' d='M0 0H1V1'/></g>",
         "path 0 0 fill #111111 M 0 0 L 1 0 L 1 1 @1\npath 0 0 fill #111111 M 0 0 L 1 0 L 1 1 "
         "@1\n",
         NULL},
        {"<style><![CDATA[/* no: path{fill:red} */ path{fill:#111}]]></style><path d='M0 "
         "0H1V1'/>",
         "path 0 0 fill #111111 M 0 0 L 1 0 L 1 1 @1\n", NULL},
        {"<style>@import 'x.css'; @media print { path { fill: red } } path:hover{fill:red} "
         "path[d]{fill:red} path{fill:#111}</style><path d='M0 0H1V1'/>",
         "path 0 0 fill #111111 M 0 0 L 1 0 L 1 1 @1\n",
         "1 2 svg-style\n1 2 svg-style\n1 2 svg-style\n1 2 svg-style\n"},
        {"<g fill='red' style='stroke:inherit'><path d='M0 0H1V1' style='fill:inherit'/></g>",
         "path 0 0 fill #FF0000 M 0 0 L 1 0 L 1 1 @1\n", NULL},
        {"<path d='M0 0H1V1' style='fill:nothing;stroke:#abcdef;stroke-width:-1'/>",
         "path -0.5 -0.5 fill #000000 stroke #ABCDEF 1 M 0 0 L 1 0 L 1 1 @1\n",
         "1 2 svg-value\n1 2 svg-value\n"},
    };
    CHECK_ROWS(rows);
}

static void gradients_follow_the_shape(void **state)
{
    static const struct row rows[] = {
        {"<linearGradient id='a'><stop stop-color='red'/><stop offset='1' stop-color='blue'/>"
         "</linearGradient><rect width='10' height='10' fill='url(#a)'/>",
         "path 0 0 fill #0000FF linear 0 0 to 10 0 0#FF0000 1#0000FF M 0 0 L 10 0 L 10 10 L 0 "
         "10 "
         "Z @1\n",
         NULL},
        {"<linearGradient id='b'><stop offset='20%' stop-color='red'/><stop offset='.1' "
         "style='stop-color:blue'/></linearGradient><linearGradient id='a' href='#b' "
         "gradientUnits='userSpaceOnUse' x1='1' y1='2' x2='3' y2='4'/>"
         "<path d='M0 0H9V9' fill='url(#a)'/>",
         "path 0 0 fill #0000FF linear 1 2 to 3 4 0.2#FF0000 0.2#0000FF M 0 0 L 9 0 L 9 9 @1\n",
         NULL},
        {"<radialGradient id='a' fx='.25'><stop stop-color='red'/><stop offset='1' "
         "stop-color='blue'/></radialGradient><rect width='20' height='20' fill='url(#a)'/>",
         "path 0 0 fill #0000FF radial 5 10 0 to 10 10 10 0#FF0000 1#0000FF M 0 0 L 20 0 L 20 "
         "20 "
         "L 0 20 Z @1\n",
         NULL},
        /* one stop, no stop, no extent, a box without height */
        {"<linearGradient id='a'><stop stop-color='red'/></linearGradient><path d='M0 0H1V1' "
         "fill='url(#a)'/>",
         "path 0 0 fill #FF0000 M 0 0 L 1 0 L 1 1 @1\n", NULL},
        {"<linearGradient id='a'/><path d='M0 0H1V1' fill='url(#a)'/>", "", NULL},
        {"<linearGradient id='a' x2='0'><stop stop-color='red'/><stop offset='1' "
         "stop-color='blue'/></linearGradient><path d='M0 0H1V1' fill='url(#a)'/>",
         "path 0 0 fill #0000FF M 0 0 L 1 0 L 1 1 @1\n", NULL},
        {"<linearGradient id='a'><stop stop-color='red'/><stop offset='1'/></linearGradient>"
         "<path d='M0 0H9V0' stroke='url(#a)' fill='none'/>",
         "", NULL},
        {"<linearGradient id='a' href='#a'><stop stop-opacity='.5'/><stop offset='1' "
         "stop-opacity='1'/></linearGradient><path d='M0 0H9V9' fill='url(#a)'/>",
         "path 0 0 fill #000000 linear 0 0 to 9 0 0#000000/0.501 1#000000 M 0 0 L 9 0 L 9 9 "
         "@1\n",
         NULL},
        {"<path d='M0 0H9V9' fill='url(#a)'/>", "", "1 2 svg-reference\n"},
    };
    CHECK_ROWS(rows);
}

static void patterns_are_tiles(void **state)
{
    static const struct row rows[] = {
        {"<pattern id='a' width='5' height='10' patternUnits='userSpaceOnUse'><path "
         "d='M1 1H2V2'/></pattern><rect x='1' width='8' height='9' fill='url(#a)'/>",
         "group 0 0 0 x 0 @1\n  path 1 0 clip M 1 0 L 9 0 L 9 9 L 1 9 Z\n  group 0 0 5 x 10\n  "
         "  path 1 1 fill #000000 M 1 1 L 2 1 L 2 2 @1\n  group 5 0 5 x 10\n    path 1 1 fill "
         "#000000 M 1 1 L 2 1 L 2 2 @1\n",
         NULL},
        /* units of the box; content over the tile is cut */
        {"<pattern id='a' width='.5' height='1' patternContentUnits='objectBoundingBox'><path "
         "d='M0 0H1V1'/></pattern><rect width='8' height='8' fill='url(#a)'/>",
         "group 0 0 0 x 0 @1\n  path 0 0 clip M 0 0 L 8 0 L 8 8 L 0 8 Z\n  group 0 0 4 x 8 "
         "clip\n    path 0 0 fill #000000 M 0 0 L 8 0 L 8 8 @1\n  group 4 0 4 x 8 clip\n    "
         "path 0 0 fill #000000 M 0 0 L 8 0 L 8 8 @1\n",
         NULL},
        {"<pattern id='a' width='.01' height='.01' patternUnits='userSpaceOnUse'><path "
         "d='M1 1H2V2'/></pattern><rect width='8' height='9' fill='url(#a)'/>",
         "", "1 2 svg-limit\n"},
        {"<pattern id='a' width='5' height='5' patternUnits='userSpaceOnUse'><rect width='2' "
         "height='2' fill='url(#a)'/></pattern><rect width='8' height='9' fill='url(#a)'/>",
         "", "1 2 svg-reference\n"},
    };
    CHECK_ROWS(rows);
}

static void clip_paths_cut(void **state)
{
    static const struct row rows[] = {
        {"<clipPath id='c'><path d='M0 0H5V5z'/></clipPath><path clip-path='url(#c)' "
         "d='M0 0H9V9'/>",
         "group 0 0 0 x 0 @1\n  path 0 0 clip M 0 0 L 5 0 L 5 5 Z\n  path 0 0 fill #000000 M 0 "
         "0 L 9 0 L 9 9 @1\n",
         NULL},
        /* several go round the same way */
        {"<clipPath id='c'><path d='M0 0H5V5z'/><path d='M0 0L5 5L5 0z'/></clipPath><path "
         "clip-path='url(#c)' d='M0 0H9V9'/>",
         "group 0 0 0 x 0 @1\n  path 0 0 clip M 0 0 L 5 0 L 5 5 Z M 5 0 L 5 5 L 0 0 Z\n  path "
         "0 0 fill #000000 M 0 0 L 9 0 L 9 9 @1\n",
         NULL},
        {"<clipPath id='c' clipPathUnits='objectBoundingBox'><path d='M0 0H1V1z'/></clipPath>"
         "<path clip-path='url(#c)' transform='rotate(90)' d='M0 0H9V8'/>",
         "group 0 0 0 x 0 @1\n  path -8 0 clip M 0 0 L 0 9 L -8 9 Z\n  path -8 0 fill #000000 "
         "M 0 0 L 0 9 L -8 9 @1\n",
         NULL},
        {"<clipPath id='c'/><path clip-path='url(#c)' d='M0 0H9V9'/>", "", NULL},
        {"<path clip-path='url(#c)' d='M0 0H9V9'/>",
         "path 0 0 fill #000000 M 0 0 L 9 0 L 9 9 @1\n", "1 2 svg-reference\n"},
    };
    CHECK_ROWS(rows);
}

static void markers_stand_on_vertices(void **state)
{
#define ARROW                                                                                  \
    "<marker id='m' orient='auto' overflow='visible' refX='1' markerUnits='userSpaceOnUse'>"   \
    "<path d='M0 0H2V2'/></marker>"
    static const struct row rows[] = {
        {ARROW "<path d='M0 0V9H9' fill='none' marker-end='url(#m)'/>",
         "path 8 9 fill #000000 M 8 9 L 10 9 L 10 11 @1\n", NULL},
        {ARROW "<path d='M0 0V9' fill='none' style='marker: url(#m)'/>",
         "path -2 -1 fill #000000 M 0 -1 L 0 1 L -2 1 @1\n"
         "path -2 8 fill #000000 M 0 8 L 0 10 L -2 10 @1\n",
         NULL},
        /* in the middle along the bisector; units of the stroke's width */
        {"<marker id='m' orient='auto' overflow='visible'><path d='M0 0H1V1'/></marker>"
         "<path d='M0 0H9V9' fill='none' stroke-width='2' marker-mid='url(#m)'/>",
         "path 9 0 fill #000000 M 9 0 L 10.414 1.414 L 9 2.828 @1\n", NULL},
        {"<marker id='m' viewBox='0 0 1 1' refX='1' markerWidth='4' markerHeight='4' "
         "overflow='visible'><path d='M0 0H1V1'/></marker><line x1='5' x2='5' y2='5' "
         "marker-start='url(#m)'/>",
         "path 1 0 fill #000000 M 1 0 L 5 0 L 5 4 @1\n", NULL},
        {"<line x2='5' marker-end='url(#no)'/><rect marker-end='url(#no)' width='1' height='1' "
         "fill='none'/>",
         "", "1 2 svg-reference\n"},
    };
    CHECK_ROWS(rows);
}

static void opacity_is_of_the_whole(void **state)
{
    static const struct row rows[] = {
        /* fill and stroke apart, as they show through each other */
        {"<path d='M0 0H1V1' fill-opacity='50%' stroke='red'/>",
         "path 0 0 fill #000000 M 0 0 L 1 0 L 1 1 @1\n"
         "path -0.5 -0.5 stroke #FF0000 1 M 0 0 L 1 0 L 1 1 @1\n",
         NULL},
        {"<path d='M0 0H1V1' opacity='.2' stroke='red'/>",
         "group 0 0 0 x 0 opacity 0.2 @1\n"
         "  path -0.5 -0.5 fill #000000 stroke #FF0000 1 M 0 0 L 1 0 L 1 1 @1\n",
         NULL},
        /* a single paint needs no group */
        {"<g opacity='.5'><path d='M0 0H1V1'/></g>",
         "path 0 0 fill #000000 M 0 0 L 1 0 L 1 1 @1\n", NULL},
        {"<g opacity='.6'><path d='M0 0H1V1'/><path d='M0 0H2V1'/></g>",
         "group 0 0 0 x 0 opacity 0.6 @1\n  path 0 0 fill #000000 M 0 0 L 1 0 L 1 1 @1\n"
         "  path 0 0 fill #000000 M 0 0 L 2 0 L 2 1 @1\n",
         NULL},
        {"<g opacity='0'><path d='M0 0H1V1'/></g>", "", NULL},
    };
    CHECK_ROWS(rows);
}

static void text_is_set(void **state)
{
    static const struct row rows[] = {
        {"<text x='10' y='20' font-family='Liberation Sans' font-size='10'>Да</text>",
         "text 10 20 w 12.33 LiberationSans 10 \"Да\" @1\n", NULL},
        {"<text x='10' y='20' font-size='10' text-anchor='end' fill='red'>Да</text>",
         "text -1.25 20 w 11.25 LiberationSerif 10 #FF0000 \"Да\" @1\n", NULL},
        {"<text x='10' y='20' font-size='10' text-anchor='middle'>Да</text>",
         "text 4.375 20 w 11.25 LiberationSerif 10 \"Да\" @1\n", NULL},
        {"<text y='9' style='font: italic 700 10px/2 \"Liberation Sans\", serif'>a</text>",
         "text 0 9 w 5.56 LiberationSans-BoldItalic 10 \"a\" @1\n", NULL},
        /* white space over the borders of elements */
        {"<text y='9' font-size='10'> a\n  <tspan font-weight='bold'> b </tspan> </text>",
         "text 0 9 w 6.93 LiberationSerif 10 \"a \" @1\n"
         "text 6.93 9 w 5.56 LiberationSerif-Bold 10 \"b\" @2\n",
         NULL},
        {"<text y='9' font-size='10' xml:space='preserve'> a  b</text>",
         "text 0 9 w 16.93 LiberationSerif 10 \" a  b\" @1\n", NULL},
        /* positions */
        {"<text x='0 50' y='9' font-size='10'>ab<tspan x='5' dy='10'>c</tspan></text>",
         "text 0 9 w 4.43 LiberationSerif 10 \"a\" @1\n"
         "text 50 9 w 5 LiberationSerif 10 \"b\" @1\n"
         "text 5 19 w 4.43 LiberationSerif 10 \"c\" @1\n",
         NULL},
        /* what turns needs a group */
        {"<text transform='translate(5 6) rotate(-90) scale(2)' font-size='10'>a</text>",
         "group 0 0 0 x 0 matrix 0 -1 1 0 5 6\n"
         "  text 0 0 w 8.86 LiberationSerif 20 \"a\" @1\n",
         NULL},
        {"<text y='9' font-size='10' fill='none'>a</text><text font-size='0'>a</text>", "",
         NULL},
        {"<text y='9' font-size='10' rotate='5'>a<textPath href='#x'>b</textPath></text>",
         "text 0 9 w 4.43 LiberationSerif 10 \"a\" @1\n"
         "text 4.43 9 w 5 LiberationSerif 10 \"b\" @1\n",
         "1 2 svg-text\n1 2 svg-text\n"},
        {"<text y='9' font-size='10' textLength='20' text-anchor='end'>aaa</text>",
         "text -20 9 w 23.355 LiberationSerif 10 spaced 3.355 \"aaa\" @1\n", NULL},
        {"<text y='9' font-size='10' text-decoration='underline'>a</text>",
         "text 0 9 w 4.43 LiberationSerif 10 \"a\" @1\n"
         "rule 0 9.36 4.43 x 0.48 @1\n",
         NULL},
    };
    CHECK_ROWS(rows);
}

static void what_lies_outside_is_reported(void **state)
{
    static const struct row rows[] = {
        {"\n<image href='a.png'/>\n<script/><animate/><foreignObject/><unknown/>", "",
         "2 2 svg-element\n3 2 svg-element\n3 2 svg-element\n3 2 svg-element\n3 2 "
         "svg-element\n"},
        {"<path d='M0 0H1V1' filter='url(#f)' style='mask: url(#m)'/>",
         "path 0 0 fill #000000 M 0 0 L 1 0 L 1 1 @1\n",
         "1 2 svg-property\n1 2 svg-property\n"},
        {"<path d='M0 0H1V1' filter='none' style='-inkscape-stroke: x; mask:none'/>",
         "path 0 0 fill #000000 M 0 0 L 1 0 L 1 1 @1\n", NULL},
        {"<defs><filter "
         "id='f'><feBlend/></filter></defs><metadata><x/></metadata><title>t</title>"
         "<x xmlns='urn:other'/>",
         "", NULL},
        {"<rect width='a' height='5'/>", "", "1 2 svg-value\n"},
    };
    CHECK_ROWS(rows);
}

/* --- the whole ---------------------------------------------------------------------------- */

static void sizes_follow_from_attributes(void **state)
{
    (void)state;
    static const struct {
        const char *attributes;
        mpt width, height;
    } rows[] = {
        {"width='10' height='20'", 10000, 20000},
        {"width='10pt' height='1in'", 10000, 72000},
        {"width='25.4mm' height='2.54cm'", 72000, 72000},
        {"viewBox='0 0 40 30'", 40000, 30000},
        {"viewBox='0 0 40 30' width='20'", 20000, 15000},
        {"viewBox='0 0 40 30' height='60px'", 80000, 60000},
        {"viewBox='0 0 40 30' width='100%' height='100%'", 40000, 30000},
        {"", 300000, 150000},
        {"width='-5' height='x'", 300000, 150000},
        {"width='1e300' height='0'", MPT_MAX, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct painted p;
        struct buf text = BUF_EMPTY;
        mpt w, h;
        buf_printf(&text, "%s%s/>", ROOT, rows[i].attributes);
        read_whole(&p, buf_str(&text));
        svg_size(p.image, &w, &h);
        assert_int_equal(w, rows[i].width);
        assert_int_equal(h, rows[i].height);
        clear(&p);
        buf_free(&text);
    }
}

static void the_title_is_folded(void **state)
{
    (void)state;
    struct painted p;
    read_whole(&p, ROOT "><desc>d</desc><title> Герб\n  города </title></svg>");
    assert_string_equal(svg_title(p.image), "Герб города");
    clear(&p);
    read_whole(&p, ROOT "><desc>d</desc><g><title>no</title></g></svg>");
    assert_string_equal(svg_title(p.image), "d");
    clear(&p);
    read_whole(&p, ROOT "/>");
    assert_null(svg_title(p.image));
    clear(&p);
}

static void only_svg_is_read(void **state)
{
    (void)state;
    static const char *const texts[] = {"<svg/>", "<svg xmlns='urn:x'/>",
                                        "<g xmlns='http://www.w3.org/2000/svg'/>"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct painted p;
        read_whole(&p, texts[i]);
        assert_null(p.image);
        assert_int_equal(diag_worst(p.diag), DIAG_ERROR);
        clear(&p);
    }
}

static void the_view_box_is_fitted(void **state)
{
    struct painted p;
    paint_whole(&p, *state, ROOT "viewBox='10 10 50 25'><path d='M10 10H60V35'/></svg>");
    assert_string_equal(buf_str(&p.out),
                        "path 0 25 fill #000000 M 0 25 L 100 25 L 100 75 @1\n");
    clear(&p);
    paint_whole(&p, *state, ROOT "viewBox='0 0 0 25'><path d='M10 10H60V35'/></svg>");
    assert_string_equal(buf_str(&p.out), "");
    clear(&p);
}

/* The same image painted twice gives the same areas. */
static void painting_changes_nothing(void **state)
{
    struct painted p;
    paint(&p, *state,
          "<g transform='rotate(3)'><text>а</text><circle r='5' stroke='red'/></g>");
    char *first = mem_strdup(buf_str(&p.out));
    buf_clear(&p.out);
    dump_areas(&p, *state, PT(100), PT(100));
    assert_string_equal(buf_str(&p.out), first);
    free(first);
    clear(&p);
}

/* --- limits ------------------------------------------------------------------------------- */

/* Each level uses the one below ten times: ten to the tenth of paths. */
static void a_bomb_of_uses_ends(void **state)
{
    struct painted p;
    struct buf body = BUF_EMPTY;
    buf_puts(&body, "<path id='l0' d='M0 0H1V1'/>");
    for (int level = 1; level <= 10; level++) {
        buf_printf(&body, "<g id='l%d'>", level);
        for (int i = 0; i < 10; i++)
            buf_printf(&body, "<use href='#l%d'/>", level - 1);
        buf_puts(&body, "</g>");
    }
    paint(&p, *state, buf_str(&body));
    assert_non_null(strstr(buf_str(&p.messages), "svg-limit"));
    clear(&p);
    buf_free(&body);
}

static void depth_has_a_limit(void **state)
{
    struct painted p;
    struct buf body = BUF_EMPTY;
    for (int i = 0; i < 200; i++)
        buf_puts(&body, "<g>");
    buf_puts(&body, "<path d='M0 0H1V1'/>");
    for (int i = 0; i < 200; i++)
        buf_puts(&body, "</g>");
    paint(&p, *state, buf_str(&body));
    assert_string_equal(buf_str(&p.out), "");
    assert_string_equal(buf_str(&p.messages), "1 2 svg-limit\n");
    clear(&p);
    buf_free(&body);
}

/* Numbers at the edge of what is representable neither overflow nor trap. */
static void huge_numbers_saturate(void **state)
{
    static const char *const bodies[] = {
        "<path d='M1e300-1e300A1e300 1e-300 77 1 1 1e308 1e308z' stroke='red'/>",
        "<g transform='scale(1e300) scale(1e300) rotate(1e300)'><path d='M1e9 1e9l1e9 "
        "1e9'/></g>",
        "<path transform='matrix(1e-9 0 0 1e9 1e300 1e300)' stroke='red' d='M0 0L1e9 1e9'/>",
        "<rect width='1e300' height='1e300' rx='1e300' stroke-width='1e300' stroke='red'/>",
        "<linearGradient id='a' x1='-1e300' x2='1e300' gradientTransform='scale(1e300)'><stop/>"
        "<stop offset='1e300'/></linearGradient><rect width='1e9' height='1e9' "
        "fill='url(#a)'/>",
        "<pattern id='a' width='1e-300' height='1e300'><path d='M0 0H1V1'/></pattern><rect "
        "width='1e9' height='1e9' fill='url(#a)'/>",
        "<text font-size='1e300' x='1e300' letter-spacing='-1e300'>ab</text>",
        "<svg viewBox='-1e300 -1e300 1e-300 1e300'><path d='M0 0H1V1'/></svg>",
        "<path stroke='red' stroke-dasharray='1e300 1e300' stroke-dashoffset='-1e300' "
        "d='M0 0L1e300 0' transform='scale(1e6)'/>",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct painted p;
        paint(&p, *state, bodies[i]);
        clear(&p);
    }
}

/* --- files -------------------------------------------------------------------------------- */

static struct svg_image *read_file(struct painted *p, const char *path)
{
    struct src_loc loc = {"order.xml", 7, 3};
    *p = (struct painted){.arena = arena_new(), .diag = diag_new()};
    return svg_read_file(p->arena, path, loc, p->diag);
}

static void files_are_read(void **state)
{
    (void)state;
    struct painted p;
    folder_write("a.svg", "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' "
                          "'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>\n" ROOT
                          "width='5' height='6'>\n<image/></svg>");
    p.image = read_file(&p, "a.svg");
    assert_non_null(p.image);
    size_t n;
    const struct diag_item *items = diag_items(p.diag, &n);
    assert_int_equal(n, 1);
    assert_string_equal(items[0].loc.file, "a.svg");
    assert_int_equal(items[0].loc.line, 3);
    clear(&p);
}

static void bad_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } rows[] = {
        {"<!DOCTYPE svg [<!ENTITY a 'b'>]>" ROOT "/>", "entities"},
        {"<!DOCTYPE svg [<!ENTITY a SYSTEM '/etc/passwd'>]>" ROOT ">&a;</svg>", "entities"},
        {ROOT ">\n<g></svg>", "line 2"},
        {"", "line"},
        {"text", "line"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct painted p;
        folder_write("b.svg", rows[i].text);
        assert_null(read_file(&p, "b.svg"));
        size_t n;
        const struct diag_item *items = diag_items(p.diag, &n);
        assert_int_equal(n, 1);
        assert_int_equal(items[0].level, DIAG_ERROR);
        assert_string_equal(items[0].loc.file, "order.xml");
        assert_int_equal(items[0].loc.line, 7);
        assert_non_null(strstr(items[0].message, rows[i].says));
        clear(&p);
    }
    struct painted p;
    assert_null(read_file(&p, "none.svg"));
    assert_null((clear(&p), read_file(&p, ".")));
    clear(&p);
}

static int open_fonts(void **state)
{
    *state = text_new_fonts();
    return folder_enter(&(void *){NULL});
}

static int close_fonts(void **state)
{
    text_free_fonts(*state);
    return folder_leave(&(void *){NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_are_outlines),
        cmocka_unit_test(path_commands_are_drawn),
        cmocka_unit_test(transformations_go_into_the_points),
        cmocka_unit_test(viewports_fit_their_content),
        cmocka_unit_test(use_instances_its_target),
        cmocka_unit_test(paints_have_many_spellings),
        cmocka_unit_test(the_cascade_decides),
        cmocka_unit_test(gradients_follow_the_shape),
        cmocka_unit_test(patterns_are_tiles),
        cmocka_unit_test(clip_paths_cut),
        cmocka_unit_test(markers_stand_on_vertices),
        cmocka_unit_test(opacity_is_of_the_whole),
        cmocka_unit_test(text_is_set),
        cmocka_unit_test(what_lies_outside_is_reported),
        cmocka_unit_test(sizes_follow_from_attributes),
        cmocka_unit_test(the_title_is_folded),
        cmocka_unit_test(only_svg_is_read),
        cmocka_unit_test(the_view_box_is_fitted),
        cmocka_unit_test(painting_changes_nothing),
        cmocka_unit_test(a_bomb_of_uses_ends),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(huge_numbers_saturate),
        cmocka_unit_test(files_are_read),
        cmocka_unit_test(bad_files_are_refused),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
