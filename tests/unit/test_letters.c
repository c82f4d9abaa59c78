#include "stage/worker/letters.h"
#include "tests/unit/suite.h"

static struct letters *letters;

static void set_up(void)
{
	letters = letters_new();
	ck_assert_ptr_nonnull(letters);
}

static void tear_down(void)
{
	letters_free(letters);
}

/* A letter by what tells it from others: of a part of raw/0/OFFSET, or of all
 * of it where part is -1, standing at at in partition 2. */
struct sample {
	int64_t offset;
	int part;
	unsigned attempt;
	int64_t at;
	bool by_reference;
};

static struct record message_of(const struct sample *sample)
{
	return (struct record){ .partition = 2, .offset = sample->at };
}

static struct letter letter_of(const struct sample *sample)
{
	return (struct letter){
		.raw = { .topic = SLICE("raw"), .offset = sample->offset },
		.rejection = { .part = sample->part < 0
					       ? 0
					       : (unsigned)sample->part,
			       .whole = sample->part < 0,
			       .attempt = sample->attempt },
		.by_reference = sample->by_reference,
	};
}

static void add(struct sample sample)
{
	struct record message = message_of(&sample);
	struct letter letter = letter_of(&sample);

	ck_assert_int_eq(letters_add(letters, &message, &letter), FAULT_NONE);
}

static bool is_last(struct sample sample)
{
	struct record message = message_of(&sample);
	struct letter letter = letter_of(&sample);

	return letters_is_last(letters, &message, &letter);
}

/* Two letters of one message, and whether each is sent. */
static const struct {
	struct sample first, second;
	bool first_sent, second_sent;
} pairs[] = {
	/* It came back from a redrive. */
	{ { 7, -1, 1, 10, false }, { 7, -1, 2, 20, false }, false, true },
	{ { 7, 3, 1, 10, false }, { 7, 3, 2, 20, false }, false, true },
	/* In a partition that has fewer offsets. */
	{ { 7, -1, 1, 20, false }, { 7, -1, 2, 10, false }, false, true },
	/* A replay rejected it again. */
	{ { 7, -1, 1, 10, false }, { 7, -1, 1, 20, false }, false, true },
	/* Other parts, other messages. */
	{ { 7, 3, 1, 10, false }, { 7, 4, 1, 20, false }, true, true },
	{ { 7, -1, 1, 10, false }, { 8, -1, 1, 20, false }, true, true },
	/* Bad as a whole first, then in a part: the others are published. */
	{ { 7, -1, 1, 10, false }, { 7, 1, 2, 20, false }, false, true },
	/* What has no bytes takes nothing's place. */
	{ { 7, -1, 1, 10, false }, { 7, -1, 2, 20, true }, true, true },
};

START_TEST(the_last_letter_of_a_part_is_sent)
{
	add(pairs[_i].first);
	add(pairs[_i].second);
	ck_assert_int_eq(is_last(pairs[_i].first), pairs[_i].first_sent);
	ck_assert_int_eq(is_last(pairs[_i].second), pairs[_i].second_sent);
}
END_TEST

START_TEST(many_are_kept_apart_and_too_many_are_refused)
{
	struct sample sample = { .part = -1, .attempt = 1 };

	for (int64_t i = 0; i < LETTERS_MAX; i++) {
		sample.offset = sample.at = i;
		struct record message = message_of(&sample);
		struct letter letter = letter_of(&sample);
		MUST(letters_add(letters, &message, &letter) == FAULT_NONE);
	}
	for (int64_t i = 0; i < LETTERS_MAX; i += 1021)
		MUST(is_last((struct sample){ i, -1, 1, i, false }));
	MUST(!is_last((struct sample){ 5, -1, 1, 4, false }));
	sample.offset++;
	struct record message = message_of(&sample);
	struct letter letter = letter_of(&sample);
	ck_assert_int_eq(letters_add(letters, &message, &letter), FAULT_CONFIG);
	/* One that is known already still finds its place. */
	add((struct sample){ 5, -1, 2, 9, false });
	ck_assert(!is_last((struct sample){ 5, -1, 1, 5, false }));
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("letters");
	TCase *last = tcase_create("last");

	tcase_set_timeout(last, 30);
	tcase_add_checked_fixture(last, set_up, tear_down);
	tcase_add_loop_test(last, the_last_letter_of_a_part_is_sent, 0,
			    COUNT(pairs));
	tcase_add_test(last, many_are_kept_apart_and_too_many_are_refused);
	suite_add_tcase(suite, last);
	return suite;
}
