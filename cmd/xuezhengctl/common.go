package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/person"
	"xuezheng/data/service"
)

// Faults of the command line itself.
var (
	errCannotRead  = fault.New(fault.Refused, "ctl.cannot-read")
	errCannotWrite = fault.New(fault.Refused, "ctl.cannot-write")
	errTooBig      = fault.New(fault.Refused, "ctl.too-big")
	errNotADate    = fault.New(fault.Refused, "ctl.not-a-date")
	errNotAMonth   = fault.New(fault.Refused, "ctl.not-a-month")
	errNeedsWhich  = errors.New("--person | --record | --all")
	errAllOrOne    = errors.New("--all, or --person NUMBER | --record RECORD")
)

// maxFile is the largest file taken in, in bytes.
const maxFile = 64 << 20

// readFile reads a file of at most maxFile bytes.
func readFile(name string) ([]byte, error) { return readAtMost(name, maxFile) }

// readAtMost reads a file of at most that many bytes.
func readAtMost(name string, most int) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, errCannotRead.With(filepath.Base(name)).Because(err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	if err != nil {
		return nil, errCannotRead.With(filepath.Base(name)).Because(err)
	}
	if len(b) > most {
		return nil, errTooBig.With(most >> 20)
	}
	return b, nil
}

// writeFile writes a file whole or not at all.
func writeFile(name string, b []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".xuezheng-*")
	if err != nil {
		return errCannotWrite.With(filepath.Base(name)).Because(err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(b)
	if e := tmp.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o600)
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err != nil {
		return errCannotWrite.With(filepath.Base(name)).Because(err)
	}
	return nil
}

// ending sees that a file to be written ends as it is written; none is none.
func (c *cli) ending(out string, endings ...string) error {
	if out == "" || slices.Contains(endings, strings.ToLower(filepath.Ext(out))) {
		return nil
	}
	return usage{errors.New(c.say("ctl.usage.ending", filepath.Base(out), strings.Join(endings, " | ")))}
}

// one takes exactly one argument.
func one(args []string, what string) (string, error) {
	if len(args) != 1 {
		return "", usage{fmt.Errorf("%s", what)}
	}
	return args[0], nil
}

// person finds whom a command is about by document number.
func (c *cli) person(ctx context.Context, number string) (person.Person, error) {
	if number == "" {
		return person.Person{}, usage{errors.New("--person NUMBER")}
	}
	p, err := c.services.People.ByNumber(ctx, c.who, number)
	if err == nil && !c.json {
		c.oldNumber(number, p)
	}
	return p, err
}

// personIn is the person whose document number is a command's one argument.
func (c *cli) personIn(ctx context.Context, args []string) (person.Person, error) {
	number, err := one(args, "NUMBER")
	if err != nil {
		return person.Person{}, err
	}
	return c.person(ctx, number)
}

// date reads a date as people write it; empty for none.
func date(s string) (day.Date, error) {
	if s == "" {
		return 0, nil
	}
	d, err := day.ParseLoose(s)
	if err != nil {
		return 0, errNotADate.With(s)
	}
	return d, nil
}

// yearMonth reads 2026-11; empty means last month.
func yearMonth(s string, today day.Date) (year, month int, err error) {
	if s == "" {
		last := today.FirstOfMonth().AddDays(-1)
		return last.Year(), last.Month(), nil
	}
	d, err := day.Parse(s + "-01")
	if err != nil {
		return 0, 0, errNotAMonth.With(s)
	}
	return d.Year(), d.Month(), nil
}

// importDoc is the shape scripts lean on.
type importDoc struct {
	Rows    []importRow      `json:"rows"`
	Further *service.Further `json:"further,omitempty"` // rows that are new or as they were, beyond those listed
	Added   int              `json:"added"`
	Changed int              `json:"changed"`
	Same    int              `json:"same"`
	Refused int              `json:"refused"`

	// Of an hours sheet: how many records of its rows nobody has handed in, and what --submit did.
	NotSubmitted *int   `json:"not_submitted,omitempty"`
	Submitted    int    `json:"submitted,omitempty"`
	DecidedBy    string `json:"decided_by,omitempty"`
	submit       bool
}

type importRow struct {
	Line    int            `json:"line"`
	Verdict string         `json:"verdict"`
	Why     string         `json:"why"`
	Cells   []importCell   `json:"cells,omitempty"`
	Changes []importChange `json:"changes,omitempty"`
	Note    string         `json:"note,omitempty"`
}

// importChange is what a row changes of an hour record.
type importChange struct {
	What string `json:"what"`
	From string `json:"from"`
	To   string `json:"to"`
}

type importCell struct {
	Cell string `json:"cell,omitempty"`
	Why  string `json:"why"`
	Hint string `json:"hint,omitempty"`
}

