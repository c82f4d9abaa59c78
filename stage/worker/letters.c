#include "stage/worker/letters.h"

#include <stdlib.h>

enum {
	FIRST_SLOTS = 1024,
	/* How a rank is made up; an offset has what is left. */
	ATTEMPT_BITS = 10,
	PARTITION_BITS = 14,
	OFFSET_BITS = 64 - ATTEMPT_BITS - PARTITION_BITS,
};

/* In place of a part's number. */
static const int64_t whole = -1;

struct slot {
	uint64_t key, rank; /* key 0: free */
};

/* A hash table, at most half full. */
struct letters {
	struct slot *slots;
	size_t slot_count, count;
};

struct letters *letters_new(void)
{
	struct letters *letters = calloc(1, sizeof *letters);

	if (!letters)
		return NULL;
	letters->slot_count = FIRST_SLOTS;
	letters->slots = calloc(FIRST_SLOTS, sizeof *letters->slots);
	if (letters->slots)
		return letters;
	free(letters);
	return NULL;
}

void letters_free(struct letters *letters)
{
	if (!letters)
		return;
	free(letters->slots);
	free(letters);
}

static uint64_t mix(uint64_t sum, uint64_t value)
{
	return (sum ^ value) * UINT64_C(1099511628211);
}

/* What tells a part of a raw message, or the whole of it, from all others: as
 * FNV-1a does, of bytes and then of numbers. */
static uint64_t key_of(const struct letter *letter, int64_t part)
{
	const struct record *raw = &letter->raw;
	uint64_t key = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < raw->topic.len; i++)
		key = mix(key, (unsigned char)raw->topic.ptr[i]);
	key = mix(key, (uint64_t)raw->partition);
	key = mix(key, (uint64_t)raw->offset);
	key = mix(key, (uint64_t)part);
	key ^= key >> 32;
	return key ? key : 1;
}

static uint64_t rank_of(const struct record *message,
			const struct letter *letter)
{
	const uint64_t attempts = (1 << ATTEMPT_BITS) - 1;
	const uint64_t partitions = (1 << PARTITION_BITS) - 1;
	const uint64_t offsets = (UINT64_C(1) << OFFSET_BITS) - 1;
	uint64_t attempt = letter->rejection.attempt;

	attempt = attempt < attempts ? attempt : attempts;
	return attempt << (PARTITION_BITS + OFFSET_BITS) |
	       ((uint64_t)message->partition & partitions) << OFFSET_BITS |
	       ((uint64_t)message->offset & offsets);
}

/* The slot of that key, or the free one where it belongs. */
static struct slot *find(const struct letters *letters, uint64_t key)
{
	size_t mask = letters->slot_count - 1, at = key & mask;

	while (letters->slots[at].key && letters->slots[at].key != key)
		at = (at + 1) & mask;
	return &letters->slots[at];
}

static bool grow(struct letters *letters)
{
	struct letters grown = *letters;

	grown.slot_count *= 2;
	grown.slots = calloc(grown.slot_count, sizeof *grown.slots);
	if (!grown.slots)
		return false;
	for (size_t i = 0; i < letters->slot_count; i++)
		if (letters->slots[i].key)
			*find(&grown, letters->slots[i].key) =
				letters->slots[i];
	free(letters->slots);
	*letters = grown;
	return true;
}

static enum fault add(struct letters *letters, uint64_t key, uint64_t rank)
{
	struct slot *slot = find(letters, key);

	if (!slot->key) {
		if (letters->count == LETTERS_MAX)
			return FAULT_CONFIG;
		if (++letters->count * 2 > letters->slot_count &&
		    !grow(letters))
			return FAULT_NO_MEMORY;
		slot = find(letters, key);
		slot->key = key;
	}
	if (rank > slot->rank)
		slot->rank = rank;
	return FAULT_NONE;
}

enum fault letters_add(struct letters *letters, const struct record *message,
		       const struct letter *letter)
{
	uint64_t rank = rank_of(message, letter);
	enum fault fault = FAULT_NONE;

	if (letter->by_reference)
		return FAULT_NONE;
	if (!letter->rejection.whole)
		fault = add(letters, key_of(letter, letter->rejection.part),
			    rank);
	return fault ? fault : add(letters, key_of(letter, whole), rank);
}

bool letters_is_last(const struct letters *letters,
		     const struct record *message, const struct letter *letter)
{
	int64_t part = letter->rejection.part;

	if (letter->rejection.whole)
		part = whole;

	return find(letters, key_of(letter, part))->rank <=
	       rank_of(message, letter);
}
