#!/bin/sh
# Run the test programs $2... as many at once as there are cores, with the program under test in
# the folder $1. Of a program that passes cmocka's closing lines are shown, of one that fails all.
# The last line counts the tests. Status 1 when a test failed or none was run.
set -u
folder=$1
shift
logs=$folder/logs
rm -rf "$logs"
mkdir -p "$logs"
export PRIKAZ="$folder/prikaz" LC_ALL=C.UTF-8 LANGUAGE=en TZ=UTC
export UBSAN_OPTIONS=print_stacktrace=1 G_SLICE=always-malloc
unset SOURCE_DATE_EPOCH CMOCKA_MESSAGE_OUTPUT MAKEFLAGS MFLAGS MAKELEVEL

# A program that hangs is a program that fails; a busy machine is given time.
printf '%s\n' "$@" | xargs -P "$(nproc)" -I '{}' sh -c '
    name=$(basename "$1")
    if timeout 600 "$1" >"$2/$name" 2>&1; then
        echo "$name"
        grep -E "^\[(==========|  PASSED  |  SKIPPED )\].*test\(s\)|: skipped," "$2/$name" | grep -v Running
    else
        status=$?
        echo "$name: status $status" | tee "$2/$name.failed"
        cat "$2/$name"
    fi' sh '{}' "$logs"

count() {
    cat "$logs"/* 2>/dev/null | sed -n "s/^\[  $1 *\] \([^ ]*: \)\{0,1\}\([0-9]*\) test(s).*/\2/p" |
        awk '{ n += $1 } END { print n + 0 }'
}
failed=$(count FAILED)
# A program that ended without counting its failures failed all the same.
for mark in "$logs"/*.failed; do
    [ -e "$mark" ] || continue
    grep -q '^\[  FAILED  \]' "${mark%.failed}" || failed=$((failed + 1))
done
passed=$(count PASSED)
echo "$passed passed, $failed failed, $(count SKIPPED) skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
