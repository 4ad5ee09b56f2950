package model

import (
	"strconv"

	"xuezheng/data/certificate"
)

// CertificateDeskService looks after issued certificates.
type CertificateDeskService interface {
	// Certificates are those found, and what is left out of them: changed or damaged outside the program.
	Certificates(query string) ([]CertificateView, []SpoiltRow, error)
	Copy(number string) (copy int, pdf []byte, err error)
	Save(name string, pdf []byte) (path string, err error)
	Print(path string) error
	Spoil(number string, copy int, why string) error
	HandOver(number string, copy int, collector, seen string) error
	Revoke(number, reason, note string) error
	// Reissue revokes a certificate over withdrawn hours and issues another over those there are.
	Reissue(number string) (anew string, pdf []byte, err error)
	RevocationList() ([]byte, error)
}

// CertificateDesk is where issued certificates are found, printed again, handed over, spoiled
// prints recorded, and certificates revoked.
type CertificateDesk struct {
	Screen
	Query     Text
	List      Table[CertificateView]
	LeftOut   []SpoiltRow
	Loaded    bool
	Collector Text
	Seen      Choice
	Spoiled   Text
	Reason    Choice
	Note      Text
	Saved     string
	CopyMade  int
	Printed   bool
	Kept      string
	Copy      int // the copy chosen to be handed over or spoiled
	May       bool
	asked     string
	service   CertificateDeskService
	files     Files
}

// Seen are the documents that may be seen when a certificate is handed over.
var Seen = []string{"resident-card", "registration-certificate", "letter-of-authority"}

// NewCertificateDesk opens the certificates; number, if any, is looked for at once. mayRevoke says
// whether whoever is signed in may revoke.
func NewCertificateDesk(service CertificateDeskService, files Files, number string, mayRevoke bool, run Run) *CertificateDesk {
	m := &CertificateDesk{Screen: NewScreen(run), service: service, files: files, May: mayRevoke}
	for _, s := range Seen {
		m.Seen.Offer(append(m.Seen.Options(), Option{s, "certificate.seen." + s})...)
	}
	m.Seen.Set(Seen[0])
	for _, r := range certificate.RevokeReasons {
		m.Reason.Offer(append(m.Reason.Options(), Option{r, "certificate.reason." + r})...)
	}
	for _, t := range []*Text{&m.Collector, &m.Seen.Text, &m.Spoiled, &m.Reason.Text, &m.Note} {
		t.OnChange(m.Changed)
	}
	m.Query.Set(number)
	m.Query.OnChange(m.Load)
	m.Load()
	return m
}

// Load looks for what is written.
func (m *CertificateDesk) Load() {
	q := m.Query.Value()
	m.asked = q
	at := m.number()
	var list []CertificateView
	var left []SpoiltRow
	m.Do(func() (err error) { list, left, err = m.service.Certificates(q); return err }, func() {
		if m.asked != q {
			return
		}
		m.List.Show(list)
		m.LeftOut, m.Loaded = left, true
		for i, c := range list {
			if c.Content.Number == at {
				m.List.Select(i)
			}
		}
		if len(list) == 1 {
			m.List.Select(0)
		}
		m.choose()
	})
}

func (m *CertificateDesk) number() string {
	c, _ := m.List.Row()
	return c.Content.Number
}

// Choose shows one certificate.
func (m *CertificateDesk) Choose(i int) {
	m.List.Select(i)
	m.Saved, m.CopyMade, m.Printed = "", 0, false
	m.choose()
	m.Changed()
}

// choose takes the last print that is neither spoiled nor handed over as the one at hand.
func (m *CertificateDesk) choose() {
	m.Copy = 0
	c, _ := m.List.Row()
	for _, k := range c.Copies {
		if k.SpoiledAt.IsZero() && k.HandedAt.IsZero() {
			m.Copy = k.Number
		}
	}
	m.Collector.Set(c.Content.Holder.Name)
}

// CanCopy reports whether a further copy can be printed.
func (m *CertificateDesk) CanCopy() bool {
	c, ok := m.List.Row()
	return ok && !m.Busy() && !c.Revoked && !c.ToBeRevoked()
}

