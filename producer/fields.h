/* producer/fields.h - which member of struct article each Avro field is. */
#ifndef PRODUCER_FIELDS_H
#define PRODUCER_FIELDS_H

#include "producer/value.h"

/* struct article as the record that schemas/article.avsc describes. */
extern const struct value_class article_class;

#endif
