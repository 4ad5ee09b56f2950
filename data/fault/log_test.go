package fault

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestALogKeepsNoFileName: what is called after somebody stays out of it, wherever in an error it stands.
func TestALogKeepsNoFileName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "韦青禾的材料")
	_, open := os.Open(filepath.Join(dir, "陈娜.xlsx"))
	move := os.Rename(filepath.Join(dir, "陈娜.jpg"), filepath.Join(dir, "陈娜2.jpg"))
	unread := New(Refused, "ctl.cannot-read")
	for name, c := range map[string]struct {
		err  error
		want string // that it still says
	}{
		"opening":              {open, "no such file"},
		"in a fault":           {unread.With("陈娜.xlsx").Because(open), "ctl.cannot-read [….xlsx]"},
		"renaming":             {fmt.Errorf("keep: %w", move), "keep: rename"},
		"two at once":          {errors.Join(open, move), "….jpg"},
		"none":                 {errors.New("disk full"), "disk full"},
		"a name like an error": {&os.PathError{Op: "open", Path: "a", Err: os.ErrNotExist}, "open a"},
	} {
		got := Log(c.err)
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want something with %q", name, got, c.want)
		}
		if strings.Contains(got, "陈娜") || strings.Contains(got, "韦青禾") {
			t.Errorf("%s: %q", name, got)
		}
	}
	if Log(nil) != "" {
		t.Error("nothing is something")
	}
}
