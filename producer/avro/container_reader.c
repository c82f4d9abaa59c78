#include "producer/avro/container_reader.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>

#include "base/ascii.h"

enum {
	/* Room for any schema, and for what other writers add to it. */
	HEADER_MAX = 4 << 20,
	/* Bytes read at once: a length that lies costs no more than this. */
	CHUNK = 64 << 10,
};

static const char magic[] = { 'O', 'b', 'j', 1 };

void container_reader_init(struct container_reader *reader, FILE *file,
			   size_t max_bytes)
{
	assert(reader && file);

	*reader = (struct container_reader){ .file = file };
	buffer_init(&reader->block, max_bytes);
}

void container_reader_release(struct container_reader *reader)
{
	buffer_release(&reader->block);
}

/* Why the file gave less than was asked for. */
static enum fault complain_short(const struct container_reader *reader,
				 struct fault_note *note)
{
	if (ferror(reader->file))
		return fault_noted(FAULT_FILE, note, "%s",
				   strerrordesc_np(errno));
	return fault_noted(FAULT_FILE, note,
			   "the file is cut: it ends at byte %" PRIu64,
			   reader->at);
}

static enum fault complain_damage(const struct container_reader *reader,
				  const char *what, struct fault_note *note)
{
	return fault_noted(FAULT_FILE, note,
			   "the file is damaged before byte %" PRIu64 ": %s",
			   reader->at, what);
}

/* Append size bytes to out, which may hold fewer than that after a fault. */
static enum fault read_bytes(struct container_reader *reader, size_t size,
			     struct buffer *out, struct fault_note *note)
{
	while (size > 0) {
		size_t part = size < CHUNK ? size : CHUNK;
		enum fault fault = buffer_reserve(out, part);
		if (fault)
			return fault;
		size_t got =
			fread(out->bytes + out->len, 1, part, reader->file);
		out->len += got;
		reader->at += got;
		if (got < part)
			return complain_short(reader, note);
		size -= part;
	}
	return FAULT_NONE;
}

/* Avro's zig-zag varint, in min..max. */
static enum fault read_long(struct container_reader *reader, int64_t min,
			    int64_t max, const char *what, int64_t *out,
			    struct fault_note *note)
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < 10; i++) {
		int byte = getc(reader->file);
		if (byte == EOF)
			return complain_short(reader, note);
		reader->at++;
		if (i == 9 && byte > 1)
			break;
		bits |= (uint64_t)(byte & 0x7F) << 7 * i;
		if (byte > 0x7F)
			continue;
		int64_t number = (int64_t)(bits >> 1 ^ -(bits & 1));
		if (number < min || number > max)
			break;
		*out = number;
		return FAULT_NONE;
	}
	return complain_damage(reader, what, note);
}

/* Length and bytes, which come in place of what out held. */
static enum fault read_text(struct container_reader *reader, struct buffer *out,
			    struct fault_note *note)
{
	int64_t len = 0, room = HEADER_MAX - (int64_t)reader->at;
	enum fault fault = read_long(reader, 0, room,
				     "a length of the header is too large",
				     &len, note);

	buffer_clear(out);
	return fault ? fault : read_bytes(reader, (size_t)len, out, note);
}

/* What the header's map says so far. */
struct header {
	struct buffer name, value;
	struct buffer *schema; /* the caller's */
};

/* A codec's name, if it is fit to be shown. */
static enum fault refuse_codec(struct slice name, struct fault_note *note)
{
	bool plain = name.len > 0 && name.len < 20;

	for (size_t i = 0; plain && i < name.len; i++)
		plain = ascii_is_alnum(name.ptr[i]) || name.ptr[i] == '-';
	return fault_noted(FAULT_FILE, note,
			   "its blocks are compressed (codec %.*s), and only "
			   "codec null is read",
			   SLICE_ARG(plain ? name : SLICE("unknown")));
}

static enum fault take_entry(struct container_reader *reader,
			     struct header *header, struct fault_note *note)
{
	enum fault fault = read_text(reader, &header->name, note);

	if (!fault)
		fault = read_text(reader, &header->value, note);
	if (fault)
		return fault;
	struct slice name = buffer_slice(&header->name);
	struct slice value = buffer_slice(&header->value);
	if (slice_equal(name, SLICE("avro.codec")) &&
	    !slice_equal(value, SLICE("null")))
		return refuse_codec(value, note);
	if (slice_equal(name, SLICE("avro.schema"))) {
		buffer_clear(header->schema);
		buffer_add(header->schema, value);
	}
	return header->schema->fault;
}

