#!/bin/sh
# Every house rule, the next also when one before has failed. $1 is the template of messages made
# from the sources, $2... the translations. Status 1 when any rule is broken.
set -u
template=$1
shift
status=0
perl tests/house/lint.pl --self-test || status=1
perl tests/house/lint.pl || status=1
sh tests/house/symbols.sh --self-test || status=1
sh tests/house/vocabulary.sh || status=1
sh tests/house/install.sh .build/install-test || status=1
for po in "$@"; do
    missing=$(LC_ALL=C msgcmp "$po" "$template" 2>&1) && continue
    echo "$po: $(echo "$missing" | grep -c 'used but not') messages are not translated; make po adds them, the first are:"
    echo "$missing" | sed -n 's/^[^:]*:\([0-9]*\): this message is used but.*/\1/p' | head -n 5 |
        while read -r line; do sed -n "${line},\$p" "$template" | sed '/^$/q' | sed -n 's/^msgid/   /p'; done
    status=1
done
exit $status
