package model

import (
	"strings"

	"xuezheng/data/fault"
)

// ShownKey is a recovery key that is shown once, to be written down, and asked back.
type ShownKey struct {
	Recovery string // the key; empty before it is made, and once it was asked back
	Printed  bool   // it went to the printer
	Kept     string // where it was saved
	Written  Text   // its end, as it was written down
	screen   *Screen
	files    Files
	print    func(key string) error
	done     func()
}

// ErrNotWrittenSo is for a recovery key that was written down otherwise than it is shown.
var ErrNotWrittenSo = fault.New(fault.Refused, "founding.not-written-so")

// on puts the key on a screen; done is called once it was asked back.
func (k *ShownKey) on(screen *Screen, files Files, print func(key string) error, done func()) {
	k.screen, k.files, k.print, k.done = screen, files, print, done
	k.Written.OnChange(screen.Changed)
}

// asked is how many characters of the recovery key are asked back, and stand in a group.
const asked = 6

// Groups is the recovery key in groups to be read aloud; the last is what is asked back.
func (k *ShownKey) Groups() (groups []string) {
	begin := strings.LastIndexByte(k.Recovery, '-') + 1
	if begin > 0 && len(k.Recovery) > begin {
		begin++ // the figure after the name belongs to it
		groups = append(groups, k.Recovery[:begin])
	}
	rest := k.Recovery[begin:]
	first := len(rest) % asked
	if first > 0 {
		groups = append(groups, rest[:first])
	}
	for at := first; at < len(rest); at += asked {
		groups = append(groups, rest[at:at+asked])
	}
	return groups
}

// Print puts the recovery key on paper.
func (k *ShownKey) Print() {
	if k.Recovery == "" || k.screen.Busy() {
		return
	}
	key := k.Recovery
	k.screen.Do(func() error { return k.print(key) }, func() { k.Printed = true })
}

// Keep saves the recovery key as a file, which belongs outside the store: on a stick in a drawer.
func (k *ShownKey) Keep(name string) {
	if k.Recovery == "" || k.screen.Busy() {
		return
	}
	k.files.Keep(name, []byte(strings.Join(k.Groups(), " ")+"\n"), func(path string, err error) {
		k.Kept = path
		k.screen.Refuse(err)
	})
}

// CanGoOn reports whether something was written to compare.
func (k *ShownKey) CanGoOn() bool { return k.Recovery != "" && !k.Written.Empty() }

// GoOn compares what was written down with the key's end; the key is then shown no more.
func (k *ShownKey) GoOn() {
	if !k.CanGoOn() {
		return
	}
	w := strings.ToUpper(strings.Join(strings.Fields(k.Written.Value()), ""))
	if end := strings.ToUpper(k.Recovery); w != end[max(0, len(end)-asked):] && w != end {
		k.Written.Refuse(ErrNotWrittenSo)
		return
	}
	k.Recovery = ""
	k.done()
}
