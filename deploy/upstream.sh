#!/bin/sh
# deploy/upstream.sh PACKAGE FOLDER - unpacks a library's own sources.
#
# The upstream tarball of Debian's newest source package, so that a mirror and
# Debian's signature are all that it needs. Prints the package's version. The
# apt that fetches it has lists and a cache of its own: it needs no root, and
# changes nothing.
set -eu

newest=forky

if [ $# -ne 2 ]; then
	echo "usage: $0 PACKAGE FOLDER" >&2
	exit 2
fi
package=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM HUP
mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"

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
uri=$(mirror apt-get)
if [ -z "$uri" ]; then
	own_apt update >&2
	uri=$(mirror own_apt)
fi
if [ -z "$uri" ]; then
	echo "$0: apt knows no Debian mirror" >&2
	exit 1
fi

for key in /usr/share/keyrings/debian-archive-keyring.[gp]gp; do
	[ ! -e "$key" ] || signed="[signed-by=$key]"
done
echo "deb-src ${signed-} $uri $newest main" >"$scratch/sources.list"
set -- own_apt -o Dir::Etc::SourceList="$scratch/sources.list" \
	-o Dir::Etc::SourceParts=/dev/null
"$@" update >&2
# Not Debian's own part of it, which a mirror may lack.
for part in --tar-only --dsc-only; do
	(cd "$scratch" && "$@" source --download-only "$part" "$package" >&2)
done

# Beside the tarball may lie its signature, which ends in .asc.
tar -xf "$scratch/$package"_*.orig.tar.*[!c] -C "$folder" --strip-components 1
sed -n 's/^Version: //p' "$scratch/$package"_*.dsc
