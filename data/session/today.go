package session

import (
	"fmt"
	"slices"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/policy"
	"xuezheng/data/view"
)

// TodayAs gathers the day of whoever asks.
type TodayAs struct{ as }

// How much the desk's day holds at most; what is due later moves up as work is done.
const (
	todayMatters  = 100 // of what is overdue, due today, in a week, later
	todayChanges  = 500
	todayPeople   = 500
	todayCameIn   = 4
	cameInLooked  = 400
	cameInAnother = 30 // minutes between two imports that are counted as one
)

// Today gathers the desk's day.
func (a TodayAs) Today() (v view.Today, err error) {
	for _, part := range []func(*view.Today) error{a.todayHours, a.todayCertificates, a.todayDrafts, a.todayAmounts, a.todayChanges, a.todayPeople, a.todayFaces, a.todayList, a.todayClasses, a.todayCameIn} {
		if err := part(&v); err != nil {
			return v, err
		}
	}
	v.Sort()
	return v, nil
}

// monthDay writes a day as columns do: 11-23.
func monthDay(d day.Date) string { return fmt.Sprintf("%02d-%02d", d.Month(), d.Day()) }

// todayHours gathers the records that wait, one matter for each learner and deadline: of each stretch
// of days the first, and how many there are of all.
func (a TodayAs) todayHours(v *view.Today) error {
	days, err := a.services.Hours.DueDays(a.ctx, a.who)
	if err != nil {
		return err
	}
	for _, d := range days {
		v.Waiting = append(v.Waiting, view.WaitingDay{Due: d.Due, DaysLeft: a.daysLeft(d.Due), Matters: d.Matters})
	}
	for _, s := range v.Stretches() {
		list, err := a.services.Hours.Matters(a.ctx, a.who, s.From, s.To, todayMatters)
		if err != nil {
			return err
		}
		for _, m := range list {
			v.Items = append(v.Items, view.TodayItem{
				Area: "hours", Person: m.Person, Name: m.Name, MaskedNumber: m.MaskedNumber, Due: m.Due, DaysLeft: a.daysLeft(m.Due),
				Provisional: a.provisional(m.SubmittedOn, m.Due), What: "today.what.hours", Detail: "today.detail.hours",
				Figures: []any{monthDay(m.SubmittedOn), m.Records, m.PerHour.Figure(m.Seconds)},
			})
		}
	}
	return nil
}

// todayDrafts is what nobody has handed in.
func (a TodayAs) todayDrafts(v *view.Today) (err error) {
	v.Drafts, v.DraftsOf, err = a.all().Unsubmitted()
	return err
}

// todayAmounts gathers what became of the amounts of a store of before: what was mended just now,
// and whose records a person must look at.
func (a TodayAs) todayAmounts(v *view.Today) error {
	v.Mended, v.Sealed = a.services.Hours.Mended().Mended, a.services.Audit.SealedNow()
	v.Behind, v.Unseen = a.services.Access.Behind().Numbers, a.services.Access.Unseen() != nil
	a.services.Audit.Glance(a.who)
	for _, w := range a.services.Access.Warnings() {
		v.Place = append(v.Place, view.Warning{Key: w.Key, Figures: w.Figures})
	}
	rows, err := a.services.Hours.Uneven(a.ctx, a.who, todayPeople)
	if err != nil {
		return err
	}
	at := map[id.Person]int{} // place in Items
	for _, r := range rows {
		p := r.Record.Learner
		if i, ok := at[p]; ok {
			v.Items[i].Figures = []any{v.Items[i].Figures[0].(int) + 1}
			continue
		}
		at[p] = len(v.Items)
		v.Items = append(v.Items, view.TodayItem{
			Area: "amounts", Person: p, Name: r.Name, MaskedNumber: r.MaskedNumber,
			What: "today.what.amounts", Detail: "today.detail.amounts", Figures: []any{1},
		})
	}
	return nil
}

