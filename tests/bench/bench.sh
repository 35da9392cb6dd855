#!/bin/sh
# One table of whole-process figures of the program $1, each with its ratio to the lower bound
# measured in the same run: replay.c, which draws the finished pages of the same document with
# libharu and does nothing else. Rows: a one-page order, every document of input/, the roadmap of
# talitsa-1602-1 over 100, 1,000 and 10,000 pages (long.sh), tables of 5,000 and 50,000 rows of XSL-FO
# (rows.sh), a region's report (region.sh), builds of many documents (many.sh). Under the documents
# that OTHERS names (two of them, if it is not set) stand fop, typst, xelatex, weasyprint and
# libreoffice with the same content, those that are installed: the median of three runs (of long documents one), or of OTHER_RUNS.
#
# ms: median of RUNS cold runs; least: of these; MB: peak of resident memory. REFERENCE names
# another program that is called in the same way (the one before a change, say); the last column
# is then the ratio of the medians. Below 1,000 ms, times of one run differ by a tenth and more:
# read ratios.
set -u
program=$1
runs=${RUNS:-11}
folder=.build/bench
mkdir -p "$folder/out"
export PRIKAZ_TEMPLATES="${PRIKAZ_TEMPLATES:-templates}"

# measure RUNS COMMAND…: median us, least us, peak kB
measure() {
    "$folder/run" "$@"
}

# The files of the fonts a display list names, as replay wants them.
fonts_of() {
    awk '/^ *text /{ for (i = 1; i <= NF; i++) if ($i == "w") { print $(i + 2); break } }' "$1" |
        sort -u | while read -r name; do
        echo "$name=$(fc-match -f '%{file}' ":postscriptname=$name")"
    done
}

# print LABEL PAGES BYTES "MEDIAN LEAST PEAK" BOUND_US REFERENCE_US
print() {
    echo "$4" | awk -v label="$1" -v pages="$2" -v bytes="$3" -v bound="$5" -v reference="$6" '{
        printf "%-26s %6d %9.1f %9.1f %9.0f %8.1f %10d", label, pages, $1 / 1000, $2 / 1000,
            pages / ($1 / 1e6), $3 / 1000, bytes
        if (bound) printf " %8.1f %7.2f", bound / 1000, $1 / bound; else printf " %8s %7s", "", ""
        if (reference) printf " %7.2f", $1 / reference
        print ""
    }'
}

pages_of() {
    pdfinfo "$1" | sed -n 's/^Pages: *//p'
}

row() { # label runs input
    output=$folder/out/$1.pdf
    list=$folder/out/$1.list
    got=$(measure "$2" "$program" render "$3" -o "$output") || { echo "$1: failed"; failed=1; return; }
    "$program" render "$3" --dump=areas -o "$list" 2>/dev/null
    # shellcheck disable=SC2046 # a font file is one word
    bound=$(measure "$2" "$folder/replay" 1 "$list" "$folder/out/bound.pdf" $(fonts_of "$list")) ||
        { echo "$1: replay failed"; failed=1; }
    reference=
    [ -z "${REFERENCE:-}" ] || reference=$(measure "$2" "$REFERENCE" render "$3" -o "$folder/out/reference.pdf")
    print "$1" "$(pages_of "$output")" "$(wc -c <"$output")" "$got" "${bound%% *}" "${reference%% *}"
    other_formatters "$1" "$3" $(($2 < 3 ? 1 : $2 / 3))
}

# The same content by another formatter, whose command is $4…; its output is other.pdf.
other() { # label runs formatter command…
    label=$1 times=$2 formatter=$3
    shift 3
    if ! command -v "$1" >/dev/null 2>&1; then
        case " $missing " in *" $formatter "*) ;; *) missing="$missing $formatter" ;; esac
        return 0
    fi
    rm -f "$folder/out/other.pdf"
    got=$(measure "$times" "$@") && [ -s "$folder/out/other.pdf" ] ||
        { echo "  $label by $formatter: failed"; return; }
    print "  $formatter" "$(pages_of "$folder/out/other.pdf")" "$(wc -c <"$folder/out/other.pdf")" \
        "$got" "" ""
}

# FO goes to fop as it is; the others get the same text and tables in their own words.
missing=
other_formatters() { # label input runs
    case " ${OTHERS-talitsa-1602-1 roadmap-100} " in *" $1 "*) ;; *) return ;; esac
    "$program" render "$2" --dump=xslfo -o "$folder/out/other.fo" || return
    for kind in html typ tex fodt; do
        xsltproc "tests/bench/others/$kind.xsl" "$folder/out/other.fo" >"$folder/out/other.$kind"
    done
    pdf=$folder/out/other.pdf
    set -- "$1" "${OTHER_RUNS:-$3}"
    other "$@" fop fop -q -r -fo "$folder/out/other.fo" -pdf "$pdf"
    other "$@" typst typst compile "$folder/out/other.typ" "$pdf"
    other "$@" xelatex xelatex -interaction=batchmode -output-directory="$folder/out" "$folder/out/other.tex"
    other "$@" weasyprint weasyprint "$folder/out/other.html" "$pdf"
    other "$@" libreoffice soffice "-env:UserInstallation=file://$PWD/$folder/libreoffice" --headless \
        --convert-to pdf --outdir "$folder/out" "$folder/out/other.fodt"
}

# A generated input, made anew when its generator has changed.
generated() { # name generator argument
    if [ -z "$(find "$folder/$1" -newer "tests/bench/$2" -size +0 2>/dev/null)" ]; then
        sh "tests/bench/$2" "$3" >"$folder/$1"
    fi
    echo "$folder/$1"
}

failed=0
printf '%-26s %6s %9s %9s %9s %8s %10s %8s %7s %7s\n' document pages ms 'least ms' 'pages/s' 'peak MB' \
    bytes 'bound ms' ratio "${REFERENCE:+to ref.}"
got=$(measure "$runs" "$program" --version) && print --version 0 0 "$got" "" ""
rm -f "$folder/one-page.xml"
"$program" new распоряжение -o "$folder/one-page.xml" 2>/dev/null
row one-page "$runs" "$folder/one-page.xml"
for input in input/*.xml; do
    row "$(basename "$input" .xml)" "$runs" "$input"
done
row roadmap-100 "${LONG_RUNS:-5}" "$(generated roadmap-100.xml long.sh 33)"
row roadmap-1000 "${LONG_RUNS:-5}" "$(generated roadmap-1000.xml long.sh 330)"
row roadmap-10000 1 "$(generated roadmap-10000.xml long.sh 3300)"
for rows in ${ROWS:-5000 50000}; do
    row "rows-$rows" 3 "$(generated "rows-$rows.fo" rows.sh "$rows")"
done
[ "$folder/region/region.xml" -nt tests/bench/region.sh ] || sh tests/bench/region.sh "$folder/region"
row region-report 3 "$folder/region/region.xml"
# Of documents made one after the other in one process, as a worker makes them.
list=$folder/out/talitsa-1602-1.list
# shellcheck disable=SC2046 # a font file is one word
got=$(measure 3 "$folder/replay" 40 "$list" "$folder/out/bound.pdf" $(fonts_of "$list"))
sh tests/bench/many.sh "$program" $((${got%% *} / 40)) || failed=1
[ -z "$missing" ] || echo "not installed, and so not beside it:$missing"
exit $failed
