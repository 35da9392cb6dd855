#!/bin/sh
# Make a Debian package of what `make install` has put below $1/root/usr; it is written to $1, and
# its name to standard output. Version $2; the date of the changelog is SOURCE_DATE_EPOCH or the
# newest source's.
#
# No debhelper: there is one binary to strip, one list of libraries to ask for (dpkg-shlibdeps) and
# four pages to compress. The files of debian/ lie beside this script, because the top level of the
# project is for what everybody needs.
set -eu
here=$(dirname "$0")
folder=$1
version=$2
root=$folder/root
export LC_ALL=C.UTF-8
umask 022
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(find src templates -type f -printf '%Ts\n' | sort -n | tail -n 1)}
export SOURCE_DATE_EPOCH

strip --remove-section=.comment --remove-section=.note "$root/usr/bin/prikaz"
doc=$root/usr/share/doc/prikaz
mkdir -p "$doc" "$root/DEBIAN" "$folder/debian"
cp "$here/debian/copyright" "$doc/copyright"
sed "s/@VERSION@/$version/; s/@DATE@/$(date -u -R -d "@$SOURCE_DATE_EPOCH")/" "$here/debian/changelog" >"$folder/debian/changelog"
gzip -9n <"$folder/debian/changelog" >"$doc/changelog.gz"
find "$root/usr/share/man" -type f ! -name '*.gz' -exec gzip -9n '{}' +
cp "$here/debian/control" "$folder/debian/control"
: >"$folder/debian/files"
(
    cd "$folder"
    dpkg-shlibdeps -Tdebian/substvars root/usr/bin/prikaz
    dpkg-gencontrol -pprikaz -Tdebian/substvars -Proot -v"$version" >/dev/null
)
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -print0 | xargs -0 touch -h -d "@$SOURCE_DATE_EPOCH"
name=prikaz_${version}_$(dpkg --print-architecture).deb
dpkg-deb -Zxz --root-owner-group --build "$root" "$folder/$name" >/dev/null
echo "$folder/$name"
