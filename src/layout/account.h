/* The account of characters that sanitizer builds keep. Internal to layout.c and account.c. */
#ifndef PRIKAZ_LAYOUT_ACCOUNT_H
#define PRIKAZ_LAYOUT_ACCOUNT_H

#include "area/area.h"
#include "fo/fo.h"

/* A painter that counts what passes to `inner`; close it with account_close. */
struct area_painter *account_open(const struct fo_document *doc, struct area_painter *inner);
/* Ends the program when the document is `complete` and letters of its flows are on no page. */
void account_close(struct area_painter *painter, bool complete);

#endif
