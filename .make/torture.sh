#!/usr/bin/env bash
# The long forms, for a night or before a release: everything under the race detector; everything
# again on both databases, remembering nothing; the long stories; what must hold on a busy machine; fuzzing.
# A part can be run alone:  .make/torture.sh race databases long busy fuzz
. "$(dirname "$0")/common.sh"
. .make/postgres.sh
. .make/tests.sh

.make/setup.sh build window test
export TEST_TIMEOUT=90m
tests_begin
trap 'postgres_stop; tests_clean' EXIT
trap 'exit 130' INT TERM
unset XUEZHENG_PASSPHRASE XUEZHENG_NOW TEST_POSTGRES

server() {
	if ! postgres_start; then check "PostgreSQL starts" false; return 1; fi
	server=$TEST_POSTGRES
	unset TEST_POSTGRES
}

part_race() {
	step "everything under the race detector"
	CGO_ENABLED=1 gotest -race -count=1 ./...
}

part_databases() {
	step "everything anew, in any order, on SQLite and on PostgreSQL"
	gotest -count=1 -shuffle=on $(packages '^xuezheng/(data/(store|service)|cmd/xuezhengctl)$')
	server || return 0
	TEST_POSTGRES=$server gotest -count=1 -shuffle=on $(packages '^xuezheng/(data/(store|service)|cmd/xuezhengctl)$')
	postgres_stop
}

# Every test that knows a long form reads XUEZHENG_LONG, or counts its rounds by what does; each says what it counted.
part_long() {
	step "the long stories: killed, a full disk, torn files, two desks, changed certificates"
	local folders=() folder pattern
	mapfile -t folders < <(grep -rlE --include='*_test.go' 'XUEZHENG_LONG|rounds\(' assets data ui cmd | xargs -rn1 dirname | sort -u)
	server || return 0
	export XUEZHENG_LONG=1 TALLY_WORDS=1
	for folder in "${folders[@]}"; do
		pattern=$(grep -lE 'XUEZHENG_LONG|rounds\(' "$folder"/*_test.go | xargs grep -hoE '^func Test[A-Za-z0-9_]*' | cut -d' ' -f2 | paste -sd'|' || true)
		[[ -n $pattern ]] || continue
		TEST_POSTGRES=$server gotest -count=1 -run "^($pattern)\$" "./$folder"
	done
	unset XUEZHENG_LONG TALLY_WORDS
	postgres_stop
}

# Twice as many busy loops as there are cores beside the tests: whoever counts on being quick fails.
part_busy() {
	step "fifty times on a busy machine"
	local i burners=()
	for ((i = 0; i < 2 * $(getconf _NPROCESSORS_ONLN); i++)); do
		(while :; do :; done) &
		burners+=($!)
	done
	gotest -count=50 ./data/policy ./data/device ./data/camera ./ui/widget
	gotest -count=50 -run "Idle|Window|Kiosk|Slip|Visit|PIN|Aloud|Someone" ./ui/shell
	kill "${burners[@]}"
	wait "${burners[@]}" 2>/dev/null || true
}

part_fuzz() { check "every fuzz target finds nothing, tried often enough" .make/fuzz.sh; }

for part in ${*:-race databases long busy fuzz}; do
	began=$SECONDS
	"part_$part"
	say "$part took $((SECONDS - began)) s"
done
tests_end
