package model

import (
	"slices"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
	"xuezheng/data/way"
)

// candidates and learners are two ways, as packs list them.
var (
	candidates = []way.Step{
		{ID: "notices", Word: way.ReadNotice}, {ID: "data", Word: way.CompleteData, Needs: []string{"notices"}}, {ID: "programme", Word: way.Apply, Needs: []string{"data"}},
		{ID: "photo", Word: way.BringPhoto, Needs: []string{"data"}}, {ID: "card", Word: way.HandIn, Needs: []string{"data"}}, {ID: "bank", Word: way.HandIn, Material: "bank", Needs: []string{"data"}, Name: "办卡", NameEn: "Get the card"},
		{ID: "earlier", Word: way.GiveEducation, Needs: []string{"data"}}, {ID: "confirm", Word: way.Confirm, Needs: []string{"photo"}}, {ID: "ticket", Word: way.TakeTicket, Needs: []string{"confirm"}},
		{ID: "pay", Word: way.Pay, Needs: []string{"confirm"}}, {ID: "place", Word: way.VenueNotice, Needs: []string{"pay"}}, {ID: "exam", Word: way.ExamNotice, Needs: []string{"pay"}},
	}
	learners = []way.Step{
		{ID: "notices", Word: way.ReadNotice}, {ID: "photo", Word: way.BringPhoto}, {ID: "enrol", Word: way.Apply, Needs: []string{"notices"}}, {ID: "pay", Word: way.Pay, Needs: []string{"enrol"}},
		{ID: "study", Word: way.Study, Needs: []string{"enrol"}}, {ID: "review", Word: way.Review, Needs: []string{"study"}}, {ID: "confirm", Word: way.Confirm, Needs: []string{"photo"}},
		{ID: "certificate", Word: way.Certify, Needs: []string{"confirm"}},
	}
)

// stood are steps as they stand when those of the ids are done, and the marks given besides.
func stood(steps []way.Step, marks way.Facts, ids ...string) []way.Stop {
	facts := way.Facts{}
	for _, id := range ids {
		facts[id] = way.Mark{Done: true}
	}
	for id, m := range marks {
		facts[id] = m
	}
	return way.Stand(steps, facts, today, new(day.Calendar))
}

// The one next thing of a pack with steps, and the line: d done, n the next, o open, w waiting, l later, p problem.
func TestTheLineOfAPackWithSteps(t *testing.T) {
	some := []string{"notices", "data", "programme", "photo", "card", "bank", "earlier"}
	there := func(more ...string) []string { return append(append(slices.Clone(some), "confirm"), more...) }
	for name, c := range map[string]struct {
		steps        []way.Step
		marks        way.Facts
		done         []string
		change       func(*WayView)
		next, states string
	}{
		"nothing":                   {candidates, nil, nil, nil, "read-notice", "nlllllllllll"},
		"an e-mail is missing":      {candidates, way.Facts{"data": {Lacks: "way.lacks.email"}}, []string{"notices"}, nil, "complete", "dnllllllllll"},
		"not enrolled":              {candidates, nil, []string{"notices", "data"}, nil, "apply", "ddnoooolllll"},
		"no photo":                  {candidates, nil, []string{"notices", "data", "programme"}, nil, "bring-photo", "dddnooolllll"},
		"materials are missing":     {candidates, nil, []string{"notices", "data", "programme", "photo"}, func(v *WayView) { v.Confirm.Materials[0].State = enrolment.MaterialMissing }, "hand-in", "ddddnooollll"},
		"one material of its own":   {candidates, nil, []string{"notices", "data", "programme", "photo", "card"}, nil, "hand-one", "dddddnoollll"},
		"a material has lapsed":     {candidates, way.Facts{"card": {Problem: "way.mend.lapsed"}}, []string{"notices", "data", "programme", "photo"}, nil, "lapsed", "ddddpooollll"},
		"no earlier education":      {candidates, nil, []string{"notices", "data", "programme", "photo", "card", "bank"}, nil, "education", "ddddddnollll"},
		"online":                    {candidates, nil, some, nil, "online", "dddddddnllll"},
		"has a place":               {candidates, nil, some, func(v *WayView) { v.Confirm.Booked = &Appointment{Day: today, Venue: identity.Venue{Name: "大厅"}} }, "come", "dddddddnllll"},
		"must come":                 {candidates, nil, some, func(v *WayView) { v.State = identity.MustCome }, "book", "dddddddnllll"},
		"sent in":                   {candidates, way.Facts{"confirm": {Waits: way.Institution}}, some, nil, "await", "dddddddwllll"},
		"sent back for the photo":   {candidates, way.Facts{"confirm": {Problem: "way.mend.returned"}}, some, func(v *WayView) { v.Confirm.Reasons = []identity.Reason{"photo-quality"} }, "mend-photo", "dddddddpllll"},
		"two numbers":               {candidates, nil, there(), nil, "choose-number", "ddddddddnoll"},
		"no number yet":             {candidates, way.Facts{"ticket": {Waits: way.Institution}}, there("pay", "place", "exam"), nil, "ticket-waits", "ddddddddwddd"},
		"may pay":                   {candidates, nil, there("ticket"), nil, "pay-now", "dddddddddnll"},
		"waits for the place":       {candidates, nil, there("ticket", "pay"), nil, "venue-notice", "ddddddddddww"},
		"waits for the examination": {candidates, nil, there("ticket", "pay", "place"), nil, "exam-notice", "dddddddddddw"},
		"all is done":               {candidates, nil, there("ticket", "pay", "place", "exam"), nil, "all-done", "dddddddddddd"},
		"a learner, from the start": {learners, nil, nil, nil, "read", "nolllll" + "l"},
		"a learner without a photo": {learners, nil, []string{"notices"}, nil, "photo", "dnolllll"},
		"a learner who has to pay":  {learners, nil, []string{"notices", "photo", "enrol"}, nil, "pay", "dddnolol"},
		"a learner who studies":     {learners, nil, []string{"notices", "photo", "enrol", "pay"}, nil, "study", "ddddnlol"},
		"with drafts":               {learners, nil, []string{"notices", "photo", "enrol", "pay"}, func(v *WayView) { v.Standing.Lines = append(v.Standing.Lines, line(hours.Entered, 45, 0)) }, "submit", "ddddnlol"},
		"with drafts at home": {learners, nil, []string{"notices", "photo", "enrol", "pay"}, func(v *WayView) {
			v.AtHome, v.Standing.Lines = true, append(v.Standing.Lines, line(hours.Entered, 45, 0))
		}, "hand-over", "ddddnlol"},
		"to be confirmed at a desk": {learners, way.Facts{"review": {Waits: way.Institution}}, []string{"notices", "photo", "enrol", "pay", "study"}, nil, "confirm", "dddddwnl"},
		"waits for the review":      {learners, way.Facts{"review": {Waits: way.Institution}, "certificate": {Nothing: true}}, []string{"notices", "photo", "enrol", "pay", "study", "confirm"}, nil, "wait", "dddddwdl"},
		"may collect":               {learners, nil, []string{"notices", "photo", "enrol", "pay", "study", "review", "confirm"}, nil, "collect", "dddddddn"},
		"a learner who has it":      {learners, nil, []string{"notices", "photo", "enrol", "pay", "study", "review", "confirm", "certificate"}, nil, "done", "dddddddd"},
	} {
		v := WayView{Person: enrolled(line(hours.Accepted, 900, 0))}
		v.State = identity.PhotoReady
		if len(c.steps) == len(candidates) {
			v.Confirm = ConfirmView{There: true, Online: true, Tickets: true, Most: 3, Materials: []enrolment.MaterialStanding{{State: enrolment.MaterialMet}}}
		}
		v.Way = stood(c.steps, c.marks, c.done...)
		if c.change != nil {
			c.change(&v)
		}
		m := NewHomeWay(&wayfarer{view: v}, today, Now)
		states := ""
		for _, s := range m.Steps() {
			if s.More == "" || s.Key == "" {
				t.Errorf("%s: %s has no words", name, s.ID)
			}
			states += string(s.State[:1])
		}
		if got := m.Next(); got != c.next || states != c.states {
			t.Errorf("%s: got %s and %s, want %s and %s", name, got, states, c.next, c.states)
		}
		for _, f := range m.NextFigures() {
			if f == nil || f == "" {
				t.Errorf("%s: a figure is missing in %v", name, m.NextFigures())
			}
		}
	}
}

