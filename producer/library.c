#include "producer/library.h"

#include <jansson.h>
#include <librdkafka/rdkafka.h>
#include <openssl/crypto.h>
#include <utf8proc.h>

bool library_get(size_t number, struct library *out)
{
	const struct library libraries[] = {
		{ "librdkafka", rd_kafka_version_str() },
		/* By the build: the library cannot be asked. */
		{ "avro-c", AVRO_C_VERSION },
		{ "jansson", jansson_version_str() },
		{ "openssl", OpenSSL_version(OPENSSL_VERSION_STRING) },
		{ "utf8proc", utf8proc_version() },
	};

	if (number >= sizeof libraries / sizeof *libraries)
		return false;
	*out = libraries[number];
	return true;
}
