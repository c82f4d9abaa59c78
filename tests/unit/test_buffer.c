#include "base/buffer.h"

#include <stdint.h>

#include "tests/unit/suite.h"

static struct buffer buffer;

static void setup(void)
{
	buffer_init(&buffer, SIZE_MAX);
}

static void teardown(void)
{
	buffer_release(&buffer);
}

START_TEST(pieces_are_put_behind_each_other)
{
	buffer_add(&buffer, SLICE("harbour"));
	buffer_add_byte(&buffer, ' ');
	buffer_add(&buffer, SLICE_NONE);
	buffer_add(&buffer, SLICE("council"));
	ck_assert_int_eq(buffer.fault, FAULT_NONE);
	ck_assert(slice_equal(buffer_slice(&buffer), SLICE("harbour council")));
}
END_TEST

START_TEST(an_empty_buffer_is_an_empty_slice)
{
	ck_assert_ptr_nonnull(buffer_slice(&buffer).ptr);
	ck_assert_uint_eq(buffer_slice(&buffer).len, 0);
	ck_assert_int_eq(buffer_reserve(&buffer, 0), FAULT_NONE);
	ck_assert_ptr_null(buffer.bytes);
}
END_TEST

START_TEST(clearing_keeps_the_memory_and_forgets_the_fault)
{
	buffer_add(&buffer, SLICE("harbour"));
	char *bytes = buffer.bytes;
	buffer.fault = FAULT_NO_MEMORY;
	buffer_clear(&buffer);
	buffer_add(&buffer, SLICE("quay"));
	ck_assert_ptr_eq(buffer.bytes, bytes);
	ck_assert(slice_equal(buffer_slice(&buffer), SLICE("quay")));
}
END_TEST

/* Limits below and beside the first size, and no power of two. */
static const size_t limits[] = { 0, 1, 7, 4095, 4096, 4097, 10000 };

START_TEST(it_fills_to_its_limit_and_no_further)
{
	buffer_init(&buffer, limits[_i]);
	for (size_t i = 0; i < limits[_i]; i++)
		buffer_add_byte(&buffer, (char)i);
	ck_assert_int_eq(buffer.fault, FAULT_NONE);
	ck_assert_uint_eq(buffer.len, limits[_i]);
	ck_assert_uint_le(buffer.size, limits[_i]);
	buffer_add_byte(&buffer, 'x');
	ck_assert_int_eq(buffer.fault, FAULT_RECORD_TOO_LARGE);
	ck_assert_uint_eq(buffer.len, limits[_i]);
	for (size_t i = 0; i < limits[_i]; i++)
		ck_assert_int_eq(buffer.bytes[i], (char)i);
}
END_TEST

START_TEST(the_first_fault_stays_and_nothing_follows_it)
{
	buffer_init(&buffer, 4);
	buffer_add(&buffer, SLICE("quay"));
	buffer_add(&buffer, SLICE("side"));
	ck_assert_int_eq(buffer_reserve(&buffer, 0), FAULT_RECORD_TOO_LARGE);
	buffer.len = 0; /* there would be room */
	buffer_add(&buffer, SLICE("x"));
	ck_assert_uint_eq(buffer.len, 0);
}
END_TEST

START_TEST(sizes_beyond_all_memory_are_faults)
{
	buffer_add(&buffer, SLICE("quay"));
	ck_assert_int_eq(buffer_reserve(&buffer, SIZE_MAX),
			 FAULT_RECORD_TOO_LARGE);
	buffer_clear(&buffer);
	ck_assert_int_eq(buffer_reserve(&buffer, SIZE_MAX / 2),
			 FAULT_NO_MEMORY);
}
END_TEST

START_TEST(what_is_released_can_be_used_again)
{
	buffer_add(&buffer, SLICE("quay"));
	buffer_release(&buffer);
	buffer_release(&buffer);
	buffer_add(&buffer, SLICE("side"));
	ck_assert(slice_equal(buffer_slice(&buffer), SLICE("side")));
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("buffer");
	TCase *bytes = tcase_create("bytes");

	tcase_add_checked_fixture(bytes, setup, teardown);
	tcase_add_test(bytes, pieces_are_put_behind_each_other);
	tcase_add_test(bytes, an_empty_buffer_is_an_empty_slice);
	tcase_add_test(bytes, clearing_keeps_the_memory_and_forgets_the_fault);
	tcase_add_loop_test(bytes, it_fills_to_its_limit_and_no_further, 0,
			    COUNT(limits));
	tcase_add_test(bytes, the_first_fault_stays_and_nothing_follows_it);
	tcase_add_test(bytes, sizes_beyond_all_memory_are_faults);
	tcase_add_test(bytes, what_is_released_can_be_used_again);
	suite_add_tcase(suite, bytes);
	return suite;
}
