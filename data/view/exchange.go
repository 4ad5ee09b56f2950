package view

import (
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// ImportRow is what would become, or became, of one row of a table.
type ImportRow struct {
	Line         int
	Verdict      string // "new", "changed", "same" or "refused"
	Name         string
	MaskedNumber string
	Why          []*fault.Fault // why it is refused, cell by cell
	Cells        []string       // where each of them stands, like C13
	Mended       int            // cells that were put right
	Changes      []string       // columns that change what is kept
	Before       *hours.Entry   // of an hour record: what it says
	After        *hours.Entry   // and what the row makes of it
	PerHour      hours.Unit     // one 学时 of the record's programme
	Note         *fault.Fault   // what that does to what was reviewed
	Told         []*fault.Fault // what is to be known of a row that is taken in: that a value was corrected since
}

// Import is the table of what would happen, or happened.
type Import struct {
	Kind                          string      // "roster" or "hours"
	Rows                          []ImportRow // those of which something is to be said, and the first thousand of the others
	FurtherNew, FurtherSame       int         // rows beyond those, of which nothing is to be said
	Added, Changed, Same, Refused int
	// Drafts are the records of this table's rows that nobody has handed in: taken in now, or before.
	Drafts []id.Record
}

// Total is how many rows the table has.
func (v *Import) Total() int { return len(v.Rows) + v.FurtherNew + v.FurtherSame }
