#!/bin/sh
# deploy/librdkafka.sh PREFIX - builds a recent librdkafka, static, into PREFIX.
#
# Debian's releases carry one that is older than 2.12, which is slower by half
# and lacks the new consumer protocol. LIBRDKAFKA_TARBALL=FILE builds that one
# instead of Debian's newest. Does nothing where PREFIX has 2.12 or later
# already.
set -eu

least=2.12
here=$(cd "$(dirname "$0")" && pwd)

if [ $# -ne 1 ]; then
	echo "usage: $0 PREFIX" >&2
	exit 2
fi
mkdir -p "$1"
prefix=$(cd "$1" && pwd)

# The file is asked for as well, or a system-wide one would answer.
if [ -e "$prefix/lib/pkgconfig/rdkafka.pc" ] &&
	PKG_CONFIG_PATH="$prefix/lib/pkgconfig" \
		pkg-config --atleast-version="$least" rdkafka; then
	exit 0
fi

scratch=$(mktemp -d "$prefix.XXXXXX")
log="$scratch/log"
: >"$log"
finish() {
	status=$?
	if [ "$status" -ne 0 ]; then
		tail -n 40 "$log" >&2
		echo "$0: no librdkafka was built; what it builds with comes" \
			"by deploy/deps.sh, a source by LIBRDKAFKA_TARBALL=FILE" >&2
	fi
	rm -rf "$scratch"
	rmdir "$prefix" 2>/dev/null || :
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# C11's threads go past ThreadSanitizer; librdkafka's own, on POSIX's, do not.
tsan=
[ -z "${LIBRDKAFKA_TSAN-}" ] ||
	tsan='--disable-c11threads --CFLAGS=-fsanitize=thread --LDFLAGS=-fsanitize=thread'

mkdir "$scratch/source"
{
	if [ -n "${LIBRDKAFKA_TARBALL-}" ]; then
		tar -xf "$LIBRDKAFKA_TARBALL" -C "$scratch/source" --strip-components 1
		version=unknown
	else
		version=$("$here/upstream.sh" librdkafka "$scratch/source")
	fi
	cd "$scratch/source"
	# 2.14 takes a KIP-848 member's timer out of the list of all timers
	# without the list's lock, while other threads put theirs in.
	sed -i 's/\(&rkcg->rkcg_serve_timer, \)0);/\11);/' src/rdkafka_cgrp.c
	# It asks for a C++ compiler, which nothing built here uses. The archive is
	# made without --enable-static, too; with it the shared library would be
	# linked with Debian's archives, of which zlib's is not made for that.
	# shellcheck disable=SC2086 # options are meant to fall into words
	CXX=cc ./configure --prefix="$prefix" --disable-gssapi --enable-curl \
		--enable-ssl --enable-zstd --enable-lz4-ext $tsan
	make -j"$(nproc)" -C src
	make -C src install
	install -D -m 644 LICENSES.txt "$prefix/share/doc/librdkafka/copyright"
	echo "$version" >"$prefix/share/doc/librdkafka/version"
	# Only the archive stays, or the linker would prefer the shared one; what
	# it links with moves to where a plain `pkg-config --libs rdkafka` tells
	# it (--static would ask for the static libraries of all of curl's).
	cd "$prefix/lib"
	rm -f librdkafka.so* librdkafka-static.a pkgconfig/rdkafka-static.pc
	sed -i -e 's/^Requires\.private:/Requires:/' \
		-e 's/^Libs: .*/& -lm -ldl -lpthread -lrt/' pkgconfig/rdkafka.pc
} >>"$log" 2>&1
