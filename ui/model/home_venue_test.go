package model

import (
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// hall has venues for tests.
type hall struct {
	view   VenueView
	slots  map[id.Venue][]identity.Slot
	booked []id.Slot
	gone   int
}

func (h *hall) Venue() (VenueView, error) { return h.view, nil }
func (h *hall) Slots(v id.Venue, _, _ day.Date) ([]identity.Slot, error) {
	return h.slots[v], nil
}
func (h *hall) BookSlot(s id.Slot) error {
	h.booked = append(h.booked, s)
	h.view.Booked = &Appointment{Venue: h.view.Venues[1], Day: today.AddDays(1), From: 540, To: 570}
	return nil
}
func (h *hall) CancelSlot() error     { h.gone++; h.view.Booked = nil; return nil }
func (h *hall) Slip() ([]byte, error) { return []byte("%PDF"), nil }

func twoVenues() *hall {
	slot := func(n string, d, from, room, taken int) identity.Slot {
		return identity.Slot{ID: id.Slot(n), Day: today.AddDays(d), From: from, To: from + 30, Room: room, Taken: taken}
	}
	return &hall{view: VenueView{State: identity.PhotoReady, Venues: []identity.Venue{{ID: "empty", Name: "甲"}, {ID: "open", Name: "乙"}, {ID: "shut", Closed: true}}},
		slots: map[id.Venue][]identity.Slot{"open": {slot("full", 0, 540, 1, 1), slot("a", 1, 540, 2, 1), slot("b", 1, 570, 3, 0), slot("c", 2, 540, 1, 0)}}}
}

func TestAPlaceIsBookedWhereSomethingIsFree(t *testing.T) {
	h := twoVenues()
	m := NewHomeVenue(h, &hands{}, today, Now)
	if m.Chosen.ID != "open" || len(m.View.Venues) != 2 || m.Day != today.AddDays(1) {
		t.Fatalf("at %s on %v, %d venues", m.Chosen.ID, m.Day, len(m.View.Venues))
	}
	if days := m.Days(); len(days) != 2 || days[0].Left != 4 || len(m.Free()) != 2 {
		t.Fatalf("days %+v, times %+v", m.Days(), m.Free())
	}
	m.Book()
	m.ChooseSlot(h.slots["open"][0]) // full
	if m.CanBook() || len(h.booked) > 0 {
		t.Fatal("a full slot may be booked")
	}
	m.ChooseSlot(m.Free()[1])
	m.Book()
	if len(h.booked) != 1 || h.booked[0] != "b" || m.View.Booked == nil || m.CanBook() {
		t.Fatalf("booked %v", h.booked)
	}
	m.ChooseSlot(m.Free()[0])
	if m.CanBook() {
		t.Error("a second place may be booked")
	}
	m.Cancel()
	if m.Question() == nil || h.gone > 0 {
		t.Fatal("cancelling was not asked about")
	}
	m.Yes()
	if h.gone != 1 || m.View.Booked != nil {
		t.Errorf("cancelled %d times", h.gone)
	}
	m.ChooseDay(today.AddDays(2))
	if len(m.Free()) != 1 || m.Slot.ID != "" {
		t.Errorf("times %+v", m.Free())
	}
}

func TestTheSlipIsForWhoIsNotConfirmed(t *testing.T) {
	h, files := twoVenues(), &hands{}
	m := NewHomeVenue(h, files, today, Now)
	m.Slip("slip.pdf")
	if m.Kept == "" {
		t.Error("no slip was kept")
	}
	h.view.State = identity.Confirmed
	m = NewHomeVenue(h, files, today, Now)
	if m.Slip("slip.pdf"); !m.Confirmed() || m.Kept != "" {
		t.Error("a slip for someone who is confirmed")
	}
}

func TestWhereNothingIsFreeTheFirstVenueIsShown(t *testing.T) {
	h := twoVenues()
	h.slots = nil
	if m := NewHomeVenue(h, &hands{}, today, Now); m.Chosen.ID != "empty" || !m.Known || len(m.Days()) > 0 {
		t.Errorf("at %s", m.Chosen.ID)
	}
	h.view.Venues = nil
	if m := NewHomeVenue(h, &hands{}, today, Now); !m.Loaded || m.Chosen.ID != "" {
		t.Error("a venue that is not there")
	}
}
