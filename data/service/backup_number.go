package service

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/policy"
)

// What a restored store passes over, for numbers that were given out after its backup.
const (
	numbersSkipped = 1000 // of each year's certificates
	blocksSkipped  = 10   // of each district's ticket numbers, times what a desk is handed at once
)

// skippedDesk holds the blocks of ticket numbers that nobody gives out any more.
const skippedDesk = "restored"

// moveNumbersOn passes over the numbers that may have been given out since a moment that the store
// knows nothing after: it came back from a backup.
func (c *core) moveNumbersOn(tx *changing, since time.Time) error {
	for year := day.Of(since).Year(); year <= max(c.today().Year(), day.Of(since).Year()); year++ {
		if err := tx.Certificates.Skip(strconv.Itoa(year), numbersSkipped); err != nil {
			return err
		}
	}
	return c.moveTicketsOn(tx, day.Of(since).Year())
}

// moveTicketsOn closes every block of ticket numbers, and passes over those that desks may have been
// handed since, in every district and year that they can be of.
func (c *core) moveTicketsOn(tx *changing, since int) error {
	pack, err := c.ticketPack()
	if err != nil {
		return nil // gives out none
	}
	blocks, err := tx.Tickets.Blocks()
	if err != nil {
		return err
	}
	venues, err := tx.Identity.Venues()
	if err != nil {
		return err
	}
	var districts []string
	for _, p := range c.packs().InForceAll(c.today()) {
		districts = append(districts, p.Tickets.District)
	}
	for _, v := range venues {
		districts = append(districts, v.District)
	}
	for _, b := range blocks {
		districts = append(districts, b.District)
		if b.Left() > 0 {
			before := b.Version
			b = b.Past(b.To)
			if err := tx.Tickets.UpdateBlock(&b, before); err != nil {
				return err
			}
		}
	}
	slices.Sort(districts)
	for _, district := range slices.Compact(districts) {
		for year := since; year <= c.today().Year() && district != ""; year++ {
			if blocks, err = passOver(tx, pack.Tickets, blocks, district, year); err != nil {
				return err
			}
		}
	}
	return nil
}

// passOver hands numbers to nobody: as many as can have been given out since, or as there are.
func passOver(tx *changing, rules policy.Tickets, blocks []enrolment.Block, district string, year int) ([]enrolment.Block, error) {
	for size := blocksSkipped * rules.Block; size > 0; size /= 2 {
		b, err := rules.Format.NewBlock(blocks, skippedDesk, district, year, size)
		if errors.Is(err, enrolment.ErrBlocksFull) {
			continue
		}
		if err != nil {
			return blocks, err
		}
		b = b.Past(b.To)
		return append(blocks, b), tx.Tickets.AddBlock(&b)
	}
	return blocks, nil
}
