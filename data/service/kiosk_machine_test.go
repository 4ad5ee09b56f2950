package service_test

import (
	"bytes"
	"errors"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xuezheng/data/enrolment"
	"xuezheng/data/exchange"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/kiosk"
	"xuezheng/data/person"
	"xuezheng/data/picture"
	"xuezheng/data/portrait"
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

const pin = "246810"

var cheap = exchange.Cost{Passes: 1, Memory: 8, Lanes: 1}

// booth is an institution with a kiosk, and two people who booked a time at its venue.
type booth struct {
	*servicetest.Desk
	dir   string
	m     *kiosk.Machine
	kiosk id.Kiosk
	qing  person.Person
	na    person.Person
}

func newBooth(t *testing.T) *booth {
	t.Helper()
	b := &booth{Desk: exam(t), dir: t.TempDir()}
	b.qing = ready(t, b.Desk)
	b.na = b.Register(servicetest.Na())
	_, err := b.Identity.OfferPhoto(background, b.Who, b.na.ID, sample.Photo(5), image.Rectangle{}, service.NotLooked)
	b.Must(err)
	b.Must(b.Identity.SeePhoto(background, b.Who, b.qing.ID), b.Identity.SeePhoto(background, b.Who, b.na.ID))
	v, err := b.Venues.Put(background, b.Who, identity.Venue{Name: "襄阳市招生考试院", NameEn: "Xiangyang", District: "0601"})
	b.Must(err)
	slots, err := b.Venues.Plan(background, b.Who, v.ID, b.Today(), 23*60, 23*60+30, 30, 5)
	b.Must(err, b.Venues.Book(background, b.Who, b.qing.ID, slots[0].ID, ""), b.Venues.Book(background, b.Who, b.na.ID, slots[0].ID, ""))
	issuer, err := b.Certificates.ExportKey(background, b.Who)
	b.Must(err)
	cfg := kiosk.Config{Dir: b.dir, Name: "kiosk", Now: b.Config("").Now, Cost: cheap}
	introduction, err := kiosk.SetUp(cfg, kiosk.Setup{Name: "大厅一号", PIN: pin, Issuer: issuer})
	b.Must(err)
	k, err := b.Kiosks.Add(background, b.Who, introduction, v.ID)
	b.Must(err)
	b.kiosk = k.ID
	b.m, err = kiosk.Open(cfg)
	b.Must(err, b.m.Unlock(pin))
	t.Cleanup(b.m.Close)
	return b
}

// file is the day's file for the kiosk.
func (b *booth) file() []byte {
	var w bytes.Buffer
	_, err := b.Kiosks.Fill(background, b.Who, &w, b.kiosk, b.Today(), service.Filling{Cost: cheap})
	b.Must(err)
	return w.Bytes()
}

func (b *booth) load() {
	_, err := b.m.Load(b.file())
	b.Must(err)
}

// reopened is the kiosk after a power cut.
func (b *booth) reopened(t *testing.T) *kiosk.Machine {
	t.Helper()
	b.m.Close()
	m, err := kiosk.Open(kiosk.Config{Dir: b.dir, Name: "kiosk", Now: b.Config("").Now, Cost: cheap})
	b.Must(err)
	t.Cleanup(m.Close)
	b.m = m
	return m
}

// visit does what someone with a card does: card, picture.
func (b *booth) visit(t *testing.T, p person.Person, seed int64) *kiosk.Visit {
	t.Helper()
	v, err := b.m.ByNumber(p.Number)
	b.Must(err)
	v.Card(kiosk.Card{Number: p.Number, Name: p.Name, Valid: true})
	v.Agree(true)
	_, err = v.Look(lively(t, seed))
	b.Must(err)
	return v
}

// lively is what was recorded of faces that did what was asked.
func lively(t *testing.T, seeds ...int64) (r portrait.Recorded) {
	t.Helper()
	for _, seed := range seeds {
		r.Frames = append(r.Frames, encoded(t, picture.Sample(seed, 640, 480)))
	}
	return r
}

func TestAKioskConfirmsWhoItExpectsAndTheInstitutionTakesItIn(t *testing.T) {
	b := newBooth(t)
	b.load()
	code, err := b.Identity.SlipCode(background, b.Who, b.qing.ID)
	b.Must(err)
	v, err := b.m.BySlip(code)
	b.Must(err)
	seen := v.View()
	if seen.Name != b.qing.Name || seen.Slot != "23:00–23:30" || len(seen.Photo) == 0 || strings.Contains(seen.Masked, b.qing.Number[6:14]) || !seen.Agreed {
		t.Fatalf("the person sees %q %q %q", seen.Name, seen.Slot, seen.Masked)
	}
	v.Card(kiosk.Card{Number: b.qing.Number, Name: b.qing.Name, Valid: true})
	zone, err := v.Look(lively(t, 3, 3))
	b.Must(err)
	end, err := v.End()
	b.Must(err)
	if zone != identity.Alike || end.Outcome != identity.KioskConfirmed || !strings.HasPrefix(end.Ticket, "0601") {
		t.Fatalf("zone %s, end %+v", zone, end)
	}
	v.Forget()
	if _, err := b.m.BySlip(code); !errors.Is(err, kiosk.ErrDoneHere) {
		t.Errorf("a second visit: %v", err)
	}

	files, err := b.m.Export()
	b.Must(err)
	in, err := b.Kiosks.TakeIn(background, b.Who, files[0].Bytes)
	b.Must(err)
	if in.Confirmed != 1 || in.ToClerk+in.Known+in.Conflicts+in.Unread != 0 || len(in.Rows) != 1 || in.Rows[0].Name != b.qing.Name || in.Rows[0].Conflict != "" {
		t.Fatalf("taken in: %+v", in)
	}
	work, err := b.Kiosks.Work(background, b.Who, b.kiosk, 5)
	b.Must(err)
	if len(work.Days) != 1 || work.Days[0].Cases != 2 || work.Confirmed != 1 || work.ToClerk != 0 || work.Last.IsZero() {
		t.Errorf("what the kiosk did: %+v", work)
	}
	again, err := b.Kiosks.TakeIn(background, b.Who, files[0].Bytes)
	b.Must(err)
	if again.Known != 1 || again.Confirmed != 0 || len(again.Rows) != 0 {
		t.Errorf("taken in twice: %+v", again)
	}
	list, err := b.Tickets.Of(background, b.Who, b.qing.ID)
	b.Must(err)
	there, err := b.People.Show(background, b.Who, b.qing.ID)
	b.Must(err)
	if len(list) != 1 || list[0].Number != end.Ticket || list[0].State != enrolment.TicketActive || there.Person.State != identity.Confirmed {
		t.Errorf("numbers %+v, state %s", list, there.Person.State)
	}
}

func TestWhatTheDeskDecidedMeanwhileStands(t *testing.T) {
	b := newBooth(t)
	b.load()
	v, err := b.m.ByNumber(b.qing.Number)
	b.Must(err)
	end, err := v.Confirm(pin)
	b.Must(err)
	atDesk, err := b.Identity.ConfirmAt(background, b.Who, b.qing.ID, identity.Decision{Originals: []identity.Original{identity.ResidentCard}})
	b.Must(err)
	files, err := b.m.Export()
	b.Must(err)
	in, err := b.Kiosks.TakeIn(background, b.Who, files[0].Bytes)
	b.Must(err)
	if in.Conflicts != 1 || in.Confirmed != 0 || len(in.Rows) != 1 || in.Rows[0].Conflict != identity.ConflictDecided || in.Rows[0].Ticket != end.Ticket {
		t.Fatalf("taken in: %+v", in)
	}
	list, err := b.Tickets.Of(background, b.Who, b.qing.ID)
	b.Must(err)
	states := map[string]enrolment.TicketState{}
	for _, n := range list {
		states[n.Number] = n.State
	}
	if len(list) != 2 || states[atDesk] != enrolment.TicketActive || states[end.Ticket] != enrolment.TicketVoid {
		t.Errorf("numbers: %+v; the desk gave %s, the kiosk %s", list, atDesk, end.Ticket)
	}
}

func TestAKioskLeavesWhatItCannotDecideToAClerk(t *testing.T) {
	for name, try := range map[string]struct {
		do  func(t *testing.T, b *booth, v *kiosk.Visit)
		why string
	}{
		"the number was only typed": {func(t *testing.T, b *booth, v *kiosk.Visit) { v.Agree(true) }, "card-not-read"},
		"the card says another name": {func(t *testing.T, b *booth, v *kiosk.Visit) {
			v.Card(kiosk.Card{Number: b.na.Number, Name: "别人", Valid: true})
		}, "card-differs"},
		"the card is over": {func(t *testing.T, b *booth, v *kiosk.Visit) {
			v.Card(kiosk.Card{Number: b.na.Number, Name: b.na.Name})
		}, "card-not-valid"},
		"no faces are to be compared": {func(t *testing.T, b *booth, v *kiosk.Visit) {
			v.Card(kiosk.Card{Number: b.na.Number, Name: b.na.Name, Valid: true})
			v.Agree(false)
		}, "face-not-agreed"},
		"no picture was taken": {func(t *testing.T, b *booth, v *kiosk.Visit) {
			v.Card(kiosk.Card{Number: b.na.Number, Name: b.na.Name, Valid: true})
			v.Agree(true)
		}, "not-present"},
		"what was asked was not done": {func(t *testing.T, b *booth, v *kiosk.Visit) {
			v.Card(kiosk.Card{Number: b.na.Number, Name: b.na.Name, Valid: true})
			v.Agree(true)
			r := lively(t, 5, 5)
			r.Why = "time-over"
			_, err := v.Look(r)
			b.Must(err)
		}, "not-present"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBooth(t)
			b.load()
			v, err := b.m.ByNumber(b.na.Number)
			b.Must(err)
			try.do(t, b, v)
			end, err := v.End()
			b.Must(err)
			if end.Outcome != identity.KioskToClerk || end.Why != try.why || end.Ticket != "" {
				t.Fatalf("got %+v", end)
			}
			if _, err := v.Confirm("000000"); !errors.Is(err, kiosk.ErrPin) {
				t.Errorf("a wrong PIN: %v", err)
			}
			end, err = v.Confirm(pin) // the staff looks, and says so
			b.Must(err)
			if end.Outcome != identity.KioskConfirmed || end.Ticket == "" {
				t.Errorf("with the staff's word: %+v", end)
			}
		})
	}
}

