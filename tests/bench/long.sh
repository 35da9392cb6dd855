#!/bin/sh
# Write an order to standard output: talitsa-1602-1 whose first appendix has its roadmap table $1
# times over, the second one left out. From the second time on every third word of a row is
# another word of the table, by a fixed sequence, so that no cache of equal paragraphs makes the
# figures look better than those of a real document.
awk -v times="${1:?how often}" '
function pick(n) { seed = seed * 16807 % 2147483647; return int(seed / 8) % n }
function is_word(s) { return s !~ /[<>"=&]/ && length(s) > 6 }
function varied(line,   n, i, part, s) {
    n = split(line, part, " ")
    s = ""
    for (i = 1; i <= n; i++)
        s = s (i > 1 ? " " : "") (is_word(part[i]) && pick(3) == 0 ? word[pick(words)] : part[i])
    return s
}
BEGIN { seed = 54 }
FNR == 1 { file++ }
file == 1 && /<xi:include/ { exit_at_include = 1; next }
file == 1 && !exit_at_include { print; next }
file == 1 { ending = ending $0 "\n"; next }
/^<\?xml/ { next }
/<\/columns>/ { print; in_table = 1; next }
/<\/roadmap>/ {
    for (t = 1; t <= times; t++)
        for (i = 0; i < lines; i++)
            print t == 1 ? row[i] : varied(row[i])
    in_table = 0
}
in_table {
    row[lines++] = $0
    for (i = 1; i <= NF; i++)
        if (is_word($i)) word[words++] = $i
    next
}
{ print }
END { printf "%s", ending }' input/talitsa-1602-1.xml input/talitsa-1602-1/appendix-1.xml |
    sed 's/ profile="[^"]*"//; s/width="1.2cm"/width="2cm"/; /<point>Утвердить перечень/,/<\/point>/d'
