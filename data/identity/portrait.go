package identity

import "math"

// FaceFacts is what can be measured of the one face of a finished photo: places in its pixels,
// angles in degrees.
type FaceFacts struct {
	Middle            float64 // the x of the face's middle
	Wide              float64 // from ear to ear
	Crown, Eyes, Chin float64 // the y of each
	CrownSeen         bool    // the crown stands out from the background; else it is a guess
	Turned            float64 // to a side
	Tilted            float64 // of the line through the eyes
	EyesOpen          float64 // height of the less open eye as part of its width: 0.1 shut, 0.3 open
	Mouth             float64 // between the lips as part of the mouth's width: 0 shut
	Sharp             float64 // variance of the Laplacian
	Brightness        float64 // of the face, 0 to 255
	Glaring, Black    float64 // parts of the face nearly white and nearly black, 0 to 1
	Background        [3]uint8
	BackgroundOff     float64 // from the nearest colour allowed, in CIE Lab
	Uneven            float64 // of the background, in CIE Lab
}

// PhotoLimits are the figures of the rules about a face: up to the first value it passes, beyond
// the second it fails, between them a person must look. Those that want much, such as eyes that
// are open, have the greater value first.
type PhotoLimits struct {
	Turned, Tilted [2]float64 // degrees
	Aside          [2]float64 // of the face's middle from the photo's, as part of its width
	EyesOpen       [2]float64
	Mouth          [2]float64
	Sharp          [2]float64
	Light          [2]float64 // darkest and brightest the face may be; 25 beyond, a person must look
	Glaring        [2]float64
	Black          [2]float64
	Background     [2]float64 // CIE Lab
	Uneven         [2]float64 // CIE Lab
}

// DefaultPhotoLimits hold where a pack says nothing. Sharpness is from a trial: all originals were
// above 35, all blurred by 1.5 pixels and more below. The others are what a careful eye lets pass.
var DefaultPhotoLimits = PhotoLimits{
	Turned: [2]float64{10, 18}, Tilted: [2]float64{4, 8}, Aside: [2]float64{0.06, 0.10},
	EyesOpen: [2]float64{0.18, 0.10}, Mouth: [2]float64{0.10, 0.25}, Sharp: [2]float64{35, 12},
	Light: [2]float64{80, 235}, Glaring: [2]float64{0.03, 0.12}, Black: [2]float64{0.20, 0.40},
	Background: [2]float64{18, 35}, Uneven: [2]float64{10, 22},
}

// limits are the standard's, or the default ones.
func (s Standard) limits() PhotoLimits {
	if s.Limits == (PhotoLimits{}) {
		return DefaultPhotoLimits
	}
	return s.Limits
}

// face judges what the photo shows. With no face, several, or none looked for, the other rules
// have no figure.
func (s Standard) face(f PhotoFacts) []PhotoFinding {
	one := PhotoFinding{Rule: "face", Figure: f.Faces, Limit: 1, Verdict: pass(f.Faces == 1)}
	if !f.Looked {
		one.Verdict, one.Figure = Ask, nil
	}
	if one.Verdict != Pass {
		one.At = f.Second
		return []PhotoFinding{one}
	}
	w, h := float64(f.Width), float64(f.Height)
	one.At = Place{f.Face.Middle - f.Face.Wide/2, f.Face.Crown, f.Face.Middle + f.Face.Wide/2, f.Face.Chin}
	list := append([]PhotoFinding{one}, s.pose(f.Face)...)
	list = append(list, s.geometry(f.Face, w, h)...)
	list = append(list, s.quality(f.Face)...)
	list = append(list, s.ground(f.Face, w, h)...)
	return append(list, asked(f.Face)...)
}

// asked is what no figure tells: a hat from hair, or a lamp in a pair of glasses from an eye.
func asked(f FaceFacts) []PhotoFinding {
	brow, lid := f.Crown+(f.Eyes-f.Crown)*0.6, (f.Chin-f.Eyes)*0.15
	return []PhotoFinding{
		{Rule: "headgear", Verdict: Ask, At: Place{f.Middle - f.Wide/2, f.Crown, f.Middle + f.Wide/2, brow}},
		{Rule: "glare", Verdict: Ask, At: Place{f.Middle - f.Wide*0.4, f.Eyes - lid, f.Middle + f.Wide*0.4, f.Eyes + lid}},
	}
}

// pose is how the head is held.
func (s Standard) pose(f FaceFacts) []PhotoFinding {
	l := s.limits()
	eyes := Place{f.Middle - f.Wide/2, f.Eyes, f.Middle + f.Wide/2, f.Eyes}
	mouth := f.Eyes + (f.Chin-f.Eyes)*0.62
	return []PhotoFinding{
		{Rule: "frontal", Verdict: upTo(math.Abs(f.Turned), l.Turned), Figure: tenth(math.Abs(f.Turned)), Limit: l.Turned[0], At: eyes},
		{Rule: "level", Verdict: upTo(math.Abs(f.Tilted), l.Tilted), Figure: tenth(math.Abs(f.Tilted)), Limit: l.Tilted[0], At: eyes},
		{Rule: "eyes-open", Verdict: atLeast(f.EyesOpen, l.EyesOpen), Figure: hundredth(f.EyesOpen), Limit: l.EyesOpen[0], At: eyes},
		{Rule: "mouth", Verdict: upTo(f.Mouth, l.Mouth), Figure: hundredth(f.Mouth), Limit: l.Mouth[0], At: Place{f.Middle - f.Wide/4, mouth, f.Middle + f.Wide/4, mouth}},
	}
}

