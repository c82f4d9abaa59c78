#include "stage/quiet.h"

#include "stage/address.h"
#include "tests/unit/suite.h"

static const struct {
	const char *text, *topic;
	int after_ms;
} bounds[] = {
	{ "", "raw.afp", 0 },
	{ "600000", "raw.afp", 600000 },
	{ "0", "raw.afp", 0 },
	{ "600000,raw.afp:60000", "raw.afp", 60000 },
	{ "raw.afp:60000,600000", "raw.afp", 60000 },
	{ " 600000 , raw.afp : 60000 ", "raw.afp", 60000 },
	{ "600000,raw.afp:0", "raw.afp", 0 },
	{ "600000,raw.afp:0", "raw.dpa", 600000 },
	{ "raw.afp:60000", "raw.dpa", 0 },
	{ "604800000", "raw.afp", 604800000 },
};

START_TEST(bound_is_the_topics_own_or_that_of_all)
{
	struct quiet quiet;
	struct arena arena;
	char memory[1024];

	arena_init(&arena, memory, sizeof memory);
	ck_assert_int_eq(quiet_parse(slice_from(bounds[_i].text), &arena,
				     &quiet),
			 FAULT_NONE);
	ck_assert_int_eq(quiet_after_ms(&quiet, bounds[_i].topic),
			 bounds[_i].after_ms);
}
END_TEST

static const char *const wrong[] = {
	",",   "raw.afp", "raw.afp:",  ":1",
	"1,2", "a:1,a:2", "604800001", "99999999999999999999",
	"-1",  "1 s",	  "a:1:2",
};

START_TEST(what_is_no_bound_is_refused)
{
	struct quiet quiet = { NULL, 77 };
	struct arena arena;
	char memory[1024];

	arena_init(&arena, memory, sizeof memory);
	ck_assert_int_eq(quiet_parse(slice_from(wrong[_i]), &arena, &quiet),
			 FAULT_CONFIG);
	ck_assert_uint_eq(quiet.count, 77);
}
END_TEST

START_TEST(every_arena_is_enough_or_said_not_to_be)
{
	struct quiet quiet;
	struct arena arena;
	char memory[512];
	bool enough = false;

	for (size_t size = 0; size <= sizeof memory; size++) {
		arena_init(&arena, memory, size);
		enum fault fault = quiet_parse(SLICE("1,raw.afp:2,raw.dpa:3"),
					       &arena, &quiet);
		MUST(fault == FAULT_NONE || fault == FAULT_NO_SPACE);
		MUST(!enough || fault == FAULT_NONE);
		enough |= fault == FAULT_NONE;
	}
	ck_assert(enough);
}
END_TEST

static const struct {
	const char *text, *host, *port; /* NULL: no address */
} addresses[] = {
	{ "127.0.0.1:8080", "127.0.0.1", "8080" },
	{ "localhost:1", "localhost", "1" },
	{ "[::]:8080", "::", "8080" },
	{ "[fe80::1%eth0]:65535", "fe80::1%eth0", "65535" },
	{ "", NULL, NULL },
	{ "8080", NULL, NULL },
	{ ":8080", NULL, NULL },
	{ "a:", NULL, NULL },
	{ "a:0", NULL, NULL },
	{ "a:65536", NULL, NULL },
	{ "a:999999", NULL, NULL },
	{ "a: 80", NULL, NULL },
	{ "::1:80", NULL, NULL },
	{ "[]:80", NULL, NULL },
	{ "http://a:80", NULL, NULL },
};

START_TEST(address_is_split_at_its_last_colon)
{
	struct address address = { "untouched", "" };
	bool is = address_parse(slice_from(addresses[_i].text), &address);

	ck_assert_int_eq(is, addresses[_i].host != NULL);
	ck_assert_str_eq(address.host, is ? addresses[_i].host : "untouched");
	if (is)
		ck_assert_str_eq(address.port, addresses[_i].port);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("quiet");
	TCase *quiet_case = tcase_create("quiet");
	TCase *address_case = tcase_create("address");

	tcase_add_loop_test(quiet_case, bound_is_the_topics_own_or_that_of_all,
			    0, COUNT(bounds));
	tcase_add_loop_test(quiet_case, what_is_no_bound_is_refused, 0,
			    COUNT(wrong));
	tcase_add_test(quiet_case, every_arena_is_enough_or_said_not_to_be);
	suite_add_tcase(suite, quiet_case);
	tcase_add_loop_test(address_case, address_is_split_at_its_last_colon, 0,
			    COUNT(addresses));
	suite_add_tcase(suite, address_case);
	return suite;
}
