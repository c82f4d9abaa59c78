#include "base/arena.h"

#include <stdint.h>

#include "tests/unit/suite.h"

enum { MEMORY = 4096 };

static char memory[MEMORY];
static struct arena arena;

static void setup(void)
{
	arena_init(&arena, memory, sizeof memory);
}

START_TEST(bytes_follow_each_other_and_end_at_the_end)
{
	char *first = arena_bytes(&arena, 10);
	char *second = arena_bytes(&arena, MEMORY - 10);

	ck_assert_ptr_eq(first, memory);
	ck_assert_ptr_eq(second, memory + 10);
	ck_assert_ptr_null(arena_bytes(&arena, 1));
	ck_assert_ptr_nonnull(arena_bytes(&arena, 0));
	arena_reset(&arena);
	ck_assert_ptr_eq(arena_bytes(&arena, MEMORY), memory);
}
END_TEST

START_TEST(sizes_beyond_all_memory_are_refused)
{
	ck_assert_ptr_null(arena_bytes(&arena, SIZE_MAX));
	ck_assert_ptr_null(arena_array(&arena, SIZE_MAX, 1));
	ck_assert_ptr_null(arena_array(&arena, SIZE_MAX / 2, 4));
	ck_assert_ptr_null(arena_array(&arena, 4, SIZE_MAX / 2));
	ck_assert_ptr_eq(arena.next, memory);
}
END_TEST

START_TEST(an_arena_of_nothing_gives_nothing)
{
	arena_init(&arena, NULL, 0);
	ck_assert_ptr_null(arena_bytes(&arena, 0));
	ck_assert_ptr_null(arena_bytes(&arena, 1));
	ck_assert_ptr_null(arena_array(&arena, 1, 1));
	ck_assert_ptr_null(arena_grow(&arena, NULL, 0, 8));
	ck_assert_ptr_null(arena_copy(&arena, SLICE("")).ptr);
	ck_assert_ptr_null(arena_printf(&arena, "%s", "").ptr);
	arena_reset(&arena);
}
END_TEST

START_TEST(the_end_that_is_not_used_is_given_back)
{
	char *bytes = arena_bytes(&arena, 100);

	arena_trim(&arena, bytes, 30);
	ck_assert_ptr_eq(arena_bytes(&arena, 1), memory + 30);
}
END_TEST

START_TEST(arrays_are_aligned_and_zeroed_wherever_they_begin)
{
	memset(memory, 'x', sizeof memory);
	for (size_t before = 0; before < 40; before++) {
		arena_reset(&arena);
		(void)arena_bytes(&arena, before);
		char *array = arena_array(&arena, 3, 24);
		ck_assert_ptr_nonnull(array);
		ck_assert_uint_eq((uintptr_t)array % _Alignof(max_align_t), 0);
		ck_assert(array >= memory + before);
		for (size_t i = 0; i < 72; i++)
			ck_assert_int_eq(array[i], 0);
		memset(memory, 'x', sizeof memory);
	}
}
END_TEST

START_TEST(a_list_keeps_its_items_as_it_grows)
{
	int *list = NULL;

	for (int i = 0; i < 200; i++) {
		list = arena_grow(&arena, list, (size_t)i, sizeof *list);
		ck_assert_ptr_nonnull(list);
		ck_assert_int_eq(list[i], 0);
		list[i] = i + 1;
		for (int j = 0; j <= i; j++)
			ck_assert_int_eq(list[j], j + 1);
	}
}
END_TEST

START_TEST(work_that_is_used_up_fills_the_arena)
{
	arena_limit(&arena, 20);
	ck_assert(arena_work(&arena, 10));
	ck_assert_ptr_nonnull(arena_bytes_uncounted(&arena, 800));
	ck_assert(arena_work(&arena, 10));
	ck_assert(!arena_is_spent(&arena));

	char *next = arena.next;
	ck_assert_ptr_null(arena_bytes(&arena, 1));
	ck_assert(arena_is_spent(&arena));
	ck_assert_ptr_null(arena_bytes_uncounted(&arena, 1));
	ck_assert_ptr_null(arena_array(&arena, 1, 1));
	ck_assert(!arena_work(&arena, 0));
	ck_assert_ptr_eq(arena.next, next);
	arena_limit(&arena, ARENA_STEPS_MAX);
	ck_assert_ptr_nonnull(arena_bytes(&arena, 1));
}
END_TEST

