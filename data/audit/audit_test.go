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

// trail is a chain of n lines, as a desk writes them.
func trail(n int) (lines []Line) {
	var prev Line
	for i := range n {
		prev = Follow(prev, Line{
			Chain: "desk-1", At: morning.Add(time.Duration(i) * time.Minute), Who: id.New[id.Login](), Machine: "desk-1",
			Act: act.EnterHours, About: string(id.New[id.Record]()), Person: string(id.New[id.Person]()), Pack: "guangxi@2026.1", Detail: "desk",
		})
		lines = append(lines, prev)
	}
	return lines
}

func TestAnUntouchedTrailIsWhole(t *testing.T) {
	lines := trail(20)
	if err := Check(Line{}, lines); err != nil {
		t.Errorf("got %v, want none", err)
	}
	if lines[0].Seq != 1 || lines[0].Prev != "" || lines[19].Seq != 20 || lines[19].Prev != lines[18].Hash {
		t.Errorf("got %d after %q, and %d", lines[0].Seq, lines[0].Prev, lines[19].Seq)
	}
	if err := Check(lines[9], lines[10:]); err != nil {
		t.Errorf("from the middle on: got %v, want none", err)
	}
}

func TestAMomentIsKeptToTheMillisecondInUTC(t *testing.T) {
	shanghai := time.FixedZone("", 8*3600)
	l := Follow(Line{}, Line{At: morning.In(shanghai), Act: act.SignIn})
	if !l.At.Equal(morning.Truncate(time.Millisecond)) || l.At.Location() != time.UTC {
		t.Errorf("got %v", l.At)
	}
	l.At = l.At.In(shanghai) // however a store gives it back
	if err := Check(Line{}, []Line{l}); err != nil {
		t.Errorf("the same moment elsewhere: got %v", err)
	}
}

// TestWhoeverTouchesALineIsSeen changes every field of a line in the middle, one at a time, also
// with its hash made anew.
func TestWhoeverTouchesALineIsSeen(t *testing.T) {
	for i := range reflect.TypeFor[Line]().NumField() {
		name := reflect.TypeFor[Line]().Field(i).Name
		for _, hashed := range []bool{false, true} {
			if hashed && name == "Hash" {
				continue
			}
			t.Run(fmt.Sprintf("%s, hashed anew %v", name, hashed), func(t *testing.T) {
				lines := trail(5)
				switch f := reflect.ValueOf(&lines[2]).Elem().Field(i); v := f.Addr().Interface().(type) {
				case *time.Time:
					*v = v.Add(time.Millisecond)
				case *int64:
					*v++
				default:
					f.SetString(f.String() + "x")
				}
				if hashed {
					lines[2].Hash = lines[2].sum()
				}
				if err := Check(Line{}, lines); !errors.Is(err, ErrBrokenChain) {
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
		"one put in":           func(l []Line) []Line { return append(append(l[:2:2], Follow(l[1], Line{Act: act.Pay})), l[2:]...) },
		"another's chain":      func(l []Line) []Line { return append(l[:2:2], trail(5)[2:]...) },
	} {
		t.Run(name, func(t *testing.T) {
			if err := Check(Line{}, change(trail(5))); !errors.Is(err, ErrBrokenChain) {
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

func BenchmarkFollow(b *testing.B) {
	l := Line{Chain: "desk-1", At: morning, Act: act.EnterHours, About: string(id.New[id.Record]())}
	for b.Loop() {
		l = Follow(l, l)
	}
}
