package camera

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"xuezheng/data/fault"
)

// Faults of recording sound.
var (
	// ErrNoMicrophone says that nothing on this machine records sound.
	ErrNoMicrophone = fault.New(fault.Missing, "sound.no-microphone")
	// ErrSeconds says that so long is not recorded; figure: the most seconds.
	ErrSeconds = fault.New(fault.Refused, "sound.seconds")
)

// MostSeconds is the most that is recorded at once: 1.9 MB.
const MostSeconds = 60

// grace is how long a recorder may take to put its file in order after it was told to stop.
const grace = 2 * time.Second

// recorder is a program that records into a file until it is told to stop.
type recorder struct {
	program string
	args    []string
}

// recorders are those of PipeWire, PulseAudio and ALSA, the newest first.
func recorders() []recorder {
	rate := strconv.Itoa(SoundRate)
	return []recorder{
		{"pw-record", []string{"--rate", rate, "--channels", "1", "--format", "s16"}},
		{"parecord", []string{"--rate=" + rate, "--channels=1", "--format=s16le", "--file-format=wav"}},
		{"arecord", []string{"-q", "-t", "wav", "-f", "S16_LE", "-r", rate, "-c", "1"}},
	}
}

// HasMicrophone reports whether a program that records sound is there; whether something is
// plugged in is seen only when it is used.
func HasMicrophone() bool {
	for _, r := range recorders() {
		if _, err := exec.LookPath(r.program); err == nil {
			return true
		}
	}
	return false
}

// Record records sound for some seconds, at most MostSeconds, with the first of the system's own
// programs that can, and gives it as WAV: 16 kHz, one channel, 16 bits. If ctx ends first it gives
// up and nothing is kept. While it records, the sound lies in a file that only this user can read.
func Record(ctx context.Context, seconds int) ([]byte, error) {
	if seconds < 1 || seconds > MostSeconds {
		return nil, ErrSeconds.With(MostSeconds)
	}
	for _, r := range recorders() {
		program, err := exec.LookPath(r.program)
		if err != nil {
			continue
		}
		b, early, err := r.record(ctx, program, seconds)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil:
			return b, nil
		case !early: // it listened in vain, and the person has spoken
			return nil, ErrNoMicrophone
		}
	}
	return nil, ErrNoMicrophone
}

// record runs a recorder in a folder of its own; early says that it ended by itself. How it ends
// is not asked, for some call being told to stop a failure: what it has recorded is.
func (r recorder) record(ctx context.Context, program string, seconds int) (wav []byte, early bool, err error) {
	folder, err := os.MkdirTemp("", "sound-")
	if err != nil {
		return nil, true, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	file := filepath.Join(folder, "sound.wav")

	timed, stop := context.WithTimeout(ctx, time.Duration(seconds)*time.Second)
	defer stop()
	cmd := exec.CommandContext(timed, program, append(r.args, file)...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = grace
	_ = cmd.Run()
	early = timed.Err() == nil
	wav, err = readSound(file, seconds)
	return wav, early, err
}

// readSound reads what was recorded, and no more than may have been.
func readSound(path string, seconds int) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, ErrNoSound
	}
	const most = (MostSeconds+2)*SoundRate*soundBytes + 4096
	b, err := io.ReadAll(io.LimitReader(f, most))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, ErrNoSound
	}
	wav, _, err := CheckWAV(b, seconds)
	return wav, err
}
