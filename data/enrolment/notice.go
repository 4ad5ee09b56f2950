package enrolment

import "xuezheng/data/fault"

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
