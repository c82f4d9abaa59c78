#include "producer/deadletter.h"

#include <assert.h>
#include <inttypes.h>
#include <openssl/evp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	OWN_HEADERS = 19,
	REFERENCE_BYTES = 4096, /* of the value; and the longest key */
	HASH_BYTES = 32,	/* SHA-256 */
};

struct deadletter {
	struct deadletter_config config;
	struct record_header *headers; /* owned */
	size_t room;
	size_t count;
	char text[4096]; /* of the headers' values, each with its NUL */
	size_t used;
};

struct deadletter *deadletter_new(const struct deadletter_config *config)
{
	struct deadletter *deadletter = calloc(1, sizeof *deadletter);

	if (deadletter)
		deadletter->config = *config;
	return deadletter;
}

void deadletter_free(struct deadletter *deadletter)
{
	if (!deadletter)
		return;
	free(deadletter->headers);
	free(deadletter);
}

static bool make_room(struct deadletter *deadletter, size_t room)
{
	if (room <= deadletter->room)
		return true;
	struct record_header *grown =
		realloc(deadletter->headers, room * sizeof *grown);
	if (!grown)
		return false;
	deadletter->headers = grown;
	deadletter->room = room;
	return true;
}

static void add(struct deadletter *deadletter, const char *name,
		struct slice value)
{
	assert(deadletter->count < deadletter->room);
	deadletter->headers[deadletter->count++] =
		(struct record_header){ slice_from(name), value };
}

/* A header whose value is made here; cut off where the space is full. */
__attribute__((format(printf, 3, 4))) static void add_text(
	struct deadletter *deadletter, const char *name, const char *format,
	...)
{
	char *text = deadletter->text + deadletter->used;
	size_t room = sizeof deadletter->text - deadletter->used;
	va_list args;

	va_start(args, format);
	int wanted = vsnprintf(text, room, format, args);
	va_end(args);
	assert(wanted >= 0 && room > 0);
	size_t len = (size_t)wanted < room ? (size_t)wanted : room - 1;
	add(deadletter, name, (struct slice){ text, len });
	deadletter->used += len < room - 1 ? len + 1 : len;
}

/* As org.apache.kafka.connect.runtime.errors.DeadLetterQueueReporter. */
static void add_connect(struct deadletter *deadletter, const struct record *raw,
			const struct rejection *rejection)
{
	const char *fault = fault_name(rejection->fault);

	add(deadletter, "__connect.errors.topic", raw->topic);
	add_text(deadletter, "__connect.errors.partition", "%" PRId32,
		 raw->partition);
	add_text(deadletter, "__connect.errors.offset", "%" PRId64,
		 raw->offset);
	add(deadletter, "__connect.errors.connector.name",
	    slice_from(deadletter->config.group_id));
	add_text(deadletter, "__connect.errors.task.id", "%u",
		 deadletter->config.worker);
	add(deadletter, "__connect.errors.stage", SLICE("TRANSFORMATION"));
	add(deadletter, "__connect.errors.class.name", SLICE("wirestage"));
	add(deadletter, "__connect.errors.exception.class.name",
	    slice_from(fault));
	add(deadletter, "__connect.errors.exception.message",
	    slice_from(fault_text(rejection->fault)));
}

static void add_own(struct deadletter *deadletter, const struct record *raw,
		    const struct rejection *rejection)
{
	add(deadletter, "wirestage.fault",
	    slice_from(fault_name(rejection->fault)));
	add_text(deadletter, "wirestage.part", "%u", rejection->part);
	if (rejection->whole)
		add(deadletter, "wirestage.whole", SLICE("true"));
	add_text(deadletter, "wirestage.at", "%zu", rejection->offset);
	add_text(deadletter, "wirestage.attempt", "%u", rejection->attempt);
	add_text(deadletter, "wirestage.origin",
		 "%.*s/%" PRId32 "/%" PRId64 "/%u", SLICE_ARG(raw->topic),
		 raw->partition, raw->offset, rejection->part);
	add(deadletter, "wirestage.version",
	    slice_from(deadletter->config.version));
}

static void add_reference(struct deadletter *deadletter, struct slice value)
{
	unsigned char hash[HASH_BYTES] = { 0 };
	char hex[2 * HASH_BYTES + 1];

	add(deadletter, "wirestage.reference", SLICE("true"));
	add_text(deadletter, "wirestage.size", "%zu", value.len);
	if (!EVP_Digest(value.ptr, value.len, hash, NULL, EVP_sha256(), NULL))
		return;
	for (size_t i = 0; i < HASH_BYTES; i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	add_text(deadletter, "wirestage.sha256", "%s", hex);
}

static struct outgoing whole(const struct deadletter *deadletter,
			     const struct record *raw)
{
	return (struct outgoing){
		.topic = deadletter->config.topic,
		.key = raw->key,
		.value = raw->value,
		.timestamp_ms = raw->timestamp_ms,
		.headers = deadletter->headers,
		.header_count = deadletter->count,
	};
}

/* By how much a record is larger than the topic takes. */
static size_t excess_of(const struct deadletter *deadletter,
			const struct outgoing *out)
{
	size_t size = outgoing_size(out);
	size_t most = deadletter->config.max_bytes;

	return size > most ? size - most : 0;
}

/* Drop the raw message's headers, which stand first, and cut the value. */
static void make_reference(struct deadletter *deadletter,
			   const struct record *raw, struct outgoing *out)
{
	add_reference(deadletter, raw->value);
	out->headers = deadletter->headers + raw->header_count;
	out->header_count = deadletter->count - raw->header_count;
	if (out->value.len > REFERENCE_BYTES)
		out->value.len = REFERENCE_BYTES;
	if (out->key.len > REFERENCE_BYTES)
		out->key = SLICE_NONE;
	/* The topic may take less than that. */
	size_t excess = excess_of(deadletter, out);
	out->value.len -= excess < out->value.len ? excess : out->value.len;
	if (excess_of(deadletter, out))
		out->key = SLICE_NONE;
}

enum fault deadletter_record(struct deadletter *deadletter,
			     const struct record *raw,
			     const struct rejection *rejection,
			     bool by_reference, struct outgoing *out)
{
	if (!make_room(deadletter, OWN_HEADERS + raw->header_count))
		return FAULT_NO_MEMORY;

	deadletter->used = 0;
	deadletter->count = raw->header_count;
	if (raw->header_count)
		memcpy(deadletter->headers, raw->headers,
		       raw->header_count * sizeof *raw->headers);
	add_connect(deadletter, raw, rejection);
	add_own(deadletter, raw, rejection);

	struct outgoing record = whole(deadletter, raw);
	if (by_reference || excess_of(deadletter, &record))
		make_reference(deadletter, raw, &record);
	*out = record;
	return FAULT_NONE;
}
