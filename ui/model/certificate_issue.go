package model

import (
	"xuezheng/data/day"
	"xuezheng/data/id"
)

// CertificateService issues certificates.
type CertificateService interface {
	Preview(p id.Person, e id.Enrolment, languages string) (pdf []byte, err error)
	Issue(p id.Person, e id.Enrolment, languages string) (number string, pdf []byte, err error)
	Copy(number string) (copy int, pdf []byte, err error)
	Save(name string, pdf []byte) (path string, err error)
	Print(path string) error
}

// CertificateIssue is where a certificate is looked at, issued and printed.
type CertificateIssue struct {
	Screen
	Person    PersonView
	Languages Choice
	Number    string // once issued
	Saved     string // where the last print lies
	Printed   bool
	Specimen  bool // the last file is a specimen
	today     day.Date
	service   CertificateService
	done      func()
}

// NewCertificateIssue issues for p; done is called after each issue, so that the file behind can
// look again.
func NewCertificateIssue(service CertificateService, p PersonView, today day.Date, run Run, done func()) *CertificateIssue {
	m := &CertificateIssue{Screen: NewScreen(run), Person: p, today: today, service: service, done: done}
	m.Languages.Offer(Option{"zh", "certificate.in-chinese"}, Option{"zh,en", "certificate.in-both"})
	m.Languages.Set("zh")
	m.Languages.OnChange(m.Changed)
	return m
}

// Certified is how many seconds would stand on it: those that are accepted, no others.
func (m *CertificateIssue) Certified() int { return m.Person.Standing.Sum().Accepted }

// Lacks names what is missing before anything can be issued: "confirmed", "photo", "enrolled",
// "accepted"; "spoilt" where something was changed outside the program.
func (m *CertificateIssue) Lacks() (list []string) {
	if !m.Person.Enrolled() {
		list = append(list, "enrolled")
	}
	if len(m.Person.Spoilt) > 0 {
		list = append(list, "spoilt")
	}
	if m.Person.State != IdentityConfirmed {
		list = append(list, "confirmed")
	}
	if len(m.Person.Photo) == 0 {
		list = append(list, "photo")
	}
	if m.Person.Enrolled() && m.Certified() == 0 {
		list = append(list, "accepted")
	}
	return list
}

// CanIssue reports whether nothing is missing and nothing under way.
func (m *CertificateIssue) CanIssue() bool { return !m.Busy() && len(m.Lacks()) == 0 && m.Number == "" }

// CanPreview is CanIssue: once it is issued there is the certificate itself.
func (m *CertificateIssue) CanPreview() bool { return m.CanIssue() }

// Preview saves a specimen to look at.
func (m *CertificateIssue) Preview() {
	if !m.CanPreview() {
		return
	}
	languages := m.Languages.Value()
	var path string
	m.Do(func() error {
		pdf, err := m.service.Preview(m.Person.ID, m.Person.Enrolment, languages)
		if err == nil {
			path, err = m.service.Save("specimen.pdf", pdf)
		}
		return err
	}, func() { m.Saved, m.Specimen, m.Printed = path, true, false })
}

// Issue asks first, then issues the certificate and saves its original.
func (m *CertificateIssue) Issue() {
	if m.CanIssue() {
		m.Ask("certificate.issue.ask", m.issue, m.Person.Name)
	}
}

func (m *CertificateIssue) issue() {
	languages := m.Languages.Value()
	var number, path string
	m.Do(func() error {
		n, pdf, err := m.service.Issue(m.Person.ID, m.Person.Enrolment, languages)
		if err == nil {
			number = n
			path, err = m.service.Save(n+".pdf", pdf)
		}
		return err
	}, func() {
		m.Number, m.Saved, m.Specimen, m.Printed = number, path, false, false
		if m.done != nil {
			m.done()
		}
	})
}

// CanPrint reports whether there is an original to print.
func (m *CertificateIssue) CanPrint() bool { return !m.Busy() && m.Saved != "" && !m.Specimen }

// Print sends the saved file to the printer.
func (m *CertificateIssue) Print() {
	if !m.CanPrint() {
		return
	}
	path := m.Saved
	m.Do(func() error { return m.service.Print(path) }, func() { m.Printed = true })
}
