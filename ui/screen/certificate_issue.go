package screen

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"xuezheng/data/act"
	"xuezheng/ui/model"
	"xuezheng/ui/widget"
)

// CertificateIssue shows what would stand on a certificate, and issues it.
func CertificateIssue(m *model.CertificateIssue) fyne.CanvasObject {
	v := m.Person
	left := widget.Live(&m.Screen, func() fyne.CanvasObject {
		return widget.Col(12, readiness(m), widget.Titled(widget.W("certificate.says"), says(m)))
	})
	right := widget.Titled(widget.W("certificate.issue-title"), widget.Col(12,
		widget.Pick("certificate.languages", &m.Languages),
		widget.OtherAct(act.PreviewCertificate, "eye", m.Preview, m.CanPreview),
		widget.Act(act.IssueCertificate, m.Issue, m.CanIssue),
		widget.Para(widget.W("certificate.frozen"), 0, widget.T12, widget.Ink3),
		widget.Live(&m.Screen, func() fyne.CanvasObject { return outcome(m) }),
		widget.Button(widget.Secondary, "print", widget.W("certificate.print"), m.Print).When(m.CanPrint)))
	return widget.PageOf(&m.Screen, widget.Col(16,
		widget.Title(widget.W("certificate.issue-page"), widget.Data(v.Name+"  "+v.MaskedNumber)), widget.Problem(&m.Screen, nil),
		widget.Beside(560, 264, left, right)))
}

// readiness says whether a certificate can be issued, and what is missing.
func readiness(m *model.CertificateIssue) fyne.CanvasObject {
	lacks := m.Lacks()
	if len(lacks) > 0 {
		var rows []fyne.CanvasObject
		for _, l := range lacks {
			rows = append(rows, widget.Para(widget.W("certificate.lacks."+l), 0, widget.T13, widget.Ink2))
		}
		return widget.Titled(widget.W("certificate.not-yet"), widget.Col(6, rows...))
	}
	if m.Person.Ready {
		return widget.Strip(widget.Good, "check", widget.W("certificate.ready"), widget.W("certificate.ready.hint"))
	}
	return widget.Strip(widget.Info, "dot", widget.W("certificate.partly"), widget.W("certificate.partly.hint"))
}

func says(m *model.CertificateIssue) fyne.CanvasObject {
	v := m.Person
	rows := []fyne.CanvasObject{
		widget.Fact(96, widget.W("person.name"), widget.Data(v.Name)),
		widget.Fact(96, widget.W("person.number"), widget.Data(v.MaskedNumber)),
		widget.Fact(96, widget.W("person.unit"), widget.Data(v.Unit)),
	}
	if v.Enrolled() {
		rows = append(rows, widget.Fact(96, widget.W("person.programme"), widget.Data(v.Programme)), widget.Fact(96, widget.W("person.period"), period(v)), widget.Rule())
		for _, p := range v.Standing.Progress {
			name := widget.W("hours.bucket."+bucketKey(p.Bucket.Added, string(p.Bucket.Kind)), p.Bucket.Specialty)
			rows = append(rows, widget.Sum(name, func() string {
				b := widget.Book()
				return b.Hours(p.Accepted, v.PerHour) + " / " + b.Hours(p.Needed, v.PerHour)
			}))
		}
		if left := widget.StageAmounts(v.Standing.Sum(), v.PerHour); len(model.Waiting(v.Standing.Sum())) > 0 {
			rows = append(rows, widget.Rule(), widget.Para(widget.W("certificate.says-not"), 0, widget.T12, widget.Ink3), left)
		}
	}
	return widget.Col(4, rows...)
}

func bucketKey(added bool, kind string) string {
	if added {
		return "added"
	}
	return kind
}

// outcome says what was just made, and where it lies.
func outcome(m *model.CertificateIssue) fyne.CanvasObject {
	switch {
	case m.Saved == "":
		return widget.Col(0)
	case m.Specimen:
		return widget.Para(widget.W("certificate.specimen-saved", filepath.Base(m.Saved), filepath.Dir(m.Saved)), 0, widget.T13, widget.Ink2)
	case m.Printed:
		return widget.Para(widget.W("certificate.printed", m.Number), 0, widget.T13, widget.Green)
	}
	return widget.Para(widget.W("certificate.issued-saved", m.Number, filepath.Base(m.Saved), filepath.Dir(m.Saved)), 0, widget.T13, widget.Green)
}
