package camera

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// hears lets programs of those names stand in for those that play sound; each writes down what it
// was given.
func hears(t *testing.T, programs map[string]string) (heard string) {
	t.Helper()
	stand(t, programs)
	heard = filepath.Join(t.TempDir(), "heard")
	t.Setenv("HEARD", heard)
	return heard
}

func TestARecordingIsPlayedByWhatIsThere(t *testing.T) {
	const listens = `/bin/cat > "$HEARD"`
	for name, programs := range map[string]map[string]string{
		"the first there is":          {"paplay": listens, "aplay": fails},
		"the next if one has no card": {"paplay": fails, "aplay": listens},
	} {
		heard := hears(t, programs)
		if err := Listen(t.Context(), tone(SoundRate/2)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if b, err := os.ReadFile(heard); err != nil || len(b) != SoundRate {
			t.Errorf("%s: %d bytes heard, %v", name, len(b), err)
		}
	}
}

func TestNoSoundWithoutASpeakerOrARecording(t *testing.T) {
	hears(t, map[string]string{"aplay": fails})
	if err := Listen(t.Context(), tone(100)); !errors.Is(err, ErrNoSpeaker) {
		t.Errorf("got %v", err)
	}
	if err := Listen(t.Context(), []byte("no sound")); !errors.Is(err, ErrNoSound) {
		t.Errorf("got %v", err)
	}
}
