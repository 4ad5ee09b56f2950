package identity

import (
	"math"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Standard is what a photo for documents (证件照) must be; pack data.
type Standard struct {
	ID            string
	Name, NameEn  string
	Width, Height int // pixels; where the size may vary, the largest
	LeastWidth    int // pixels; where the size may vary, the smallest of the same ratio, else 0
	DPI           int
	MinKB, MaxKB  int        // KB of the JPEG, 1,024 bytes each
	MaxAgeMonths  int        // how old the picture may be; 0 for any
	Background    string     // as people say it
	Crown         [2]int     // pixels from the top edge to the crown of the head, as all below at Width × Height
	Eyes          [2]int     // pixels from the top edge to the eyes
	Chin          [2]int     // pixels from the top edge to the chin
	FaceWidth     [2]int     // pixels
	Head          [2]int     // pixels from the crown to the chin
	Colours       [][3]uint8 // backgrounds allowed
	Limits        PhotoLimits
}

// PhotoFacts is what can be measured of a finished photo.
type PhotoFacts struct {
	Width, Height int
	Bytes         int
	DPI           int
	Format        string // "jpeg", "png", …
	Bits          int    // of a pixel: 24 for colours, 8 for greys; 0 if not known
	TakenOn       day.Date
	Looked        bool // faces were looked for: Faces, and with one of them Face, say what was found
	Faces         int
	Second        Place // where the second largest face is, in the photo's pixels, if there are several
	Face          FaceFacts
}

// Verdict on one photo rule.
type Verdict string

// The verdicts.
const (
	Pass Verdict = "pass"
	Fail Verdict = "fail"
	Ask  Verdict = "ask" // can't be decided by the program: a person must look
)

// Place is where in the photo a finding lies, in pixels of the standard's own size, whatever size
// the photo has; a line has no height or no width, and the zero Place is nowhere.
type Place struct{ X0, Y0, X1, Y1 float64 }

// PhotoFinding is one rule with its figure and limit; worded as "identity.photo.<rule>".
type PhotoFinding struct {
	Rule    string
	Verdict Verdict
	Figure  any
	Limit   any
	At      Place
	OfFile  bool // the file itself is wrong, whatever it shows: nobody can look past it
}

// Fit judges a finished photo against the standard, rule by rule: the file, then the face. What
// is nearly right, and what no figure tells, is for a person to look at.
func (s Standard) Fit(f PhotoFacts, today day.Date) []PhotoFinding {
	w, h := float64(f.Width), float64(f.Height)
	widest, highest := Place{0, h / 2, w, h / 2}, Place{w / 2, 0, w / 2, h}
	list := []PhotoFinding{
		{Rule: "format", Verdict: pass(f.Format == "jpeg"), Figure: f.Format, Limit: "jpeg"},
		colour(f.Bits),
		s.side("width", f.Width, s.Width, widest),
		s.side("height", f.Height, s.Height, highest),
		s.ratio(w, h),
		s.weight(f.Bytes),
	}
	if s.DPI > 0 {
		list = append(list, PhotoFinding{Rule: "dpi", Verdict: pass(f.DPI == s.DPI), Figure: f.DPI, Limit: s.DPI})
	}
	if s.MaxAgeMonths > 0 {
		list = append(list, s.recent(f.TakenOn, today))
	}
	for i := range list {
		list[i].OfFile = true
	}
	list = append(list, s.face(f)...)
	kx, ky := float64(s.Width)/max(w, 1), float64(s.Height)/max(h, 1)
	for i, x := range list {
		list[i].At = Place{x.At.X0 * kx, x.At.Y0 * ky, x.At.X1 * kx, x.At.Y1 * ky}
	}
	return list
}

// colourBits is how many bits a pixel of a photo in colour has.
const colourBits = 24

func colour(bits int) PhotoFinding {
	f := PhotoFinding{Rule: "colour", Verdict: pass(bits == colourBits), Figure: bits, Limit: colourBits}
	if bits == 0 {
		f.Verdict = Ask
	}
	return f
}

// side judges width or height: exact, or within what the standard leaves open.
func (s Standard) side(rule string, got, want int, at Place) PhotoFinding {
	if s.LeastWidth == 0 {
		return PhotoFinding{Rule: rule, Verdict: pass(got == want), Figure: got, Limit: want, At: at}
	}
	least := int(math.Round(float64(want*s.LeastWidth) / float64(s.Width)))
	return PhotoFinding{Rule: rule, Verdict: pass(got >= least && got <= want), Figure: got, Limit: [2]int{least, want}, At: at}
}

// ratio judges width by height; a pixel more or less is the rounding of a good one.
func (s Standard) ratio(w, h float64) PhotoFinding {
	want := float64(s.Width) / float64(max(s.Height, 1))
	return PhotoFinding{Rule: "ratio", Verdict: pass(math.Abs(w-h*want) <= 1), Figure: thousandth(w / max(h, 1)), Limit: thousandth(want), At: Place{0, 0, w, h}}
}

// weight judges the file's size, too small and too large alike. What is beyond a bound is rounded
// away from it, so that nobody reads 40 where 40 would be allowed.
func (s Standard) weight(bytes int) PhotoFinding {
	f := PhotoFinding{Rule: "size", Verdict: Fail, Limit: [2]int{s.MinKB, s.MaxKB}}
	switch kb := float64(bytes) / 1024; {
	case kb < float64(s.MinKB):
		f.Figure = math.Floor(kb*10) / 10
	case s.MaxKB > 0 && kb > float64(s.MaxKB):
		f.Figure = math.Ceil(kb*10) / 10
	default:
		f.Verdict, f.Figure = Pass, tenth(kb)
	}
	return f
}

// recent is recent, old, or unknown: the date is often missing and easily forged, and one that is
// still to come is a camera's whose clock is wrong.
func (s Standard) recent(taken, today day.Date) PhotoFinding {
	f := PhotoFinding{Rule: "recent", Verdict: Ask, Figure: taken, Limit: s.MaxAgeMonths}
	if !taken.IsZero() && !taken.After(today) {
		f.Verdict = pass(!taken.Before(today.AddMonths(-s.MaxAgeMonths)))
	}
	return f
}

func pass(ok bool) Verdict {
	if ok {
		return Pass
	}
	return Fail
}

// ErrPhotoUnfit is for a photo that breaks a rule; the figure is the rule's name.
var ErrPhotoUnfit = fault.New(fault.Refused, "identity.photo-unfit")

// Unfit returns the first rule that fails, as a fault; nil if none does.
func Unfit(list []PhotoFinding) error { return unfit(list, false) }

// UnfitFile is Unfit after somebody who confirms people has looked at the picture and finds the
// face right: eyes that are narrow, or a head that a figure takes for turned, close nobody out.
// What is wrong with the file stays wrong.
func UnfitFile(list []PhotoFinding) error { return unfit(list, true) }

func unfit(list []PhotoFinding, looked bool) error {
	for _, f := range list {
		if f.Verdict == Fail && (f.OfFile || !looked) {
			return ErrPhotoUnfit.With("identity.photo." + f.Rule)
		}
	}
	return nil
}
