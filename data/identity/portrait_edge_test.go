package identity

import (
	"math"
	"slices"
	"testing"
)

// twice is a good photo of twice the standard's size, its head a little to the right: every figure
// and every place below was worked out by hand, in the standard's own pixels.
func twice() PhotoFacts {
	return PhotoFacts{
		Width: 960, Height: 1280, DPI: 300, Bytes: 30 << 10, Format: "jpeg", Bits: 24, TakenOn: today, Looked: true, Faces: 1,
		Face: FaceFacts{
			Middle: 484, Wide: 400, Crown: 160, Eyes: 500, Chin: 980, CrownSeen: true, Turned: -4.26, Tilted: -2.34, EyesOpen: 0.256,
			Mouth: 0.074, Sharp: 80.6, Brightness: 150.4, BackgroundOff: 3.14, Uneven: 2.71,
		},
	}
}

func TestAFindingSaysItsFigureItsLimitAndItsPlace(t *testing.T) {
	ears := Place{142, 250, 342, 250}
	want := []PhotoFinding{
		{Rule: "format", Verdict: Pass, Figure: "jpeg", Limit: "jpeg", OfFile: true},
		{Rule: "colour", Verdict: Pass, Figure: 24, Limit: 24, OfFile: true},
		{Rule: "width", Verdict: Fail, Figure: 960, Limit: 480, At: Place{0, 320, 480, 320}, OfFile: true},
		{Rule: "height", Verdict: Fail, Figure: 1280, Limit: 640, At: Place{240, 0, 240, 640}, OfFile: true},
		{Rule: "ratio", Verdict: Pass, Figure: 0.75, Limit: 0.75, At: Place{0, 0, 480, 640}, OfFile: true},
		{Rule: "size", Verdict: Pass, Figure: 30.0, Limit: [2]int{20, 40}, OfFile: true},
		{Rule: "dpi", Verdict: Pass, Figure: 300, Limit: 300, OfFile: true},
		{Rule: "recent", Verdict: Pass, Figure: today, Limit: 12, OfFile: true},
		{Rule: "face", Verdict: Pass, Figure: 1, Limit: 1, At: Place{142, 80, 342, 490}},
		{Rule: "frontal", Verdict: Pass, Figure: 4.3, Limit: 10.0, At: ears},
		{Rule: "level", Verdict: Pass, Figure: 2.3, Limit: 4.0, At: ears},
		{Rule: "eyes-open", Verdict: Pass, Figure: 0.26, Limit: 0.18, At: ears},
		{Rule: "mouth", Verdict: Pass, Figure: 0.07, Limit: 0.10, At: Place{192, 398.8, 292, 398.8}},
		{Rule: "crown", Verdict: Pass, Figure: 80, Limit: [2]int{50, 110}, At: Place{0, 80, 480, 80}},
		{Rule: "eyes", Verdict: Pass, Figure: 250, Limit: [2]int{200, 300}, At: Place{0, 250, 480, 250}},
		{Rule: "chin", Verdict: Pass, Figure: 490, Limit: [2]int{440, 540}, At: Place{0, 490, 480, 490}},
		{Rule: "face-width", Verdict: Pass, Figure: 200, Limit: [2]int{180, 300}, At: ears},
		{Rule: "head-height", Verdict: Pass, Figure: 410, Limit: [2]int{350, 450}, At: Place{242, 80, 242, 490}},
		{Rule: "centred", Verdict: Pass, Figure: 2, Limit: 28, At: Place{242, 80, 242, 490}},
		{Rule: "sharp", Verdict: Pass, Figure: 81, Limit: 35.0, At: Place{142, 154, 342, 490}},
		{Rule: "exposure", Verdict: Pass, Figure: 150, Limit: [2]int{80, 235}, At: Place{142, 154, 342, 490}},
		{Rule: "background", Verdict: Pass, Figure: 3.1, Limit: 18.0, At: Place{0, 0, 480, 38.4}},
		{Rule: "even", Verdict: Pass, Figure: 2.7, Limit: 10.0, At: Place{0, 0, 480, 38.4}},
		{Rule: "headgear", Verdict: Ask, At: Place{142, 80, 342, 182}},
		{Rule: "glare", Verdict: Ask, At: Place{162, 214, 322, 286}},
	}
	got := exam.Fit(twice(), today)
	if len(got) != len(want) {
		t.Fatalf("%d findings, want %d", len(got), len(want))
	}
	for i, w := range want {
		g := got[i]
		if !near(g.At, w.At) {
			t.Errorf("%s lies at %v, want %v", w.Rule, g.At, w.At)
		}
		if g.At = w.At; g != w {
			t.Errorf("got %+v\nwant %+v", g, w)
		}
	}
}

func near(a, b Place) bool {
	return max(math.Abs(a.X0-b.X0), math.Abs(a.Y0-b.Y0), math.Abs(a.X1-b.X1), math.Abs(a.Y1-b.Y1)) < 1e-9
}

