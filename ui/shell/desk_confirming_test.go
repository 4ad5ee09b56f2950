package shell

import (
	"strings"
	"testing"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/ui/model"
	"xuezheng/ui/theme"
	"xuezheng/ui/word"
)

// TestConfirmingPeopleReachesTheStore walks through what a desk does where people are confirmed by
// appointment and get ticket numbers.
func TestConfirmingPeopleReachesTheStore(t *testing.T) {
	s, who, cases := examDesk(t)
	g, err := NewGallery(s, who, "襄阳市招生考试院", word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	d := g.desk
	d.SignedIn()
	defer d.quiet()
	for _, place := range []string{"venue.list", "ticket.list", "kiosk.list"} {
		if !d.used[place] {
			t.Errorf("%s is not in the rail", place)
		}
	}
	if d.used["hours.review"] || d.used["class.list"] {
		t.Error("pages for hours stand in the rail of a programme without hours")
	}

	venue := d.openVenues()
	if venue.Count(model.LateOnes) != 1 || venue.Count(model.CameToday) != 1 {
		t.Errorf("late %d, came %d", venue.Count(model.LateOnes), venue.Count(model.CameToday))
	}

	ticket := confirmedHere(t, d, cases.Expected[0])
	rows, err := d.asks.as().Tickets(ticket[:8], 5)
	if err != nil || len(rows) == 0 {
		t.Errorf("looked up: %v, %v", rows, err)
	}
	v, err := d.asks.as().File(cases.Expected[0], "")
	if err != nil || len(v.History) == 0 || v.History[0].Decision == nil {
		t.Fatalf("history %+v, %v", v.History, err)
	}
	if x := v.History[0].Decision; x.VenueName == "" || x.ByName != "zhoumin" || x.Machine != "前台 02" || len(x.Originals) != 1 {
		t.Errorf("kept: %+v", x)
	}
	venue = d.openVenues()
	if venue.Count(model.CameToday) != 2 {
		t.Errorf("came %d", venue.Count(model.CameToday))
	}

	person := d.OpenPersonTickets(cases.Merging, nil)
	person.Approve()
	person.Yes()
	if person.Problem() != nil || person.View.Merge.State != enrolment.MergeApproved || person.Usable() != 1 {
		t.Errorf("merge %+v, %v", person.View.Merge, person.Problem())
	}
}

// confirmedHere confirms someone who is here by four keys, and gives their ticket number.
func confirmedHere(t *testing.T, d *DeskShell, p id.Person) string {
	t.Helper()
	m := d.openConfirm(p)
	for _, k := range []string{"O", "C", "Y"} {
		m.Key(k)
	}
	if m.Problem() != nil || m.Last.Outcome != model.DecidedConfirmed || !strings.HasPrefix(m.Last.Ticket, "0600") {
		t.Fatalf("decided %+v, %v", m.Last, m.Problem())
	}
	return m.Last.Ticket
}

func TestWhatWasRecordedOnlineIsSeenBeforeItIsDecided(t *testing.T) {
	s, who, cases := examDesk(t)
	g, err := NewGallery(s, who, "襄阳市招生考试院", word.Chinese, theme.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	d := g.desk
	d.SignedIn()
	defer d.quiet()
	m := d.openConfirm(cases.Submitted[0])
	if len(m.Frames) != 3 || !m.OfOnline() || len(m.Side.Pairs) != 3 {
		t.Fatalf("%d frames, online %v, %d pairs", len(m.Frames), m.OfOnline(), len(m.Side.Pairs))
	}
	m.Key("O")
	m.Key("Y")
	c, err := d.asks.as().Confirmation(cases.Submitted[0], "")
	if err != nil || c.State != identity.Confirmed || c.Decisions[0].Way != identity.Online || len(c.Tickets) != 1 {
		t.Errorf("%+v, %v", c.Decisions, err)
	}
}
