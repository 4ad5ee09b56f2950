#!/usr/bin/env bash
# Draws every screen with sample people, in both languages and both sizes, into out/pictures.
. "$(dirname "$0")/common.sh"
.make/setup.sh build
mkdir -p out/pictures
XUEZHENG_PICTURES="$PWD/out/pictures" go test -tags "$TEST_TAGS" -count=1 -run Picture ./ui/...
count=$(find out/pictures -name '*.png' | wc -l)
((count)) || stop "no picture was drawn"
say "$count pictures in out/pictures"
