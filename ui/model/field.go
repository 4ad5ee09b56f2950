package model

import "strings"

// Text is one field a person writes in.
type Text struct {
	value    string
	refusal  error
	changed  []func()
	watchers []func()
}

// Value is what is written there, without spaces at its ends.
func (t *Text) Value() string { return strings.TrimSpace(t.value) }

// Raw is what is written there, to the letter.
func (t *Text) Raw() string { return t.value }

// Empty reports whether nothing is written.
func (t *Text) Empty() bool { return t.Value() == "" }

// Set writes s, as the person or the model does; an earlier refusal no longer stands.
func (t *Text) Set(s string) {
	if t.value == s {
		return
	}
	t.value, t.refusal = s, nil
	call(t.changed)
	call(t.watchers)
}

// Refuse says no to what is written here; nil takes it back.
func (t *Text) Refuse(err error) {
	t.refusal = err
	call(t.watchers)
}

// Refusal is why what is written can't stand, or nil.
func (t *Text) Refusal() error { return t.refusal }

// OnChange calls f whenever something else is written: for the model.
func (t *Text) OnChange(f func()) { t.changed = append(t.changed, f) }

// Watch calls f whenever the field may look different: for the screen.
func (t *Text) Watch(f func()) { t.watchers = append(t.watchers, f) }

// Option is one thing to choose: its value, and its words or the key of them.
type Option struct{ Value, Words string }

// Choice is a field where one of several options is chosen.
type Choice struct {
	Text
	options []Option
}

// Offer sets what may be chosen. What was chosen stays if it is still offered.
func (c *Choice) Offer(options ...Option) {
	c.options = options
	if c.Index() < 0 && !c.Empty() {
		c.Set("")
		return
	}
	call(c.watchers)
}

// Options are what may be chosen.
func (c *Choice) Options() []Option { return c.options }

// Index is which option is chosen, -1 for none.
func (c *Choice) Index() int {
	for i, o := range c.options {
		if o.Value == c.Value() {
			return i
		}
	}
	return -1
}

// Tick is a box that is ticked or not.
type Tick struct {
	on       bool
	changed  []func()
	watchers []func()
}

// On reports whether it is ticked.
func (t *Tick) On() bool { return t.on }

// Set ticks it or not.
func (t *Tick) Set(on bool) {
	if t.on == on {
		return
	}
	t.on = on
	call(t.changed)
	call(t.watchers)
}

// OnChange calls f whenever it is ticked or not: for the model.
func (t *Tick) OnChange(f func()) { t.changed = append(t.changed, f) }

// Watch calls f whenever it may look different: for the screen.
func (t *Tick) Watch(f func()) { t.watchers = append(t.watchers, f) }

// Table is rows of which one may be chosen.
type Table[R any] struct {
	Rows     []R
	selected int // 1 for the first, so that a zero Table has none
	Open     func(R)
}

// Show replaces the rows; the choice goes to none.
func (t *Table[R]) Show(rows []R) { t.Rows, t.selected = rows, 0 }

// Selected is the chosen row's place, -1 for none.
func (t *Table[R]) Selected() int { return t.selected - 1 }

// Select chooses a row; a place outside chooses none.
func (t *Table[R]) Select(i int) {
	if i < 0 || i >= len(t.Rows) {
		i = -1
	}
	t.selected = i + 1
}

// Row is the chosen row.
func (t *Table[R]) Row() (row R, ok bool) {
	if t.selected < 1 || t.selected > len(t.Rows) {
		return row, false
	}
	return t.Rows[t.selected-1], true
}

// Choose opens a row: what Enter, or a tap, does.
func (t *Table[R]) Choose(i int) {
	t.Select(i)
	if row, ok := t.Row(); ok && t.Open != nil {
		t.Open(row)
	}
}

func call(fs []func()) {
	for _, f := range fs {
		f()
	}
}