func TestTheLimitsThemselves(t *testing.T) {
	type row struct {
		v    float64
		want Verdict
	}
	for rule, c := range map[string]struct {
		set  func(*FaceFacts, float64)
		rows []row
	}{
		"frontal":    {func(f *FaceFacts, v float64) { f.Turned = v }, []row{{10, Pass}, {10.1, Ask}, {18, Ask}, {18.1, Fail}}},
		"eyes-open":  {func(f *FaceFacts, v float64) { f.EyesOpen = v }, []row{{0.18, Pass}, {0.17, Ask}, {0.10, Ask}, {0.09, Fail}}},
		"sharp":      {func(f *FaceFacts, v float64) { f.Sharp = v }, []row{{35, Pass}, {34.9, Ask}, {12, Ask}, {11.9, Fail}}},
		"exposure":   {func(f *FaceFacts, v float64) { f.Brightness = v }, []row{{54.9, Fail}, {55, Ask}, {79.9, Ask}, {80, Pass}, {235, Pass}, {235.1, Ask}, {250, Ask}, {250.1, Fail}}},
		"background": {func(f *FaceFacts, v float64) { f.BackgroundOff = v }, []row{{18, Pass}, {35, Ask}, {35.1, Fail}}},
		"crown":      {func(f *FaceFacts, v float64) { f.Crown = v }, []row{{40.3, Fail}, {40.4, Ask}, {49.4, Ask}, {49.5, Pass}, {110.5, Pass}, {110.6, Ask}, {119.6, Ask}, {119.7, Fail}}},
	} {
		for _, r := range c.rows {
			f := goodPhoto()
			c.set(&f.Face, r.v)
			if got := verdicts(exam.Fit(f, today))[rule]; got != r.want {
				t.Errorf("%s of %v: got %s, want %s", rule, r.v, got, r.want)
			}
		}
	}
	guessed := goodPhoto()
	guessed.Face.CrownSeen = false
	if got := verdicts(exam.Fit(guessed, today))["crown"]; got != Pass {
		t.Errorf("a crown guessed to be in its place: got %s", got)
	}
}

func TestAStandardThatSaysLittleAsksForLittle(t *testing.T) {
	bare := Standard{Width: 480, Height: 640}
	f := goodPhoto()
	f.Bytes, f.DPI, f.TakenOn = 9<<20, 72, 0
	var rules []string
	for _, x := range bare.Fit(f, today) {
		rules = append(rules, x.Rule)
		if x.Verdict == Fail {
			t.Errorf("%s fails: %v of %v", x.Rule, x.Figure, x.Limit)
		}
	}
	want := []string{"format", "colour", "width", "height", "ratio", "size", "face", "frontal", "level", "eyes-open", "mouth", "centred", "sharp", "exposure", "even", "headgear", "glare"}
	if !slices.Equal(rules, want) {
		t.Errorf("got %v\nwant %v", rules, want)
	}
	least := Standard{Width: 480, Height: 640, DPI: 1, MaxAgeMonths: 1, MaxKB: 1, Chin: [2]int{0, 1}}
	got := verdicts(least.Fit(f, today))
	for _, rule := range []string{"dpi", "size", "chin"} {
		if got[rule] != Fail {
			t.Errorf("a limit of one: %s is %q", rule, got[rule])
		}
	}
	if got["recent"] != Ask {
		t.Errorf("recent is %q", got["recent"])
	}
}

func TestWhereASizeMayVaryBothEndsAreSaid(t *testing.T) {
	for name, c := range map[string]struct {
		w, h          int
		width, height Verdict
		ratio         Verdict
	}{
		"the smallest":            {354, 472, Pass, Pass, Pass},
		"the largest":             {480, 640, Pass, Pass, Pass},
		"a pixel of rounding":     {400, 532, Pass, Pass, Pass},
		"more than that":          {400, 530, Pass, Pass, Fail},
		"one pixel too wide":      {481, 640, Fail, Pass, Pass},
		"one pixel not high":      {354, 471, Pass, Fail, Pass},
		"narrow, and high enough": {353, 472, Fail, Pass, Pass},
	} {
		f := goodPhoto()
		f.Width, f.Height = c.w, c.h
		list := passport.Fit(f, today)
		got := verdicts(list)
		if got["width"] != c.width || got["height"] != c.height || got["ratio"] != c.ratio {
			t.Errorf("%s: width %s, height %s, ratio %s", name, got["width"], got["height"], got["ratio"])
		}
		for _, x := range list {
			if (x.Rule == "width" || x.Rule == "height") && x.At == (Place{}) {
				t.Errorf("%s: %s lies nowhere", name, x.Rule)
			}
			if x.Rule == "width" && x.Limit != [2]int{354, 480} || x.Rule == "height" && x.Limit != [2]int{472, 640} {
				t.Errorf("%s: %s has the limit %v", name, x.Rule, x.Limit)
			}
		}
	}
}

func TestAPacksOwnLimitsPassWhatTheyAllow(t *testing.T) {
	strict := exam
	strict.Limits = DefaultPhotoLimits
	strict.Limits.Turned = [2]float64{3, 5}
	f := goodPhoto()
	f.Face.Turned = 3
	if got := verdicts(strict.Fit(f, today))["frontal"]; got != Pass {
		t.Errorf("got %s", got)
	}
}
