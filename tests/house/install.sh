#!/bin/sh
# What `make install` puts in a folder: the program runs from there with the templates and the
# translation it finds beside it; the manual pages are good roff and name every command and option of
# --help and every element and attribute of the schema; bash completes commands, options and values;
# the program is hardened. $1 is an empty folder to install to.
set -eu
root=$1
status=0
export LC_ALL=C.UTF-8
wrong() {
    echo "install: $*"
    status=1
}
rm -rf "$root"
unset MAKEFLAGS MFLAGS
make --no-print-directory -s SETUP=no install DESTDIR="$root" PREFIX=/opt/p
prikaz=$root/opt/p/bin/prikaz
share=$root/opt/p/share

# --- it runs
(
    cd "$root"
    export PATH="$PWD/opt/p/bin:$PATH"
    unset PRIKAZ_TEMPLATES
    prikaz new приказ -o order.xml && prikaz render order.xml && [ "$(head -c 5 order.pdf)" = %PDF- ] &&
        said=$(LANGUAGE=ru prikaz render missing.xml 2>&1 || :) &&
        case $said in *'нет такого файла'*) ;; *) false ;; esac
) || wrong "the installed program does not render, or not in Russian"
left=$(cd templates && find . -type f | sort)
[ "$left" = "$(cd "$share/prikaz/templates" && find . -type f | sort)" ] || wrong "templates are missing"

# --- the manuals
page=$share/man/man1/prikaz.1
for one in "$page" "$share/man/ru/man1/prikaz.1" "$share/man/man5/prikaz.5"; do
    said=$(groff -K utf8 -T utf8 -man -ww -rLL=78n "$one" 2>&1 >/dev/null | grep -v 'cannot break line\|cannot adjust line' | head -n 3)
    [ -z "$said" ] || wrong "$one: $said"
done
plain=$(sed 's/\\-/-/g' "$page")
russian=$(sed 's/\\-/-/g' "$share/man/ru/man1/prikaz.1")
commands=$("$prikaz" --help | awk '/^  [a-z]/ { print $1 }')
[ -n "$commands" ] || wrong "--help names no commands"
for command in $commands ''; do
    [ -z "$command" ] || printf '%s\n' "$plain" | grep -qx ".SS $command" || wrong "prikaz(1) lacks the command $command"
    for option in $("$prikaz" $command --help | grep -o -e '--[a-z][a-z-]*' | sort -u); do
        for text in "$plain" "$russian"; do
            printf '%s\n' "$text" | sed -n "/^\.SS ${command:-prikaz}\$/,/^\.S/p" | grep -q -e "$option" ||
                printf '%s\n' "$text" | grep -q -e "^\.B prikaz $command .*$option" ||
                wrong "prikaz(1) lacks $option of ${command:-prikaz}"
        done
    done
done
schema() {
    sed -n "s/.*<xs:$1 name=\"\([^\"]*\)\".*/\1/p" templates/prikaz.xsd | sort -u
}
fifth=$(sed 's/\\-/-/g' "$share/man/man5/prikaz.5")
for name in $(schema element); do
    printf '%s\n' "$fifth" | grep -q "\b$name\b" || wrong "prikaz(5) lacks the element $name"
done
for name in $(schema attribute); do
    printf '%s\n' "$fifth" | grep -q "^\.BR $name " || wrong "prikaz(5) lacks the attribute $name"
done

# --- completion: words before the cursor, what must be offered
complete() {
    bash -c '. "$1"; shift; wanted=$1; shift
        COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        compopt() { :; }
        _prikaz
        printf "%s\n" "${COMPREPLY[@]}" | grep -qx -e "$wanted"' bash "$share/bash-completion/completions/prikaz" "$@" ||
        wrong "bash does not complete $*"
}
complete render prikaz ren
complete --report= prikaz render --rep
complete 3a prikaz build --profile ''
complete 2b prikaz build --profile = 2
complete not-done prikaz record --status = n
complete приказ prikaz new пр
complete templates prikaz render templ

# --- hardening: position-independent, everything bound at the start and then read-only, no
# executable stack, stack protector, checked string functions
facts=$(readelf -hldWs "$prikaz")
has() {
    printf '%s\n' "$facts" | grep -q -e "$1" || wrong "the program is not hardened: $2"
}
has 'Type: *DYN' 'it is not position-independent'
has 'GNU_RELRO' 'no relro'
has 'BIND_NOW\|FLAGS.*NOW' 'not bound at the start'
has 'GNU_STACK .* RW ' 'the stack is executable'
has '__stack_chk_fail' 'no stack protector'
has '__[a-z]*_chk@' 'no checked functions (_FORTIFY_SOURCE)'
rm -rf "$root"
exit $status
