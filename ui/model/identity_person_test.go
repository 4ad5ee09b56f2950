package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// cabinet keeps how one person is confirmed.
type cabinet struct {
	view ConfirmingView
	did  []string
	err  error
}

func (c *cabinet) note(what ...any) error {
	if c.err == nil {
		c.did = append(c.did, fmt.Sprint(what...))
	}
	return c.err
}

func (c *cabinet) Confirmation(id.Person, id.Enrolment) (ConfirmingView, error) { return c.view, nil }
func (c *cabinet) HandIn(_ id.Person, h HandedIn) error {
	return c.note("hand ", h.Kind, " ", h.Code, " ", len(h.Picture), " ", h.Expires, " ", h.Seen, " ", h.Receipt)
}
func (c *cabinet) SeeMaterial(_ id.Person, m string) error { return c.note("see ", m) }
func (c *cabinet) GiveEducation(_ id.Person, e enrolment.Education) error {
	return c.note("education ", e.Level, " ", e.GraduatedOn, " ", e.Check, " ", e.Proof.Kind)
}
func (c *cabinet) BookSlot(_ id.Person, s id.Slot) error { return c.note("book ", s) }
func (c *cabinet) CancelSlot(id.Person) error            { return c.note("cancel") }
func (c *cabinet) ComeInPerson(id.Person) error          { return c.note("come") }
func (c *cabinet) ConfirmingPaper(_ id.Person, kind string) ([]byte, error) {
	return []byte("pdf"), c.note("paper ", kind)
}
func (c *cabinet) Save(name string, _ []byte) (string, error) { return "/p/" + name, c.err }
func (c *cabinet) Print(path string) error                    { return c.note("print ", path) }

func confirmingOf(c *cabinet, h *hands) *IdentityPerson {
	m := NewIdentityPerson(c, h, "p", day.MustNew(2026, 11, 23), nil, nil)
	m.Load()
	return m
}

