/* Pointed assertions on a run's areas and messages: the language of NAME.checks.
 *
 * One assertion a line, `#` begins a comment. A relation is = != < <= > >=; without one «=» is
 * meant. A length is a number with pt (or nothing), mm, cm or in, and is as exact as it is
 * written: `x 20mm` holds from 19.5 to 20.5 mm, `x 20.00mm` from 19.995 to 20.005 mm.
 *
 *     status 1                  exit status of the run; 0 where nothing is said
 *     pages = 8                 how many pages
 *     message "overflows"       a line of the messages contains it
 *     messages 0                how many lines of messages
 *     count "Приложение" >= 2   how often the whole text contains it
 *     order "a" "b" "c"         the whole text has them in this order
 *     page 2 contains "31"      the text of a page; also lacks
 *     page 2 width 297mm        also height, label "ii"
 *     text "31." page 2 x 85 y <= 700pt size 12 font "LiberationSerif" role "TD" line 7
 *     box page 1 x 30mm width 165mm height > 1cm
 *     report "stamp" page 1 x 100mm right < 190mm bottom < 200mm
 *     image "a.png" width 20mm
 *     rule page 1 y 20mm
 *     link "app-1" page 1
 *     dest "app-1" page 3
 *     bookmark "Приложение 1"
 *     no text "#" page 1        there is none such
 *
 * text, box, rule, image, path, group, link, dest, report hold when at least one area of the kind
 * fits all that is said. x and y are those of the area from the page's top left corner (of text:
 * start and baseline), whatever groups it stands in, as long as none of them is turned. Text is
 * found within one area, that is one line in one font; `contains` looks at the whole page, where
 * lines are joined by a space and words broken by a hyphen are whole again. */
#ifndef PRIKAZ_TESTS_CHECKS_H
#define PRIKAZ_TESTS_CHECKS_H

#include "unit/run.h"

#include <stdbool.h>

/* Hold the lines of `checks` against a run of `prikaz render --dump=areas`. Each that does not
 * hold, or is not understood, adds a line «name:line: …» to `faults`. True when all hold. */
bool checks_hold(const char *name, const char *checks, const struct run *run,
                 struct buf *faults);

#endif