func TestWithoutConsentAKioskComparesNothing(t *testing.T) {
	b := newBooth(t)
	b.load()
	v, err := b.m.ByNumber(b.na.Number)
	b.Must(err)
	if _, err := v.Look(lively(t, 5)); !errors.Is(err, identity.ErrNoFaceConsent) {
		t.Errorf("looked: %v", err)
	}
}

func TestNoNumberIsGivenTwiceThoughThePowerFails(t *testing.T) {
	b := newBooth(t)
	b.load()
	first, err := b.visit(t, b.qing, 3).End()
	b.Must(err)
	m := b.reopened(t)
	if _, err := m.ByNumber(b.na.Number); !errors.Is(err, kiosk.ErrLocked) {
		t.Fatalf("before the PIN: %v", err)
	}
	b.Must(m.Unlock(pin))
	if _, err := m.ByNumber(b.qing.Number); !errors.Is(err, kiosk.ErrDoneHere) {
		t.Errorf("after the power cut: %v", err)
	}
	second, err := b.visit(t, b.na, 5).End()
	b.Must(err)
	if first.Ticket == "" || second.Ticket == "" || first.Ticket == second.Ticket {
		t.Errorf("numbers %q and %q", first.Ticket, second.Ticket)
	}
	view, err := m.Day()
	b.Must(err)
	if view.Done != 2 || view.Waiting != 2 || view.Tickets != 0 {
		t.Errorf("the day: %+v", view)
	}
}

