package model

import (
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
)

// How a material, or a diploma, came to us, as it is said in the form; never more than this (H-10).
var (
	materialSources = []enrolment.MaterialSource{enrolment.MaterialSeen, enrolment.MaterialReceipt, enrolment.MaterialDeclared}
	educationChecks = []enrolment.EducationCheck{enrolment.EducationSeen, enrolment.EducationReceipt, enrolment.ReportUploaded, enrolment.RecordFormUploaded, enrolment.NotChecked}
)

// ErrNoProof is for a report or record form that was named but not handed in.
var ErrNoProof = fault.New(fault.Refused, "identity.education.no-proof")

// MaterialForm is a material as it is being handed in at the desk.
type MaterialForm struct {
	Kind, How     Choice
	File          string // name of the file that was brought; empty for none
	Code, Expires Text
	picture       []byte
	of            *IdentityPerson
}

// OpenMaterial opens the form, for one of those kinds; all there are if none is named.
func (m *IdentityPerson) OpenMaterial(kinds ...string) {
	f := &MaterialForm{of: m}
	if len(kinds) == 0 {
		kinds = enrolment.MaterialKinds
	}
	for _, k := range kinds {
		f.Kind.Offer(append(f.Kind.Options(), Option{k, "enrolment.material-kind." + k})...)
	}
	f.Kind.Set(kinds[0])
	for _, s := range materialSources {
		f.How.Offer(append(f.How.Options(), Option{string(s), "enrolment.material-source." + string(s)})...)
	}
	f.How.Set(string(enrolment.MaterialSeen))
	for _, t := range []*Text{&f.Kind.Text, &f.How.Text, &f.Code, &f.Expires} {
		t.OnChange(m.Changed)
	}
	m.Material, m.Education, m.Said = f, nil, ""
	m.Changed()
}

// CloseForms closes whichever form is open.
func (m *IdentityPerson) CloseForms() {
	m.Material, m.Education = nil, nil
	m.Changed()
}

// NeedsCode reports whether the kind has a verification code, with its own end (H-11).
func (f *MaterialForm) NeedsCode() bool {
	return f.Kind.Value() == enrolment.ReportMaterial || f.Kind.Value() == enrolment.RecordFormMaterial
}

// Choose lets a person choose the picture of the paper.
func (f *MaterialForm) Choose() {
	f.of.files.Choose(f.Take, "jpg", "jpeg", "png", "webp", "heic")
}

// Take takes a picture that was chosen, or dropped on the window.
func (f *MaterialForm) Take(file File, err error) {
	if err == nil && !file.Is("jpg", "jpeg", "png", "webp", "heic") {
		err = ErrNotAPicture
	}
	if err != nil {
		f.of.Refuse(err)
		return
	}
	f.File, f.picture = file.Name, file.Bytes
	f.of.Refuse(nil)
}

// Take takes a picture dropped on the window: into the form that is open, or a new one.
func (m *IdentityPerson) Take(file File, err error) {
	if m.Material == nil {
		m.OpenMaterial()
	}
	m.Material.Take(file, err)
}

// CanSave reports whether there is something to hand in: a picture, a code, or an original that
// was seen.
func (f *MaterialForm) CanSave() bool {
	if f.of.Busy() || f.Kind.Index() < 0 || f.How.Index() < 0 || f.NeedsCode() && f.Code.Empty() {
		return false
	}
	return f.File != "" || !f.Code.Empty() || f.How.Value() != string(enrolment.MaterialDeclared)
}

// Save hands it in.
func (f *MaterialForm) Save() {
	if !f.CanSave() {
		return
	}
	h := HandedIn{
		Kind: f.Kind.Value(), Picture: f.picture,
		Seen: f.How.Value() == string(enrolment.MaterialSeen), Receipt: f.How.Value() == string(enrolment.MaterialReceipt),
	}
	if f.NeedsCode() {
		h.Code = f.Code.Value()
	}
	if !f.Expires.Empty() {
		on, err := day.ParseLoose(f.Expires.Value())
		if err != nil {
			f.Expires.Refuse(ErrNotADay)
			return
		}
		h.Expires = on
	}
	m := f.of
	m.Do(func() error { return m.service.HandIn(m.Person, h) }, func() {
		m.Material = nil
		m.done("identity.person.handed-in")()
	})
}

// EducationForm is an earlier education as it is being written down.
type EducationForm struct {
	Level, Check           Choice
	School, Number, Graded Text
	National               Tick
	of                     *IdentityPerson
}

// OpenEducation opens the form, with what is known.
func (m *IdentityPerson) OpenEducation() {
	f := &EducationForm{of: m}
	for _, l := range enrolment.Levels {
		f.Level.Offer(append(f.Level.Options(), Option{string(l), "enrolment.level." + string(l)})...)
	}
	for _, c := range educationChecks {
		f.Check.Offer(append(f.Check.Options(), Option{string(c), "enrolment.education-check." + string(c)})...)
	}
	f.Check.Set(string(enrolment.EducationSeen))
	if e := m.View.Education; e != nil {
		f.Level.Set(string(e.Level))
		f.Check.Set(string(e.Check))
		f.School.Set(e.School)
		f.Number.Set(e.CertificateNumber)
		f.Graded.Set(e.GraduatedOn.String())
		f.National.Set(e.NationalSeries)
	}
	for _, t := range []*Text{&f.Level.Text, &f.Check.Text, &f.School, &f.Number, &f.Graded} {
		t.OnChange(m.Changed)
	}
	f.National.OnChange(m.Changed)
	m.Education, m.Material, m.Said = f, nil, ""
	m.Changed()
}

// CanSave reports whether everything is filled in.
func (f *EducationForm) CanSave() bool {
	return !f.of.Busy() && f.Level.Index() >= 0 && f.Check.Index() >= 0 && !f.School.Empty() && !f.Number.Empty() && !f.Graded.Empty()
}

// Save keeps it. A report or record form that is named as the proof must have been handed in.
func (f *EducationForm) Save() {
	if !f.CanSave() {
		return
	}
	on, err := day.ParseLoose(f.Graded.Value())
	if err != nil {
		f.Graded.Refuse(ErrNotADay)
		return
	}
	e := enrolment.Education{
		Level: enrolment.Level(f.Level.Value()), School: f.School.Value(), CertificateNumber: f.Number.Value(), GraduatedOn: on,
		NationalSeries: f.National.On(), Check: enrolment.EducationCheck(f.Check.Value()),
	}
	var there bool
	if e.Proof, there = f.proof(e.Check); !there {
		f.Check.Refuse(ErrNoProof)
		return
	}
	m := f.of
	m.Do(func() error { return m.service.GiveEducation(m.Person, e) }, func() {
		m.Education = nil
		m.done("identity.person.education-kept")()
	})
}

// proof is the latest report or record form that was handed in, if the check needs one.
func (f *EducationForm) proof(check enrolment.EducationCheck) (enrolment.Material, bool) {
	kind := map[enrolment.EducationCheck]string{
		enrolment.ReportUploaded: enrolment.ReportMaterial, enrolment.RecordFormUploaded: enrolment.RecordFormMaterial,
	}[check]
	if kind == "" {
		return enrolment.Material{}, true
	}
	for _, k := range f.of.View.Kept {
		if k.Kind == kind {
			return k.Material, true
		}
	}
	return enrolment.Material{}, false
}
