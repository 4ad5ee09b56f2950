package shell

import (
	"fmt"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/ui/model"
)

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
func (a *asks) Today() (v model.TodayView, err error) {
	for _, part := range []func(*model.TodayView) error{a.todayHours, a.todayCertificates, a.todayDrafts, a.todayAmounts, a.todayChanges, a.todayPeople, a.todayFaces, a.todayList, a.todayClasses, a.todayCameIn} {
		if err := part(&v); err != nil {
			return v, err
		}
	}
	return v, nil
}

// monthDay writes a day as columns do: 11-23.
func monthDay(d day.Date) string { return fmt.Sprintf("%02d-%02d", d.Month(), d.Day()) }

func (a *asks) daysLeft(due day.Date) int {
	left, _ := a.services.WorkingDays().WorkingBetween(a.services.Today(), due)
	return left
}

// provisional says whether a day that was counted from another may still move.
func (a *asks) provisional(since, due day.Date) bool {
	return a.services.WorkingDays().Provisional(since, due)
}

// todayHours gathers the records that wait, one matter for each learner and deadline: of each stretch
// of days the first, and how many there are of all.
func (a *asks) todayHours(v *model.TodayView) error {
	days, err := a.services.Hours.DueDays(ctx, a.who)
	if err != nil {
		return err
	}
	for _, d := range days {
		v.Waiting = append(v.Waiting, model.WaitingDay{Due: d.Due, DaysLeft: a.daysLeft(d.Due), Matters: d.Matters})
	}
	for _, s := range v.Stretches() {
		list, err := a.services.Hours.Matters(ctx, a.who, s.From, s.To, todayMatters)
		if err != nil {
			return err
		}
		for _, m := range list {
			v.Items = append(v.Items, model.TodayItem{
				Area: "hours", Person: m.Person, Name: m.Name, MaskedNumber: m.MaskedNumber, Due: m.Due, DaysLeft: a.daysLeft(m.Due),
				Provisional: a.provisional(m.SubmittedOn, m.Due), What: "today.what.hours", Detail: "today.detail.hours",
				Figures: []any{monthDay(m.SubmittedOn), m.Records, m.PerHour.Figure(m.Seconds)},
			})
		}
	}
	return nil
}

func (a *asks) todayDrafts(v *model.TodayView) (err error) {
	v.Drafts, v.DraftsOf, err = a.Unsubmitted()
	return err
}

// todayAmounts gathers what became of the amounts of a store of before: what was mended just now,
// and whose records a person must look at.
func (a *asks) todayAmounts(v *model.TodayView) error {
	v.Mended, v.Sealed = a.services.Hours.Mended().Mended, a.services.Audit.SealedNow()
	v.Behind, v.Unseen = a.services.Access.Behind().Numbers, a.services.Access.Unseen() != nil
	a.services.Audit.Glance(a.who)
	for _, w := range a.services.Access.Warnings() {
		v.Place = append(v.Place, model.Warning{Key: w.Key, Figures: w.Figures})
	}
	rows, err := a.services.Hours.Uneven(ctx, a.who, todayPeople)
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
		v.Items = append(v.Items, model.TodayItem{
			Area: "amounts", Person: p, Name: r.Name, MaskedNumber: r.MaskedNumber,
			What: "today.what.amounts", Detail: "today.detail.amounts", Figures: []any{1},
		})
	}
	return nil
}

// todayCertificates gathers the certificates over hours that were withdrawn: each is due on the day
// it was doubted, until it is revoked.
func (a *asks) todayCertificates(v *model.TodayView) error {
	if !a.who.Role.May(act.ListCertificates) {
		return nil
	}
	list, err := a.services.Certificates.ToBeRevoked(ctx, a.who)
	for _, c := range list {
		due := day.Of(c.DoubtedAt)
		v.Items = append(v.Items, model.TodayItem{
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

func (a *asks) todayChanges(v *model.TodayView) error {
	if !a.who.Role.May(act.ReceiveRequest) {
		return nil
	}
	list, err := a.services.Identity.Requests(ctx, a.who, todayChanges)
	if err != nil {
		return err
	}
	ids := make([]id.Person, len(list))
	for i, q := range list {
		ids[i] = q.Person
	}
	names, err := a.services.People.Named(ctx, a.who, ids)
	if err != nil {
		return err
	}
	for _, q := range list {
		item := model.TodayItem{
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

func (a *asks) todayPeople(v *model.TodayView) error {
	if !a.who.Role.May(act.ConfirmIdentity) {
		return nil
	}
	list, err := a.services.Identity.Waiting(ctx, a.who, todayPeople)
	for _, h := range list {
		if h.State != identity.PhotoReady {
			break // the others are not the desk's turn: what is missing is theirs to bring
		}
		v.Items = append(v.Items, model.TodayItem{
			Area: "identity", Person: h.ID, Name: h.Name, MaskedNumber: h.MaskedNumber, What: "today.what.identity", Detail: "today.detail.identity-photo",
		})
	}
	return err
}

// todayFaces gathers the faces that are on two records and that nobody has looked at.
func (a *asks) todayFaces(v *model.TodayView) error {
	if !a.who.Role.May(act.SettleFace) {
		return nil
	}
	list, err := a.SharedFaces(todayPeople)
	for _, f := range list {
		v.Items = append(v.Items, model.TodayItem{
			Area: "face", Person: f.One.Person, Other: f.Other.Person, Name: f.One.Name, MaskedNumber: f.One.MaskedNumber,
			What: "today.what.face", Detail: "today.detail.face", Figures: []any{f.Other.Name},
		})
	}
	return err
}

// todayList is the pass list that is published next: this month's, on the first working day of
// the month after it.
func (a *asks) todayList(v *model.TodayView) (err error) {
	today := a.services.Today()
	next := day.MustNew(today.Year(), today.Month(), 1).AddMonths(1)
	v.PassYear, v.PassMonth = today.Year(), today.Month()
	v.PublishOn, v.MayMove = a.services.WorkingDays().FirstWorkingOfMonth(next.Year(), next.Month())
	if v.Passed, err = a.services.Hours.Passed(ctx, a.who, v.PassYear, v.PassMonth); err != nil {
		return err
	}
	_, month, people, due, err := a.services.Hours.ToPublish(ctx, a.who)
	if due {
		v.ToPublish, v.LastMonth = people, month
	}
	return err
}

func (a *asks) todayClasses(v *model.TodayView) error {
	list, err := a.services.Hours.Classes(ctx, a.who)
	if err != nil {
		return err
	}
	today := a.services.Today()
	for _, c := range list {
		if today.Before(c.From) || today.After(c.To) {
			continue
		}
		there, err := a.services.Hours.Present(ctx, a.who, c.ID)
		if err != nil {
			return err
		}
		one := model.TodayClass{Name: c.Name, Place: c.Place}
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
func (a *asks) todayCameIn(v *model.TodayView) error {
	if !a.who.Role.May(act.ShowAudit) {
		return nil
	}
	lines, err := a.services.Audit.Recent(ctx, a.who, cameInLooked)
	if err != nil {
		return err
	}
	names, err := a.services.Access.Names(ctx, a.who)
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
		v.CameIn = append(v.CameIn, model.HistoryRow{At: l.At, Act: l.Act, Who: names[l.Who], Desk: l.Machine, Times: 1})
	}
	return nil
}
