package device

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.bug.st/serial"

	"xuezheng/data/identity"
)

// hasty is a pace for tests; what must not happen in them would take a minute.
var hasty = Pace{Poll: time.Microsecond, Answer: time.Minute, Text: time.Minute, Tries: 3, Lifted: 3}

// soon is hasty with little patience for answers that never come.
func soon() Pace {
	p := hasty
	p.Answer, p.Text = 5*time.Millisecond, 5*time.Millisecond
	return p
}

// with lays a resident's card on the reader.
func with(t *testing.T, s *SimReader) *SimReader {
	t.Helper()
	if err := s.Put(SimCards()[0]); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestACardOfEveryKindIsReadFromTheReader(t *testing.T) {
	for _, want := range SimCards() {
		sim := &SimReader{}
		if err := sim.Put(want); err != nil {
			t.Fatal(err)
		}
		got, err := sim.Open(hasty).Read(t.Context())
		if err != nil || got.Card != want || len(got.Photo) != photoBytes {
			t.Errorf("%s: got %+v, %v", want.Kind, got.Card, err)
		}
	}
}

func TestWhatAReaderPutsUpWith(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time goes by only while everyone waits
		for name, sim := range map[string]*SimReader{
			"noise before every answer":     {Noise: []byte{0xff, 0xaa, 0xaa, 0x96}},
			"noise with a head in it":       {Noise: []byte{0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3}},
			"byte by byte":                  {Split: 1},
			"cut in the head, with noise":   {Split: 3, Noise: []byte{0xaa}},
			"no card at first":              {NoCard: 25},
			"two wrong check bytes":         {WrongSums: 2},
			"a card that moved twice":       {Moved: 2},
			"everything at once":            {Noise: []byte{0x69}, Split: 7, NoCard: 3, WrongSums: 2, Moved: 2, Shows: true},
			"a reader that shows it always": {Shows: true},
		} {
			photo := bytes.Repeat([]byte{0x57, 0x4c, 0x66, 0}, photoBytes/4)
			text, _ := SimCards()[0].Text()
			if err := sim.PutRaw(text, photo); err != nil {
				t.Fatal(err)
			}
			got, err := sim.Open(hasty).Read(t.Context())
			if err != nil || got.Card != SimCards()[0] || !bytes.Equal(got.Photo, photo) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	})
}

func TestWhyNoCardWasRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time goes by only while everyone waits
		for name, c := range map[string]struct {
			sim  *SimReader
			pace Pace
			want error
		}{
			"wrong check bytes again and again":  {&SimReader{WrongSums: 3}, hasty, ErrReaderNoise},
			"a card that moves again and again":  {&SimReader{Moved: 3}, hasty, ErrCardMoved},
			"a card that was taken away":         {&SimReader{Moved: 1, Gone: true}, hasty, ErrCardMoved},
			"a reader without authority":         {&SimReader{Refuse: 0x66}, hasty, ErrNoAuthority},
			"another kind of card":               {&SimReader{Refuse: 0x40}, hasty, ErrOtherCard},
			"an answer that nobody knows":        {&SimReader{Refuse: 0x24}, hasty, ErrReaderAnswer},
			"a reader that doesn't know us":      {&SimReader{Refuse: 0x11}, hasty, ErrReaderNoise},
			"an answer to something else":        {&SimReader{Refuse: 0x31}, soon(), ErrReaderAnswer},
			"nothing answers":                    {&SimReader{Silent: true}, soon(), ErrReaderSilent},
			"another machine talks on this port": {&SimReader{WrongSums: 9, Noise: []byte("$GPGGA,")}, hasty, ErrReaderNoise},
		} {
			_, err := with(t, c.sim).Open(c.pace).Read(t.Context())
			if !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", name, err, c.want)
			}
			if err != nil && (strings.Contains(err.Error(), "4501") || strings.Contains(err.Error(), "韦")) {
				t.Errorf("%s: the card stands in its error", name)
			}
		}
	})
}

// talker is a line on which something talks that is no reader.
type talker struct{ simLine }

func (talker) Write(b []byte) (int, error) { return len(b), nil }
func (talker) Read(b []byte) (int, error)  { return copy(b, "$GPGGA,1235"), nil }

