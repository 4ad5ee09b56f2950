package screen

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"

	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// IdentityPhoto takes an ID photo: dropped or chosen, moved under the standard's frame, judged
// rule by rule, and kept as it is.
func IdentityPhoto(m *model.IdentityPhoto) fyne.CanvasObject {
	ready := func() bool { return m.Ready && m.Consented }
	consent := widget.When(func() bool { return m.Ready && !m.Consented }, widget.Live(&m.Screen, func() fyne.CanvasObject { return pictureConsent(m) }))
	drop := widget.When(func() bool { return ready() && !m.Has }, widget.DropZone("camera", widget.W("identity.photo.drop"), widget.W("identity.photo.drop.hint"),
		widget.Button(widget.Primary, "file", widget.W("identity.photo.choose"), m.Choose).Main()))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("identity.photo-page"), func() string {
			if m.File == "" {
				return m.Name
			}
			return m.Name + "·" + m.File
		}),
		widget.Problem(&m.Screen, nil), consent, drop,
		widget.When(func() bool { return ready() && m.Has }, photoBody(m))))
}

func photoBody(m *model.IdentityPhoto) fyne.CanvasObject {
	var crop *widget.CropPart
	frame := widget.Live(&m.Screen, func() fyne.CanvasObject {
		if crop == nil && m.Ready {
			crop = photoCrop(m)
		}
		if crop == nil {
			return widget.Col(0)
		}
		crop.Refresh()
		return widget.Row(0, crop, widget.Gap())
	})
	tools := widget.Wrapping(8,
		widget.Button(widget.Secondary, "plus", widget.W("identity.photo.closer"), func() { m.Zoom(1.08) }),
		widget.Button(widget.Secondary, "minus", widget.W("identity.photo.further"), func() { m.Zoom(1 / 1.08) }),
		widget.Button(widget.Secondary, "swap", widget.W("identity.photo.turn"), m.Turn),
		widget.Button(widget.Secondary, "file", widget.W("identity.photo.another"), m.Choose))
	left := widget.Card(widget.Pad(widget.Col(12, frame, tools, widget.Para(widget.W("identity.photo.only-cropped"), 0, widget.T12, widget.Ink3)), 16))
	decide := widget.Card(widget.Pad(widget.Col(12,
		widget.When(func() bool { return m.ToLook() > 0 && m.RefusedBy() == "" }, widget.Tick(&m.Seen, widget.W("identity.photo.seen"), widget.W("identity.photo.seen.hint"))),
		widget.Because(&m.Screen, widget.Button(widget.Primary, "check", widget.W("identity.photo.keep"), m.Keep).Main().When(m.CanKeep), photoWhyOff(m))), 16))
	rules := widget.Card(widget.Pad(widget.Live(&m.Screen, func() fyne.CanvasObject { return photoFindings(m) }), 16))
	return widget.Beside(380, 440, left, widget.Col(16, widget.Live(&m.Screen, photoStrip(m)), decide, rules))
}

func photoCrop(m *model.IdentityPhoto) *widget.CropPart {
	s := m.Std
	var bands []widget.Band
	for _, b := range []struct {
		key  string
		band [2]int
	}{{"identity.photo.crown", s.Crown}, {"identity.photo.eyes", s.Eyes}, {"identity.photo.chin", s.Chin}} {
		if b.band[1] > 0 {
			bands = append(bands, widget.Band{Name: widget.W(b.key), From: b.band[0], To: b.band[1]})
		}
	}
	if s.Chin[1] == 0 && s.Head[1] > 0 && s.Crown[1] > 0 { // where the chin comes by the height of the head
		bands = append(bands, widget.Band{
			Name: widget.W("identity.photo.head-height"), From: s.Crown[0] + s.Head[0], To: s.Crown[1] + s.Head[1], Limits: widget.Data(fmt.Sprintf("%d–%d", s.Head[0], s.Head[1])),
		})
	}
	return widget.Crop(s.Width, s.Height, 400, bands, s.FaceWidth, func() (image.Image, image.Rectangle) {
		if m.Source.Preview == nil || m.Source.Width == 0 {
			return nil, image.Rectangle{}
		}
		b := m.Source.Preview.Bounds()
		k := float64(b.Dx()) / float64(m.Source.Width)
		at := func(v int) int { return int(float64(v) * k) }
		return m.Source.Preview, image.Rect(at(m.Crop.Min.X), at(m.Crop.Min.Y), at(m.Crop.Max.X), at(m.Crop.Max.Y)).Add(b.Min).Intersect(b)
	}, m.Move, m.Zoom, m.Key, func() []widget.Spot { return photoMarks(m) })
}

