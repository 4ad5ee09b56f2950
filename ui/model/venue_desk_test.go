package model

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// hallOf is an office with venues.
type hallOf struct {
	venues []identity.Venue
	day    VenueDay
	held   []ToldRow
	did    []string
	err    error
}

func (h *hallOf) note(what ...any) error {
	if h.err == nil {
		h.did = append(h.did, fmt.Sprint(what...))
	}
	return h.err
}

func (h *hallOf) Venues() ([]identity.Venue, error) { return h.venues, nil }
func (h *hallOf) PutVenue(v identity.Venue) (identity.Venue, error) {
	if v.ID == "" {
		v.ID = id.Venue("new")
		h.venues = append(h.venues, v)
	}
	return v, h.note("put ", v.Name, " ", v.Closed)
}
func (h *hallOf) Held(id.Venue) ([]ToldRow, error) { return h.held, nil }
func (h *hallOf) CloseVenue(v identity.Venue) (identity.Venue, error) {
	h.day.ToTell, h.held = h.held, nil
	return v, h.note("close ", v.Name)
}
func (h *hallOf) DrawToTell(v identity.Venue) ([]byte, error) { return []byte(v.Name), h.err }
func (h *hallOf) PlanSlots(v id.Venue, on day.Date, from, to, minutes, room int) error {
	return h.note("plan ", v, " ", on, " ", from, " ", to, " ", minutes, " ", room)
}
func (h *hallOf) VenueDay(id.Venue, day.Date) (VenueDay, error) { return h.day, nil }
func (h *hallOf) BookSlot(p id.Person, s id.Slot) error         { return h.note("book ", p, " ", s) }
func (h *hallOf) CancelSlot(p id.Person) error                  { return h.note("cancel ", p) }
func (h *hallOf) Find(q string, _ int) ([]PersonRow, error) {
	return []PersonRow{{ID: "p9", Name: q}}, nil
}

var venueToday = day.MustNew(2026, 11, 23)

func oneHall() *hallOf {
	first := identity.Slot{ID: "s1", Venue: "v", Day: venueToday, From: 510, To: 540, Room: 2, Taken: 2}
	second := identity.Slot{ID: "s2", Venue: "v", Day: venueToday, From: 540, To: 570, Room: 2, Taken: 1}
	return &hallOf{venues: []identity.Venue{{ID: "v", Name: "大厅"}, {ID: "w", Name: "助学点"}}, day: VenueDay{
		Slots: []identity.Slot{first, second},
		Expected: []ExpectedRow{
			{Person: "p1", Name: "甲", State: identity.Confirmed, Slot: first, Came: true},
			{Person: "p2", Name: "乙", State: identity.MustCome, Slot: first, Late: true},
			{Person: "p3", Name: "丙", State: identity.PhotoReady, Slot: second},
		},
	}}
}

func TestADayAtAVenueIsCountedAndFiltered(t *testing.T) {
	m := NewVenueDesk(oneHall(), &hands{}, "", true, venueToday, nil)
	if v, ok := m.Venue(); !ok || v.Name != "大厅" {
		t.Fatalf("at %+v", v)
	}
	for f, want := range map[VenueFilter]int{AllExpected: 3, StillToCome: 2, LateOnes: 1, CameToday: 1} {
		m.Show(f)
		if m.Count(f) != want || len(m.Listed()) != want {
			t.Errorf("%s: %d counted, %d listed, want %d", f, m.Count(f), len(m.Listed()), want)
		}
	}
	m.Go(3)
	m.Go(1)
	if m.On != venueToday.AddDays(4) {
		t.Errorf("on %s", m.On)
	}
	m.GoToday()
	if m.On != venueToday {
		t.Errorf("on %s", m.On)
	}
}

func TestAPlaceIsGivenByTypingANameAndTakenBackAfterAQuestion(t *testing.T) {
	h := oneHall()
	m := NewVenueDesk(h, &hands{}, "v", false, venueToday, nil)
	m.Who.Set("丁")
	m.BookFirst()
	if len(h.did) != 0 {
		t.Fatal("booked without a slot")
	}
	m.Look("s2")
	if len(m.InSlot()) != 1 || m.InSlot()[0].Name != "丙" {
		t.Errorf("in the slot: %+v", m.InSlot())
	}
	m.Who.Set("丁")
	m.BookFirst()
	m.Cancel(m.InSlot()[0])
	if len(h.did) != 1 || m.Question() == nil {
		t.Fatalf("did %v", h.did)
	}
	m.Yes()
	if !slices.Equal(h.did, []string{"book p9 s2", "cancel p3"}) || m.Said != "venue.cancelled" {
		t.Errorf("did %v, said %s", h.did, m.Said)
	}
	h.err = identity.ErrSlotFull
	m.Who.Set("戊")
	m.BookFirst()
	if !errors.Is(m.Problem(), identity.ErrSlotFull) || m.Who.Empty() {
		t.Errorf("problem %v", m.Problem())
	}
}

