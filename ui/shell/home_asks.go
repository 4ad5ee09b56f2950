package shell

import "xuezheng/data/session"

// applicant lets the models of the home shell ask about one person, with the cameras of the window.
type applicant struct {
	session.HomeAs
	session.HoursAs
	asks *asks
}
