#include <stdlib.h>
#include <string.h>

#include "producer/avro/encoder.h"
#include "producer/avro/json.h"
#include "producer/avro/walk.h"
#include "schemas/embedded.h"
#include "tests/unit/sample_article.h"
#include "tests/unit/suite.h"

static struct article_encoder *encoder;
static struct json_form *form;
static struct buffer out, text, other;

static void open_all(void)
{
	struct fault_note note;

	ck_assert_int_eq(article_encoder_new(embedded_article_schema(),
					     &encoder, &note),
			 FAULT_NONE);
	ck_assert_int_eq(json_form_new(embedded_article_schema(), &form, &note),
			 FAULT_NONE);
	buffer_init(&out, SIZE_MAX);
	buffer_init(&text, SIZE_MAX);
	buffer_init(&other, SIZE_MAX);
}

static void close_all(void)
{
	article_encoder_free(encoder);
	json_form_free(form);
	buffer_release(&out);
	buffer_release(&text);
	buffer_release(&other);
}

static void encode(const struct article *article)
{
	ck_assert_int_eq(article_encode(encoder, article, &out), FAULT_NONE);
}

static void print(const avro_value_t *value, struct buffer *to)
{
	buffer_clear(to);
	ck_assert_int_eq(json_form_print(form, value, JSON_STYLE_LINE, to),
			 FAULT_NONE);
}

static void assert_read_back(const struct article *article)
{
	avro_value_t written = article_value(article), read;

	buffer_clear(&out);
	encode(article);
	ck_assert(article_decode(encoder, buffer_slice(&out), &read));
	print(&written, &text);
	print(&read, &other);
	ck_assert(slice_equal(buffer_slice(&text), buffer_slice(&other)));
}

START_TEST(what_is_written_is_read_back)
{
	struct article full = sample_article(), bare = sample_bare_article();

	/* in turns: nothing of the one may stay in the other */
	for (int i = 0; i < 2; i++) {
		assert_read_back(&full);
		assert_read_back(&bare);
	}
}
END_TEST

/* avro-c's own writer, on the same value. */
static void write_by_avro_c(const struct article *article)
{
	avro_value_t value = article_value(article);
	static char memory[1 << 20];
	avro_writer_t writer = avro_writer_memory(memory, sizeof memory);

	ck_assert_int_eq(avro_value_write(writer, &value), 0);
	buffer_clear(&other);
	buffer_add(&other,
		   (struct slice){ memory, (size_t)avro_writer_tell(writer) });
	avro_writer_free(writer);
}

START_TEST(avro_c_writes_the_same_bytes)
{
	const struct article articles[] = { sample_article(),
					    sample_bare_article() };

	for (int i = 0; i < COUNT(articles); i++) {
		buffer_clear(&out);
		encode(&articles[i]);
		write_by_avro_c(&articles[i]);
		ck_assert_uint_eq(out.len, other.len);
		ck_assert_mem_eq(out.bytes, other.bytes, out.len);
	}
}
END_TEST

START_TEST(numbers_of_every_size_are_avro_c_s)
{
	for (int shift = 0; shift < 64; shift++) {
		struct article article = sample_bare_article();
		const uint64_t bit = UINT64_C(1) << shift;

		article.lineage.offset = (int64_t)bit;
		article.expires = (int64_t)(0 - bit);
		article.char_count = (int)(bit - 1);
		buffer_clear(&out);
		encode(&article);
		write_by_avro_c(&article);
		ck_assert_uint_eq(out.len, other.len);
		ck_assert_mem_eq(out.bytes, other.bytes, out.len);
	}
}
END_TEST

START_TEST(record_follows_what_the_buffer_holds)
{
	struct article article = sample_bare_article();

	buffer_add(&out, SLICE("head"));
	encode(&article);
	ck_assert(slice_starts(buffer_slice(&out), SLICE("head\x08"
							 "bare\0")));
}
END_TEST

START_TEST(equal_articles_make_equal_bytes)
{
	struct article article = sample_article();

	encode(&article);
	size_t len = out.len;
	encode(&article);
	ck_assert_uint_eq(out.len, 2 * len);
	ck_assert_mem_eq(out.bytes, out.bytes + len, len);
}
END_TEST