func TestEveryStateHasANextStep(t *testing.T) {
	missing := []enrolment.MaterialStanding{{State: enrolment.MaterialMissing}}
	there := &AppointmentView{}
	for name, c := range map[string]struct {
		view ConfirmingView
		want string
	}{
		"only the data":                {ConfirmingView{State: identity.Preregistered}, "identity.next.photo"},
		"a photo, no materials":        {ConfirmingView{State: identity.PhotoReady, Materials: missing, Online: true}, "identity.next.materials"},
		"all there, online here":       {ConfirmingView{State: identity.PhotoReady, Online: true}, "identity.next.online"},
		"all there, not online here":   {ConfirmingView{State: identity.PhotoReady}, "identity.next.come"},
		"all there, with a place":      {ConfirmingView{State: identity.PhotoReady, Online: true, Appointment: there}, "identity.next.appointment"},
		"sent online":                  {ConfirmingView{State: identity.Submitted}, "identity.next.review"},
		"to come, without a place":     {ConfirmingView{State: identity.MustCome}, "identity.next.book"},
		"to come, with a place":        {ConfirmingView{State: identity.MustCome, Appointment: there}, "identity.next.appointment"},
		"sent back":                    {ConfirmingView{State: identity.SentBack}, "identity.next.mend"},
		"confirmed":                    {ConfirmingView{State: identity.Confirmed}, "identity.next.done"},
		"confirmed, where numbers are": {ConfirmingView{State: identity.Confirmed, TicketsUsed: true}, "identity.next.ticket"},
	} {
		if got := confirmingOf(&cabinet{view: c.view}, nil).Next(); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestWhatIsLackingIsOpenForWhomAnotherProgrammeConfirmed(t *testing.T) {
	missing := []enrolment.MaterialStanding{{State: enrolment.MaterialMissing}}
	given := []enrolment.Ticket{{State: enrolment.TicketActive}}
	for want, v := range map[string]ConfirmingView{
		"data+ photo? confirmed-":                    {State: identity.Preregistered, Photo: true},
		"data+ photo+ confirmed?":                    {State: identity.PhotoReady, Photo: true},
		"data+ photo+ materials? confirmed-":         {State: identity.PhotoReady, Photo: true, Materials: missing},
		"data+ photo+ materials? confirmed+ ticket+": {State: identity.Confirmed, Photo: true, Materials: missing, TicketsUsed: true, Tickets: given},
		"data+ photo+ confirmed+ ticket?":            {State: identity.Confirmed, Photo: true, TicketsUsed: true},
	} {
		got := ""
		for _, p := range confirmingOf(&cabinet{view: v}, nil).Parts() {
			mark := map[bool]string{true: "+", false: "-"}[p.Done]
			if p.Now {
				mark = "?"
			}
			got += " " + p.Name + mark
		}
		if got = strings.TrimSpace(got); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAMaterialIsHandedInWithHowItCame(t *testing.T) {
	c := &cabinet{view: ConfirmingView{State: identity.PhotoReady}}
	h := &hands{chosen: File{Name: "报告.jpg", Bytes: []byte("jpeg")}}
	m := confirmingOf(c, h)
	m.OpenMaterial(enrolment.ReportMaterial, "register-screenshot")
	f := m.Material
	if f.CanSave() {
		t.Error("a report without its code")
	}
	f.Code.Set("1A2B-3C4D-5E6F")
	f.Expires.Set("明年")
	f.Choose()
	f.Save()
	if !errors.Is(f.Expires.Refusal(), ErrNotADay) || len(c.did) != 0 {
		t.Fatalf("did %v", c.did)
	}
	f.Expires.Set("2026-12-02")
	f.How.Set(string(enrolment.MaterialReceipt))
	f.Save()
	m.OpenMaterial("card-portrait-side")
	m.Material.Save()
	m.OpenMaterial("card-portrait-side")
	m.Material.How.Set(string(enrolment.MaterialDeclared))
	if m.Material.CanSave() {
		t.Error("nothing at all is handed in")
	}
	m.Take(File{Name: "正面.docx"}, nil)
	if !errors.Is(m.Problem(), ErrNotAPicture) {
		t.Errorf("problem %v", m.Problem())
	}
	if want := []string{"hand certification-report 1A2B-3C4D-5E6F 4 2026-12-02 false true", "hand card-portrait-side  0  true false"}; !slices.Equal(c.did, want) {
		t.Errorf("did %q, want %q", c.did, want)
	}
}

func TestAReportThatWasNotHandedInProvesNothing(t *testing.T) {
	c := &cabinet{}
	m := confirmingOf(c, nil)
	fill := func() *EducationForm {
		m.OpenEducation()
		f := m.Education
		f.Level.Set(string(enrolment.JuniorCollege))
		f.School.Set("襄阳职业学院")
		f.Number.Set("115161201806001234")
		f.Graded.Set("2018-06-30")
		f.Check.Set(string(enrolment.ReportUploaded))
		f.Save()
		return f
	}
	if f := fill(); !errors.Is(f.Check.Refusal(), ErrNoProof) || len(c.did) != 0 {
		t.Fatalf("did %v", c.did)
	}
	c.view.Kept = []KeptMaterial{{Material: enrolment.Material{Kind: enrolment.ReportMaterial}}}
	m.Load()
	fill()
	if !slices.Equal(c.did, []string{"education junior-college 2018-06-30 report-uploaded certification-report"}) || m.Education != nil {
		t.Errorf("did %v", c.did)
	}
}

func TestAPlaceIsBookedInTheFile(t *testing.T) {
	slot := AppointmentView{Slot: identity.Slot{ID: "s", Day: day.MustNew(2026, 11, 24), From: 540, To: 570}}
	c := &cabinet{view: ConfirmingView{State: identity.MustCome, Free: []AppointmentView{slot}}}
	m := confirmingOf(c, nil)
	m.Book()
	m.Slot.Set("s")
	m.Book()
	c.view.Appointment, c.view.Free = &slot, nil
	m.Load()
	if m.CanBook() {
		t.Error("a second place can be booked")
	}
	m.Cancel()
	m.Yes()
	if !slices.Equal(c.did, []string{"book s", "cancel"}) {
		t.Errorf("did %v", c.did)
	}
}

func TestWhatLapsesIsWarnedOf(t *testing.T) {
	m := confirmingOf(&cabinet{view: ConfirmingView{WarnDays: 14}}, nil)
	for days, want := range map[int]enrolment.MaterialState{15: "", 14: enrolment.MaterialExpiring, 0: enrolment.MaterialExpiring, -1: enrolment.MaterialExpired} {
		k := KeptMaterial{Material: enrolment.Material{Expires: m.Today.AddDays(days)}}
		if got := m.Lapses(k); got != want {
			t.Errorf("%d days: got %q, want %q", days, got, want)
		}
	}
	if got := m.Lapses(KeptMaterial{}); got != "" {
		t.Errorf("without an end: %q", got)
	}
}

func TestTheSlipIsSavedAndPrinted(t *testing.T) {
	c := &cabinet{view: ConfirmingView{State: identity.MustCome}}
	m := confirmingOf(c, nil)
	m.MakePaper(NoticePaper, "通知单")
	m.MakePaper(SlipPaper, "确认单")
	if !slices.Equal(c.did, []string{"paper slip", "print /p/确认单.pdf"}) || m.Saved == "" || !m.Printed {
		t.Errorf("did %v", c.did)
	}
	c.view = ConfirmingView{State: identity.Confirmed, Tickets: []enrolment.Ticket{{State: enrolment.TicketActive}}}
	m.Load()
	if m.CanPrint(SlipPaper) || !m.CanPrint(NoticePaper) {
		t.Error("the wrong paper for who is confirmed")
	}
}
