// Package statetest holds a table of states against a golden file: every state with every event.
package statetest

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"xuezheng/data/state"
)

// Golden asks next about every state and every event, and compares what it says with the file: lines
// like "on + press = off", or with the key of the fault. A state that no event reaches, but those that
// it begins in, and an event that may happen nowhere are mistakes too.
func Golden[S, E ~string](t *testing.T, file string, table state.Table[S, E], next func(S, E) (S, error), begins ...S) {
	t.Helper()
	var b strings.Builder
	reached, meant := map[S]bool{}, map[E]bool{}
	for _, s := range begins {
		reached[s] = true
	}
	for _, s := range table.States() {
		for _, e := range table.Events() {
			says := ""
			switch to, err := next(s, e); {
			case err != nil:
				says = "no: " + strings.Fields(err.Error())[0]
				if to != s {
					t.Errorf("%s + %s is refused, and yet %s", s, e, to)
				}
			case to == "":
				says, meant[e] = "gone", true
			default:
				says, reached[to], meant[e] = string(to), true, true
			}
			fmt.Fprintf(&b, "%s + %s = %s\n", s, e, says)
		}
	}
	for _, s := range table.States() {
		if !reached[s] {
			t.Errorf("nothing leads to %s", s)
		}
	}
	for _, e := range table.Events() {
		if !meant[e] {
			t.Errorf("%s may happen nowhere", e)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", file, b.String(), want)
	}
}
