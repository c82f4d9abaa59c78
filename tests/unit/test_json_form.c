#include "producer/avro/encoder.h"
#include "producer/avro/json.h"
#include "producer/avro/json_scalar.h"
#include "schemas/embedded.h"
#include "tests/unit/sample_article.h"
#include "tests/unit/suite.h"

static struct buffer out;

static void open_all(void)
{
	buffer_init(&out, SIZE_MAX);
}

static void close_all(void)
{
	buffer_release(&out);
}

static void assert_out(const char *expected)
{
	buffer_add_byte(&out, '\0');
	ck_assert_str_eq(out.bytes, expected);
}

static void print(const struct article *article, enum json_style style)
{
	avro_value_t value = article_value(article);
	struct json_form *form = NULL;
	struct fault_note note;

	ck_assert_int_eq(json_form_new(embedded_article_schema(), &form, &note),
			 FAULT_NONE);
	ck_assert_int_eq(json_form_print(form, &value, style, &out),
			 FAULT_NONE);
	json_form_free(form);
}

#define NO_HASH \
	"0000000000000000000000000000000000000000000000000000000000000000"
#define BARE_END \
	"\"charCount\":0,\"wordCount\":0,\"contentHash\":\"" NO_HASH \
	"\",\"lineage\":{\"topic\":\"raw\",\"partition\":0,\"offset\":0," \
	"\"part\":0,\"format\":\"ninjs\",\"rawHash\":\"" NO_HASH \
	"\",\"transform\":\"1\"}}\n"

START_TEST(what_is_absent_is_left_out)
{
	struct article article = sample_bare_article();

	print(&article, JSON_STYLE_LINE);
	assert_out("{\"uri\":\"bare\",\"type\":\"text\",\"pubStatus\":"
		   "\"usable\",\"signal\":\"none\"," BARE_END);
}
END_TEST

START_TEST(what_is_empty_but_there_is_kept)
{
	struct article article = sample_bare_article();
	struct media media[] = { { .type = ARTICLE_TYPE_GRAPHIC } };

	article.headline = SLICE("");
	article.located.country = SLICE("");
	article.first_created = 0;
	article.date = 0;
	article.media = media, article.media_count = 1;
	print(&article, JSON_STYLE_LINE);
	assert_out("{\"uri\":\"bare\",\"type\":\"text\",\"pubStatus\":"
		   "\"usable\",\"signal\":\"none\",\"headline\":\"\","
		   "\"located\":{\"country\":\"\"},\"date\":\"1970-01-01\","
		   "\"firstCreated\":\"1970-01-01T00:00:00Z\","
		   "\"media\":[{\"type\":\"graphic\"}]," BARE_END);
}
END_TEST

START_TEST(pretty_form_is_indented_by_two)
{
	struct article article = sample_bare_article();

	article.topics = sample_topics, article.topic_count = 2;
	article.body = sample_body + 1, article.body_count = 1;
	article.extra = sample_extra + 1, article.extra_count = 1;
	print(&article, JSON_STYLE_PRETTY);
	assert_out("{\n"
		   "  \"uri\": \"bare\",\n"
		   "  \"type\": \"text\",\n"
		   "  \"pubStatus\": \"usable\",\n"
		   "  \"signal\": \"none\",\n"
		   "  \"body\": [\n"
		   "    {\n"
		   "      \"role\": \"crosshead\",\n"
		   "      \"text\": \"A narrow vote\"\n"
		   "    }\n"
		   "  ],\n"
		   "  \"topics\": [\n"
		   "    \"POLITICS\",\n"
		   "    \"TRAVEL\"\n"
		   "  ],\n"
		   "  \"charCount\": 0,\n"
		   "  \"wordCount\": 0,\n"
		   "  \"contentHash\": \"" NO_HASH "\",\n"
		   "  \"lineage\": {\n"
		   "    \"topic\": \"raw\",\n"
		   "    \"partition\": 0,\n"
		   "    \"offset\": 0,\n"
		   "    \"part\": 0,\n"
		   "    \"format\": \"ninjs\",\n"
		   "    \"rawHash\": \"" NO_HASH "\",\n"
		   "    \"transform\": \"1\"\n"
		   "  },\n"
		   "  \"extra\": {\n"
		   "    \"/empty\": \"\"\n"
		   "  }\n"
		   "}\n");
}
END_TEST

