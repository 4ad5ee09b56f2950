package model

import (
	"slices"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/person"
)

// MaterialsService takes materials and earlier education.
type MaterialsService interface {
	ConsentService
	Materials() (MaterialsView, error)
	HandIn(m MaterialPaper) error
	// GiveEducation keeps e; the paper that proves it is handed in with it, if there is one.
	GiveEducation(e enrolment.Education, proof MaterialPaper) error
	// Preview makes a small picture of a file for the screen.
	Preview(b []byte) ([]byte, error)
}

// HomeMaterials is where an applicant hands in what the pack asks for, one of several kinds where
// there are alternatives (B-06), and says what education came before (H-10, H-11).
type HomeMaterials struct {
	Screen
	Consent
	View      MaterialsView
	Loaded    bool
	Today     day.Date
	List      Table[enrolment.MaterialStanding]
	Kind      Choice
	Code      Text
	Expires   Text
	File      string // name of the picture brought
	Preview   []byte
	Sent      bool // the last one was taken
	Education EarlierEducation
	picture   []byte
	service   MaterialsService
	files     Files
}

// EarlierEducation is what is said of earlier education.
type EarlierEducation struct {
	Level          Choice
	School, Number Text
	GraduatedOn    Text
	National       Tick
	Proof          Choice // none, report or record form
	Code, Expires  Text
	File           string
	Kept           bool
	picture        []byte
}

// NewHomeMaterials opens the list.
func NewHomeMaterials(service MaterialsService, files Files, today day.Date, run Run) *HomeMaterials {
	m := &HomeMaterials{Screen: NewScreen(run), Today: today, service: service, files: files}
	m.Consent = newConsent(service, person.ConsentPictures)
	e := &m.Education
	for _, l := range enrolment.Levels {
		e.Level.Offer(append(e.Level.Options(), Option{string(l), "enrolment.level." + string(l)})...)
	}
	e.Proof.Offer(Option{"none", "home.education.proof.none"}, Option{enrolment.ReportMaterial, MaterialKey(enrolment.ReportMaterial)},
		Option{enrolment.RecordFormMaterial, MaterialKey(enrolment.RecordFormMaterial)})
	e.Proof.Set("none")
	for _, t := range []*Text{&m.Kind.Text, &m.Code, &m.Expires, &e.Level.Text, &e.School, &e.Number, &e.GraduatedOn, &e.Proof.Text, &e.Code, &e.Expires} {
		t.OnChange(func() { m.Sent, e.Kept = false, false; m.Changed() })
	}
	e.National.OnChange(func() { e.Kept = false; m.Changed() })
	m.Load()
	return m
}

// Load reads what is asked for and what is there, and goes to the first that is lacking.
func (m *HomeMaterials) Load() { m.load(nil) }

func (m *HomeMaterials) load(then func()) {
	var v MaterialsView
	var given, asked bool
	m.Do(func() (err error) {
		if v, err = m.service.Materials(); err == nil {
			given, asked, err = m.service.Agreed(m.Consent.Kind)
		}
		return err
	}, func() {
		first := !m.Loaded
		m.heard(given, asked)
		m.take(v)
		if first {
			m.fillEducation()
		}
		if then != nil {
			then()
		}
	})
}

// take shows what was read, at the first that is lacking.
func (m *HomeMaterials) take(v MaterialsView) {
	m.View, m.Loaded = v, true
	m.List.Show(v.List)
	at := slices.IndexFunc(v.List, func(s enrolment.MaterialStanding) bool {
		return !s.Requirement.Optional && (s.State == enrolment.MaterialMissing || s.State == enrolment.MaterialExpired)
	})
	m.Choose(max(0, at))
}

// fillEducation writes what was given into the form.
func (m *HomeMaterials) fillEducation() {
	e, f := m.View.Education, &m.Education
	if !m.View.Has {
		return
	}
	f.Level.Set(string(e.Level))
	f.School.Set(e.School)
	f.Number.Set(e.CertificateNumber)
	f.GraduatedOn.Set(e.GraduatedOn.String())
	f.National.Set(e.NationalSeries)
	if e.Proof.Kind != "" {
		f.Proof.Set(e.Proof.Kind)
		f.Code.Set(e.Proof.Code)
		if !e.Proof.Expires.IsZero() {
			f.Expires.Set(e.Proof.Expires.String())
		}
	}
}

// AgreeTo records the word on pictures.
func (m *HomeMaterials) AgreeTo(given bool) {
	m.Do(func() error { return m.service.Agree(m.Consent.Kind, given) }, func() { m.heard(given, true) })
}

// Choose goes to one thing that is asked for.
func (m *HomeMaterials) Choose(i int) {
	m.List.Select(i)
	m.File, m.Preview, m.picture = "", nil, nil
	m.Code.Set("")
	m.Expires.Set("")
	if row, ok := m.List.Row(); ok {
		var kinds []Option
		for _, k := range row.Requirement.OneOf {
			kinds = append(kinds, Option{k, MaterialKey(k)})
		}
		m.Kind.Offer(kinds...)
		if row.By.Kind != "" {
			m.Kind.Set(row.By.Kind)
		} else if len(kinds) > 0 {
			m.Kind.Set(kinds[0].Value)
		}
	}
	m.Changed()
}

