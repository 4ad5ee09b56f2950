package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
)

func init() { commands = append(commands, venueCommand) }

// venueCommand is venue add|list|plan|slots|book|cancel|expected|to-tell.
func venueCommand(c *cli) *cobra.Command {
	return c.group("venue", c.venueAdd(), c.venueList(), c.venuePlan(), c.venueSlots(), c.venueBook(), c.venueCancel(), c.venueExpected(), c.venueToTell())
}

var errNoVenue = fault.New(fault.Missing, "ctl.no-venue")

// venue finds a venue by its name or id.
func (c *cli) venue(ctx context.Context, name string) (identity.Venue, error) {
	list, err := c.services.Venues.List(ctx, c.who)
	for _, v := range list {
		if v.Name == name || string(v.ID) == name {
			return v, nil
		}
	}
	if err == nil {
		err = errNoVenue
	}
	return identity.Venue{}, err
}

// venueIn is the venue that is a command's one argument.
func (c *cli) venueIn(ctx context.Context, args []string) (identity.Venue, error) {
	name, err := one(args, "VENUE")
	if err != nil {
		return identity.Venue{}, err
	}
	return c.venue(ctx, name)
}

// venueAdd adds a venue; with the name of one that is there, it changes what the flags say.
func (c *cli) venueAdd() *cobra.Command {
	var said identity.Venue
	var drop bool
	var cmd *cobra.Command
	cmd = c.signedIn("venue", "add NAME", func(ctx context.Context, args []string) error {
		name, err := one(args, "NAME")
		if err != nil {
			return err
		}
		v, err := c.venue(ctx, name)
		if err != nil && !errors.Is(err, errNoVenue) {
			return err
		}
		if v.ID == "" {
			v.Name = name
		}
		for flag, change := range map[string]func(){
			"name-en": func() { v.NameEn = said.NameEn }, "address": func() { v.Address = said.Address }, "notice": func() { v.Notice = said.Notice },
			"school": func() { v.School = said.School }, "district": func() { v.District = said.District }, "closed": func() { v.Closed = said.Closed },
		} {
			if cmd.Flags().Changed(flag) {
				change()
			}
		}
		keep := c.services.Venues.Put
		if drop && v.Closed {
			keep = c.services.Venues.Close
		}
		if v, err = keep(ctx, c.who, v); err != nil {
			return err
		}
		c.print(venueOf(v), func() {
			c.line("%s  %s", v.Name, v.ID)
			if v.Closed && !cmd.Flags().Changed("closed") {
				c.line("%s", c.say("ctl.venue.still-closed", v.Name))
			}
		})
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&said.NameEn, "name-en", "", c.say("ctl.flag.name-en"))
	fl.StringVar(&said.Address, "address", "", c.say("ctl.flag.place-address"))
	fl.StringVar(&said.Notice, "notice", "", c.say("ctl.flag.venue-notice"))
	fl.StringVar(&said.School, "school", "", c.say("ctl.flag.venue-school"))
	fl.StringVar(&said.District, "district", "", c.say("ctl.flag.district"))
	fl.BoolVar(&said.Closed, "closed", false, c.say("ctl.flag.closed"))
	fl.BoolVar(&drop, "drop-places", false, c.say("ctl.flag.drop-places"))
	return cmd
}

type venueDoc struct {
	Venue    id.Venue `json:"venue"`
	Name     string   `json:"name"`
	NameEn   string   `json:"name_en"`
	Address  string   `json:"address"`
	Notice   string   `json:"notice"`
	School   string   `json:"school"`
	District string   `json:"district"`
	Closed   bool     `json:"closed"`
}

func venueOf(v identity.Venue) venueDoc {
	return venueDoc{v.ID, v.Name, v.NameEn, v.Address, v.Notice, v.School, v.District, v.Closed}
}

func (c *cli) venueList() *cobra.Command {
	return c.signedIn("venue", "list", func(ctx context.Context, _ []string) error {
		list, err := c.services.Venues.List(ctx, c.who)
		if err != nil {
			return err
		}
		docs := []venueDoc{}
		for _, v := range list {
			docs = append(docs, venueOf(v))
		}
		c.print(docs, func() {
			for _, v := range list {
				district, closed := "", ""
				if v.District != "" {
					district = c.say("ctl.ticket.district", v.District)
				}
				if v.Closed {
					closed = c.say("ctl.venue.closed")
				}
				c.columns(v.Name, v.Address, v.School, district, closed, string(v.ID))
			}
		})
		return nil
	})
}

// slotDoc is a slot as scripts read it.
type slotDoc struct {
	Slot id.Slot `json:"slot"`
	Day  string  `json:"day"`
	From string  `json:"from"`
	To   string  `json:"to"`
	Room int     `json:"room"`
	Left int     `json:"left"`
}

func slotOf(s identity.Slot) slotDoc {
	return slotDoc{s.ID, s.Day.String(), identity.Clock(s.From), identity.Clock(s.To), s.Room, s.Left()}
}

func (c *cli) printSlots(list []identity.Slot) {
	docs := []slotDoc{}
	for _, s := range list {
		docs = append(docs, slotOf(s))
	}
	c.print(docs, func() {
		for _, d := range docs {
			c.line("%s  %s–%s  %s  %s", d.Day, d.From, d.To, c.say("ctl.venue.left", d.Left, d.Room), d.Slot)
		}
	})
}

// minutes reads 08:30 as minutes of the day; 24:00 is its end.
func minutes(s string) (int, error) {
	if s == "24:00" {
		return 24 * 60, nil
	}
	t, err := clockTime(day.MustNew(2026, 1, 1), s)
	if err != nil || t.IsZero() {
		return 0, errNotATime.With(s)
	}
	t = t.In(day.Shanghai)
	return t.Hour()*60 + t.Minute(), nil
}

var errNotATime = fault.New(fault.Refused, "ctl.not-a-time")

func (c *cli) venuePlan() *cobra.Command {
	var on, from, to string
	var length, room int
	cmd := c.signedIn("venue", "plan VENUE", func(ctx context.Context, args []string) error {
		v, err := c.venueIn(ctx, args)
		if err != nil {
			return err
		}
		d, err := c.dayOr(on)
		if err != nil {
			return err
		}
		first, err := minutes(from)
		if err != nil {
			return err
		}
		last, err := minutes(to)
		if err != nil {
			return err
		}
		list, err := c.services.Venues.Plan(ctx, c.who, v.ID, d, first, last, length, room)
		if err != nil {
			return err
		}
		c.printSlots(list)
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&on, "on", "", c.say("ctl.flag.day-today"))
	fl.StringVar(&from, "from", "09:00", c.say("ctl.flag.time-from"))
	fl.StringVar(&to, "to", "12:00", c.say("ctl.flag.time-to"))
	fl.IntVar(&length, "minutes", 30, c.say("ctl.flag.minutes"))
	fl.IntVar(&room, "room", 10, c.say("ctl.flag.room"))
	return cmd
}

// dayOr reads a date; none is today.
func (c *cli) dayOr(s string) (day.Date, error) {
	if s == "" {
		return c.services.Today(), nil
	}
	return date(s)
}

func (c *cli) venueSlots() *cobra.Command {
	var from, to string
	cmd := c.signedIn("venue", "slots VENUE", func(ctx context.Context, args []string) error {
		v, err := c.venueIn(ctx, args)
		if err != nil {
			return err
		}
		first, err := c.dayOr(from)
		if err != nil {
			return err
		}
		last, err := date(to)
		if err != nil {
			return err
		}
		if last.IsZero() {
			last = first.AddMonths(1)
		}
		list, err := c.services.Venues.Slots(ctx, c.who, v.ID, first, last)
		if err != nil {
			return err
		}
		c.printSlots(list)
		return nil
	})
	cmd.Flags().StringVar(&from, "from", "", c.say("ctl.flag.day-today"))
	cmd.Flags().StringVar(&to, "to", "", c.say("ctl.flag.day-until"))
	return cmd
}

func (c *cli) venueBook() *cobra.Command {
	var slot, school string
	cmd := c.signedIn("venue", "book NUMBER", func(ctx context.Context, args []string) error {
		if slot == "" {
			return usage{errors.New("--slot SLOT")}
		}
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		if err := c.services.Venues.Book(ctx, c.who, p.ID, id.Slot(slot), school); err != nil {
			return err
		}
		a, _, err := c.services.Venues.Of(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		c.print(map[string]any{"person": p.ID, "venue": venueOf(a.Venue), "slot": slotOf(a.Slot)}, func() {
			c.line("%s", c.say("ctl.venue.booked", a.Venue.Name, a.Slot.Day, identity.Clock(a.Slot.From), identity.Clock(a.Slot.To)))
		})
		return nil
	})
	cmd.Flags().StringVar(&slot, "slot", "", c.say("ctl.flag.slot"))
	cmd.Flags().StringVar(&school, "school", "", c.say("ctl.flag.school"))
	return cmd
}

func (c *cli) venueCancel() *cobra.Command {
	return c.signedIn("venue", "cancel NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		if err := c.services.Venues.Cancel(ctx, c.who, p.ID); err != nil {
			return err
		}
		c.print(map[string]any{"person": p.ID, "cancelled": true}, func() { c.line("%s", c.say("ctl.venue.cancelled")) })
		return nil
	})
}

func (c *cli) venueExpected() *cobra.Command {
	var on string
	cmd := c.signedIn("venue", "expected VENUE", func(ctx context.Context, args []string) error {
		v, err := c.venueIn(ctx, args)
		if err != nil {
			return err
		}
		d, err := c.dayOr(on)
		if err != nil {
			return err
		}
		list, err := c.services.Venues.Expected(ctx, c.who, v.ID, d)
		if err != nil {
			return err
		}
		type row struct {
			From   string    `json:"from"`
			To     string    `json:"to"`
			Person id.Person `json:"person"`
			Name   string    `json:"name"`
			Number string    `json:"number"`
			State  string    `json:"state"`
		}
		rows := []row{}
		for _, e := range list {
			rows = append(rows, row{identity.Clock(e.Slot.From), identity.Clock(e.Slot.To), e.Person, e.Name, e.MaskedNumber, string(e.State)})
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.line("%s–%s  %s  %s  %s", r.From, r.To, r.Name, r.Number, c.say("identity.state."+r.State))
			}
		})
		return nil
	})
	cmd.Flags().StringVar(&on, "on", "", c.say("ctl.flag.day-today"))
	return cmd
}
