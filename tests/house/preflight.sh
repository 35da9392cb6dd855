#!/bin/sh
# Validates files as PDF/A-1b with PDFBox preflight (Debian libpdfbox2-java).
#
#   preflight.sh FILE...
#
# Status 0: all are valid; 1: the faults are printed; 77: Java or PDFBox is not installed.
set -eu
jars=/usr/share/java
path=
for jar in preflight pdfbox2 fontbox2 xmpbox commons-logging commons-io \
           javax.activation jaxb-api; do
    [ -e "$jars/$jar.jar" ] && path="$path:$jars/$jar.jar"
done
here=$(dirname "$0")
if ! command -v java >/dev/null || [ ! -e "$jars/preflight.jar" ]; then
    echo "preflight: skipped, Java or libpdfbox2-java is not installed"
    exit 77
fi
exec java -Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog \
    -cp "${path#:}" "$here/Preflight.java" "$@"
