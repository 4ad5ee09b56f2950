package view

import (
	"time"
)

// GivenWord is someone's latest word on one use of their data.
type GivenWord struct {
	Kind  string // worded as "home.words.<kind>", and with ".then" what follows from taking it back
	Text  string // what was agreed to, in the language spoken; empty where nobody asks for it any more
	Given bool
	At    time.Time
	Asked bool // it may be given, too: somebody asks for it
}
