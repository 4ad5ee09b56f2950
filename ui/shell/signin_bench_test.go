package shell

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"xuezheng/data/id"
	"xuezheng/data/sample"
	"xuezheng/data/service/servicetest"
	"xuezheng/ui/word"
)

// firstOf is the first of so many parts of a sheet.
func firstOf(sheet []byte, parts int) []byte {
	return sheet[:bytes.LastIndexByte(sheet[:len(sheet)/parts], '\n')+1]
}

// BenchmarkSignIn signs somebody in over a store of many people, of whom one in twenty has hours that
// wait, half of them handed in, and asks for the desk's first page: all that a clerk waits for but the price of guessing a
// passphrase, which is next to nothing here. XUEZHENG_PEOPLE says of how many people.
func BenchmarkSignIn(b *testing.B) {
	d := servicetest.OpenAt(b, b.TempDir())
	people := sample.People(benchPeople(), d.Today())
	for _, part := range sample.InParts(people.Roster) {
		_, err := d.Exchange.Roster(ctx, d.Who, part, false, nil)
		d.Must(err)
	}
	for _, part := range sample.InParts(firstOf(people.Hours, 20)) {
		_, err := d.Exchange.Hours(ctx, d.Who, part, false, nil)
		d.Must(err)
	}
	rows, err := d.Hours.Unsubmitted(ctx, d.Who, "", benchPeople()/10, 0) // about half
	d.Must(err)
	for some := range slices.Chunk(rows, 1000) {
		var these []id.Record
		for _, r := range some {
			these = append(these, r.Record.ID)
		}
		_, err := d.Hours.SubmitThese(ctx, d.Who, these)
		d.Must(err)
	}
	book := word.MustOpen(word.Chinese)
	var all []time.Duration
	b.Run(fmt.Sprint(benchPeople()), func(b *testing.B) {
		for b.Loop() {
			d.Access.SignOut()
			began := time.Now()
			a := &asks{services: d.Services, book: book}
			if err := a.SignIn(d.Who.Name, servicetest.Passphrase); err != nil {
				b.Fatal(err)
			}
			signed := time.Since(began)
			if _, err := a.as().Today(); err != nil {
				b.Fatal(err)
			}
			all = append(all, time.Since(began))
			b.ReportMetric(signed.Seconds()*1000, "signed-in-ms")
		}
		slices.Sort(all)
		b.ReportMetric(all[(len(all)-1)*99/100].Seconds()*1000, "p99-ms")
	})
}
