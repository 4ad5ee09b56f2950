package main

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed helper.txt
var helper string

// program is a package's tests, built with every mutant of the package.
type program struct {
	path, dir, folder string
	tests             []test
}

// test is one of them, with how long it takes and which mutants it passes by.
type test struct {
	name   string
	usual  time.Duration
	passed map[int]bool
}

// fate is what became of a mutant.
type fate int

const (
	lived fate = iota
	noticed
	changesNothing
)

// build makes the test program. The package's own files stay as they are: the go command is shown
// others in their place.
func (p *rulePackage) build(tags string) (t program, clean func(), err error) {
	folder, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return t, nil, err
	}
	clean = func() { os.RemoveAll(folder) }
	replaced := map[string]string{filepath.Join(p.dir, "zz_mutants.go"): filepath.Join(folder, "zz_mutants.go")}
	write := map[string]string{"zz_mutants.go": strings.Replace(helper, "PACKAGE", p.types.Name(), 1)}
	for name := range p.files {
		replaced[filepath.Join(p.dir, name)] = filepath.Join(folder, name)
		write[name] = p.mutated(name)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		return t, clean, err
	}
	write["overlay.json"] = string(overlay)
	for name, text := range write {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			return t, clean, err
		}
	}
	t = program{path: filepath.Join(folder, "tests"), dir: p.dir, folder: folder}
	c := exec.Command("go", "test", "-c", "-vet=off", "-tags", tags, "-overlay", filepath.Join(folder, "overlay.json"), "-o", t.path, p.pattern)
	if out, err := c.CombinedOutput(); err != nil {
		return t, clean, fmt.Errorf("the mutants do not build: %w\n%s", err, out)
	}
	return t, clean, nil
}

// meetAll lets the tests meet each mutant: those that pass it by, the quick ones first.
func (t *program) meetAll(all []mutant, same map[string]bool) ([]fate, error) {
	if err := t.trace(); err != nil {
		return nil, err
	}
	fates := make([]fate, len(all))
	numbers := make(chan int)
	var workers sync.WaitGroup
	for range runtime.NumCPU() {
		workers.Go(func() {
			for n := range numbers {
				if t.notices(n) {
					fates[n-1] = noticed
				}
			}
		})
	}
	for i, m := range all {
		if i%oneOf != 0 {
			continue
		}
		if _, ok := same[m.name]; ok {
			same[m.name] = true
			fates[i] = changesNothing
		} else {
			numbers <- i + 1
		}
	}
	close(numbers)
	workers.Wait()
	return fates, nil
}

// trace runs each test with no mutant alive, and sees which of them it passes by.
func (t *program) trace() error {
	out, err := t.run(time.Minute, "", "-test.list=^(Test|Fuzz|Example)")
	if err != nil {
		return fmt.Errorf("no list of the tests: %w\n%s", err, out)
	}
	leave, err := regexp.Compile(skipped)
	if err != nil {
		return err
	}
	for i, name := range strings.Fields(string(out)) {
		if skipped != "" && leave.MatchString(name) {
			continue
		}
		file := filepath.Join(t.folder, "trace"+strconv.Itoa(i))
		started := time.Now()
		if out, err := t.run(5*time.Minute, "XUEZHENG_MUTANT_TRACE="+file, "-test.run=^"+name+"$"); err != nil {
			return fmt.Errorf("%s fails without a mutant: %w\n%s", name, err, out)
		}
		k := test{name: name, usual: time.Since(started), passed: map[int]bool{}}
		b, err := os.ReadFile(file)
		if err != nil && !os.IsNotExist(err) {
			return err
		}
		for line := range strings.Lines(string(b)) {
			if n, err := strconv.Atoi(strings.TrimSpace(line)); err == nil {
				k.passed[n], k.passed[n+1] = true, true // two share a place
			}
		}
		t.tests = append(t.tests, k)
	}
	slices.SortFunc(t.tests, func(a, b test) int { return cmp.Compare(a.usual, b.usual) })
	return nil
}

// notices reports whether a test fails, or does not come to an end, while a mutant lives.
func (t *program) notices(n int) bool {
	var quick, slow []string
	var first, second time.Duration
	for _, k := range t.tests {
		switch {
		case !k.passed[n]:
		case k.usual < 100*time.Millisecond:
			quick, first = append(quick, k.name), first+k.usual
		default:
			slow, second = append(slow, k.name), second+k.usual
		}
	}
	return t.fails(n, quick, first) || t.fails(n, slow, second)
}

func (t *program) fails(n int, tests []string, usual time.Duration) bool {
	if len(tests) == 0 {
		return false
	}
	_, err := t.run(3*time.Second+8*usual, "XUEZHENG_MUTANT="+strconv.Itoa(n), "-test.run=^("+strings.Join(tests, "|")+")$")
	return err != nil
}

// run runs the tests with a limit on time and, where there is such a thing, on memory.
func (t *program) run(limit time.Duration, env, which string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	c := exec.CommandContext(ctx, "sh", "-c", `ulimit -v 6000000 2>/dev/null; exec "$0" "$@"`, t.path, "-test.failfast", "-test.count=1", "-test.timeout=10m", which)
	c.Dir = t.dir
	c.Env = append(os.Environ(), env, "GOMAXPROCS=1")
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	return out.Bytes(), err
}
