#!/bin/sh
# deploy/librdkafka.sh PREFIX - builds a recent librdkafka, static, into PREFIX.
#
# Debian's releases carry one that is older than 2.12, which is slower by half
# and lacks the new consumer protocol. LIBRDKAFKA_TARBALL=FILE builds that one
# instead of Debian's newest. What is wrong with it librdkafka.patch mends. Does
# nothing where PREFIX has one that this script built with this patch.
set -eu

here=$(cd "$(dirname "$0")" && pwd)

if [ $# -ne 1 ]; then
	echo "usage: $0 PREFIX" >&2
	exit 2
fi
mkdir -p "$1"
prefix=$(cd "$1" && pwd)

recipe=$(cksum <"$here/librdkafka.sh" && cksum <"$here/librdkafka.patch")
if [ "$(cat "$prefix/recipe" 2>/dev/null)" = "$recipe" ]; then
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
exec 3>&2
{
	if [ -n "${LIBRDKAFKA_TARBALL-}" ]; then
		tar -xf "$LIBRDKAFKA_TARBALL" -C "$scratch/source" --strip-components 1
		version=unknown
	else
		version=$("$here/upstream.sh" librdkafka "$scratch/source")
	fi
	cd "$scratch/source"
	if ! patch -p1 --forward <"$here/librdkafka.patch"; then
		echo "$0: not all of librdkafka.patch fits librdkafka $version:" \
			"look whether what it mends is still wrong there" >&3
	fi
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
	echo "$recipe" >"$prefix/recipe"
} >>"$log" 2>&1
