#!/usr/bin/env bash
# Runs each fuzz target for FUZZTIME. What is found is kept in the package's testdata/fuzz.
. "$(dirname "$0")/common.sh"
.make/setup.sh build
targets=() failed=0
mapfile -t targets < <(grep -rhoH --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' assets data ui cmd | sed 's|/[^/]*:func |  |' | sort -u)
for target in "${targets[@]}"; do
	read -r folder name <<<"$target"
	step "$name in $folder, for $FUZZTIME"
	go test -tags "$TEST_TAGS" -run '^$' -fuzz "^$name\$" -fuzztime "$FUZZTIME" "./$folder" || failed=$((failed + 1))
done
step "fuzz"
say "$((${#targets[@]} - failed)) passed, $failed failed"
((failed == 0))
