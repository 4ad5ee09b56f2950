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
	Frame []byte // the calm look to the front, once it is over
	Code  string // read from a slip
}

// SightStep is one thing that is asked before the camera.
type SightStep struct {
	Key  string
	Sign string // of the movement; may be empty
	Done bool
	Now  bool
	Left int // seconds, of the one asked for now
}
