/* tests/unit/suite.h - what each test program of this folder provides. */
#ifndef TESTS_UNIT_SUITE_H
#define TESTS_UNIT_SUITE_H

#include <check.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* As ck_assert(), which sends a word to its parent each time it is passed: for
 * loops that pass it a million times. */
#define MUST(condition) \
	do { \
		if (!(condition)) \
			ck_abort_msg("not so: %s", #condition); \
	} while (0)

/* The suite of this program's one module. */
Suite *suite(void);

#endif
