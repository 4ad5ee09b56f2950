package service_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"xuezheng/data/sample"
	"xuezheng/data/service/servicetest"
)

// BenchmarkMonthsList asks for the list of a month in which everybody had four records accepted, BENCH_PEOPLE of
// them (5,000), as it would be published now.
func BenchmarkMonthsList(b *testing.B) {
	people := 5_000
	if n, err := strconv.Atoi(os.Getenv("BENCH_PEOPLE")); err == nil {
		people = n
	}
	d := servicetest.OpenAt(b, b.TempDir())
	for _, part := range sample.InParts(sample.People(people, d.Today()).Roster) {
		_, err := d.Exchange.Roster(background, d.Who, part, false, nil)
		d.Must(err)
	}
	pack, err := d.Policy.First()
	d.Must(err)
	d.Must(d.PlantPassed(background, pack.Enrolment.Programme, 4))
	b.Run(fmt.Sprint(people), func(b *testing.B) {
		for b.Loop() {
			told := 0
			list, err := d.Hours.PassList(background, d.Who, d.Today().Year(), d.Today().Month(), func(int, int) { told++ })
			if d.Must(err); len(list.Rows) != people || told == 0 || list.Rows[0].Seconds == 0 {
				b.Fatalf("%d rows of %d, told %d times, the first %+v", len(list.Rows), people, told, list.Rows[:min(1, len(list.Rows))])
			}
		}
	})
}
