#include "transform/trace.h"

enum fault trace_add(struct trace *trace, struct arena *arena,
		     struct trace_entry entry)
{
	if (!trace)
		return FAULT_NONE;

	struct trace_entry *grown =
		arena_grow(arena, trace->entries, trace->count, sizeof *grown);
	if (!grown)
		return FAULT_NO_SPACE;
	trace->entries = grown;
	grown[trace->count++] = entry;
	return FAULT_NONE;
}
