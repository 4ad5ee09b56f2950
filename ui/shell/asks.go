package shell

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/device"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/word"
)

// asks is how the models of a shell ask the services, as whoever is signed in.
type asks struct {
	services  *service.Services
	who       access.Who
	folder    string // where papers are saved
	book      *word.Book
	run       model.Run         // lets a camera go
	rehearsal service.Rehearsal // the last that was shown
	camera    string            // at home: a recording to try out, "none", or empty for what the machine has
}

var ctx = context.Background()

// SignIn lets someone in.
func (a *asks) SignIn(name, passphrase string) (err error) {
	a.who, err = a.services.Access.SignIn(ctx, name, passphrase)
	return err
}

// Find searches for people.
func (a *asks) Find(query string, limit int) ([]model.PersonRow, error) {
	hits, err := a.services.People.Find(ctx, a.who, query, limit)
	rows := make([]model.PersonRow, len(hits))
	for i, h := range hits {
		rows[i] = model.PersonRow{ID: h.ID, Name: h.Name, Pinyin: h.Pinyin, MaskedNumber: h.MaskedNumber, Unit: h.UnitName, State: h.State, Formerly: h.Formerly}
	}
	return rows, err
}

// File gathers everything about one person.
func (a *asks) File(p id.Person, e id.Enrolment) (v model.PersonView, err error) {
	f, err := a.services.People.Show(ctx, a.who, p, e)
	if err != nil {
		return v, err
	}
	v = model.PersonView{
		ID: p, Name: f.Person.Name, Pinyin: f.Person.Pinyin, MaskedNumber: f.Person.Number, Phone: identity.MaskPhone(f.Person.Phone),
		Unit: f.Person.UnitName, State: f.Person.State,
	}
	v.PerHour = f.Study.PerHour
	if f.Study.Pack != nil {
		v.WindowMonths = f.Study.Pack.Enrolment.WindowMonths
	}
	if f.Enrolled && f.Study.State != "" {
		v.State = f.Study.State
	}
	if f.Person.State == identity.Confirmed && v.State != f.Person.State {
		v.OtherWay = fault.Of(identity.ErrOtherWay.With(f.Study.Pack.Enrolment.Name))
	}
	for _, x := range f.Spoilt {
		v.Spoilt = append(v.Spoilt, model.SpoiltRow{Kind: "person.kind." + x.Table, Key: x.Key})
	}
	if v.AtHome, err = a.services.Access.IsHome(ctx); err != nil {
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
	if v.Photo, err = a.services.Identity.Photo(ctx, a.who, p); err != nil {
		return v, err
	}
	if v.NoRules == nil {
		w, err := a.services.Enrolment.Way(ctx, a.who, p, v.Enrolment)
		if err != nil {
			return v, err
		}
		v.Way = w.Stops
	}
	if err := a.papers(p, f, &v); err != nil {
		return v, err
	}
	for _, x := range f.Former {
		v.Former = append(v.Former, model.FormerRow{Kind: string(x.Kind), Old: x.Old, At: x.At})
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
func (a *asks) programmes(f service.File) (list []model.ProgrammeView) {
	for _, en := range f.Enrolments {
		if en.State != enrolment.Active {
			continue
		}
		row := model.ProgrammeView{Enrolment: en.ID, Programme: en.Programme, Name: en.Programme}
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

// spoken is a name in the language spoken.
func (a *asks) spoken(zh, en string) string {
	if a.book.English() && en != "" {
		return en
	}
	return zh
}

// programmeOf names the programme of a study; by its id where its pack can't be read.
func (a *asks) programmeOf(st service.Study) string {
	if st.Pack == nil {
		return st.Enrolment.Programme
	}
	return a.spoken(st.Pack.Name, st.Pack.NameEn)
}

// mayMove are the records in review whose last day is provisional.
func (a *asks) mayMove(st hours.Standing) map[id.Record]bool {
	list := map[id.Record]bool{}
	for _, l := range st.Lines {
		if r := l.Record; r.State == hours.Submitted && a.provisional(r.SubmittedOn, r.Due) {
			list[r.ID] = true
		}
	}
	return list
}

// papers are somebody's certificates: of the programme looked at, where they are enrolled in several.
func (a *asks) papers(p id.Person, f service.File, v *model.PersonView) error {
	list, err := a.services.Certificates.List(ctx, a.who, p)
	for _, c := range list {
		if in := v.InProgramme(); v.Several() && slices.ContainsFunc(f.Enrolments, func(en enrolment.Enrolment) bool { return en.ID == c.Enrolment && en.Programme != in }) {
			continue
		}
		v.Certificates = append(v.Certificates, model.CertificateRow{
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

func (a *asks) history(p id.Person, decisions []identity.Decision, v *model.PersonView) error {
	lines, err := a.services.Audit.Of(ctx, a.who, p, lookedHistory)
	if err != nil {
		return err
	}
	names, err := a.services.Access.Names(ctx, a.who)
	if err != nil {
		return err
	}
	decided, err := a.decided(decisions, names)
	if err != nil {
		return err
	}
	for i, d := range decided { // in its own words: how, against which document, where
		v.History = append(v.History, model.HistoryRow{At: d.At, Who: d.ByName, Desk: d.Machine, Times: 1, Decision: &decided[i]})
	}
	var last *model.HistoryRow
	for _, l := range lines {
		if l.Act == act.ConfirmIdentity || l.Act == act.ReturnIdentity {
			last = nil
			continue
		}
		row := model.HistoryRow{At: l.At, Act: l.Act, Who: names[l.Who], Desk: l.Machine, Times: 1}
		if last != nil && last.Act == row.Act && last.Who == row.Who && last.At.Sub(row.At) < togetherMinutes*time.Minute {
			last.Times++
			continue
		}
		v.History = append(v.History, row)
		last = &v.History[len(v.History)-1]
	}
	slices.SortStableFunc(v.History, func(x, y model.HistoryRow) int { return y.At.Compare(x.At) })
	v.History = v.History[:min(len(v.History), shownHistory)]
	return nil
}

// WholeNumber shows the whole number, which is audited.
func (a *asks) WholeNumber(p id.Person) (string, error) {
	return a.services.People.ShowNumber(ctx, a.who, p)
}

// SubmitHours hands in what was entered for someone.
func (a *asks) SubmitHours(p id.Person) (int, error) {
	return a.services.Hours.SubmitOf(ctx, a.who, p)
}

// Enter writes an hour record down.
func (a *asks) Enter(e hours.Entry, another bool) (hours.Record, error) {
	return a.services.Hours.Enter(ctx, a.who, e, another)
}

// Waiting is the review queue.
func (a *asks) Waiting(limit int) (rows []model.ReviewRow, waiting, overdue int, err error) {
	list, err := a.services.Hours.Queue(ctx, a.who, limit, 0)
	if err != nil {
		return nil, 0, 0, err
	}
	allowed, err := a.services.Access.OwnReview(ctx)
	if err != nil {
		return nil, 0, 0, err
	}
	for _, q := range list {
		own := q.Record.EnteredBy != "" && q.Record.EnteredBy == a.who.Login
		rows = append(rows, model.ReviewRow{Record: q.Record, Name: q.Name, MaskedNumber: q.MaskedNumber, PerHour: q.PerHour(), Own: own, Barred: own && !allowed,
			DaysLeft: a.daysLeft(q.Record.Due), Provisional: a.provisional(q.Record.SubmittedOn, q.Record.Due)})
	}
	waiting, overdue, err = a.services.Hours.QueueCount(ctx, a.who)
	return rows, waiting, overdue, err
}

// Accept accepts a record.
func (a *asks) Accept(r id.Record, seen int) error {
	_, err := a.services.Hours.Accept(ctx, a.who, r, seen)
	return err
}

// Return gives a record back.
func (a *asks) Return(r id.Record, reason, note string, seen int) error {
	_, err := a.services.Hours.Return(ctx, a.who, r, reason, note, seen)
	return err
}

// Effect is what a record does in its learner's ledger.
func (a *asks) Effect(r hours.Record) (hours.Line, error) {
	if r.State == hours.Submitted {
		return a.services.Hours.IfAccepted(ctx, a.who, r)
	}
	st, err := a.services.Hours.Standing(ctx, a.who, r.Learner, r.Enrolment)
	for _, l := range st.Staged.Lines {
		if l.Record.ID == r.ID {
			return l, err
		}
	}
	return hours.Line{Record: r}, err
}

// Preview draws a specimen.
func (a *asks) Preview(p id.Person, e id.Enrolment, languages string) ([]byte, error) {
	return a.services.Certificates.Preview(ctx, a.who, p, languages, e)
}

// Issue issues a certificate.
func (a *asks) Issue(p id.Person, e id.Enrolment, languages string) (string, []byte, error) {
	is, err := a.services.Certificates.Issue(ctx, a.who, p, languages, e)
	return is.Content.Number, is.PDF, err
}

// Copy draws a further copy.
func (a *asks) Copy(number string) (int, []byte, error) {
	is, err := a.services.Certificates.Copy(ctx, a.who, number)
	return is.Copy.Number, is.PDF, err
}

// Save keeps a paper in the folder for papers.
func (a *asks) Save(name string, pdf []byte) (string, error) {
	if err := os.MkdirAll(a.folder, 0o700); err != nil {
		return "", device.ErrNoFile.Because(err)
	}
	path := filepath.Join(a.folder, filepath.Base(strings.ReplaceAll(name, string(filepath.Separator), "-")))
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		return "", device.ErrNoFile.Because(err)
	}
	return path, nil
}

// Print sends a paper to the printer.
func (a *asks) Print(path string) error {
	_, err := printer().Print(ctx, path, 1)
	return err
}

// slipOf reads the code of a slip: whose case it opens.
func slipOf(text string) (id.Person, bool) {
	p, _, ok := identity.ReadSlip(text)
	return p, ok
}
