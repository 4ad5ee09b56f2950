package exchange

import (
	"bytes"
	"slices"
	"testing"
)

// What is signed cannot be changed: whatever opens is the very file that was written.
func FuzzOpenDay(f *testing.F) {
	a := newAway(f)
	whole := a.file(f)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(plainFrame(a.institution))
	f.Add(frame(f, dayKind, 2, a.institution, a.toKiosk, nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := OpenDay(b, a.opensDay, a.institution.Public()); err == nil && !bytes.Equal(b, whole) {
			t.Error("passes for what was signed")
		}
	})
}

// A trusted key may sign anything: what is inside opens, or is refused, and no case but the one
// that was sealed comes out.
func FuzzInsideADay(f *testing.F) {
	a := newAway(f)
	whole := a.inside(f, func(*dayInside) {})
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Add(a.inside(f, func(in *dayInside) { in.Cases = 2 }))
	f.Add(a.inside(f, func(in *dayInside) { in.Lock.Salt = nil }))
	f.Add([]byte("\x00\x00\x00\x02{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := readDay(b)
		if err != nil {
			return
		}
		if d.Len() > maxKioskCases || d.lock.Cost.check() != nil {
			t.Errorf("took %d cases at %v", d.Len(), d.lock.Cost)
		}
		bodies := [][]byte{}
		body, _, _ := d.BySlip(a.slip)
		bodies = append(bodies, body)
		if d.lock.Cost == cheap {
			body, _, _ = d.ByNumber(liWei)
			bodies = append(bodies, body)
		}
		for _, body := range bodies {
			if body != nil && string(body) != "李伟" {
				t.Errorf("opened to %q", body)
			}
		}
	})
}

func FuzzOpenResults(f *testing.F) {
	a := newAway(f)
	whole := a.results(f, a.sealed(f, 1), a.sealed(f, 2))
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Add(frame(f, resultKind, 2, a.kiosk, a.toInstitution, nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := OpenResults(b, a.opensResults, a.kiosk.Public()); err == nil && !bytes.Equal(b, whole) {
			t.Error("passes for what was signed")
		}
	})
}

// A kiosk someone carried away may sign anything.
func FuzzInsideResults(f *testing.F) {
	a := newAway(f)
	whole, err := openKioskFile(a.results(f, a.sealed(f, 1), a.sealed(f, 1), a.sealed(f, 2)), resultKind, a.opensResults, a.kiosk.Public())
	check(f, err)
	f.Add(whole)
	f.Add(whole[:len(whole)-40])
	f.Add([]byte("\x00\x00\x00\x02{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := readResults(b, a.opensResults)
		if err != nil {
			return
		}
		known := map[string]bool{}
		for _, one := range r.List {
			if known[one.ID] || !one.fits() {
				t.Errorf("took %q", one.ID)
			}
			known[one.ID] = true
		}
	})
}

// What is inside one sealed result was written by a stranger's kiosk too.
func FuzzSealedResult(f *testing.F) {
	whole := bytes.Buffer{}
	check(f, writeChunk(&whole, []byte("r1")))
	check(f, writeChunk(&whole, []byte("p1")))
	check(f, writeChunk(&whole, []byte("确认")))
	f.Add(whole.Bytes())
	f.Add(whole.Bytes()[:7])
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := readResult(b)
		if err != nil {
			return
		}
		var again bytes.Buffer
		check(t, writeResult(&again, r))
		if !bytes.Equal(again.Bytes(), b) {
			t.Errorf("read %v, which is written another way", r)
		}
	})
}

// Whatever a journal holds, a result appended to it is found, last.
func FuzzReadJournal(f *testing.F) {
	a := newAway(f)
	one := a.entry(f, 1)
	want := ReadJournal(one)[0]
	f.Add(one)
	f.Add(one[:len(one)-1])
	f.Add([]byte(resultMark)[:len(resultMark)-1])
	f.Add([]byte(resultMark + resultMark))
	f.Fuzz(func(t *testing.T, b []byte) {
		before := ReadJournal(b)
		after := ReadJournal(slices.Concat(b, one))
		if n := len(after); n == 0 || !bytes.Equal(after[n-1], want) {
			t.Fatalf("the result is lost behind %q", b)
		}
		for i, s := range before {
			if i >= len(after) || !bytes.Equal(s, after[i]) {
				t.Errorf("result %d changed by what came after it", i)
			}
		}
	})
}
