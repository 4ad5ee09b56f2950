#!/usr/bin/env bash
# Makes the pictures of docs/guide and of the readme anew, from the tour's own screens.
. "$(dirname "$0")/common.sh"
.make/setup.sh build
.make/build.sh ctl
for lang in zh en; do
	rm -rf "out/guide/$lang" "docs/guide/pictures/$lang"
	mkdir -p "out/guide/$lang" "docs/guide/pictures/$lang"
	build/xuezhengctl --lang "$lang" tour --out "out/guide/$lang" >/dev/null
	grep -o "pictures/$lang/[a-z-]*\.png" "docs/guide/$lang.md" | sort -u | while read -r picture; do
		cp "out/guide/$lang/screens/$(basename "$picture")" "docs/guide/$picture"
	done
done
for picture in today person-file confirm-online home-way; do cp "out/guide/zh/screens/$picture.png" docs/pictures/; done
say "$(find docs/guide/pictures -name '*.png' | wc -l) pictures in docs/guide"
