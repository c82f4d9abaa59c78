#!/bin/sh
# deploy/librdkafka.sh PREFIX - builds a recent librdkafka, static, into PREFIX.
#
# Debian's releases carry one that is older than 2.12, which is slower by half
# and lacks the new consumer protocol. This takes the upstream tarball of
# Debian's newest source package, so that a mirror and Debian's signature are
# all it needs. LIBRDKAFKA_TARBALL=FILE builds that instead. Does nothing where
# PREFIX has 2.12 or later already.
set -eu

newest=forky
least=2.12

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

# An apt whose lists and cache are its own: needs no root, changes nothing.
# A mirror may be a snapshot: what its lists say must be signed, not young.
own_apt() {
	apt-get -q -o Acquire::Check-Valid-Until=false -o Dir::State::Lists="$scratch/lists" \
		-o Dir::Cache="$scratch/cache" -o APT::Sandbox::User=root "$@"
}

mirror() {
	"$@" indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
		'Origin: Debian' 'Label: Debian' 'Component: main' | sort -u | head -n 1
}

# Without package lists (no `apt-get update` yet) apt does not tell its mirror.
find_mirror() {
	uri=$(mirror apt-get)
	if [ -z "$uri" ]; then
		own_apt update >>"$log" 2>&1
		uri=$(mirror own_apt)
	fi
	if [ -z "$uri" ]; then
		echo "apt knows no Debian mirror" >>"$log"
		exit 1
	fi
	echo "$uri"
}

download() {
	mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"
	uri=$(find_mirror)
	for key in /usr/share/keyrings/debian-archive-keyring.[gp]gp; do
		[ ! -e "$key" ] || signed="[signed-by=$key]"
	done
	echo "deb-src ${signed-} $uri $newest main" >"$scratch/sources.list"
	set -- own_apt -o Dir::Etc::SourceList="$scratch/sources.list" \
		-o Dir::Etc::SourceParts=/dev/null
	"$@" update
	(cd "$scratch" && "$@" source --download-only librdkafka)
} >>"$log" 2>&1

tarball=${LIBRDKAFKA_TARBALL-}
if [ -z "$tarball" ]; then
	download
	tarball=$(ls "$scratch"/librdkafka_*.orig.tar.*z*)
fi

# C11's threads go past ThreadSanitizer; librdkafka's own, on POSIX's, do not.
tsan=
[ -z "${LIBRDKAFKA_TSAN-}" ] ||
	tsan='--disable-c11threads --CFLAGS=-fsanitize=thread --LDFLAGS=-fsanitize=thread'

mkdir "$scratch/source"
{
	tar -xf "$tarball" -C "$scratch/source" --strip-components 1
	cd "$scratch/source"
	# It asks for a C++ compiler, which nothing built here uses. The archive is
	# made without --enable-static, too; with it the shared library would be
	# linked with Debian's archives, of which zlib's is not made for that.
	# shellcheck disable=SC2086 # options are meant to fall into words
	CXX=cc ./configure --prefix="$prefix" --disable-gssapi --enable-curl \
		--enable-ssl --enable-zstd --enable-lz4-ext $tsan
	make -j"$(nproc)" -C src
	make -C src install
	install -D -m 644 LICENSES.txt "$prefix/share/doc/librdkafka/copyright"
	# Only the archive stays, or the linker would prefer the shared one; what
	# it links with moves to where a plain `pkg-config --libs rdkafka` tells
	# it (--static would ask for the static libraries of all of curl's).
	cd "$prefix/lib"
	rm -f librdkafka.so* librdkafka-static.a pkgconfig/rdkafka-static.pc
	sed -i -e 's/^Requires\.private:/Requires:/' \
		-e 's/^Libs: .*/& -lm -ldl -lpthread -lrt/' pkgconfig/rdkafka.pc
} >>"$log" 2>&1
