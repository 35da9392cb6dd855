#!/bin/sh
# Put the Debian package $1 to the test: lintian finds nothing; in a fresh minimal Debian 12 of its
# own apt installs it with what it depends on, the installed program renders and checks its own
# sample documents, and the package is removed without leaving anything. MIRROR names the archive.
# Without root, debootstrap or a network it says so and ends with status 0; lintian is skipped where
# it is not installed.
set -eu
package=$1
mirror=${MIRROR:-http://deb.debian.org/debian}
PATH=$PATH:/usr/sbin:/sbin
skip() {
    echo "deb-check: the installation is skipped: $1"
    exit 0
}
fail() {
    echo "deb-check: $1" >&2
    exit 1
}

if command -v lintian >/dev/null; then
    said=$(lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$package" 2>&1) || fail "lintian says: $said"
    echo "deb-check: lintian finds nothing${said:+: $said}"
else
    echo "deb-check: lintian is skipped, it is not installed"
fi
[ "$(id -u)" -eq 0 ] || skip "it needs root"
command -v debootstrap >/dev/null || skip "debootstrap is not installed"

root=$(mktemp -d)
log=$root.log
trap 'rm -rf --one-file-system "$root" "$log"' EXIT
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$log" 2>&1 ||
    skip "debootstrap could not make a Debian from $mirror: $(tail -n 1 "$log")"
inside() {
    chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME=/root \
        DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"
}
cp "$package" "$root/tmp/prikaz.deb"
inside apt-get -qq -y --no-install-recommends install /tmp/prikaz.deb >"$log" 2>&1 ||
    fail "apt cannot install it: $(grep -E '^(E|Err| )' "$log" | head -n 20)"

inside prikaz --version
inside sh -eu -c 'cd /root
for kind in приказ распоряжение постановление roadmap; do
    prikaz new "$kind" -o "$kind.xml"
    prikaz render "$kind.xml"
    prikaz check "$kind.xml"
    head -c 5 "$kind.pdf" | grep -q "%PDF-"
done
mkdir in && cp *.xml in/ && prikaz build in -o out && test "$(ls out/*.pdf | wc -l)" -eq 4' ||
    fail "the installed program fails"
inside env LANGUAGE=ru prikaz render missing.xml 2>&1 | grep -q 'нет такого файла' || fail "no Russian messages"
inside apt-get -qq -y purge prikaz >"$log" 2>&1 || fail "apt cannot remove it: $(cat "$log")"
left=$(find "$root/usr" -name '*prikaz*')
[ -z "$left" ] || fail "removing it leaves $left"
echo "deb-check: it installs, runs and is removed in a fresh Debian"
