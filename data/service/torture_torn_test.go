package service_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// tears are the ways a disk or a copy loses bytes.
var tears = map[string]func(b []byte) []byte{
	"a bit flipped":    func(b []byte) []byte { b[rand.IntN(len(b))] ^= 1 << rand.IntN(8); return b },
	"a stretch zeroed": func(b []byte) []byte { i := rand.IntN(len(b)); clear(b[i:min(len(b), i+512)]); return b },
	"a page lost":      func(b []byte) []byte { i := rand.IntN(len(b)) &^ 4095; clear(b[i:min(len(b), i+4096)]); return b },
	"a page put twice": func(b []byte) []byte {
		i, j := rand.IntN(len(b))&^4095, rand.IntN(len(b))&^4095
		copy(b[i:], bytes.Clone(b[j:min(len(b), j+4096)]))
		return b
	},
	"the end cut off": func(b []byte) []byte { return b[:rand.IntN(len(b))] },
	"noise in a stretch": func(b []byte) []byte {
		i := rand.IntN(len(b))
		for k := i; k < min(len(b), i+64); k++ {
			b[k] = byte(rand.IntN(256))
		}
		return b
	},
}

// TestATornFileIsNoticedOrChangesNothing tears the database file, and the journal beside it, as it
// stood when the machine went off. Never may the program fall over, or read something else without a
// word: every row carries its seal.
func TestATornFileIsNoticedOrChangesNothing(t *testing.T) {
	dir, closed, off := t.TempDir(), t.TempDir(), t.TempDir()
	d := servicetest.OpenAt(t, dir)
	p := learner(d)
	d.Must(study(d.Services, d.Who, p, "课程一", func(string, string) {}))
	_, err := d.Exchange.Roster(ctx, d.Who, rosterOf(0, 60, d.Today()), false, nil)
	d.Must(err, d.Close(), os.CopyFS(closed, os.DirFS(dir)))
	s, who, err := opened(d, dir)
	d.Must(err, study(s, who, p, "课程二", func(string, string) {}))
	_, err = s.Exchange.Roster(ctx, who, rosterOf(60, 20, s.Today()), false, nil)
	d.Must(err)
	for _, name := range []string{"xuezheng.db", "xuezheng.db-wal"} { // the machine goes off: not all is in the file yet
		b, err := os.ReadFile(filepath.Join(dir, name))
		d.Must(err, os.WriteFile(filepath.Join(off, name), b, 0o600))
	}
	d.Must(s.Close())
	tearAll(t, d, closed, "xuezheng.db", 61)
	tearAll(t, d, off, "xuezheng.db-wal", 81)
}

// tearAll tears one file of a store in every way, many times, each time from the whole one.
func tearAll(t *testing.T, d *servicetest.Desk, from, name string, people int) {
	t.Helper()
	copied := t.TempDir()
	d.Must(os.CopyFS(copied, os.DirFS(from)))
	want := readThrough(d, copied)
	if want.err != nil || want.trail != nil || strings.Count(want.text, "\n") <= people {
		t.Fatalf("%s, whole: %v, %v", name, want.err, want.trail)
	}
	for how, tear := range tears {
		n := map[string]int{}
		for range rounds(3, 120) {
			torn := t.TempDir()
			d.Must(os.CopyFS(torn, os.DirFS(from)))
			file := filepath.Join(torn, name)
			b, err := os.ReadFile(file)
			d.Must(err, os.WriteFile(file, tear(b), 0o600))
			n[readThrough(d, torn).compare(t, want)]++
			os.RemoveAll(torn)
		}
		t.Logf("%s, %s: %v", name, how, n)
	}
}

// readBack is all that was read of a store, or what stood in the way.
type readBack struct {
	text     string
	lines    int
	trail    error
	err      error
	panicked any
}

// compare says what became of it.
func (r readBack) compare(t *testing.T, want readBack) string {
	t.Helper()
	switch {
	case r.panicked != nil:
		t.Errorf("the program fell over: %v", r.panicked)
		return "fell over"
	case r.err != nil && !worded(r.err):
		t.Logf("in the engine's words: %v", r.err)
		return "refused, in the engine's words"
	case r.err != nil:
		return "refused with a word"
	case r.trail != nil:
		return "noticed by verifying the trail"
	case r.text == want.text && r.lines == want.lines:
		return "the same is read"
	case strings.HasPrefix(want.text, r.text), r.lines < want.lines:
		return "an earlier state is read, without a word"
	}
	t.Error("something else is read, without a word")
	return "something else is read, without a word"
}

// readThrough opens a store and reads everyone's file, every certificate, and the trail.
func readThrough(d *servicetest.Desk, dir string) (r readBack) {
	defer func() { r.panicked = recover() }()
	if f, err := os.Create(filepath.Join(dir, "ballast")); err == nil { // as large as it must be, of nothing
		f.Truncate(4 << 20)
		f.Close()
	}
	d.Clock.Set(servicetest.Start.AddDate(0, 0, 1))
	s, who, err := opened(d, dir)
	if err != nil {
		return readBack{err: err}
	}
	defer s.Close()
	r.text, r.err = everything(s, who)
	if r.err == nil {
		v, err := s.Audit.VerifyAll(ctx, who, nil, func(int, int) {})
		if r.err = err; err == nil {
			r.lines, r.trail = v.Lines, service.First(v)
		}
	}
	return r
}

func everything(s *service.Services, who access.Who) (string, error) {
	var b strings.Builder
	numbers := []string{servicetest.Qing().Number}
	for i := range 80 {
		number, _ := invented(i)
		numbers = append(numbers, number)
	}
	for _, number := range numbers {
		p, err := s.People.ByNumber(ctx, who, number)
		if errors.Is(err, person.ErrNoPerson) {
			continue
		}
		if err != nil {
			return "", err
		}
		f, err := s.People.Show(ctx, who, p.ID)
		if err != nil {
			return "", err
		}
		if len(f.Spoilt) > 0 { // the file says so, above all else
			return "", f.Spoilt[0].Fault()
		}
		fmt.Fprintf(&b, "%+v %+v\n", p, f)
	}
	list, err := s.Certificates.List(ctx, who, "")
	if err != nil {
		return "", err
	}
	for _, c := range list {
		fmt.Fprintf(&b, "%s %s %+v\n", c.Number, c.Document, c.Content)
	}
	return b.String(), nil
}