// photoMarks are the findings that failed or are to be looked at, where they lie in the photo.
func photoMarks(m *model.IdentityPhoto) (marks []widget.Spot) {
	if !m.Judged {
		return nil
	}
	for _, f := range m.Findings {
		tone := widget.Warn
		if f.Verdict == model.RuleFailed {
			tone = widget.Bad
		}
		if f.Verdict != model.RulePassed && f.At.X1+f.At.Y1 > 0 {
			marks = append(marks, widget.Spot{Name: widget.W("identity.photo." + f.Rule), Tone: tone, X0: f.At.X0, Y0: f.At.Y0, X1: f.At.X1, Y1: f.At.Y1})
		}
	}
	return marks
}

// photoStrip says whether the photo can be used, and what to do first if not.
func photoStrip(m *model.IdentityPhoto) func() fyne.CanvasObject {
	return func() fyne.CanvasObject {
		switch {
		case m.Kept:
			return widget.Strip(widget.Good, "check", widget.W("identity.photo.kept"), widget.W("identity.photo.kept.hint"))
		case !m.Judged:
			return widget.Strip(widget.Info, "clock", widget.W("identity.photo.judging"), widget.W("identity.photo.judging.hint"))
		case m.RefusedBy() != "":
			return widget.Strip(widget.Bad, "cross", widget.W("identity.photo.not-yet", "identity.photo."+m.RefusedBy()), widget.W("identity.photo.not-yet.hint"))
		case m.Count(model.RuleFailed) > 0 && !m.Seen.On():
			return widget.Strip(widget.Warn, "eye", widget.W("identity.photo.doubt", "identity.photo."+m.Findings[0].Rule), widget.W("identity.photo.doubt.hint"))
		case m.ToLook() > 0 && !m.Seen.On():
			return widget.Strip(widget.Warn, "eye", widget.W("identity.photo.look"), widget.W("identity.photo.look.hint"))
		}
		return widget.Strip(widget.Good, "check", widget.W("identity.photo.usable"), widget.W("identity.photo.usable.hint"))
	}
}

func photoWhyOff(m *model.IdentityPhoto) widget.Words {
	return func() string {
		b := widget.Book()
		switch {
		case m.Kept:
			return b.Say("identity.photo.kept")
		case m.RefusedBy() != "":
			return b.Say("identity.photo.off-fail")
		}
		return b.Say("identity.photo.off-look")
	}
}

func photoFindings(m *model.IdentityPhoto) fyne.CanvasObject {
	b := widget.Book()
	name := m.Std.Name
	if b.English() && m.Std.NameEn != "" {
		name = m.Std.NameEn
	}
	head := widget.Col(2, widget.Wrapping(8, widget.Bold(widget.W("identity.photo.rules"), widget.T16), widget.Text(widget.Data(name), widget.T12, widget.Ink3)),
		widget.Text(widget.W("identity.photo.counted", m.Count(model.RulePassed), m.Count(model.RuleFailed), m.Count(model.RuleAsked)), widget.T13, widget.Ink2))
	var list []widget.Finding
	for _, f := range m.Findings {
		tone := widget.Good
		switch f.Verdict {
		case model.RuleFailed:
			tone = widget.Bad
		case model.RuleAsked:
			tone = widget.Warn
		}
		list = append(list, widget.Finding{Tone: tone, Rule: widget.W("identity.photo." + f.Rule), Figure: figureOf(f.Figure), Limit: figureOf(f.Limit)})
	}
	return widget.Col(10, head, widget.Rule(), widget.Findings(list, 37))
}

// figureOf writes a figure or a limit of a rule.
func figureOf(v any) widget.Words {
	return func() string {
		b := widget.Book()
		switch v := v.(type) {
		case nil:
			return ""
		case [2]int:
			return fmt.Sprintf("%d–%d", v[0], v[1])
		case interface{ IsZero() bool }:
			if v.IsZero() {
				return b.Say("identity.photo.unknown")
			}
		}
		return fmt.Sprint(v)
	}
}

// pictureConsent asks whether pictures may be kept; who refuses is led to a clerk (P-01).
func pictureConsent(m *model.IdentityPhoto) fyne.CanvasObject {
	if m.Refused {
		return widget.State(widget.Plain, "people", widget.W("identity.consent.refused"), widget.W("identity.consent.refused.hint"),
			widget.Button(widget.Secondary, "", widget.W("identity.consent.after-all"), func() { m.Consent(true) }))
	}
	return widget.State(widget.Info, "shield", widget.W("identity.consent"), widget.W("identity.consent.hint"),
		widget.Button(widget.Primary, "check", widget.W("identity.consent.yes"), func() { m.Consent(true) }),
		widget.Button(widget.Secondary, "", widget.W("identity.consent.no"), func() { m.Consent(false) }))
}
