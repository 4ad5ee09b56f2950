#!/usr/bin/env bash
# Makes the bundled fonts again, each by the recipe beside it.
. "$(dirname "$0")/common.sh"
.make/setup.sh build fonts
for recipe in assets/fonts/*/make.sh; do
	step "$recipe"
	(cd "$(dirname "$recipe")" && bash ./make.sh)
done
