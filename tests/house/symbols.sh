#!/bin/sh
# Names that leave a file, in the object files given (of src/ and of tests). Those that other stages
# use begin with their stage's name, so that a reader knows where to look; those that stay inside
# their stage say of what they are (para_break, page_end). Some other file uses them; what only its
# own file uses should be static.
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
        own["base"] = "^(mem|arena|vec|buf|utf8|diag|mpt|file|hash|pool|color|feed|thread)_"
        for (name in defined) {
            # xmlStrEqual: taken over from libxml2 on purpose, see transform/equal.c
            if (name == "main" || name == "xmlStrEqual" || name ~ /^__/) continue
            pattern = of[name] in own ? own[of[name]] : "^" of[name] "_"
            is_used = is_abroad = 0
            n = split(used[name], users, " ")
            for (i = 1; i <= n; i++) {
                user = users[i]; sub(/\/[^\/]*$/, "", user); sub(/.*\//, "", user)
                is_used = 1
                if (user != of[name] && user != "unit" && user != "fuzz") is_abroad = 1
            }
            if (is_abroad && name !~ pattern) print defined[name] ": " name " is used by other stages and does not begin with its own"
            else if (name !~ pattern && name !~ /^[a-z0-9]+_/) print defined[name] ": " name " does not say of what it is"
            if (!is_used) print defined[name] ": " name " is used nowhere else: make it static or remove it"
        }
    }' | sort
}

if [ "$1" = --self-test ]; then
    said=$(printf '%s\n' \
        'b/fo/a.o: fo_good T 0 9' 'b/fo/a.o: stray_one T 0 9' 'b/fo/a.o: fo_lonely T 0 9' \
        'b/fo/a.o: inner_good T 0 9' 'b/fo/a.o: inner T 0 9' 'b/fo/c.o: inner_good U' 'b/fo/c.o: inner U' \
        'b/app/b.o: fo_good U' 'b/app/b.o: stray_one U' 'b/base/c.o: mem_x T 0 1' \
        'b/unit/t.o: mem_x U' 'b/unit/t.o: inner_good U' 'b/cli/m.o: main T 0 1' | judge | tr '\n' ' ')
    [ "$said" = 'b/fo/a.o: fo_lonely is used nowhere else: make it static or remove it b/fo/a.o: inner does not say of what it is b/fo/a.o: stray_one is used by other stages and does not begin with its own ' ] && exit
    echo "symbols: the self-test says: $said"
    exit 1
fi
faults=$(nm -A -g -P "$@" | judge)
[ -z "$faults" ] || { echo "$faults"; exit 1; }