func TestWhatIsNoReaderIsNotHeardForEver(t *testing.T) {
	talking := hasty
	talking.Answer = 100 * time.Millisecond // it talks without a pause, and is heard at least once in that
	r := newReader(&talker{}, talking)
	if _, err := r.Read(t.Context()); !errors.Is(err, ErrReaderNoise) {
		t.Errorf("got %v", err)
	}
	if cap(r.frames.buf) > 4096 {
		t.Errorf("%d bytes of noise are kept", cap(r.frames.buf))
	}
}

func TestEveryStatusHasItsMeaning(t *testing.T) {
	for s, want := range map[status]error{0x90: nil, 0x9f: nil, 0x80: ErrCardMoved, 0x81: ErrCardMoved, 0x41: ErrCardMoved, 0x31: ErrCardRefused,
		0x32: ErrCardRefused, 0x33: ErrCardRefused, 0x40: ErrOtherCard, 0x66: ErrNoAuthority, 0x21: ErrReaderAnswer, 0x60: ErrReaderAnswer} {
		if got := (answer{status: s}).fault(); !errors.Is(got, want) {
			t.Errorf("%v: got %v, want %v", s, got, want)
		}
	}
	if got := (answer{status: 0x0a}).fault().Error(); !strings.Contains(got, "0A") {
		t.Errorf("got %s, want the status in it", got)
	}
}

func TestACardWithSomethingElseOnItIsRefused(t *testing.T) {
	sim := &SimReader{}
	text, _ := SimCards()[0].Text()
	text[30] = '2' // a woman's sex beside a man's number
	if err := sim.PutRaw(text, make([]byte, photoBytes)); err != nil {
		t.Fatal(err)
	}
	if _, err := sim.Open(hasty).Read(t.Context()); !errors.Is(err, identity.ErrCardDisagrees) {
		t.Errorf("got %v", err)
	}
}

func TestTheSameCardIsNotReadTwiceUntilItIsLifted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time goes by only while everyone waits
		for name, shows := range map[string]bool{"a reader that shows it once": false, "a reader that shows it always": true} {
			sim := with(t, &SimReader{Shows: shows})
			r := sim.Open(hasty)
			if _, err := r.Next(t.Context()); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if _, err := r.Next(before(t, 20*time.Millisecond)); !errors.Is(err, ErrNoCard) {
				t.Errorf("%s: the same card again: got %v", name, err)
			}
			sim.Lift()
			if _, err := r.Next(before(t, 20*time.Millisecond)); !errors.Is(err, ErrNoCard) {
				t.Errorf("%s: no card: got %v", name, err)
			}
			with(t, sim)
			if got, err := r.Next(t.Context()); err != nil || got.Card != SimCards()[0] {
				t.Errorf("%s: put down again: got %v", name, err)
			}
		}
	})
}

func before(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func TestAnotherCardIsReadHoweverQuicklyItIsSwapped(t *testing.T) {
	sim := with(t, &SimReader{Shows: true})
	r := sim.Open(hasty)
	if _, err := r.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := sim.Put(SimCards()[1]); err != nil {
		t.Fatal(err)
	}
	if got, err := r.Next(t.Context()); err != nil || got.Card != SimCards()[1] {
		t.Errorf("got %v", err)
	}
}

func TestACardThatFlickersIsStillTheSame(t *testing.T) {
	sim := with(t, &SimReader{Shows: true})
	r := sim.Open(hasty)
	if _, err := r.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		sim.NoCard = hasty.Lifted - 1
		for range hasty.Lifted {
			if _, err := r.once(t.Context(), false); !errors.Is(err, errNothing) {
				t.Fatalf("got %v", err)
			}
		}
	}
	sim.NoCard = hasty.Lifted
	if _, err := r.Next(t.Context()); err != nil {
		t.Errorf("after it was lifted: %v", err)
	}
}

func TestTheSameCardIsReadAgainWhenAsked(t *testing.T) {
	r := with(t, &SimReader{Shows: true}).Open(hasty)
	for range 3 {
		if _, err := r.Read(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWaitingEndsWhenSomeoneGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time goes by only while everyone waits
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		r := (&SimReader{}).Open(DefaultPace)
		if _, err := r.Read(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("given up before: got %v", err)
		}
		ended := make(chan error)
		ctx, cancel = context.WithCancel(t.Context())
		go func() {
			_, err := r.Read(ctx)
			ended <- err
		}()
		if _, err := r.Read(before(t, time.Millisecond)); !errors.Is(err, ErrNoCard) {
			t.Errorf("no card in time: got %v", err)
		}
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("given up while waiting: got %v", err)
		}
	})
}

