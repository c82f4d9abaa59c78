#include "producer/avro/fingerprint.h"
#include "producer/avro/framing.h"
#include "schemas/embedded.h"
#include "tests/unit/suite.h"

/* From the specification's schema-tests.txt, which Java's Avro tests too. */
static const struct {
	const char *schema, *canonical;
	uint64_t fingerprint;
} known[] = {
	{ "\"null\"", "\"null\"", 0x63dd24e7cc258f8a },
	{ "{\"type\":\"boolean\"}", "\"boolean\"", 0x9f42fc78a4d4f764 },
	{ "\"int\"", "\"int\"", 0x7275d51a3f395c8f },
	{ "\"string\"", "\"string\"", 0x8f014872634503c7 },
	{ "[  ]", "[]", 0xeec6e173d23fb9d1 },
	{ "[ \"int\"  ]", "[\"int\"]", 0xb763638a48b2fb03 },
	{ "{\"type\":\"fixed\", \"name\":\"foo\", \"size\":15}",
	  "{\"name\":\"foo\",\"type\":\"fixed\",\"size\":15}",
	  0x18602ec3ed31a504 },
};

START_TEST(known_schema_has_its_fingerprint)
{
	struct fault_note note;
	uint64_t got = 77;

	ck_assert_int_eq(schema_fingerprint(slice_from(known[_i].schema), &got,
					    &note),
			 FAULT_NONE);
	ck_assert_uint_eq(fingerprint_crc64(slice_from(known[_i].canonical)),
			  got);
	ck_assert_uint_eq(got, known[_i].fingerprint);
}
END_TEST

START_TEST(fingerprint_of_nothing_is_the_specifications)
{
	ck_assert_uint_eq(fingerprint_crc64(SLICE("")), 0xc15d213aa4d7a795);
}
END_TEST

static const struct {
	const char *schema, *canonical;
} forms[] = {
	{ "[\"null\", {\"type\":\"long\",\"logicalType\":\"date\"}]", "[\"null"
								      "\","
								      "\"long\""
								      "]" },
	{ "{\"items\":{\"type\":\"string\"},\"type\":\"array\",\"x\":1}",
	  "{\"type\":\"array\",\"items\":\"string\"}" },
	{ "{\"values\":\"bytes\",\"type\":\"map\",\"default\":{}}", "{\"type\":"
								    "\"map\","
								    "\"values\""
								    ":\"bytes\""
								    "}" },
	{ "{\"type\":\"fixed\",\"size\":32,\"name\":\"F\",\"namespace\":\"n.m\""
	  ",\"doc\":\"d\",\"aliases\":[\"G\"]}",
	  "{\"name\":\"n.m.F\",\"type\":\"fixed\",\"size\":32}" },
	{ "{\"type\":\"enum\",\"name\":\"n.E\",\"namespace\":\"other\","
	  "\"symbols\":[\"a\",\"b\"],\"default\":\"a\"}",
	  "{\"name\":\"n.E\",\"type\":\"enum\",\"symbols\":[\"a\",\"b\"]}" },
	{ "{\"type\":\"enum\",\"name\":\"E\",\"namespace\":\"\","
	  "\"symbols\":[]}",
	  "{\"name\":\"E\",\"type\":\"enum\",\"symbols\":[]}" },
	{ "{\"type\":\"error\",\"name\":\"R\",\"fields\":[]}", "{\"name\":"
							       "\"R\",\"type\":"
							       "\"record\","
							       "\"fields\":[]"
							       "}" },
	/* names are looked up in the namespace that encloses them */
	{ "{\"type\":\"record\",\"name\":\"a.R\",\"fields\":["
	  "{\"name\":\"x\",\"doc\":\"d\",\"default\":null,\"type\":"
	  "[\"null\",\"R\"]},"
	  "{\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":1},"
	  "\"name\":\"y\"},"
	  "{\"name\":\"z\",\"type\":\"b.F\"}]}",
	  "{\"name\":\"a.R\",\"type\":\"record\",\"fields\":["
	  "{\"name\":\"x\",\"type\":[\"null\",\"a.R\"]},"
	  "{\"name\":\"y\",\"type\":"
	  "{\"name\":\"a.F\",\"type\":\"fixed\",\"size\":1}},"
	  "{\"name\":\"z\",\"type\":\"b.F\"}]}" },
};

START_TEST(schema_takes_its_canonical_form)
{
	struct fault_note note;
	struct buffer out;

	buffer_init(&out, SIZE_MAX);
	ck_assert_int_eq(schema_canonical_form(slice_from(forms[_i].schema),
					       &out, &note),
			 FAULT_NONE);
	buffer_add_byte(&out, '\0');
	ck_assert_str_eq(out.bytes, forms[_i].canonical);
	buffer_release(&out);
}
END_TEST

