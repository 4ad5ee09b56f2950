package audit

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/id"
)

var morning = time.Date(2026, 11, 23, 1, 2, 3, 456789000, time.UTC)

// key is what the chains of these tests are under.
var key = []byte("a key of thirty-two bytes, or so.")

// keyed is a chain under the key from its first line on.
func keyed() *Chain { return NewChain(key, 1) }

// trail is a chain of n lines, as a desk writes them.
func trail(n int) (lines []Line) { return trailOf(keyed(), n) }

func trailOf(c *Chain, n int) (lines []Line) {
	var prev Line
	for i := range n {
		l := Line{
			Chain: "desk-1", At: morning.Add(time.Duration(i) * time.Minute), Who: id.New[id.Login](), Machine: "desk-1",
			Act: act.EnterHours, About: string(id.New[id.Record]()), Person: string(id.New[id.Person]()), Pack: "guangxi@2026.1", Detail: "desk", Wrote: []byte{1, 2, 3},
		}
		if c.mac == nil { // a bare hash doesn't cover it
			l.Wrote = nil
		}
		prev = c.Follow(prev, l)
		lines = append(lines, prev)
	}
	return lines
}

func TestAnUntouchedTrailIsWhole(t *testing.T) {
	lines := trail(20)
	if err := keyed().Check(Line{}, lines); err != nil {
		t.Errorf("got %v, want none", err)
	}
	if lines[0].Seq != 1 || lines[19].Seq != 20 || lines[0].Hash == lines[19].Hash {
		t.Errorf("got %d, and %d", lines[0].Seq, lines[19].Seq)
	}
	if err := keyed().Check(lines[9], lines[10:]); err != nil {
		t.Errorf("from the middle on: got %v, want none", err)
	}
}

func TestAMomentIsKeptToTheMillisecondInUTC(t *testing.T) {
	shanghai := time.FixedZone("", 8*3600)
	l := keyed().Follow(Line{}, Line{At: morning.In(shanghai), Act: act.SignIn})
	if !l.At.Equal(morning.Truncate(time.Millisecond)) || l.At.Location() != time.UTC {
		t.Errorf("got %v", l.At)
	}
	l.At = l.At.In(shanghai) // however a store gives it back
	if err := keyed().Check(Line{}, []Line{l}); err != nil {
		t.Errorf("the same moment elsewhere: got %v", err)
	}
}

// TestWhoeverTouchesALineIsSeen changes every field of a line in the middle, one at a time, also
// with its hash made anew.
func TestWhoeverTouchesALineIsSeen(t *testing.T) {
	for i := range reflect.TypeFor[Line]().NumField() {
		name := reflect.TypeFor[Line]().Field(i).Name
		for _, hashed := range []bool{false, true} {
			if hashed && name == "Hash" || name == "Prev" { // of lines without a key
				continue
			}
			t.Run(fmt.Sprintf("%s, hashed anew %v", name, hashed), func(t *testing.T) {
				lines := trail(5)
				switch f := reflect.ValueOf(&lines[2]).Elem().Field(i); v := f.Addr().Interface().(type) {
				case *time.Time:
					*v = v.Add(time.Millisecond)
				case *int64:
					*v++
				case *[]byte:
					*v = []byte{1, 2, 4}
				default:
					f.SetString(f.String() + "x")
				}
				if hashed {
					lines[2].Hash = NewChain([]byte("another key"), 1).code(lines[1].Hash, &lines[2])
				}
				if err := keyed().Check(Line{}, lines); !errors.Is(err, ErrBrokenChain) {
					t.Errorf("got %v, want it seen", err)
				}
			})
		}
	}
}

func TestALineTakenAwayAddedOrMovedIsSeen(t *testing.T) {
	for name, change := range map[string]func([]Line) []Line{
		"the first taken away": func(l []Line) []Line { return l[1:] },
		"one taken away":       func(l []Line) []Line { return append(l[:2:2], l[3:]...) },
		"one written twice":    func(l []Line) []Line { return append(l[:3:3], l[2:]...) },
		"two swapped":          func(l []Line) []Line { l[1], l[2] = l[2], l[1]; return l },
		"one put in": func(l []Line) []Line {
			return append(append(l[:2:2], keyed().Follow(l[1], Line{Act: act.Pay})), l[2:]...)
		},
		"another's chain": func(l []Line) []Line { return append(l[:2:2], trail(5)[2:]...) },
	} {
		t.Run(name, func(t *testing.T) {
			if err := keyed().Check(Line{}, change(trail(5))); !errors.Is(err, ErrBrokenChain) {
				t.Errorf("got %v, want it seen", err)
			}
		})
	}
	// The end is known by the head that certificates carry: a trail cut short ends elsewhere.
	whole := trail(5)
	if short := whole[:4]; short[3].Hash == whole[4].Hash {
		t.Error("a trail cut short has the same head")
	}
}

