package main

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"xuezheng/data/calendar"
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/identity"
	"xuezheng/data/service"
)

func init() { commands = append(commands, calendarCommand) }

// calendarCommand is calendar import|show.
func calendarCommand(c *cli) *cobra.Command {
	return c.group("calendar", c.calendarImport(), c.calendarShow())
}

// calendarDoc is the shape scripts lean on.
type calendarDoc struct {
	Year    int        `json:"year"`
	Source  string     `json:"source"`
	Dated   string     `json:"dated"`
	Written bool       `json:"written"`
	Given   int        `json:"days_given"`
	Due     int        `json:"days_by_statute"`
	Moved   []movedDoc `json:"moved"`
}

type movedDoc struct {
	What        string `json:"what"`
	Name        string `json:"name,omitempty"`
	Number      string `json:"number,omitempty"`
	Month       string `json:"month,omitempty"`
	Count       int    `json:"count"`
	From        string `json:"from"`
	To          string `json:"to"`
	Provisional bool   `json:"provisional"`
	label       string
}

func (c *cli) calendarImport() *cobra.Command {
	var source, dated string
	var dryRun, replace bool
	cmd := c.signedIn("calendar", "import FILE", func(ctx context.Context, args []string) error {
		name, err := one(args, "FILE")
		if err != nil {
			return err
		}
		b, err := readFile(name)
		if err != nil {
			return err
		}
		on, err := date(dated)
		if err != nil {
			return err
		}
		n, err := service.ReadNotice(b, source, on)
		if err != nil {
			return err
		}
		take := c.services.Calendars.Import
		if dryRun {
			take = c.services.Calendars.Preview
		}
		e, err := take(ctx, c.who, n, replace)
		if err != nil {
			return err
		}
		c.tellEffect(e, !dryRun)
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&source, "source", "", c.say("ctl.calendar.source-flag"))
	fl.StringVar(&dated, "dated", "", c.say("ctl.calendar.dated-flag"))
	fl.BoolVar(&dryRun, "dry-run", false, c.say("ctl.flag.dry-run"))
	fl.BoolVar(&replace, "replace", false, c.say("ctl.calendar.replace-flag"))
	return cmd
}

// tellEffect says what a notice does, or would do.
func (c *cli) tellEffect(e service.Effect, written bool) {
	d := calendarDoc{Year: e.Notice.Year, Source: e.Notice.Source, Dated: e.Notice.Dated.String(), Written: written, Given: e.Given, Due: e.Due, Moved: []movedDoc{}}
	for _, m := range e.Moved {
		one := movedDoc{What: m.What, Name: m.Name, Number: m.MaskedNumber, Count: m.Count, From: m.From.String(), To: m.To.String(), Provisional: m.Provisional,
			label: c.say("calendar.moved."+m.What, m.Year, m.Month)}
		if m.Month != 0 {
			one.Month = day.MustNew(m.Year, m.Month, 1).String()[:7]
		}
		d.Moved = append(d.Moved, one)
	}
	c.print(d, func() {
		key := "ctl.calendar.would"
		if written {
			key = "ctl.calendar.done"
		}
		c.line("%s", c.say(key, d.Year))
		if e.Unusual() {
			c.line("%s  %s", c.say("ctl.calendar.given", d.Given, d.Due), c.say("settings.calendar.unusual"))
		}
		if len(d.Moved) == 0 {
			c.line("%s", c.say("ctl.calendar.moved-none"))
			return
		}
		c.line("%s", c.say("ctl.calendar.moved", len(d.Moved)))
		for _, m := range d.Moved {
			c.line("%s → %s  %s  %s  %s  ×%d", m.From, c.provisional(m.To, m.Provisional), m.label, m.Name, m.Number, m.Count)
		}
	})
}

// provisional marks a day that rests on a year whose holidays are not known.
func (c *cli) provisional(on string, is bool) string {
	return c.book.Provisional(on, is)
}

// mayMove is a day in words, marked if it is provisional.
func (c *cli) mayMove(on day.Date, is bool) string { return c.book.Provisional(c.book.Date(on), is) }

// rests says whether a request's deadline is provisional.
func (c *cli) rests(q identity.Request) bool {
	return !q.Due.IsZero() && c.services.WorkingDays().Provisional(q.ReceivedOn, q.Due)
}

var errNoYear = fault.New(fault.Missing, "ctl.calendar.no-year")

type yearDoc struct {
	Year       int       `json:"year"`
	Source     string    `json:"source,omitempty"`
	Dated      string    `json:"dated,omitempty"`
	Published  bool      `json:"published"`
	Imported   string    `json:"imported_at,omitempty"`
	Free       int       `json:"weekdays_free"`
	Worked     int       `json:"make_up_days"`
	FreeDays   []string  `json:"free"`
	WorkedDays []string  `json:"working"`
	Statutory  []holiday `json:"statutory,omitempty"`
}

type holiday struct {
	On   string `json:"on"`
	Name string `json:"name"`
}

func (c *cli) calendarShow() *cobra.Command {
	return c.signedIn("calendar", "show [YEAR]", func(ctx context.Context, args []string) error {
		list, err := c.services.Calendars.Years(ctx, c.who)
		if err != nil {
			return err
		}
		docs := []yearDoc{}
		for _, y := range list {
			docs = append(docs, c.yearDoc(y))
		}
		if len(args) == 0 {
			c.print(docs, func() {
				for _, d := range docs {
					c.line("%s", c.yearLine(d))
				}
			})
			return nil
		}
		year, err := strconv.Atoi(args[0])
		if err != nil || year < calendar.FirstYear-4 || year > day.LastLunar || len(args) > 1 {
			return errNoYear.With(args[0])
		}
		c.showYear(year, docs)
		return nil
	})
}

func (c *cli) yearDoc(y service.KnownYear) yearDoc {
	d := yearDoc{Year: y.Year, Source: y.Source, Dated: y.Dated.String(), Published: true, Worked: len(y.Worked), FreeDays: []string{}, WorkedDays: []string{}}
	for _, on := range y.Free {
		if on.Weekday()%6 != 0 {
			d.Free++
		}
		d.FreeDays = append(d.FreeDays, on.String())
	}
	for _, on := range y.Worked {
		d.WorkedDays = append(d.WorkedDays, on.String())
	}
	if !y.Shipped {
		d.Imported = shanghai(y.At)
	}
	return d
}

func (c *cli) yearLine(d yearDoc) string {
	from := c.say("settings.calendar.shipped")
	if d.Imported != "" {
		from = d.Source + "  " + c.say("settings.calendar.imported", d.Dated, d.Imported[:10])
	}
	return c.say("ctl.calendar.year", d.Year, d.Free, d.Worked, from)
}

// showYear lists a year's days; of one that is not known, its statutory days.
func (c *cli) showYear(year int, docs []yearDoc) {
	for _, d := range docs {
		if d.Year != year {
			continue
		}
		c.print(d, func() {
			c.line("%s", c.yearLine(d))
			for _, on := range d.FreeDays {
				c.line("%s  %s", on, c.say("ctl.calendar.day-free"))
			}
			for _, on := range d.WorkedDays {
				c.line("%s  %s", on, c.say("ctl.calendar.day-worked"))
			}
		})
		return
	}
	d := yearDoc{Year: year, FreeDays: []string{}, WorkedDays: []string{}}
	for _, h := range day.Statutory(year) {
		d.Statutory = append(d.Statutory, holiday{h.On.String(), h.Name})
	}
	c.print(d, func() {
		c.line("%s", c.say("ctl.calendar.unknown", year))
		for _, h := range d.Statutory {
			c.line("%s  %s", h.On, c.say("calendar.holiday."+h.Name))
		}
	})
}
