//go:build unix

package device

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/creack/pty"
)

// plug puts a simulated reader behind a real serial port, as far as the system can tell, and
// returns the port's name and how to unplug it.
func plug(t *testing.T, sim *SimReader) (port string, unplug func()) {
	t.Helper()
	far, near, err := pty.Open()
	if err != nil {
		t.Skipf("this machine has no pseudo terminals: %v", err)
	}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = sim.Serve(far)
	}()
	t.Cleanup(func() {
		far.Close()
		near.Close()
		<-served
	})
	return near.Name(), func() { far.Close() }
}

func open(t *testing.T, port string, pace Pace) *Reader {
	t.Helper()
	r, err := OpenReader(port, pace)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestACardIsReadOverASerialPort(t *testing.T) {
	for name, sim := range map[string]*SimReader{
		"a reader as it should be": {},
		"noise":                    {Noise: []byte{0, 0xff, 0x0d, 0x11, 0x13, 0xaa, 0xaa, 0x96}},
		"split writes":             {Split: 11, Noise: []byte{0xaa}},
		"no card at first":         {NoCard: 5},
		"wrong check bytes":        {WrongSums: 2},
		"a card that moved":        {Moved: 1},
	} {
		port, _ := plug(t, sim)
		r := open(t, port, hasty)
		for _, want := range SimCards() {
			if err := sim.Put(want); err != nil {
				t.Fatal(err)
			}
			if got, err := r.Next(t.Context()); err != nil || got.Card != want || len(got.Photo) != photoBytes {
				t.Errorf("%s, %s: got %+v, %v", name, want.Kind, got.Card, err)
			}
		}
	}
}

func TestFaultsOverASerialPort(t *testing.T) {
	impatient := soon()
	impatient.Answer = 2 * moment
	for name, c := range map[string]struct {
		sim  *SimReader
		pace Pace
		want error
	}{
		"nothing answers":   {&SimReader{Silent: true}, impatient, ErrReaderSilent},
		"always damaged":    {&SimReader{WrongSums: 99}, hasty, ErrReaderNoise},
		"not authorised":    {&SimReader{Refuse: 0x66}, hasty, ErrNoAuthority},
		"a card that moves": {&SimReader{Moved: 99}, hasty, ErrCardMoved},
	} {
		port, _ := plug(t, with(t, c.sim))
		if _, err := open(t, port, c.pace).Read(t.Context()); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	port, _ := plug(t, &SimReader{})
	if _, err := open(t, port, hasty).Read(before(t, 20*time.Millisecond)); !errors.Is(err, ErrNoCard) {
		t.Errorf("no card: got %v", err)
	}
}

func TestAReaderThatIsUnpluggedSaysSo(t *testing.T) {
	sim := with(t, &SimReader{})
	port, unplug := plug(t, sim)
	r := open(t, port, hasty)
	if _, err := r.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() {
		_, err := r.Next(t.Context())
		ended <- err
	}()
	unplug()
	if err := <-ended; !errors.Is(err, ErrReaderGone) {
		t.Errorf("got %v", err)
	}
}

func TestTheModuleSaysItsNumberOverASerialPort(t *testing.T) {
	port, _ := plug(t, &SimReader{})
	if got, err := open(t, port, hasty).Module(t.Context()); err != nil || got != "05.03-20091109-0000012345-0000000001" {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestAPortThatIsNoneIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, port := range map[string]string{"no name": "", "nothing of that name": file + "-not", "a file": file} {
		if r, err := OpenReader(port, hasty); !errors.Is(err, ErrNoPort) || r != nil {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestPortsAreListed(t *testing.T) {
	if _, err := Ports(); err != nil {
		t.Errorf("got %v", err)
	}
}
