#include "producer/avro/value.h"

#include "transform/article.h"

_Static_assert(sizeof(int) == sizeof(int32_t) &&
		       sizeof(enum article_type) == sizeof(int),
	       "value_get_int() reads 32 bits");

static int null_get(const avro_value_iface_t *class, const void *self)
{
	(void)class;
	(void)self;
	return 0;
}

static int text_get(const avro_value_iface_t *class, const void *self,
		    const char **out, size_t *size)
{
	const struct slice *text = self;

	(void)class;
	*out = text->ptr ? text->ptr : "";
	*size = text->len + 1; /* avro-c counts a NUL, and reads none */
	return 0;
}

static int long_get(const avro_value_iface_t *class, const void *self,
		    int64_t *out)
{
	(void)class;
	*out = *(const int64_t *)self;
	return 0;
}

static int hash_get(const avro_value_iface_t *class, const void *self,
		    const void **out, size_t *size)
{
	(void)class;
	*out = self;
	*size = HASH_SIZE;
	return 0;
}

static int text_has(const avro_value_iface_t *class, const void *self, int *out)
{
	(void)class;
	*out = ((const struct slice *)self)->ptr != NULL;
	return 0;
}

static const struct value_class null_class = {
	.methods = { .get_type = value_type, .get_null = null_get },
	.type = AVRO_NULL,
};

const struct value_class value_text = {
	.methods = { .get_type = value_type, .get_string = text_get },
	.type = AVRO_STRING,
};

const struct value_class value_text_or_null =
	VALUE_UNION(text_has, &value_text, .none = 0);

const struct value_class value_int = {
	.methods = { .get_type = value_type, .get_int = value_get_int },
	.type = AVRO_INT32,
};

const struct value_class value_long = {
	.methods = { .get_type = value_type, .get_long = long_get },
	.type = AVRO_INT64,
};

const struct value_class value_hash = {
	.methods = { .get_type = value_type, .get_fixed = hash_get },
	.type = AVRO_FIXED,
};

static const struct value_class *class_of(const avro_value_iface_t *methods)
{
	return (const struct value_class *)methods;
}

/* avro-c knows no const, and calls nothing that would write. */
static void value_set(avro_value_t *out, const struct value_class *class,
		      const void *self)
{
	out->iface = (avro_value_iface_t *)&class->methods;
	out->self = (void *)self;
}

avro_value_t value_of(const struct value_class *class, const void *self)
{
	avro_value_t value;

	value_set(&value, class, self);
	return value;
}

avro_type_t value_type(const avro_value_iface_t *class, const void *self)
{
	(void)self;
	return class_of(class)->type;
}

int value_get_int(const avro_value_iface_t *class, const void *self, int *out)
{
	(void)class;
	*out = *(const int *)self;
	return 0;
}

int value_has_int(const avro_value_iface_t *class, const void *self, int *out)
{
	*out = *(const int *)self != class_of(class)->none;
	return 0;
}

int value_has_long(const avro_value_iface_t *class, const void *self, int *out)
{
	*out = *(const int64_t *)self != class_of(class)->none;
	return 0;
}

int value_has_text(const avro_value_iface_t *class, const void *self, int *out)
{
	const struct record_fields *record = class_of(class)->branch->record;

	*out = 0;
	for (size_t i = 0; i < record->count; i++) {
		const char *text =
			(const char *)self + record->fields[i].offset;

		*out |= ((const struct slice *)text)->ptr != NULL;
	}
	return 0;
}

int value_get_branch(const avro_value_iface_t *class, const void *self,
		     avro_value_t *out)
{
	int present;

	class->get_discriminant(class, self, &present);
	value_set(out, present ? class_of(class)->branch : &null_class, self);
	return 0;
}

int value_record_size(const avro_value_iface_t *class, const void *self,
		      size_t *out)
{
	(void)self;
	*out = class_of(class)->record->count;
	return 0;
}

int value_record_member(const avro_value_iface_t *class, const void *self,
			size_t index, avro_value_t *out, const char **name)
{
	const struct field *field = &class_of(class)->record->fields[index];

	value_set(out, field->class, (const char *)self + field->offset);
	if (name)
		*name = field->name;
	return 0;
}

int value_list_size(const avro_value_iface_t *class, const void *self,
		    size_t *out)
{
	*out = *(const size_t *)((const char *)self +
				 class_of(class)->count_offset);
	return 0;
}

/* The item of a list; its count is the caller's affair. */
static const void *item_at(const struct value_class *class, const void *self,
			   size_t index)
{
	const char *const *list =
		(const void *)((const char *)self + class->list_offset);

	return *list + index * class->item_size;
}

int value_list_item(const avro_value_iface_t *class, const void *self,
		    size_t index, avro_value_t *out, const char **name)
{
	(void)name;
	value_set(out, class_of(class)->item,
		  item_at(class_of(class), self, index));
	return 0;
}

int value_map_item(const avro_value_iface_t *class, const void *self,
		   size_t index, avro_value_t *out, const char **name)
{
	const struct extra *extra = item_at(class_of(class), self, index);

	value_set(out, class_of(class)->item, &extra->value);
	if (name)
		*name = extra->name.ptr;
	return 0;
}
