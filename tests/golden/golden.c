#include "tests/golden/golden.h"

#include <dirent.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Each folder of tests/golden that holds an input* is a case: the input is
 * transformed, and what comes out must be expected.json.
 *
 *	golden                the cases, each difference as a diff
 *	golden --update       write what comes out to expected.json
 *	golden --emit DIR     the cases' records in all framings, for judges
 */

/* The file's bytes, appended to out. False: it cannot be read. */
static bool file_read(const char *path, struct buffer *out)
{
	char piece[16384];
	size_t len;
	FILE *file = fopen(path, "rb");

	if (!file)
		return false;
	while ((len = fread(piece, 1, sizeof piece, file)) > 0)
		buffer_add(out, (struct slice){ piece, len });
	return fclose(file) == 0 && !out->fault;
}

/* A one-line file's text, or SLICE_NONE where there is no such file. */
static struct slice line_of(const char *path, struct buffer *memory)
{
	if (!file_read(path, memory))
		return SLICE_NONE;
	return slice_trim(buffer_slice(memory));
}

/* A file's number, or 0 where there is no such file. */
static int64_t number_of(const char *path)
{
	long long number = 0;
	FILE *file = fopen(path, "rb");

	if (!file)
		return 0;
	if (fscanf(file, "%lld", &number) != 1)
		number = 0;
	fclose(file);
	return number;
}

static int is_input(const struct dirent *entry)
{
	return !strncmp(entry->d_name, "input", strlen("input"));
}

static int is_case(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Read the input, key and content type of the case that is the current
 * folder; false: it is no case. */
static bool case_read(struct golden_case *golden)
{
	struct dirent **inputs;
	int count = scandir(".", &inputs, is_input, alphasort);
	bool found = count == 1 && file_read(inputs[0]->d_name, &golden->input);

	for (int i = 0; i < count; i++)
		free(inputs[i]);
	if (count >= 0)
		free(inputs);
	golden->content_type.name = SLICE("content-type");
	golden->content_type.value =
		line_of("content-type", &golden->type_memory);
	golden->key = line_of("key", &golden->key_memory);
	golden->work_max = number_of("work.max");
	return found;
}

static void case_init(struct golden_case *golden)
{
	*golden = (struct golden_case){ .key = SLICE_NONE };
	buffer_init(&golden->input, SIZE_MAX);
	buffer_init(&golden->key_memory, SIZE_MAX);
	buffer_init(&golden->type_memory, SIZE_MAX);
}

static void case_release(struct golden_case *golden)
{
	buffer_release(&golden->input);
	buffer_release(&golden->key_memory);
	buffer_release(&golden->type_memory);
}

/* Show what got has in place of what the file holds. */
static void show_difference(const char *path, struct slice got)
{
	char other[32];
	FILE *file = tmpfile();

	if (!file)
		return;
	fwrite(got.ptr, 1, got.len, file);
	fflush(file);
	snprintf(other, sizeof other, "/dev/fd/%d", fileno(file));
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		lseek(fileno(file), 0, SEEK_SET);
		execlp("diff", "diff", "-uN", "--label", "expected", "--label",
		       "got", path, other, (char *)NULL);
		_exit(2);
	}
	if (child > 0)
		waitpid(child, NULL, 0);
	fclose(file);
}

static bool file_write(const char *path, struct slice bytes)
{
	FILE *file = fopen(path, "wb");

	if (!file)
		return false;
	bool whole = fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len;
	return fclose(file) == 0 && whole;
}

/* Whether what came out is as expected; with update it is made so. */
static bool case_judge(const char *path, struct slice got, bool update)
{
	struct buffer expected;

	buffer_init(&expected, SIZE_MAX);
	bool there = file_read(path, &expected);
	bool same = there && slice_equal(buffer_slice(&expected), got);
	buffer_release(&expected);
	if (!same && update)
		return file_write(path, got);
	if (!same)
		show_difference(path, got);
	return same;
}

/* The case that is the current folder. */
static enum outcome case_run(struct golden *golden, bool update)
{
	enum outcome outcome = OUTCOME_NO_CASE;
	struct golden_case one;

	case_init(&one);
	if (case_read(&one)) {
		golden_transform(golden, &one);
		outcome = case_judge("expected.json",
				     buffer_slice(&golden->text), update)
				  ? OUTCOME_PASSED
				  : OUTCOME_FAILED;
	}
	case_release(&one);
	return outcome;
}

/* All cases of the current folder. */
static bool cases_run(struct golden *golden, bool update)
{
	int counts[OUTCOME_COUNT] = { 0 };
	struct dirent **entries;
	int count = scandir(".", &entries, is_case, alphasort);

	for (int i = 0; i < count; i++) {
		enum outcome outcome = OUTCOME_NO_CASE;

		if (chdir(entries[i]->d_name) == 0) {
			outcome = case_run(golden, update);
			if (chdir("..") != 0)
				outcome = OUTCOME_FAILED;
		}
		if (outcome == OUTCOME_FAILED)
			printf("FAILED %s\n", entries[i]->d_name);
		counts[outcome]++;
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	printf("%d passed, %d failed\n", counts[OUTCOME_PASSED],
	       counts[OUTCOME_FAILED]);
	return counts[OUTCOME_FAILED] == 0 && counts[OUTCOME_PASSED] > 0;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "update", no_argument, NULL, 'u' },
		{ "emit", required_argument, NULL, 'e' },
		{ NULL, 0, NULL, 0 },
	};
	char folder[PATH_MAX]; /* whole: the cases change folders */
	const char *emit = NULL;
	bool update = false;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == '?')
			return 2;
		update |= option == 'u';
		if (option == 'e' && !(emit = realpath(optarg, folder))) {
			perror(optarg);
			return 3;
		}
	}

	struct golden *golden = golden_new(emit);
	const char *root = optind < argc ? argv[optind] : "tests/golden";
	if (!golden || chdir(root) != 0) {
		perror(root);
		return 3;
	}
	bool passed = cases_run(golden, update);
	passed &= golden_free(golden);
	return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