func TestAVenueIsAddedAndChanged(t *testing.T) {
	h := oneHall()
	m := NewVenueDesk(h, &hands{}, "", true, venueToday, nil)
	m.Change()
	if m.Form.New || m.Form.Name.Value() != "大厅" {
		t.Fatalf("form %+v", m.Form.Name.Value())
	}
	m.Form.Closed.Set(true)
	m.Form.Save()
	m.Add()
	if m.Form.CanSave() {
		t.Error("a venue without a name can be saved")
	}
	m.Form.Name.Set("樊城点")
	m.Form.Save()
	if !slices.Equal(h.did, []string{"put 大厅 true", "put 樊城点 false"}) || m.At.Value() != "new" || m.Form != nil {
		t.Errorf("did %v, at %s", h.did, m.At.Value())
	}
}

func TestClosingAVenueAsksAboutThosePeopleWhoHavePlaces(t *testing.T) {
	h, files := oneHall(), &hands{}
	m := NewVenueDesk(h, files, "v", true, venueToday, nil)
	h.held = []ToldRow{{Person: "p3", Name: "丙", Phone: "13877146021", Slot: h.day.Slots[1]}}
	m.Change()
	m.Form.Closed.Set(true)
	m.Form.Save()
	q := m.Question()
	if q == nil || q.Key != "venue.close-ask" || fmt.Sprint(q.Figures) != "[1 大厅 2026-11-23 2026-11-23]" || len(h.did) != 0 {
		t.Fatalf("did %v, question %+v", h.did, q)
	}
	m.No()
	if len(h.did) != 0 || m.Form == nil {
		t.Fatalf("after no: did %v", h.did)
	}
	m.Form.Save()
	m.Yes()
	if !slices.Equal(h.did, []string{"close 大厅"}) || m.Form != nil || len(m.Day.ToTell) != 1 {
		t.Fatalf("did %v, to tell %v", h.did, m.Day.ToTell)
	}
	m.KeepToTell()
	if string(files.kept["to-tell-2026-11-23.xlsx"]) != "大厅" || m.Kept == "" {
		t.Errorf("kept %v", files.kept)
	}
}

func TestADayIsDividedIntoSlots(t *testing.T) {
	h := oneHall()
	m := NewVenueDesk(h, &hands{}, "", false, venueToday, nil)
	m.OpenPlan()
	p := m.Plan
	p.From.Set("8点")
	p.To.Set("12：00")
	if slots, _ := p.Makes(); slots != 0 {
		t.Errorf("%d slots from what can't be read", slots)
	}
	p.Save()
	if len(h.did) != 0 || !errors.Is(p.From.Refusal(), ErrNotAClock) || p.To.Refusal() != nil {
		t.Fatalf("did %v, refused %v", h.did, p.From.Refusal())
	}
	p.From.Set("8:30")
	p.Minutes.Set("20")
	p.Room.Set("4")
	if slots, places := p.Makes(); slots != 10 || places != 40 {
		t.Errorf("makes %d and %d", slots, places)
	}
	p.Save()
	if !slices.Equal(h.did, []string{"plan v 2026-11-23 510 720 20 4"}) || m.Plan != nil {
		t.Errorf("did %v", h.did)
	}
}

func TestTimesOfDayAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]int{"8:30": 510, "08：30": 510, "830": 510, "0830": 510, "9": 540, "17.45": 1065, "24:00": 1440, " 9 : 05": 545} {
		if got, ok := ParseClock(text); !ok || got != want {
			t.Errorf("%q: got %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "九点", "25:00", "9:60", "-1:00", "9:-5", "24:01", "12345678901234567890"} {
		if got, ok := ParseClock(text); ok {
			t.Errorf("%q: got %d", text, got)
		}
	}
}
