#!/usr/bin/env bash
# The inner loop, within a minute: format, vet, lint, the units, and of what is slow only that which
# changed since main:  check.sh [COMMIT]. Go remembers what passed, so that unchanged packages cost nothing.
. "$(dirname "$0")/common.sh"
. .make/tests.sh

.make/setup.sh build
[[ -x .cache/bin/staticcheck-$STATICCHECK ]] || .make/setup.sh build window test
tests_begin
trap tests_clean EXIT
trap 'exit 130' INT TERM
unset XUEZHENG_PASSPHRASE XUEZHENG_NOW TEST_POSTGRES

# The files that differ from where this branch left main, or on main from the last commit.
since=${1:-$(git merge-base HEAD main 2>/dev/null || echo HEAD)}
mapfile -t changed < <({ git diff --name-only "$since"; git ls-files --others --exclude-standard; } 2>/dev/null | sort -u)

# tests_in FOLDER: a pattern for the tests in those of its test files that changed; empty if none did.
tests_in() {
	local file files=()
	for file in ${changed[@]+"${changed[@]}"}; do
		[[ $file == "$1"/*_test.go && $file != "$1"/*/* && -e $file ]] && files+=("$file")
	done
	((${#files[@]})) || return 0
	grep -hoE '^func (Test|Fuzz|Example)[A-Za-z0-9_]*' "${files[@]}" | grep -v 'TestMain$' | cut -d' ' -f2 | sort |
		awk '{all = all (all ? "|" : "") $0} END {if (all) print "^(" all ")$"}'
}

# scripts_of lists the scripts that changed, and those with a command whose file changed, by name.
scripts_of() {
	local file noun
	for file in ${changed[@]+"${changed[@]}"}; do
		case $file in
		cmd/xuezhengctl/testdata/script/*.txtar) [[ -e $file ]] && basename "$file" .txtar ;;
		*_test.go) ;;
		cmd/xuezhengctl/*.go | data/service/*.go)
			noun=$(basename "$file" .go)
			grep -lE "xuezhengctl .*\b${noun%%_*}\b" cmd/xuezhengctl/testdata/script/*.txtar | xargs -rn1 basename -s .txtar | grep -vx tour ;;
		esac
	done | sort -u
}

formatted() {
	local files; files=$(gofmt -l assets cmd data ui .make 2>/dev/null)
	[[ -z $files ]] || { say "not formatted by gofmt:"; say "$files"; return 1; }
}

check gofmt formatted
check vet go vet -composites=false -tags "$TEST_TAGS" ./...
lint() { check staticcheck ".cache/bin/staticcheck-$STATICCHECK" -tags "$TEST_TAGS" ./...; }
job lint lint
job units gotest -p 1 $(packages . | grep -vE '^xuezheng/(data/(service|paper)$|ui/shell$|cmd/xuezheng)')
for folder in data/service data/paper ui/shell; do
	pattern=$(tests_in "$folder")
	[[ -z $pattern ]] || LANG=zh_CN.UTF-8 job "$folder, the tests that changed" gotest -run "$pattern" "./$folder"
done
pattern=$(scripts_of | paste -sd'|')
[[ -z $pattern ]] || job "the scripts of what changed: ${pattern//|/, }" gotest -run "TestJourneys/^($pattern)\$" ./cmd/xuezhengctl
lanes
tests_end
