/* The one table of properties: all of XSL 1.1 (appendix B) and our own few. A row says what the
 * property takes and where it lies in a style; CONFORMANCE.md says the same for people, and a
 * test keeps the two equal.
 *
 * The order of rows is the order of the Recommendation's chapter 7, and that of the dump. */
#include "fo/style.h"

#include <stddef.h>

#define INH(f) offsetof(struct fo_work, style.inh.f)
#define OWN(f) offsetof(struct fo_work, style.own.f)
#define AUX(f) offsetof(struct fo_work, aux.f)
#define LOC(f) offsetof(struct fo_work, local.f)
#define W(...)                                                                                 \
    (const struct fo_word[])                                                                   \
    {                                                                                          \
        __VA_ARGS__,                                                                           \
        {                                                                                      \
            NULL, 0                                                                            \
        }                                                                                      \
    }
#define ANY (-MPT_MAX)
#define BIG 1000000000

#define AUTO   W({"auto", FO_WORD_AUTO})
#define YES_NO W({"true", 1}, {"false", 0})
#define BORDER_STYLES                                                                          \
    W({"none", FO_BORDER_NONE}, {"hidden", FO_BORDER_HIDDEN}, {"dotted", FO_BORDER_DOTTED},    \
      {"dashed", FO_BORDER_DASHED}, {"solid", FO_BORDER_SOLID}, {"double", FO_BORDER_DOUBLE},  \
      {"groove", FO_BORDER_GROOVE}, {"ridge", FO_BORDER_RIDGE}, {"inset", FO_BORDER_INSET},    \
      {"outset", FO_BORDER_OUTSET})
/* The widths of the names, as the formatter most people know has them. */
#define BORDER_WIDTHS W({"thin", 500}, {"medium", 1000}, {"thick", 2000})
#define KEEPS         W({"auto", FO_KEEP_AUTO}, {"always", FO_KEEP_ALWAYS})
#define BREAKS                                                                                 \
    W({"auto", FO_BREAK_AUTO}, {"column", FO_BREAK_COLUMN}, {"page", FO_BREAK_PAGE},           \
      {"even-page", FO_BREAK_EVEN}, {"odd-page", FO_BREAK_ODD})
#define SCALES                                                                                 \
    W({"auto", FO_WORD_AUTO}, {"scale-to-fit", FO_WORD_SCALE - FO_SCALE_TO_FIT},               \
      {"scale-down-to-fit", FO_WORD_SCALE - FO_SCALE_DOWN_TO_FIT},                             \
      {"scale-up-to-fit", FO_WORD_SCALE - FO_SCALE_UP_TO_FIT})
#define ALIGNMENTS                                                                             \
    {"start", FO_ALIGN_START}, {"end", FO_ALIGN_END}, {"center", FO_ALIGN_CENTER},             \
        {"justify", FO_ALIGN_JUSTIFY}, {"inside", FO_ALIGN_INSIDE},                            \
        {"outside", FO_ALIGN_OUTSIDE}, {"left", FO_ALIGN_START},                               \
    {                                                                                          \
        "right", FO_ALIGN_END                                                                  \
    }
#define PAGE_SIZES W({"auto", FO_WORD_AUTO}, {"indefinite", FO_WORD_AUTO})

#define I  FO_PROP_INHERITED
#define L  FO_PROP_LOCAL
#define SH FO_PROP_SHORTHAND
#define PA FO_PROP_PARTIAL
#define RE FO_PROP_REFUSED
#define AB (FO_PROP_ABSOLUTE | FO_PROP_TWIN)
#define OW FO_PROP_OWN
#define ST FO_PROP_STRICT
#define NO FO_PROP_NOTE
#define tL FO_TAKE_LENGTH
#define tP FO_TAKE_PERCENT
#define tN FO_TAKE_NUMBER
#define tI FO_TAKE_INTEGER
#define tC FO_TAKE_COLOR
#define tS FO_TAKE_SHARE
#define tT FO_TAKE_TEXT
#define tW FO_TAKE_NAME
#define tU FO_TAKE_URI

#define SHORT(name, fn)                                                                        \
    {                                                                                          \
        name, NULL, SH, FO_FIELD_NONE, 0, 0, 0, NULL, fn                                       \
    }
#define REFUSED(name, initial)                                                                 \
    {                                                                                          \
        name, initial, RE, FO_FIELD_NONE, 0, 0, 0, NULL, NULL                                  \
    }
#define NOTED(name, initial)                                                                   \
    {                                                                                          \
        name, initial, RE | NO, FO_FIELD_NONE, 0, 0, 0, NULL, NULL                             \
    }
