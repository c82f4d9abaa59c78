#!/bin/sh
# deploy/deps.sh [--dry-run] [PURPOSE]... - installs what is missing.
#
# Without a purpose it takes the first four. What is there is recognised by the
# thing itself, not by its package: a JDK or a Python from elsewhere will do.
# Where it may not install, it says what it would run, and fails if anything
# is missing.
# Lists of packages are meant to fall into words.
# shellcheck disable=SC2086
set -eu

# purpose, how to recognise it, Debian's name
table='
build  command cc                       gcc
build  file    /usr/include/stdio.h     libc6-dev
build  command make                     make
build  command pkg-config               pkg-config
build  command xz                       xz-utils
build  command patch                    patch
build  file    /etc/ssl/certs/ca-certificates.crt  ca-certificates
build  module  avro-c                   libavro-dev
build  module  jansson                  libjansson-dev
build  module  libutf8proc              libutf8proc-dev
build  module  libcrypto                libssl-dev
build  module  libmicrohttpd            libmicrohttpd-dev
build  module  libcurl                  libcurl4-openssl-dev
build  module  zlib                     zlib1g-dev
build  module  libzstd                  libzstd-dev
build  module  liblz4                   liblz4-dev
unit   module  check                    check
test   command python3                  python3
test   python  ensurepip                python3-venv
test   command javac                    default-jdk-headless
test   command mvn                      maven
test   command valgrind                 valgrind
test   command openssl                  openssl
test   command promtool                 prometheus
lint   command clang                    clang
lint   command clang-format             clang-format
lint   command clang-tidy               clang-tidy
lint   runtime libclang_rt.asan         libclang-rt-dev
lint   command cppcheck                 cppcheck
page   command node                     nodejs
page   command npm                      npm
page   command chromium                 chromium
manifests command go                    golang-go
deploy command podman                   podman
deploy command runc                     runc
deploy command mmdebstrap               mmdebstrap
'

usage() {
	echo "usage: $0 [--dry-run] [build|unit|test|lint|page|manifests|deploy]..." >&2
	exit 2
}

have() {
	case $1 in
	command) command -v "$2" ;;
	file) [ -e "$2" ] ;;
	module) pkg-config --exists "$2" ;;
	python) python3 -c "import $2" ;;
	runtime) ls "$(clang -print-resource-dir)"/lib/*/"$2"*.a ;;
	esac >/dev/null 2>&1
}

# The sanitizers' and libFuzzer's runtime is named after clang's version: what
# the package clang depends on, installed or, after `apt-get update`, not yet.
clang_runtime() {
	{
		dpkg-query -W -f '${Depends}\n' clang || :
		apt-cache depends clang
	} 2>/dev/null |
		sed -n 's/.*clang-\([0-9][0-9]*\).*/libclang-rt-\1-dev/p' | head -n 1
}

missing() {
	exact=
	echo "$table" | while read -r purpose kind what package; do
		case " $purposes " in *" $purpose "*) ;; *) continue ;; esac
		have "$kind" "$what" && continue
		[ "$kind" != runtime ] || exact=$(clang_runtime)
		echo "${exact:-$package}"
		exact=
	done
}

update='apt-get -qq update'
install='apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install --no-install-recommends'
as_root=
may_install() {
	[ -z "$dry_run" ] && command -v apt-get >/dev/null || return 1
	[ "$(id -u)" -ne 0 ] || return 0
	as_root='sudo -n'
	sudo -n true 2>/dev/null
}

dry_run=
purposes=
for argument; do
	case $argument in
	--dry-run) dry_run=yes ;;
	build | unit | test | lint | page | manifests | deploy) purposes="$purposes $argument" ;;
	*) usage ;;
	esac
done
[ -n "$purposes" ] || purposes='build unit test lint'

packages=$(missing)
[ -n "$packages" ] || exit 0

if ! may_install; then
	echo "missing, by Debian's names:" $packages
	echo "as root: $update && $install" $packages
	exit 1
fi
$as_root $update
packages=$(missing)
echo "installing" $packages
# What went well fills screens; what did not is on stderr.
$as_root env DEBIAN_FRONTEND=noninteractive $install $packages >/dev/null
packages=$(missing)
if [ -n "$packages" ]; then
	echo "installed, yet still missing:" $packages >&2
	exit 1
fi