// geometry is how large the head is, and where it stands, in pixels of the standard's own size,
// whatever size the photo has. What hangs on a crown that was only guessed never fails.
func (s Standard) geometry(f FaceFacts, w, h float64) (list []PhotoFinding) {
	across := func(y float64) Place { return Place{0, y, w, y} }
	middle := Place{f.Middle, f.Crown, f.Middle, f.Chin}
	kx, ky := float64(s.Width)/max(w, 1), float64(s.Height)/max(h, 1)
	for _, r := range []struct {
		rule    string
		band    [2]int
		value   float64
		guessed bool
		at      Place
	}{
		{"crown", s.Crown, f.Crown * ky, !f.CrownSeen, across(f.Crown)},
		{"eyes", s.Eyes, f.Eyes * ky, false, across(f.Eyes)},
		{"chin", s.Chin, f.Chin * ky, false, across(f.Chin)},
		{"face-width", s.FaceWidth, f.Wide * kx, false, Place{f.Middle - f.Wide/2, f.Eyes, f.Middle + f.Wide/2, f.Eyes}},
		{"head-height", s.Head, (f.Chin - f.Crown) * ky, !f.CrownSeen, middle},
	} {
		if r.band[1] == 0 {
			continue
		}
		v := within(r.value, r.band, float64(s.Width))
		if v == Fail && r.guessed {
			v = Ask
		}
		list = append(list, PhotoFinding{Rule: r.rule, Verdict: v, Figure: int(math.Round(r.value)), Limit: r.band, At: r.at})
	}
	aside := math.Abs(f.Middle-w/2) / max(w, 1)
	l := s.limits().Aside
	return append(list, PhotoFinding{Rule: "centred", Verdict: upTo(aside, l), Figure: int(math.Round(aside * float64(s.Width))), Limit: int(l[0] * float64(s.Width)), At: middle})
}

// quality is how sharp and how lit the face is.
func (s Standard) quality(f FaceFacts) []PhotoFinding {
	l := s.limits()
	at := Place{f.Middle - f.Wide/2, f.Eyes - (f.Chin-f.Eyes)*0.4, f.Middle + f.Wide/2, f.Chin}
	light := Pass
	switch {
	case f.Brightness < l.Light[0]-25 || f.Brightness > l.Light[1]+15:
		light = Fail
	case f.Brightness < l.Light[0] || f.Brightness > l.Light[1]:
		light = Ask
	}
	light = worse(light, worse(upTo(f.Glaring, l.Glaring), upTo(f.Black, l.Black)))
	return []PhotoFinding{
		{Rule: "sharp", Verdict: atLeast(f.Sharp, l.Sharp), Figure: int(math.Round(f.Sharp)), Limit: l.Sharp[0], At: at},
		{Rule: "exposure", Verdict: light, Figure: int(math.Round(f.Brightness)), Limit: [2]int{int(l.Light[0]), int(l.Light[1])}, At: at},
	}
}

// ground is the background: its colour, if the standard names any, and its evenness.
func (s Standard) ground(f FaceFacts, w, h float64) (list []PhotoFinding) {
	l := s.limits()
	at := Place{0, 0, w, h * 0.06}
	if len(s.Colours) > 0 {
		list = append(list, PhotoFinding{Rule: "background", Verdict: upTo(f.BackgroundOff, l.Background), Figure: tenth(f.BackgroundOff), Limit: l.Background[0], At: at})
	}
	return append(list, PhotoFinding{Rule: "even", Verdict: upTo(f.Uneven, l.Uneven), Figure: tenth(f.Uneven), Limit: l.Uneven[0], At: at})
}

// upTo passes a value up to the first limit, fails it beyond the second.
func upTo(v float64, l [2]float64) Verdict {
	switch {
	case v <= l[0]:
		return Pass
	case v <= l[1]:
		return Ask
	}
	return Fail
}

// atLeast passes a value from the first limit on, fails it below the second.
func atLeast(v float64, l [2]float64) Verdict {
	switch {
	case v >= l[0]:
		return Pass
	case v >= l[1]:
		return Ask
	}
	return Fail
}

// measured is how well the places of a face are known, as part of the standard's width: so far
// beyond its band, a figure is a person's to judge.
const measured = 0.02

// within judges a place by its band; w is how wide the standard is.
func within(v float64, band [2]int, w float64) Verdict {
	low, high, about := float64(band[0]), float64(band[1]), measured*w
	switch {
	case v >= low-0.5 && v <= high+0.5:
		return Pass
	case v >= low-about && v <= high+about:
		return Ask
	}
	return Fail
}

func worse(a, b Verdict) Verdict {
	for _, v := range []Verdict{Fail, Ask} {
		if a == v || b == v {
			return v
		}
	}
	return Pass
}

func tenth(v float64) float64      { return math.Round(v*10) / 10 }
func hundredth(v float64) float64  { return math.Round(v*100) / 100 }
func thousandth(v float64) float64 { return math.Round(v*1000) / 1000 }
