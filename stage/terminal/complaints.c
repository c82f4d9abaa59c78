#include "stage/terminal/complaints.h"

#include <stdarg.h>

void complaint_add(struct complaints *complaints, const char *format, ...)
{
	va_list args;

	if (complaints->count < COMPLAINTS_MAX) {
		va_start(args, format);
		vsnprintf(complaints->text[complaints->count], COMPLAINT_SIZE,
			  format, args);
		va_end(args);
	}
	complaints->count++;
}

void complaints_print(const struct complaints *complaints, FILE *out)
{
	for (size_t i = 0; i < complaints->count && i < COMPLAINTS_MAX; i++)
		fprintf(out, "wirestage: %s\n", complaints->text[i]);
	if (complaints->count > COMPLAINTS_MAX)
		fprintf(out, "wirestage: and %zu more\n",
			complaints->count - COMPLAINTS_MAX);
}
