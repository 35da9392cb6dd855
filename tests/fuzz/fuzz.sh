#!/bin/sh
# Run the fuzz targets of the folder $1 (or only $3) for $2 seconds in all, as many at once as there
# are cores, on the golden cases, the corpus and the dictionary of each. Status 1 when something was
# found: the input then lies beside the program as NAME.found, what was said as NAME.log.
set -u
folder=$1
seconds=$2
only=${3:-}
export UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=allocator_may_return_null=0 LC_ALL=C.UTF-8
SEED=${SEED:-$(date +%s)}
export SEED

programs=
count=0
for program in "$folder"/fuzz_*; do
    [ -x "$program" ] && [ -f "$program" ] || continue
    [ -z "$only" ] || [ "${program##*/}" = "$only" ] || continue
    programs="$programs $program"
    count=$((count + 1))
done
[ "$count" -gt 0 ] || { echo "fuzz: there is no target${only:+ $only}"; exit 2; }
cores=$(nproc)
[ "$cores" -le "$count" ] || cores=$count
each=$((seconds * cores / count))
[ "$each" -gt 0 ] || each=1

# shellcheck disable=SC2086
printf '%s\n' $programs | xargs -P "$cores" -I '{}' sh tests/fuzz/one.sh '{}' "$each" || exit 1
