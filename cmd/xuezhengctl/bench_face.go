package main

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"xuezheng/data/identity"
	"xuezheng/data/picture"
	"xuezheng/data/portrait"
)

// faceRounds is how often a pair is compared, and a photo judged; the middle one counts.
const faceRounds = 7

// faces compares a pair of drawn pictures of twelve megapixels and judges one of them as an ID
// photo. What a comparison needs of memory is measured on a process of its own.
func (b *bench) faces(ctx context.Context) error {
	var files [2][]byte
	var names [2]string
	for i := range files {
		var err error
		if files[i], err = picture.EncodeJPEG(picture.Sample(int64(i+3), 3000, 4000), 0, 90); err != nil {
			return err
		}
		names[i] = filepath.Join(b.dir, fmt.Sprintf("face%d.jpg", i))
		if err := os.WriteFile(names[i], files[i], 0o600); err != nil {
			return err
		}
	}
	err := b.timed("two faces compared, 12 megapixels each", func() error {
		_, err := portrait.Compare(files[0], files[1], identity.DefaultLikeness)
		return err
	})
	if err != nil {
		return err
	}
	std, err := standard(usualStandard)
	if err != nil {
		return err
	}
	today := b.today()
	var fitted []byte
	err = b.timed("photo of 12 megapixels cropped, fitted and judged", func() error {
		o, err := portrait.Judge(files[0], image.Rectangle{}, std, today)
		fitted = o.JPEG
		return err
	})
	if err != nil {
		return err
	}
	err = b.timed("finished photo judged", func() error {
		_, err := portrait.Check(fitted, std, today)
		return err
	})
	if err != nil {
		return err
	}
	return b.memory(ctx, names)
}

// timed adds how long the middle of several rounds took, by the clock and by the processor; the
// first, which reads the networks, is not counted.
func (b *bench) timed(what string, round func() error) error {
	if err := round(); err != nil {
		return err
	}
	var wall, used []float64
	for range faceRounds {
		before, begin := cpu(), time.Now()
		if err := round(); err != nil {
			return err
		}
		wall = append(wall, time.Since(begin).Seconds())
		used = append(used, (cpu() - before).Seconds())
	}
	slices.Sort(wall)
	slices.Sort(used)
	b.add(what, wall[faceRounds/2], 0, "s")
	b.add(what+", CPU", used[faceRounds/2], 0, "s")
	return nil
}

// memory adds what comparing needs at most, measured by a process that does nothing else; nothing
// where the system does not say.
func (b *bench) memory(ctx context.Context, names [2]string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, self, "--json", "bench", names[0], names[1]).Output()
	if err != nil {
		return fmt.Errorf("bench of a pair: %w", err)
	}
	var list []measure
	if err := json.Unmarshal(out, &list); err != nil {
		return fmt.Errorf("bench of a pair: %w", err)
	}
	b.list = append(b.list, list...)
	return nil
}

// pair compares two files once, in a process of its own.
func (b *bench) pair(names []string) error {
	debug.SetGCPercent(smallHeap)
	var files [2][]byte
	for i, name := range names {
		var err error
		if files[i], err = readFile(name); err != nil {
			return err
		}
	}
	begin := time.Now()
	if _, err := portrait.Compare(files[0], files[1], identity.DefaultLikeness); err != nil {
		return err
	}
	b.add("the first pair of a process, networks read", time.Since(begin).Seconds(), 0, "s")
	if most := peak(); most > 0 {
		b.add("resident memory of a pair, at most", most, 0, "MB")
	}
	return nil
}

// forgetPeak gives back what memory is not needed, so that peak says the most from here on, and says what is in
// use. Linux forgets by itself what was at most before; elsewhere nothing is measured.
func forgetPeak() float64 {
	debug.FreeOSMemory()
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // where it may not, peak is that of before
	return peak()
}

// peak is how many megabytes of memory this process had at most; 0 where the system does not say.
func peak() float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
			return kb * 1024 / 1e6
		}
	}
	return 0
}