START_TEST(what_is_given_back_was_work_all_the_same)
{
	size_t times = 0;

	arena_limit(&arena, 1000);
	for (char *bytes; (bytes = arena_bytes(&arena, 80)); times++)
		arena_trim(&arena, bytes, 0);
	ck_assert(arena_is_spent(&arena));
	ck_assert_ptr_eq(arena.next, memory);
	ck_assert_uint_gt(times, 10);
	ck_assert_uint_lt(times, 100);
}
END_TEST

START_TEST(memory_that_is_not_there_is_no_work)
{
	arena_limit(&arena, 100);
	ck_assert_ptr_null(arena_bytes(&arena, SIZE_MAX));
	ck_assert_ptr_null(arena_array(&arena, MEMORY + 1, 1));
	ck_assert(!arena_is_spent(&arena));
}
END_TEST

/* What all calls together take, for the sweep. */
static void use_all(struct arena *from)
{
	char *bytes = arena_bytes(from, 7);
	int *array = arena_array(from, 5, sizeof *array);
	struct slice copy = arena_copy(from, SLICE("harbour"));
	struct slice text = arena_printf(from, "%d quays", 12);
	size_t *list = NULL;

	if (bytes)
		memset(bytes, 'b', 7);
	if (array)
		memset(array, 'a', 5 * sizeof *array);
	for (size_t i = 0; i < 9; i++) {
		size_t *grown = arena_grow(from, list, i, sizeof *list);
		if (!grown)
			break;
		list = grown;
		list[i] = i;
	}
	if (copy.ptr)
		ck_assert_str_eq(copy.ptr, "harbour");
	if (text.ptr)
		ck_assert_str_eq(text.ptr, "12 quays");
}

START_TEST(no_size_writes_past_the_end)
{
	for (size_t size = 0; size < 512; size++) {
		memset(memory, '#', sizeof memory);
		arena_init(&arena, memory, size);
		use_all(&arena);
		ck_assert(arena.next <= memory + size);
		for (size_t i = size; i < size + 64; i++)
			ck_assert_int_eq(memory[i], '#');
	}
}
END_TEST

START_TEST(printed_text_fits_with_its_nul_or_not_at_all)
{
	for (size_t size = 1; size < 10; size++) {
		memset(memory, '#', sizeof memory);
		arena_init(&arena, memory, size);
		struct slice text = arena_printf(&arena, "%s", "quays");
		ck_assert_int_eq(text.ptr != NULL, size > 5);
		ck_assert_int_eq(memory[size], '#');
		ck_assert_ptr_eq(arena.next, text.ptr ? memory + 6 : memory);
	}
}
END_TEST

START_TEST(a_copy_of_nothing_is_present_and_empty)
{
	struct slice copy = arena_copy(&arena, SLICE_NONE);

	ck_assert_str_eq(copy.ptr, "");
	ck_assert_uint_eq(copy.len, 0);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("arena");
	TCase *memory_case = tcase_create("memory");

	tcase_add_checked_fixture(memory_case, setup, NULL);
	tcase_add_test(memory_case, bytes_follow_each_other_and_end_at_the_end);
	tcase_add_test(memory_case, sizes_beyond_all_memory_are_refused);
	tcase_add_test(memory_case, an_arena_of_nothing_gives_nothing);
	tcase_add_test(memory_case, the_end_that_is_not_used_is_given_back);
	tcase_add_test(memory_case,
		       arrays_are_aligned_and_zeroed_wherever_they_begin);
	tcase_add_test(memory_case, a_list_keeps_its_items_as_it_grows);
	tcase_add_test(memory_case, no_size_writes_past_the_end);
	tcase_add_test(memory_case,
		       printed_text_fits_with_its_nul_or_not_at_all);
	tcase_add_test(memory_case, a_copy_of_nothing_is_present_and_empty);
	tcase_add_test(memory_case, work_that_is_used_up_fills_the_arena);
	tcase_add_test(memory_case, what_is_given_back_was_work_all_the_same);
	tcase_add_test(memory_case, memory_that_is_not_there_is_no_work);
	suite_add_tcase(suite, memory_case);
	return suite;
}
