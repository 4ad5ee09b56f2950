package device

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestWhatPrintingLeftIsWrittenOverWhereItLies(t *testing.T) {
	dir := t.TempDir()
	slip, same, other := filepath.Join(dir, "paper-1.pdf"), filepath.Join(dir, "same"), filepath.Join(dir, "kiosk.json")
	for _, path := range []string{slip, other} {
		if err := os.WriteFile(path, []byte("somebody's slip"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Link(slip, same); err != nil {
		t.Skip(err) // no second name for what lies there
	}
	Sweep(dir)
	left, err := os.ReadFile(same)
	if err != nil || !bytes.Equal(left, make([]byte, len("somebody's slip"))) {
		t.Errorf("on the disk lies %q, %v", left, err)
	}
	if _, err := os.Stat(slip); err == nil {
		t.Error("the slip is still there")
	}
	if kept, _ := os.ReadFile(other); string(kept) != "somebody's slip" {
		t.Errorf("something else was erased: %q", kept)
	}
}
