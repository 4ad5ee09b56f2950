#!/usr/bin/env bash
# Builds into build/:  build.sh [ctl] [window] [testwindow]
. "$(dirname "$0")/common.sh"
mkdir -p build
flags=(-ldflags "-s -w -buildid= -X main.version=$(version)")
for what in "$@"; do
	case $what in
	ctl) go build "${flags[@]}" -tags "$CTL_TAGS" -o build/xuezhengctl ./cmd/xuezhengctl ;;
	window) go build "${flags[@]}" -tags "$WINDOW_TAGS" -o build/xuezheng ./cmd/xuezheng ;;
	# OpenGL ES builds in a third of the time; what it draws is the same.
	testwindow) go build -tags "$WINDOW_TAGS,gles" -o build/xuezheng-window ./cmd/xuezheng ;;
	*) stop "build.sh: what is $what?" ;;
	esac
done
