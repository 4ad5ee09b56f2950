package identity

import (
	"errors"
	"slices"
	"testing"

	"xuezheng/data/day"
)

// exam is the standard of self-taught examinations, and good a photo that fits it.
var exam = Standard{
	ID: "exam", Width: 480, Height: 640, DPI: 300, MinKB: 20, MaxKB: 40, MaxAgeMonths: 12,
	Crown: [2]int{50, 110}, Eyes: [2]int{200, 300}, FaceWidth: [2]int{180, 300}, Head: [2]int{350, 450}, Chin: [2]int{440, 540},
	Colours: [][3]uint8{{255, 255, 255}},
}

func goodPhoto() PhotoFacts {
	return PhotoFacts{
		Width: 480, Height: 640, DPI: 300, Bytes: 30 << 10, Format: "jpeg", Bits: 24, TakenOn: today, Looked: true, Faces: 1,
		Face: FaceFacts{
			Middle: 240, Wide: 240, Crown: 80, Eyes: 250, Chin: 490, CrownSeen: true, EyesOpen: 0.3, Sharp: 100, Brightness: 150,
		},
	}
}

func verdicts(list []PhotoFinding) map[string]Verdict {
	all := map[string]Verdict{}
	for _, f := range list {
		all[f.Rule] = f.Verdict
	}
	return all
}

func TestEachRuleOfAFacePassesIsAskedAndFails(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*FaceFacts)
		rule   string
		want   Verdict
	}{
		"turned a little":               {func(f *FaceFacts) { f.Turned = -9 }, "frontal", Pass},
		"turned more":                   {func(f *FaceFacts) { f.Turned = -14 }, "frontal", Ask},
		"a half profile":                {func(f *FaceFacts) { f.Turned = 30 }, "frontal", Fail},
		"the head held askew":           {func(f *FaceFacts) { f.Tilted = -6 }, "level", Ask},
		"the head on the shoulder":      {func(f *FaceFacts) { f.Tilted = 20 }, "level", Fail},
		"narrow eyes":                   {func(f *FaceFacts) { f.EyesOpen = 0.15 }, "eyes-open", Ask},
		"shut eyes":                     {func(f *FaceFacts) { f.EyesOpen = 0.05 }, "eyes-open", Fail},
		"a smile":                       {func(f *FaceFacts) { f.Mouth = 0.15 }, "mouth", Ask},
		"an open mouth":                 {func(f *FaceFacts) { f.Mouth = 0.5 }, "mouth", Fail},
		"the crown on its line":         {func(f *FaceFacts) { f.Crown = 50 }, "crown", Pass},
		"the crown a little above":      {func(f *FaceFacts) { f.Crown = 44 }, "crown", Ask},
		"the crown at the edge":         {func(f *FaceFacts) { f.Crown = 0 }, "crown", Fail},
		"a crown that was only guessed": {func(f *FaceFacts) { f.Crown, f.CrownSeen = 0, false }, "crown", Ask},
		"eyes too low":                  {func(f *FaceFacts) { f.Eyes = 330 }, "eyes", Fail},
		"a chin too low":                {func(f *FaceFacts) { f.Chin = 600 }, "chin", Fail},
		"a small face":                  {func(f *FaceFacts) { f.Wide = 120 }, "face-width", Fail},
		"a small head":                  {func(f *FaceFacts) { f.Crown = 180 }, "head-height", Fail},
		"aside":                         {func(f *FaceFacts) { f.Middle = 300 }, "centred", Fail},
		"a little aside":                {func(f *FaceFacts) { f.Middle = 276 }, "centred", Ask},
		"blurred a little":              {func(f *FaceFacts) { f.Sharp = 20 }, "sharp", Ask},
		"blurred":                       {func(f *FaceFacts) { f.Sharp = 5 }, "sharp", Fail},
		"in the dark":                   {func(f *FaceFacts) { f.Brightness = 40 }, "exposure", Fail},
		"a little dark":                 {func(f *FaceFacts) { f.Brightness = 70 }, "exposure", Ask},
		"too bright":                    {func(f *FaceFacts) { f.Brightness = 252 }, "exposure", Fail},
		"burnt out in part":             {func(f *FaceFacts) { f.Glaring = 0.3 }, "exposure", Fail},
		"half in the shadow":            {func(f *FaceFacts) { f.Black = 0.3 }, "exposure", Ask},
		"another colour behind":         {func(f *FaceFacts) { f.BackgroundOff = 60 }, "background", Fail},
		"another shade behind":          {func(f *FaceFacts) { f.BackgroundOff = 25 }, "background", Ask},
		"a curtain behind":              {func(f *FaceFacts) { f.Uneven = 40 }, "even", Fail},
		"a hat, or not":                 {func(*FaceFacts) {}, "headgear", Ask},
		"glasses that shine, or not":    {func(*FaceFacts) {}, "glare", Ask},
	} {
		f := goodPhoto()
		c.change(&f.Face)
		list := exam.Fit(f, today)
		if got, ok := verdicts(list)[c.rule]; !ok || got != c.want {
			t.Errorf("%s: %s got %q, want %s", name, c.rule, got, c.want)
		}
		if failed := Unfit(list) != nil; failed != (c.want == Fail) {
			t.Errorf("%s: unfit %v", name, Unfit(list))
		}
		if UnfitFile(list) != nil {
			t.Errorf("%s: nobody may look past it", name)
		}
	}
}

