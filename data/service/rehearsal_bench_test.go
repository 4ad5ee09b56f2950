package service_test

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"xuezheng/data/policy"
	"xuezheng/data/sample"
	"xuezheng/data/service/servicetest"
)

// BenchmarkRehearsal rehearses and adopts a version that changes something for everybody, over BENCH_PEOPLE
// enrolments (2,000 unless said otherwise) with their hours, in a store on disk. It prints seconds for
// 100,000 of them, and by how much the heap grew at most, of which the list itself is a part.
func BenchmarkRehearsal(b *testing.B) {
	n := 2000
	if v, err := strconv.Atoi(os.Getenv("BENCH_PEOPLE")); err == nil {
		n = v
	}
	d := servicetest.OpenAt(b, servicetest.Place(b))
	people := sample.People(n, d.Today())
	for _, part := range sample.InParts(people.Roster) {
		_, err := d.Exchange.Roster(ctx, d.Who, part, false, nil)
		d.Must(err)
	}
	for _, part := range sample.InParts(people.Hours) {
		_, err := d.Exchange.Hours(ctx, d.Who, part, false, nil)
		d.Must(err)
	}
	shipped, yaml, err := policy.Shipped("guangxi-second-class-constructor")
	d.Must(err)
	version := func(v int) []byte {
		return []byte(strings.NewReplacer(`version: "`+shipped.Version+`"`, `version: "2099.`+strconv.Itoa(v)+`"`, "required: {value: 60", "required: {value: "+strconv.Itoa(61+v)).Replace(string(yaml)))
	}
	var rehearsed, adopted time.Duration
	var grown uint64
	last, longest := time.Time{}, time.Duration(0)
	for i := range b.N {
		p, err := d.Policy.Install(ctx, d.Who, version(i))
		d.Must(err)
		runtime.GC()
		before, begin := heap(), time.Now()
		last = begin
		r, err := d.Policy.RehearseKept(ctx, d.Who, p.String(), func(int, int) {
			longest, last = max(longest, time.Since(last)), time.Now()
			grown = max(grown, heap()-min(before, heap()))
		})
		rehearsed += time.Since(begin)
		d.Must(err)
		if r.Looked != n || len(r.Rows) != n {
			b.Fatalf("looked at %d, %d would change", r.Looked, len(r.Rows))
		}
		begin = time.Now()
		_, err = d.Policy.Adopt(ctx, d.Who, p.String(), n)
		adopted += time.Since(begin)
		d.Must(err)
	}
	per := func(t time.Duration) float64 { return t.Seconds() / float64(b.N) * 100_000 / float64(n) }
	b.ReportMetric(per(rehearsed), "rehearse-s/100k")
	b.ReportMetric(per(adopted), "adopt-s/100k")
	b.ReportMetric(float64(grown)/(1<<20), "grown-MiB")
	b.ReportMetric(longest.Seconds(), "silent-s")
	b.ReportMetric(0, "ns/op")
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}
