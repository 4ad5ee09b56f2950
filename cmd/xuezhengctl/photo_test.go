package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
	"xuezheng/data/sample"
	"xuezheng/ui/word"
)

// talking is a call that says what it says in that language.
func talking(lang string) (*cli, *bytes.Buffer) {
	var said bytes.Buffer
	return &cli{in: strings.NewReader(""), out: &said, errs: &said, now: clock(), book: word.MustOpen(lang)}, &said
}

// folderOf makes files with those contents and returns where they are.
func folderOf(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, b := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAFolderGivesItsPicturesAndNothingElse(t *testing.T) {
	dir := folderOf(t, map[string][]byte{"b.jpg": nil, "a.HEIC": nil, "c.gif": nil, ".hidden.jpg": nil, "list.xlsx": nil, "Thumbs.db": nil, "inside/d.jpg": nil, "e.jpg/f.txt": nil})
	files, isFolder, err := photoFiles([]string{dir, "named.txt"})
	var names []string
	for _, f := range files {
		names = append(names, filepath.Base(f))
	}
	if want := []string{"a.HEIC", "b.jpg", "c.gif", "named.txt"}; !slices.Equal(names, want) || !isFolder || err != nil {
		t.Errorf("got %v, %v, %v; want %v", names, isFolder, err, want)
	}
	if _, _, err := photoFiles([]string{folderOf(t, nil)}); !errors.Is(err, errNoPhotos) {
		t.Errorf("an empty folder: %v", err)
	}
	if got, want := shownAs([]string{"x/a.jpg", "y/a.jpg", "y/b.jpg"}), []string{"x/a.jpg", "y/a.jpg", "b.jpg"}; !slices.Equal(got, want) {
		t.Errorf("shown as %v, want %v", got, want)
	}
}

func TestNoTwoPhotosAreWrittenUnderOneName(t *testing.T) {
	got := jpegNames([]string{"in/a.heic", "in/a.png", "in/A.webp", "in/a.png.gif", "in/b", "in/韦青禾.jpeg", "in/a.png.bmp"})
	want := []string{"a.jpg", "a.png.jpg", "A.webp.jpg", "a.png.gif.jpg", "b.jpg", "韦青禾.jpg", "a.png.bmp.jpg"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	got = jpegNames([]string{"x/a.jpg", "y/a.jpg", "z/a.jpg", "z/A.JPG"})
	if want := []string{"a.jpg", "a.jpg.jpg", "a.jpg-2.jpg", "A.JPG-2.jpg"}; len(slices.Compact(slices.Sorted(slices.Values(lower(got))))) != 4 {
		t.Errorf("got %v, want four names such as %v", got, want)
	}
}

func lower(list []string) (out []string) {
	for _, s := range list {
		out = append(out, strings.ToLower(s))
	}
	return out
}

func TestManyPhotosAreJudgedInTheirOrderWhateverOneOfThemDoes(t *testing.T) {
	c, _ := talking("en")
	dir := folderOf(t, nil)
	var files []string
	for i := range 200 {
		name := filepath.Join(dir, fmt.Sprintf("%03d.jpg", i))
		if i%7 != 3 { // those are missing
			if err := os.WriteFile(name, []byte{byte(i)}, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		files = append(files, name)
	}
	var at, most atomic.Int32
	rows, err := c.batch(context.Background(), files, func(i int, b []byte) photoRow {
		most.Store(max(most.Load(), at.Add(1)))
		defer at.Add(-1)
		runtime.Gosched()
		if int(b[0]) != i {
			t.Errorf("file %d: got the bytes of %d", i, b[0])
		}
		return photoRow{Fit: true}
	})
	if err != nil || len(rows) != len(files) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, r := range rows {
		if r.File != filepath.Base(files[i]) || r.Fit == (i%7 == 3) || (r.Why == "") == (i%7 == 3) {
			t.Errorf("row %d: %+v", i, r)
		}
	}
	if int(most.Load()) > runtime.GOMAXPROCS(0) {
		t.Errorf("%d at once", most.Load())
	}
}

// untilWritten is a context that is over as soon as a picture lies in the folder.
type untilWritten struct {
	context.Context
	folder string
}

func (u untilWritten) Err() error {
	if list, _ := filepath.Glob(filepath.Join(u.folder, "*.jpg")); len(list) > 0 {
		return context.Canceled
	}
	return nil
}

func TestStoppingLeavesWhatIsDoneWhole(t *testing.T) {
	c, said := talking("en")
	files, photo := map[string][]byte{}, sample.Photo(3)
	for i := range 2*mostWorkers + 2 { // more than are worked on at once
		files[fmt.Sprintf("%02d.jpg", i)] = photo
	}
	in, out := folderOf(t, files), filepath.Join(t.TempDir(), "out")
	std, err := standard("self-taught-480x640")
	if err != nil {
		t.Fatal(err)
	}
	ctx := untilWritten{t.Context(), out}
	if err := c.fitFolder(ctx, in, out, "", std); !errors.Is(err, errStoppedAt) {
		t.Fatalf("got %v\n%s", err, said)
	}
	entries, err := os.ReadDir(out)
	if err != nil || len(entries) == 0 || len(entries) == len(files) {
		t.Fatalf("%d files written, %v", len(entries), err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(out, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := picture.Decode(b, picture.DefaultLimits); err != nil || strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s: %v", e.Name(), err)
		}
	}
}

func TestPicturesWaitUntilThereIsRoomForThem(t *testing.T) {
	r := newRoom(100)
	if got := r.take(1000); got != 100 {
		t.Errorf("a picture larger than all takes %d", got)
	}
	in := make(chan int)
	go func() { in <- r.take(60) }()
	select {
	case <-in:
		t.Error("it did not wait")
	case <-time.After(20 * time.Millisecond):
	}
	r.give(100)
	if got := <-in; got != 60 || r.take(40) != 40 {
		t.Errorf("then it took %d", got)
	}
}

// everyFinding are findings of every rule, judged from a face and without one.
func everyFinding() (list []identity.PhotoFinding) {
	all := [2]int{1, 2}
	std := identity.Standard{Width: 480, Height: 640, DPI: 300, MinKB: 20, MaxKB: 40, MaxAgeMonths: 6, Crown: all, Eyes: all, Chin: all, FaceWidth: all, Head: all, Colours: [][3]uint8{{255, 255, 255}}}
	facts := identity.PhotoFacts{Width: 480, Height: 640, Bytes: 30 << 10, DPI: 300, Format: "jpeg", Looked: true, Faces: 1, Face: identity.FaceFacts{EyesOpen: 0.24, Turned: 2.6}}
	list = std.Fit(facts, day.MustNew(2026, 11, 23))
	facts.Looked, facts.TakenOn = false, day.MustNew(2026, 11, 1)
	return append(list, std.Fit(facts, day.MustNew(2026, 11, 23))...)
}

func TestEveryPhotoRuleHasWordsAndItsFigureItsUnit(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		c, _ := talking(lang)
		for _, f := range everyFinding() {
			if key := "ctl.photo.rule." + f.Rule; !c.book.Has(key) {
				t.Errorf("%s: no words for %s", lang, key)
			}
			if text := c.ruleText(f); text == "" || strings.Contains(text, "ctl.") || strings.Contains(text, "[") {
				t.Errorf("%s: %s reads %q", lang, f.Rule, text)
			}
		}
	}
	c, _ := talking("zh")
	for name, want := range map[string]struct {
		f    identity.PhotoFinding
		text string
	}{
		"a size in a window":    {identity.PhotoFinding{Rule: "size", Figure: 58, Limit: [2]int{20, 40}}, "58 KB（应为 20–40 KB）"},
		"a size from one end":   {identity.PhotoFinding{Rule: "size", Figure: 8, Limit: [2]int{20, 0}}, "8 KB（应为 ≥ 20 KB）"},
		"a width that is right": {identity.PhotoFinding{Rule: "width", Figure: 480, Limit: 480}, "480 像素"},
		"an angle":              {identity.PhotoFinding{Rule: "frontal", Figure: 12.5, Limit: 10.0}, "12.5°（应为 ≤ 10°）"},
		"eyes":                  {identity.PhotoFinding{Rule: "eyes-open", Figure: 0.24, Limit: 0.18}, "24 %（应为 ≥ 18 %）"},
		"no dpi":                {identity.PhotoFinding{Rule: "dpi", Figure: 0, Limit: 300}, "文件里没有（应为 300 dpi）"},
		"a day":                 {identity.PhotoFinding{Rule: "recent", Figure: day.MustNew(2026, 1, 9), Limit: 6}, "2026-01-09（应为 6 个月内）"},
		"no day":                {identity.PhotoFinding{Rule: "recent", Figure: day.Date(0), Limit: 6}, "文件里没有（应为 6 个月内）"},
		"a colour":              {identity.PhotoFinding{Rule: "background", Figure: 21.4, Limit: 18.0}, "色差 21.4（应为 ≤ 18）"},
		"nothing measured":      {identity.PhotoFinding{Rule: "glare", Verdict: identity.Ask}, "要由人看"},
		"faces not looked for":  {identity.PhotoFinding{Rule: "face", Limit: 1, Verdict: identity.Ask}, "应为 1"},
	} {
		if got := c.ruleText(want.f); got != want.text {
			t.Errorf("%s: got %q, want %q", name, got, want.text)
		}
	}
}

func TestProgressIsToldOnlyOfWorkThatTakesItsTime(t *testing.T) {
	for name, c := range map[string]struct {
		terminal, json bool
		want           string
	}{
		"beside a JSON document, nothing":       {false, true, ""},
		"into a log, a line every five seconds": {false, false, "photos: 2 of 9\nphotos: 8 of 9\n"},
		"on a terminal, one line that changes":  {true, false, "\rphotos: 2 of 9\rphotos: 3 of 9\rphotos: 4 of 9\rphotos: 5 of 9\rphotos: 6 of 9\rphotos: 7 of 9\rphotos: 8 of 9\r              \r"},
	} {
		cli, said := talking("en")
		cli.json = c.json
		p := cli.progress("ctl.photo.progress")
		start := p.start
		p.terminal = c.terminal
		for done := range 9 {
			p.now = func() time.Time { return start.Add(time.Duration(done) * 999 * time.Millisecond) }
			p.at(done, 9)
		}
		p.end()
		p.end()
		if said.String() != c.want {
			t.Errorf("%s: got %q, want %q", name, said, c.want)
		}
	}
}
