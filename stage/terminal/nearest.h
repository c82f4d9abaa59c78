/* stage/terminal/nearest.h - the word that somebody probably meant. */
#ifndef STAGE_TERMINAL_NEAREST_H
#define STAGE_TERMINAL_NEAREST_H

#include "base/slice.h"

/* The candidate found so far; zeroed at the start. */
struct nearest {
	const char *word; /* NULL: none is near enough */
	unsigned distance;
};

/*
 * Keep candidate, which stays the caller's, where it is nearer to word than
 * what was kept, and no more than a third of word's letters off.
 *
 *	word "input.topic": candidate "input.topics" is kept
 *
 * Near counts letters put in, left out, changed, or swapped with their
 * neighbour (optimal string alignment), whatever their case.
 */
void nearest_offer(struct nearest *nearest, struct slice word,
		   const char *candidate);

#endif
