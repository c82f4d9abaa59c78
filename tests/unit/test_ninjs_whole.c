#include <jansson.h>
#include <stdlib.h>

#include "tests/unit/ninjs_parse.h"

/* Each has every property that its version's schema names, with values that
 * occur but once. */
static const char *const paths[] = {
	"tests/golden/ninjs-1.6-every-property/input.json",
	"tests/golden/ninjs-2.2-every-property/input.json",
	"tests/golden/ninjs-3.1-every-property/input.json",
};

static struct slice read_file(const char *path)
{
	static char text[1 << 16];
	FILE *file = fopen(path, "r");

	ck_assert_msg(file != NULL, "%s: run the tests from the top", path);
	size_t len = fread(text, 1, sizeof text, file);
	fclose(file);
	return (struct slice){ text, len };
}

/* What a leaf looks like in the article; markup is looked for by its words. */
static void check_leaf(const char *printed, const char *key, const json_t *leaf)
{
	char word[256];
	const char *text = json_string_value(leaf);

	if (!text) {
		snprintf(word, sizeof word, "%.15g", json_number_value(leaf));
		text = word;
	}
	while (*text == '<' && strchr(text, '>')) {
		text = strchr(text, '>') + 1;
		snprintf(word, sizeof word, "%.*s", (int)strcspn(text, "<"),
			 text);
		ck_assert_msg(strstr(printed, word) != NULL, "%s", word);
		text = strchr(text, '<');
		text = strchr(text, '>') + 1;
	}
	/* What the choice of a text says by itself. */
	bool said = (!strcasecmp(key, "contentType") &&
		     !strncmp(text, "text/", 5)) ||
		    (!strcmp(key, "role") && !strcmp(text, "main"));
	ck_assert_msg(said || strstr(printed, text) != NULL, "%s: %s", key,
		      text);
}

static void check_leaves(const char *printed, const char *key,
			 const json_t *value)
{
	const char *member;
	json_t *one;

	for (size_t i = 0; i < json_array_size(value); i++)
		check_leaves(printed, key, json_array_get(value, i));
	json_object_foreach((json_t *)value, member, one) {
		check_leaves(printed, member, one);
	}
	if (!json_is_object(value) && !json_is_array(value))
		check_leaf(printed, key, value);
}

START_TEST(no_leaf_is_dropped)
{
	struct slice text = read_file(paths[_i]);

	ck_assert_int_eq(parse_text(text, sizeof memory, false), FAULT_NONE);
	json_t *root = json_loadb(text.ptr, text.len, 0, NULL);
	check_leaves(print_article(), "", root);
	json_decref(root);
}
END_TEST

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct extra *)a)->name.ptr,
		      ((const struct extra *)b)->name.ptr);
}

START_TEST(names_of_extra_are_unique)
{
	ck_assert_int_eq(parse_text(read_file(paths[_i]), sizeof memory, false),
			 FAULT_NONE);
	qsort(parsed->extra, parsed->extra_count, sizeof *parsed->extra,
	      compare_names);
	for (size_t i = 1; i < parsed->extra_count; i++)
		ck_assert_int_ne(compare_names(&parsed->extra[i - 1],
					       &parsed->extra[i]),
				 0);
}
END_TEST

START_TEST(each_value_is_traced_to_where_it_stands)
{
	static const char *const fields[] = { "uri",	 "headline",
					      "body",	 "versionCreated",
					      "located", "subjects",
					      "media",	 "altIds" };

	ck_assert_int_eq(parse_text(read_file(paths[_i]), sizeof memory, true),
			 FAULT_NONE);
	const struct trace *trace = parsed->trace;
	for (int i = 0; i < COUNT(fields); i++) {
		size_t at = 0;

		while (at < trace->count &&
		       strcmp(trace->entries[at].field, fields[i]))
			at++;
		ck_assert_msg(at < trace->count, "%s", fields[i]);
		ck_assert_int_eq(*trace->entries[at].path.ptr, '/');
	}
}
END_TEST

START_TEST(every_arena_succeeds_or_reports)
{
	struct slice text = read_file(paths[_i]);
	enum fault fault = FAULT_NO_SPACE;

	/* A step of a prime, so that each kind of allocation fails in turn. */
	for (size_t room = 0; fault; room += 61) {
		fault = parse_text(text, room, true);
		MUST(fault == FAULT_NONE || fault == FAULT_NO_SPACE);
		MUST(room < sizeof memory);
	}
}
END_TEST

Suite *suite(void)
{
	Suite *ninjs = suite_create("ninjs_whole");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_loop_test(all, no_leaf_is_dropped, 0, COUNT(paths));
	tcase_add_loop_test(all, names_of_extra_are_unique, 0, COUNT(paths));
	tcase_add_loop_test(all, each_value_is_traced_to_where_it_stands, 0,
			    COUNT(paths));
	tcase_add_loop_test(all, every_arena_succeeds_or_reports, 0,
			    COUNT(paths));
	suite_add_tcase(ninjs, all);
	return ninjs;
}
