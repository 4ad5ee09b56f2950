package shell

import (
	"fyne.io/fyne/v2"

	"xuezheng/data/id"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// Unsubmitted is how many records nobody has handed in, and how many people's they are.
func (a *asks) Unsubmitted() (records, people int, err error) {
	return a.services.Hours.UnsubmittedCount(ctx, a.who)
}

// Drafts are the first records that nobody has handed in, and how many there are in all.
func (a *asks) Drafts(limit int) (rows []model.DraftRow, records, people int, err error) {
	list, err := a.services.Hours.Unsubmitted(ctx, a.who, "", limit, 0)
	if err != nil {
		return nil, 0, 0, err
	}
	for _, r := range list {
		rows = append(rows, model.DraftRow{Record: r.Record, Name: r.Name, MaskedNumber: r.MaskedNumber, PerHour: r.PerHour()})
	}
	records, people, err = a.Unsubmitted()
	return rows, records, people, err
}

// SubmitRecords hands in those of the records that still can be.
func (a *asks) SubmitRecords(list []id.Record) (model.Submitted, error) {
	return a.handedIn(a.services.Hours.SubmitThese(ctx, a.who, list))
}

// SubmitOf hands in all of one person's.
func (a *asks) SubmitOf(p id.Person) (model.Submitted, error) {
	return a.handedIn(a.services.Hours.SubmitOf(ctx, a.who, p))
}

// SubmitAll hands in all of everyone's.
func (a *asks) SubmitAll() (model.Submitted, error) {
	return a.handedIn(a.services.Hours.SubmitAll(ctx, a.who))
}

// handedIn says by when what was just handed in is decided.
func (a *asks) handedIn(n int, err error) (model.Submitted, error) {
	if err != nil {
		return model.Submitted{}, err
	}
	look, err := a.services.Hours.Outlook(ctx, a.who, "")
	return model.Submitted{Records: n, Decided: look.LatestDecision}, err
}

// waitingDrafts is how many records nobody has handed in, for the rail.
func (a *asks) waitingDrafts() (int, error) {
	n, _, err := a.Unsubmitted()
	return n, err
}

// OpenDrafts shows what is not submitted.
func (d *DeskShell) OpenDrafts() {
	m := model.NewHoursDrafts(d.asks, d.Services.Today(), d.Run)
	m.Open = d.OpenPerson
	d.Walk.Go("hours.drafts", screen.HoursDrafts(m), m.Leave)
	d.Walk.Hears(func(k fyne.KeyName) bool { return m.Key(string(k)) })
}