// todayCertificates gathers the certificates over hours that were withdrawn: each is due on the day
// it was doubted, until it is revoked.
func (a TodayAs) todayCertificates(v *view.Today) error {
	if !a.who.Role.May(act.ListCertificates) {
		return nil
	}
	list, err := a.services.Certificates.ToBeRevoked(a.ctx, a.who)
	for _, c := range list {
		due := day.Of(c.DoubtedAt)
		v.Items = append(v.Items, view.TodayItem{
			Area: "certificate", Person: c.Person, Certificate: c.Number, Name: c.Content.Holder.Name, MaskedNumber: c.Content.Holder.MaskedNumber,
			Due: due, DaysLeft: a.daysLeft(due), What: "today.what.certificate", Detail: "today.detail.certificate", Figures: []any{c.Number},
		})
	}
	return err
}

// whatChange words each kind of change.
var whatChange = map[identity.RequestKind]string{
	identity.PhotoChange: "today.what.photo", identity.NameChange: "today.what.name", identity.NumberChange: "today.what.number",
}

// todayChanges gathers the changes that were asked for.
func (a TodayAs) todayChanges(v *view.Today) error {
	if !a.who.Role.May(act.ReceiveRequest) {
		return nil
	}
	list, err := a.services.Identity.Requests(a.ctx, a.who, todayChanges)
	if err != nil {
		return err
	}
	ids := make([]id.Person, len(list))
	for i, q := range list {
		ids[i] = q.Person
	}
	names, err := a.services.People.Named(a.ctx, a.who, ids)
	if err != nil {
		return err
	}
	for _, q := range list {
		item := view.TodayItem{
			Area: "change", Person: q.Person, Request: q.ID, Name: names[q.Person].Name, MaskedNumber: names[q.Person].MaskedNumber,
			Due: q.Due, What: whatChange[q.Kind], Detail: "today.detail.not-received",
		}
		if !q.Due.IsZero() {
			item.DaysLeft, item.Provisional = a.daysLeft(q.Due), a.provisional(q.ReceivedOn, q.Due)
			item.Detail, item.Figures = "today.detail.received", []any{monthDay(q.ReceivedOn)}
			if q.Kind == identity.PhotoChange {
				item.Detail = "today.detail.photo"
			}
		}
		v.Items = append(v.Items, item)
	}
	return nil
}

// todayPeople gathers whose identity can be confirmed.
func (a TodayAs) todayPeople(v *view.Today) error {
	if !a.who.Role.May(act.ConfirmIdentity) {
		return nil
	}
	list, err := a.services.Identity.Waiting(a.ctx, a.who, todayPeople)
	for _, h := range list {
		if h.State != identity.PhotoReady {
			break // the others are not the desk's turn: what is missing is theirs to bring
		}
		v.Items = append(v.Items, view.TodayItem{
			Area: "identity", Person: h.ID, Name: h.Name, MaskedNumber: h.MaskedNumber, What: "today.what.identity", Detail: "today.detail.identity-photo",
		})
	}
	return err
}

// todayFaces gathers the faces that are on two records and that nobody has looked at.
func (a TodayAs) todayFaces(v *view.Today) error {
	if !a.who.Role.May(act.SettleFace) {
		return nil
	}
	list, err := a.all().SharedFaces(todayPeople)
	for _, f := range list {
		v.Items = append(v.Items, view.TodayItem{
			Area: "face", Person: f.One.Person, Other: f.Other.Person, Name: f.One.Name, MaskedNumber: f.One.MaskedNumber,
			What: "today.what.face", Detail: "today.detail.face", Figures: []any{f.Other.Name},
		})
	}
	return err
}

// todayList is the pass list that is published next: this month's, on the first working day of
// the month after it.
func (a TodayAs) todayList(v *view.Today) (err error) {
	today := a.services.Today()
	next := day.MustNew(today.Year(), today.Month(), 1).AddMonths(1)
	v.PassYear, v.PassMonth = today.Year(), today.Month()
	v.PublishOn, v.MayMove = a.services.WorkingDays().FirstWorkingOfMonth(next.Year(), next.Month())
	if v.Passed, err = a.services.Hours.Passed(a.ctx, a.who, v.PassYear, v.PassMonth); err != nil {
		return err
	}
	_, month, people, due, err := a.services.Hours.ToPublish(a.ctx, a.who)
	if due {
		v.ToPublish, v.LastMonth = people, month
	}
	return err
}

