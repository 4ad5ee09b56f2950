package screen

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// CertificateDesk lists issued certificates, and what became of the chosen one.
func CertificateDesk(m *model.CertificateDesk, openPerson func(model.CertificateView)) fyne.CanvasObject {
	list := widget.ListCard(&m.Screen, widget.ListOf{
		Head:   widget.Head(certificateColumns, widget.W("certificate.number"), widget.W("person.name"), widget.W("certificate.issued-on"), widget.W("person.state")),
		Height: 52, Count: func() int { return len(m.List.Rows) }, Row: func(i int) fyne.CanvasObject { return certificateRow(m, i) }, Open: m.Choose,
		Empty: func() fyne.CanvasObject {
			return widget.Empty("seal", widget.W("certificate.list.empty"), widget.W("certificate.list.empty.hint"))
		},
		Loaded: func() bool { return m.Loaded }, Retry: m.Load,
	})
	chosen := func() bool { _, ok := m.List.Row(); return ok }
	side := widget.Col(16,
		widget.When(func() bool { return !chosen() }, widget.Para(widget.W("certificate.choose"), 0, widget.T13, widget.Ink2)),
		widget.When(chosen, widget.Col(16,
			widget.Live(&m.Screen, func() fyne.CanvasObject { return certificateFacts(m, openPerson) }),
			widget.Titled(widget.W("certificate.copies"), widget.Col(10,
				widget.Live(&m.Screen, func() fyne.CanvasObject { return copies(m) }),
				widget.Button(widget.Primary, "print", widget.W("certificate.copy"), m.MakeCopy).When(m.CanCopy),
				widget.Live(&m.Screen, func() fyne.CanvasObject { return copyOutcome(m) }))),
			widget.Titled(widget.W("certificate.prints"), widget.Col(10,
				widget.Live(&m.Screen, func() fyne.CanvasObject { return atHand(m) }),
				widget.Field("certificate.collector", &m.Collector).OnEnter(m.HandOver),
				widget.Pick("certificate.seen", &m.Seen),
				widget.OtherAct(act.HandOverCertificate, "check", m.HandOver, m.CanHandOver),
				widget.Rule(),
				widget.Field("certificate.spoil-why", &m.Spoiled).OnEnter(m.Spoil),
				widget.OtherAct(act.SpoilCopy, "cross", m.Spoil, m.CanSpoil))),
			widget.When(func() bool { return m.May }, widget.Titled(widget.W("certificate.revoking"), widget.Col(10,
				widget.Pick("certificate.revoke-reason", &m.Reason), widget.Field("hours.review.note", &m.Note),
				widget.Because(&m.Screen, widget.OtherAct(act.RevokeCertificate, "cross", m.Revoke, m.CanRevoke), widget.W("certificate.revoke-why-off"))))))))
	find := widget.AtMost(420, widget.Field("certificate.find", &m.Query).Hint(widget.W("certificate.find.hint")))
	export := widget.Button(widget.Secondary, "export", widget.W("certificate.revocations"), func() { m.KeepList(widget.Book().Say("certificate.revocations-name")) })
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("certificate.list-page"), widget.Data(""), export),
		find, widget.Problem(&m.Screen, nil),
		widget.When(func() bool { return len(m.LeftOut) > 0 }, widget.Live(&m.Screen, func() fyne.CanvasObject { return certificatesLeftOut(m) })),
		widget.Grow(widget.Beside(460, 320, list, side))))
}

// certificatesLeftOut names what the list leaves out.
func certificatesLeftOut(m *model.CertificateDesk) fyne.CanvasObject {
	col := widget.Col(8)
	for _, x := range m.LeftOut[:min(len(m.LeftOut), mostLeftOut)] {
		col.Add(widget.Strip(widget.Bad, "alert", func() string {
			b := widget.Book()
			return b.Say("certificate.list.left-out", b.Say(x.Kind), x.Key)
		}, widget.W("certificate.list.left-out.hint", len(m.LeftOut))))
	}
	return col
}

// mostLeftOut is how many rows that are left out are named above the list; how many there are is said.
const mostLeftOut = 3

var certificateColumns = []float32{0, 160, -100, 90}

