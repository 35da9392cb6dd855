#!/bin/sh
# The program $1 (a release build) under valgrind on every document of input/: no access to memory
# that is not its own or holds nothing, no memory lost. What the program keeps to its end on purpose
# is reachable and no loss.
set -u
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0
for document in input/*.xml; do
    if valgrind -q --leak-check=full --show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect \
        --error-exitcode=99 --log-file="$folder/log" "$program" render "$document" -o "$folder/out.pdf" 2>"$folder/said"; then
        echo "valgrind: $document: clean"
    else
        echo "valgrind: $document: status $?"
        cat "$folder/said" "$folder/log" | head -n 60
        status=1
    fi
done
exit $status
