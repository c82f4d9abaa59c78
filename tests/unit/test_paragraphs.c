#include "tests/unit/suite.h"
#include "transform/text/country.h"
#include "transform/text/paragraphs.h"

static char memory[4096];
static struct arena arena;

static const struct {
	const char *text, *first, *last;
	size_t count;
} parted[] = {
	{ "", NULL, NULL, 0 },
	{ " \n\t\n", NULL, NULL, 0 },
	{ "One", "One", "One", 1 },
	{ "Rain fell\nall day.\n\nIt stopped.", "Rain fell all day.",
	  "It stopped.", 2 },
	{ "\n\nA\r\n \t\r\n\r\nB\r\nC\n\n", "A", "B C", 2 },
	{ "A\nB\n  C\n", "A", "C", 3 },
};

START_TEST(paragraphs_are_parted)
{
	struct article article;

	arena_init(&arena, memory, sizeof memory);
	article_init(&article);
	ck_assert_int_eq(paragraphs_add(slice_from(parted[_i].text), &arena,
					&article),
			 FAULT_NONE);
	ck_assert_uint_eq(article.body_count, parted[_i].count);
	if (!parted[_i].count)
		return;
	const struct block *last = &article.body[article.body_count - 1];
	ck_assert_str_eq(article.body[0].text.ptr, parted[_i].first);
	ck_assert_str_eq(last->text.ptr, parted[_i].last);
	ck_assert_int_eq(last->role, BLOCK_ROLE_PARAGRAPH);
}
END_TEST

START_TEST(every_arena_succeeds_or_reports)
{
	enum fault fault = FAULT_NO_SPACE;

	for (size_t room = 0; room < 1024; room++) {
		struct article article;

		arena_init(&arena, memory, room);
		article_init(&article);
		fault = paragraphs_add(SLICE("a\nb\nc\nd\ne"), &arena,
				       &article);
		ck_assert(fault == FAULT_NONE || fault == FAULT_NO_SPACE);
	}
	ck_assert_int_eq(fault, FAULT_NONE);
}
END_TEST

static const struct {
	const char *text, *city, *country;
} located[] = {
	{ "Grosseto, Italy", "Grosseto", "Italy" },
	{ "PORT LOUIS, MAURITIUS", "PORT LOUIS", "MAURITIUS" },
	{ "Hull, East Riding, England", "Hull, East Riding", "England" },
	{ "Austin, Texas", "Austin, Texas", NULL },
	{ "Atlanta, Georgia", "Atlanta, Georgia", NULL },
	{ "Paris", "Paris", NULL },
	{ "Bosnia-Herzegovina", NULL, "Bosnia-Herzegovina" },
	{ "U.S.", NULL, "U.S." },
	{ ", Italy", ", Italy", NULL },
	{ "Rome,", "Rome,", NULL },
};

START_TEST(place_is_taken_apart_where_it_is_certain)
{
	struct place place = { 0 };

	arena_init(&arena, memory, sizeof memory);
	ck_assert_int_eq(place_from_text(slice_from(located[_i].text), &arena,
					 &place),
			 FAULT_NONE);
	ck_assert_pstr_eq(place.city.ptr, located[_i].city);
	ck_assert_pstr_eq(place.country.ptr, located[_i].country);
}
END_TEST

START_TEST(each_country_is_found)
{
	/* The table's ends, and neighbours that differ in a hyphen. */
	static const char *const names[] = { "Afghanistan",  "zimbabwe",
					     "Guinea",	     "Guinea-Bissau",
					     "U.A.E.",	     "UAE",
					     "United States" };

	for (int i = 0; i < COUNT(names); i++)
		ck_assert_msg(country_is_name(slice_from(names[i])), "%s",
			      names[i]);
	ck_assert(!country_is_name(SLICE("")));
	ck_assert(!country_is_name(SLICE("Guine")));
}
END_TEST

Suite *suite(void)
{
	Suite *paragraphs = suite_create("paragraphs");
	TCase *all = tcase_create("all");

	tcase_add_loop_test(all, paragraphs_are_parted, 0, COUNT(parted));
	tcase_add_test(all, every_arena_succeeds_or_reports);
	tcase_add_loop_test(all, place_is_taken_apart_where_it_is_certain, 0,
			    COUNT(located));
	tcase_add_test(all, each_country_is_found);
	suite_add_tcase(paragraphs, all);
	return paragraphs;
}
