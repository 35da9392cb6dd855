#!/bin/sh
# Run the fuzz target $1 for $2 seconds. Its seeds are the golden cases it can read and its own
# corpus. One line says what came of it; of a finding the end of its log is shown.
set -u
program=$1
seconds=$2
name=${program##*/}
seeds=$program.seeds
log=$program.log
rm -rf "$seeds" "$program.found" "$log"
mkdir -p "$seeds"
case $name in
fuzz_fo) files=$(find tests/cases -name '*.fo') ;;
fuzz_read) files=$(find input tests/cases templates/new -name '*.xml') ;;
fuzz_order) files=$(find input tests/cases/requisites tests/cases/check templates/new -name '*.xml' -size -6) ;;
fuzz_image) files=$(find tests/cases -name '*.png' -o -name '*.jpg') ;;
fuzz_svg) files=$(find tests/cases -name '*.svg') ;;
*) files= ;;
esac
for file in $files "tests/fuzz/corpus/${name#fuzz_}"/*; do
    [ ! -f "$file" ] || ln -sf "$PWD/$file" "$seeds/$(echo "$file" | tr / -)"
done
dictionary=tests/fuzz/${name#fuzz_}.dict
[ -e "$dictionary" ] && dictionary=-dict=$dictionary || dictionary=

if grep -qa LLVMFuzzerRunDriver "$program"; then
    # What reaches new code is kept from one run to the next.
    mkdir -p "$program.corpus"
    "$program" -max_total_time="$seconds" -seed="$SEED" -timeout=5 -rss_limit_mb=2500 \
        -malloc_limit_mb=2000 -max_len=65536 -exact_artifact_path="$program.found" -print_final_stats=1 \
        $dictionary "$program.corpus" "$seeds" >"$log" 2>&1
    status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    reached=$(sed -n 's/.* cov: \([0-9]*\) .*/, \1 edges/p' "$log" | tail -n 1)
else
    "$program" "-seconds=$seconds" "-seed=$SEED" "-found=$program.found" $dictionary "$seeds" >"$log" 2>&1
    status=$?
    runs=$(sed -n 's/.* \([0-9]*\) mutated inputs.*/\1/p' "$log")
    reached=
fi
if [ $status -eq 0 ]; then
    echo "$name: $seconds s, ${runs:-0} inputs$reached, nothing found"
    exit 0
fi
echo "$name: FOUND something, status $status; again by: $program $program.found; seed $SEED"
grep -aE 'ERROR|SUMMARY|runtime error|internal fault|^ *#[0-9]+ ' "$log" | head -n 25
exit 1
