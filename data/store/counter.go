package store

import "strings"

// certificateSeries begins the names of the counters that certificate numbers are drawn from.
const certificateSeries = "certificate "

// Series are the highest numbers drawn of each series of certificates, by year.
func (c Certificates) Series() (map[string]int64, error) {
	list := map[string]int64{}
	err := counterRows.each(c.t, `name > ''`, nil, func(r *counterRow) error {
		if year, ok := strings.CutPrefix(r.name, certificateSeries); ok {
			list[year] = r.value
		}
		return nil
	})
	return list, err
}

// Reach moves a series on, so that no number up to that one is drawn again. It never goes back.
func (c Certificates) Reach(series string, to int64) error {
	_, err := c.t.draw(certificateSeries+series, func(now int64) int64 { return max(now, to) })
	return err
}
