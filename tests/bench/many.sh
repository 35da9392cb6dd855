#!/bin/sh
# Figures of prikaz build with the program $1: 400 documents (DOCUMENTS) of nine pages each from
# nothing, unchanged, after an edit of one appendix, and of a template that a tenth of them use.
# The state and the outputs are checked by what the program says it has done.
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

measure() { # label, how many must be rendered
    start=$(date +%s%N)
    said=$("$program" build input -o output | tail -n 1)
    us=$((($(date +%s%N) - start) / 1000))
    done=$(echo "$said" | sed -n 's/^rendered: \([0-9]*\),.*/\1/p')
    [ "$done" = "$2" ] || { echo "$1: «$said», $2 should have been rendered"; exit 1; }
    echo "$1 $done $us" | awk '{
        printf "%-24s %6d rendered %9.1f ms", $1, $2, $3 / 1000
        if ($2 > 1) printf " %9.0f documents/s %7.0f pages/s", $2 / $3 * 1e6, $2 * 9 / $3 * 1e6
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
