# Read by test.sh, check.sh and torture.sh: how tests are run side by side and counted.
#   tests_begin                 builds the counter; afterwards check, gotest and job may be used
#   check NAME COMMAND…         counts one check, passed or failed
#   gotest ARGUMENTS…           runs go test and counts each test
#   job NAME FUNCTION [ARG…]    is one thing to do beside the others; a job's words are printed when it ends
#   lanes                       does all jobs so far, as many at a time as there are cores
#   tests_end                   the last line: N passed, N failed

# How long one run of go test may take before it is ended and what it was doing is printed.
TEST_TIMEOUT=${TEST_TIMEOUT:-20m}

tests_begin() {
	started=$SECONDS
	mkdir -p .cache build out
	work=$(mktemp -d)
	tally=$work/tally
	: >"$tally"
	jobs_named=() jobs_done=()
	go build -o .cache/tally .make/tally.go
}

# tests_clean ends what was begun; for the trap of the script that reads this one.
tests_clean() {
	local pid
	for pid in $(jobs -p); do kill "$pid" 2>/dev/null || true; done
	rm -rf "$work"
}

check() {
	local name=$1; shift
	if "$@"; then echo "1 0 0" >>"$tally"; else echo "0 1 0" >>"$tally"; say "FAIL  $name"; fi
}

# vet has a part of its own. Tests are short-lived: cleaning up after them less often saves a tenth.
gotest() { GOGC=${GOGC:-300} go test -json -vet=off -timeout "$TEST_TIMEOUT" -tags "$TEST_TAGS" "$@" 2>&1 | .cache/tally "$tally" || true; }

# packages PATTERN… lists those of our packages that match a pattern.
packages() { go list -e -tags "$TEST_TAGS" ./... | grep -E "$1" || true; }

job() { jobs_named+=("$1"); jobs_done+=("$(printf '%q ' "${@:2}")"); }

lanes() {
	local most; most=${TEST_LANES:-$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)}
	local next=0 running=0 printed=() i
	while ((next < ${#jobs_named[@]} || running)); do
		while ((next < ${#jobs_named[@]} && running < most)); do
			lane "$next" &
			next=$((next + 1)) running=$((running + 1))
		done
		wait -n || true
		running=$((running - 1))
		for ((i = 0; i < next; i++)); do
			[[ -e $work/$i.done && -z ${printed[i]:-} ]] || continue
			printed[i]=1
			step "${jobs_named[i]} ($(<"$work/$i.done"))"
			cat "$work/$i.log"
		done
	done
	jobs_named=() jobs_done=()
	rm -f "$work"/*.log "$work"/*.done "$work"/*.times
}

lane() {
	local began=$SECONDS ended
	set +e
	(set -e; eval "${jobs_done[$1]}") >"$work/$1.log" 2>&1
	ended=$?
	set -e
	((ended == 0)) || { echo "0 1 0" >>"$tally"; say "FAIL  ${jobs_named[$1]} broke off" >>"$work/$1.log"; }
	# a lane is a shell of its own: what its children took together is what the job took
	times >"$work/$1.times"
	echo "$((SECONDS - began)) s, $(tail -1 "$work/$1.times" | awk '{for (i = 1; i <= 2; i++) {split($i, t, /[ms]/); all += 60 * t[1] + t[2]} printf "%.0f", all}') s of CPU" >"$work/$1.new"
	mv "$work/$1.new" "$work/$1.done"
}

# shard FOLDER N I: the I-th of N parts of a package's tests, from 0, as a pattern for -run. Tests are
# dealt in turn by their names, so that the same code gives the same parts, and Go's cache knows them.
shard() {
	grep -hoE '^func (Test|Fuzz|Example)[A-Za-z0-9_]*' "$1"/*_test.go | grep -v 'TestMain$' | cut -d' ' -f2 | LC_ALL=C sort |
		awk -v n="$2" -v i="$3" 'NR % n == i {all = all (all ? "|" : "") $0} END {print "^(" all ")$"}'
}

tests_end() {
	local passed failed skipped
	step "in all, after $((SECONDS - started)) seconds"
	read -r passed failed skipped < <(awk '{p += $1; f += $2; s += $3} END {print p + 0, f + 0, s + 0}' "$tally")
	if ((skipped)); then
		say "$passed passed, $failed failed, $skipped skipped"
	else
		say "$passed passed, $failed failed"
	fi
	((failed == 0 && passed > 0))
}