/* The header's map, block by block; a negative count is followed by a size. */
static enum fault take_entries(struct container_reader *reader,
			       struct header *header, struct fault_note *note)
{
	int64_t count = 1, size;
	enum fault fault = FAULT_NONE;

	while (!fault && count != 0) {
		fault = read_long(reader, -HEADER_MAX, HEADER_MAX,
				  "the header counts too many entries", &count,
				  note);
		if (!fault && count < 0)
			fault = read_long(reader, 0, HEADER_MAX,
					  "a length of the header is too large",
					  &size, note);
		for (int64_t i = 0; !fault && i < (count < 0 ? -count : count);
		     i++)
			fault = take_entry(reader, header, note);
	}
	return fault;
}

static enum fault take_magic(struct container_reader *reader,
			     struct buffer *out, struct fault_note *note)
{
	enum fault fault = read_bytes(reader, sizeof magic, out, note);

	if (fault == FAULT_NO_MEMORY || ferror(reader->file))
		return fault;
	if (fault || memcmp(out->bytes, magic, sizeof magic) != 0)
		return fault_noted(FAULT_FILE, note,
				   "it is no Avro object container file");
	return FAULT_NONE;
}

/* The marker behind the header, or behind each block, into out. */
static enum fault take_sync(struct container_reader *reader,
			    unsigned char out[CONTAINER_SYNC_SIZE],
			    struct fault_note *note)
{
	size_t got = fread(out, 1, CONTAINER_SYNC_SIZE, reader->file);

	reader->at += got;
	return got < CONTAINER_SYNC_SIZE ? complain_short(reader, note)
					 : FAULT_NONE;
}

enum fault container_read_header(struct container_reader *reader,
				 struct buffer *schema, struct fault_note *note)
{
	assert(reader && schema && note);

	struct header header = { .schema = schema };

	buffer_init(&header.name, SIZE_MAX);
	buffer_init(&header.value, SIZE_MAX);
	buffer_clear(schema);
	enum fault fault = take_magic(reader, &header.value, note);
	if (!fault)
		fault = take_entries(reader, &header, note);
	if (!fault && schema->len == 0)
		fault = complain_damage(reader, "the header names no schema",
					note);
	if (!fault)
		fault = take_sync(reader, reader->sync, note);
	buffer_release(&header.name);
	buffer_release(&header.value);
	return fault;
}

/* False: the file ends here, or cannot be read, which ferror() tells. */
static bool has_more(struct container_reader *reader)
{
	int byte = getc(reader->file);

	return byte != EOF && ungetc(byte, reader->file) != EOF;
}

/* One block, which may hold nothing. */
static enum fault take_block(struct container_reader *reader,
			     struct container_block *out,
			     struct fault_note *note)
{
	unsigned char sync[CONTAINER_SYNC_SIZE];
	int64_t count = 0, size = 0;
	int64_t most = reader->block.limit < INT64_MAX
			       ? (int64_t)reader->block.limit
			       : INT64_MAX;
	enum fault fault = read_long(reader, 0, INT64_MAX,
				     "no block begins there", &count, note);

	buffer_clear(&reader->block);
	if (!fault)
		fault = read_long(reader, 0, most,
				  "a block is larger than what is read at once",
				  &size, note);
	if (!fault && count > size)
		fault = complain_damage(
			reader, "a block has more records than bytes", note);
	if (!fault)
		fault = read_bytes(reader, (size_t)size, &reader->block, note);
	if (!fault)
		fault = take_sync(reader, sync, note);
	if (!fault && memcmp(sync, reader->sync, sizeof sync) != 0)
		fault = complain_damage(reader,
					"the block does not end in the sync "
					"marker",
					note);
	if (!fault)
		*out = (struct container_block){ (uint64_t)count,
						 buffer_slice(&reader->block) };
	return fault;
}

enum fault container_read_block(struct container_reader *reader,
				struct container_block *out,
				struct fault_note *note)
{
	assert(reader && out && note);

	struct container_block block = { .count = 0 };
	enum fault fault = FAULT_NONE;

	while (!fault && block.count == 0 && has_more(reader))
		fault = take_block(reader, &block, note);
	if (!fault && ferror(reader->file))
		fault = complain_short(reader, note);
	if (!fault)
		*out = block;
	return fault;
}