// importer is the import verb of a noun; then is what follows an import, nil for nothing; it may add to the document.
func (c *cli) importer(noun string, take func(ctx context.Context, file []byte, dryRun bool) (service.Import, error), then func(ctx context.Context, im service.Import, doc *importDoc, dryRun bool) error) *cobra.Command {
	var dryRun bool
	var corrected string
	cmd := c.signedIn(noun, "import FILE", func(ctx context.Context, args []string) error {
		name, err := one(args, "FILE")
		if err != nil {
			return err
		}
		file, err := readFile(name)
		if err != nil {
			return err
		}
		im, err := take(ctx, file, dryRun)
		if err != nil {
			return err
		}
		if corrected != "" {
			if err := c.writeCorrected(noun, file, im, corrected); err != nil {
				return err
			}
		}
		doc := c.importDoc(im)
		if then != nil {
			err = then(ctx, im, &doc, dryRun)
		}
		c.print(doc, func() { c.showImport(doc, dryRun) }) // what was taken in stands, whatever came then
		if err != nil {
			return err
		}
		if im.Refused > 0 {
			return errFailed
		}
		return nil
	})
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, c.say("ctl.flag.dry-run"))
	cmd.Flags().StringVar(&corrected, "corrected", "", c.say("ctl.flag.corrected"))
	return cmd
}

func (c *cli) importDoc(im service.Import) importDoc {
	doc := importDoc{Rows: make([]importRow, 0, len(im.Rows)), Added: im.Added, Changed: im.Changed, Same: im.Same, Refused: im.Refused}
	if im.Further != (service.Further{}) {
		doc.Further = &im.Further
	}
	for _, r := range im.Rows {
		row := importRow{Line: r.Line, Verdict: string(r.Verdict)}
		for i, f := range r.Faults {
			text, hint := c.book.Fault(f.Fault)
			if i > 0 {
				row.Why += c.say("list.and")
			}
			row.Why += text
			row.Cells = append(row.Cells, importCell{f.Address, text, hint})
		}
		row.Changes = c.importChanges(r)
		for i, f := range r.Told {
			text, _ := c.book.Fault(f.Fault)
			if i > 0 {
				row.Note += c.say("list.and")
			}
			row.Note += text
		}
		if note := c.note(r.Note); note != "" && row.Note != "" {
			row.Note += c.say("list.and") + note
		} else if note != "" {
			row.Note = note
		}
		doc.Rows = append(doc.Rows, row)
	}
	return doc
}

// importChanges lists what a row changes of an hour record, old and new.
func (c *cli) importChanges(r service.ImportRow) (list []importChange) {
	if r.Before == nil {
		return nil
	}
	for _, f := range r.Changes {
		list = append(list, importChange{f, c.book.Entry(f, *r.Before, r.PerHour), c.book.Entry(f, *r.After, r.PerHour)})
	}
	return list
}

// note words what a row does to what was reviewed.
func (c *cli) note(f *fault.Fault) string {
	if f == nil {
		return ""
	}
	line, _ := c.book.Fault(f)
	return line
}

// changed says what a row changes, and what that does to what was reviewed.
func (c *cli) changed(r importRow) {
	what := ""
	for i, ch := range r.Changes {
		if i > 0 {
			what += c.say("list.join")
		}
		what += c.say("hours.change", c.say("exchange.column."+ch.What), ch.From, ch.To)
	}
	switch {
	case len(r.Changes) > 0:
		c.line("%s  %s", c.say("ctl.import.changes", r.Line, what), r.Note)
	case r.Note != "":
		c.line("%s", c.say("ctl.import.changes", r.Line, r.Note))
	}
}

func (c *cli) showImport(doc importDoc, dryRun bool) {
	for _, r := range doc.Rows {
		c.changed(r)
		if r.Verdict == string(service.Refused) {
			c.line("%s", c.say("ctl.import.refused", r.Line, r.Why))
		}
	}
	key := "ctl.import.done"
	if dryRun {
		key = "ctl.import.would"
	}
	c.line("%s", c.say(key, doc.Added, doc.Changed, doc.Same, doc.Refused))
	switch {
	case doc.Submitted > 0:
		c.line("%s", c.say("ctl.import.submitted", doc.Submitted, doc.DecidedBy))
	case doc.NotSubmitted == nil || *doc.NotSubmitted == 0:
	case doc.submit && dryRun:
		c.line("%s", c.say("ctl.import.would-submit", *doc.NotSubmitted))
	case !dryRun:
		c.line("%s", c.say("ctl.import.drafts", *doc.NotSubmitted))
	}
}

var errNoUnit = fault.New(fault.Missing, "ctl.no-unit")

// shanghai is a moment as scripts read it, by the clock in Shanghai: 2026-11-23T09:12:00+08:00.
// Nothing for none.
func shanghai(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(day.Shanghai).Format(time.RFC3339)
}

// clockTime reads 08:30 on that day in Shanghai; empty for none.
func clockTime(on day.Date, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil {
		return time.Time{}, errNotADate.With(s)
	}
	return on.Start().Add(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute), nil
}

// writeCorrected saves the table as it came, repaired where it could be, with each refusal in
// the last column, for sending back.
func (c *cli) writeCorrected(noun string, file []byte, im service.Import, out string) error {
	kind := service.HoursSheet
	if noun == "person" {
		kind = service.RosterSheet
	}
	b, err := service.Corrected(file, kind, im, false, c.services.Today(), c.say("exchange.what-to-do"), func(f *fault.Fault) string {
		text, hint := c.book.Fault(f)
		return text + c.say("list.and") + hint
	})
	if err != nil {
		return err
	}
	return writeFile(out, b)
}