START_TEST(every_limit_too_small_is_reported)
{
	struct article article = sample_article();

	encode(&article);
	for (size_t limit = 0; limit <= out.len; limit++) {
		struct buffer small;

		buffer_init(&small, limit);
		ck_assert_int_eq(article_encode(encoder, &article, &small),
				 limit < out.len ? FAULT_RECORD_TOO_LARGE
						 : FAULT_NONE);
		ck_assert_uint_eq(small.len, limit < out.len ? 0 : limit);
		buffer_release(&small);
	}
}
END_TEST

START_TEST(large_record_grows_the_buffer)
{
	struct article article = sample_bare_article();
	size_t len = 3000000;
	char *body = malloc(len);

	ck_assert_ptr_nonnull(body);
	memset(body, 'x', len);
	article.abstract = (struct slice){ body, len };
	assert_read_back(&article);
	ck_assert_uint_gt(out.len, len);
	free(body);
}
END_TEST

START_TEST(damaged_record_is_refused_or_read)
{
	struct article article = sample_article();
	avro_value_t value = { NULL, NULL };

	encode(&article);
	struct slice body = buffer_slice(&out);
	for (size_t len = 0; len < body.len; len++)
		ck_assert(!article_decode(encoder, slice_head(body, len),
					  &value));
	ck_assert_ptr_null(value.self);

	for (size_t i = 0; i < body.len; i++) {
		out.bytes[i] ^= (char)0x81;
		if (article_decode(encoder, body, &value))
			print(&value, &text);
		out.bytes[i] ^= (char)0x81;
	}
	buffer_add_byte(&out, 0);
	ck_assert(!article_decode(encoder, buffer_slice(&out), &value));
}
END_TEST

/* What an edit of the schema does to it. */
static const struct {
	const char *from, *to;
	enum fault fault;
} edits[] = {
	{ "\"Article\"", "\"Article\", \"x\": 1", FAULT_NONE },
	{ "one that the wire", "what a wire", FAULT_NONE },
	{ "\"name\": \"deck\"", "\"name\": \"desk\"", FAULT_CONFIG },
	{ "\"name\": \"caption\"", "\"name\": \"text\"", FAULT_CONFIG },
	{ "\"size\": 32", "\"size\": 16", FAULT_CONFIG },
	{ "\"crosshead\", ", "", FAULT_CONFIG },
	{ "\"withheld\"", "\"held\"", FAULT_CONFIG },
	{ "[\"null\", \"int\"]", "[\"int\", \"null\"]", FAULT_CONFIG },
	{ "[\"null\", \"int\"]", "[\"null\", \"long\"]", FAULT_CONFIG },
	{ "[\"null\", \"int\"]", "\"int\"", FAULT_CONFIG },
	{ "\"items\": \"string\"", "\"items\": \"bytes\"", FAULT_CONFIG },
	{ "\"values\": \"string\"", "\"values\": \"int\"", FAULT_CONFIG },
	{ "\"default\": {},",
	  "\"default\": {} }, { \"name\": \"y\", \"type\": \"int\",",
	  FAULT_CONFIG },
	{ "\"record\"", "\"rec\"", FAULT_CONFIG },
	{ "{", "", FAULT_CONFIG },
};

START_TEST(schema_must_fit_the_article)
{
	struct slice schema = embedded_article_schema();
	struct article_encoder *made = NULL;
	struct fault_note note = { "" };
	const char *at = memmem(schema.ptr, schema.len, edits[_i].from,
				strlen(edits[_i].from));

	ck_assert_ptr_nonnull(at);
	buffer_add(&text, slice_between(schema.ptr, at));
	buffer_add(&text, slice_from(edits[_i].to));
	at += strlen(edits[_i].from);
	buffer_add(&text, slice_between(at, schema.ptr + schema.len));

	ck_assert_int_eq(article_encoder_new(buffer_slice(&text), &made, &note),
			 edits[_i].fault);
	ck_assert_int_eq(made == NULL, edits[_i].fault != FAULT_NONE);
	ck_assert_int_eq(note.text[0] != '\0', edits[_i].fault != FAULT_NONE);
	article_encoder_free(made);
}
END_TEST

START_TEST(schema_that_is_no_record_is_refused)
{
	struct article_encoder *made = NULL;
	struct fault_note note;

	ck_assert_int_eq(article_encoder_new(SLICE("{\"type\":\"int\"}"), &made,
					     &note),
			 FAULT_CONFIG);
	ck_assert_ptr_null(made);
}
END_TEST

