#!/bin/sh
# Whole-process figures of the program $1: every document of input/, then roadmap tables of 5,000
# and 50,000 rows, then many documents (many.sh). REFERENCE names another program that is called
# in the same way (the one before a change, say); the last column is then the ratio of the times.
# RUNS: how often each is run.
set -u
program=$1
runs=${RUNS:-11}
folder=.build/bench
mkdir -p "$folder/out"

# figures PROGRAM RUNS INPUT OUTPUT: median us, least us, peak kB
figures() {
    "$folder/run" "$2" "$1" render "$3" -o "$4"
}

row() { # label runs input
    output=$folder/out/$1.pdf
    got=$(figures "$program" "$2" "$3" "$output") || { echo "$1: failed"; failed=1; return; }
    reference=
    [ -z "${REFERENCE:-}" ] || reference=$(figures "$REFERENCE" "$2" "$3" "$folder/out/reference.pdf")
    pages=$(pdfinfo "$output" | sed -n 's/^Pages: *//p')
    echo "$got" "$pages" "$(wc -c <"$output")" "$reference" | awk -v label="$1" '{
        printf "%-24s %6d %9.1f %9.1f %9.0f %8.1f %10d", label, $4, $1 / 1000, $2 / 1000,
            $4 / ($1 / 1e6), $3 / 1000, $5
        if ($6) printf " %7.2f", $1 / $6
        print ""
    }'
}

failed=0
printf '%-24s %6s %9s %9s %9s %8s %10s %7s\n' document pages 'ms' 'least ms' 'pages/s' 'peak MB' \
    bytes "${REFERENCE:+ratio}"
for input in input/*.xml; do
    row "$(basename "$input" .xml)" "$runs" "$input"
done
for rows in ${ROWS:-5000 50000}; do
    fo=$folder/rows-$rows.fo
    [ -s "$fo" ] && [ "$fo" -nt tests/bench/rows.sh ] || sh tests/bench/rows.sh "$rows" >"$fo"
    row "rows-$rows" 3 "$fo"
done
sh tests/bench/many.sh "$program" || failed=1
exit $failed
