/* stage/worker/letters.h - which dead letter of a part is its last. */
#ifndef STAGE_WORKER_LETTERS_H
#define STAGE_WORKER_LETTERS_H

#include "producer/deadletter.h"

/*
 * A part may have several dead letters: a redrive that does not mend it returns
 * it with one attempt more, and a replay rejects it again. Only one is to be
 * sent, or the part would be published as often: that of the most attempts,
 * and of those the last by partition and offset. Of each part 32 bytes are
 * kept, of at most LETTERS_MAX.
 */
struct letters;

enum { LETTERS_MAX = 1 << 20 };

/* NULL: out of memory. */
struct letters *letters_new(void);
void letters_free(struct letters *letters);

/*
 * Note the letter that message is. One by reference cannot be sent, and does
 * not count.
 *
 * FAULT_CONFIG     there are more than LETTERS_MAX
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault letters_add(struct letters *letters,
				  const struct record *message,
				  const struct letter *letter);

/* Whether no letter that was added takes the place of this one: a later one of
 * the same part, or, where it is of a message that was bad as a whole, of any
 * part of that. */
bool letters_is_last(const struct letters *letters,
		     const struct record *message, const struct letter *letter);

#endif
