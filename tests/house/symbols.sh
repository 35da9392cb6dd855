#!/bin/sh
# Names that leave a file, in the object files given (of src/ and of tests): they begin with their
# stage's name, and some other file uses them; what only its own file uses should be static.
# With --self-test the rules are shown bad and good samples.
set -eu

judge() {
    awk '
    { # «path/stage/file.o: name T value size»
        path = $1; sub(/:$/, "", path)
        file = path; sub(/.*\//, "", file)
        stage = path; sub(/\/[^\/]*$/, "", stage); sub(/.*\//, "", stage)
        if ($3 ~ /^[TDBRV]$/ && stage != "unit" && stage != "fuzz") { defined[$2] = path; of[$2] = stage }
        if ($3 == "U") used[$2] = used[$2] " " path
    }
    END {
        own["base"] = "^(mem|arena|vec|buf|utf8|diag|mpt|file|hash)_"
        for (name in defined) {
            if (name == "main" || name ~ /^__/) continue
            pattern = of[name] in own ? own[of[name]] : "^" of[name] "_"
            if (name !~ pattern) print defined[name] ": " name " does not begin with its stage"
            if (!(name in used)) print defined[name] ": " name " is used nowhere else: make it static or remove it"
        }
    }' | sort
}

if [ "$1" = --self-test ]; then
    said=$(printf '%s\n' \
        'b/fo/a.o: fo_good T 0 9' 'b/fo/a.o: stray T 0 9' 'b/fo/a.o: fo_lonely T 0 9' \
        'b/app/b.o: fo_good U' 'b/app/b.o: stray U' 'b/base/c.o: mem_x T 0 1' \
        'b/unit/t.o: mem_x U' 'b/cli/m.o: main T 0 1' | judge | tr '\n' ' ')
    [ "$said" = 'b/fo/a.o: fo_lonely is used nowhere else: make it static or remove it b/fo/a.o: stray does not begin with its stage ' ] && exit
    echo "symbols: the self-test says: $said"
    exit 1
fi
faults=$(nm -A -g -P "$@" | judge)
[ -z "$faults" ] || { echo "$faults"; exit 1; }
