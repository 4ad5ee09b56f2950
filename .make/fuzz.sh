#!/usr/bin/env bash
# Runs each fuzz target for FUZZTIME. What is found is kept in the package's testdata/fuzz.
# A target that is tried fewer than FUZZLEAST times (1000) has failed: it would find nothing.
#   fuzz.sh [PATTERN]   only the targets whose names match
. "$(dirname "$0")/common.sh"
.make/setup.sh build
least=${FUZZLEAST:-1000} targets=() failed=0
mapfile -t targets < <(grep -rhoH --include='*_test.go' "^func Fuzz[A-Za-z0-9_]*" assets data ui cmd | sed 's|/[^/]*:func |  |' | grep -E "${1:-.}" | sort -u)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM

# ended_in_time: Go's coordinator now and then takes the end of the time it was given for a fault
# (a parent's deadline that its child has not heard of yet). Nothing was found then, and nothing written.
ended_in_time() { grep -qx '    context deadline exceeded' "$log" && ! grep -qE 'Failing input written|panic:|_test\.go:' "$log"; }

for target in "${targets[@]}"; do
	read -r folder name <<<"$target"
	step "$name in $folder, for $FUZZTIME"
	# Making a find smaller takes a minute each by itself; once is enough to see it.
	if ! go test -tags "$TEST_TAGS" -run '^$' -fuzz "^$name\$" -fuzztime "$FUZZTIME" -fuzzminimizetime 1x -timeout 60m "./$folder" 2>&1 | tee "$log" && ! ended_in_time; then
		failed=$((failed + 1))
		continue
	fi
	times=$(grep -oE 'execs: [0-9]+' "$log" | tail -1 | cut -d' ' -f2)
	if ((${times:-0} < least)); then
		say "FAIL  $name was tried ${times:-0} times only"
		failed=$((failed + 1))
	fi
done
step "fuzz"
say "$((${#targets[@]} - failed)) passed, $failed failed"
((failed == 0))
