#include "tests/unit/suite.h"
#include "transform/formats/format.h"

static const struct {
	const char *type; /* NULL: no header */
	const char *text, *format;
} detected[] = {
	{ NULL, "{\"uri\": \"a\"}", "ninjs" },
	{ NULL, " \n{", "ninjs" },
	{ NULL, "date 2025-03-02 A\nHead\n", "wire-text" },
	{ NULL, "Head\n", "wire-text" },
	{ NULL, "<nitf/>", NULL },
	{ NULL, "[1, 2]", NULL },
	{ "application/ninjs+json", "Head\n", "ninjs" },
	{ "Application/Ninjs+JSON; charset=utf-8", "Head\n", "ninjs" },
	{ "text/x-wire-text", "{", "wire-text" },
	{ "text/plain", "{}", "ninjs" },
	{ "text/plain; charset=utf-8", "Head\n", "wire-text" },
	{ "application/octet-stream", "Head\n", "wire-text" },
	{ "", "Head\n", "wire-text" },
	{ ";", "Head\n", "wire-text" },
};

START_TEST(format_is_detected)
{
	struct slice type = detected[_i].type ? slice_from(detected[_i].type)
					      : SLICE_NONE;
	const struct format *format =
		format_detect(type, slice_from(detected[_i].text));

	ck_assert_pstr_eq(format ? format->name : NULL, detected[_i].format);
}
END_TEST

START_TEST(each_name_names_its_format)
{
	const char *const *names = format_names();
	size_t count = 0;

	for (; names[count]; count++) {
		const struct format *format =
			format_by_name(slice_from(names[count]));
		ck_assert_ptr_nonnull(format);
		ck_assert_str_eq(format->name, names[count]);
	}
	ck_assert_uint_eq(count, 2);
	ck_assert_ptr_null(format_by_name(SLICE("auto")));
	ck_assert_ptr_null(format_by_name(SLICE("")));
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("format");
	TCase *format = tcase_create("format");

	tcase_add_loop_test(format, format_is_detected, 0, COUNT(detected));
	tcase_add_test(format, each_name_names_its_format);
	suite_add_tcase(suite, format);
	return suite;
}
