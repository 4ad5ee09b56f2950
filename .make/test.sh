#!/usr/bin/env bash
# Runs everything there is to run every time, and ends with one line: N passed, N failed.
# A part can be run alone:  .make/test.sh format vet lint units services scripts screens postgres window paper
# With packages as well it also makes and tries the packages; see docs/TESTING.md.
. "$(dirname "$0")/common.sh"
. .make/postgres.sh
. .make/tests.sh

.make/setup.sh build window test
tests_begin
trap 'postgres_stop; tests_clean' EXIT
trap 'exit 130' INT TERM
# What a person has set for their own store must not reach the tests, nor make Go run them anew.
unset XUEZHENG_PASSPHRASE XUEZHENG_NOW TEST_POSTGRES

formatted() {
	local files; files=$(gofmt -l assets cmd data ui .make 2>/dev/null)
	[[ -z $files ]] || { say "not formatted by gofmt:"; say "$files"; return 1; }
}

# vetting also builds what all jobs need, so that no two of them build it at once
part_format() { step "format"; check gofmt formatted; }
part_vet() { step "vet"; check vet go vet -composites=false -tags "$TEST_TAGS" ./...; }

lint() { check staticcheck ".cache/bin/staticcheck-$STATICCHECK" -tags "$TEST_TAGS" ./...; }
part_lint() { job "lint (staticcheck $STATICCHECK)" lint; }

part_units() { job units gotest -p 1 $(packages . | grep -vE '^xuezheng/(data/(store|service|paper)$|ui/shell$|cmd/xuezheng)'); }

part_services() { job "store and services, on SQLite" gotest -p 1 ./data/store ./data/service; }

# The tour is walked once for the guide and for its script, so both are one job.
part_scripts() {
	job "command line: the tour and the guide" gotest -run 'TestTheGuide|TestJourneys/tour$' ./cmd/xuezhengctl
	job "command line: whole journeys" gotest -skip 'TestTheGuide|TestJourneys/tour$' ./cmd/xuezhengctl
}

# In the language of the desk, and dealt out, since all screens together take the longest.
screens() { LANG=zh_CN.UTF-8 gotest "$@" ./ui/shell; }
part_screens() {
	local i
	for i in 0 1 2; do job "screens, part $((i + 1)) of 3" screens -run "$(shard ui/shell 3 $i)"; done
}

# On PostgreSQL the same stories are told again: every one of the store's, of the services' and of the
# scripts that keep a store. What Go remembers of them would be of another server, so it's never asked.
on_postgres() { TEST_POSTGRES=$server gotest -count=1 "$@"; }
part_postgres() {
	step "PostgreSQL"
	if ! postgres_start; then check "PostgreSQL starts" false; return; fi
	server=$TEST_POSTGRES
	unset TEST_POSTGRES
	job "store and services, on PostgreSQL" on_postgres -p 1 ./data/store ./data/service
	job "command line: whole journeys, on PostgreSQL" on_postgres -run TestJourneys ./cmd/xuezhengctl
}

paper() {
	mkdir -p out/paper
	XUEZHENG_TOOLS=1 PAPER_OUT="$PWD/out/paper" gotest -count=1 ./data/paper
}
part_paper() { job "paper, read by other people's programs" paper; }

window() {
	mkdir -p out/window
	check "the window builds" .make/build.sh testwindow
	XUEZHENG_XVFB=1 XUEZHENG_PICTURES="$PWD/out/window" XUEZHENG_WINDOW="$PWD/build/xuezheng-window" gotest -count=1 -skip Windows ./cmd/xuezheng
}
part_window() { job "the real window, under Xvfb" window; }

# The packages are made on Debian, for its own architecture; wine runs on amd64.
part_packages() {
	step "the packages: Debian's looked at and unpacked, the Windows programs under wine"
	if ! have dpkg || [[ $(dpkg --print-architecture) != amd64 ]]; then
		say "not on this machine"
		return
	fi
	.make/setup.sh package try
	check "the packages are made" .make/package.sh
	local deb=out/package/xuezheng_$(version)_amd64.deb unpacked=out/package/unpacked
	check "lintian finds no error" lintian --allow-root --fail-on error "$deb"
	rm -rf "$unpacked"
	check "it unpacks" dpkg-deb -x "$deb" "$unpacked"
	check "its entry in the menu" desktop-file-validate "$unpacked/usr/share/applications/xuezheng.desktop"
	check "its command line" "$unpacked/usr/bin/xuezhengctl" --lang en help
	x86_64-w64-mingw32-gcc -shared -O2 -o out/package/windows/bcryptprimitives.dll .make/package/prng.c -ladvapi32
	mkdir -p out/window
	XUEZHENG_WINDOWS="$PWD/out/package/windows" XUEZHENG_PICTURES="$PWD/out/window" gotest -count=1 -run Windows ./cmd/xuezheng
}

# The longest first, so that no core stands idle at the end.
for part in ${*:-format vet postgres window scripts screens services paper units lint}; do
	"part_$part"
done
lanes
tests_end
