/* viewBox and preserveAspectRatio (SVG 1.1, 7.7 and 7.8). */
#include "svg/model.h"

static bool parse_view(const char *value, struct svg_box *view)
{
    struct svg_scan s = svg_scan_text(value);
    svg_num v[4];
    for (int i = 0; i < 4; i++) {
        svg_skip_comma(&s);
        if (!svg_scan_number(&s, &v[i]))
            return false;
    }
    *view = (struct svg_box){v[0], v[1], svg_clamp((svg_wide)v[0] + v[2]),
                             svg_clamp((svg_wide)v[1] + v[3])};
    return v[2] >= 0 && v[3] >= 0 && svg_at_end(&s);
}

/* xMinYMid and its like. */
static bool parse_align(struct svg_scan word, int *x, int *y)
{
    static const char *const parts[] = {"min", "mid", "max"};
    if (word.end - word.p != 8)
        return false;
    *x = *y = -1;
    for (int i = 0; i < 3; i++) {
        if (svg_is_word((struct svg_scan){word.p + 1, word.p + 4}, parts[i]))
            *x = i;
        if (svg_is_word((struct svg_scan){word.p + 5, word.p + 8}, parts[i]))
            *y = i;
    }
    return *x >= 0 && *y >= 0;
}

struct svg_fit svg_read_fit(struct svg_reader *r, const xmlNode *node)
{
    struct svg_fit fit = {.align_x = 1, .align_y = 1};
    const char *view = svg_attribute(r, node, "viewBox");
    const char *ratio = svg_attribute(r, node, "preserveAspectRatio");
    fit.has_view = view && parse_view(view, &fit.view);
    if (view && !fit.has_view)
        svg_report(r, DIAG_WARNING, node, "svg-value",
                   _("«%.60s» is not a value of «%s» that is understood; it is left out"), view,
                   "viewBox");
    if (!ratio)
        return fit;
    struct svg_scan s = svg_scan_text(ratio), word;
    svg_skip_space(&s);
    bool fine = svg_scan_name(&s, &word);
    if (fine && svg_is_word(word, "none"))
        fit.stretch = true;
    else if (!fine || !parse_align(word, &fit.align_x, &fit.align_y))
        fit.align_x = fit.align_y = 1;
    svg_skip_space(&s);
    if (svg_scan_name(&s, &word))
        fit.slice = svg_is_word(word, "slice");
    return fit;
}

bool svg_fit_matrix(const struct svg_fit *fit, svg_num width, svg_num height,
                    struct svg_matrix *m)
{
    svg_num view_w = fit->view.x2 - fit->view.x1, view_h = fit->view.y2 - fit->view.y1;
    if (width <= 0 || height <= 0 || view_w <= 0 || view_h <= 0)
        return false;
    int64_t x = svg_scale(SVG_UNIT, width, view_w), y = svg_scale(SVG_UNIT, height, view_h);
    if (!fit->stretch)
        x = y = (x < y) != fit->slice ? x : y;
    *m = (struct svg_matrix){x, 0, 0, y, 0, 0};
    struct svg_point from = svg_apply(m, (struct svg_point){fit->view.x1, fit->view.y1});
    svg_num spare_x = width - svg_scale(view_w, x, SVG_UNIT);
    svg_num spare_y = height - svg_scale(view_h, y, SVG_UNIT);
    if (fit->stretch)
        spare_x = spare_y = 0;
    m->e = spare_x * fit->align_x / 2 - from.x;
    m->f = spare_y * fit->align_y / 2 - from.y;
    return true;
}
