/* tests/unit/settings_load.h - settings loaded from one source or from all. */
#ifndef TESTS_UNIT_SETTINGS_LOAD_H
#define TESTS_UNIT_SETTINGS_LOAD_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stage/settings/settings.h"
#include "tests/unit/suite.h"

static struct settings settings;
static struct complaints complaints;
static char path[] = "/tmp/wirestage-settings-XXXXXX";

/* Make the file at path, and remove it with what was loaded. */
static inline void settings_begin(void)
{
	complaints.count = 0;
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	close(fd);
}

static inline void settings_end(void)
{
	settings_release(&settings);
	unlink(path);
}

static inline void write_file(const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static inline enum fault load(const struct settings_sources *sources)
{
	memset(&settings, 0x55, sizeof settings);
	return settings_load(sources, &settings, &complaints);
}

static inline enum fault load_text(const char *text)
{
	write_file(text);
	return load(&(struct settings_sources){ .file = path });
}

static inline enum fault load_variable(const char *variable)
{
	const char *environment[] = { variable, NULL };

	return load(&(struct settings_sources){ .environment = environment });
}

static inline enum fault load_flag(const char *name, const char *value)
{
	const struct setting_flag flag = { name, value };

	return load(
		&(struct settings_sources){ .flags = &flag, .flag_count = 1 });
}

#endif
