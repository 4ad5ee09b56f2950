package model

import (
	"errors"
	"slices"
	"testing"

	"xuezheng/data/hours"
	"xuezheng/data/id"
)

type oracle struct {
	added   []string
	planned []hours.Entry
	err     error
}

func (o *oracle) WhatIf(_ id.Person, _ id.Enrolment, added []string, planned []hours.Entry) (hours.Standing, bool, error) {
	o.added, o.planned = added, planned
	done := 20 * 2700
	for _, e := range planned {
		done += e.Seconds
	}
	return hours.Standing{Progress: []hours.Progress{{Needed: 60 * 2700 * (1 + len(added)), Done: done}}}, done >= 60*2700, o.err
}

func TestWhatIfShowsWhatCoursesAndSpecialtiesWouldChange(t *testing.T) {
	o := &oracle{}
	m := NewHoursWhatIf(o, enrolled(), []string{"建筑工程", "机电工程", "公路工程"}, today, Now)
	if len(m.Offered) != 1 || m.Offered[0] != "公路工程" || m.Gain() != 0 || m.Lacking() != 40*2700 {
		t.Fatalf("offered %v, gain %d, lacking %d", m.Offered, m.Gain(), m.Lacking())
	}
	m.Added[0].Set(true)
	if len(m.Specialty.Options()) != 3 || m.Lacking() != 100*2700 {
		t.Errorf("%d specialties, lacking %d", len(m.Specialty.Options()), m.Lacking())
	}
	m.Added[0].Set(false)
	m.Hours.Set("40")
	m.Plan()
	if !m.Ready || m.Gain() != 40*2700 || !m.Hours.Empty() || o.planned[0].Kind != hours.Elective || o.planned[0].Seconds != 40*2700 {
		t.Errorf("ready %v, gain %d, planned %+v", m.Ready, m.Gain(), o.planned)
	}
	m.Drop(7)
	m.Drop(0)
	if len(o.planned) != 0 || m.Ready {
		t.Errorf("planned %v", o.planned)
	}
}

func TestWhatMayNotBeStudiedIsNotPlanned(t *testing.T) {
	o := &oracle{}
	m := NewHoursWhatIf(o, enrolled(), nil, today, Now)
	m.Plan()
	m.Hours.Set("很多")
	m.Plan()
	if !errors.Is(m.Hours.Refusal(), hours.ErrNotAnAmount) || len(m.Planned) != 0 {
		t.Errorf("refused with %v", m.Hours.Refusal())
	}
	o.err = hours.ErrAddedRequired
	m.Hours.Set("8")
	m.Plan()
	if len(m.Planned) != 0 || !errors.Is(m.Problem(), hours.ErrAddedRequired) || m.Hours.Empty() {
		t.Errorf("planned %v, problem %v", m.Planned, m.Problem())
	}
}

func TestWhatTryingOutComesTo(t *testing.T) {
	needs := func(done, waiting int) hours.Standing {
		return hours.Standing{Progress: []hours.Progress{{Needed: 60 * 2700, Done: done * 2700, Accepted: (done - waiting) * 2700, InReview: waiting * 2700}}}
	}
	planned := []hours.Entry{{Seconds: 2700}}
	for name, c := range map[string]struct {
		m       HoursWhatIf
		want    WhatIfAnswer
		amounts []int
	}{
		"not tried yet":                       {HoursWhatIf{After: needs(60, 0), Ready: true}, WhatIfUntried, nil},
		"ready":                               {HoursWhatIf{Tried: true, Ready: true, After: needs(60, 0)}, WhatIfReady, nil},
		"full, and some is still in review":   {HoursWhatIf{Tried: true, After: needs(60, 20)}, WhatIfFull, []int{20 * 2700}},
		"lacking, and nothing is planned":     {HoursWhatIf{Tried: true, After: needs(20, 0)}, WhatIfLacking, []int{40 * 2700}},
		"what is planned would bring so much": {HoursWhatIf{Tried: true, Planned: planned, Person: PersonView{Standing: needs(20, 0)}, After: needs(30, 0)}, WhatIfGains, []int{10 * 2700, 30 * 2700}},
	} {
		if got, amounts := c.m.Answer(); got != c.want || !slices.Equal(amounts, c.amounts) {
			t.Errorf("%s: %q %v", name, got, amounts)
		}
	}
}
