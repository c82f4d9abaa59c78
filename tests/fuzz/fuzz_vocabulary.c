#include <assert.h>
#include <stdint.h>

#include "transform/topics/vocabulary.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice json = { (const char *)data, size };
	struct vocabulary *vocabulary = NULL;
	struct fault_note note;

	if (vocabulary_parse(json, &vocabulary, &note))
		return 0;
	assert(vocabulary_size(vocabulary) > 0);
	(void)vocabulary_by_name(vocabulary, json);
	(void)vocabulary_by_uri(vocabulary, SLICE("medtop:11000000"));
	vocabulary_free(vocabulary);
	return 0;
}