func TestNothingOfAPersonLiesOnTheKiosksDiskInClear(t *testing.T) {
	b := newBooth(t)
	b.load()
	live := encoded(t, picture.Sample(3, 640, 480))
	v := b.visit(t, b.qing, 3)
	photo := bytes.Clone(v.View().Photo)
	end, err := v.End()
	b.Must(err)
	v.Forget()
	if seen := v.View(); seen.Name != "" || seen.Photo != nil {
		t.Errorf("after the wipe it still knows %q", seen.Name)
	}
	if _, err := v.End(); !errors.Is(err, kiosk.ErrVisitOver) {
		t.Errorf("after the wipe: %v", err)
	}
	_, err = b.m.Export()
	b.Must(err)
	secrets := map[string][]byte{
		"name": []byte(b.qing.Name), "number": []byte(b.qing.Number), "another's number": []byte(b.na.Number), "person": []byte(b.qing.ID), "ticket": []byte(end.Ticket),
		"photo": photo[len(photo)/2 : len(photo)/2+64], "live picture": live[len(live)/2 : len(live)/2+64], "a JPEG": {0xff, 0xd8, 0xff, 0xe0}, "PIN": []byte(pin),
	}
	files := 0
	err = filepath.WalkDir(b.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		files++
		for what, secret := range secrets {
			if bytes.Contains(content, secret) {
				t.Errorf("%s holds the %s", filepath.Base(path), what)
			}
		}
		return err
	})
	b.Must(err)
	if files < 5 {
		t.Errorf("only %d files were looked at", files)
	}
}

