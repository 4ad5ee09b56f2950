package main

import (
	"context"
	"testing"
	"time"
)

// TestMeasuringGoesThroughItsSteps but for the slow ones, drawing and faces, over a few people: a store founded
// to be measured obeys every rule of a real one.
func TestMeasuringGoesThroughItsSteps(t *testing.T) {
	b := &bench{cli: &cli{now: time.Now}, rows: 60, people: 60, dir: t.TempDir()}
	for _, step := range []func(context.Context) error{b.imports, b.search, b.backups} {
		if err := step(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range b.list {
		if m.Ours < 0 || m.Unit == "s" && m.Ours == 0 {
			t.Errorf("%s: %v %s", m.Measure, m.Ours, m.Unit)
		}
	}
}
