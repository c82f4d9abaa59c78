#!/bin/sh
# deploy/image-root.sh PROGRAM FOLDER - lays out the image's file system.
#
# The stripped program, the libraries that it loads, the certificates that it
# trusts, a name for the user; of each Debian package that a file comes from,
# its licence and its entry in the package database, which is where scanners
# for known vulnerabilities look.
set -eu

if [ $# -ne 2 ]; then
	echo "usage: $0 PROGRAM FOLDER" >&2
	exit 2
fi
program=$1
root=$2

install -D -s "$program" "$root/usr/bin/wirestage"

# Where the loader finds them, so that it needs no cache of its own.
libraries=$(ldd "$program" | grep -o '/[^ ]*')
for library in $libraries; do
	install -D -m 755 "$library" "$root$library"
done

# OpenSSL looks for one file under its own folder, librdkafka asks OpenSSL.
bundle=/etc/ssl/certs/ca-certificates.crt
install -D -m 644 "$bundle" "$root$bundle"
openssl_folder=$(openssl version -d | cut -d '"' -f 2)
mkdir -p "$root$openssl_folder"
ln -s "$bundle" "$root$openssl_folder/cert.pem"

mkdir -p "$root/etc"
echo 'nonroot:x:65532:65532::/:/sbin/nologin' >"$root/etc/passwd"
echo 'nonroot:x:65532:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
cp -L /etc/os-release "$root/etc/os-release"

# Of what is linked in whole: the archive's package, or the library's own words
# and the version of the package that it was built from.
archive=$(realpath "$(cc -print-file-name=libavro.a)")
packages=ca-certificates
for file in "$archive" $libraries; do
	packages="$packages $(dpkg -S "$(realpath "$file")" | cut -d : -f 1)"
done
for package in $packages; do
	licence=usr/share/doc/$package/copyright
	install -D -m 644 "/$licence" "$root/$licence"
	mkdir -p "$root/var/lib/dpkg/status.d"
	dpkg-query -s "$package" >"$root/var/lib/dpkg/status.d/$package"
done
install -D -m 644 LICENSE "$root/usr/share/doc/wirestage/copyright"
for doc in build/librdkafka/share/doc/* build/own/share/doc/*; do
	package=${doc##*/}
	install -D -m 644 "$doc/copyright" "$root/usr/share/doc/$package/copyright"
	cat >"$root/var/lib/dpkg/status.d/$package" <<-EOF
		Package: $package
		Status: install ok installed
		Architecture: $(dpkg --print-architecture)
		Version: $(cat "$doc/version")
		Description: built into wirestage
	EOF
done
