#!/bin/sh
# The vocabulary reference of templates/README.md is made from the annotations of the schema.
# Without an argument: say whether the two agree. With --write: make them.
set -eu
page=templates/README.md
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
{ sed "/<!-- generated:/q" "$page"; echo; } >"$fresh"
xsltproc templates/vocabulary.xsl templates/prikaz.xsd >>"$fresh"
if [ "${1:-}" = --write ]; then
    cp "$fresh" "$page"
elif ! cmp -s "$fresh" "$page"; then
    diff -u "$page" "$fresh" | head -n 20
    echo "$page does not say what the schema says: make vocabulary"
    exit 1
fi
