package enrolment

import (
	"errors"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/id"
)

var guangxi = Rules{
	Programme: "second-class-constructor", Specialties: []string{"建筑工程", "公路工程", "机电工程", "市政公用工程"},
	PeriodYears: 3, MaxAdded: 2, NeedsNotices: true, WindowMonths: 6,
}

var from = day.MustNew(2025, 3, 1)

func application(change ...func(*Application)) Application {
	a := Application{Person: id.New[id.Person](), Programme: guangxi.Programme, Main: "建筑工程", From: from}
	for _, c := range change {
		c(&a)
	}
	return a
}

func TestWhoMayJoin(t *testing.T) {
	last := day.MustNew(2028, 2, 29)
	earlier := Enrolment{State: Active, Application: Application{Programme: guangxi.Programme, From: day.MustNew(2022, 3, 1), To: day.MustNew(2025, 2, 28)}}
	running := Enrolment{State: Active, Application: Application{Programme: guangxi.Programme, From: day.MustNew(2022, 3, 2), To: day.MustNew(2025, 3, 1)}}
	cancelled, other := running, running
	cancelled.State, other.Programme = Cancelled, "another"
	for name, c := range map[string]struct {
		change func(*Application)
		others []Enrolment
		want   error
	}{
		"the plain case":                          {func(*Application) {}, nil, nil},
		"with two added specialties":              {func(a *Application) { a.Added = []string{"公路工程", "机电工程"} }, nil, nil},
		"the period's last day given":             {func(a *Application) { a.To = last }, nil, nil},
		"a shorter period":                        {func(a *Application) { a.To = from }, nil, nil},
		"one day more than three years":           {func(a *Application) { a.To = last.AddDays(1) }, nil, ErrPeriodLength},
		"ending before it begins":                 {func(a *Application) { a.To = from.AddDays(-1) }, nil, ErrPeriodLength},
		"no registration date":                    {func(a *Application) { a.From = 0 }, nil, ErrNoPeriod},
		"another programme":                       {func(a *Application) { a.Programme = "x" }, nil, ErrUnknownProgramme},
		"no main specialty":                       {func(a *Application) { a.Main = "" }, nil, ErrNoMain},
		"a main specialty nobody teaches":         {func(a *Application) { a.Main = "航天工程" }, nil, ErrUnknownSpecialty},
		"an added specialty nobody teaches":       {func(a *Application) { a.Added = []string{"航天工程"} }, nil, ErrUnknownSpecialty},
		"the main one added":                      {func(a *Application) { a.Added = []string{"建筑工程"} }, nil, ErrAddedIsMain},
		"one added twice":                         {func(a *Application) { a.Added = []string{"公路工程", "公路工程"} }, nil, ErrAddedTwice},
		"more added than the pack allows":         {func(a *Application) { a.Added = []string{"公路工程", "机电工程", "市政公用工程"} }, nil, ErrTooManyAdded},
		"the former period ended the day before":  {func(*Application) {}, []Enrolment{earlier}, nil},
		"the former period has one day in common": {func(*Application) {}, []Enrolment{running}, ErrOverlap},
		"the overlapping one is cancelled":        {func(*Application) {}, []Enrolment{cancelled}, nil},
		"the overlapping one is another's":        {func(*Application) {}, []Enrolment{other}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			a := application(c.change)
			e, err := guangxi.Apply(a, c.others)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err == nil && (e.ID == "" || e.State != Active || e.Person != a.Person || e.To.IsZero() || e.To.After(last)) {
				t.Errorf("got %+v", e)
			}
		})
	}
}

func TestARegistrationIsValidForThreeYearsItsLastDayIncluded(t *testing.T) {
	for _, c := range []struct{ from, to day.Date }{
		{day.MustNew(2025, 3, 1), day.MustNew(2028, 2, 29)},
		{day.MustNew(2024, 2, 29), day.MustNew(2027, 2, 28)},
		{day.MustNew(2025, 1, 1), day.MustNew(2027, 12, 31)},
	} {
		e, err := guangxi.Apply(application(func(a *Application) { a.From = c.from }), nil)
		if err != nil || e.To != c.to {
			t.Errorf("from %v: got %v, %v; want %v", c.from, e.To, err, c.to)
		}
	}
}

func TestASpecialtyIsAddedLater(t *testing.T) {
	e, err := guangxi.Apply(application(), nil)
	if err != nil {
		t.Fatal(err)
	}
	more, err := guangxi.Add(e, "公路工程")
	if err != nil || len(more.Added) != 1 || more.Version != e.Version+1 || len(e.Added) != 0 {
		t.Errorf("got %+v, %v", more, err)
	}
	if _, err := guangxi.Add(more, "公路工程"); !errors.Is(err, ErrAddedTwice) {
		t.Errorf("again: got %v", err)
	}
	if _, err := guangxi.Add(more, "建筑工程"); !errors.Is(err, ErrAddedIsMain) {
		t.Errorf("the main one: got %v", err)
	}
	if err := e.Cancel(); err != nil || e.State != Cancelled {
		t.Fatalf("got %s, %v", e.State, err)
	}
	if _, err := guangxi.Add(e, "公路工程"); !errors.Is(err, ErrCancelled) {
		t.Errorf("to a cancelled one: got %v", err)
	}
	if err := e.Cancel(); !errors.Is(err, ErrCancelled) {
		t.Errorf("cancelled twice: got %v", err)
	}
}
