#!/bin/sh
# Figures of prikaz build with the program $1: 400 documents (DOCUMENTS) of nine pages each from
# nothing, unchanged, after an edit of one appendix, and of a template that a tenth of them use.
# The state and the outputs are checked by what the program says it has done. $2: microseconds
# that the lower bound takes for one of these documents on one core.
set -eu
program=$(realpath "$1")
count=${DOCUMENTS:-400}
folder=.build/bench/many
rm -rf "$folder"
mkdir -p "$folder/input"
cp -r templates "$folder/templates"
cp -r input/talitsa-1602-1 "$folder/input/order-parts"
i=0
while [ $i -lt "$count" ]; do
    i=$((i + 1))
    if [ $((i % 10)) -eq 0 ]; then
        cp input/pochep-roadmap.xml "$folder/input/roadmap-$i.xml"
    else
        mkdir "$folder/input/order-$i"
        cp "$folder"/input/order-parts/*.xml "$folder/input/order-$i"
        sed "s/number=\"1602-1\"/number=\"$i\"/; s/talitsa-1602-1\//order-$i\//" \
            input/talitsa-1602-1.xml >"$folder/input/order-$i.xml"
    fi
done
cd "$folder"
export PRIKAZ_TEMPLATES=templates LC_ALL=C.UTF-8 LANGUAGE=en

run=$OLDPWD/.build/bench/run
bound=${2:-0}
pages=9

measure() { # label, how many must be rendered
    got=$(RUN_OUTPUT=said "$run" 1 "$program" build input -o output) || { cat said; exit 1; }
    done=$(tail -n 1 said | sed -n 's/^rendered: \([0-9]*\),.*/\1/p')
    [ "$done" = "$2" ] || { echo "$1: «$(tail -n 1 said)», $2 should have been rendered"; exit 1; }
    bytes=$(cat output/*.pdf | wc -c)
    echo "$got" | awk -v label="$1 ($done)" -v pages=$((done * pages)) -v bytes="$bytes" -v done="$done" \
        -v bound="$bound" -v cores="$(nproc)" '{
        printf "%-26s %6d %9.1f %9.1f %9.0f %8.1f %10d", label, pages, $1 / 1000, $2 / 1000,
            pages / ($1 / 1e6), $3 / 1000, bytes
        if (bound && done > 1) {
            least = bound * done / cores
            printf " %8.1f %7.2f  %.0f documents/s", least / 1000, $1 / least, done / ($1 / 1e6)
        }
        print ""
    }'
}

measure nothing-there "$count"
measure unchanged 0
touch input/*.xml
measure touched 0
measure unchanged-again 0
echo '<!-- edited -->' >>input/order-1/appendix-1.xml
measure one-appendix 1
echo '<!-- edited -->' >>templates/appendix/appendix.xsl
measure one-template $((count / 10))
