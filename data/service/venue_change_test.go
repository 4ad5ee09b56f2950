package service_test

import (
	"bytes"
	"testing"

	"xuezheng/data/identity"
	"xuezheng/data/service/servicetest"
)

// hall is a desk with a venue of one slot tomorrow, and how many places of it are left.
func hall(t *testing.T, room int) (d *servicetest.Desk, v identity.Venue, slot identity.Slot, left func() int) {
	d = servicetest.Open(t)
	v, err := d.Venues.Put(ctx, d.Who, identity.Venue{Name: "南湖确认点"})
	d.Must(err)
	tomorrow := d.Today().AddDays(1)
	slots, err := d.Venues.Plan(ctx, d.Who, v.ID, tomorrow, 540, 570, 30, room)
	d.Must(err)
	return d, v, slots[0], func() int {
		list, err := d.Venues.Slots(ctx, d.Who, v.ID, tomorrow, tomorrow)
		d.Must(err)
		return list[0].Left()
	}
}

func TestWhoIsDeletedLeavesTheirPlaceToOthers(t *testing.T) {
	d, _, slot, left := hall(t, 1)
	qing, na := d.Register(servicetest.Qing()), d.Register(servicetest.Na())
	d.Must(d.Venues.Book(ctx, d.Who, qing.ID, slot.ID, ""))
	d.Refused(d.Venues.Book(ctx, d.Who, na.ID, slot.ID, ""), identity.ErrSlotFull)
	d.Must(d.People.Delete(ctx, d.Who, qing.ID))
	if left() != 1 {
		t.Errorf("%d places left, want 1", left())
	}
	d.Must(d.Venues.Book(ctx, d.Who, na.ID, slot.ID, ""), d.Venues.Cancel(ctx, d.Who, na.ID), d.Venues.Book(ctx, d.Who, na.ID, slot.ID, ""))
	if left() != 0 {
		t.Errorf("%d places left, want none", left())
	}
}

func TestAVenueWherePeopleHavePlacesIsNotClosedWithoutASecondWord(t *testing.T) {
	d, v, slot, left := hall(t, 5)
	qing, na := d.Register(servicetest.Qing()), d.Register(servicetest.Na())
	d.Must(d.Venues.Book(ctx, d.Who, qing.ID, slot.ID, ""), d.Venues.Book(ctx, d.Who, na.ID, slot.ID, ""))
	v.Closed = true
	_, err := d.Venues.Put(ctx, d.Who, v)
	d.Refused(err, identity.ErrPlacesHeld)
	held, err := d.Venues.Held(ctx, d.Who, v.ID)
	d.Must(err)
	if len(held) != 2 || held[0].Name != qing.Name || held[0].Phone != servicetest.Qing().Phone || held[0].Slot.ID != slot.ID || left() != 3 {
		t.Fatalf("held %+v, %d left", held, left())
	}
	_, err = d.Venues.Close(ctx, d.Who, v)
	d.Must(err)
	if a, found, err := d.Venues.Of(ctx, d.Who, qing.ID); err != nil || found {
		t.Errorf("still has %+v, %v", a, err)
	}
	if left() != 5 {
		t.Errorf("%d places left", left())
	}
	d.Refused(d.Venues.Book(ctx, d.Who, qing.ID, slot.ID, ""), identity.ErrVenueClosed)
	toTell(t, d, v, qing.Name, na.Name)
	lost, found, err := d.Venues.Lost(ctx, d.Who, qing.ID)
	if err != nil || !found || lost.Venue.Name != v.Name {
		t.Errorf("lost %+v, %v, %v", lost, found, err)
	}
	// Whoever has another place needs no word any more, nor who is confirmed, nor anybody once the day is over.
	other, err := d.Venues.Put(ctx, d.Who, identity.Venue{Name: "东站确认点"})
	d.Must(err)
	slots, err := d.Venues.Plan(ctx, d.Who, other.ID, slot.Day, 540, 570, 30, 1)
	d.Must(err, d.Venues.Book(ctx, d.Who, qing.ID, slots[0].ID, ""))
	toTell(t, d, v, na.Name)
	if _, found, err := d.Venues.Lost(ctx, d.Who, qing.ID); err != nil || found {
		t.Errorf("lost still, %v", err)
	}
	d.Clock.Set(servicetest.Start.AddDate(0, 0, 2))
	toTell(t, d, v)
}

// toTell looks at who is to be told that they lost their places, and at the spreadsheet of them.
func toTell(t *testing.T, d *servicetest.Desk, v identity.Venue, names ...string) {
	t.Helper()
	list, err := d.Venues.ToTell(ctx, d.Who, v.ID)
	d.Must(err)
	var got []string
	for _, x := range list {
		got = append(got, x.Name)
	}
	if len(got) != len(names) {
		t.Fatalf("to tell: got %v, want %v", got, names)
	}
	for i := range names {
		if got[i] != names[i] {
			t.Errorf("to tell: got %v, want %v", got, names)
		}
	}
	var b bytes.Buffer
	d.Must(d.Venues.WriteTold(&b, v.Name, list, "zh"))
	if b.Len() == 0 {
		t.Error("the spreadsheet is empty")
	}
}

// TestAVenueIsNotClosedOverSomebodyWhoBooksAtOnce closes a venue at one desk while people book at the
// other: nobody keeps a place at a closed venue without a word.
func TestAVenueIsNotClosedOverSomebodyWhoBooksAtOnce(t *testing.T) {
	front, back, who, numbers := bothDesks(t)
	for _, number := range numbers[:8] {
		v, err := front.Venues.Put(ctx, front.Who, identity.Venue{Name: "确认点 " + number[14:]})
		front.Must(err)
		slots, err := front.Venues.Plan(ctx, front.Who, v.ID, front.Today().AddDays(1), 540, 570, 30, 5)
		front.Must(err)
		p, err := front.People.ByNumber(ctx, front.Who, number)
		front.Must(err)
		v.Closed = true
		closed, booked := atOnce(func() error { _, err := front.Venues.Put(ctx, front.Who, v); return err },
			func() error { return back.Venues.Book(ctx, who, p.ID, slots[0].ID, "") })
		if (closed == nil) == (booked == nil) {
			t.Errorf("closed %v, booked %v", closed, booked)
		}
		if _, found, err := front.Venues.Of(ctx, front.Who, p.ID); err != nil || found != (booked == nil) {
			t.Errorf("has a place: %v, %v", found, err)
		}
	}
}
