#!/usr/bin/env bash
# Measures. out/bench/go.txt has each package's benchmarks, out/bench/desks.txt many desks at one
# store, out/bench/whole.txt the whole ways through the program, out/bench/machine.txt what it ran on.
. "$(dirname "$0")/common.sh"
. .make/postgres.sh
.make/setup.sh build
mkdir -p out/bench
.make/build.sh ctl
{
	date -u +%F
	go version
	uname -srm
	sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | sort | uniq -c
	sqlite3 --version 2>/dev/null || true
	"$(postgres_bin)/postgres" --version 2>/dev/null || true
} | tee out/bench/machine.txt
step "package by package"
mapfile -t with < <(grep -rl --include='*_test.go' '^func Benchmark' assets data ui cmd | xargs -rn1 dirname | sort -u | sed 's|^|./|')
((${#with[@]})) && go test -tags "$TEST_TAGS" -run '^$' -bench . -skip BenchmarkDesks -benchmem -benchtime "${BENCHTIME:-1s}" -timeout 60m "${with[@]}" | tee out/bench/go.txt
step "many desks at one store: SQLite, then PostgreSQL"
desks() { go test -vet=off -tags "$TEST_TAGS" -run '^$' -bench BenchmarkDesks -benchtime "${BENCHTIME:-4s}" -timeout 60m ./data/service | tee -a out/bench/desks.txt; }
: >out/bench/desks.txt
desks
if postgres_start; then
	trap postgres_stop EXIT
	desks
	postgres_stop
fi
step "whole ways"
build/xuezhengctl bench | tee out/bench/whole.txt
say "
The figures are in out/bench."
