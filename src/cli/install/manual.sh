#!/bin/sh
# Write a manual page to standard output from what the program and the schema say themselves:
#
#     manual.sh 1 PROGRAM VERSION [ru]     prikaz(1), from the texts of --help
#     manual.sh 5 templates VERSION        prikaz(5), from the reference made of the schema
#
# So neither can say anything else than they do; what is written here is only what stands around.
set -eu
section=$1
from=$2
version=$3
language=${4:-en}
export LC_ALL=C.UTF-8 LANGUAGE="$language"

# Text to roff: backslashes, hyphens of options, a full stop or apostrophe at a line's start.
escape='function esc(s) { gsub(/\\/, "\\e", s); gsub(/-/, "\\-", s); if (s ~ /^[.\047]/) s = "\\\&" s; return s }'

# The options and sentences of a text of help; its first two lines are usage and summary.
options() {
    awk "$escape"'
    NR <= 2 { next }
    /^ +(-[a-zA-Z], )?--[a-z]/ {
        line = $0; sub(/^ +/, "", line)
        match(line, /^(-[a-zA-Z], )?--[a-z-]+(=[^ ]+)?/)
        term = substr(line, 1, RLENGTH); text = substr(line, RLENGTH + 1); sub(/^ +/, "", text)
        printf ".TP\n.B %s\n%s\n", esc(term), esc(text)
        inside = 1; next
    }
    /^$/ { inside = 0; print ".PP"; next }
    inside && /^          / { sub(/^ +/, ""); print esc($0); next }
    { if (inside) print ".PP"; inside = 0; sub(/^ +/, ""); print esc($0) }' | cat -s
}

first_page() {
    case $language in
    ru) name='приказы, дорожные карты и отчёты в PDF по правилам делопроизводства'
        set -- ИМЯ ОБЗОР ОПИСАНИЕ КОМАНДЫ 'КОД ВОЗВРАТА И ОКРУЖЕНИЕ' ФАЙЛЫ ПРИМЕРЫ 'СМ. ТАКЖЕ' \
            'состояние сборки: из чего сделан каждый PDF' 'схема, шаблоны и правила проверки' \
            'настройки организации: копируются рядом с документом' ;;
    *) name='orders, roadmaps and reports as formal PDF'
        set -- NAME SYNOPSIS DESCRIPTION COMMANDS 'EXIT STATUS AND ENVIRONMENT' FILES EXAMPLES 'SEE ALSO' \
            'the state of a build: what went into each PDF' 'schema, templates and rules of the checker' \
            "an office's settings, to be copied beside a document" ;;
    esac
    printf '.TH PRIKAZ 1 "" "prikaz %s" ""\n.SH %s\nprikaz \\- %s\n.SH %s\n' "$version" "$1" "$name" "$2"
    commands=$("$from" --help | awk '/^  [a-z]/ { print $1 }')
    for command in $commands; do
        "$from" "$command" --help | awk "$escape"'NR == 1 { sub(/^[^:]*: prikaz /, ""); c = $1; sub(/^[^ ]+ */, "")
            printf ".B prikaz %s\n%s\n.br\n", c, esc($0) }'
    done
    printf '.SH %s\n' "$3"
    "$from" --help | sed -n 2p
    printf '.SH %s\n' "$4"
    for command in $commands; do
        printf '.SS %s\n' "$command"
        "$from" "$command" --help | sed -n 2p
        echo .PP
        "$from" "$command" --help | options
    done
    printf '.SS prikaz\n'
    "$from" --help | awk 'NR <= 2 || /^  -/' | options
    printf '.SH "%s"\n' "$5"
    "$from" --help | awk "$escape"'/^  -V/ { on = 1; next } on && NF { print esc($0) }'
    printf '.SH %s\n' "$6"
    printf '.TP\n.I %s\n%s\n' 'output/.prikaz\-state' "$9" 'share/prikaz/templates/' "${10}" \
        'share/prikaz/templates/profiles/default.xml' "${11}"
    printf '.SH %s\n.nf\n' "$7"
    printf '%s\n' 'prikaz new приказ \-o my.xml' 'prikaz render my.xml \-o my.pdf' 'prikaz check my.xml' \
        'prikaz build orders \-o output \-\-split'
    printf '.fi\n.SH "%s"\n.BR prikaz (5)\n' "$8"
}

# The reference is Markdown of one shape: headings, paragraphs, tables of attributes, examples.
fifth_page() {
    printf '.TH PRIKAZ 5 "" "prikaz %s" ""\n.SH NAME\n' "$version"
    cat <<'TEXT'
prikaz \- the XML vocabulary of orders, roadmaps and reports
.SH DESCRIPTION
A document is an XML file in the namespace
.BR urn:prikaz:1 .
Its root is one of the elements called a root below. Dates are written DD.MM.YYYY. Short facts are
attributes, texts are elements; what can be derived (numbers of points and measures, marks on
appendices) is not typed. A part may be a file of its own, taken in by
.BR xi:include .
A small document to begin with is written by
.BR "prikaz new" .
Each element has its Russian name first.
.SH ELEMENTS
TEXT
    sed '1,/<!-- generated:/d' "$from/README.md" | awk "$escape"'
    function plain(s) { gsub(/`|\*\*/, "", s); gsub(/\*run\*/, "RUN", s); gsub(/\*block\*/, "BLOCK", s); return esc(s) }
    /^```xml/ { print ".PP\n.nf\n.RS 4"; code = 1; next }
    /^```/ { print ".RE\n.fi"; code = 0; next }
    code { print esc($0); next }
    /^### / { printf ".SS %s\n", substr($0, 5); next }
    /^\| attribute|^\|---/ { next }
    /^\|/ {
        split($0, cell, / \| /); sub(/^\| */, "", cell[1]); sub(/ *\|$/, "", cell[3])
        value = plain(cell[2]); gsub(/"/, "\\(dq", value)
        printf ".TP\n.BR %s \" (%s)\"\n%s\n", plain(cell[1]), value, plain(cell[3]); next
    }
    /^$/ { print ".PP"; next }
    { print plain($0) }' | cat -s
    printf '.SH "SEE ALSO"\n.BR prikaz (1)\n'
}

case $section in
1) first_page ;;
5) fifth_page ;;
esac
