package store

import "strings"

// certificateSeries begins the names of the counters that certificate numbers are drawn from.
const certificateSeries = "certificate "

// Series are the highest numbers drawn of each series of certificates, by year.
func (c Certificates) Series() (map[string]int64, error) {
	list := map[string]int64{}
	err := c.t.rows(`
		SELECT name, value
		FROM counter
		WHERE org = ?`, []any{c.t.org}, func(scan func(...any) error) error {
		var name string
		var value int64
		err := scan(&name, &value)
		if year, ok := strings.CutPrefix(name, certificateSeries); ok {
			list[year] = value
		}
		return err
	})
	return list, err
}

// Reach moves a series on, so that no number up to that one is drawn again. It never goes back.
func (c Certificates) Reach(series string, to int64) error {
	now, err := c.t.draw(certificateSeries+series, 0)
	if err == nil && now < to {
		_, err = c.t.draw(certificateSeries+series, to-now)
	}
	return err
}
