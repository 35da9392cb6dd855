/* Path data (SVG 1.1, 8.3): every command, absolute and relative, as moves, lines and curves.
 *
 * After a fault what stood before it is drawn, as the specification wants it (F.2). */
#include "svg/model.h"

struct path {
    struct svg_pen *pen;
    struct svg_scan in;
    bool relative;
    char previous;            /* command in capitals */
    struct svg_point control; /* last control point of C S or of Q T */
};

static bool scan_value(struct path *p, svg_num origin, svg_num *v)
{
    svg_skip_comma(&p->in);
    if (!svg_scan_number(&p->in, v))
        return false;
    if (p->relative)
        *v = svg_clamp((svg_wide)*v + origin);
    return true;
}

static bool scan_point(struct path *p, struct svg_point *to)
{
    return scan_value(p, p->pen->at.x, &to->x) && scan_value(p, p->pen->at.y, &to->y);
}

/* Flags stand without space between them: «a1 1 0 01.5.5». */
static bool scan_flag(struct path *p, bool *flag)
{
    svg_skip_comma(&p->in);
    *flag = svg_scan_char(&p->in, '1');
    return *flag || svg_scan_char(&p->in, '0');
}

/* The control point of the command before, mirrored at the current point. */
static struct svg_point mirrored(const struct path *p, char curve, char smooth)
{
    struct svg_point at = p->pen->at;
    if (p->previous != curve && p->previous != smooth)
        return at;
    return (struct svg_point){svg_clamp(2 * (svg_wide)at.x - p->control.x),
                              svg_clamp(2 * (svg_wide)at.y - p->control.y)};
}

static bool draw_cubic(struct path *p, bool smooth)
{
    struct svg_point c1 = mirrored(p, 'C', 'S'), c2, to;
    if ((!smooth && !scan_point(p, &c1)) || !scan_point(p, &c2) || !scan_point(p, &to))
        return false;
    svg_curve_to(p->pen, c1, c2, to);
    p->control = c2;
    return true;
}

/* Two thirds of the way from an end to the control point of a parabola. */
static struct svg_point raised(struct svg_point end, struct svg_point control)
{
    return (struct svg_point){svg_clamp(((svg_wide)end.x + 2 * (svg_wide)control.x) / 3),
                              svg_clamp(((svg_wide)end.y + 2 * (svg_wide)control.y) / 3)};
}

static bool draw_quadratic(struct path *p, bool smooth)
{
    struct svg_point c = mirrored(p, 'Q', 'T'), to;
    if ((!smooth && !scan_point(p, &c)) || !scan_point(p, &to))
        return false;
    svg_curve_to(p->pen, raised(p->pen->at, c), raised(to, c), to);
    p->control = c;
    return true;
}

static bool draw_arc(struct path *p)
{
    struct svg_arc arc;
    bool relative = p->relative;
    p->relative = false;
    bool fine = scan_value(p, 0, &arc.rx) && scan_value(p, 0, &arc.ry) &&
                scan_value(p, 0, &arc.angle) && scan_flag(p, &arc.large) &&
                scan_flag(p, &arc.sweep);
    p->relative = relative;
    if (!fine || !scan_point(p, &arc.to))
        return false;
    svg_arc_to(p->pen, &arc);
    return true;
}

static bool draw_line(struct path *p, char command)
{
    struct svg_point to = p->pen->at;
    bool fine = command == 'H'   ? scan_value(p, to.x, &to.x)
                : command == 'V' ? scan_value(p, to.y, &to.y)
                                 : scan_point(p, &to);
    if (fine)
        svg_line_to(p->pen, to);
    return fine;
}

static bool draw_command(struct path *p, char command)
{
    struct svg_point to;
    switch (command) {
    case 'M':
        if (!scan_point(p, &to))
            return false;
        svg_move_to(p->pen, to);
        return true;
    case 'C':
    case 'S':
        return draw_cubic(p, command == 'S');
    case 'Q':
    case 'T':
        return draw_quadratic(p, command == 'T');
    case 'A':
        return draw_arc(p);
    default:
        return draw_line(p, command);
    }
}

/* Does another set of numbers follow the same command? */
static bool goes_on(struct path *p)
{
    svg_skip_comma(&p->in);
    if (p->in.p == p->in.end)
        return false;
    char c = *p->in.p;
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
}

static char capital(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_command(char c)
{
    for (const char *known = "MLHVCSQTAZ"; *known; known++)
        if (c == *known)
            return true;
    return false;
}

bool svg_draw_path(struct svg_pen *pen, const char *data)
{
    struct path p = {.pen = pen, .in = svg_scan_text(data)};
    for (;;) {
        svg_skip_space(&p.in);
        if (p.in.p == p.in.end)
            return true;
        char letter = *p.in.p, command = capital(letter);
        if (!is_command(command) || (!p.previous && command != 'M'))
            return false;
        p.in.p++;
        p.relative = letter != command;
        if (command == 'Z') {
            svg_close(pen);
            p.previous = command;
            continue;
        }
        do {
            if (!draw_command(&p, command))
                return false;
            p.previous = command;
            command = command == 'M' ? 'L' : command;
        } while (goes_on(&p));
    }
}
