package camera

import (
	"bytes"
	"context"
	"os/exec"
	"strconv"
	"time"

	"xuezheng/data/fault"
)

// ErrNoSpeaker says that nothing on this machine plays sound.
var ErrNoSpeaker = fault.New(fault.Missing, "sound.no-speaker")

// speaker is a program that plays what it is given, without a file in between.
type speaker struct {
	program string
	args    []string
	raw     bool // it wants the numbers only, without the header
}

// speakers are those of PulseAudio (and PipeWire in its place), of ALSA, and of Windows.
func speakers() []speaker {
	rate := strconv.Itoa(SoundRate)
	return []speaker{
		{"paplay", []string{"--raw", "--rate=" + rate, "--channels=1", "--format=s16le"}, true},
		{"aplay", []string{"-q", "-t", "raw", "-f", "S16_LE", "-r", rate, "-c", "1", "-"}, true},
		{"powershell", []string{"-NoProfile", "-NonInteractive", "-Command",
			"$m=New-Object IO.MemoryStream;[Console]::OpenStandardInput().CopyTo($m);$m.Position=0;(New-Object Media.SoundPlayer $m).PlaySync()"}, false},
	}
}

// Listen plays a recorded sound to its end, or until ctx ends, with the first of the system's own
// programs that can. Nothing is written to the disk.
func Listen(ctx context.Context, wav []byte) error {
	plain, long, err := CheckWAV(wav, MostSeconds)
	if err != nil {
		return err
	}
	for _, p := range speakers() {
		program, err := exec.LookPath(p.program)
		if err != nil {
			continue
		}
		given := plain
		if p.raw {
			given = plain[wavHeader:]
		}
		timed, stop := context.WithTimeout(ctx, long+5*time.Second)
		cmd := exec.CommandContext(timed, program, p.args...)
		cmd.Stdin = bytes.NewReader(given)
		err = cmd.Run()
		stop()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			return nil
		}
	}
	return ErrNoSpeaker
}
