package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheProgramThatIsShippedKnowsNoOtherClock looks for the variable that scripts set in what is built
// as it is shipped: no file of that build reads it.
func TestTheProgramThatIsShippedKnowsNoOtherClock(t *testing.T) {
	for _, program := range []string{".", "../xuezheng"} {
		out, err := exec.Command("go", "list", "-f", "{{range .GoFiles}}{{$.Dir}}/{{.}}\n{{end}}{{range .CgoFiles}}{{$.Dir}}/{{.}}\n{{end}}", "-tags", "migrated_fynedo,no_emoji", program).Output()
		if err != nil {
			t.Skip("no go command here")
		}
		for name := range strings.FieldsSeq(string(out)) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(b, []byte("XUEZHENG_NOW")) {
				t.Errorf("%s is built into %s", filepath.Base(name), program)
			}
		}
	}
}
