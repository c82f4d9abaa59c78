#!/bin/sh
# deploy/base-image.sh IMAGE - makes Debian 13 slim as a local image.
#
# For where no container registry can be reached: it is put together from
# packages of the mirror that apt uses here, their signatures checked. Needs
# root, mmdebstrap and an earlier `apt-get update`.
set -eu

release=trixie

if [ $# -ne 1 ]; then
	echo "usage: $0 IMAGE" >&2
	exit 2
fi

# The mirror of one of this system's own suites: apt's, whatever it is called.
mirror() {
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
		"Codename: $1" 'Component: main' | sort -u | head -n 1
}

# shellcheck source=/dev/null
here=$(. /etc/os-release && echo "$VERSION_CODENAME")
main=$(mirror "$here")
security=$(mirror "$here-security")
if [ -z "$main" ]; then
	echo "$0: apt knows no Debian mirror; apt-get update first" >&2
	exit 1
fi

tar=$(mktemp --suffix=.tar)
trap 'rm -f "$tar"' EXIT
trap 'exit 130' INT TERM HUP

mmdebstrap --quiet --variant=minbase \
	--dpkgopt='path-exclude=/usr/share/man/*' \
	--dpkgopt='path-exclude=/usr/share/info/*' \
	--dpkgopt='path-exclude=/usr/share/locale/*' \
	--dpkgopt='path-exclude=/usr/share/doc/*' \
	--dpkgopt='path-include=/usr/share/doc/*/copyright' \
	"$release" "$tar" \
	"deb $main $release main" "deb $main $release-updates main" \
	${security:+"deb $security $release-security main"}
podman import --quiet --change 'CMD ["bash"]' "$tar" "$1"