func TestClosingEndsWhatIsWaiting(t *testing.T) {
	r := (&SimReader{}).Open(DefaultPace)
	ended := make(chan error)
	go func() {
		_, err := r.Next(context.Background())
		ended <- err
	}()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, ErrReaderGone) {
		t.Errorf("got %v", err)
	}
	if err := r.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if _, err := r.Read(t.Context()); !errors.Is(err, ErrReaderGone) {
		t.Errorf("read after closing: got %v", err)
	}
}

func TestALateAnswerIsNotTakenForAnother(t *testing.T) {
	text, _ := SimCards()[0].Text()
	late := answer{statusFine, append(append([]byte{1, 0, 4, 0}, text...), make([]byte, photoBytes)...)}
	r := with(t, &SimReader{Noise: frameOf(late.body())}).Open(hasty)
	found, err := r.find(t.Context())
	if err != nil || !found {
		t.Errorf("got %v, %v", found, err)
	}
	if _, err := r.ask(t.Context(), cmdSelect); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestWhyAPortWillNotOpen(t *testing.T) {
	for name, c := range map[string]struct{ err, want error }{
		"another program has it": {&serial.PortError{}, ErrPortBusy},
		"this login may not":     {fs.ErrPermission, ErrPortDenied},
		"it is not there":        {fs.ErrNotExist, ErrNoPort},
	} {
		if got := portFault(c.err); !errors.Is(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestHalfACardIsNoAnswer(t *testing.T) {
	for name, data := range map[string][]byte{
		"too short":     make([]byte, 1283),
		"no lengths":    make([]byte, 1284),
		"a short text":  append([]byte{0, 255, 4, 0}, make([]byte, 1280)...),
		"a short photo": append([]byte{1, 0, 3, 255}, make([]byte, 1280)...),
		"a finger too":  append([]byte{1, 0, 4, 0}, make([]byte, 1281)...),
	} {
		if _, _, ok := (answer{statusFine, data}).cut(); ok {
			t.Errorf("%s is taken for a card", name)
		}
	}
}

func TestTheModuleSaysItsNumber(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time goes by only while everyone waits
		got, err := (&SimReader{Noise: []byte{0xaa}}).Open(hasty).Module(t.Context())
		if want := "05.03-20091109-0000012345-0000000001"; err != nil || got != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
		if _, err := (&SimReader{Silent: true}).Open(soon()).Module(t.Context()); !errors.Is(err, ErrReaderSilent) {
			t.Errorf("nothing answers: got %v", err)
		}
		if _, err := (&SimReader{Silent: true}).Open(hasty).Module(before(t, time.Millisecond)); !errors.Is(err, ErrReaderSilent) {
			t.Errorf("time is up: got %v", err)
		}
	})
}

func TestTheSimulatedReaderKnowsTheRules(t *testing.T) {
	for name, c := range map[string]struct {
		sent []command
		want status
	}{
		"chosen before it was found": {[]command{cmdSelect}, statusNotChosen},
		"read before it was chosen":  {[]command{cmdFind, cmdRead}, statusNotRead},
		"read twice":                 {[]command{cmdFind, cmdSelect, cmdRead, cmdRead}, statusFine},
		"found after it was read":    {[]command{cmdFind, cmdSelect, cmdRead, cmdFind}, statusNone},
		"an unknown command":         {[]command{{0x99, 1}}, statusUnknown},
	} {
		sim := with(t, &SimReader{})
		var last answer
		for _, cmd := range c.sent {
			last = sim.obey(cmd[:])
		}
		if last.status != c.want {
			t.Errorf("%s: got %v, want %v", name, last.status, c.want)
		}
	}
	if a := (&SimReader{}).obey([]byte{1, 2, 3}); a.status != statusLength {
		t.Errorf("a long command: got %v", a.status)
	}
	if err := (&SimReader{}).PutRaw(nil, nil); !errors.Is(err, ErrNoSuchCard) {
		t.Errorf("no card at all: got %v", err)
	}
	if err := (&SimReader{}).Put(identity.Card{}); !errors.Is(err, ErrNoSuchCard) {
		t.Errorf("an empty card: got %v", err)
	}
}
