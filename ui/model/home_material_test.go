package model

import (
	"errors"
	"testing"

	"xuezheng/data/enrolment"
)

// tray is where materials are handed in, for tests.
type tray struct {
	view         MaterialsView
	given, asked bool
	papers       []MaterialPaper
	education    []enrolment.Education
	proofs       []MaterialPaper
	err          error
}

func (d *tray) Agreed(string) (bool, bool, error) { return d.given, d.asked, nil }
func (d *tray) Agree(_ string, given bool) error  { d.given, d.asked = given, true; return nil }
func (d *tray) ConsentTo(kind string) string      { return kind }
func (d *tray) Materials() (MaterialsView, error) { return d.view, nil }
func (d *tray) HandIn(m MaterialPaper) error {
	d.papers = append(d.papers, m)
	return d.err
}
func (d *tray) GiveEducation(e enrolment.Education, proof MaterialPaper) error {
	d.education, d.proofs = append(d.education, e), append(d.proofs, proof)
	return d.err
}
func (d *tray) Preview(b []byte) ([]byte, error) { return b[:1], d.err }

func aTray() *tray {
	return &tray{given: true, asked: true, view: MaterialsView{Levels: true, List: []enrolment.MaterialStanding{
		{Requirement: enrolment.Requirement{ID: "card", OneOf: []string{"card-portrait-side"}}, State: enrolment.MaterialUncertain, By: enrolment.Material{Kind: "card-portrait-side"}},
		{Requirement: enrolment.Requirement{ID: "record", OneOf: []string{"register-screenshot", enrolment.ReportMaterial}}, State: enrolment.MaterialMissing},
	}}}
}

var aPicture = File{Name: "IMG.jpg", Bytes: []byte("picture")}

func TestTheListBeginsAtWhatIsLackingAndTakesOneOfSeveral(t *testing.T) {
	d := aTray()
	m := NewHomeMaterials(d, &hands{chosen: aPicture}, today, Now)
	row, _ := m.List.Row()
	if row.Requirement.ID != "record" || m.Kind.Value() != "register-screenshot" || m.Coded() {
		t.Fatalf("at %s with %s", row.Requirement.ID, m.Kind.Value())
	}
	if m.HandIn(); len(d.papers) > 0 {
		t.Fatal("nothing was handed in as something")
	}
	m.Bring()
	m.Kind.Set(enrolment.ReportMaterial)
	if m.CanHandIn() {
		t.Error("a report may be handed in without its code")
	}
	m.Code.Set("short")
	m.HandIn()
	if len(d.papers) > 0 || m.Code.Refusal() == nil {
		t.Fatalf("a code that is none was taken: %+v", d.papers)
	}
	m.Code.Set("ab12 cd34 ef56")
	m.Expires.Set("tomorrow")
	if m.HandIn(); len(d.papers) > 0 || !errors.Is(m.Expires.Refusal(), ErrNotADate) {
		t.Fatalf("a day that is none was taken: %+v", d.papers)
	}
	m.Expires.Set(today.AddDays(40).String())
	m.HandIn()
	if len(d.papers) != 1 || d.papers[0].Kind != enrolment.ReportMaterial || d.papers[0].Expires != today.AddDays(40) || !m.Sent || m.File != "" {
		t.Fatalf("handed in %+v, sent %v", d.papers, m.Sent)
	}
	if m.Choose(0); m.Kind.Value() != "card-portrait-side" {
		t.Errorf("the kind handed in before is %s", m.Kind.Value())
	}
}

func TestNoMaterialIsReadBeforeItIsAgreedTo(t *testing.T) {
	d := aTray()
	d.given, d.asked = false, false
	m := NewHomeMaterials(d, &hands{chosen: aPicture}, today, Now)
	m.Bring()
	if !m.Wanted() || m.File != "" {
		t.Fatalf("wanted %v, read %q", m.Wanted(), m.File)
	}
	if m.AgreeTo(false); !m.Refused {
		t.Error("a refusal leads nowhere")
	}
	m.AgreeTo(true)
	m.Take(File{Name: "list.xlsx"}, nil)
	if !errors.Is(m.Problem(), ErrNotAPicture) {
		t.Errorf("a spreadsheet: %v", m.Problem())
	}
	if m.Bring(); m.File != "IMG.jpg" {
		t.Errorf("agreed, and read %q", m.File)
	}
}

func TestEarlierEducationIsNeverCalledVerified(t *testing.T) {
	d := aTray()
	m := NewHomeMaterials(d, &hands{chosen: aPicture}, today, Now)
	f := &m.Education
	if m.Give(); len(d.education) > 0 {
		t.Fatal("an empty form was taken")
	}
	f.Level.Set(string(enrolment.JuniorCollege))
	f.School.Set("湖北文理学院")
	f.Number.Set("105191201006001234")
	f.GraduatedOn.Set("last summer")
	if m.Give(); len(d.education) > 0 || f.GraduatedOn.Refusal() == nil {
		t.Fatal("a day that is none was taken")
	}
	f.GraduatedOn.Set("2020-06-30")
	m.Give()
	if len(d.education) != 1 || d.education[0].Check != enrolment.NotChecked || d.proofs[0].Kind != "" || !f.Kept {
		t.Fatalf("gave %+v with %+v, kept %v", d.education, d.proofs, f.Kept)
	}
	f.Proof.Set(enrolment.RecordFormMaterial)
	f.Code.Set("ABCD1234EFGH5678")
	if f.Kept || m.CanGive() {
		t.Error("a proof without its picture is enough")
	}
	m.BringProof()
	m.Give()
	if len(d.education) != 2 || d.education[1].Check != enrolment.RecordFormUploaded || len(d.proofs[1].Picture) == 0 {
		t.Errorf("gave %+v with %+v", d.education[1:], d.proofs[1:])
	}
	f.Proof.Set(enrolment.ReportMaterial)
	m.Give()
	if len(d.education) != 3 || d.education[2].Check != enrolment.ReportUploaded {
		t.Errorf("gave %+v", d.education[2:])
	}
}

func TestWhatWasGivenIsShownAgain(t *testing.T) {
	d := aTray()
	d.view.Has = true
	d.view.Education = enrolment.Education{Level: enrolment.Bachelor, School: "武汉大学", CertificateNumber: "1", GraduatedOn: today.AddYears(-3), NationalSeries: true, Check: enrolment.ReportUploaded,
		Proof: enrolment.Material{Kind: enrolment.ReportMaterial, Code: "AB12CD34EF56", Expires: today.AddDays(9)}}
	m := NewHomeMaterials(d, &hands{}, today, Now)
	f := &m.Education
	if f.School.Value() != "武汉大学" || !f.National.On() || f.Code.Value() != "AB12CD34EF56" || f.Expires.Empty() || m.EducationCheck() != "report-uploaded" {
		t.Errorf("shown %+v", f)
	}
	if m.Give(); len(d.education) != 1 {
		t.Error("the same report must be brought again to change the school")
	}
}
