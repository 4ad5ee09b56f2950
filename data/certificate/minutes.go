package certificate

import (
	"bytes"
	"encoding/json"

	"xuezheng/data/day"
)

// Certificates of layout 1 said their amounts in whole minutes. They are read and written as they
// were signed, for ever; a 学时 was 45 minutes then.
const (
	minutesLayout = 1
	fortyFive     = 45 * 60
)

// minuteContent is Content as layout 1 signed it.
type minuteContent struct {
	plain
	PerHour *int           `json:"secondsPerHour,omitempty"` // hides the one there is now
	Buckets []minuteBucket `json:"buckets"`
	Courses []minuteCourse `json:"courses"`
}

// plain is Content without its way of being written.
type plain Content

type minuteBucket struct {
	Kind      string `json:"kind"`
	Specialty string `json:"specialty"`
	Minutes   int    `json:"minutes"`
	Needed    int    `json:"needed"`
}

type minuteCourse struct {
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`
	Specialty string   `json:"specialty"`
	Mode      string   `json:"mode"`
	On        day.Date `json:"on"`
	Minutes   int      `json:"minutes"`
}

// MarshalJSON writes the content as its layout has it.
func (c Content) MarshalJSON() ([]byte, error) {
	if c.Layout != minutesLayout {
		return json.Marshal(plain(c))
	}
	old := minuteContent{plain: plain(c)}
	for _, b := range c.Buckets {
		old.Buckets = append(old.Buckets, minuteBucket{b.Kind, b.Specialty, b.Seconds / 60, b.Needed / 60})
	}
	for _, k := range c.Courses {
		old.Courses = append(old.Courses, minuteCourse{k.Name, k.Kind, k.Specialty, k.Mode, k.On, k.Seconds / 60})
	}
	return json.Marshal(old)
}

// UnmarshalJSON reads what MarshalJSON wrote, and refuses a field it does not know.
func (c *Content) UnmarshalJSON(b []byte) error {
	var what struct {
		Layout int `json:"layout"`
	}
	if err := json.Unmarshal(b, &what); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if what.Layout != minutesLayout {
		return d.Decode((*plain)(c))
	}
	var old minuteContent
	if err := d.Decode(&old); err != nil {
		return err
	}
	*c = Content(old.plain)
	c.PerHour, c.Buckets, c.Courses = fortyFive, nil, nil
	for _, b := range old.Buckets {
		c.Buckets = append(c.Buckets, Bucket{b.Kind, b.Specialty, b.Minutes * 60, b.Needed * 60})
	}
	for _, k := range old.Courses {
		c.Courses = append(c.Courses, Course{k.Name, k.Kind, k.Specialty, k.Mode, k.On, k.Minutes * 60})
	}
	return nil
}

// fromMinutes is an amount of layout 1 in hundredths of a 学时. Sheets gave tenths, of which the
// odd ones lost half a minute: what came from such a figure is that figure again.
func fromMinutes(minutes int) int {
	if tenths := (minutes*10 + 44) / 45; tenths*45/10 == minutes {
		return tenths * 10
	}
	return minutes * 100 / 45
}

// Hundredths of a 学时 in an amount of this certificate, as its layout writes them.
func (c Content) Hundredths(seconds int) int {
	if c.Layout == minutesLayout {
		return fromMinutes(seconds / 60)
	}
	return seconds * 100 / max(1, c.PerHour)
}
