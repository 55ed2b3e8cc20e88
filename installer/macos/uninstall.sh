#!/bin/sh
# Removes the application from macOS; what its users said and settings stay in ~/Library. Needs root.
set -eu
for pid in $(pgrep -x sottovoce || :); do kill "$pid"; done
rm -rf /Applications/Sottovoce.app
rm -f /usr/local/bin/sottovoce
pkgutil --forget org.sottovoce.Sottovoce >/dev/null 2>&1 || :
