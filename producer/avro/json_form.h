/* producer/avro/json_form.h - what of a schema the JSON form needs; for the
 * printer alone. */
#ifndef PRODUCER_AVRO_JSON_FORM_H
#define PRODUCER_AVRO_JSON_FORM_H

#include <jansson.h>

#include "producer/avro/json.h"

struct json_form {
	json_t *schema;
	json_t *names; /* the named types' definitions, by short name */
};

/* A type's attribute that is a string; "" where it has none. */
const char *schema_attribute(const json_t *type, const char *name);

/* "Sha256" of "wirestage.Sha256": no two types of a record share it. */
const char *schema_short_name(const char *name);

#endif
