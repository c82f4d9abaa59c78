/* stage/terminal/portrait.h - one article as a person reads it. */
#ifndef STAGE_TERMINAL_PORTRAIT_H
#define STAGE_TERMINAL_PORTRAIT_H

#include <avro.h>
#include <stdio.h>

#include "base/record.h"

/*
 * Write the article that record holds: headline, deck, what is known of it and
 * why each topic is there, the body with its crossheads set apart, the
 * captions, and where it came from. What the article lacks is left out. bold:
 * out is a terminal, and headings may stand out.
 */
void portrait_print(const struct record *record, const avro_value_t *article,
		    bool bold, FILE *out);

/* How much there is to see in it, beside plain paragraphs: a deck, crossheads
 * and pictures count one each. */
size_t portrait_variety(const avro_value_t *article);

#endif
