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
	Colours       [][3]uint8 // backgrounds allowed
}

// PhotoFacts is what can be measured of a finished photo.
type PhotoFacts struct {
	Width, Height int
	Bytes         int
	DPI           int
	Format        string // "jpeg", "png", …
	TakenOn       day.Date
}

// Verdict on one photo rule.
type Verdict string

// The verdicts.
const (
	Pass Verdict = "pass"
	Fail Verdict = "fail"
	Ask  Verdict = "ask" // can't be decided by the program: a person must look
)

// PhotoFinding is one rule with its figure and limit; worded as "identity.photo.<rule>".
type PhotoFinding struct {
	Rule    string
	Verdict Verdict
	Figure  any
	Limit   any
}

// Fit judges a finished photo against the standard, rule by rule: failed first is the screen's
// matter. The face itself is judged by a person.
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
	return list
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
func Unfit(list []PhotoFinding) error {
	for _, f := range list {
		if f.Verdict == Fail {
			return ErrPhotoUnfit.With("identity.photo." + f.Rule)
		}
	}
	return nil
}