// CanReissue reports whether the chosen one is to be revoked, and a reviewer looks at it.
func (m *CertificateDesk) CanReissue() bool {
	c, ok := m.List.Row()
	return ok && m.May && !m.Busy() && c.ToBeRevoked()
}

// Reissue revokes the chosen one and issues another, after a question: it can't be undone. Should
// there be nothing left to certify, it is revoked all the same, and it is said why.
func (m *CertificateDesk) Reissue() {
	if !m.CanReissue() {
		return
	}
	number := m.number()
	m.Ask("certificate.reissue.ask", func() {
		var path, anew string
		var refused error
		m.Do(func() error {
			var pdf []byte
			if anew, pdf, refused = m.service.Reissue(number); refused != nil {
				return nil // what became of it is read anew below
			}
			var err error
			path, err = m.service.Save(anew+".pdf", pdf)
			return err
		}, func() {
			m.Query.Set(anew)
			m.Load()
			m.Refuse(refused)
			if m.Saved, m.CopyMade, m.Printed = path, 1, false; path != "" {
				m.Print()
			}
		})
	}, number)
}

// MakeCopy prints a further, numbered copy: it is saved and sent to the printer.
func (m *CertificateDesk) MakeCopy() {
	if !m.CanCopy() {
		return
	}
	number := m.number()
	var path string
	var n int
	m.Do(func() error {
		k, pdf, err := m.service.Copy(number)
		if err != nil {
			return err
		}
		n = k
		path, err = m.service.Save(number+"-"+strconv.Itoa(k)+".pdf", pdf)
		return err
	}, func() {
		m.Saved, m.CopyMade, m.Printed = path, n, false
		m.Load()
		m.Print()
	})
}

// Print sends the copy just made to the printer.
func (m *CertificateDesk) Print() {
	path := m.Saved
	if path == "" {
		return
	}
	m.Do(func() error { return m.service.Print(path) }, func() { m.Printed = true })
}

// CanHandOver reports whether a print is at hand and it is known who collects it.
func (m *CertificateDesk) CanHandOver() bool {
	c, _ := m.List.Row()
	return !m.Busy() && !c.ToBeRevoked() && m.Copy > 0 && !m.Collector.Empty() && m.Seen.Index() >= 0
}

// HandOver records who collected the print at hand.
func (m *CertificateDesk) HandOver() {
	if !m.CanHandOver() {
		return
	}
	number, n, who, seen := m.number(), m.Copy, m.Collector.Value(), m.Seen.Value()
	m.Do(func() error { return m.service.HandOver(number, n, who, seen) }, m.Load)
}

// CanSpoil reports whether a print is at hand and it is said why it is spoiled.
func (m *CertificateDesk) CanSpoil() bool { return !m.Busy() && m.Copy > 0 && !m.Spoiled.Empty() }

// Spoil records that the print at hand is spoiled.
func (m *CertificateDesk) Spoil() {
	if !m.CanSpoil() {
		return
	}
	number, n, why := m.number(), m.Copy, m.Spoiled.Value()
	m.Do(func() error { return m.service.Spoil(number, n, why) }, func() {
		m.Spoiled.Set("")
		m.Load()
	})
}

// CanRevoke reports whether a reason is chosen; "other" needs a note.
func (m *CertificateDesk) CanRevoke() bool {
	c, ok := m.List.Row()
	return m.May && ok && !m.Busy() && !c.Revoked && m.Reason.Index() >= 0 && (m.Reason.Value() != "other" || !m.Note.Empty())
}

// Revoke revokes the certificate after a question: it can't be undone.
func (m *CertificateDesk) Revoke() {
	if !m.CanRevoke() {
		return
	}
	number, reason, note := m.number(), m.Reason.Value(), m.Note.Value()
	m.Ask("certificate.revoke.ask", func() {
		m.Do(func() error { return m.service.Revoke(number, reason, note) }, func() {
			m.Reason.Set("")
			m.Note.Set("")
			m.Load()
		})
	}, number)
}

// KeepList keeps the signed list of what was revoked, for those who verify.
func (m *CertificateDesk) KeepList(name string) {
	if m.Busy() {
		return
	}
	var b []byte
	m.Do(func() (err error) { b, err = m.service.RevocationList(); return err }, func() {
		m.files.Keep(name, b, func(path string, err error) {
			m.Kept = path
			m.Refuse(err)
		})
	})
}
