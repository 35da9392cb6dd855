#!/bin/sh
# Run every fuzz target of the folder $1 for $2 seconds (60) on the golden cases and its own
# corpus. Status 1 when something was found; the input lies beside the program as NAME.found.
set -u
folder=$1
seconds=${2:-60}
export UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=allocator_may_return_null=0 LC_ALL=C.UTF-8
status=0
for program in "$folder"/fuzz_*; do
    [ -x "$program" ] && [ -f "$program" ] || continue
    name=$(basename "$program")
    own=tests/fuzz/corpus/${name#fuzz_}
    case $name in
    fuzz_fo) set -- $(find tests/cases -name '*.fo') ;;
    fuzz_read) set -- $(find input tests/cases -name '*.xml') ;;
    *) set -- ;;
    esac
    [ ! -d "$own" ] || set -- "$@" "$own"
    dictionary=tests/fuzz/${name#fuzz_}.dict
    [ ! -e "$dictionary" ] || set -- "-dict=$dictionary" "$@"
    rm -f "$program.found"
    "$program" "-seconds=$seconds" "-seed=${SEED:-$(date +%s)}" "-found=$program.found" "$@" || status=1
done
exit $status
