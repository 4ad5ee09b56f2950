package service_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	"os"
	"path/filepath"
	"slices"
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
	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/sign"
)

// liar is a kiosk that is known to the institution, and says what it likes.
type liar struct {
	*booth
	key    sign.Private
	secret string
	by     sign.Public // the institution's
	header exchange.DayHeader
	n      int
}

func newLiar(t *testing.T) *liar {
	t.Helper()
	l := &liar{booth: newBooth(t)}
	secret, recipient, err := exchange.NewKioskKeys()
	l.Must(err)
	l.key, err = sign.NewKey()
	l.Must(err)
	venues, err := l.Venues.List(background, l.Who)
	l.Must(err)
	introduction, err := json.Marshal(exchange.KioskIntroduction{Kind: "xuezheng kiosk 1", ID: id.New[id.Kiosk](), Name: "大厅一号", Recipient: recipient, Key: l.key.Public().DID()})
	l.Must(err)
	k, err := l.Kiosks.Add(background, l.Who, introduction, venues[0].ID)
	l.Must(err)
	l.kiosk = k.ID
	issuer, err := l.Certificates.ExportKey(background, l.Who)
	l.Must(err)
	trusted, err := sign.ParsePublic(issuer)
	l.Must(err)
	by, err := sign.ParseDID(trusted.DID)
	l.Must(err)
	l.secret, l.by = secret, by
	l.header = l.opened()
	return l
}

// opened is the head of one more file for this kiosk.
func (l *liar) opened() exchange.DayHeader {
	d, err := exchange.OpenDay(l.file(), l.secret, l.by)
	l.Must(err)
	return d.Header
}

// visitSum is what a kiosk signs of a visit, written down once more.
func visitSum(d id.Bundle, r exchange.DayResult) []byte {
	sum := sha256.Sum256([]byte("xuezheng visit 1\x00" + string(d) + "\x00" + r.ID + "\x00" + r.Case + "\x00" + string(r.Body)))
	return sum[:]
}

// third is somebody who has no place at the venue.
func (l *liar) third() person.Person {
	return l.Register(person.Form{Name: "王美", Number: "110101199003078515", Phone: "13800000001"})
}

// says is a file of results, signed as the kiosk signs.
func (l *liar) says(list ...exchange.KioskResult) []byte {
	var sealed [][]byte
	for _, x := range list {
		body, err := json.Marshal(x)
		l.Must(err)
		r := exchange.DayResult{ID: string(id.New[id.Bundle]()), Case: string(x.Person), Body: body}
		r.Body = append(l.key.Sign(visitSum(l.header.ID, r)), body...)
		entry, err := exchange.SealResult(r, l.header.SealTo)
		l.Must(err)
		sealed = append(sealed, exchange.ReadJournal(entry)...)
	}
	l.n++
	var w bytes.Buffer
	h := exchange.ResultHeader{ID: id.New[id.Bundle](), Kiosk: l.kiosk, Day: l.header.ID, Sequence: l.n, Made: l.Clock.Now()}
	l.Must(exchange.WriteResults(&w, h, sealed, l.key, l.header.SealTo))
	return w.Bytes()
}

func (l *liar) taken(t *testing.T, list ...exchange.KioskResult) service.TakenIn {
	t.Helper()
	in, err := l.Kiosks.TakeIn(background, l.Who, l.says(list...))
	l.Must(err)
	return in
}

// good is what a kiosk says of somebody who was confirmed.
func (l *liar) good(p person.Person) exchange.KioskResult {
	ticket := l.header.Tickets[0]
	if p.ID != l.qing.ID {
		ticket = l.header.Tickets[1]
	}
	photo, err := l.Identity.Photo(background, l.Who, p.ID)
	l.Must(err)
	sum, agreed := sha256.Sum256(photo), true
	return exchange.KioskResult{
		Person: p.ID, Outcome: identity.KioskConfirmed, At: l.Clock.Now(), CardRead: true, CardAgrees: true, CardValid: true, Photo: hex.EncodeToString(sum[:]), FaceAgreed: &agreed, Present: true, Distance: 0.3, Zone: identity.Alike, Ticket: ticket,
	}
}

func (l *liar) state(p person.Person) identity.State {
	there, err := l.People.Show(background, l.Who, p.ID)
	l.Must(err)
	return there.Person.State
}

