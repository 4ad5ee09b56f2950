package model

import "image"

// Sight is what a camera shows while someone does what is asked; the kiosk's pages and those at home
// show the same.
type Sight struct {
	Image image.Image // mirrored, as people know themselves
	Ask   string      // key of what to do now
	Steps []SightStep
	Over  bool
	Why   string // code of what broke it; empty if it went well
	Code  string // read from a slip

	Frames [][]byte // one of each thing that was asked, once it is over; the calm look first
}

// SightStep is one thing that is asked before the camera.
type SightStep struct {
	Key  string
	Sign string // of the movement; may be empty
	Done bool
	Now  bool
	Left int // seconds, of the one asked for now
}