func TestAGoodPhotoLeavesOnlyWhatNoFigureTells(t *testing.T) {
	nowhere := map[string]bool{"format": true, "colour": true, "size": true, "dpi": true, "recent": true}
	for _, f := range exam.Fit(goodPhoto(), today) {
		if asked := f.Rule == "headgear" || f.Rule == "glare"; (f.Verdict == Ask) != asked || f.Verdict == Fail {
			t.Errorf("%s: %s", f.Rule, f.Verdict)
		}
		if (f.At == (Place{})) != nowhere[f.Rule] {
			t.Errorf("%s: its place in the picture is %v", f.Rule, f.At)
		}
		if at := f.At; at.X0 < 0 || at.Y0 < 0 || at.X1 < at.X0 || at.Y1 < at.Y0 || at.X1 > 480 || at.Y1 > 640 {
			t.Errorf("%s: %v is no place in the picture", f.Rule, at)
		}
	}
}

// passport lets the size vary.
var passport = Standard{Width: 480, Height: 640, LeastWidth: 354, MinKB: 20, MaxKB: 80, Crown: [2]int{40, 67}, Head: [2]int{373, 440}}

func TestTheFileIsJudgedRuleByRule(t *testing.T) {
	for name, c := range map[string]struct {
		std    Standard
		change func(*PhotoFacts)
		rule   string
		want   Verdict
		figure any
	}{
		"a grey picture":                {exam, func(f *PhotoFacts) { f.Bits = 8 }, "colour", Fail, 8},
		"nobody knows its colours":      {exam, func(f *PhotoFacts) { f.Bits = 0 }, "colour", Ask, 0},
		"a square":                      {exam, func(f *PhotoFacts) { f.Width, f.Height = 640, 640 }, "ratio", Fail, 1.0},
		"twice as large, the same form": {exam, func(f *PhotoFacts) { f.Width, f.Height = 960, 1280 }, "ratio", Pass, 0.75},
		"a byte too few":                {exam, func(f *PhotoFacts) { f.Bytes = 20<<10 - 1 }, "size", Fail, 19.9},
		"a byte too many":               {exam, func(f *PhotoFacts) { f.Bytes = 40<<10 + 1 }, "size", Fail, 40.1},
		"just enough bytes":             {exam, func(f *PhotoFacts) { f.Bytes = 20 << 10 }, "size", Pass, 20.0},
		"the smallest passport":         {passport, func(f *PhotoFacts) { f.Width, f.Height = 354, 472 }, "width", Pass, 354},
		"a smaller one":                 {passport, func(f *PhotoFacts) { f.Width, f.Height = 353, 471 }, "width", Fail, 353},
		"a larger one":                  {passport, func(f *PhotoFacts) { f.Width, f.Height = 480, 641 }, "height", Fail, 641},
		"taken today":                   {exam, func(f *PhotoFacts) {}, "recent", Pass, today},
		"taken a year ago":              {exam, func(f *PhotoFacts) { f.TakenOn = today.AddMonths(-12) }, "recent", Pass, today.AddMonths(-12)},
		"taken a day before that":       {exam, func(f *PhotoFacts) { f.TakenOn = today.AddMonths(-12).AddDays(-1) }, "recent", Fail, today.AddMonths(-12).AddDays(-1)},
		"taken tomorrow":                {exam, func(f *PhotoFacts) { f.TakenOn = today.AddDays(1) }, "recent", Ask, today.AddDays(1)},
		"nobody knows when":             {exam, func(f *PhotoFacts) { f.TakenOn = 0 }, "recent", Ask, day.Date(0)},
	} {
		f := goodPhoto()
		c.change(&f)
		i := slices.IndexFunc(c.std.Fit(f, today), func(f PhotoFinding) bool { return f.Rule == c.rule })
		if i < 0 {
			t.Errorf("%s: nothing is said of %s", name, c.rule)
			continue
		}
		if got := c.std.Fit(f, today)[i]; got.Verdict != c.want || got.Figure != c.figure || !got.OfFile {
			t.Errorf("%s: %s got %s with %v, want %s with %v", name, c.rule, got.Verdict, got.Figure, c.want, c.figure)
		}
	}
}

