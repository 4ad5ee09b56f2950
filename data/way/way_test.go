package way_test

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/way"
)

var today = day.MustNew(2026, 11, 23) // a Monday

// days is a calendar of one published year without holidays.
func days(t *testing.T) *day.Calendar {
	t.Helper()
	f, err := os.Open("../../assets/calendars/cn.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := day.ReadCalendar(f)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// candidate is a way with everything in it: a branch, a wait with a last day, materials of two kinds.
func candidate() []way.Step {
	return []way.Step{
		{ID: "notices", Word: way.ReadNotice},
		{ID: "data", Word: way.CompleteData, Needs: []string{"notices"}, Asks: []string{"phone"}},
		{ID: "card", Word: way.HandIn, Needs: []string{"data"}, Material: "card", Kinds: []string{"payment-card"}},
		{ID: "form", Word: way.HandIn, Needs: []string{"pay"}, Kinds: []string{"diploma", "photo"}},
		{ID: "photo", Word: way.BringPhoto, Needs: []string{"data"}},
		{ID: "confirm", Word: way.Confirm, Needs: []string{"photo"}},
		{ID: "enrol", Word: way.Apply, Needs: []string{"notices"}},
		{ID: "pay", Word: way.Pay, Needs: []string{"enrol", "confirm", "card"}, Name: "登记缴费", NameEn: "Register the payment"},
		{ID: "sitting", Word: way.ExamNotice, Needs: []string{"pay"}, By: way.By{WorkingDays: 5, From: "pay"}},
	}
}

func done(ids ...string) way.Facts {
	f := way.Facts{}
	for _, id := range ids {
		f[id] = way.Mark{Done: true}
	}
	return f
}

func with(f way.Facts, id string, m way.Mark) way.Facts {
	f[id] = m
	return f
}

// letters are the states of the steps, a letter each: d done, n now, w waiting, l later, p problem.
func letters(stops []way.Stop) (s string) {
	for _, p := range stops {
		s += string(p.State[:1])
	}
	return s
}

// The golden table of where somebody stands: the states of notices, data, card, form, photo, confirm, enrol, pay
// and sitting, and the one next thing.
func TestWhereSomebodyStands(t *testing.T) {
	for name, c := range map[string]struct {
		facts        way.Facts
		states, next string
	}{
		"nothing is done":                     {done(), "nlllll" + "lll", "notices"},
		"the notice is read":                  {done("notices"), "dnllll" + "nll", "data"},
		"the data are there":                  {done("notices", "data"), "ddnlnl" + "nll", "card"},
		"the photo before the card":           {done("notices", "data", "photo"), "ddnldn" + "nll", "card"},
		"sent in, to be decided":              {with(done("notices", "data", "photo", "card", "enrol"), "confirm", way.Mark{Waits: way.Institution}), "dddldw" + "dll", "confirm"},
		"sent back":                           {with(done("notices", "data", "photo"), "confirm", way.Mark{Problem: "way.mend.returned"}), "ddnldp" + "nll", "confirm"},
		"sent back, and the photo is gone":    {with(done("notices", "data", "card", "enrol"), "confirm", way.Mark{Problem: "way.mend.returned"}), "dddlnp" + "dll", "photo"},
		"confirmed, not enrolled":             {done("notices", "data", "photo", "card", "confirm"), "dddldd" + "nll", "enrol"},
		"confirmed, without a card":           {done("notices", "data", "photo", "confirm", "enrol"), "ddnldd" + "dll", "card"},
		"may pay":                             {done("notices", "data", "photo", "card", "confirm", "enrol"), "dddldd" + "dnl", "pay"},
		"paid":                                {done("notices", "data", "photo", "card", "confirm", "enrol", "pay"), "dddndd" + "ddw", "form"},
		"waits for the examination":           {done("notices", "data", "photo", "card", "confirm", "enrol", "pay", "form"), "dddddd" + "ddw", "sitting"},
		"all is done":                         {done("notices", "data", "photo", "card", "confirm", "enrol", "pay", "form", "sitting"), "dddddd" + "ddd", ""},
		"a newer notice takes nothing back":   {done("data", "photo", "card", "confirm", "enrol", "pay"), "ndd" + "n" + "dd" + "ddw", "notices"},
		"nothing to do there yet":             {with(done("notices", "data", "photo", "card", "confirm"), "enrol", way.Mark{Nothing: true}), "dddldd" + "lll", ""},
		"a mark for no step":                  {with(done(), "other", way.Mark{Done: true}), "nlllll" + "lll", "notices"},
		"a wait that its own day is known of": {with(done("notices", "data", "photo", "card", "confirm", "enrol", "pay", "form"), "sitting", way.Mark{Until: today, MayMove: true}), "dddddd" + "ddw", "sitting"},
	} {
		stops := way.Stand(candidate(), c.facts, today, days(t))
		next, _ := way.Next(stops)
		if got := letters(stops); got != c.states || next.ID != c.next {
			t.Errorf("%s: got %s and next %q, want %s and %q", name, got, next.ID, c.states, c.next)
		}
	}
}

// What stands as now may be done, what stands as later is refused: for every set of marks there can be.
func TestStandAndMayNeverDisagree(t *testing.T) {
	steps := candidate()
	for n := range 1 << len(steps) {
		facts := way.Facts{}
		for i, s := range steps {
			if n>>i&1 == 1 {
				facts[s.ID] = way.Mark{Done: true}
			}
		}
		for _, p := range way.Stand(steps, facts, today, days(t)) {
			for _, a := range p.Entry().Opens {
				kind := ""
				if len(p.Kinds) > 0 {
					kind = p.Kinds[0]
				}
				asked := way.Facts{}
				for _, s := range way.Asked(steps, a, kind) {
					asked[s.ID] = facts[s.ID]
				}
				err := way.May(steps, asked, a, kind)
				if p.State == way.Now && err != nil || p.State == way.Later && !errors.Is(err, way.ErrFirst) {
					t.Fatalf("with %v: %s is %s, and %s: %v", facts, p.ID, p.State, a, err)
				}
			}
		}
	}
}

func TestARefusalNamesWhatComesFirst(t *testing.T) {
	steps := candidate()
	err := way.May(steps, done("notices", "enrol", "data", "photo"), act.Pay, "")
	f := fault.Of(err)
	if !errors.Is(err, way.ErrFirst) || !reflect.DeepEqual(f.Figures, []any{"way.step.identity.confirm", "way.step.identity.confirm", "登记缴费", "Register the payment", ""}) {
		t.Errorf("got %v, %+v", err, f)
	}
	err = way.May(steps, with(done("notices"), "data", way.Mark{Lacks: "way.lacks.email"}), act.OfferPhoto, "")
	if f := fault.Of(err); f == nil || f.Figures[4] != "way.lacks.email" {
		t.Errorf("what is lacking is not said: %v", err)
	}
	for name, c := range map[string]struct {
		a     act.Act
		kind  string
		facts way.Facts
		may   bool
	}{
		"an act no step opens":                        {act.ExportPerson, "", done(), true},
		"an act of a step that is not in the pack":    {act.EnterHours, "", done(), true},
		"the payment of a unit":                       {act.PayForUnit, "", done(), false},
		"a material of the one step":                  {act.HandIn, "payment-card", done("data"), true},
		"a material of the other":                     {act.HandIn, "diploma", done("data"), false},
		"a material that nobody asks for":             {act.HandIn, "other", done(), true},
		"a second payment":                            {act.Pay, "", done("enrol", "confirm", "card", "pay"), true},
		"confirming of somebody who has been":         {act.ConfirmIdentity, "", done("confirm"), false},
		"any of several steps, where no kind is said": {act.HandIn, "", done("data"), true},
	} {
		if err := way.May(steps, c.facts, c.a, c.kind); (err == nil) != c.may {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestTheLastDayIsCountedFromAnotherStep(t *testing.T) {
	facts := done("notices", "data", "card", "form", "photo", "confirm", "enrol")
	paid := with(facts, "pay", way.Mark{Done: true, On: day.MustNew(2026, 11, 13)}) // a Friday
	for on, overdue := range map[day.Date]bool{day.MustNew(2026, 11, 20): false, day.MustNew(2026, 11, 21): true} {
		p := way.Stand(candidate(), paid, on, days(t))[8]
		if p.By != day.MustNew(2026, 11, 20) || p.Overdue != overdue || p.State != way.Waiting || p.Turn != way.Examiners {
			t.Errorf("on %v: got %+v", on, p)
		}
	}
	unknown := with(facts, "pay", way.Mark{Done: true})
	if p := way.Stand(candidate(), unknown, today, days(t))[8]; !p.By.IsZero() || p.Overdue {
		t.Errorf("counted from a day nobody knows: %+v", p)
	}
	own := with(paid, "sitting", way.Mark{Until: day.MustNew(2027, 4, 1), MayMove: true})
	if p := way.Stand(candidate(), own, today, days(t))[8]; p.By != day.MustNew(2027, 4, 1) || !p.MayMove {
		t.Errorf("its own day goes before: %+v", p)
	}
}

func TestWhatIsWrongWithSteps(t *testing.T) {
	for name, c := range map[string]struct {
		steps []way.Step
		want  []way.Wrong
	}{
		"nothing":                  {candidate(), nil},
		"none":                     {nil, nil},
		"a need that is not there": {[]way.Step{{ID: "a", Word: way.BringPhoto, Needs: []string{"b"}}}, []way.Wrong{{0, way.UnknownNeed, "b", "b"}}},
		"itself":                   {[]way.Step{{ID: "a", Word: way.BringPhoto, Needs: []string{"a"}}}, []way.Wrong{{0, way.Circle, "a → a", "a"}}},
		"a circle, and what stands behind it": {[]way.Step{
			{ID: "a", Word: way.BringPhoto, Needs: []string{"c"}}, {ID: "b", Word: way.ReadNotice, Needs: []string{"a"}}, {ID: "c", Word: way.Confirm, Needs: []string{"b"}},
			{ID: "d", Word: way.Apply, Needs: []string{"c"}},
		}, []way.Wrong{{0, way.Circle, "a → c → b → a", "c"}}},
		"two circles": {[]way.Step{
			{ID: "a", Word: way.BringPhoto, Needs: []string{"b"}}, {ID: "b", Word: way.ReadNotice, Needs: []string{"a"}},
			{ID: "c", Word: way.Confirm, Needs: []string{"d"}}, {ID: "d", Word: way.Apply, Needs: []string{"c"}},
		}, []way.Wrong{{0, way.Circle, "a → b → a", "b"}, {2, way.Circle, "c → d → c", "d"}}},
		"enrolling waits for the payment, which nobody can make before": {[]way.Step{
			{ID: "pay", Word: way.Pay}, {ID: "enrol", Word: way.Apply, Needs: []string{"pay"}},
		}, []way.Wrong{{0, way.Unreachable, "pay → enrol → pay", ""}}},
		"confirming waits for the number it gives": {[]way.Step{
			{ID: "ticket", Word: way.TakeTicket}, {ID: "confirm", Word: way.Confirm, Needs: []string{"ticket"}},
		}, []way.Wrong{{0, way.Unreachable, "ticket → confirm → ticket", ""}}},
		"counts from nothing": {[]way.Step{{ID: "a", Word: way.ExamNotice, By: way.By{WorkingDays: 1, From: "b"}}}, []way.Wrong{{0, way.UnknownNeed, "b", ""}}},
		"counts from what may come later": {[]way.Step{
			{ID: "a", Word: way.ExamNotice, By: way.By{WorkingDays: 1, From: "b"}}, {ID: "b", Word: way.BringPhoto},
		}, []way.Wrong{{0, way.NotBefore, "b", ""}}},
		"counts from itself": {[]way.Step{{ID: "a", Word: way.ExamNotice, By: way.By{WorkingDays: 1, From: "a"}}}, []way.Wrong{{0, way.NotBefore, "a", ""}}},
		"counts from what comes two steps before": {[]way.Step{
			{ID: "a", Word: way.BringPhoto}, {ID: "b", Word: way.Confirm, Needs: []string{"a"}}, {ID: "c", Word: way.ExamNotice, Needs: []string{"b"}, By: way.By{WorkingDays: 1, From: "a"}},
		}, nil},
	} {
		if got := way.Check(c.steps); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

func TestWhatNeededAStepThatIsLeftOutNeedsWhatItNeeded(t *testing.T) {
	steps := []way.Step{
		{ID: "a", Word: way.ReadNotice}, {ID: "b", Word: way.CompleteData, Needs: []string{"a"}}, {ID: "c", Word: way.GiveEducation, Needs: []string{"b"}},
		{ID: "d", Word: way.BringPhoto, Needs: []string{"a"}}, {ID: "e", Word: way.Confirm, Needs: []string{"c", "d"}, By: way.By{WorkingDays: 3, From: "c"}},
	}
	got := way.Without(steps, map[string]bool{"b": true, "c": true})
	want := []way.Step{steps[0], steps[3], {ID: "e", Word: way.Confirm, Needs: []string{"a", "d"}}}
	if len(got) != 3 || !reflect.DeepEqual(got[2], want[2]) || got[1].ID != "d" {
		t.Errorf("got %+v", got)
	}
	if all := way.Without(steps, nil); len(all) != 5 || !reflect.DeepEqual(all[4], steps[4]) {
		t.Errorf("nothing left out: got %+v", all)
	}
}

func TestEveryWordIsWhole(t *testing.T) {
	facts := map[way.Fact]bool{}
	for _, e := range way.Words() {
		if again, known := way.Of(e.Word); !known || again.Word != e.Word {
			t.Errorf("%s is not found", e.Word)
		}
		if e.Waits() == strings.Contains(string(e.Word), ".") || e.Fact == "" || facts[e.Fact] || e.Turn == "" || !strings.HasPrefix(e.Place, "home.") {
			t.Errorf("got %+v", e)
		}
		facts[e.Fact] = true
		for _, a := range e.Opens {
			if !way.Opens(a) {
				t.Errorf("%s opens %s, of which nobody knows", e.Word, a)
			}
		}
		for _, w := range e.After {
			if _, known := way.Of(w); !known || w == e.Word {
				t.Errorf("%s comes after %s", e.Word, w)
			}
		}
	}
	if way.Opens(act.ExportPerson) || way.Opens(act.ReadNotice) {
		t.Error("what is everybody's right is asked for")
	}
	if _, known := way.Of("dream"); known {
		t.Error("a word nobody gave")
	}
}
