// Package id names things: one type per kind of thing, so that two can't be swapped.
package id

import "github.com/google/uuid"

// Each id is a UUIDv7 in its usual 36-character form: unique without asking anyone, and
// growing with time, so that a table keeps its newest rows together.
type (
	// Institution is who teaches or confirms; it stands first in every key of the store.
	Institution string
	// Person is someone known to the store.
	Person string
	// Unit is an employer that binds its learners and pays for them.
	Unit string
	// Course is something that can be studied.
	Course string
	// Class is one running of a course, face to face.
	Class string
	// Enrolment is one person's way through one programme in one period.
	Enrolment string
	// Payment is money received for courses; it opens a study window.
	Payment string
	// Record is one study-hour record.
	Record string
	// Certificate is one issued hour certificate.
	Certificate string
	// Login is who may open what.
	Login string
	// Picture is one sealed picture.
	Picture string
	// Request is a change of photo or of data someone asks for.
	Request string
	// Try is one try to confirm someone online.
	Try string
	// Venue is a place where people are confirmed.
	Venue string
	// Slot is a stretch of time at a venue for so many people.
	Slot string
	// Merge is a merging of ticket numbers.
	Merge string
	// Kiosk is a machine at a venue at which people confirm themselves.
	Kiosk string
	// Bundle is a signed file between places.
	Bundle string
)

// New returns a fresh id.
func New[T ~string]() T {
	return T(uuid.Must(uuid.NewV7()).String())
}

// Short returns an id of eight characters, for what stands first in every key of a store and is
// the only one of its kind there, or nearly so.
func Short[T ~string]() T {
	full := uuid.NewString()
	return T(full[:8])
}

// Is reports whether a text is an id as New makes them.
func Is(s string) bool { return len(s) == 36 && uuid.Validate(s) == nil }
