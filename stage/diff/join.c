#include "stage/diff/join.h"

#include <assert.h>

/* Which comes first; where a file has ended, the other's. 0: both. */
static int next_order(const struct join *join)
{
	if (!join->before_record || !join->after_record)
		return !join->before_record - !join->after_record;

	struct origin before = origin_of(join->before_record);
	struct origin after = origin_of(join->after_record);
	return origin_order(&before, &after);
}

enum fault join_next(struct join *join, struct pair *out,
		     struct fault_note *note)
{
	assert(join && join->before && join->after && out && note);

	enum fault fault = FAULT_NONE;

	if (!join->begun || join->before_is_used)
		fault = article_file_next(join->before, &join->before_record,
					  note);
	if (!fault && (!join->begun || join->after_is_used))
		fault = article_file_next(join->after, &join->after_record,
					  note);
	if (fault)
		return fault;
	int order = next_order(join);
	join->begun = true;
	join->before_is_used = order <= 0 && join->before_record;
	join->after_is_used = order >= 0 && join->after_record;
	*out = (struct pair){
		.before = join->before_is_used ? join->before_record : NULL,
		.after = join->after_is_used ? join->after_record : NULL,
	};
	return FAULT_NONE;
}
