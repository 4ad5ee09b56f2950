// Mutants changes the rules one small place at a time and asks a package's own tests whether they
// notice. All mutants of a package are built into one test program, which the environment tells
// which of them is alive; so that one build serves hundreds.
//
//	mutants [-least 90] [-known FILE] [-skip TESTS] [-v] ./data/identity …
package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

func main() {
	least := flag.Float64("least", 90, "percent that must be noticed in every package")
	known := flag.String("known", "", "a file of mutants that change nothing, each with why")
	tags := flag.String("tags", "", "build tags")
	flag.IntVar(&oneOf, "one-of", 1, "look at one of so many mutants only: a sample")
	lived := flag.Bool("v", true, "list those nobody noticed")
	flag.StringVar(&skipped, "skip", "", "tests to leave out, as a regular expression: what they alone notice is not counted")
	flag.Parse()
	same, err := readKnown(*known)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(2)
	}
	low := false
	fmt.Printf("%-22s %8s %8s %8s %8s %10s %8s\n", "package", "mutants", "noticed", "lived", "same", "of 100", "seconds")
	for _, pattern := range flag.Args() {
		started := time.Now()
		t, err := judge(pattern, *tags, same)
		if err != nil {
			fmt.Fprintf(os.Stderr, "mutants: %s: %v\n", pattern, err)
			os.Exit(2)
		}
		fmt.Printf("%-22s %8d %8d %8d %8d %10.1f %8.0f\n", pattern, t.all, t.noticed, len(t.lived), t.same, t.percent(), time.Since(started).Seconds())
		if *lived {
			for _, m := range t.lived {
				fmt.Println("   lived:", m)
			}
		}
		low = low || t.percent() < *least
	}
	for k := range same {
		if !same[k] {
			fmt.Println("   no such mutant any more:", k)
		}
	}
	if low {
		os.Exit(1)
	}
}

// skipped are tests that take too long to be asked about every mutant.
var skipped string

// oneOf is 1, or of how many mutants one is looked at.
var oneOf = 1

// tally is what became of a package's mutants.
type tally struct {
	all, noticed, same int
	lived              []mutant
}

// percent is of those that change something.
func (t tally) percent() float64 {
	if t.all == t.same {
		return 100
	}
	return 100 * float64(t.noticed) / float64(t.all-t.same)
}

// judge builds a package with all its mutants and lets its tests meet each.
func judge(pattern, tags string, same map[string]bool) (t tally, err error) {
	p, err := load(pattern, tags)
	if err != nil {
		return t, err
	}
	program, clean, err := p.build(tags)
	if err != nil {
		return t, err
	}
	defer clean()
	fates, err := program.meetAll(p.mutants, same)
	if err != nil {
		return t, err
	}
	for i, m := range p.mutants {
		if i%oneOf != 0 {
			continue
		}
		t.all++
		switch fates[i] {
		case noticed:
			t.noticed++
		case changesNothing:
			t.same++
		default:
			t.lived = append(t.lived, m)
		}
	}
	return t, nil
}
