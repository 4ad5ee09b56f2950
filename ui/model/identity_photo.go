package model

import (
	"image"
	"math"
	"sync/atomic"

	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// PhotoService judges photos and keeps those that fit.
type PhotoService interface {
	Standard() (identity.Standard, error)
	// Consented is the person's latest word on pictures; asked is false while they gave none.
	Consented(p id.Person) (given, asked bool, err error)
	Consent(p id.Person, given bool) error
	Bring(b []byte) (PhotoSource, error)
	Turn(b []byte) ([]byte, error)
	Judge(b []byte, crop image.Rectangle) ([]identity.PhotoFinding, error)
	Offer(p id.Person, b []byte, crop image.Rectangle, looked bool) error
}

// IdentityPhoto is where an ID photo is brought, cropped and judged.
type IdentityPhoto struct {
	Screen
	Person    id.Person
	Name      string
	File      string
	Std       identity.Standard
	Ready     bool // the standard and the consent are known
	Consented bool
	Refused   bool // pictures were refused: a clerk helps on
	Source    PhotoSource
	Has       bool
	Crop      image.Rectangle
	Findings  []identity.PhotoFinding
	Judged    bool
	Seen      Tick // what the program can't decide, a person has
	Kept      bool
	MayLook   bool // whoever is signed in may find a face right although a figure does not
	bytes     []byte
	asked     atomic.Int64 // turns of judging; read where the judging is done
	service   PhotoService
	files     Files
	done      func()
}

// NewIdentityPhoto takes a photo of p; done is called once one is kept.
func NewIdentityPhoto(service PhotoService, files Files, p id.Person, name string, run Run, done func()) *IdentityPhoto {
	m := &IdentityPhoto{Screen: NewScreen(run), Person: p, Name: name, service: service, files: files, done: done}
	m.Seen.OnChange(m.Changed)
	m.Load()
	return m
}

// Load asks what the photo must be, and whether pictures may be kept (P-01).
func (m *IdentityPhoto) Load() {
	var std identity.Standard
	var given, asked bool
	m.Do(func() (err error) {
		if std, err = m.service.Standard(); err == nil {
			given, asked, err = m.service.Consented(m.Person)
		}
		return err
	}, func() { m.Std, m.Consented, m.Refused, m.Ready = std, given, asked && !given, true })
}

// Consent records that keeping pictures is agreed to, or refused.
func (m *IdentityPhoto) Consent(given bool) {
	m.Do(func() error { return m.service.Consent(m.Person, given) }, func() { m.Consented, m.Refused = given, !given })
}

// Pictures are the endings of files that can be a photo.
var Pictures = []string{"jpg", "jpeg", "png", "webp", "heic"}

// ErrNotAPicture is for a file that is no picture by its name.
var ErrNotAPicture = fault.New(fault.Refused, "identity.photo.not-a-picture")

// Choose lets a person choose a picture.
func (m *IdentityPhoto) Choose() { m.files.Choose(m.Take, Pictures...) }

// Take reads a picture that was chosen or dropped.
func (m *IdentityPhoto) Take(f File, err error) {
	switch {
	case !m.Consented || m.Busy():
		return
	case err == nil && !f.Is(Pictures...):
		err = ErrNotAPicture
	}
	if err != nil {
		m.Refuse(err)
		return
	}
	m.File = f.Name
	m.bring(f.Bytes)
}

func (m *IdentityPhoto) bring(b []byte) {
	var src PhotoSource
	m.Do(func() (err error) { src, err = m.service.Bring(b); return err }, func() {
		m.Source, m.Crop, m.Has, m.bytes, m.Kept = src, src.Crop, true, b, false
		m.Seen.Set(false)
		m.judge()
	})
}

// Turn turns the picture by a quarter to the right.
func (m *IdentityPhoto) Turn() {
	if !m.Has || m.Busy() {
		return
	}
	was := m.bytes
	var b []byte
	m.Do(func() (err error) { b, err = m.service.Turn(was); return err }, func() { m.bring(b) })
}

// judge asks what would come out of the present frame; only the last answer asked for counts.
func (m *IdentityPhoto) judge() {
	turn, b, crop := m.asked.Add(1), m.bytes, m.Crop
	m.Judged = false
	m.Changed()
	var list []identity.PhotoFinding
	m.runner()(func() (err error) {
		if turn != m.asked.Load() {
			return nil
		}
		list, err = m.service.Judge(b, crop)
		return err
	}, func(err error) {
		if turn != m.asked.Load() || m.gone {
			return
		}
		m.problem = err
		m.Findings, m.Judged = inOrder(list), err == nil
		m.Changed()
	})
}

// inOrder puts what failed first, then what a person must look at, then what passed.
func inOrder(list []identity.PhotoFinding) (out []identity.PhotoFinding) {
	for _, v := range []identity.Verdict{identity.Fail, identity.Ask, identity.Pass} {
		for _, f := range list {
			if f.Verdict == v {
				out = append(out, f)
			}
		}
	}
	return out
}

// How a rule of a photo came out, for the screen.
const (
	RulePassed = identity.Pass
	RuleFailed = identity.Fail
	RuleAsked  = identity.Ask
)

// Count is how many rules came out so.
func (m *IdentityPhoto) Count(v identity.Verdict) (n int) {
	for _, f := range m.Findings {
		if f.Verdict == v {
			n++
		}
	}
	return n
}

// Move moves the frame by parts of its own size, and stays inside the picture.
func (m *IdentityPhoto) Move(dx, dy float64) {
	if !m.Has {
		return
	}
	by := image.Pt(int(math.Round(dx*float64(m.Crop.Dx()))), int(math.Round(dy*float64(m.Crop.Dy()))))
	m.frame(m.Crop.Add(by))
}

// leastFrame is the least height of a frame, in pixels of the picture: below it nothing sharp
// can come out.
const leastFrame = 120

// Zoom makes the frame smaller (by > 1) or larger about its middle.
func (m *IdentityPhoto) Zoom(by float64) {
	if !m.Has || by <= 0 {
		return
	}
	ratio := float64(max(1, m.Std.Width)) / float64(max(1, m.Std.Height))
	h := float64(m.Crop.Dy()) / by
	h = max(min(h, float64(m.Source.Height), float64(m.Source.Width)/ratio), min(leastFrame, float64(m.Source.Height)))
	w := h * ratio
	mid := m.Crop.Min.Add(m.Crop.Max).Div(2)
	at := image.Pt(mid.X-int(w/2), mid.Y-int(h/2))
	m.frame(image.Rectangle{Min: at, Max: at.Add(image.Pt(int(math.Round(w)), int(math.Round(h))))})
}

// frame sets the frame, pushed back inside the picture.
func (m *IdentityPhoto) frame(r image.Rectangle) {
	push := func(lo, hi, most int) int {
		switch {
		case lo < 0:
			return -lo
		case hi > most:
			return most - hi
		}
		return 0
	}
	r = r.Add(image.Pt(push(r.Min.X, r.Max.X, m.Source.Width), push(r.Min.Y, r.Max.Y, m.Source.Height)))
	r = r.Intersect(image.Rect(0, 0, m.Source.Width, m.Source.Height))
	if r == m.Crop {
		return
	}
	m.Crop = r
	m.judge()
}

// Key moves the frame by the arrows and zooms by plus and minus; it reports whether the key
// means anything here.
func (m *IdentityPhoto) Key(k string) bool {
	const step, zoom = 0.02, 1.04
	switch k {
	case "Left":
		m.Move(step, 0)
	case "Right":
		m.Move(-step, 0)
	case "Up":
		m.Move(0, step)
	case "Down":
		m.Move(0, -step)
	case "+", "=":
		m.Zoom(zoom)
	case "-":
		m.Zoom(1 / zoom)
	default:
		return false
	}
	return true
}

// RefusedBy is the rule that keeps the photo from being used whoever looks at it: what is wrong with the
// file, and for whoever confirms nobody, every rule that failed.
func (m *IdentityPhoto) RefusedBy() (rule string) {
	for _, f := range m.Findings {
		if f.Verdict == identity.Fail && (f.OfFile || !m.MayLook) {
			return f.Rule
		}
	}
	return ""
}

// ToLook is how many rules a person must look at: those without a verdict, and those that failed
// by a figure which whoever confirms people may find wrong.
func (m *IdentityPhoto) ToLook() int {
	n := m.Count(identity.Ask)
	if m.MayLook {
		n += m.Count(identity.Fail)
	}
	return n
}

// CanKeep reports whether every rule passed and a person has looked at the rest.
func (m *IdentityPhoto) CanKeep() bool {
	return m.Has && m.Judged && !m.Busy() && !m.Kept && m.RefusedBy() == "" && (m.ToLook() == 0 || m.Seen.On())
}

// Keep keeps the photo.
func (m *IdentityPhoto) Keep() {
	if !m.CanKeep() {
		return
	}
	b, crop, looked := m.bytes, m.Crop, m.Seen.On()
	m.Do(func() error { return m.service.Offer(m.Person, b, crop, looked) }, func() {
		m.Kept = true
		if m.done != nil {
			m.done()
		}
	})
}
