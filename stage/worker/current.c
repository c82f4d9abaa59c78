#include "stage/worker/current.h"

#include <assert.h>
#include <stdlib.h>

bool current_init(struct current *current,
		  const struct transform_context *first, size_t holders)
{
	atomic_store(&current->latest, first);
	current->owned_count = 0;
	/* One of each holder's, the latest, and the one that replaces it. */
	current->owned = calloc(holders + 2, sizeof(struct context *));
	return current->owned != NULL;
}

void current_release(struct current *current)
{
	for (size_t i = 0; i < current->owned_count; i++)
		context_free(current->owned[i]);
	free(current->owned);
	current->owned = NULL;
	current->owned_count = 0;
}

bool current_is_held(const struct current *current, const struct hold *hold)
{
	return atomic_load(&hold->context) == atomic_load(&current->latest);
}

/* Said before it is used, and looked at again once said: whoever replaced it
 * in between may not have seen the hold, and have freed it. */
const struct transform_context *current_take(struct current *current,
					     struct hold *hold)
{
	const struct transform_context *context;

	do {
		context = atomic_load(&current->latest);
		atomic_store(&hold->context, context);
	} while (context != atomic_load(&current->latest));
	return context;
}

static bool is_held(const struct transform_context *context,
		    const struct hold *const *holds, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (atomic_load(&holds[i]->context) == context)
			return true;
	return false;
}

void current_replace(struct current *current, struct context *context,
		     const struct hold *const *holds, size_t count)
{
	size_t kept = 0;

	atomic_store(&current->latest, &context->transform);
	for (size_t i = 0; i < current->owned_count; i++) {
		struct context *old = current->owned[i];
		if (is_held(&old->transform, holds, count))
			current->owned[kept++] = old;
		else
			context_free(old);
	}
	assert(kept <= count);
	current->owned[kept++] = context;
	current->owned_count = kept;
}
