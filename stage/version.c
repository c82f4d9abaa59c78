#include "stage/version.h"

#include "base/log.h"
#include "producer/library.h"

const char *version_text(void)
{
	return WIRESTAGE_VERSION;
}

void version_print(FILE *out)
{
	struct library library;

	fprintf(out, "wirestage %s\n", version_text());
	for (size_t i = 0; library_get(i, &library); i++)
		fprintf(out, "%s %s\n", library.name, library.version);
}

void version_log(void)
{
	struct log_field fields[LIBRARIES_MAX + 2];
	struct library library;
	size_t count = 0;

	fields[count++] = LOG_STR("wirestage", version_text());
	for (size_t i = 0; library_get(i, &library); i++)
		fields[count++] = LOG_STR(library.name, library.version);
	fields[count] = LOG_END;
	log_write(LOG_INFO, "version", fields);
}
