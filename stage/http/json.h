/* stage/http/json.h - pieces of the answers, for this folder alone. */
#ifndef STAGE_HTTP_JSON_H
#define STAGE_HTTP_JSON_H

#include <jansson.h>

#include "stage/http/state.h"

/* Text as a JSON string; what is not UTF-8 in it becomes "?". The caller owns
 * it; NULL: out of memory. */
json_t *json_text(const char *text);

/* A list of texts, likewise. */
json_t *json_reasons(const struct reasons *reasons);

/* With the lock held: how far the plan is done; null: there is none. */
json_t *replay_json(const struct status *status);

/* Write root, which this takes, and a newline; NULL is FAULT_NO_MEMORY in
 * out. */
void json_finish(json_t *root, struct buffer *out);

#endif
