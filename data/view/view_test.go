package view_test

import (
	"slices"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/view"
)

var today = day.MustNew(2026, 11, 23)

// due is a matter of hours with so many working days left; the date goes along.
func due(name string, left int) view.TodayItem {
	return view.TodayItem{Area: "hours", Name: name, Due: today.AddDays(left), DaysLeft: left}
}

func TestWhatIsDueFirstStandsInFront(t *testing.T) {
	v := view.Today{Items: []view.TodayItem{{Area: "identity", Name: "no day"}, due("later", 9), due("late", -3), {Area: "face", Name: "no day either"}, due("now", 0), due("now too", 0)}}
	v.Sort()
	var names []string
	for _, i := range v.Items {
		names = append(names, i.Name)
	}
	if want := []string{"late", "now", "now too", "later", "no day", "no day either"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

func TestEachFilterLetsThroughWhatItSays(t *testing.T) {
	items := map[string]view.TodayItem{"late": due("", -1), "now": due("", 0), "in a week": due("", 5), "later": due("", 6), "no day": {}}
	for filter, want := range map[string][]string{
		"":        {"in a week", "late", "later", "no day", "now"},
		"overdue": {"late"},
		"today":   {"now"},
		"week":    {"in a week"},
	} {
		var got []string
		for name, i := range items {
			if i.In(filter) {
				got = append(got, name)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q lets through %q, want %q", filter, got, want)
		}
	}
}

func TestTheDayCountsWhatIsNotListedToo(t *testing.T) {
	v := view.Today{
		Items:   []view.TodayItem{due("late", -9), due("now", 0), {Area: "change", Due: today, DaysLeft: 0}, {Area: "identity"}},
		Waiting: []view.WaitingDay{{Due: today.AddDays(-9), DaysLeft: -9, Matters: 700}, {Due: today, DaysLeft: 0, Matters: 1}, {Due: today.AddDays(3), DaysLeft: 3, Matters: 30}},
	}
	for filter, want := range map[string]int{"": 733, "overdue": 700, "today": 2, "week": 30} {
		if got := v.Count(filter); got != want {
			t.Errorf("%q: %d, want %d", filter, got, want)
		}
	}
	if v.Worst() != 9 {
		t.Errorf("the worst is %d days late", v.Worst())
	}
	if none := (view.Today{}); none.Worst() != 0 || none.Count("") != 0 {
		t.Errorf("an empty day counts %d, worst %d", none.Count(""), none.Worst())
	}
}

func TestTheDaysAreDividedAsTheFiltersAre(t *testing.T) {
	v := view.Today{}
	for _, left := range []int{-40, -1, 0, 1, 5, 6, 30} {
		v.Waiting = append(v.Waiting, view.WaitingDay{Due: today.AddDays(left), DaysLeft: left, Matters: 1})
	}
	want := []view.Stretch{
		{From: today.AddDays(-40), To: today.AddDays(-1)}, {From: today, To: today},
		{From: today.AddDays(1), To: today.AddDays(5)}, {From: today.AddDays(6), To: today.AddDays(30)},
	}
	if got := v.Stretches(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAFileKnowsWhichProgrammeIsLookedAt(t *testing.T) {
	v := view.Person{Enrolment: "e2", Programmes: []view.Programme{{Enrolment: "e1", Programme: "hours"}, {Enrolment: "e2", Programme: "exam"}}}
	if v.InProgramme() != "exam" || !v.Several() {
		t.Errorf("in %q, several %v", v.InProgramme(), v.Several())
	}
	v.Programmes = v.Programmes[:1]
	if v.InProgramme() != "" || v.Several() {
		t.Errorf("one of another enrolment: in %q, several %v", v.InProgramme(), v.Several())
	}
	if v.Enrolled() {
		t.Error("nobody enrolled without a main specialty")
	}
	if v.Plan.Main = "建筑工程"; !v.Enrolled() {
		t.Error("enrolled, and not said")
	}
}

func TestAFileWarnsOfItsRulesFirst(t *testing.T) {
	rules, way := fault.New(fault.Refused, "a.rules"), fault.New(fault.Refused, "a.way")
	if got := (view.Person{}).Warned(); len(got) != 0 {
		t.Errorf("nothing to warn of: %v", got)
	}
	if got := (view.Person{NoRules: rules, OtherWay: way}).Warned(); len(got) != 2 || got[0] != rules || got[1] != way {
		t.Errorf("got %v", got)
	}
	if got := (view.Person{OtherWay: way}).Warned(); len(got) != 1 || got[0] != way {
		t.Errorf("got %v", got)
	}
}

func TestAFileCountsRecordsByHowFarTheyCame(t *testing.T) {
	line := func(s hours.State) hours.Line { return hours.Line{Record: hours.Record{State: s}} }
	v := view.Person{Standing: hours.Standing{Lines: []hours.Line{line(hours.Entered), line(hours.Submitted), line(hours.Submitted), line(hours.Accepted)}}}
	if v.Drafts() != 1 || v.Waiting() != 2 {
		t.Errorf("%d drafts, %d wait", v.Drafts(), v.Waiting())
	}
}

// standing is a material in a state.
func standing(s enrolment.MaterialState, optional bool, expires day.Date) enrolment.MaterialStanding {
	return enrolment.MaterialStanding{Requirement: enrolment.Requirement{Optional: optional}, State: s, By: enrolment.Material{Expires: expires}}
}

func TestTheWayToBeingConfirmedCountsMaterials(t *testing.T) {
	v := view.Confirm{Most: 3, Failed: 1, Materials: []enrolment.MaterialStanding{
		standing(enrolment.MaterialMet, false, today.AddDays(300)), standing(enrolment.MaterialMissing, false, 0), standing(enrolment.MaterialMissing, true, 0),
		standing(enrolment.MaterialExpired, false, today.AddDays(-1)),
	}}
	if v.Lacking() != 2 {
		t.Errorf("%d lack, want the one missing and the one that lapsed", v.Lacking())
	}
	if w := v.Warned(); len(w) != 1 || w[0].State != enrolment.MaterialExpired {
		t.Errorf("warned of %+v", w)
	}
	if v.Left() != 2 {
		t.Errorf("%d tries left", v.Left())
	}
	if v.Failed = 5; v.Left() != 0 {
		t.Errorf("%d tries left of too many", v.Left())
	}
}

func TestTheNumberToBeUsedIsTheChosenOneOrTheOnlyOne(t *testing.T) {
	ticket := func(n string, s enrolment.TicketState) enrolment.Ticket { return enrolment.Ticket{Number: n, State: s} }
	for name, c := range map[string]struct {
		list []enrolment.Ticket
		want string
	}{
		"none yet":       {nil, ""},
		"the only one":   {[]enrolment.Ticket{ticket("1", enrolment.TicketActive)}, "1"},
		"to be chosen":   {[]enrolment.Ticket{ticket("1", enrolment.TicketActive), ticket("2", enrolment.TicketActive)}, ""},
		"the chosen one": {[]enrolment.Ticket{ticket("1", enrolment.TicketActive), ticket("2", enrolment.TicketLocked)}, "2"},
	} {
		if got := (view.Confirm{Numbers: c.list}).Number(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhoWasSentBackIsToldWhatToMendFirst(t *testing.T) {
	for name, c := range map[string]struct {
		reasons []identity.Reason
		mended  []string
		online  bool
		want    string
	}{
		"the name":                     {[]identity.Reason{"name-differs"}, nil, true, "mend-data"},
		"the name, asked for":          {[]identity.Reason{"name-differs"}, []string{"data"}, true, "mend-online"},
		"a document":                   {[]identity.Reason{"document-missing"}, nil, true, "mend-material"},
		"a document, handed in anew":   {[]identity.Reason{"document-missing"}, []string{"material"}, false, "mend-at-venue"},
		"the document before the name": {[]identity.Reason{"document-missing", "number-differs"}, []string{"material"}, true, "mend-data"},
	} {
		v := view.Confirm{Reasons: c.reasons, Online: c.online, Mended: map[string]bool{}}
		for _, m := range c.mended {
			v.Mended[m] = true
		}
		if got := v.Mend(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for _, r := range identity.Reasons {
		if got := (view.Confirm{Reasons: []identity.Reason{r}}).Mend(); r.OfPhoto() != (got == "mend-photo") {
			t.Errorf("%s: %q", r, got)
		}
	}
}

func TestAPlaceSaysWhen(t *testing.T) {
	if got := (view.Appointment{From: 9*60 + 30, To: 10 * 60}).Time(); got != "09:30–10:00" {
		t.Errorf("got %q", got)
	}
}

func TestAChangeShowsItsValuesAsTheyMayBeSeen(t *testing.T) {
	name := view.ChangeRow{Request: identity.Request{Kind: identity.NameChange, Old: "韦青禾", New: "韦清禾", State: identity.Asked}}
	if old, now := name.Values(); old != "韦青禾" || now != "韦清禾" {
		t.Errorf("got %q, %q", old, now)
	}
	if !name.WaitsForPaper() || name.Running() || name.OfPhoto() {
		t.Errorf("waits %v, runs %v, of a photo %v", name.WaitsForPaper(), name.Running(), name.OfPhoto())
	}
	number := view.ChangeRow{Request: identity.Request{Kind: identity.NumberChange, Old: "450103198803124213", New: "451002197810018536", State: identity.Received, Due: today}}
	if old, now := number.Values(); old != identity.Mask("450103198803124213") || now != identity.Mask("451002197810018536") {
		t.Errorf("a whole number is shown: %q, %q", old, now)
	}
	if number.WaitsForPaper() || !number.Running() {
		t.Errorf("waits %v, runs %v", number.WaitsForPaper(), number.Running())
	}
	if photo := (view.ChangeRow{Request: identity.Request{Kind: identity.PhotoChange}}); !photo.OfPhoto() {
		t.Error("a photo's change, and not said")
	}
}

func TestTwoRowsAreTheSameMatter(t *testing.T) {
	change := func(r id.Request) *view.ChangeRow { return &view.ChangeRow{Request: identity.Request{ID: r}} }
	for name, c := range map[string]struct {
		a, b view.ConfirmRow
		same bool
	}{
		"one person":                  {view.ConfirmRow{Person: "p", Name: "old"}, view.ConfirmRow{Person: "p", Name: "new"}, true},
		"two people":                  {view.ConfirmRow{Person: "p"}, view.ConfirmRow{Person: "q"}, false},
		"a confirmation and a change": {view.ConfirmRow{Person: "p"}, view.ConfirmRow{Person: "p", Change: change("r")}, false},
		"one change, read anew":       {view.ConfirmRow{Person: "p", Change: change("r")}, view.ConfirmRow{Person: "p", Change: change("r")}, true},
		"two changes of one person":   {view.ConfirmRow{Person: "p", Change: change("r")}, view.ConfirmRow{Person: "p", Change: change("s")}, false},
	} {
		if c.a.Same(c.b) != c.same || c.b.Same(c.a) != c.same {
			t.Errorf("%s: %v, want %v", name, c.a.Same(c.b), c.same)
		}
	}
}

func TestWhatAScreenAsksOfARow(t *testing.T) {
	for name, c := range map[string]struct{ got, want bool }{
		"a certificate over a withdrawn hour":   {view.Certificate{Doubted: today}.ToBeRevoked(), true},
		"one that was revoked since":            {view.Certificate{Doubted: today, Revoked: true}.ToBeRevoked(), false},
		"one that stands":                       {view.Certificate{}.ToBeRevoked(), false},
		"a backup that went well":               {view.Backup{At: time.Unix(0, 0)}.Bad(), false},
		"one that is old":                       {view.Backup{Old: true}.Bad(), true},
		"one that could not be made":            {view.Backup{Trouble: "backup.full"}.Bad(), true},
		"a face nobody has looked at":           {view.FaceWords{Records: []view.FaceRecord{{}, {Seen: "twins"}}}.Open() == 1, true},
		"a table counts what is not listed":     {(&view.Import{Rows: make([]view.ImportRow, 3), FurtherNew: 4, FurtherSame: 5}).Total() == 12, true},
		"a pack is called by id and version":    {view.Pack{ID: "a", Version: "2"}.FullName() == "a@2", true},
		"a way knows the person whose it is":    {view.Way{Person: view.Person{Plan: hours.Plan{Main: "法学"}}}.Enrolled(), true},
		"a notice keeps what it says in a row":  {view.NoticeRow{NoticeText: view.NoticeText{Title: "须知"}}.Title == "须知", true},
		"a case is one person of the waiting":   {view.ConfirmCase{ConfirmRow: view.ConfirmRow{Person: "p"}}.Same(view.ConfirmRow{Person: "p"}), true},
		"papers of confirming are two and tell": {view.SlipPaper != view.NoticePaper, true},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", name, c.got)
		}
	}
}

func TestWhatDeletingDoesIsSaidByKind(t *testing.T) {
	for _, c := range []struct {
		row     view.LeafRow
		key     string
		figures []any
	}{
		{view.LeafRow{Kind: "picture", Fate: "goes", Months: 12}, "person.fate.goes", nil},
		{view.LeafRow{Kind: "ticket", Fate: "stays-bare", Months: 12}, "person.fate.bare", nil},
		{view.LeafRow{Kind: "kiosk_result", Fate: "stays", Months: 12}, "person.fate.bare", nil},
		{view.LeafRow{Kind: "payment", Fate: "stays", Months: 180}, "person.fate.stays", []any{180}},
	} {
		if key, figures := c.row.Words(); key != c.key || !slices.Equal(figures, c.figures) {
			t.Errorf("%s: %s %v, want %s %v", c.row.Kind, key, figures, c.key, c.figures)
		}
	}
}
