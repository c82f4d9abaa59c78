#include <stdlib.h>
#include <sys/mman.h>

#include "stage/worker/state.h"

enum {
	/* The arena keeps this much between messages; what a larger message
	 * touched goes back to the system. */
	ARENA_KEPT = 1 << 20,
	HEADER_ROOM = 32,
};

/* Address space for the largest article; pages come when they are used. */
static bool arena_map(struct worker *worker)
{
	size_t size = (size_t)worker->work->settings->arena_max_bytes;
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (memory == MAP_FAILED)
		return false;
	arena_init(&worker->arena, memory, size);
	worker->arena_size = size;
	return true;
}

bool scratch_init(struct worker *worker, struct fault_note *note)
{
	const struct work *work = worker->work;
	const struct deadletter_config deadletter = {
		.topic = work->settings->deadletter_topic,
		.group_id = work->settings->group_id,
		.worker = worker->number,
		.max_bytes = work->deadletter_max_bytes,
		.version = TRANSFORM_VERSION,
	};

	buffer_init(&worker->value, work->output_max_bytes);
	worker->transform =
		transform_new(current_take(work->current, &worker->hold));
	worker->deadletter = deadletter_new(&deadletter);
	worker->headers = calloc(HEADER_ROOM, sizeof *worker->headers);
	worker->header_room = HEADER_ROOM;
	return worker->transform && worker->deadletter && worker->headers &&
	       arena_map(worker) &&
	       !article_encoder_new(work->schema, &worker->encoder, note);
}

void scratch_release(struct worker *worker)
{
	catalog_release(&worker->catalog);
	transform_free(worker->transform);
	article_encoder_free(worker->encoder);
	deadletter_free(worker->deadletter);
	buffer_release(&worker->value);
	free(worker->headers);
	free(worker->holdings);
	if (worker->arena_size)
		munmap(worker->arena.begin, worker->arena_size);
}

bool scratch_renew(struct worker *worker)
{
	struct current *current = worker->work->current;

	if (current_is_held(current, &worker->hold))
		return true;
	/* It borrows what may be freed once the hold is given up. */
	transform_free(worker->transform);
	worker->transform = transform_new(current_take(current, &worker->hold));
	if (worker->transform)
		return true;
	(void)fault_noted(FAULT_NO_MEMORY, &worker->note,
			  "out of memory for a new vocabulary");
	return false;
}

void scratch_reset(struct worker *worker)
{
	size_t used = (size_t)(worker->arena.next - worker->arena.begin);

	arena_reset(&worker->arena);
	if (used > ARENA_KEPT)
		madvise(worker->arena.begin + ARENA_KEPT, used - ARENA_KEPT,
			MADV_DONTNEED);
}
