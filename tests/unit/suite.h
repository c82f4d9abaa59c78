/* tests/unit/suite.h - what each test program of this folder provides. */
#ifndef TESTS_UNIT_SUITE_H
#define TESTS_UNIT_SUITE_H

#include <check.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* The suite of this program's one module. */
Suite *suite(void);

#endif
