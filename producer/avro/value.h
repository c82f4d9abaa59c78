/* producer/avro/value.h - C structs as Avro values, where they lie. */
#ifndef PRODUCER_AVRO_VALUE_H
#define PRODUCER_AVRO_VALUE_H

#include <avro.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

struct record_fields;

/*
 * One class of values: how avro-c reads a member of a struct. Each is static
 * and never changes. A value's self points at the member; a list's at the
 * struct that holds the pointer and the count.
 */
struct value_class {
	avro_value_iface_t methods; /* first: avro-c hands it to each method */
	avro_type_t type;
	const struct value_class *branch; /* of a union: beside null */
	int64_t none;			  /* the number that means null */
	const struct value_class *item;	  /* of an array or a map */
	size_t item_size, list_offset, count_offset; /* of them */
	const struct record_fields *record;	     /* of a record */
	const char *const *words;		     /* of an enum: symbols */
	int word_count;
};

/* One field of an Avro record. */
struct field {
	const char *name; /* the schema's */
	const struct value_class *class;
	size_t offset; /* of the member; 0 for a list */
};

/* One Avro record, its fields in the schema's order. */
struct record_fields {
	const struct field *fields;
	size_t count;
};

/* What has no parameter. */
extern const struct value_class value_text;	    /* struct slice */
extern const struct value_class value_text_or_null; /* ptr NULL: null */
extern const struct value_class value_int;	    /* 32 bits */
extern const struct value_class value_long;	    /* int64_t */
extern const struct value_class value_hash; /* unsigned char[HASH_SIZE] */

/* Initializers of what has one; methods are value.c's. */

/* An enum of transform/enums.h; symbols is an array. */
#define VALUE_WORD(symbols) \
	{ \
		.methods = { .get_type = value_type, \
			     .get_enum = value_get_int }, \
		.type = AVRO_ENUM, .words = symbols, \
		.word_count = sizeof(symbols) / sizeof *(symbols) \
	}

/* 32 or 64 bits, of which one value means null. */
#define VALUE_INT_OR_NULL(number) \
	VALUE_UNION(value_has_int, &value_int, .none = number)
#define VALUE_LONG_OR_NULL(number) \
	VALUE_UNION(value_has_long, &value_long, .none = number)
#define VALUE_UNION(has, class, ...) \
	{ \
		.methods = { .get_type = value_type, \
			     .get_discriminant = has, \
			     .get_current_branch = value_get_branch }, \
		.type = AVRO_UNION, .branch = class, __VA_ARGS__ \
	}

/* A struct; list is an array of struct field. */
#define VALUE_RECORD(list) \
	{ \
		.methods = { .get_type = value_type, \
			     .get_size = value_record_size, \
			     .get_by_index = value_record_member }, \
		.type = AVRO_RECORD, .record = &(const struct record_fields) \
		{ \
			list, sizeof(list) / sizeof *(list) \
		} \
	}

/* A struct of texts alone, null where all are absent. */
#define VALUE_TEXTS_OR_NULL(class) VALUE_UNION(value_has_text, class, .none = 0)

/* A pointer to items of size bytes, and their count, in struct owner. */
#define VALUE_LIST(class, size, owner, list, count) \
	VALUE_COUNTED(AVRO_ARRAY, value_list_item, class, size, owner, list, \
		      count)
/* The same to struct extra; names are unique, a NUL is behind each. */
#define VALUE_MAP(owner, list, count) \
	VALUE_COUNTED(AVRO_MAP, value_map_item, &value_text, \
		      sizeof(struct extra), owner, list, count)
#define VALUE_COUNTED(avro, get, class, size, owner, list, count) \
	{ \
		.methods = { .get_type = value_type, \
			     .get_size = value_list_size, \
			     .get_by_index = get }, \
		.type = avro, .item = class, .item_size = size, \
		.list_offset = offsetof(struct owner, list), \
		.count_offset = offsetof(struct owner, count) \
	}

/* The methods; avro-c calls them. */
avro_type_t value_type(const avro_value_iface_t *class, const void *self);
int value_get_int(const avro_value_iface_t *class, const void *self, int *out);
int value_has_int(const avro_value_iface_t *class, const void *self, int *out);
int value_has_long(const avro_value_iface_t *class, const void *self, int *out);
int value_has_text(const avro_value_iface_t *class, const void *self, int *out);
int value_get_branch(const avro_value_iface_t *class, const void *self,
		     avro_value_t *out);
int value_record_size(const avro_value_iface_t *class, const void *self,
		      size_t *out);
int value_record_member(const avro_value_iface_t *class, const void *self,
			size_t index, avro_value_t *out, const char **name);
int value_list_size(const avro_value_iface_t *class, const void *self,
		    size_t *out);
int value_list_item(const avro_value_iface_t *class, const void *self,
		    size_t index, avro_value_t *out, const char **name);
int value_map_item(const avro_value_iface_t *class, const void *self,
		   size_t index, avro_value_t *out, const char **name);

/* The struct at self, borrowed, as an Avro value of that class. */
avro_value_t value_of(const struct value_class *class, const void *self);

/*
 * Whether schema, which goes by name in the note, has the types, fields and
 * symbols of class, in the same order.
 *
 * FAULT_CONFIG  it has not; note says where
 */
MUST_CHECK enum fault value_check(const struct value_class *class,
				  avro_schema_t schema, const char *name,
				  struct fault_note *note);

#endif
