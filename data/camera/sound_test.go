package camera

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// tone is a WAV of n numbers.
func tone(n int) []byte {
	data := make([]byte, soundBytes*n)
	for i := range data {
		data[i] = byte(i)
	}
	return append(wavHead(len(data)), data...)
}

// stand puts a stand-in for a recorder on an otherwise empty PATH. The last word it is called
// with is the file to be written.
func stand(t *testing.T, programs map[string]string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("no shell for the stand-in")
	}
	folder := t.TempDir()
	put(t, filepath.Join(folder, "tone.wav"), tone(SoundRate/2))
	for name, script := range programs {
		text := "#!/bin/sh\nfor file; do :; done\nhere='" + folder + "'\n" + script + "\n"
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder)
	t.Setenv("TMPDIR", t.TempDir())
}

const (
	writes = `/bin/cat "$here/tone.wav" > "$file"`
	fails  = `exit 1`
)

func TestSoundIsRecordedByWhatIsThere(t *testing.T) {
	for name, programs := range map[string]map[string]string{
		"the first there is":            {"pw-record": writes, "arecord": fails},
		"the next if one finds nothing": {"pw-record": fails, "parecord": writes},
		"one that writes no sound":      {"pw-record": `echo text > "$file"`, "arecord": writes},
		"one that ends unhappily":       {"arecord": writes + "\nexit 1"},
	} {
		stand(t, programs)
		b, err := Record(t.Context(), 1)
		if err != nil || !bytes.Equal(b, tone(SoundRate/2)) {
			t.Errorf("%s: %d bytes, %v", name, len(b), err)
		}
		if !HasMicrophone() {
			t.Errorf("%s: no recorder is seen", name)
		}
		if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
			t.Errorf("%s: left behind %v, %v", name, left, err)
		}
	}
}

func TestARecorderIsToldToStop(t *testing.T) {
	const asked = 3 // seconds, enough for it to have begun on a busy machine
	stand(t, map[string]string{"arecord": writes + "\nexec /bin/sleep 600"})
	began := time.Now()
	b, err := Record(t.Context(), asked)
	if err != nil || len(b) != len(tone(SoundRate/2)) || time.Since(began) > 5*time.Minute {
		t.Errorf("%d bytes after %v, %v", len(b), time.Since(began), err)
	}
}

func TestWithoutAMicrophoneItIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		programs map[string]string
		has      bool // a program that might record
	}{
		"no program":         {nil, false},
		"nothing plugged in": {map[string]string{"pw-record": fails, "arecord": fails}, true},
	} {
		stand(t, c.programs)
		if _, err := Record(t.Context(), 1); !errors.Is(err, ErrNoMicrophone) {
			t.Errorf("%s: %v", name, err)
		}
		if got := HasMicrophone(); got != c.has {
			t.Errorf("%s: a recorder is seen: got %v, want %v", name, got, c.has)
		}
	}
}

func TestWhoGivesUpKeepsNothing(t *testing.T) {
	stand(t, map[string]string{"arecord": writes + "\nexec /bin/sleep 60"})
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if b, err := Record(ctx, 5); !errors.Is(err, context.Canceled) || b != nil {
		t.Errorf("%d bytes, %v", len(b), err)
	}
}

func TestHowLongMayBeRecorded(t *testing.T) {
	stand(t, nil)
	for _, seconds := range []int{-1, 0, MostSeconds + 1} {
		if _, err := Record(t.Context(), seconds); !errors.Is(err, ErrSeconds) {
			t.Errorf("%d: %v", seconds, err)
		}
	}
}

// changed is a tone with some bytes of its header changed.
func changed(at int, bytes ...byte) []byte {
	b := tone(100)
	copy(b[at:], bytes)
	return b
}

func TestTheHeaderOfASound(t *testing.T) {
	extra := append(append(append([]byte{}, tone(100)[:36]...), "LIST\x03\x00\x00\x00abc\x00"...), tone(100)[36:]...)
	for name, c := range map[string]struct {
		file []byte
		want []byte // nil if it is none
	}{
		"as it should be":              {tone(100), tone(100)},
		"its length left out":          {changed(40, 0, 0, 0, 0), tone(100)},
		"its length never known":       {changed(40, 0xFF, 0xFF, 0xFF, 0xFF), tone(100)},
		"more after the sound":         {append(tone(100), "LIST"...), tone(100)},
		"half a number at its end":     {append(changed(40, 0, 0, 0, 0), 7), tone(100)},
		"something before the sound":   {extra, tone(100)},
		"more seconds than were asked": {tone(5 * SoundRate), tone(2 * SoundRate)},
		"no sound in it":               {tone(0), nil},
		"two channels":                 {changed(22, 2), nil},
		"another rate":                 {changed(24, 0x44, 0xAC), nil},
		"eight bits":                   {changed(34, 8), nil},
		"packed":                       {changed(20, 2), nil},
		"no format":                    {changed(12, 'x'), nil},
		"a part that never ends":       {changed(16, 0xFF, 0xFF, 0xFF, 0x7F), nil},
		"a short format":               {changed(16, 2), nil},
		"another file":                 {[]byte("OggS and so on and on"), nil},
		"nothing":                      {nil, nil},
	} {
		got, long, err := CheckWAV(c.file, 2)
		if c.want == nil {
			if !errors.Is(err, ErrNoSound) {
				t.Errorf("%s: %d bytes, %v", name, len(got), err)
			}
			continue
		}
		want := time.Duration(len(c.want)-wavHeader) * time.Second / (SoundRate * soundBytes)
		if err != nil || !bytes.Equal(got, c.want) || long != want {
			t.Errorf("%s: %d bytes, %v, %v; want %d, %v", name, len(got), long, err, len(c.want), want)
		}
	}
}

func FuzzWAV(f *testing.F) {
	f.Add(tone(10), 5)
	f.Add(changed(40, 0xFF, 0xFF, 0xFF, 0xFF), 60)
	f.Add(changed(20, 0xFE, 0xFF), 1)
	f.Fuzz(func(t *testing.T, b []byte, seconds int) {
		got, long, err := CheckWAV(b, seconds)
		if err != nil {
			return
		}
		if len(got) > len(b)+wavHeader || long <= 0 || long > MostSeconds*time.Second {
			t.Errorf("%d bytes of %d, %v", len(got), len(b), long)
		}
		if n := binary.LittleEndian.Uint32(got[40:]); int(n) != len(got)-wavHeader {
			t.Errorf("says %d of %d", n, len(got)-wavHeader)
		}
		if again, _, err := CheckWAV(got, seconds); err != nil || !bytes.Equal(again, got) {
			t.Errorf("what was checked is refused: %v", err)
		}
	})
}
