package session

import (
	"fmt"
	"slices"
	"time"

	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// PeopleAs is People, bound to who asks.
//
//as:forward WholeNumber=ShowNumber Forget=Delete ReadNotice=Read
type PeopleAs struct{ as }

// Find searches for people.
func (a PeopleAs) Find(query string, limit int) ([]view.PersonRow, error) {
	hits, err := a.services.People.Find(a.ctx, a.who, query, limit)
	rows := make([]view.PersonRow, len(hits))
	for i, h := range hits {
		rows[i] = view.PersonRow{ID: h.ID, Name: h.Name, Pinyin: h.Pinyin, MaskedNumber: h.MaskedNumber, Unit: h.UnitName, State: h.State, Formerly: h.Formerly}
	}
	return rows, err
}

// File gathers everything about one person.
func (a PeopleAs) File(p id.Person, e id.Enrolment) (v view.Person, err error) {
	f, err := a.services.People.Show(a.ctx, a.who, p, e)
	if err != nil {
		return v, err
	}
	v = view.Person{
		ID: p, Name: f.Person.Name, Pinyin: f.Person.Pinyin, MaskedNumber: f.Person.Number, Phone: identity.MaskPhone(f.Person.Phone),
		Unit: f.Person.UnitName, State: f.Person.State,
	}
	v.PerHour = f.Study.PerHour
	if f.Study.Pack != nil {
		v.WindowMonths, v.ReviewDays = f.Study.Pack.Enrolment.WindowMonths, f.Study.Pack.Hours.ReviewDays
	}
	if f.Enrolled && f.Study.State != "" {
		v.State = f.Study.State
	}
	if f.Person.State == identity.Confirmed && v.State != f.Person.State {
		v.OtherWay = fault.Of(identity.ErrOtherWay.With(f.Study.Pack.Enrolment.Name))
	}
	for _, x := range f.Spoilt {
		v.Spoilt = append(v.Spoilt, view.SpoiltRow{Kind: "person.kind." + x.Table, Key: x.Key})
	}
	if v.AtHome, err = a.services.Access.IsHome(a.ctx); err != nil {
		return v, err
	}
	v.Programmes = a.programmes(f)
	if f.Enrolled {
		en := f.Study.Enrolment
		v.Enrolment = en.ID
		v.Programme, v.NoRules = a.programmeOf(f.Study), ruleless(f.Study.Unread)
		v.Ready, v.Standing = f.Study.Ready, f.Study.Staged
		v.Provisional = a.mayMove(v.Standing)
		v.Plan = hours.Plan{Main: en.Main, Added: en.Added, AllowMix: en.AllowMix, Period: hours.Period{From: en.From, To: en.To}}
	}
	if v.Photo, err = a.services.Identity.Photo(a.ctx, a.who, p); err != nil {
		return v, err
	}
	if v.NoRules == nil {
		w, err := a.services.Enrolment.Way(a.ctx, a.who, p, v.Enrolment)
		if err != nil {
			return v, err
		}
		v.Way = w.Stops
	}
	if err := a.papers(p, f, &v); err != nil {
		return v, err
	}
	for _, x := range f.Former {
		v.Former = append(v.Former, view.FormerRow{Kind: string(x.Kind), Old: x.Old, At: x.At})
	}
	return v, a.history(p, f.Decisions, &v)
}

// ruleless is why rules can't be read; nil where they can.
func ruleless(err error) *fault.Fault {
	if err == nil {
		return nil
	}
	return fault.Of(err)
}

// programmes are what somebody is enrolled in.
func (a PeopleAs) programmes(f service.File) (list []view.Programme) {
	for _, en := range f.Enrolments {
		if en.State != enrolment.Active {
			continue
		}
		row := view.Programme{Enrolment: en.ID, Programme: en.Programme, Name: en.Programme}
		if pack, err := a.services.Policy.Exactly(en.Pack); err == nil {
			row.Name, row.Hours = a.spoken(pack.Enrolment.Name, pack.Enrolment.NameEn), pack.Studies()
		}
		for _, o := range f.Enrolments {
			if o.ID != en.ID && o.State == enrolment.Active && o.Programme == en.Programme {
				row.Name += fmt.Sprintf(" %d–%d", en.From.Year(), en.To.Year())
				break
			}
		}
		list = append(list, row)
	}
	return list
}

// programmeOf names the programme of a study; by its id where its pack can't be read.
func (a PeopleAs) programmeOf(st service.Study) string {
	if st.Pack == nil {
		return st.Enrolment.Programme
	}
	return a.spoken(st.Pack.Name, st.Pack.NameEn)
}

// mayMove are the records in review whose last day is provisional.
func (a PeopleAs) mayMove(st hours.Standing) map[id.Record]bool {
	list := map[id.Record]bool{}
	for _, l := range st.Lines {
		if r := l.Record; r.State == hours.Submitted && a.provisional(r.SubmittedOn, r.Due) {
			list[r.ID] = true
		}
	}
	return list
}

// papers are somebody's certificates: of the programme looked at, where they are enrolled in several.
func (a PeopleAs) papers(p id.Person, f service.File, v *view.Person) error {
	list, err := a.services.Certificates.List(a.ctx, a.who, p)
	for _, c := range list {
		if in := v.InProgramme(); v.Several() && slices.ContainsFunc(f.Enrolments, func(en enrolment.Enrolment) bool { return en.ID == c.Enrolment && en.Programme != in }) {
			continue
		}
		v.Certificates = append(v.Certificates, view.CertificateRow{
			Number: c.Number, IssuedOn: c.Content.IssuedOn, Copies: len(c.Copies), Revoked: !c.RevokedAt.IsZero(), Doubted: !c.DoubtedAt.IsZero(),
		})
	}
	return err
}

// How many acts a person's file shows, how many lines are read for them, and within how many
// minutes the same act by the same hand is shown once.
const (
	shownHistory    = 12
	lookedHistory   = 300
	togetherMinutes = 30
)

// history is what was done last to somebody: decisions in their own words, and lines of the trail.
func (a PeopleAs) history(p id.Person, decisions []identity.Decision, v *view.Person) error {
	lines, err := a.services.Audit.Of(a.ctx, a.who, p, lookedHistory)
	if err != nil {
		return err
	}
	names, err := a.services.Access.Names(a.ctx, a.who)
	if err != nil {
		return err
	}
	decided, err := a.all().decided(decisions, names)
	if err != nil {
		return err
	}
	for i, d := range decided { // in its own words: how, against which document, where
		v.History = append(v.History, view.HistoryRow{At: d.At, Who: d.ByName, Desk: d.Machine, Times: 1, Decision: &decided[i]})
	}
	var last *view.HistoryRow
	for _, l := range lines {
		if l.Act == act.ConfirmIdentity || l.Act == act.ReturnIdentity {
			last = nil
			continue
		}
		row := view.HistoryRow{At: l.At, Act: l.Act, Who: names[l.Who], Desk: l.Machine, Times: 1}
		if last != nil && last.Act == row.Act && last.Who == row.Who && last.At.Sub(row.At) < togetherMinutes*time.Minute {
			last.Times++
			continue
		}
		v.History = append(v.History, row)
		last = &v.History[len(v.History)-1]
	}
	slices.SortStableFunc(v.History, func(x, y view.HistoryRow) int { return y.At.Compare(x.At) })
	v.History = v.History[:min(len(v.History), shownHistory)]
	return nil
}

// AgreeOthers records someone's word on their face being looked for on other people's records.
func (a PeopleAs) AgreeOthers(p id.Person, given bool) error {
	return a.services.People.Consent(a.ctx, a.who, p, person.ConsentOthers, given)
}

// Consented reports whether the person agreed to pictures being kept, by their latest word.
func (a PeopleAs) Consented(p id.Person) (given, asked bool, err error) {
	f, err := a.services.People.Show(a.ctx, a.who, p)
	for _, c := range f.Consents {
		if c.Kind == person.ConsentPictures {
			given, asked = c.Given, true
		}
	}
	return given, asked, err
}

// Consent records the person's word on pictures.
func (a PeopleAs) Consent(p id.Person, given bool) error {
	return a.services.People.Consent(a.ctx, a.who, p, person.ConsentPictures, given)
}

// Notices are the notices for learners of the institution's first programme: those of others are read
// where one enrols in them.
func (a PeopleAs) Notices() (list []view.NoticeText) {
	pack, err := a.services.Policy.First()
	if err != nil {
		return nil
	}
	for _, n := range pack.Notices {
		if n.For == "learner" {
			list = append(list, a.notice(n))
		}
	}
	return list
}

// ConsentText is what one agrees to when pictures may be kept.
func (a PeopleAs) ConsentText() string {
	for _, pack := range a.services.Policy.InForce() {
		for _, c := range pack.Consents {
			if c.ID != person.ConsentPictures {
				continue
			}
			if a.english() && c.TextEn != "" {
				return c.TextEn
			}
			return c.Text
		}
	}
	return ""
}

// Register makes someone known, and records what they read and agreed to.
func (a PeopleAs) Register(f person.Form, notices []string, pictures bool) (p id.Person, known bool, err error) {
	w, known, err := a.services.People.Register(a.ctx, a.who, f)
	if err != nil {
		return "", false, err
	}
	for _, n := range notices {
		if err := a.services.People.Read(a.ctx, a.who, w.ID, n); err != nil {
			return "", false, err
		}
	}
	if pictures {
		err = a.Consent(w.ID, true)
	}
	return w.ID, known, err
}

// Contact is how someone can be reached.
func (a PeopleAs) Contact(p id.Person) (view.Contact, error) {
	f, err := a.services.People.Show(a.ctx, a.who, p)
	return view.Contact{Phone: f.Person.Phone, Email: f.Person.Email, Address: f.Person.Address}, err
}

// ChangeDays is how many working days a change of a person's data may take, from receipt (G-18).
func (a PeopleAs) ChangeDays(p id.Person) (int, error) {
	pack, err := a.services.Policy.Of(a.ctx, a.who, p, "")
	if err != nil {
		return 0, err
	}
	return pack.Identity.DataChangeDays, nil
}

// Correct keeps how someone can be reached.
func (a PeopleAs) Correct(p id.Person, c view.Contact) error {
	return a.services.People.CorrectContact(a.ctx, a.who, p, c.Phone, c.Email, c.Address)
}

// Export is everything kept of a person, pictures too, as one zip.
func (a PeopleAs) Export(p id.Person) ([]byte, error) {
	x, err := a.services.People.Export(a.ctx, a.who, p)
	if err != nil {
		return nil, err
	}
	return x.Zip()
}

// Leaves is what is kept of a person, by kind, and what deleting them does to it.
func (a PeopleAs) Leaves(p id.Person) ([]view.LeafRow, error) {
	list, err := a.services.People.Leaves(a.ctx, a.who, p)
	if err != nil {
		return nil, err
	}
	rows := make([]view.LeafRow, len(list))
	for i, k := range list {
		rows[i] = view.LeafRow{Kind: k.Table, Count: k.N, Fate: string(k.OnDelete), Months: a.services.Policy.Kept(k.Time)}
	}
	return rows, nil
}

// Family lists who lives here.
func (a PeopleAs) Family() ([]view.PersonRow, error) {
	list, err := a.services.People.Family(a.ctx, a.who)
	rows := make([]view.PersonRow, len(list))
	for i, h := range list {
		rows[i] = view.PersonRow{ID: h.ID, Name: h.Name, Pinyin: h.Pinyin, MaskedNumber: h.MaskedNumber, Unit: h.UnitName, State: h.State}
	}
	return rows, err
}

// ConsentTo is what is agreed to, as the pack writes it.
func (a PeopleAs) ConsentTo(kind string) string {
	for _, pack := range a.services.Policy.InForce() {
		for _, c := range pack.Consents {
			switch {
			case c.ID != kind:
			case a.english() && c.TextEn != "":
				return c.TextEn
			default:
				return c.Text
			}
		}
	}
	return ""
}
