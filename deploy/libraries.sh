#!/bin/sh
# deploy/libraries.sh PREFIX - prints the libraries' flags, as Makefile lines.
#
# librdkafka is the one that deploy/librdkafka.sh builds into PREFIX, with its
# patch: none of a distribution's has it. Headers are -isystem: warnings are for
# ours.
set -eu

packages='avro-c jansson libutf8proc libcrypto libmicrohttpd'
prefix=$1

deploy/librdkafka.sh "$prefix" >&2
PKG_CONFIG_PATH=$(cd "$prefix" && pwd)/lib/pkgconfig:${PKG_CONFIG_PATH-}
export PKG_CONFIG_PATH

cflags=$(pkg-config --cflags $packages rdkafka |
	sed 's/-I\([^ ]*\)/-isystem \1/g')
echo "LIBRARIES_CFLAGS = $cflags"
echo "LIBRARIES = $(pkg-config --libs $packages rdkafka) -lpthread -lm"
# avro-c cannot be asked for its version when it runs.
echo "AVRO_C_VERSION = $(pkg-config --modversion avro-c)"
