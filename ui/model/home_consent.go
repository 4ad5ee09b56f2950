package model

// ConsentService asks for and records someone's word on something (P-01).
type ConsentService interface {
	// Agreed is their latest word; asked is false while they gave none.
	Agreed(kind string) (given, asked bool, err error)
	Agree(kind string, given bool) error
	// ConsentTo is what is agreed to, in the language spoken.
	ConsentTo(kind string) string
}

// Consent is someone's word on one thing. It is asked for before the thing is done, and refusing it
// leads to a clerk.
type Consent struct {
	Kind           string
	Known          bool // it was asked after
	Given, Refused bool
	Text           string
	service        ConsentService
}

// newConsent is the word on kind, not known yet.
func newConsent(service ConsentService, kind string) Consent {
	return Consent{Kind: kind, Text: service.ConsentTo(kind), service: service}
}

// heard takes the word as it was found.
func (c *Consent) heard(given, asked bool) {
	c.Known, c.Given, c.Refused = true, given, asked && !given
}

// Wanted reports whether it must be asked for now.
func (c *Consent) Wanted() bool { return c.Known && !c.Given }