func TestWhoWritesOnAKiosksDiskConfirmsNobody(t *testing.T) {
	b := newBooth(t)
	b.load()
	v, err := b.m.ByNumber(b.na.Number)
	b.Must(err)
	_, err = v.End() // sent to a clerk: it notes to whom results are sealed
	b.Must(err)
	notes, err := filepath.Glob(filepath.Join(b.dir, "kiosk-to-*"))
	b.Must(err)
	note, err := os.ReadFile(notes[0])
	b.Must(err)
	at := bytes.Index(note, []byte("age1"))
	to := string(note[at : at+62])
	body, err := json.Marshal(exchange.KioskResult{Person: b.qing.ID, Outcome: identity.KioskConfirmed, At: b.Clock.Now(), Staff: true})
	b.Must(err)
	for _, forged := range [][]byte{body, append(make([]byte, 64), body...)} {
		entry, err := exchange.SealResult(exchange.DayResult{ID: string(id.New[id.Bundle]()), Case: string(b.qing.ID), Body: forged}, to)
		b.Must(err)
		journals, err := filepath.Glob(filepath.Join(b.dir, "kiosk-results-*"))
		b.Must(err)
		f, err := os.OpenFile(journals[0], os.O_APPEND|os.O_WRONLY, 0o600)
		b.Must(err)
		_, err = f.Write(entry)
		b.Must(err, f.Close())
	}
	files, err := b.m.Export()
	b.Must(err)
	in, err := b.Kiosks.TakeIn(background, b.Who, files[0].Bytes)
	b.Must(err)
	if in.Unread != 2 || in.Confirmed != 0 || in.ToClerk != 1 {
		t.Errorf("taken in: %+v", in)
	}
}

func TestWhoWritesOnAKiosksDiskChoosesNeitherIssuerNorRecipient(t *testing.T) {
	b, other := newBooth(t), newBooth(t)
	b.load()
	_, err := b.visit(t, b.qing, 3).End()
	b.Must(err)
	about := filepath.Join(b.dir, "kiosk.json")
	mine, err := os.ReadFile(about)
	b.Must(err)
	theirs, err := other.Certificates.ExportKey(background, other.Who)
	b.Must(err)
	var doc, key map[string]any
	b.Must(json.Unmarshal(mine, &doc), json.Unmarshal(theirs, &key))
	doc["issuer"] = key
	swapped, err := json.Marshal(doc)
	b.Must(err)
	b.m.Close()
	b.Must(os.WriteFile(about, swapped, 0o600))
	m := b.reopened(t)
	b.Must(m.Unlock(pin))
	if _, err := m.Day(); err != nil {
		t.Errorf("its own day is no longer taken: %v", err)
	}

	_, recipient, err := exchange.NewKioskKeys()
	b.Must(err)
	notes, err := filepath.Glob(filepath.Join(b.dir, "kiosk-to-*"))
	b.Must(err)
	note, err := os.ReadFile(notes[0])
	b.Must(err)
	at := strings.Index(string(note), "age1")
	copy(note[at:], recipient)
	b.Must(os.WriteFile(notes[0], note, 0o600), os.Remove(filepath.Join(b.dir, "kiosk-day.bin")))
	m = b.reopened(t)
	b.Must(m.Unlock(pin))
	_, err = m.Export()
	b.Refused(err, kiosk.ErrMachineFile)
}

func TestAKioskIsBelievedOnlyWhatItMayDecide(t *testing.T) {
	l := newLiar(t)
	stranger := l.third()
	for name, c := range map[string]struct {
		change func(*exchange.KioskResult)
		want   identity.KioskConflict
	}{
		"somebody who was never expected there": {func(r *exchange.KioskResult) { r.Person = stranger.ID }, identity.ConflictStranger},
		"nobody looked at the card":             {func(r *exchange.KioskResult) { r.CardRead = false }, identity.ConflictRule},
		"the faces are for a clerk to look at":  {func(r *exchange.KioskResult) { r.Zone = identity.Look }, identity.ConflictRule},
		"nobody did what was asked":             {func(r *exchange.KioskResult) { r.Present = false }, identity.ConflictRule},
	} {
		x := l.good(l.na)
		c.change(&x)
		in := l.taken(t, x)
		if in.Conflicts != 1 || in.Confirmed != 0 || in.Rows[0].Conflict != c.want {
			t.Errorf("%s: %+v", name, in)
		}
	}
	if l.state(l.na) == identity.Confirmed || l.state(stranger) == identity.Confirmed {
		t.Error("somebody was confirmed")
	}
}

func TestWhatWasDecidedAfterTheKioskStands(t *testing.T) {
	l := newLiar(t)
	x := l.good(l.na)
	l.Clock.Set(l.Clock.Now().Add(time.Minute))
	l.Must(l.Identity.SendBack(background, l.Who, l.na.ID, []identity.Reason{"photo-quality"}, ""))
	_, err := l.Identity.OfferPhoto(background, l.Who, l.na.ID, sample.Photo(5), image.Rectangle{}, service.NotLooked)
	l.Must(err)
	if in := l.taken(t, x); in.Conflicts != 1 || in.Rows[0].Conflict != identity.ConflictDecided || l.state(l.na) == identity.Confirmed {
		t.Errorf("%+v, state %s", in, l.state(l.na))
	}
}