#define MAP "{\"type\":\"map\",\"values\":\"int\"}"
#define ARRAY "{\"type\":\"array\",\"items\":\"int\"}"
#define FIXED "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2}"
#define ENUM "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"a\",\"b\"]}"
#define INT "{\"type\":\"int\"}"
#define LONG "{\"type\":\"long\"}"
#define STRING "{\"type\":\"string\"}"
#define TEN "\xff\xff\xff\xff\xff\xff\xff\xff\xff"

static const struct {
	const char *schema;
	struct slice body;
	bool good;
} walks[] = {
	{ INT, SLICE("\x02"), true },
	{ INT, SLICE(""), false },
	{ INT, SLICE("\x80"), false },
	{ INT, SLICE("\x02\x02"), false },
	{ INT, SLICE("\xff\xff\xff\xff\x0f"), true },
	{ INT, SLICE("\x80\x80\x80\x80\x10"), false },
	{ LONG, SLICE(TEN "\x01"), true },
	{ LONG, SLICE(TEN "\x02"), false },
	{ LONG, SLICE(TEN "\x81\x01"), false },
	{ STRING, SLICE("\x00"), true },
	{ STRING,
	  SLICE("\x02"
		"a"),
	  true },
	{ STRING,
	  SLICE("\x04"
		"a"),
	  false },
	{ STRING, SLICE("\x01"), false },
	{ STRING, SLICE(TEN "\x01"), false },
	{ STRING, SLICE("\x02\xff"), false },
	{ FIXED, SLICE("ab"), true },
	{ FIXED, SLICE("a"), false },
	{ ENUM, SLICE("\x02"), true },
	{ ENUM, SLICE("\x04"), false },
	{ ENUM, SLICE("\x01"), false },
	{ "[\"null\",\"int\"]", SLICE("\x00"), true },
	{ "[\"null\",\"int\"]", SLICE("\x02\x02"), true },
	{ "[\"null\",\"int\"]", SLICE("\x04\x02"), false },
	{ "[\"null\",\"int\"]", SLICE("\x01"), false },
	{ ARRAY, SLICE("\x00"), true },
	{ ARRAY, SLICE("\x02\x02\x00"), true },
	{ ARRAY, SLICE("\x02\x02\x02\x02\x00"), true },
	{ ARRAY, SLICE("\x01\x02\x02\x00"), true }, /* -1, of 1 byte */
	{ ARRAY, SLICE("\x01\x01\x02\x00"), false },
	{ ARRAY, SLICE("\x02\x02"), false },
	{ ARRAY, SLICE("\x7e\x02\x00"), false },
	{ ARRAY, SLICE(TEN "\x01"), false }, /* INT64_MIN items */
	{ "{\"type\":\"array\",\"items\":\"null\"}", SLICE("\x7e\x00"), false },
	{ MAP, SLICE("\x02\x02k\x02\x00"), true },
	{ MAP, SLICE("\x02\x02\x00\x02\x00"), false }, /* a NUL as key */
	{ MAP, SLICE("\x02\x00\x02\x00"), true },
	{ "{\"type\":\"double\"}", SLICE("12345678"), false },
};

START_TEST(bytes_are_walked_by_the_schema)
{
	avro_schema_t schema;

	ck_assert_int_eq(avro_schema_from_json_length(walks[_i].schema,
						      strlen(walks[_i].schema),
						      &schema),
			 0);
	ck_assert_int_eq(avro_walk(schema, walks[_i].body), walks[_i].good);
	avro_schema_decref(schema);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("avro");
	TCase *avro = tcase_create("avro");

	tcase_add_checked_fixture(avro, open_all, close_all);
	tcase_add_test(avro, what_is_written_is_read_back);
	tcase_add_test(avro, avro_c_writes_the_same_bytes);
	tcase_add_test(avro, numbers_of_every_size_are_avro_c_s);
	tcase_add_test(avro, record_follows_what_the_buffer_holds);
	tcase_add_test(avro, equal_articles_make_equal_bytes);
	tcase_add_test(avro, every_limit_too_small_is_reported);
	tcase_add_test(avro, large_record_grows_the_buffer);
	tcase_add_test(avro, damaged_record_is_refused_or_read);
	tcase_add_loop_test(avro, schema_must_fit_the_article, 0, COUNT(edits));
	tcase_add_test(avro, schema_that_is_no_record_is_refused);
	tcase_add_loop_test(avro, bytes_are_walked_by_the_schema, 0,
			    COUNT(walks));
	suite_add_tcase(suite, avro);
	return suite;
}
