#include <stdlib.h>

#include "tests/unit/suite.h"
#include "transform/formats/json.h"

static char memory[1 << 20];
static struct arena arena;

static void enter(size_t room)
{
	arena_init(&arena, memory, room);
	json_enter(&arena);
}

static const struct {
	const char *raw, *written;
} read[] = {
	{ "{}", "{}" },
	{ " {\"b\":1,\"a\":[true,null,\"x\"]} \n", "{\"b\":1,\"a\":[true,null,"
						   "\"x\"]}" },
	{ "[1.10, -0.5, 59.3293, 9007199254740993]", "[1.1,-0.5,59.3293,"
						     "9007199254740993]" },
	{ "\"\\u00e9\\ud83d\\ude00\\u0001\"", "\"\u00e9\U0001f600\\u0001\"" },
	{ "3", "3" },
};

START_TEST(document_is_read_and_written)
{
	json_t *root = NULL;
	struct slice text;
	size_t offset = 77;

	enter(sizeof memory);
	ck_assert_int_eq(json_read(slice_from(read[_i].raw), &root, &offset),
			 FAULT_NONE);
	ck_assert_int_eq(json_write(root, &arena, &text), FAULT_NONE);
	ck_assert_str_eq(text.ptr, read[_i].written);
	ck_assert_uint_eq(text.len, strlen(read[_i].written));
	ck_assert_uint_eq(offset, 77);
	json_leave();
}
END_TEST

static const struct {
	const char *raw;
	enum fault fault;
	size_t offset;
} refused[] = {
	{ "", FAULT_JSON_SYNTAX, 0 },
	{ "{\"a\":\"b", FAULT_JSON_SYNTAX, 7 },
	{ "{\"a\":1,}", FAULT_JSON_SYNTAX, 8 },
	{ "{\"a\":1} x", FAULT_JSON_SYNTAX, 9 },
	{ "{'a':1}", FAULT_JSON_SYNTAX, 2 },
	{ "{\"a\":\"\\u0000\"}", FAULT_JSON_SYNTAX, 13 },
	{ "{\"a\\u0000\":1}", FAULT_JSON_SYNTAX, 10 },
	{ "{\"a\":\"\\ud800\"}", FAULT_JSON_SYNTAX, 13 },
	{ "[1e999]", FAULT_JSON_SYNTAX, 6 },
	{ "{\"a\":1,\"b\":2,\"a\":3}", FAULT_JSON_DUPLICATE, 16 },
	{ "{\"a\":1,\"\\u0061\":3}", FAULT_JSON_DUPLICATE, 15 },
};

START_TEST(bad_document_is_refused_and_out_untouched)
{
	json_t *root = (json_t *)memory;
	size_t offset = 0;

	enter(sizeof memory);
	ck_assert_int_eq(json_read(slice_from(refused[_i].raw), &root, &offset),
			 refused[_i].fault);
	ck_assert_ptr_eq(root, (json_t *)memory);
	ck_assert_uint_le(offset, strlen(refused[_i].raw));
	ck_assert_uint_eq(offset, refused[_i].offset);
	json_leave();
}
END_TEST

START_TEST(depth_is_bounded)
{
	static char raw[20000];
	json_t *root = NULL;
	struct slice text;
	size_t offset = 0;

	memset(raw, '[', 10000);
	memset(raw + 10000, ']', 10000);
	enter(sizeof memory);
	ck_assert_int_eq(json_read((struct slice){ raw, sizeof raw }, &root,
				   &offset),
			 FAULT_JSON_DEPTH);
	ck_assert_int_eq(json_read((struct slice){ raw + 8000, 4000 }, &root,
				   &offset),
			 FAULT_NONE);
	ck_assert_int_eq(json_write(root, &arena, &text), FAULT_NONE);
	ck_assert_uint_eq(text.len, 4000);
	json_leave();
}
END_TEST

START_TEST(every_arena_succeeds_or_reports)
{
	const struct slice raw = SLICE("{\"a\":[1,2.5,\"three\",{\"four\":null}"
				       "],\"long\":\""
				       "012345678901234567890123456789012345678"
				       "9\"}");
	enum fault fault = FAULT_NO_SPACE;

	for (size_t room = 0; room < 4096; room++) {
		json_t *root = NULL;
		struct slice text;
		size_t offset;

		enter(room);
		fault = json_read(raw, &root, &offset);
		if (!fault)
			fault = json_write(root, &arena, &text);
		ck_assert(fault == FAULT_NONE || fault == FAULT_NO_SPACE);
		ck_assert(fault || slice_equal(text, raw));
		json_leave();
	}
	ck_assert_int_eq(fault, FAULT_NONE);
}
END_TEST

START_TEST(outside_it_jansson_uses_malloc)
{
	json_t *root = NULL;
	size_t offset;

	json_t *before = json_pack("{s:s}", "a", "b");
	enter(sizeof memory);
	ck_assert_int_eq(json_read(SLICE("{\"a\":\"b\"}"), &root, &offset),
			 FAULT_NONE);
	ck_assert((char *)root >= memory &&
		  (char *)root < memory + sizeof memory);
	ck_assert(json_equal(root, before));
	json_decref(before);
	json_leave();

	json_t *after = json_pack("{s:s}", "a", "b");
	ck_assert_ptr_nonnull(after);
	ck_assert((char *)after < memory ||
		  (char *)after >= memory + sizeof memory);
	json_decref(after);
}
END_TEST

START_TEST(path_is_a_json_pointer)
{
	const struct json_path list = { NULL, "subjects", 0 };
	const struct json_path item = { &list, NULL, 1234567890 };
	const struct json_path leaf = { &item, "a/b~c", 0 };
	const struct json_path empty = { &leaf, "", 0 };
	struct slice got = SLICE("poison");

	for (size_t room = 0; room < 30; room++) {
		arena_init(&arena, memory, room);
		ck_assert_int_eq(json_pointer(&empty, &arena, &got),
				 FAULT_NO_SPACE);
		ck_assert_str_eq(got.ptr, "poison");
	}
	arena_init(&arena, memory, 64);
	ck_assert_int_eq(json_pointer(&empty, &arena, &got), FAULT_NONE);
	ck_assert_str_eq(got.ptr, "/subjects/1234567890/a~1b~0c/");
	ck_assert_uint_eq(got.len, 29);
	ck_assert_int_eq(json_pointer(NULL, &arena, &got), FAULT_NONE);
	ck_assert_str_eq(got.ptr, "");
}
END_TEST

Suite *suite(void)
{
	Suite *json = suite_create("json");
	TCase *all = tcase_create("all");

	tcase_add_loop_test(all, document_is_read_and_written, 0, COUNT(read));
	tcase_add_loop_test(all, bad_document_is_refused_and_out_untouched, 0,
			    COUNT(refused));
	tcase_add_test(all, depth_is_bounded);
	tcase_add_test(all, every_arena_succeeds_or_reports);
	tcase_add_test(all, outside_it_jansson_uses_malloc);
	tcase_add_test(all, path_is_a_json_pointer);
	suite_add_tcase(json, all);
	return json;
}
