#!/bin/sh
# Install what is missing of the package groups named as arguments (see tests/house/packages):
# says what and why; without rights or network it says which packages to install and stops with
# status 1. Costs one dpkg-query when nothing is missing.
set -eu
list=$(dirname "$0")/packages
PATH=$PATH:/usr/sbin:/sbin

wanted=
for group in "$@"; do
    wanted="$wanted $(sed -n "s/^$group  *\([^ ]*\) .*/\1/p" "$list" | tr '\n' ' ')"
done

# The names among the arguments that are not installed.
not_installed() {
    installed=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' "$@" 2>/dev/null || :)"
    for package in "$@"; do
        case $installed in
        *" installed:$package "*) ;;
        *) printf ' %s' "$package" ;;
        esac
    done
}

give_up() {
    echo "prikaz: $1. Please install the packages yourself, as root:" >&2
    echo "    apt-get install$missing" >&2
    exit 1
}

if ! command -v dpkg-query >/dev/null; then
    missing=" $wanted"
    give_up "this is not a Debian system (once you have the like, run make SETUP=no)"
fi
# shellcheck disable=SC2086
missing=$(not_installed $wanted)
[ -n "$missing" ] || exit 0

echo "prikaz: these Debian packages are missing:"
for package in $missing; do
    sed -n "s/^[a-z]*  *\($package\)  *\(.*\)/    \1: \2/p" "$list"
done

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        give_up "neither root nor sudo, so nothing was installed"
    elif [ -t 0 ]; then
        as_root=sudo
    elif sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        give_up "sudo wants a password and there is no terminal, so nothing was installed"
    fi
fi

echo "prikaz: installing them with apt-get"
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
        -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 -o Acquire::Retries=2 "$@"
}
# Package lists may be absent (a fresh machine), or so old that what they name is gone.
have_lists() {
    ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1
}
install_all() {
    # shellcheck disable=SC2086
    apt install --no-install-recommends $missing >"$log" 2>&1
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! have_lists || ! install_all; then
    echo "prikaz: fetching Debian's package lists"
    apt update >"$log" 2>&1 || :
    if ! install_all; then
        grep -E '^(E|Err|sudo)[: ]' "$log" | head -n 5 >&2 || :
        give_up "apt-get could not install them (is there a network?)"
    fi
fi
# shellcheck disable=SC2086
missing=$(not_installed $wanted)
[ -z "$missing" ] || give_up "apt-get left some out"
echo "prikaz: installed, going on"