func TestALineHoldsIdsAndCodesOnly(t *testing.T) {
	ok := func(l Line) error { return l.Plain() }
	for name, c := range map[string]struct {
		line  Line
		plain bool
	}{
		"an id and a code":                    {Line{About: string(id.New[id.Record]()), Detail: "no-evidence"}, true},
		"a pack by id and version":            {Line{About: "guangxi-second-class-constructor@2026.1", Pack: "a@1"}, true},
		"a key":                               {Line{About: "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"}, true},
		"a certificate's number":              {Line{About: "GXJZ2026000123K"}, true},
		"a login's name that is an id":        {Line{Who: id.New[id.Login](), Detail: "face given"}, true},
		"nothing":                             {Line{}, true},
		"a name":                              {Line{Detail: "张三"}, false},
		"a character beyond the basic plane":  {Line{About: "𬱖"}, false},
		"a document number":                   {Line{Detail: "11010519491231002X"}, false},
		"a document number among other words": {Line{Detail: "old 110105194912310021 kept"}, false},
		"an old document number":              {Line{About: "110105491231002"}, false},
		"a mobile number":                     {Line{Detail: "to 13800138000"}, false},
		"an e-mail address":                   {Line{Detail: "p1@example.cn"}, false},
		"an address by digits":                {Line{Detail: "10001@163.com"}, false},
		"a whole paragraph":                   {Line{Detail: strings.Repeat("a", 201)}, false},
		"a line break":                        {Line{Detail: "a\nb"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if err := ok(c.line); (err == nil) != c.plain || err != nil && !errors.Is(err, ErrNotPlain) {
				t.Errorf("got %v, want plain %v", err, c.plain)
			}
		})
	}
}

func TestNoFreshIdIsTakenForAPersonalValue(t *testing.T) {
	for range 20000 {
		if l := (Line{About: string(id.New[id.Record]())}); l.Plain() != nil {
			t.Fatalf("%s is refused", l.About)
		}
	}
}

func TestARefusalDoesNotRepeatWhatItRefuses(t *testing.T) {
	err := Line{Detail: "11010519491231002X"}.Plain()
	if strings.Contains(err.Error(), "1101") || !strings.Contains(err.Error(), "detail") {
		t.Errorf("got %q", err)
	}
}

// TestWithoutTheKeyNobodyWritesATrail writes a whole trail anew, as a stranger could with bare hashes.
func TestWithoutTheKeyNobodyWritesATrail(t *testing.T) {
	for name, c := range map[string]*Chain{"bare hashes": Unkeyed(), "another key": NewChain([]byte("another"), 1)} {
		if err := keyed().Check(Line{}, trailOf(c, 5)); !errors.Is(err, ErrBrokenChain) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestAnOldTrailGoesOnUnderAKey: lines of before are chained by bare hashes, and those that follow by
// the key.
func TestAnOldTrailGoesOnUnderAKey(t *testing.T) {
	old := trailOf(Unkeyed(), 3)
	if err := Unkeyed().Check(Line{}, old); err != nil || old[1].Prev != old[0].Hash {
		t.Fatalf("bare hashes: %v", err)
	}
	c := NewChain(key, 4)
	lines := append(old, c.Follow(old[2], Line{Chain: "desk-1", At: morning, Act: act.SignIn}))
	lines = append(lines, c.Follow(lines[3], Line{Chain: "desk-1", At: morning, Act: act.SignIn}))
	if err := c.Check(Line{}, lines); err != nil {
		t.Errorf("got %v, want none", err)
	}
	if lines[3].Prev != "" {
		t.Error("a line under the key says what it follows twice")
	}
	bare := append(lines[:3:3], Unkeyed().Follow(lines[2], Line{Chain: "desk-1", At: morning, Act: act.SignIn}))
	if err := c.Check(Line{}, bare); err == nil {
		t.Error("a bare hash where the key is asked for")
	}
	lines[1].Wrote = []byte{1}
	if err := c.Check(Line{}, lines); !errors.Is(err, ErrBrokenChain) {
		t.Errorf("a line of before that tells of rows: %v", err)
	}
	lines[1].Wrote, lines[1].Detail = nil, "other"
	if err := c.Check(Line{}, lines); err == nil || err.Error() != "audit.broken-chain [2 desk-1]" {
		t.Errorf("an old line changed: %v", err)
	}
}

func BenchmarkFollow(b *testing.B) {
	c := keyed()
	l := Line{Chain: "desk-1", At: morning, Act: act.EnterHours, About: string(id.New[id.Record]())}
	for b.Loop() {
		l = c.Follow(l, l)
	}
}
