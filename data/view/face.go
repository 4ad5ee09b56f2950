package view

import (
	"time"

	"xuezheng/data/id"
	"xuezheng/data/identity"
)

// FaceRecord is another person's record that has somebody's face too.
type FaceRecord struct {
	Person       id.Person
	Name         string
	MaskedNumber string
	Distance     float64
	Zone         identity.Zone
	Seen         identity.FaceSeen // what a clerk said of it; empty while nobody has looked
}

// FaceWords is what there is to say of somebody's face on other people's records.
type FaceWords struct {
	Records []FaceRecord
	Ask     bool   // they were not asked yet whether it may be looked for
	Given   bool   // they agreed
	Text    string // what is agreed to, as the pack writes it
}

// Open is how many of the records nobody has looked at.
func (f FaceWords) Open() (n int) {
	for _, r := range f.Records {
		if r.Seen == "" {
			n++
		}
	}
	return n
}

// SharedFace is one face on two people's records.
type SharedFace struct {
	One, Other FaceRecord
	FoundAt    time.Time
}
