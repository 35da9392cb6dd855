#!/bin/sh
# Write bash's completion for the program $1 to standard output: its commands and their options as
# --help tells them.
set -eu
program=$1
export LC_ALL=C.UTF-8 LANGUAGE=en
words() {
    grep -o -e '--[a-z][a-z-]*=\{0,1\}' | sort -u | tr '\n' ' ' | sed 's/ $//'
}
commands=$("$program" --help | awk '/^  [a-z]/ { printf "%s%s", sep, $1; sep = " " }')
cat <<TEXT
# bash completion for prikaz(1)
_prikaz() {
    local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} options values=
    # «--option=value» comes as three words.
    if [[ \$cur == = ]]; then
        cur=
    elif [[ \$prev == = ]]; then
        prev=\${COMP_WORDS[COMP_CWORD-2]}
    fi
    if [[ \$COMP_CWORD -eq 1 ]]; then
        COMPREPLY=(\$(compgen -W "$commands --help --version" -- "\$cur"))
        return
    fi
    case \${COMP_WORDS[1]} in
TEXT
for command in $commands; do
    printf '    %s) options="%s" ;;\n' "$command" "$("$program" "$command" --help | words)"
done
cat <<'TEXT'
    *) return ;;
    esac
    case ${COMP_WORDS[1]}:$prev in
    *:--profile) values='plain 1a 1b 2a 2b 3a' ;;
    *:--format) values='text json' ;;
    *:--dump) values='xslfo fo areas' ;;
    record:--status) values='done partly not-done postponed cancelled' ;;
    esac
    if [[ -n $values ]]; then
        COMPREPLY=($(compgen -W "$values" -- "$cur"))
    elif [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$cur"))
        [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace
    elif [[ ${COMP_WORDS[1]} == new && $prev == new ]]; then
        COMPREPLY=($(compgen -W 'приказ распоряжение постановление roadmap report' -- "$cur"))
    else
        compopt -o filenames
        mapfile -t COMPREPLY < <(
            compgen -f -X '!*.@(xml|fo|pdf|csv|ics|json)' -- "$cur"
            compgen -d -- "$cur"
        )
    fi
}
shopt -s extglob
complete -F _prikaz prikaz
TEXT
