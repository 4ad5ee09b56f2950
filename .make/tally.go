// Tally reads the output of go test -json, prints one line for each package and everything
// that a failing test said, and adds "passed failed skipped" to the file named by its argument.
// What broke off before its end, by a panic or at its time limit, has failed, and all it said is printed.
// With TALLY_WORDS set it prints what passing tests log too; TALLY_TIMES names a file for what took a second.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

type event struct {
	Action, Package, Test, Output, ImportPath string
	Elapsed                                   float64
}

// tally is what was counted so far, and what those said that have not ended yet.
type tally struct {
	out                     io.Writer
	passed, failed, skipped int
	said                    map[string]map[string]*strings.Builder // by package and test; "" is the package itself
	running                 map[string]map[string]bool             // tests that began and have not ended, by package
	failing                 map[string]bool                        // packages with a failed test
	times                   io.Writer                              // a line for each test of a second and more; may be nil
	words                   bool                                   // what passing tests log is printed as well
}

func newTally(out io.Writer) *tally {
	return &tally{out: out, said: map[string]map[string]*strings.Builder{}, running: map[string]map[string]bool{}, failing: map[string]bool{}}
}

func main() {
	t := newTally(os.Stdout)
	t.words = os.Getenv("TALLY_WORDS") != ""
	if name := os.Getenv("TALLY_TIMES"); name != "" {
		f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		t.times = f
	}
	t.read(os.Stdin)
	f, err := os.OpenFile(os.Args[1], os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	fmt.Fprintln(f, t.passed, t.failed, t.skipped)
	if err := f.Close(); err != nil || t.failed > 0 {
		os.Exit(1)
	}
}

// read counts everything there is; nothing at all is a failure too.
func (t *tally) read(r io.Reader) {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var e event
		if json.Unmarshal(in.Bytes(), &e) != nil {
			fmt.Fprintln(t.out, in.Text())
			continue
		}
		t.take(e)
	}
	if err := in.Err(); err != nil {
		t.failed++
		fmt.Fprintln(t.out, "FAIL  the output could not be read:", err)
	}
	for _, p := range slices.Sorted(maps.Keys(t.said)) { // the command itself was ended
		t.brokeOff(p)
	}
	if t.passed+t.failed+t.skipped == 0 {
		fmt.Fprintln(t.out, "FAIL  no test was run")
		t.failed++
	}
}

func (t *tally) take(e event) {
	switch {
	case e.Action == "build-output":
		fmt.Fprint(t.out, e.Output)
	case e.Action == "output":
		t.keep(e)
	case e.Action == "run":
		if t.running[e.Package] == nil {
			t.running[e.Package] = map[string]bool{}
		}
		t.running[e.Package][e.Test] = true
	case e.Action != "pass" && e.Action != "fail" && e.Action != "skip":
	case e.Test != "":
		t.testEnds(e)
	default:
		t.packageEnds(e)
	}
}

func (t *tally) keep(e event) {
	if t.said[e.Package] == nil {
		t.said[e.Package] = map[string]*strings.Builder{}
	}
	if t.said[e.Package][e.Test] == nil {
		t.said[e.Package][e.Test] = &strings.Builder{}
	}
	t.said[e.Package][e.Test].WriteString(e.Output)
}

func (t *tally) testEnds(e event) {
	delete(t.running[e.Package], e.Test)
	switch e.Action {
	case "pass":
		t.passed++
		if t.words && t.logged(e.Package, e.Test) {
			t.print(e.Package, e.Test)
		}
	case "skip":
		t.skipped++
		t.print(e.Package, e.Test)
	case "fail":
		t.failed++
		t.failing[e.Package] = true
		t.print(e.Package, e.Test)
	}
	delete(t.said[e.Package], e.Test)
	if t.times != nil && e.Elapsed >= 1 {
		fmt.Fprintf(t.times, "%7.1f %s %s\n", e.Elapsed, e.Package, e.Test)
	}
}

func (t *tally) packageEnds(e event) {
	switch e.Action {
	case "pass":
		fmt.Fprintf(t.out, "ok    %s %.1fs\n", e.Package, e.Elapsed)
	case "fail":
		t.brokeOff(e.Package)
		fmt.Fprintf(t.out, "FAIL  %s %.1fs\n", e.Package, e.Elapsed)
	}
	delete(t.said, e.Package)
	delete(t.running, e.Package)
}

// brokeOff counts the tests of a package that never ended, and prints all that was said and not
// printed yet: a panic's text stands with whichever test had spoken last.
func (t *tally) brokeOff(p string) {
	t.failed += len(t.running[p])
	if len(t.running[p]) == 0 && !t.failing[p] { // it did not build, or broke off between two tests
		t.failed++
	}
	for _, name := range slices.Sorted(maps.Keys(t.running[p])) {
		fmt.Fprintf(t.out, "FAIL  %s %s did not end\n", p, name)
	}
	for _, name := range slices.Sorted(maps.Keys(t.said[p])) {
		t.print(p, name)
	}
}

// logged reports whether a test logged something, its counts for example.
func (t *tally) logged(p, name string) bool {
	b := t.said[p][name]
	return b != nil && strings.Contains(b.String(), "_test.go:")
}

// print prints what a test said.
func (t *tally) print(p, name string) {
	if b := t.said[p][name]; b != nil {
		fmt.Fprint(t.out, b.String())
	}
}