#define BORDER_SIDE(rel, abs, side)                                                            \
    {"border-" rel "-color", NULL, tC, FO_FIELD_COLOR, OWN(border[side].color), 0, 0,          \
     W({"transparent", -1}), NULL},                                                            \
        {"border-" rel "-style", "none", 0, FO_FIELD_INT, OWN(border[side].style), 0, 0,       \
         BORDER_STYLES,          NULL},                                                        \
        {"border-" rel "-width", "medium", tL, FO_FIELD_BORDER, OWN(border[side]), 0, 0,       \
         BORDER_WIDTHS,          NULL},                                                        \
        {"border-" abs "-color", NULL, tC | AB, FO_FIELD_COLOR, OWN(border[side].color), 0, 0, \
         W({"transparent", -1}), NULL},                                                        \
        {"border-" abs "-style", "none", AB, FO_FIELD_INT, OWN(border[side].style), 0, 0,      \
         BORDER_STYLES,          NULL},                                                        \
        {"border-" abs "-width", "medium", tL | AB, FO_FIELD_BORDER, OWN(border[side]), 0, 0,  \
         BORDER_WIDTHS,          NULL},                                                        \
        {"padding-" rel, "0pt", tL | tP, FO_FIELD_PADDING, OWN(padding[side]), 0, 0,           \
         NULL,           NULL},                                                                \
    {                                                                                          \
        "padding-" abs, "0pt", tL | tP | AB, FO_FIELD_PADDING, OWN(padding[side]), 0, 0, NULL, \
            NULL                                                                               \
    }
#define PRECEDENCE(rel, side)                                                                  \
    {                                                                                          \
        "border-" rel "-precedence", NULL, tI, FO_FIELD_SHORT, OWN(border[side].precedence),   \
            0, INT16_MAX - 1, W({"force", INT16_MAX}), fo_set_border_precedence                \
    }
#define MARGIN(abs, side, limit)                                                               \
    {                                                                                          \
        "margin-" abs, "0pt", (limit) | tL | tP | FO_PROP_ABSOLUTE, FO_FIELD_LENGTH,           \
            AUX(margin[side]), ANY, 0, AUTO, fo_set_margin                                     \
    }

