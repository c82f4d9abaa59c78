/* producer/avro/fields.h - which member of struct article each Avro field is. */
#ifndef PRODUCER_AVRO_FIELDS_H
#define PRODUCER_AVRO_FIELDS_H

#include "producer/avro/value.h"

/* struct article as the record that schemas/article.avsc describes. */
extern const struct value_class article_class;

#endif
