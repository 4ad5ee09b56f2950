package identity

import (
	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// Standard is what a photo for documents (证件照) must be; pack data.
type Standard struct {
	ID            string
	Name, NameEn  string
	Width, Height int // pixels
	DPI           int
	MinKB, MaxKB  int        // kB of the JPEG
	MaxAgeMonths  int        // how old the picture may be; 0 for any
	Background    string     // as people say it
	Crown         [2]int     // pixels from the top edge to the crown of the head
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
	TakenOn       day.Date
	Looked        bool // faces were looked for: Faces, and with one of them Face, say what was found
	Faces         int
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

// Place is where in the finished photo a finding lies, in its pixels; a line has no height or no
// width, and the zero Place is nowhere.
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
	kb := (f.Bytes + 1023) / 1024
	list := []PhotoFinding{
		{Rule: "format", Verdict: pass(f.Format == "jpeg"), Figure: f.Format, Limit: "jpeg"},
		{Rule: "width", Verdict: pass(f.Width == s.Width), Figure: f.Width, Limit: s.Width},
		{Rule: "height", Verdict: pass(f.Height == s.Height), Figure: f.Height, Limit: s.Height},
		{Rule: "size", Verdict: pass(kb >= s.MinKB && (s.MaxKB == 0 || kb <= s.MaxKB)), Figure: kb, Limit: [2]int{s.MinKB, s.MaxKB}},
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
	return append(list, s.face(f)...)
}

// recent is recent, old, or unknown: the date is often missing and easily forged.
func (s Standard) recent(taken, today day.Date) PhotoFinding {
	f := PhotoFinding{Rule: "recent", Verdict: Ask, Figure: taken, Limit: s.MaxAgeMonths}
	if !taken.IsZero() {
		f.Verdict = pass(!taken.Before(today.AddMonths(-s.MaxAgeMonths)) && !taken.After(today))
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
