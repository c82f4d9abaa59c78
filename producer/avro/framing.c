#include "producer/avro/framing.h"

enum { SINGLE_OBJECT_SIZE = 10, CONFLUENT_SIZE = 5 };

static const unsigned char single_object_marker[] = { 0xC3, 0x01 };

size_t framing_header(const struct framing *framing,
		      unsigned char out[FRAMING_HEADER_MAX])
{
	switch (framing->kind) {
	case FRAMING_SINGLE_OBJECT:
		memcpy(out, single_object_marker, sizeof single_object_marker);
		for (unsigned i = 0; i < 8; i++)
			out[2 + i] =
				(unsigned char)(framing->fingerprint >> 8 * i);
		return SINGLE_OBJECT_SIZE;
	case FRAMING_CONFLUENT:
		out[0] = 0;
		for (unsigned i = 0; i < 4; i++)
			out[1 + i] = (unsigned char)(framing->schema_id >>
						     (24 - 8 * i));
		return CONFLUENT_SIZE;
	case FRAMING_NONE:
		break;
	}
	return 0;
}

bool framing_read(struct slice message, struct framing *out, struct slice *body)
{
	const unsigned char *bytes = (const unsigned char *)message.ptr;

	if (message.len >= SINGLE_OBJECT_SIZE &&
	    !memcmp(bytes, single_object_marker, sizeof single_object_marker)) {
		*out = (struct framing){ .kind = FRAMING_SINGLE_OBJECT };
		for (unsigned i = 0; i < 8; i++)
			out->fingerprint |= (uint64_t)bytes[2 + i] << 8 * i;
		*body = slice_skip(message, SINGLE_OBJECT_SIZE);
		return true;
	}
	if (message.len >= CONFLUENT_SIZE && bytes[0] == 0) {
		*out = (struct framing){ .kind = FRAMING_CONFLUENT };
		for (unsigned i = 0; i < 4; i++)
			out->schema_id = out->schema_id << 8 | bytes[1 + i];
		*body = slice_skip(message, CONFLUENT_SIZE);
		return true;
	}
	return false;
}
