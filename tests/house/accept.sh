#!/bin/sh
# Run the golden cases that match $2 with the program in folder $1; show how each that differs has
# changed, ask, and replace its expected text. Without a terminal nothing is replaced unless
# ACCEPT=all says so.
set -u
folder=$1
glob=$2
if [ -z "$glob" ]; then
    echo "usage: make accept CASE=GLOB, as in CASE='layout/table-*'" >&2
    exit 2
fi
rm -rf "$folder/cases"
status=0
CASE=$glob PRIKAZ=$folder/prikaz "$folder/unit/test_cases" >"$folder/accept.log" 2>&1 || status=1
changed=$(find "$folder/cases" -name '*.actual' 2>/dev/null | sort)
if [ -z "$changed" ]; then
    # Nothing differs; a failed assertion or a crash is no text to be replaced.
    if [ $status -eq 0 ]; then grep '^\[  PASSED' "$folder/accept.log"; else tail -n 60 "$folder/accept.log"; fi
    exit $status
fi
for actual in $changed; do
    name=${actual#"$folder/cases/"}
    expected=tests/cases/${name%.actual}.expected
    if [ -e "$expected" ]; then
        diff -u "$expected" "$actual"
    else
        cat "$actual"
    fi
    answer=n
    if [ "${ACCEPT:-}" = all ]; then
        answer=y
    elif [ -t 0 ]; then
        printf '%s: replace? [y/N/q] ' "$expected"
        read -r answer || answer=q
    fi
    case $answer in
    y | Y)
        cp "$actual" "$expected" && rm "$actual"
        echo "replaced $expected"
        ;;
    q) exit 0 ;;
    *) echo "left $expected as it was" ;;
    esac
done
