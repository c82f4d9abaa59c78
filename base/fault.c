#include "base/fault.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

static const struct {
	const char *name, *text;
	enum disposition disposition;
} faults[] = {
#define X(symbol, name, disposition, text) \
	{ name, text, DISPOSITION_##disposition },
	FAULT_MAP(X)
#undef X
};

const char *fault_name(enum fault fault)
{
	assert(fault < FAULT_COUNT);
	return faults[fault].name;
}

const char *fault_text(enum fault fault)
{
	assert(fault < FAULT_COUNT);
	return faults[fault].text;
}

enum disposition fault_disposition(enum fault fault)
{
	assert(fault < FAULT_COUNT);
	return faults[fault].disposition;
}

enum fault fault_noted(enum fault fault, struct fault_note *note,
		       const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(note->text, sizeof note->text, format, args);
	va_end(args);
	return fault;
}
