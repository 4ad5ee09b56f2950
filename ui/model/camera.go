package model

// Sight is what a camera shows while someone does what is asked, and SightStep one thing asked; the
// kiosk's pages and those at home show the same.
type (
	Sight     = KioskSight
	SightStep = KioskStep
)