func TestGuessingIsSlowedDown(t *testing.T) {
	b := newBooth(t)
	b.load()
	for range 5 {
		_, err := b.m.ByNumber("110101199003078515")
		b.Refused(err, kiosk.ErrNotExpected)
	}
	_, err := b.m.ByNumber(b.qing.Number)
	b.Refused(err, kiosk.ErrSlowDown)
	b.Clock.Set(b.Clock.Now().Add(16 * time.Second))
	_, err = b.m.ByNumber(b.qing.Number)
	b.Must(err)
}

func TestWrongPINsAreCountedOnTheDisk(t *testing.T) {
	b := newBooth(t)
	for range 5 {
		b.Refused(b.m.Unlock("111111"), kiosk.ErrPin)
	}
	m := b.reopened(t)
	b.Refused(m.Unlock(pin), kiosk.ErrPinWait)
	b.Clock.Set(b.Clock.Now().Add(61 * time.Second))
	b.Must(m.Unlock(pin), m.ChangePIN(pin, "13579135"))
	b.Refused(m.Unlock(pin), kiosk.ErrPin)
	b.Must(m.Unlock("13579135"))
}

func TestAKioskTakesOnlyItsOwnDayFromItsOwnInstitution(t *testing.T) {
	b, other := newBooth(t), newBooth(t)
	file := b.file()
	first, err := b.m.Load(file)
	b.Must(err)
	_, err = b.visit(t, b.qing, 3).End()
	b.Must(err)
	second, err := b.m.Load(file)
	b.Must(err)
	if first.Done != 0 || second.Done != 1 || second.Cases != 2 {
		t.Errorf("the same file again: %+v", second)
	}
	_, err = other.m.Load(file)
	b.Refused(err, exchange.ErrDayStranger)
	cut := file[:len(file)-1]
	_, err = b.m.Load(cut)
	b.Refused(err, exchange.ErrDayDamaged)
	b.Clock.Set(b.Clock.Now().AddDate(0, 0, 3))
	_, err = b.m.Load(file)
	b.Refused(err, kiosk.ErrOldDay)
}

func TestAKioskIsNotClearedWhileResultsWait(t *testing.T) {
	b := newBooth(t)
	b.load()
	_, err := b.visit(t, b.qing, 3).End()
	b.Must(err)
	b.Refused(b.m.Clear(false), kiosk.ErrNotExported)
	files, err := b.m.Export()
	b.Must(err, b.m.Clear(false))
	left, err := filepath.Glob(filepath.Join(b.dir, "kiosk-*"))
	b.Must(err)
	if len(left) > 0 || files[0].Results != 1 {
		t.Errorf("left %v, exported %d", left, files[0].Results)
	}
	_, err = b.m.ByNumber(b.na.Number)
	b.Refused(err, kiosk.ErrNoDay)
}