func TestWhereASizeMayVaryAHeadIsJudgedByItsPart(t *testing.T) {
	f := goodPhoto()
	f.Width, f.Height = 360, 480
	f.Face = FaceFacts{Middle: 180, Wide: 190, Crown: 40, Eyes: 160, Chin: 345, CrownSeen: true, EyesOpen: 0.3, Sharp: 100, Brightness: 150}
	for _, x := range passport.Fit(f, today) {
		if x.Rule == "head-height" && (x.Verdict != Pass || x.Figure != 407 || x.At.Y1 != 460) {
			t.Errorf("%+v", x)
		}
	}
	f.Face.Chin = 300
	if got := verdicts(passport.Fit(f, today))["head-height"]; got != Fail {
		t.Errorf("a small head: %s", got)
	}
}

func TestASecondFaceIsShownWhereItIs(t *testing.T) {
	f := goodPhoto()
	f.Faces, f.Second = 2, Place{10, 20, 90, 120}
	for _, x := range exam.Fit(f, today) {
		if x.Rule == "face" && (x.Verdict != Fail || x.At != f.Second) {
			t.Errorf("%+v", x)
		}
	}
}

func TestWithoutOneFaceNothingIsSaidOfIt(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*PhotoFacts)
		want   Verdict
	}{
		"nobody":            {func(f *PhotoFacts) { f.Faces = 0 }, Fail},
		"two people":        {func(f *PhotoFacts) { f.Faces = 2 }, Fail},
		"nobody could look": {func(f *PhotoFacts) { f.Looked, f.Faces = false, 0 }, Ask},
	} {
		f := goodPhoto()
		c.change(&f)
		got := verdicts(exam.Fit(f, today))
		if got["face"] != c.want {
			t.Errorf("%s: got %s", name, got["face"])
		}
		if _, there := got["sharp"]; there {
			t.Errorf("%s: a face is judged that is not there", name)
		}
	}
}

func TestWhatIsWrongWithTheFileNobodyLooksPast(t *testing.T) {
	f := goodPhoto()
	f.Width = 400
	if err := UnfitFile(exam.Fit(f, today)); !errors.Is(err, ErrPhotoUnfit) {
		t.Errorf("got %v", err)
	}
}

func TestAPackMayWantMore(t *testing.T) {
	strict := exam
	strict.Limits = DefaultPhotoLimits
	strict.Limits.Turned = [2]float64{3, 5}
	f := goodPhoto()
	f.Face.Turned = 6
	if got := verdicts(strict.Fit(f, today))["frontal"]; got != Fail {
		t.Errorf("got %s", got)
	}
	if got := verdicts(exam.Fit(f, today))["frontal"]; got != Pass {
		t.Errorf("by the default: got %s", got)
	}
}
