package main

import (
	"bytes"
	"fmt"
	"image"
	_ "image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var walked []string // the folders of the tours

// tours are the tours walked so far, by language: each is walked once, for whoever looks at it.
var tours = map[string]func() (string, error){"zh": tourIn("zh"), "en": tourIn("en")}

func tourIn(lang string) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		out, err := os.MkdirTemp("", "xuezheng-tour-")
		if err != nil {
			return "", err
		}
		walked = append(walked, out)
		var said bytes.Buffer
		if code := run([]string{"--lang", lang, "--json", "tour", "--out", out}, strings.NewReader(""), &said, &said); code != 0 {
			return out, fmt.Errorf("the tour ended with %d: %s", code, said.String())
		}
		return out, nil
	})
}

// tidy removes the tours once all tests ran.
type tidy struct{ *testing.M }

func (m tidy) Run() int {
	defer func() {
		for _, dir := range walked {
			os.RemoveAll(dir)
		}
	}()
	return m.M.Run()
}

// cmdToured is toured DIR: there lies the tour in English, just as xuezhengctl tour leaves it.
func cmdToured(ts *testscript.TestScript, _ bool, args []string) {
	out, err := tours["en"]()
	ts.Check(err)
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), os.DirFS(out)))
}

// TestTheGuideShowsTheScreensAsTheyAre holds the pictures of the guide against those of the tour.
// Where they differ, `make guide` makes them again.
func TestTheGuideShowsTheScreensAsTheyAre(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		out, err := tours[lang]()
		if err != nil {
			t.Fatal(err)
		}
		guide, err := os.ReadFile(filepath.Join("..", "..", "docs", "guide", lang+".md"))
		if err != nil {
			t.Fatal(err)
		}
		pictures := regexp.MustCompile(`pictures/`+lang+`/([a-z-]+\.png)`).FindAllStringSubmatch(string(guide), -1)
		if len(pictures) < 10 {
			t.Errorf("%s: only %d pictures", lang, len(pictures))
		}
		for _, p := range pictures {
			shown, drawn := open(t, filepath.Join("..", "..", "docs", "guide", p[0])), open(t, filepath.Join(out, "screens", p[1]))
			if part := differing(shown, drawn); part > 0.02 {
				t.Errorf("%s: %.1f %% of %s is not as the screen is now; make guide makes it anew", lang, 100*part, p[1])
			}
		}
	}
}

func open(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return img
}

// differing is the part of the pixels in which two pictures differ; all, if they are not of one size.
func differing(a, b image.Image) float64 {
	if a.Bounds() != b.Bounds() {
		return 1
	}
	n, r := 0, a.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return float64(n) / float64(r.Dx()*r.Dy())
}
