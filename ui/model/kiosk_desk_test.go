package model

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// stall is an office with kiosks.
type stall struct {
	rows  []KioskRow
	did   []string
	taken []KioskTaken
	err   error
}

func (s *stall) note(what ...any) error {
	if s.err == nil {
		s.did = append(s.did, fmt.Sprint(what...))
	}
	return s.err
}

func (s *stall) Kiosks() ([]KioskRow, error) { return s.rows, nil }
func (s *stall) Venues() ([]identity.Venue, error) {
	return []identity.Venue{{ID: "v", Name: "大厅"}, {ID: "w", Name: "旧址", Closed: true}}, nil
}
func (s *stall) AddKiosk(b []byte, v id.Venue) error { return s.note("add ", string(b), " ", v) }
func (s *stall) CloseKiosk(k id.Kiosk) error         { return s.note("close ", k) }
func (s *stall) ExpectedAt(_ id.Venue, on day.Date) (int, error) {
	if on == day.MustNew(2026, 11, 23) {
		return 6, nil
	}
	return 0, nil
}
func (s *stall) FillKiosk(_ context.Context, k id.Kiosk, on day.Date, report func(int, int)) ([]byte, int, error) {
	report(3, 6)
	return []byte("sealed"), 6, s.note("fill ", k, " ", on)
}
func (s *stall) TakeIn(b []byte) (KioskTaken, error) {
	if s.err != nil {
		return KioskTaken{}, s.err
	}
	t := s.taken[0]
	s.taken = s.taken[1:]
	return t, s.note("take ", string(b))
}

func kiosksOf(s *stall, h *hands) *KioskDesk {
	return NewKioskDesk(s, h, true, day.MustNew(2026, 11, 23), nil)
}

func TestAKioskIsFilledForADayOnWhichSomebodyIsExpected(t *testing.T) {
	s := &stall{rows: []KioskRow{{ID: "k1", Name: "一号", Venue: "v"}}}
	h := &hands{}
	m := kiosksOf(s, h)
	m.On.Set("2026-11-24")
	if m.CanFill() {
		t.Error("a list of nobody can be made")
	}
	m.On.Set("明天")
	if m.Expected != -1 || m.CanFill() {
		t.Error("a list of no day can be made")
	}
	m.On.Set("2026-11-23")
	m.Fill()
	if !slices.Equal(s.did, []string{"fill k1 2026-11-23"}) || m.Filled == "" || m.Cases != 6 {
		t.Errorf("did %v, filled %q", s.did, m.Filled)
	}
}

func TestResultsTakenInTwiceSaySo(t *testing.T) {
	s := &stall{rows: []KioskRow{{ID: "k1"}}, taken: []KioskTaken{{Confirmed: 2, Rows: make([]KioskTakenRow, 2)}, {Known: 2}}}
	m := kiosksOf(s, &hands{})
	m.Take(File{Name: "r.xzk", Bytes: []byte("r")}, nil)
	first := *m.Taken
	m.Take(File{Name: "r.xzk", Bytes: []byte("r")}, nil)
	if first.Confirmed != 2 || m.Taken.Confirmed != 0 || m.Taken.Known != 2 || len(m.Taken.Rows) != 0 {
		t.Errorf("first %+v, then %+v", first, *m.Taken)
	}
	s.err = &fault.Fault{Kind: fault.Refused, Key: "kiosk.file"}
	m.Take(File{Name: "photo.jpg"}, nil)
	if m.Problem() == nil || m.Taken != nil {
		t.Error("what is no result is not refused, or the last ones still stand there")
	}
}

func TestAKioskIsMadeKnownByItsFileAndItsVenue(t *testing.T) {
	s := &stall{}
	m := kiosksOf(s, &hands{chosen: File{Name: "kiosk.json", Bytes: []byte("{}")}})
	m.Add()
	if len(m.New.Venue.Options()) != 1 || m.New.Venue.Value() != "v" {
		t.Errorf("venues to choose: %v", m.New.Venue.Options())
	}
	if m.New.CanSave() {
		t.Error("without a file")
	}
	m.Take(File{Name: "kiosk.json", Bytes: []byte("{1}")}, errors.New("unread"))
	m.Take(File{Name: "kiosk.json", Bytes: []byte("{2}")}, nil)
	m.New.Save()
	if !slices.Equal(s.did, []string{"add {2} v"}) || m.New != nil {
		t.Errorf("did %v", s.did)
	}
}

func TestAKioskIsTakenOutOfUseAfterAQuestion(t *testing.T) {
	s := &stall{rows: []KioskRow{{ID: "k1", Name: "一号", Venue: "v"}}}
	m := kiosksOf(s, &hands{})
	m.Retire()
	if m.Question() == nil || len(s.did) != 0 {
		t.Fatalf("did %v unasked", s.did)
	}
	m.Yes()
	if !slices.Equal(s.did, []string{"close k1"}) {
		t.Errorf("did %v", s.did)
	}
	m.May = false
	if m.Retire(); m.Question() != nil {
		t.Error("somebody who may not is asked")
	}
}

func TestWhatBecameOfAVisitIsSeenAtAGlance(t *testing.T) {
	for name, c := range map[string]struct {
		row  KioskTakenRow
		mark KioskMark
		key  string
		said []any
	}{
		"confirmed":                      {KioskTakenRow{Outcome: KioskConfirmed, Ticket: "060026005037"}, KioskDone, "", []any{"0600 2600 5037"}},
		"sent to a clerk":                {KioskTakenRow{Outcome: "to-clerk", Why: "identity.kiosk-why.face-look"}, KioskAtDesk, "identity.kiosk-why.face-look", nil},
		"without effect":                 {KioskTakenRow{Outcome: KioskConfirmed, Conflict: "kiosk.conflict.decided", Ticket: "060026005037"}, KioskConflict, "kiosk.conflict.decided", nil},
		"confirmed under another number": {KioskTakenRow{Outcome: KioskConfirmed, Conflict: "kiosk.conflict.number", Renumbered: true, Ticket: "060026005037"}, KioskRenumbered, "kiosk.conflict.number", []any{"0600 2600 5037"}},
	} {
		if mark, key, said := MarkOf(c.row); mark != c.mark || key != c.key || !slices.Equal(said, c.said) {
			t.Errorf("%s: %s, %q %q", name, mark, key, said)
		}
	}
	got := Counts(KioskTaken{Unread: 1, Known: 2})
	if want := []KioskCount{{"confirmed", 0}, {"unread", 1}, {"known", 2}}; !slices.Equal(got, want) {
		t.Errorf("counts: %v", got)
	}
}
