package shell

import "xuezheng/data/service"

// applicant lets the models of the home shell ask about one person, with the cameras of the window.
type applicant struct {
	service.HomeAs
	service.HoursAs
	asks *asks
}
