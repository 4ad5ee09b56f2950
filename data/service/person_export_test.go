package service_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/picture"
	"xuezheng/data/portrait"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

// candidate is somebody of whom an examination body keeps all it may keep.
func candidate(t *testing.T) (*servicetest.Desk, person.Person) {
	t.Helper()
	b := newBooth(t)
	p := b.qing
	try, err := b.Identity.BeginTry(ctx, b.Who, p.ID)
	b.Must(err)
	_, err = b.Identity.TryCard(ctx, b.Who, try.ID, side(t, 3))
	b.Must(err)
	live := encoded(t, picture.Sample(3, 640, 480))
	_, err = b.Identity.TryAlive(ctx, b.Who, try.ID, portrait.Recorded{Frames: [][]byte{live, live}, Sound: []byte("RIFF")})
	b.Must(err)
	b.load()
	v := b.visit(t, p, 3)
	_, err = v.End()
	b.Must(err)
	v.Forget()
	files, err := b.m.Export()
	b.Must(err)
	_, err = b.Kiosks.TakeIn(ctx, b.Who, files[0].Bytes)
	b.Must(err)
	first, err := b.Tickets.Of(ctx, b.Who, p.ID)
	b.Must(err)
	second, err := b.Tickets.Declare(ctx, b.Who, p.ID, "060020123456", "0601")
	b.Must(err)
	for _, n := range []string{first[0].Number, second.Number} {
		b.Must(b.Tickets.EnterMark(ctx, b.Who, p.ID, enrolment.Mark{Course: "00018", CourseName: "计算机", Tenths: 640, Passed: true, Ticket: n, SatOn: b.Today().AddMonths(-7)}))
	}
	_, err = b.Tickets.Choose(ctx, b.Who, p.ID, first[0].Number)
	b.Must(err)
	_, err = b.Tickets.Propose(ctx, b.Who, p.ID)
	b.Must(err, b.Materials.GiveEducation(ctx, b.Who, p.ID, enrolment.Education{Level: enrolment.JuniorCollege, School: "湖北文理学院",
		CertificateNumber: "105191201006001234", GraduatedOn: b.Today().AddYears(-5), NationalSeries: true, Check: enrolment.EducationSeen}))
	_, err = b.Policy.Install(ctx, b.Who, askingPack(t, "80"))
	b.Must(err)
	agrees(b.Desk, p)
	agrees(b.Desk, b.na)
	if len(open(b.Desk)) != 1 {
		t.Fatal("their faces were not found alike")
	}
	return b.Desk, p
}

// learned is somebody of whom a training institution keeps all it may keep.
func learned(t *testing.T) (*servicetest.Desk, person.Person) {
	t.Helper()
	d := servicetest.Open(t)
	p := d.Ready(servicetest.Qing(), 3)
	corrected(d, p.ID, identity.NumberChange, otherNumber)
	is, err := d.Certificates.Issue(ctx, d.Who, p.ID, "zh")
	d.Must(err, d.Certificates.HandOver(ctx, d.Who, is.Content.Number, 1, "韦青禾", "resident-card"))
	st, err := d.Hours.Standing(ctx, d.Who, p.ID, "")
	d.Must(err)
	_, _, err = d.Hours.Withdraw(ctx, d.Who, st.Standing.Lines[0].Record.ID, "wrong-mark", "")
	d.Must(err)
	course, err := d.Hours.AddCourse(ctx, d.Who, hours.Course{Name: "安全", Kind: hours.Required, Specialty: "建筑工程", Mode: hours.FaceToFace, Seconds: 27000})
	d.Must(err)
	class, _, err := d.Hours.AddClass(ctx, d.Who, hours.Class{Course: course.ID, Name: "一班", For: "在册学员", AnnouncedOn: d.Today().AddDays(-60), From: d.Today(), To: d.Today()})
	d.Must(err)
	_, err = d.Hours.Attend(ctx, d.Who, hours.Attendance{Class: class.ID, Learner: p.ID, On: d.Today(), In: d.Now().Add(-time.Hour)})
	d.Must(err)
	u, err := d.Enrolment.AddUnit(ctx, d.Who, enrolment.Unit{Name: "南宁青秀建设工程有限公司"})
	d.Must(err, d.Enrolment.Bind(ctx, d.Who, u.ID, p.ID, enrolment.AgreedOnPaper))
	d.Login("qing", access.Learner, p.ID)
	file, err := d.People.Show(ctx, d.Who, p.ID)
	d.Must(err)
	_, err = d.Enrolment.AskInvoice(ctx, d.Who, file.Payments[0].ID, "韦青禾", "")
	d.Must(err)
	atNine(d, 2026, 12, 1)
	_, _, err = d.Hours.Publish(ctx, d.Who, 2026, 11)
	d.Must(err)
	return d, p
}

