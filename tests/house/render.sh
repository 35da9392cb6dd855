#!/bin/sh
# Render every input/*.xml to output/ with the program $1 and list what was written: name, pages,
# milliseconds. Status 1 when a document could not be rendered; the others are rendered all the same.
set -u
program=$1
report=.build/report.json
mkdir -p output
status=0
set --
for input in input/*.xml; do
    [ -e "$input" ] || continue
    output=output/$(basename "$input" .xml).pdf
    start=$(date +%s%N)
    if "$program" render "$input" -o "$output" --report="$report"; then
        ms=$((($(date +%s%N) - start) / 1000000))
        pages=$(sed -n 's/.*"pages": *\([0-9][0-9]*\).*/\1/p' "$report" | head -n 1)
        set -- "$@" "$output" "$pages" "$ms"
    else
        status=1
    fi
done
rm -f "$report"
[ $# -eq 0 ] || printf '%-36s %4s pages %5s ms\n' "$@"
exit $status