func TestAKiosksClockAheadDecidesNothingInTheFuture(t *testing.T) {
	l := newLiar(t)
	x := l.good(l.na)
	x.At = l.Clock.Now().AddDate(1, 0, 0)
	l.taken(t, x)
	there, err := l.People.Show(background, l.Who, l.na.ID)
	l.Must(err)
	if len(there.Decisions) != 1 || there.Decisions[0].At.After(l.Clock.Now()) || there.Decisions[0].By != "" || there.Decisions[0].Machine != "大厅一号" {
		t.Errorf("decided %+v", there.Decisions)
	}
}

func TestAClosedKioskGetsNothingAndBringsNothing(t *testing.T) {
	l := newLiar(t)
	file := l.says(l.good(l.na))
	l.Must(l.Kiosks.Close(background, l.Who, l.kiosk))
	_, err := l.Kiosks.TakeIn(background, l.Who, file)
	l.Refused(err, service.ErrKioskClosed)
	_, err = l.Kiosks.Fill(background, l.Who, &bytes.Buffer{}, l.kiosk, l.Today(), service.Filling{Cost: cheap})
	l.Refused(err, service.ErrKioskClosed)
	l.Refused(l.Kiosks.Close(background, l.Who, l.kiosk), service.ErrKioskClosed)
}

func TestOneNumberIsNeverTwoPeoples(t *testing.T) {
	l := newLiar(t)
	first, second := l.good(l.qing), l.good(l.na)
	second.Ticket = first.Ticket
	in := l.taken(t, first, second)
	if in.Confirmed != 2 || in.Conflicts != 1 || in.Rows[0].Conflict != "" || in.Rows[1].Conflict != identity.ConflictNumber {
		t.Fatalf("%+v", in)
	}
	one, err := l.Tickets.Of(background, l.Who, l.qing.ID)
	l.Must(err)
	other, err := l.Tickets.Of(background, l.Who, l.na.ID)
	l.Must(err)
	if len(one) != 1 || one[0].Number != first.Ticket || len(other) != 1 || other[0].Number == first.Ticket || other[0].Number != in.Rows[1].Ticket || other[0].State != enrolment.TicketActive {
		t.Errorf("%+v and %+v; told %q", one, other, in.Rows[1].Ticket)
	}
}

func TestANumberThatIsNotTheKiosksHoldsUpNoOtherResult(t *testing.T) {
	l := newLiar(t)
	for _, number := range []string{"1", "nonsense", "060126999999"} {
		x := l.good(l.na)
		if x.Ticket = number; number != "1" {
			x.At = x.At.Add(-time.Second)
		}
		in := l.taken(t, x, l.good(l.qing))
		if len(in.Rows) != 2 || in.Rows[0].Conflict == "" {
			t.Errorf("%s: %+v", number, in)
		}
	}
	if l.state(l.qing) != identity.Confirmed || l.state(l.na) != identity.Confirmed {
		t.Error("not confirmed")
	}
}

func TestTwoKiosksOfOneNameHaveNumbersOfTheirOwn(t *testing.T) {
	l := newLiar(t) // named as the booth's own kiosk is
	blocks, err := l.Tickets.Blocks(background, l.Who)
	l.Must(err)
	for _, b := range blocks {
		if b.Desk == "大厅一号" {
			t.Errorf("a block is a kiosk's by its name: %+v", b)
		}
	}
}

func TestAKioskGetsNoNumberThatIsKnownAlready(t *testing.T) {
	l := newLiar(t)
	pack, err := l.Policy.First()
	l.Must(err)
	district, year, seq, ok := pack.Tickets.Format.Reads(l.header.Tickets[1])
	next, err := pack.Tickets.Format.Number(district, year, seq+1)
	l.Must(err)
	next = enrolment.PlainTicket(next)
	_, err = l.Tickets.Declare(background, l.Who, l.third().ID, next, district)
	l.Must(err)
	again := l.opened()
	if !ok || len(again.Tickets) != 2 || slices.Contains(again.Tickets, next) {
		t.Errorf("numbers %v, though %s is somebody's", again.Tickets, next)
	}
}

func TestLivePicturesAreKeptOnlyWhileThePersonAgrees(t *testing.T) {
	l := newLiar(t)
	no, yes := false, true
	live := encoded(t, picture.Sample(3, 640, 480))
	refused, agreed := l.good(l.qing), l.good(l.na) // the first agreed at the desk, the other never
	refused.FaceAgreed, refused.Live = &no, [][]byte{live}
	agreed.FaceAgreed, agreed.Live = &yes, [][]byte{live, live}
	l.taken(t, refused, agreed)
	for p, want := range map[id.Person]string{l.qing.ID: "", l.na.ID: "kiosk-live kiosk-live-1"} {
		file, err := l.People.Show(background, l.Who, p)
		l.Must(err)
		var kinds []string
		for _, m := range file.Pictures {
			if strings.HasPrefix(m.Kind, "kiosk-") {
				kinds = append(kinds, m.Kind)
			}
		}
		slices.Sort(kinds)
		if got := strings.Join(kinds, " "); got != want {
			t.Errorf("kept %q, not %q", got, want)
		}
	}
}