func certificateRow(m *model.CertificateDesk, i int) fyne.CanvasObject {
	c := m.List.Rows[i]
	state := widget.Mark(widget.Good, "check", widget.W("certificate.stands"))
	switch {
	case c.Revoked:
		state = widget.Mark(widget.Bad, "cross", widget.W("certificate.revoked-mark"))
	case c.ToBeRevoked():
		state = widget.Mark(widget.Warn, "alert", widget.W("certificate.doubted-mark"))
	}
	return widget.Chosen(widget.Pad(widget.Cells(certificateColumns, widget.Text(widget.Data(c.Content.Number), widget.T14, widget.Ink).Elide(),
		widget.Bold(widget.Data(c.Content.Holder.Name), widget.T14).Elide(), widget.Text(widget.Data(c.Content.IssuedOn.String()), widget.T13, widget.Ink2), state), 0, 16), m.List.Selected() == i)
}

func certificateFacts(m *model.CertificateDesk, open func(model.CertificateView)) fyne.CanvasObject {
	c, ok := m.List.Row()
	if !ok {
		return widget.Col(0)
	}
	b := widget.Book()
	rows := []fyne.CanvasObject{
		widget.Row(8, widget.Grow(widget.Bold(widget.Data(c.Content.Holder.Name), widget.T16).Elide()), widget.Link(widget.W("certificate.open-file"), func() { open(c) })),
		widget.Text(widget.Data(c.Content.Holder.MaskedNumber), widget.T13, widget.Ink2),
		widget.Sum(widget.W("certificate.number"), widget.Data(c.Content.Number)),
		widget.Sum(widget.W("certificate.issued-on"), widget.Data(b.Date(c.Content.IssuedOn))),
	}
	if c.Content.Replaces != "" {
		rows = append(rows, widget.Sum(widget.W("certificate.replaces"), widget.Data(c.Content.Replaces)))
	}
	for _, k := range c.Content.Buckets {
		rows = append(rows, widget.Sum(widget.W("hours.bucket."+k.Kind, k.Specialty), func() string {
			return b.Hundredths(c.Content.Hundredths(k.Seconds)) + " / " + b.Hundredths(c.Content.Hundredths(k.Needed))
		}))
	}
	if c.ToBeRevoked() {
		rows = append(rows, widget.Strip(widget.Warn, "alert", widget.W("certificate.doubted", c.Doubted), widget.W("certificate.doubted.hint")))
	}
	if m.CanReissue() {
		rows = append(rows, widget.Button(widget.Primary, "swap", widget.W("certificate.reissue"), m.Reissue))
	}
	if c.Revoked {
		rows = append(rows, widget.Strip(widget.Bad, "cross", widget.W("certificate.revoked-mark"), widget.W("certificate.reason."+c.Reason)))
	}
	return widget.Card(widget.Pad(widget.Col(4, rows...), 14, 16))
}

// copies lists every print, what became of it, and who has it.
func copies(m *model.CertificateDesk) fyne.CanvasObject {
	c, _ := m.List.Row()
	var rows []fyne.CanvasObject
	for _, k := range c.Copies {
		name, state := widget.W("certificate.copy-n", k.Number), widget.W("certificate.copy.drawn", k.DrawnAt)
		if k.Number == 1 {
			name = widget.W("certificate.original")
		}
		switch {
		case !k.SpoiledAt.IsZero():
			state = widget.W("certificate.copy.spoiled", k.SpoiledWhy)
		case !k.HandedAt.IsZero():
			state = widget.W("certificate.copy.handed", k.Collector, k.HandedAt)
		}
		rows = append(rows, widget.Col(0, widget.Text(name, widget.T13, widget.Ink), widget.Para(state, 0, widget.T12, widget.Ink3)))
	}
	return widget.Col(6, rows...)
}

func copyOutcome(m *model.CertificateDesk) fyne.CanvasObject {
	switch {
	case m.Saved == "":
		return widget.Col(0)
	case m.Printed:
		return widget.Para(widget.W("certificate.copy-printed", m.CopyMade), 0, widget.T13, widget.Green)
	}
	return widget.Para(widget.W("certificate.copy-saved", m.CopyMade, filepath.Base(m.Saved)), 0, widget.T13, widget.Ink2)
}

func atHand(m *model.CertificateDesk) fyne.CanvasObject {
	if m.Copy == 0 {
		return widget.Para(widget.W("certificate.none-at-hand"), 0, widget.T12, widget.Ink3)
	}
	return widget.Para(widget.W("certificate.at-hand", m.Copy), 0, widget.T12, widget.Ink2)
}
