// Tally reads the output of go test -json, prints one line for each package and everything
// that a failing test said, and adds "passed failed skipped" to the file named by its argument.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

type event struct {
	Action, Package, Test, Output, ImportPath string
	Elapsed                                   float64
}

func main() {
	var passed, failed, skipped int
	output := map[string]*strings.Builder{} // by package and test
	failing := map[string]bool{}            // packages with a failed test
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var e event
		if json.Unmarshal(in.Bytes(), &e) != nil {
			fmt.Println(in.Text())
			continue
		}
		key := e.Package + " " + e.Test
		switch {
		case e.Action == "build-output":
			fmt.Print(e.Output)
		case e.Action == "output":
			if output[key] == nil {
				output[key] = &strings.Builder{}
			}
			output[key].WriteString(e.Output)
		case e.Test != "" && e.Action == "pass":
			passed++
			delete(output, key)
		case e.Test != "" && e.Action == "skip":
			skipped++
			fmt.Print(said(output[key]))
		case e.Test != "" && e.Action == "fail":
			failed++
			failing[e.Package] = true
			fmt.Print(said(output[key]))
		case e.Action == "pass":
			fmt.Printf("ok    %s %.1fs\n", e.Package, e.Elapsed)
		case e.Action == "fail":
			if !failing[e.Package] { // it did not build, or broke off
				failed++
				fmt.Print(said(output[key]))
			}
			fmt.Printf("FAIL  %s %.1fs\n", e.Package, e.Elapsed)
		}
	}
	if passed+failed+skipped == 0 {
		fmt.Println("FAIL  no test was run")
		failed++
	}
	f, err := os.OpenFile(os.Args[1], os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	fmt.Fprintln(f, passed, failed, skipped)
	if err := f.Close(); err != nil || failed > 0 {
		os.Exit(1)
	}
}

func said(b *strings.Builder) string {
	if b == nil {
		return ""
	}
	return b.String()
}
