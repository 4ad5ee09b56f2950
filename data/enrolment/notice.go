package enrolment

import (
	"time"

	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// Notice is what must be read before registering (学员须知, 单位须知; G-13).
type Notice struct {
	ID      string
	Version int
	For     string // "learner" or "unit"
	Title   string
	TitleEn string
	Text    string
	TextEn  string
}

// ErrNoNotice is for a notice or version that does not exist.
var ErrNoNotice = fault.New(fault.Missing, "enrolment.no-notice")

// UnitReading is that somebody of a unit read a notice, in which version (G-13).
type UnitReading struct {
	Unit    id.Unit
	Notice  string
	Version int
	At      time.Time
	By      id.Login // who recorded it
}