func TestADayThatAStepHasToBeDoneByIsRemembered(t *testing.T) {
	steps := []way.Step{{ID: "enrol", Word: way.Apply}, {ID: "confirm", Word: way.Confirm, Needs: []string{"enrol"}, By: way.By{WorkingDays: 3, From: "enrol"}}}
	v := WayView{Person: enrolled()}
	v.Way = stood(steps, way.Facts{"enrol": {Done: true, On: today}})
	for _, d := range NewHomeWay(&wayfarer{view: v}, today, Now).Dates() {
		if d.What == "home.date.step" {
			if d.Day != v.Way[1].By || d.DaysLeft < 3 || d.Figures[0] != "way.step.identity.confirm" {
				t.Errorf("got %+v", d)
			}
			return
		}
	}
	t.Error("the day is not there")
}

func TestTheMainButtonOfAFileDoesWhatComesNext(t *testing.T) {
	for name, c := range map[string]struct {
		stops []way.Stop
		want  StepAt
	}{
		"no steps":              {nil, ""},
		"the photo":             {stood(learners, nil, "notices"), AtPhoto},
		"the payment":           {stood(learners, nil, "notices", "photo", "enrol"), AtPayment},
		"studying is their own": {stood(learners, nil, "notices", "photo", "enrol", "pay"), ""},
		"a certificate":         {stood(learners, nil, "notices", "photo", "enrol", "pay", "study", "review", "confirm"), AtCertificate},
		"nothing is left":       {stood(learners, nil, "notices", "photo", "enrol", "pay", "study", "review", "confirm", "certificate"), ""},
		"one waits":             {stood(candidates, nil, "notices", "data", "programme", "photo", "card", "bank", "earlier", "confirm", "ticket", "pay", "place"), ""},
	} {
		if got := (&PersonFile{View: PersonView{Way: c.stops}}).NextStep(); got.At != c.want {
			t.Errorf("%s: got %+v, want %q", name, got, c.want)
		}
	}
	m := &PersonFile{View: PersonView{Way: stood(candidates, nil, "notices", "data", "programme", "photo", "card")}}
	if got := m.NextStep(); got != (FileStep{At: AtMaterials, Zh: "办卡", En: "Get the card", Named: true}) {
		t.Errorf("got %+v", got)
	}
}