/* clang-format off */
const struct fo_prop fo_props[] = {
    /* 7.5 accessibility */
    NOTED("source-document", "none"),
    {"role", "none", L | tT, FO_FIELD_STRING, LOC(role), 0, 0, NULL, NULL},

    /* 7.6 absolute position */
    {"absolute-position", "auto", 0, FO_FIELD_INT, AUX(absolute_position), 0, 0,
     W({"auto", FO_POSITION_STATIC}, {"absolute", FO_POSITION_ABSOLUTE}, {"fixed", FO_POSITION_FIXED}), NULL},
    {"top", "auto", tL | tP, FO_FIELD_LENGTH, OWN(top), ANY, 0, AUTO, NULL},
    {"right", "auto", tL | tP, FO_FIELD_LENGTH, OWN(right), ANY, 0, AUTO, NULL},
    {"bottom", "auto", tL | tP, FO_FIELD_LENGTH, OWN(bottom), ANY, 0, AUTO, NULL},
    {"left", "auto", tL | tP, FO_FIELD_LENGTH, OWN(left), ANY, 0, AUTO, NULL},

    /* 7.7 aural */
    NOTED("azimuth", "center"), NOTED("cue-after", "none"), NOTED("cue-before", "none"),
    NOTED("elevation", "level"), NOTED("pause-after", NULL), NOTED("pause-before", NULL),
    NOTED("pitch", "medium"), NOTED("pitch-range", "50"), NOTED("play-during", "auto"),
    NOTED("richness", "50"), NOTED("speak", "normal"), NOTED("speak-header", "once"),
    NOTED("speak-numeral", "continuous"), NOTED("speak-punctuation", "none"),
    NOTED("speech-rate", "medium"), NOTED("stress", "50"), NOTED("voice-family", NULL),
    NOTED("volume", "medium"),

    /* 7.8 border, padding, background */
    REFUSED("background-attachment", "scroll"),
    {"background-color", "transparent", tC, FO_FIELD_COLOR, OWN(background_color), 0, 0, W({"transparent", -1}), NULL},
    REFUSED("background-image", "none"), REFUSED("background-repeat", "repeat"),
    REFUSED("background-position-horizontal", "0%"), REFUSED("background-position-vertical", "0%"),
    BORDER_SIDE("before", "top", FO_BEFORE),
    BORDER_SIDE("after", "bottom", FO_AFTER),
    BORDER_SIDE("start", "left", FO_START),
    BORDER_SIDE("end", "right", FO_END),

    /* 7.9 fonts */
    {"font-family", "sans-serif", I | tT, FO_FIELD_STRING, INH(font_family), 0, 0, NULL, fo_set_font_family},
    REFUSED("font-selection-strategy", "auto"),
    {"font-size", "12pt", I | tL | tP | FO_EARLY_SIZE, FO_FIELD_MPT, INH(font_size), 0, 0,
     W({"xx-small", 6944}, {"x-small", 8333}, {"small", 10000}, {"medium", 12000}, {"large", 14400}, {"x-large", 17280}, {"xx-large", 20736}),
     fo_set_font_size},
    REFUSED("font-stretch", "normal"),
    REFUSED("font-size-adjust", "none"),
    {"font-style", "normal", I, FO_FIELD_BOOL, INH(font_italic), 0, 0, W({"normal", 0}, {"italic", 1}, {"oblique", 1}, {"backslant", 1}), NULL},
    {"font-variant", "normal", I, FO_FIELD_BOOL, INH(small_caps), 0, 0, W({"normal", 0}, {"small-caps", 1}), NULL},
    {"font-weight", "normal", I | tI, FO_FIELD_INT, INH(font_weight), 100, 900, W({"normal", 400}, {"bold", 700}), fo_set_font_weight},

    /* 7.10 hyphenation */
    {"country", "none", I | tW, FO_FIELD_STRING, INH(country), 0, 0, NULL, fo_set_language},
    {"language", "none", I | tW, FO_FIELD_STRING, INH(language), 0, 0, NULL, fo_set_language},
    NOTED("script", "auto"),
    {"hyphenate", "false", I, FO_FIELD_BOOL, INH(hyphenate), 0, 0, YES_NO, NULL},
    {"hyphenation-character", "-", I | FO_TAKE_SPACE, FO_FIELD_CHAR, INH(hyphenation_character), 0, 0, NULL, fo_set_character},
    {"hyphenation-push-character-count", "2", I | tI, FO_FIELD_INT, INH(hyphenation_push), 1, BIG, NULL, NULL},
    {"hyphenation-remain-character-count", "2", I | tI, FO_FIELD_INT, INH(hyphenation_remain), 1, BIG, NULL, NULL},

    /* 7.11, 7.12, 7.13 margins, spaces, indents */
    MARGIN("top", FO_BEFORE, 0), MARGIN("bottom", FO_AFTER, 0), MARGIN("left", FO_START, 0), MARGIN("right", FO_END, 0),
    {"space-before", "0pt", tL, FO_FIELD_SPACE, OWN(space_before), ANY, 0, NULL, NULL},
    {"space-after", "0pt", tL, FO_FIELD_SPACE, OWN(space_after), ANY, 0, NULL, NULL},
    {"start-indent", "0pt", I | tL | tP, FO_FIELD_LENGTH, INH(start_indent), ANY, 0, NULL, NULL},
    {"end-indent", "0pt", I | tL | tP, FO_FIELD_LENGTH, INH(end_indent), ANY, 0, NULL, NULL},
    {"space-start", "0pt", tL, FO_FIELD_SPACE, OWN(space_start), ANY, 0, NULL, NULL},
    {"space-end", "0pt", tL, FO_FIELD_SPACE, OWN(space_end), ANY, 0, NULL, NULL},
    {"relative-position", "static", 0, FO_FIELD_INT, AUX(relative_position), 0, 0,
     W({"static", FO_POSITION_STATIC}, {"relative", FO_POSITION_RELATIVE}), NULL},

    /* 7.14 area alignment */
    {"alignment-adjust", "auto", PA | tL | tP, FO_FIELD_LENGTH, OWN(alignment_adjust), ANY, 0,
     W({"auto", FO_WORD_AUTO}, {"baseline", FO_WORD_AUTO}), NULL},
    {"alignment-baseline", "auto", 0, FO_FIELD_INT, OWN(alignment_baseline), 0, 0,
     W({"auto", FO_BASELINE_AUTO}, {"baseline", FO_BASELINE_BASELINE}, {"before-edge", FO_BASELINE_BEFORE_EDGE},
       {"text-before-edge", FO_BASELINE_TEXT_BEFORE_EDGE}, {"middle", FO_BASELINE_MIDDLE}, {"central", FO_BASELINE_CENTRAL},
       {"after-edge", FO_BASELINE_AFTER_EDGE}, {"text-after-edge", FO_BASELINE_TEXT_AFTER_EDGE},
       {"ideographic", FO_BASELINE_IDEOGRAPHIC}, {"alphabetic", FO_BASELINE_ALPHABETIC},
       {"hanging", FO_BASELINE_HANGING}, {"mathematical", FO_BASELINE_MATHEMATICAL}), NULL},
    {"baseline-shift", "baseline", tL | tP, FO_FIELD_LENGTH, OWN(baseline_shift), ANY, 0,
     W({"baseline", 0}, {"super", 1}, {"sub", -1}), fo_set_baseline_shift},
    {"display-align", "auto", I, FO_FIELD_INT, INH(display_align), 0, 0,
     W({"auto", FO_DISPLAY_AUTO}, {"before", FO_DISPLAY_BEFORE}, {"center", FO_DISPLAY_CENTER}, {"after", FO_DISPLAY_AFTER}), NULL},
    REFUSED("dominant-baseline", "auto"),
    {"relative-align", "before", PA | I, FO_FIELD_NONE, 0, 0, 0, W({"before", 0}), NULL},

    /* 7.15 area dimensions */
    REFUSED("allowed-height-scale", "any"),
    REFUSED("allowed-width-scale", "any"),
    {"block-progression-dimension", "auto", tL | tP, FO_FIELD_RANGE, OWN(block_size), 0, 0, AUTO, NULL},
    {"content-height", "auto", L | tL | tP, FO_FIELD_LENGTH, LOC(content_height), 0, 0, SCALES, NULL},
    {"content-width", "auto", L | tL | tP, FO_FIELD_LENGTH, LOC(content_width), 0, 0, SCALES, NULL},
    {"height", "auto", tL | tP | AB, FO_FIELD_RANGE, OWN(block_size), 0, 0, AUTO, NULL},
    {"inline-progression-dimension", "auto", tL | tP, FO_FIELD_RANGE, OWN(inline_size), 0, 0, AUTO, NULL},
    {"max-height", "none", tL | tP, FO_FIELD_LENGTH, AUX(max_size[1]), 0, 0, W({"none", FO_WORD_AUTO}), NULL},
    {"max-width", "none", tL | tP, FO_FIELD_LENGTH, AUX(max_size[0]), 0, 0, W({"none", FO_WORD_AUTO}), NULL},
    {"min-height", "0pt", tL | tP, FO_FIELD_LENGTH, AUX(min_size[1]), 0, 0, NULL, NULL},
    {"min-width", "0pt", tL | tP, FO_FIELD_LENGTH, AUX(min_size[0]), 0, 0, NULL, NULL},
    {"scaling", "uniform", L, FO_FIELD_INT, LOC(scaling_uniform), 0, 0, W({"uniform", 1}, {"non-uniform", 0}), NULL},
    NOTED("scaling-method", "auto"),
    {"width", "auto", tL | tP | AB, FO_FIELD_RANGE, OWN(inline_size), 0, 0, AUTO, NULL},

    /* 7.16 blocks and lines */
    REFUSED("hyphenation-keep", "auto"),
    {"hyphenation-ladder-count", "no-limit", I | tI, FO_FIELD_INT, INH(hyphenation_ladder), 1, BIG, W({"no-limit", 0}), NULL},
    {"last-line-end-indent", "0pt", I | tL | tP, FO_FIELD_LENGTH, INH(last_line_end_indent), ANY, 0, NULL, NULL},
    {"line-height", "normal", PA | I | tL | tP | tN, FO_FIELD_LENGTH, INH(line_height), 0, 0, NULL, fo_set_line_height},
    {"line-height-shift-adjustment", "consider-shifts", I, FO_FIELD_BOOL, INH(disregard_shifts), 0, 0,
     W({"consider-shifts", 0}, {"disregard-shifts", 1}), NULL},
    {"line-stacking-strategy", "max-height", PA | I, FO_FIELD_BOOL, INH(line_stacking_font_height), 0, 0,
     W({"max-height", 0}, {"line-height", 0}, {"font-height", 1}), NULL},
    {"linefeed-treatment", "treat-as-space", I, FO_FIELD_INT, INH(linefeed_treatment), 0, 0,
     W({"ignore", FO_LINEFEED_IGNORE}, {"preserve", FO_LINEFEED_PRESERVE}, {"treat-as-space", FO_LINEFEED_SPACE},
       {"treat-as-zero-width-space", FO_LINEFEED_ZWSP}), NULL},
    {"white-space-treatment", "ignore-if-surrounding-linefeed", I, FO_FIELD_INT, INH(white_space_treatment), 0, 0,
     W({"ignore", FO_WS_IGNORE}, {"preserve", FO_WS_PRESERVE}, {"ignore-if-before-linefeed", FO_WS_IGNORE_BEFORE_LINEFEED},
       {"ignore-if-after-linefeed", FO_WS_IGNORE_AFTER_LINEFEED},
       {"ignore-if-surrounding-linefeed", FO_WS_IGNORE_SURROUNDING_LINEFEED}), NULL},
    {"text-align", "start", PA | I, FO_FIELD_INT, INH(text_align), 0, 0, W(ALIGNMENTS), NULL},
    {"text-align-last", "relative", I, FO_FIELD_INT, INH(text_align_last), 0, 0, W({"relative", FO_ALIGN_RELATIVE}, ALIGNMENTS), NULL},
    {"text-indent", "0pt", I | tL | tP, FO_FIELD_LENGTH, INH(text_indent), ANY, 0, NULL, NULL},
    {"white-space-collapse", "true", I, FO_FIELD_BOOL, INH(white_space_collapse), 0, 0, YES_NO, NULL},
    {"wrap-option", "wrap", I, FO_FIELD_BOOL, INH(no_wrap), 0, 0, W({"wrap", 0}, {"no-wrap", 1}), NULL},

    /* 7.17 characters */
    {"character", NULL, L | FO_TAKE_SPACE, FO_FIELD_CHAR, LOC(character), 0, 0, NULL, fo_set_character},
    {"letter-spacing", "normal", PA | I | tL, FO_FIELD_MPT, INH(letter_spacing), ANY, 0, W({"normal", 0}), NULL},
    {"suppress-at-line-break", "auto", 0, FO_FIELD_BOOL, OWN(suppress_at_line_break), 0, 0, W({"auto", 0}, {"suppress", 1}, {"retain", 0}), NULL},
    {"text-decoration", "none", PA | tT, FO_FIELD_INT, AUX(decoration), 0, 0,
     W({"underline", FO_UNDERLINE}, {"overline", FO_OVERLINE}, {"line-through", FO_LINE_THROUGH},
       {"no-underline", FO_UNDERLINE << 4}, {"no-overline", FO_OVERLINE << 4}, {"no-line-through", FO_LINE_THROUGH << 4},
       {"blink", 0}, {"no-blink", 0}), fo_set_decoration},
    REFUSED("text-shadow", "none"),
    {"text-transform", "none", I, FO_FIELD_INT, INH(text_transform), 0, 0,
     W({"none", FO_TEXT_NONE}, {"capitalize", FO_TEXT_CAPITALIZE}, {"uppercase", FO_TEXT_UPPERCASE}, {"lowercase", FO_TEXT_LOWERCASE}), NULL},
    {"treat-as-word-space", "auto", 0, FO_FIELD_BOOL, OWN(treat_as_word_space), 0, 0, W({"auto", 0}, {"true", 1}, {"false", 0}), NULL},
    {"word-spacing", "normal", I | tL, FO_FIELD_SPACE, INH(word_spacing), ANY, 0, W({"normal", 0}), NULL},

    /* 7.18 colour */
    {"color", "black", I | tC | FO_EARLY, FO_FIELD_COLOR, INH(color), 0, 0, NULL, NULL},
    REFUSED("color-profile-name", NULL),
    NOTED("rendering-intent", "auto"),

    /* 7.19 floats */
    NOTED("clear", "none"), REFUSED("float", "none"), NOTED("intrusion-displace", "auto"),

    /* 7.20 keeps and breaks */
    {"break-after", "auto", 0, FO_FIELD_INT, OWN(brk.after), 0, 0, BREAKS, NULL},
    {"break-before", "auto", 0, FO_FIELD_INT, OWN(brk.before), 0, 0, BREAKS, NULL},
    {"keep-together", "auto", I | tI, FO_FIELD_KEEP, INH(keep_together), -BIG, FO_KEEP_ALWAYS - 1, KEEPS, NULL},
    {"keep-with-next", "auto", tI, FO_FIELD_KEEP, OWN(keep_with_next), -BIG, FO_KEEP_ALWAYS - 1, KEEPS, NULL},
    {"keep-with-previous", "auto", tI, FO_FIELD_KEEP, OWN(keep_with_previous), -BIG, FO_KEEP_ALWAYS - 1, KEEPS, NULL},
    {"orphans", "2", I | tI, FO_FIELD_INT, INH(orphans), 1, BIG, NULL, NULL},
    {"widows", "2", I | tI, FO_FIELD_INT, INH(widows), 1, BIG, NULL, NULL},

    /* 7.21 layout */
    REFUSED("clip", "auto"),
    {"overflow", "auto", PA, FO_FIELD_INT, OWN(overflow), 0, 0,
     W({"auto", FO_OVERFLOW_AUTO}, {"visible", FO_OVERFLOW_VISIBLE}, {"hidden", FO_OVERFLOW_HIDDEN},
       {"error-if-overflow", FO_OVERFLOW_ERROR}, {"scroll", FO_OVERFLOW_AUTO}), NULL},
    {"reference-orientation", "0", I | tI, FO_FIELD_INT, INH(reference_orientation), 0, 0, NULL, fo_set_orientation},
    {"span", "none", 0, FO_FIELD_BOOL, OWN(span_all), 0, 0, W({"none", 0}, {"all", 1}), NULL},

    /* 7.22 leaders and rules */
    NOTED("leader-alignment", "none"),
    {"leader-pattern", "space", I, FO_FIELD_INT, INH(leader_pattern), 0, 0,
     W({"space", FO_LEADER_SPACE}, {"rule", FO_LEADER_RULE}, {"dots", FO_LEADER_DOTS}, {"use-content", FO_LEADER_CONTENT}), NULL},
    {"leader-pattern-width", "use-font-metrics", PA | I | tL, FO_FIELD_MPT, INH(leader_pattern_width), 0, 0, W({"use-font-metrics", 0}), NULL},
    {"leader-length", "0pt|12pt|100%", I | tL | tP, FO_FIELD_RANGE, INH(leader_length), 0, 0, NULL, NULL},
    {"rule-style", "solid", I, FO_FIELD_INT, INH(rule_style), 0, 0, BORDER_STYLES, NULL},
    {"rule-thickness", "1pt", I | tL, FO_FIELD_MPT, INH(rule_thickness), 0, 0, NULL, NULL},

    /* 7.23 links and dynamic effects */
    REFUSED("active-state", NULL), REFUSED("auto-restore", "false"), REFUSED("case-name", NULL),
    REFUSED("case-title", NULL), NOTED("destination-placement-offset", "0pt"),
    {"external-destination", "", L | tU, FO_FIELD_STRING, LOC(external), 0, 0, NULL, NULL},
    NOTED("indicate-destination", "false"),
    {"internal-destination", "", L | tT, FO_FIELD_STRING, LOC(internal), 0, 0, NULL, NULL},
    NOTED("show-destination", "replace"),
    {"starting-state", "show", L, FO_FIELD_INT, LOC(hidden_start), 0, 0, W({"show", 0}, {"hide", 1}), NULL},
    REFUSED("switch-to", "xsl-any"),
    NOTED("target-presentation-context", "use-target-processing-context"),
    NOTED("target-processing-context", "document-root"),
    NOTED("target-stylesheet", "use-normal-stylesheet"),

    /* 7.24 indexes */
    REFUSED("index-class", ""), REFUSED("index-key", NULL), REFUSED("page-number-treatment", "no-link"),
    REFUSED("merge-ranges-across-index-key-references", "merge"),
    REFUSED("merge-sequential-page-numbers", "merge"),
    REFUSED("merge-pages-across-index-key-references", "merge"), REFUSED("ref-index-key", NULL),

    /* 7.25 markers */
    {"marker-class-name", NULL, L | tT, FO_FIELD_STRING, LOC(marker_class), 0, 0, NULL, NULL},
    {"retrieve-boundary-within-table", "table", L, FO_FIELD_INT, LOC(table_boundary), 0, 0,
     W({"table", FO_BOUNDARY_TABLE}, {"table-fragment", FO_BOUNDARY_TABLE_FRAGMENT}, {"page", FO_BOUNDARY_PAGE}), NULL},
    {"retrieve-class-name", NULL, L | tT, FO_FIELD_STRING, LOC(retrieve_class), 0, 0, NULL, NULL},
    {"retrieve-position", "first-starting-within-page", L, FO_FIELD_INT, LOC(retrieve_position), 0, 0,
     W({"first-starting-within-page", FO_FIRST_STARTING}, {"first-including-carryover", FO_FIRST_INCLUDING},
       {"last-starting-within-page", FO_LAST_STARTING}, {"last-ending-within-page", FO_LAST_ENDING}), NULL},
    {"retrieve-boundary", "page-sequence", L, FO_FIELD_INT, LOC(retrieve_boundary), 0, 0,
     W({"page", FO_BOUNDARY_PAGE}, {"page-sequence", FO_BOUNDARY_PAGE_SEQUENCE}, {"document", FO_BOUNDARY_DOCUMENT}), NULL},
    {"retrieve-position-within-table", "first-starting", L, FO_FIELD_INT, LOC(table_position), 0, 0,
     W({"first-starting", FO_FIRST_STARTING}, {"first-including-carryover", FO_FIRST_INCLUDING},
       {"last-starting", FO_LAST_STARTING}, {"last-ending", FO_LAST_ENDING}), NULL},

    /* 7.26 numbers */
    {"format", "1", L | tT, FO_FIELD_STRING, LOC(format), 0, 0, NULL, NULL},
    {"grouping-separator", NULL, L | tT | FO_TAKE_SPACE, FO_FIELD_STRING, LOC(grouping_separator), 0, 0, NULL, NULL},
    {"grouping-size", "0", L | tI, FO_FIELD_INT, LOC(grouping_size), 0, BIG, NULL, NULL},
    REFUSED("letter-value", "auto"),

    /* 7.27 pagination */
    {"blank-or-not-blank", "any", L, FO_FIELD_INT, LOC(blank), 0, 0, W({"any", FO_BLANK_ANY}, {"blank", FO_BLANK}, {"not-blank", FO_NOT_BLANK}), NULL},
    {"column-count", "1", L | tI, FO_FIELD_INT, LOC(column_count), 1, 1000, NULL, NULL},
    /* 18pt, where the Recommendation has 12pt, as the formatter most people know */
    {"column-gap", "18pt", L | tL | tP, FO_FIELD_LENGTH, LOC(column_gap), 0, 0, NULL, NULL},
    {"extent", "0pt", L | tL | tP, FO_FIELD_LENGTH, LOC(extent), 0, 0, NULL, NULL},
    {"flow-name", NULL, L | tT, FO_FIELD_STRING, LOC(flow_name), 0, 0, NULL, NULL},
    {"force-page-count", "auto", L, FO_FIELD_INT, LOC(force_page_count), 0, 0,
     W({"auto", FO_FORCE_AUTO}, {"even", FO_FORCE_EVEN}, {"odd", FO_FORCE_ODD}, {"end-on-even", FO_FORCE_END_ON_EVEN},
       {"end-on-odd", FO_FORCE_END_ON_ODD}, {"no-force", FO_FORCE_NO}), NULL},
    {"initial-page-number", "auto", L | tI, FO_FIELD_INT, LOC(initial_page_number), 1, BIG,
     W({"auto", FO_INITIAL_AUTO}, {"auto-odd", FO_INITIAL_AUTO_ODD}, {"auto-even", FO_INITIAL_AUTO_EVEN}), NULL},
    {"master-name", NULL, L | tT, FO_FIELD_STRING, LOC(master_name), 0, 0, NULL, NULL},
    {"master-reference", NULL, L | tT, FO_FIELD_STRING, LOC(master_reference), 0, 0, NULL, NULL},
    {"maximum-repeats", "no-limit", L | tI, FO_FIELD_INT, LOC(maximum_repeats), 0, BIG, W({"no-limit", -1}), NULL},
    NOTED("media-usage", "auto"),
    {"odd-or-even", "any", L, FO_FIELD_INT, LOC(odd_or_even), 0, 0, W({"any", FO_PARITY_ANY}, {"odd", FO_PARITY_ODD}, {"even", FO_PARITY_EVEN}), NULL},
    {"page-height", "auto", PA | L | tL, FO_FIELD_LENGTH, LOC(page_height), 0, 0, PAGE_SIZES, NULL},
    {"page-position", "any", L, FO_FIELD_INT, LOC(page_position), 0, 0,
     W({"any", FO_POS_ANY}, {"first", FO_POS_FIRST}, {"last", FO_POS_LAST}, {"rest", FO_POS_REST}, {"only", FO_POS_ONLY}), NULL},
    {"page-width", "auto", PA | L | tL, FO_FIELD_LENGTH, LOC(page_width), 0, 0, PAGE_SIZES, NULL},
    {"precedence", "false", L, FO_FIELD_INT, LOC(precedence), 0, 0, YES_NO, NULL},
    {"region-name", NULL, L | tT, FO_FIELD_STRING, LOC(region_name), 0, 0, NULL, NULL},
    REFUSED("flow-map-name", NULL), REFUSED("flow-map-reference", NULL),
    REFUSED("flow-name-reference", NULL), REFUSED("region-name-reference", NULL),

    /* 7.28 tables */
    PRECEDENCE("after", FO_AFTER), PRECEDENCE("before", FO_BEFORE),
    {"border-collapse", "collapse", PA | I, FO_FIELD_BOOL, INH(border_collapse), 0, 0,
     W({"collapse", 1}, {"separate", 0}, {"collapse-with-precedence", 1}), NULL},
    PRECEDENCE("end", FO_END),
    {"border-separation", NULL, SH | I | tL, FO_FIELD_NONE, 0, 0, 0, NULL, fo_expand_border_separation},
    {"border-separation.block-progression-direction", "0pt", I | tL, FO_FIELD_MPT, INH(border_spacing_block), 0, 0, NULL, NULL},
    {"border-separation.inline-progression-direction", "0pt", I | tL, FO_FIELD_MPT, INH(border_spacing_inline), 0, 0, NULL, NULL},
    PRECEDENCE("start", FO_START),
    {"caption-side", "before", PA | I, FO_FIELD_BOOL, INH(caption_before), 0, 0, W({"before", 1}, {"after", 0}, {"top", 1}, {"bottom", 0}), NULL},
    {"column-number", NULL, L | tI, FO_FIELD_INT, LOC(column_number), 1, FO_COLUMNS_MAX, NULL, NULL},
    {"column-width", "auto", PA | L | tL | tP | tS, FO_FIELD_LENGTH, LOC(column_width), 0, 0, AUTO, NULL},
    {"empty-cells", "show", I, FO_FIELD_BOOL, INH(empty_cells_show), 0, 0, W({"show", 1}, {"hide", 0}), NULL},
    {"ends-row", "false", L, FO_FIELD_INT, LOC(ends_row), 0, 0, YES_NO, NULL},
    {"number-columns-repeated", "1", L | tI, FO_FIELD_INT, LOC(columns_repeated), 1, FO_COLUMNS_MAX, NULL, NULL},
    {"number-columns-spanned", "1", L | tI, FO_FIELD_INT, LOC(columns_spanned), 1, FO_COLUMNS_MAX, NULL, NULL},
    {"number-rows-spanned", "1", L | tI, FO_FIELD_INT, LOC(rows_spanned), 1, FO_COLUMNS_MAX, NULL, NULL},
    {"starts-row", "false", L, FO_FIELD_INT, LOC(starts_row), 0, 0, YES_NO, NULL},
    {"table-layout", "auto", L, FO_FIELD_INT, LOC(table_fixed), 0, 0, W({"auto", 0}, {"fixed", 1}), NULL},
    {"table-omit-footer-at-break", "false", L, FO_FIELD_INT, LOC(omit_footer), 0, 0, YES_NO, NULL},
    {"table-omit-header-at-break", "false", L, FO_FIELD_INT, LOC(omit_header), 0, 0, YES_NO, NULL},

    /* 7.29 writing mode */
    {"direction", "ltr", PA | ST | I, FO_FIELD_NONE, 0, 0, 0, W({"ltr", 0}), NULL},
    REFUSED("glyph-orientation-horizontal", "0deg"), REFUSED("glyph-orientation-vertical", "auto"),
    REFUSED("text-altitude", "use-font-metrics"), REFUSED("text-depth", "use-font-metrics"),
    REFUSED("unicode-bidi", "normal"),
    {"writing-mode", "lr-tb", PA | ST | I, FO_FIELD_NONE, 0, 0, 0, W({"lr-tb", 0}, {"lr", 0}), NULL},

    /* 7.30 miscellaneous */
    REFUSED("change-bar-class", NULL), REFUSED("change-bar-color", NULL), REFUSED("change-bar-offset", "6pt"),
    REFUSED("change-bar-placement", "start"), REFUSED("change-bar-style", "none"), REFUSED("change-bar-width", "medium"),
    NOTED("content-type", "auto"),
    {"id", NULL, L | tT, FO_FIELD_STRING, LOC(id), 0, 0, NULL, NULL},
    REFUSED("intrinsic-scale-value", "100"), REFUSED("page-citation-strategy", "all"),
    {"provisional-label-separation", "6pt", I | tL | tP, FO_FIELD_LENGTH, INH(label_separation), ANY, 0, NULL, NULL},
    {"provisional-distance-between-starts", "24pt", I | tL | tP, FO_FIELD_LENGTH, INH(label_distance), ANY, 0, NULL, NULL},
    {"ref-id", NULL, L | tT, FO_FIELD_STRING, LOC(ref_id), 0, 0, NULL, NULL},
    REFUSED("scale-option", "width"),
    NOTED("score-spaces", "true"),
    {"src", NULL, L | tU, FO_FIELD_STRING, LOC(src), 0, 0, NULL, NULL},
    {"visibility", "visible", I, FO_FIELD_INT, INH(visibility), 0, 0, W({"visible", 0}, {"hidden", 1}, {"collapse", 2}), NULL},
    {"z-index", "auto", tI, FO_FIELD_INT, OWN(z_index), -BIG, BIG, W({"auto", 0}), NULL},

    /* 7.31 shorthands */
    {"background", NULL, SH | PA, FO_FIELD_NONE, 0, 0, 0, NULL, fo_expand_background},
    REFUSED("background-position", "0% 0%"),
    SHORT("border", fo_expand_border), SHORT("border-bottom", fo_expand_border),
    SHORT("border-color", fo_expand_four), SHORT("border-left", fo_expand_border),
    SHORT("border-right", fo_expand_border), SHORT("border-style", fo_expand_four),
    SHORT("border-spacing", fo_expand_border_spacing), SHORT("border-top", fo_expand_border),
    SHORT("border-width", fo_expand_four), NOTED("cue", "none"),
    SHORT("font", fo_expand_font), SHORT("margin", fo_expand_four),
    SHORT("padding", fo_expand_four), SHORT("page-break-after", fo_expand_page_break),
    SHORT("page-break-before", fo_expand_page_break), SHORT("page-break-inside", fo_expand_page_break),
    NOTED("pause", NULL), SHORT("position", fo_expand_position), SHORT("size", fo_expand_size),
    SHORT("vertical-align", fo_expand_vertical_align), SHORT("white-space", fo_expand_white_space),
    SHORT("xml:lang", fo_expand_xml_lang),

    /* our own */
    {"px:at", NULL, OW | L | tT, FO_FIELD_STRING, LOC(at), 0, 0, NULL, NULL},
    {"px:alt", NULL, OW | L | tT, FO_FIELD_STRING, LOC(alt), 0, 0, NULL, NULL},
    {"fox:alt-text", NULL, OW | L | tT | FO_PROP_TWIN, FO_FIELD_STRING, LOC(alt), 0, 0, NULL, NULL},
    {"px:continued-caption", NULL, OW | L | tT, FO_FIELD_STRING, LOC(continued), 0, 0, NULL, NULL},
    {"px:repeat-spanned-cells", "false", OW | L, FO_FIELD_INT, LOC(repeat_spanned), 0, 0, YES_NO, NULL},
    {"px:align", "none", OW | L, FO_FIELD_INT, LOC(align_decimal), 0, 0, W({"none", 0}, {"decimal", 1}), NULL},
    {"px:report", NULL, OW | L | tT, FO_FIELD_STRING, LOC(report), 0, 0, NULL, NULL},
    {"px:signature-field", NULL, OW | L | tT, FO_FIELD_STRING, LOC(signature_field), 0, 0, NULL, NULL},
    {"px:office-breaks", "auto", OW | I, FO_FIELD_INT, INH(office_breaks), 0, 0,
     W({"auto", FO_OFFICE_AUTO}, {"off", FO_OFFICE_OFF}, {"on", FO_OFFICE_ON}), NULL},
    {"px:kerning", "true", OW | I, FO_FIELD_BOOL, INH(kerning), 0, 0, YES_NO, NULL},
};
/* clang-format on */

const size_t fo_prop_count = sizeof fo_props / sizeof *fo_props;

_Static_assert(sizeof(enum fo_border_style) == sizeof(int32_t), "enums are stored as int32_t");
_Static_assert(sizeof fo_props / sizeof *fo_props <= FO_PROPS_MAX, "FO_PROPS_MAX is too small");
_Static_assert(offsetof(struct fo_work, style) == 0, "a style is a prefix of struct fo_work");
