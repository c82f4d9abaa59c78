/* producer/fields.h - which member of struct article each Avro field holds. */
#ifndef PRODUCER_FIELDS_H
#define PRODUCER_FIELDS_H

#include <avro.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

enum field_kind {
	FIELD_TEXT,	      /* struct slice; absent: empty */
	FIELD_TEXT_OR_NULL,   /* struct slice; absent: null */
	FIELD_WORD,	      /* an enum of transform/enums.h */
	FIELD_INT,	      /* 32 bits */
	FIELD_INT_OR_NULL,    /* 32 bits; none: null */
	FIELD_LONG,	      /* int64_t */
	FIELD_LONG_OR_NULL,   /* int64_t; none: null */
	FIELD_HASH,	      /* unsigned char[HASH_SIZE] */
	FIELD_RECORD,	      /* a struct */
	FIELD_RECORD_OR_NULL, /* a struct of texts; all absent: null */
	/* lists */
	FIELD_TEXTS,	/* struct slice *, and a count */
	FIELD_RECORDS,	/* a pointer to structs, and a count */
	FIELD_TEXT_MAP, /* struct extra *, and a count */
};

struct record_fields;

/* One field of an Avro record, and the member of the struct it comes from. */
struct field {
	const char *name; /* the schema's */
	enum field_kind kind;
	size_t offset;	     /* of the member */
	size_t count_offset; /* of the list's count, a size_t */
	int64_t none;	     /* the member's value that means null */
	const struct record_fields *record; /* of FIELD_RECORD... */
	const char *const *words;	    /* of FIELD_WORD: the symbols */
	int word_count;
};

/* One Avro record, its fields in the schema's order. */
struct record_fields {
	const struct field *fields;
	size_t count;
	size_t size; /* of the struct */
};

/* Of struct article. */
extern const struct record_fields article_fields;

/*
 * Whether schema has exactly these fields, of these types and in this order.
 *
 * FAULT_CONFIG  it has not; note names the field
 */
MUST_CHECK enum fault fields_check(const struct record_fields *record,
				   avro_schema_t schema,
				   struct fault_note *note);

/*
 * Set each field of out, a record whose schema was checked, from the struct
 * at base, whose texts it then borrows. Returns 0, or avro-c's errno where it
 * is out of memory.
 */
MUST_CHECK int fields_fill(const struct record_fields *record, const void *base,
			   avro_value_t *out);

#endif