// TestAnExportHoldsEverythingKeptOfSomeone walks the kinds of rows: whatever is kept of a person
// stands in what they get, their pictures too (P-05).
func TestAnExportHoldsEverythingKeptOfSomeone(t *testing.T) {
	had := map[string]bool{"person_term": true} // the words of the name
	for what, make := range map[string]func(*testing.T) (*servicetest.Desk, person.Person){"a candidate": candidate, "a learner": learned} {
		d, p := make(t)
		x, err := d.People.Export(ctx, d.Who, p.ID)
		d.Must(err)
		var doc map[string]json.RawMessage
		d.Must(json.Unmarshal(x.Document, &doc))
		kept, err := d.People.Leaves(ctx, d.Who, p.ID)
		d.Must(err)
		for _, k := range kept {
			had[k.Table] = true
			if got := strings.TrimSpace(string(doc[k.Export])); got == "" || got == "null" || got == "[]" || got == "{}" {
				t.Errorf("%s: %d rows of %s are kept, and %q of the export is empty", what, k.N, k.Table, k.Export)
			}
		}
		zipped(t, x, kept)
		if strings.Contains(string(x.Document), "Wrapped") || strings.Contains(string(x.Document), "salt") {
			t.Errorf("%s: the export holds keys", what)
		}
	}
	for _, k := range store.RowKinds() {
		if k.Whose != "" && !had[k.Table] {
			t.Errorf("nobody in this test has a row of %s: give somebody one, and see that it is exported", k.Table)
		}
	}
}

// zipped sees that every picture stands in the one file, and opens.
func zipped(t *testing.T, x service.Export, kept []store.KindCount) {
	t.Helper()
	b, err := x.Zip()
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	pictures := 0
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil || len(b) == 0 {
			t.Errorf("%s: %d bytes, %v", f.Name, len(b), err)
		}
		if strings.HasPrefix(f.Name, "pictures/") {
			pictures++
			if strings.HasSuffix(f.Name, ".jpg") != bytes.HasPrefix(b, []byte{0xff, 0xd8}) {
				t.Errorf("%s is not what its name says", f.Name)
			}
		}
		if strings.Contains(f.Name, servicetest.Qing().Number) || strings.Contains(f.Name, servicetest.Qing().Name) {
			t.Errorf("a file is called %s", f.Name)
		}
	}
	for _, k := range kept {
		if k.Table == "picture" && pictures != k.N {
			t.Errorf("%d pictures in the zip, %d kept", pictures, k.N)
		}
	}
	if z.File[0].Name != service.ExportDocument {
		t.Errorf("the document is called %s", z.File[0].Name)
	}
}

// TestALearnerExportsThemselvesOnly asks for somebody else's.
func TestALearnerExportsThemselvesOnly(t *testing.T) {
	d := servicetest.Open(t)
	p, other := d.Register(servicetest.Qing()), d.Register(servicetest.Na())
	learner := d.Login("qing", access.Learner, p.ID)
	if _, err := d.People.Export(ctx, learner, p.ID); err != nil {
		t.Error(err)
	}
	_, err := d.People.Export(ctx, learner, other.ID)
	d.Refused(err, access.ErrDenied)
}