START_TEST(every_limit_too_small_is_reported)
{
	struct article article = sample_article();
	avro_value_t value = article_value(&article);
	struct json_form *form;
	struct fault_note note;

	ck_assert_int_eq(json_form_new(embedded_article_schema(), &form, &note),
			 FAULT_NONE);
	print(&article, JSON_STYLE_LINE);
	for (size_t limit = 0; limit <= out.len; limit++) {
		struct buffer small;

		buffer_init(&small, limit);
		ck_assert_int_eq(
			json_form_print(form, &value, JSON_STYLE_LINE, &small),
			limit < out.len ? FAULT_RECORD_TOO_LARGE : FAULT_NONE);
		buffer_release(&small);
	}
	json_form_free(form);
}
END_TEST

START_TEST(schema_that_is_no_json_is_refused)
{
	struct json_form *form = NULL;
	struct fault_note note = { "" };

	ck_assert_int_eq(json_form_new(SLICE("{\"a\":"), &form, &note),
			 FAULT_CONFIG);
	ck_assert_ptr_null(form);
	ck_assert_int_ne(note.text[0], '\0');
}
END_TEST

static const struct {
	struct slice text;
	const char *json;
} texts[] = {
	{ SLICE(""), "\"\"" },
	{ SLICE("plain"), "\"plain\"" },
	{ SLICE("\"a\"\\/"), "\"\\\"a\\\"\\\\/\"" },
	{ SLICE("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"" },
	{ SLICE("a\0b\x01\x1f\x7f"), "\"a\\u0000b\\u0001\\u001f\x7f\"" },
	{ SLICE("\u00e9\u2028\U0001F600"), "\"\u00e9\u2028\U0001F600\"" },
};

START_TEST(text_is_escaped_where_it_must_be)
{
	json_add_text(&out, texts[_i].text);
	assert_out(texts[_i].json);
}
END_TEST

static const struct {
	int64_t ms;
	const char *json;
} instants[] = {
	{ 0, "\"1970-01-01T00:00:00Z\"" },
	{ -1, "\"1969-12-31T23:59:59.999Z\"" },
	{ 253402300799999, "\"9999-12-31T23:59:59.999Z\"" },
	{ 253402300800000, "253402300800000" },
	{ -62135596800000, "\"0001-01-01T00:00:00Z\"" },
	{ -62135596800001, "-62135596800001" },
	{ INT64_MAX, "9223372036854775807" },
};

START_TEST(instant_is_written_by_rfc_3339)
{
	json_add_instant(&out, instants[_i].ms);
	assert_out(instants[_i].json);
}
END_TEST

static const struct {
	int32_t days;
	const char *json;
} dates[] = {
	{ 20340, "\"2025-09-09\"" }, { -719162, "\"0001-01-01\"" },
	{ -719163, "-719163" },	     { 2932896, "\"9999-12-31\"" },
	{ 2932897, "2932897" },	     { INT32_MAX, "2147483647" },
};

START_TEST(date_is_written_by_iso_8601)
{
	json_add_date(&out, dates[_i].days);
	assert_out(dates[_i].json);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("json_form");
	TCase *json = tcase_create("json_form");

	tcase_add_checked_fixture(json, open_all, close_all);
	tcase_add_test(json, what_is_absent_is_left_out);
	tcase_add_test(json, what_is_empty_but_there_is_kept);
	tcase_add_test(json, pretty_form_is_indented_by_two);
	tcase_add_test(json, every_limit_too_small_is_reported);
	tcase_add_test(json, schema_that_is_no_json_is_refused);
	tcase_add_loop_test(json, text_is_escaped_where_it_must_be, 0,
			    COUNT(texts));
	tcase_add_loop_test(json, instant_is_written_by_rfc_3339, 0,
			    COUNT(instants));
	tcase_add_loop_test(json, date_is_written_by_iso_8601, 0, COUNT(dates));
	suite_add_tcase(suite, json);
	return suite;
}
