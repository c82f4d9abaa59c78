#include <assert.h>
#include <jansson.h>

#include "producer/avro/encoder.h"
#include "producer/avro/framing.h"
#include "producer/avro/json.h"
#include "schemas/embedded.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* avro-c keeps its records' pointers where they are not aligned; without this
 * the record that the encoder still holds counts as leaked. */
const char *__lsan_default_options(void);

const char *__lsan_default_options(void)
{
	return "use_unaligned=1";
}

static struct article_encoder *encoder;
static struct json_form *form;
static struct buffer text;

static void open_all(void)
{
	struct slice schema = embedded_article_schema();
	struct fault_note note;

	buffer_init(&text, SIZE_MAX);
	assert(!article_encoder_new(schema, &encoder, &note) &&
	       !json_form_new(schema, &form, &note));
}

/* A message of the articles topic, as tail reads it: what is decoded must
 * print as JSON that another parser reads. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice body = { (const char *)data, size };
	struct framing framing;
	avro_value_t record;

	if (!encoder)
		open_all();
	(void)framing_read(body, &framing, &body);
	if (!article_decode(encoder, body, &record))
		return 0;
	buffer_clear(&text);
	assert(!json_form_print(form, &record, JSON_STYLE_PRETTY, &text));
	json_t *json = json_loadb(text.bytes, text.len, JSON_ALLOW_NUL, NULL);
	assert(json);
	json_decref(json);
	return 0;
}