func TestResultsOfAnotherInstitutionsKioskAreNotTakenIn(t *testing.T) {
	b, other := newBooth(t), newBooth(t)
	b.load()
	other.load()
	_, err := b.visit(t, b.qing, 3).End()
	b.Must(err)
	files, err := b.m.Export()
	b.Must(err)
	_, err = other.Kiosks.TakeIn(background, other.Who, files[0].Bytes)
	b.Refused(err, service.ErrNoKiosk)
}

func TestAKioskIsSetUpOnlyWithWhatItNeeds(t *testing.T) {
	b := newBooth(t)
	issuer, err := b.Certificates.ExportKey(background, b.Who)
	b.Must(err)
	for name, try := range map[string]struct {
		up   kiosk.Setup
		want error
	}{
		"a short PIN":    {kiosk.Setup{Name: "一号", PIN: "12345", Issuer: issuer}, kiosk.ErrPinShape},
		"letters as PIN": {kiosk.Setup{Name: "一号", PIN: "12345a", Issuer: issuer}, kiosk.ErrPinShape},
		"no name":        {kiosk.Setup{Name: " ", PIN: pin, Issuer: issuer}, kiosk.ErrMachineName},
	} {
		if _, err := kiosk.SetUp(kiosk.Config{Dir: t.TempDir(), Cost: cheap}, try.up); !errors.Is(err, try.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := kiosk.SetUp(kiosk.Config{Dir: t.TempDir(), Cost: cheap}, kiosk.Setup{Name: "一号", PIN: pin, Issuer: []byte("{}")}); err == nil {
		t.Error("no key file, and no refusal")
	}
	if _, err := kiosk.SetUp(kiosk.Config{Dir: b.dir, Cost: cheap}, kiosk.Setup{Name: "一号", PIN: pin, Issuer: issuer}); !errors.Is(err, kiosk.ErrMachineHere) {
		t.Errorf("over another kiosk: %v", err)
	}
	if _, err := kiosk.Open(kiosk.Config{Dir: t.TempDir()}); !errors.Is(err, kiosk.ErrNoMachine) {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestTwoFilesOfOneDayGiveNobodyASecondNumber(t *testing.T) {
	b := newBooth(t)
	b.load()
	_, err := b.visit(t, b.qing, 3).End()
	b.Must(err)
	b.load()
	_, err = b.m.ByNumber(b.qing.Number)
	b.Refused(err, kiosk.ErrDoneHere)
	day, err := b.m.Day()
	b.Must(err)
	if day.Done != 1 {
		t.Errorf("done %d", day.Done)
	}
}

func TestOnlyTodaysFileIsServed(t *testing.T) {
	b := newBooth(t)
	b.load()
	b.Clock.Set(b.Clock.Now().AddDate(0, 0, 1))
	_, err := b.m.ByNumber(b.qing.Number)
	b.Refused(err, kiosk.ErrOldDay)
}

func TestNoNumberIsGivenTwiceThoughTheKiosksStateIsLost(t *testing.T) {
	b := newBooth(t)
	b.load()
	first, err := b.visit(t, b.qing, 3).End()
	b.Must(err)
	states, err := filepath.Glob(filepath.Join(b.dir, "kiosk-state-*"))
	b.Must(err)
	for _, s := range states {
		b.Must(os.Remove(s))
	}
	b.Must(b.reopened(t).Unlock(pin))
	second, err := b.visit(t, b.na, 5).End()
	b.Must(err)
	if second.Ticket == "" || second.Ticket == first.Ticket {
		t.Errorf("numbers %q and %q", first.Ticket, second.Ticket)
	}
}

func TestNobodyWaitsForAClockThatWasAheadOnce(t *testing.T) {
	b := newBooth(t)
	now := b.Clock.Now()
	b.Clock.Set(now.AddDate(1, 0, 0))
	for range 5 {
		b.Refused(b.m.Unlock("111111"), kiosk.ErrPin)
	}
	b.Clock.Set(now)
	b.Refused(b.m.Unlock(pin), kiosk.ErrPinWait)
	b.Clock.Set(now.Add(61 * time.Second))
	b.Must(b.m.Unlock(pin))
}