// todayClasses lists the classes that run today, with who came and went.
func (a TodayAs) todayClasses(v *view.Today) error {
	list, err := a.services.Hours.Classes(a.ctx, a.who)
	if err != nil {
		return err
	}
	today := a.services.Today()
	for _, c := range list {
		if today.Before(c.From) || today.After(c.To) {
			continue
		}
		there, err := a.services.Hours.Present(a.ctx, a.who, c.ID)
		if err != nil {
			return err
		}
		one := view.TodayClass{Name: c.Name, Place: c.Place}
		for _, p := range there {
			if on := p.On(today); !on.In.IsZero() {
				one.In++
				if !on.Out.IsZero() {
					one.Out++
				}
			}
		}
		v.Classes = append(v.Classes, one)
	}
	return nil
}

// cameIn are the acts by which things come to the desk.
var cameIn = map[act.Act]bool{act.ImportRoster: true, act.ImportHours: true, act.RegisterPerson: true, act.RequestPhoto: true, act.RequestData: true, act.SubmitHours: true}

// todayCameIn lists what came in last; who may not see the trail sees nothing here.
func (a TodayAs) todayCameIn(v *view.Today) error {
	if !a.who.Role.May(act.ShowAudit) {
		return nil
	}
	lines, err := a.services.Audit.Recent(a.ctx, a.who, cameInLooked)
	if err != nil {
		return err
	}
	names, err := a.services.Access.Names(a.ctx, a.who)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if !cameIn[l.Act] {
			continue
		}
		if n := len(v.CameIn); n > 0 && v.CameIn[n-1].Act == l.Act && v.CameIn[n-1].At.Sub(l.At).Minutes() < cameInAnother {
			v.CameIn[n-1].Times++
			continue
		}
		if len(v.CameIn) == todayCameIn {
			break
		}
		v.CameIn = append(v.CameIn, view.HistoryRow{At: l.At, Act: l.Act, Who: names[l.Who], Desk: l.Machine, Times: 1})
	}
	return nil
}

// UsesHours reports whether any programme has study hours.
func (a TodayAs) UsesHours() bool {
	return slices.ContainsFunc(a.services.Policy.InForce(), (*policy.Pack).Studies)
}

// UsesTickets reports whether any programme gives ticket numbers.
func (a TodayAs) UsesTickets() bool {
	return slices.ContainsFunc(a.services.Policy.InForce(), func(p *policy.Pack) bool { return p.Tickets.Format != "" })
}

// UsesVenues reports whether the institution confirms people on site by appointment: its pack gives ticket
// numbers, or somebody set a venue up. There kiosks have a use, too.
func (a TodayAs) UsesVenues() bool {
	if a.UsesTickets() {
		return true
	}
	list, err := a.services.Venues.List(a.ctx, a.who)
	return err == nil && len(list) > 0
}

// WaitingHours is how many hour records wait for review.
func (a TodayAs) WaitingHours() (int, error) {
	waiting, _, err := a.services.Hours.QueueCount(a.ctx, a.who)
	return waiting, err
}

// WaitingDrafts is how many records nobody has handed in.
func (a TodayAs) WaitingDrafts() (int, error) {
	n, _, err := a.services.Hours.UnsubmittedCount(a.ctx, a.who)
	return n, err
}

// WaitingPeople is how many can be decided: people with a photo, and changes whose papers are here.
func (a TodayAs) WaitingPeople() (int, error) {
	waiting, err := a.services.Identity.WaitingCount(a.ctx, a.who)
	if err != nil {
		return 0, err
	}
	list, err := a.services.Identity.Requests(a.ctx, a.who, todayChanges)
	for _, q := range list {
		if q.State == identity.Received {
			waiting++
		}
	}
	return waiting, err
}

// WaitingChanges is how many changes are to be received or decided.
func (a TodayAs) WaitingChanges() (int, error) {
	list, err := a.services.Identity.Requests(a.ctx, a.who, todayChanges)
	return len(list), err
}

// WaitingMerges is how many merges wait for whoever may approve them.
func (a TodayAs) WaitingMerges() (int, error) {
	if !a.who.Role.May(act.ApproveMerge) {
		return 0, nil
	}
	list, err := a.all().Proposals()
	return len(list), err
}
