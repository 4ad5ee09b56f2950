package screen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// CertificateVerify takes a certificate and says plainly whether it is genuine, and what was
// signed.
func CertificateVerify(m *model.CertificateVerify) fyne.CanvasObject {
	drop := widget.DropZone("shield", widget.W("certificate.verify.drop"), widget.W("certificate.verify.drop.hint"),
		widget.Button(widget.Primary, "file", widget.W("certificate.verify.choose"), m.Choose).Main())
	code := widget.Titled(widget.W("certificate.verify.code"), widget.Col(10,
		widget.Field("certificate.verify.code-field", &m.Code).Hint(widget.W("certificate.verify.code-hint")).OnEnter(m.VerifyCode),
		widget.OtherAct(act.VerifyCertificate, "shield", m.VerifyCode, m.CanVerify)))
	result := widget.Live(&m.Screen, func() fyne.CanvasObject {
		switch {
		case m.Busy():
			return widget.Working(&m.Screen)
		case !m.Judged:
			return widget.Col(0)
		}
		return widget.Col(16, verdict(m), widget.Beside(360, 320, signed(m), issuer(m)))
	})
	astray := widget.When(m.Astray, widget.Titled(widget.W("certificate.astray"), widget.Col(10,
		widget.Para(widget.W("certificate.astray.hint"), 0, widget.T13, widget.Ink2),
		widget.Pick("certificate.revoke-reason", &m.Reason), widget.Field("hours.review.note", &m.Note),
		widget.Because(&m.Screen, widget.OtherAct(act.RevokeCertificate, "cross", m.Revoke, m.CanRevoke), widget.W("certificate.revoke-why-off")))))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("certificate.verify-page"), func() string { return m.File }),
		widget.Problem(&m.Screen, nil), result, astray, widget.Beside(480, 320, drop, code)))
}

// verdict is the answer in one line, with what it means.
func verdict(m *model.CertificateVerify) fyne.CanvasObject {
	r := m.Result
	switch m.Verdict() {
	case model.VerdictValid:
		return widget.State(widget.Good, "check", widget.W("certificate.verdict.valid"), widget.W("certificate.verdict.valid.hint", r.KnownTo))
	case model.VerdictDoubted:
		return widget.State(widget.Warn, "alert", widget.W("certificate.verdict.doubted"), widget.W("certificate.doubted", r.ToBeRevoked))
	case model.VerdictNotHeld:
		return widget.State(widget.Warn, "alert", widget.W("certificate.verdict.valid"), widget.W("certificate.not-held"))
	case model.VerdictRevoked:
		return widget.State(widget.Bad, "cross", widget.W("certificate.verdict.revoked", r.RevokedOn), widget.W("certificate.reason."+r.RevokedReason))
	case model.VerdictStranger:
		return widget.State(widget.Warn, "eye", widget.W("certificate.verdict.stranger"), widget.W("certificate.verdict.stranger.hint"))
	}
	hint := widget.W("certificate.verdict.not.hint")
	if len(r.Why) > 0 {
		hint = func() string {
			line, hint := widget.Book().Fault(r.Why[0])
			return line + widget.Book().Say("list.and") + hint
		}
	}
	return widget.State(widget.Bad, "cross", widget.W("certificate.verdict.not"), hint)
}

// signed is what was signed, to be held against the paper.
func signed(m *model.CertificateVerify) fyne.CanvasObject {
	r, b := m.Result, widget.Book()
	col := widget.Col(4)
	fact := func(key, says string) {
		if says != "" {
			col.Add(widget.Fact(104, widget.W(key), widget.Data(says)))
		}
	}
	f, ok := m.Facts()
	if !ok {
		return widget.Titled(widget.W("certificate.signed"), widget.Para(widget.W("certificate.signed.nothing"), 0, widget.T13, widget.Ink2))
	}
	fact("certificate.number", f.Number)
	fact("person.name", f.Name)
	fact("person.number", f.MaskedNumber)
	fact("person.unit", f.Unit)
	fact("person.programme", f.Programme)
	fact("person.period", b.Say("person.period.from-to", b.Date(f.From), b.Date(f.To)))
	fact("certificate.issued-on", b.Date(f.IssuedOn))
	for _, k := range f.Buckets {
		col.Add(widget.Sum(widget.W("hours.bucket."+k.Kind, k.Specialty), func() string { return b.Hundredths(k.Done) + " / " + b.Hundredths(k.Needed) }))
	}
	var hours string
	for i, n := range f.Hundredths {
		if i > 0 {
			hours += b.Say("list.join")
		}
		hours += b.Hundredths(n)
	}
	fact("hours.hours", hours)
	if !r.PhotoProven {
		col.Add(widget.Pad(widget.Mark(widget.Warn, "eye", widget.W("certificate.photo-unproven")), 8, 0, 0, 0))
	}
	col.Add(widget.Pad(printMark(m), 8, 0, 0, 0))
	for i, d := range r.Differs {
		col.Add(widget.Row(8, widget.Icon("cross", 14, widget.Red), widget.Grow(widget.Para(widget.W("certificate.differs-line", strconv.Itoa(i+1), d), 0, widget.T13, widget.Red))))
	}
	return widget.Titled(widget.W("certificate.signed"), widget.Col(8, widget.Para(widget.W("certificate.signed.hint"), 0, widget.T12, widget.Ink3), col))
}

// printMark says whether it is proven which print this is.
func printMark(m *model.CertificateVerify) fyne.CanvasObject {
	switch r := m.Result; {
	case r.Print == nil:
		return widget.Mark(widget.Warn, "eye", widget.W("certificate.which-unproven"))
	case r.PrintProven:
		return widget.Mark(widget.Good, "check", widget.W("certificate.print-proven", r.Print.Copy, r.Print.On))
	default:
		return widget.Mark(widget.Warn, "eye", widget.W("certificate.print-unproven", r.Print.Copy, r.Print.On))
	}
}

// issuer is who signed, and whether that is someone trusted here.
func issuer(m *model.CertificateVerify) fyne.CanvasObject {
	r := m.Result
	if r.Issuer.Key == "" {
		return widget.Titled(widget.W("certificate.issuer"), widget.Para(widget.W("certificate.issuer.none"), 0, widget.T13, widget.Ink2))
	}
	mark := widget.Mark(widget.Warn, "eye", widget.W("certificate.issuer.untrusted"))
	if r.Issuer.Trusted {
		mark = widget.Mark(widget.Good, "check", widget.W("certificate.issuer.trusted"))
	}
	name := widget.Col(4, widget.Para(widget.Data(r.Issuer.Name), 0, widget.T14, widget.Ink))
	if r.Issuer.Source != "" {
		name.Add(widget.Text(widget.W("certificate.key-source."+r.Issuer.Source), widget.T12, widget.Ink3))
	}
	if r.Issuer.Claimed != "" {
		name.Add(widget.Para(widget.W("certificate.issued-under", r.Issuer.Claimed), 0, widget.T13, widget.Ink2))
	}
	return widget.Titled(widget.W("certificate.issuer"), widget.Col(8, name, mark,
		widget.Text(widget.W("certificate.key-fingerprint"), widget.T12, widget.Ink3), widget.Para(widget.Data(m.Fingerprint()), 0, widget.T13, widget.Ink2),
		widget.Para(widget.W("certificate.known-to", r.KnownTo), 0, widget.T12, widget.Ink3)))
}
