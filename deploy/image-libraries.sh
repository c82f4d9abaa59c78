#!/bin/sh
# deploy/image-libraries.sh PREFIX - builds curl and libmicrohttpd into PREFIX.
#
# For the image: Debian's are made for everything, and bring 25 libraries more,
# 12 MB of Kerberos, LDAP, SSH and a second TLS. These are static and can what
# is used: HTTP and HTTPS by OpenSSL as a client, HTTP as a server.
set -eu

if [ $# -ne 1 ]; then
	echo "usage: $0 PREFIX" >&2
	exit 2
fi
mkdir -p "$1"
prefix=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)

scratch=$(mktemp -d)
log="$scratch/log"
finish() {
	status=$?
	[ "$status" -eq 0 ] || tail -n 40 "$log" >&2
	rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# build PACKAGE ./configure's options...
build() {
	package=$1
	shift
	version=$("$here/upstream.sh" "$package" "$scratch/$package")
	cd "$scratch/$package"
	./configure --prefix="$prefix" --enable-static --disable-shared "$@"
	make -j"$(nproc)" -C "$sources"
	make -C "$sources" install
	install -D -m 644 COPYING "$prefix/share/doc/$package/copyright"
	echo "$version" >"$prefix/share/doc/$package/version"
}

{
	sources=lib
	build curl --with-openssl --with-ca-bundle=/etc/ssl/certs/ca-certificates.crt \
		--without-libpsl --without-libidn2 --without-nghttp2 --without-brotli \
		--without-zstd --without-zlib --without-librtmp --without-libssh2 \
		--disable-ldap --disable-ldaps --disable-ftp --disable-file \
		--disable-dict --disable-telnet --disable-tftp --disable-pop3 \
		--disable-imap --disable-smtp --disable-gopher --disable-rtsp \
		--disable-mqtt --disable-smb --disable-ipfs --disable-manual \
		--disable-docs --disable-websockets
	make -C include install
	install -D -m 644 libcurl.pc "$prefix/lib/pkgconfig/libcurl.pc"
	sources=src
	build libmicrohttpd --disable-https --disable-curl --disable-doc \
		--disable-examples --disable-tools
	install -D -m 644 libmicrohttpd.pc "$prefix/lib/pkgconfig/libmicrohttpd.pc"
} >"$log" 2>&1
