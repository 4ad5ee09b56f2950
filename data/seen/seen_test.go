package seen

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

const inst = "0198f3a0"

func reach(series string, to int64) func(*Mark) { return func(m *Mark) { m.Reach(series, to) } }

func TestAMarkOnlyRises(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	f := In(dir)
	if m, err := f.Get(inst); err != nil || len(m.Series) != 0 {
		t.Errorf("before anything: %+v, %v", m, err)
	}
	for _, to := range []int64{7, 9, 3} {
		if err := f.Raise(inst, reach("certificate 2026", to)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Raise(inst, func(m *Mark) { *m = Mark{} }); err != nil {
		t.Fatal(err)
	}
	if m, err := In(dir).Get(inst); err != nil || m.Series["certificate 2026"] != 9 {
		t.Errorf("read again: %+v, %v", m, err)
	}
	if m, err := In(dir).Get("another"); err != nil || len(m.Series) != 0 {
		t.Errorf("another institution: %+v, %v", m, err)
	}
}

func TestHeadsAndBackupsAreKept(t *testing.T) {
	dir, at := t.TempDir(), time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	f := In(dir)
	err := f.Raise(inst, func(m *Mark) {
		m.ReachHead("desk", Head{5, "aa"})
		m.ReachHead("desk", Head{4, "bb"})
		m.BackedUp = at
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Raise(inst, func(m *Mark) { m.BackedUp = at.Add(-time.Hour) }); err != nil {
		t.Fatal(err)
	}
	if m, err := In(dir).Get(inst); err != nil || m.Heads["desk"] != (Head{5, "aa"}) || !m.BackedUp.Equal(at) {
		t.Errorf("got %+v, %v", m, err)
	}
}

func TestTwoProgramsKeepWhatBothSaw(t *testing.T) {
	dir := t.TempDir()
	a, b := In(dir), In(dir)
	for _, err := range []error{a.Raise(inst, reach("x", 3)), b.Raise(inst, reach("y", 4)), a.Raise(inst, reach("x", 5)), b.Raise(inst, reach("x", 4))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if m, err := In(dir).Get(inst); err != nil || m.Series["x"] != 5 || m.Series["y"] != 4 {
		t.Errorf("got %+v, %v", m, err)
	}
}

func TestAFileIsItsOwnersOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a folder of the user's is theirs there")
	}
	dir := filepath.Join(t.TempDir(), "seen")
	if err := In(dir).Raise(inst, reach("x", 1)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, inst+".json"): 0o600} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 1 {
		t.Errorf("left in the folder: %v, %v", list, err)
	}
}

func TestAFolderThatTakesNothingStopsNobody(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f := In(filepath.Join(file, "seen"))
	if err := f.Raise(inst, reach("x", 2)); err == nil || f.Wrong() == nil {
		t.Error("nothing is said")
	}
	if m, _ := f.Get(inst); m.Series["x"] != 2 {
		t.Errorf("forgotten: %+v", m)
	}
	none := In("")
	if err := none.Raise(inst, reach("x", 2)); err != nil {
		t.Error(err)
	}
	if m, err := none.Get(inst); err != nil || m.Series["x"] != 2 {
		t.Errorf("without a folder: %+v, %v", m, err)
	}
}

func TestADamagedFileIsToldAndReplaced(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, inst+".json")
	whole := func(m Mark) string {
		b, err := json.Marshal(content{format, inst, m, m.sum()})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	good := whole(Mark{Series: map[string]int64{"x": 7}})
	for what, text := range map[string]string{
		"half":               good[:20],
		"another's":          strings.Replace(good, inst, "x", 1),
		"another format":     strings.Replace(good, format, "xuezheng seen 9", 1),
		"a rotten figure":    strings.Replace(good, "7", "8", 1),
		"a figure too great": whole(Mark{Series: map[string]int64{"x": 99999999999}}),
		"a figure below 0":   whole(Mark{Series: map[string]int64{"x": -1}}),
		"a head below 0":     whole(Mark{Heads: map[string]Head{"x": {-1, "aa"}}}),
		"far too long":       strings.Repeat(" ", maxFile+1),
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		f := In(dir)
		if _, err := f.Get(inst); !errors.Is(err, ErrDamaged) || !errors.Is(f.Wrong(), ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
		if err := f.Raise(inst, reach("x", 3)); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if m, err := In(dir).Get(inst); err != nil || m.Series["x"] != 3 {
			t.Errorf("%s, replaced: %+v, %v", what, m, err)
		}
	}
}

func FuzzAFileOfAnybodys(f *testing.F) {
	m := Mark{Series: map[string]int64{"x": 3}, Heads: map[string]Head{"d": {1, "aa"}}}
	b, err := json.Marshal(content{format, inst, m, m.sum()})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := parse(b, inst)
		for _, to := range m.Series {
			if err != nil || to < 0 || to > maxFigure {
				t.Errorf("%+v, %v", m, err)
			}
		}
	})
}
