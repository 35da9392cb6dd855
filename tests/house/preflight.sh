#!/bin/sh
# Validates files as PDF/A-1b with PDFBox preflight (Debian's libpdfbox2-java, libjaxb-api-java,
# openjdk-17-jdk-headless).
#
#   preflight.sh FILE...
#
# Status 0: all are valid; 1: the faults are printed; 77: Java or a library is not installed.
set -eu
path=
for jar in preflight pdfbox2 fontbox2 xmpbox commons-logging javax.activation jaxb-api; do
    if [ ! -e "/usr/share/java/$jar.jar" ]; then
        echo "preflight: skipped, there is no $jar.jar: install libpdfbox2-java libjaxb-api-java"
        exit 77
    fi
    path="$path:/usr/share/java/$jar.jar"
done
if ! command -v javac >/dev/null; then
    echo "preflight: skipped, there is no Java compiler: install openjdk-17-jdk-headless"
    exit 77
fi
exec java -Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog \
    -cp "${path#:}" "$(dirname "$0")/Preflight.java" "$@"
