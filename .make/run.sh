#!/usr/bin/env bash
# Opens the window. Where there is no display, shows what the program does all the same.
. "$(dirname "$0")/common.sh"
.make/setup.sh build
mkdir -p .cache
go build -o .cache/display .make/display.go
if .cache/display; then
	.make/setup.sh build window
	[[ -x build/xuezheng ]] || say "building the window; the first time takes some minutes"
	.make/build.sh window
	exec build/xuezheng
fi
say "No display here, so the window stays closed; making the tour instead."
.make/build.sh ctl
build/xuezhengctl tour --out out/tour
say "
Look in out/tour: the certificate, the lists and a picture of every screen.
The command line is build/xuezhengctl; try  build/xuezhengctl help"