// Coded reports whether the kind chosen carries a code and a last day (H-11).
func (m *HomeMaterials) Coded() bool { return coded(m.Kind.Value()) }

func coded(kind string) bool {
	return kind == enrolment.ReportMaterial || kind == enrolment.RecordFormMaterial
}

// Bring lets a person choose the picture of what they hand in.
func (m *HomeMaterials) Bring() { m.files.Choose(m.Take, Pictures...) }

// Take reads a picture that was chosen or dropped.
func (m *HomeMaterials) Take(f File, err error) {
	if _, ok := m.List.Row(); !ok || !m.Given || m.Busy() {
		return
	}
	m.read(f, err, func(small []byte) {
		m.File, m.picture, m.Preview, m.Sent = f.Name, f.Bytes, small, false
	})
}

// read makes a small picture of a file, or says why it is none.
func (m *HomeMaterials) read(f File, err error, then func(small []byte)) {
	if err == nil && !f.Is(Pictures...) {
		err = ErrNotAPicture
	}
	if err != nil {
		m.Refuse(err)
		return
	}
	var small []byte
	m.Do(func() (err error) { small, err = m.service.Preview(f.Bytes); return err }, func() { then(small) })
}

// CanHandIn reports whether there is a picture, and a code where one is printed on it.
func (m *HomeMaterials) CanHandIn() bool {
	_, ok := m.List.Row()
	return ok && m.Given && !m.Busy() && len(m.picture) > 0 && m.Kind.Index() >= 0 && (!m.Coded() || !m.Code.Empty())
}

// HandIn hands the picture in.
func (m *HomeMaterials) HandIn() {
	if !m.CanHandIn() {
		return
	}
	p := MaterialPaper{Kind: m.Kind.Value(), Picture: m.picture}
	if m.Coded() {
		code, last, ok := m.onPaper(&m.Code, &m.Expires)
		if !ok {
			return
		}
		p.Code, p.Expires = code, last
	}
	m.Do(func() error { return m.service.HandIn(p) }, func() { m.load(func() { m.Sent = true }) })
}

// onPaper reads the code and the last day of a report or record form; what can't stand is refused
// beside its field.
func (m *HomeMaterials) onPaper(code, expires *Text) (string, day.Date, bool) {
	ok := true
	if _, err := enrolment.VerificationCode(code.Value()); err != nil {
		code.Refuse(err)
		ok = false
	}
	var last day.Date
	if !expires.Empty() {
		var err error
		if last, err = day.ParseLoose(expires.Value()); err != nil {
			expires.Refuse(ErrNotADate)
			ok = false
		}
	}
	m.Changed()
	return code.Value(), last, ok
}

// BringProof lets a person choose the picture of the report or record form.
func (m *HomeMaterials) BringProof() {
	m.files.Choose(func(f File, err error) {
		m.read(f, err, func([]byte) {
			m.Education.File, m.Education.picture, m.Education.Kept = f.Name, f.Bytes, false
		})
	}, Pictures...)
}

// WithProof reports whether a report or record form goes with what is said.
func (m *HomeMaterials) WithProof() bool { return coded(m.Education.Proof.Value()) }

// CanGive reports whether the form is complete, and something new is on it.
func (m *HomeMaterials) CanGive() bool {
	e := &m.Education
	if !m.Loaded || m.Busy() || e.Kept || e.Level.Index() < 0 || e.School.Empty() || e.Number.Empty() || e.GraduatedOn.Empty() {
		return false
	}
	return !m.WithProof() || !e.Code.Empty() && m.Given && (len(e.picture) > 0 || m.View.Education.Proof.Kind == e.Proof.Value())
}

// Give keeps what is said of earlier education. It is never called verified: nobody has looked yet.
func (m *HomeMaterials) Give() {
	if !m.CanGive() {
		return
	}
	f := &m.Education
	on, err := day.ParseLoose(f.GraduatedOn.Value())
	if err != nil {
		f.GraduatedOn.Refuse(ErrNotADate)
		return
	}
	e := enrolment.Education{Level: enrolment.Level(f.Level.Value()), School: f.School.Value(), CertificateNumber: f.Number.Value(), GraduatedOn: on,
		NationalSeries: f.National.On(), Check: enrolment.NotChecked}
	var proof MaterialPaper
	if m.WithProof() {
		code, last, ok := m.onPaper(&f.Code, &f.Expires)
		if !ok {
			return
		}
		proof = MaterialPaper{Kind: f.Proof.Value(), Picture: f.picture, Code: code, Expires: last}
		e.Check = enrolment.RecordFormUploaded
		if proof.Kind == enrolment.ReportMaterial {
			e.Check = enrolment.ReportUploaded
		}
	}
	m.Do(func() error { return m.service.GiveEducation(e, proof) }, func() { m.load(func() { f.Kept = true }) })
}

// EducationCheck says, as coded, how the earlier education was checked.
func (m *HomeMaterials) EducationCheck() string { return string(m.View.Education.Check) }
