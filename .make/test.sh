#!/usr/bin/env bash
# Runs everything there is to run, and ends with one line: N passed, N failed.
# A part can be run alone:  .make/test.sh format vet lint units store scripts screens window paper packages
. "$(dirname "$0")/common.sh"
. .make/postgres.sh

started=$SECONDS
.make/setup.sh build window test
mkdir -p .cache build out
tally=$(mktemp)
trap 'postgres_stop; rm -f "$tally"' EXIT
trap 'exit 130' INT TERM
go build -o .cache/tally .make/tally.go

# check NAME COMMAND… counts one check, passed or failed.
check() {
	local name=$1; shift
	if "$@"; then echo "1 0 0" >>"$tally"; else echo "0 1 0" >>"$tally"; say "FAIL  $name"; fi
}

# gotest ARGUMENTS… runs go test and counts each test; vet has a part of its own.
gotest() { go test -json -vet=off -tags "$TEST_TAGS" "$@" 2>&1 | .cache/tally "$tally" || true; }

# packages PATTERN… lists those of our packages that match a pattern and exist.
packages() { go list -e -tags "$TEST_TAGS" ./... | grep -E "$1" || true; }

formatted() {
	local files; files=$(gofmt -l assets cmd data ui .make 2>/dev/null)
	[[ -z $files ]] || { say "not formatted by gofmt:"; say "$files"; return 1; }
}

part_format() { step "format"; check gofmt formatted; }

part_vet() { step "vet"; check vet go vet -composites=false -tags "$TEST_TAGS" ./...; }

part_lint() { step "lint (staticcheck $STATICCHECK)"; check staticcheck ".cache/bin/staticcheck-$STATICCHECK" -tags "$TEST_TAGS" ./...; }

part_units() { step "units"; gotest $(packages . | grep -vE '^xuezheng/(data/(store|service|paper)$|ui/|cmd/)'); }

part_store() {
	step "store and services, on SQLite and on PostgreSQL"
	if postgres_start; then
		gotest -count=1 ./data/store ./data/service
		gotest -count=1 -run TestJourneys/server ./cmd/xuezhengctl
	else
		check "PostgreSQL starts" false
	fi
	postgres_stop
}

part_scripts() { step "command line, whole journeys"; gotest ./cmd/xuezhengctl; }

part_screens() { step "screens, in both languages and both sizes"; LANG=zh_CN.UTF-8 gotest $(packages '^xuezheng/ui/'); }

part_window() {
	step "the real window, under Xvfb"
	mkdir -p out/window
	check "the window builds" .make/build.sh testwindow
	XUEZHENG_XVFB=1 XUEZHENG_PICTURES="$PWD/out/window" XUEZHENG_WINDOW="$PWD/build/xuezheng-window" gotest -count=1 ./cmd/xuezheng
}

part_paper() {
	step "paper, read by other people's programs"
	mkdir -p out/paper
	XUEZHENG_TOOLS=1 PAPER_OUT="$PWD/out/paper" gotest -count=1 ./data/paper
}

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

for part in ${*:-format vet lint units store scripts screens window paper packages}; do
	"part_$part"
done

step "in all, after $((SECONDS - started)) seconds"
read -r passed failed skipped < <(awk '{p += $1; f += $2; s += $3} END {print p + 0, f + 0, s + 0}' "$tally")
if ((skipped)); then
	say "$passed passed, $failed failed, $skipped skipped"
else
	say "$passed passed, $failed failed"
fi
((failed == 0 && passed > 0))