START_TEST(canonical_form_is_its_own)
{
	struct fault_note note;
	struct buffer once, twice;

	buffer_init(&once, SIZE_MAX);
	buffer_init(&twice, SIZE_MAX);
	ck_assert_int_eq(schema_canonical_form(embedded_article_schema(), &once,
					       &note),
			 FAULT_NONE);
	ck_assert_int_eq(schema_canonical_form(buffer_slice(&once), &twice,
					       &note),
			 FAULT_NONE);
	ck_assert(slice_equal(buffer_slice(&once), buffer_slice(&twice)));
	buffer_release(&once);
	buffer_release(&twice);
}
END_TEST

static const char *const refused[] = {
	"",
	"{",
	"7",
	"{}",
	"[\"int\", null]",
	"{\"type\":\"array\"}",
	"{\"type\":\"map\",\"values\":1}",
	"{\"type\":\"fixed\",\"name\":\"F\"}",
	"{\"type\":\"fixed\",\"size\":1}",
	"{\"type\":\"enum\",\"name\":\"E\"}",
	"{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[1]}",
	"{\"type\":\"record\",\"name\":\"R\"}",
	"{\"type\":\"record\",\"name\":\"R\",\"fields\":[{}]}",
	"{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\"}]}",
	"{\"type\":\"int\",\"type\":\"int\"}",
};

START_TEST(what_is_no_schema_is_refused)
{
	struct fault_note note = { "" };
	uint64_t got = 77;

	ck_assert_int_eq(schema_fingerprint(slice_from(refused[_i]), &got,
					    &note),
			 FAULT_CONFIG);
	ck_assert_uint_eq(got, 77);
	ck_assert_int_ne(note.text[0], '\0');
}
END_TEST

static const struct {
	struct framing framing;
	struct slice header;
} headers[] = {
	{ { FRAMING_SINGLE_OBJECT, .fingerprint = 0x0807060504030201 },
	  SLICE("\xC3\x01\x01\x02\x03\x04\x05\x06\x07\x08") },
	{ { FRAMING_CONFLUENT, .schema_id = 0x01020304 },
	  SLICE("\x00\x01\x02\x03\x04") },
	{ { FRAMING_CONFLUENT, .schema_id = 0xFFFFFFFF },
	  SLICE("\x00\xFF\xFF\xFF\xFF") },
};

START_TEST(header_is_written_and_read)
{
	unsigned char message[FRAMING_HEADER_MAX + 1];
	size_t len = framing_header(&headers[_i].framing, message);

	ck_assert_uint_eq(len, headers[_i].header.len);
	ck_assert_mem_eq(message, headers[_i].header.ptr, len);

	struct framing got = { .kind = FRAMING_NONE };
	struct slice body = SLICE_NONE;
	message[len] = '!';
	ck_assert(framing_read((struct slice){ (char *)message, len + 1 }, &got,
			       &body));
	ck_assert_int_eq(got.kind, headers[_i].framing.kind);
	ck_assert_uint_eq(got.fingerprint, headers[_i].framing.fingerprint);
	ck_assert_uint_eq(got.schema_id, headers[_i].framing.schema_id);
	ck_assert(slice_equal(body, SLICE("!")));
}
END_TEST

START_TEST(no_framing_has_no_header)
{
	struct framing framing = { .kind = FRAMING_NONE };
	unsigned char header[FRAMING_HEADER_MAX];

	ck_assert_uint_eq(framing_header(&framing, header), 0);
}
END_TEST

static const struct slice unframed[] = {
	{ NULL, 0 },
	SLICE(""),
	SLICE("\xC3"),
	SLICE("\xC3\x01\x01\x02\x03\x04\x05\x06\x07"),
	SLICE("\xC3\x02\x01\x02\x03\x04\x05\x06\x07\x08"),
	SLICE("\x00\x01\x02\x03"),
	SLICE("{\"uri\":1}"),
};

START_TEST(other_bytes_are_no_framing)
{
	struct framing got = { .schema_id = 77 };
	struct slice body = SLICE("poison");

	ck_assert(!framing_read(unframed[_i], &got, &body));
	ck_assert_uint_eq(got.schema_id, 77);
	ck_assert(slice_equal(body, SLICE("poison")));
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("framing");
	TCase *framing = tcase_create("framing");

	tcase_add_loop_test(framing, known_schema_has_its_fingerprint, 0,
			    COUNT(known));
	tcase_add_test(framing, fingerprint_of_nothing_is_the_specifications);
	tcase_add_loop_test(framing, schema_takes_its_canonical_form, 0,
			    COUNT(forms));
	tcase_add_test(framing, canonical_form_is_its_own);
	tcase_add_loop_test(framing, what_is_no_schema_is_refused, 0,
			    COUNT(refused));
	tcase_add_loop_test(framing, header_is_written_and_read, 0,
			    COUNT(headers));
	tcase_add_test(framing, no_framing_has_no_header);
	tcase_add_loop_test(framing, other_bytes_are_no_framing, 0,
			    COUNT(unframed));
	suite_add_tcase(suite, framing);
	return suite;
}
