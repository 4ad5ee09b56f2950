package main

import (
	"bytes"
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"xuezheng/data/enrolment"
	"xuezheng/data/exchange"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/data/store"
)

func init() { commands = append(commands, kioskCommand) }

// kioskCommand is kiosk add|list|fill|take-in|close.
func kioskCommand(c *cli) *cobra.Command {
	return c.group("kiosk", c.kioskAdd(), c.kioskList(), c.kioskFill(), c.kioskTakeIn(), c.kioskClose())
}

// guessingCost is what guessing an ID number costs whoever has a day's file; zero is the file's
// own. Tests lower it.
var guessingCost exchange.Cost

func (c *cli) kioskAdd() *cobra.Command {
	var venue string
	cmd := c.signedIn("kiosk", "add FILE", func(ctx context.Context, args []string) error {
		name, err := one(args, "FILE")
		if err != nil {
			return err
		}
		file, err := readFile(name)
		if err != nil {
			return err
		}
		v, err := c.venue(ctx, venue)
		if err != nil {
			return err
		}
		k, err := c.services.Kiosks.Add(ctx, c.who, file, v.ID)
		if err != nil {
			return err
		}
		c.print(kioskOf(k), func() { c.line("%s", c.say("ctl.kiosk.added", k.Name, v.Name, k.ID)) })
		return nil
	})
	cmd.Flags().StringVar(&venue, "venue", "", c.say("ctl.flag.at-venue"))
	return cmd
}

type kioskDoc struct {
	Kiosk  id.Kiosk `json:"kiosk"`
	Name   string   `json:"name"`
	Venue  id.Venue `json:"venue"`
	Closed bool     `json:"closed"`
}

func kioskOf(k store.Kiosk) kioskDoc { return kioskDoc{k.ID, k.Name, k.Venue, k.Closed} }

func (c *cli) kioskList() *cobra.Command {
	return c.signedIn("kiosk", "list", func(ctx context.Context, _ []string) error {
		list, err := c.services.Kiosks.List(ctx, c.who)
		if err != nil {
			return err
		}
		docs := []kioskDoc{}
		for _, k := range list {
			docs = append(docs, kioskOf(k))
		}
		c.print(docs, func() {
			for _, k := range list {
				v, err := c.venue(ctx, string(k.Venue))
				if err != nil {
					v.Name = string(k.Venue)
				}
				line := k.Name + "  " + v.Name + "  " + string(k.ID)
				if k.Closed {
					line += "  " + c.say("ctl.kiosk.closed")
				}
				c.line("%s", line)
			}
		})
		return nil
	})
}

// kiosk finds a kiosk by its name or id.
func (c *cli) kiosk(ctx context.Context, name string) (store.Kiosk, error) {
	list, err := c.services.Kiosks.List(ctx, c.who)
	for _, k := range list {
		if k.Name == name || string(k.ID) == name {
			return k, nil
		}
	}
	if err == nil {
		err = service.ErrNoKiosk
	}
	return store.Kiosk{}, err
}

func (c *cli) kioskFill() *cobra.Command {
	var on, out string
	cmd := c.signedIn("kiosk", "fill KIOSK", func(ctx context.Context, args []string) error {
		name, err := one(args, "KIOSK")
		if err != nil {
			return err
		}
		k, err := c.kiosk(ctx, name)
		if err != nil {
			return err
		}
		d, err := c.dayOr(on)
		if err != nil {
			return err
		}
		p := c.progress("ctl.kiosk.filling")
		defer p.end()
		var b bytes.Buffer
		n, err := c.services.Kiosks.Fill(ctx, c.who, &b, k.ID, d, service.Filling{Cost: guessingCost, Report: p.at})
		if err != nil {
			return err
		}
		out := or(out, "kiosk-"+d.String()+".xzk")
		if err := writeFile(out, b.Bytes()); err != nil {
			return err
		}
		p.end()
		c.print(map[string]any{"file": filepath.Base(out), "day": d, "cases": n}, func() { c.line("%s", c.say("ctl.kiosk.filled", n, d, filepath.Base(out))) })
		return nil
	})
	cmd.Flags().StringVar(&on, "on", "", c.say("ctl.flag.day-today"))
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out"))
	return cmd
}

// kioskClose takes a kiosk out of use.
func (c *cli) kioskClose() *cobra.Command {
	return c.signedIn("kiosk", "close KIOSK", func(ctx context.Context, args []string) error {
		name, err := one(args, "KIOSK")
		if err != nil {
			return err
		}
		k, err := c.kiosk(ctx, name)
		if err != nil {
			return err
		}
		if err := c.services.Kiosks.Close(ctx, c.who, k.ID); err != nil {
			return err
		}
		k.Closed = true
		c.print(kioskOf(k), func() { c.line("%s", c.say("ctl.kiosk.is-closed", k.Name)) })
		return nil
	})
}

// mostResults is the largest file of results taken in, in bytes.
const mostResults = 200 << 20

func (c *cli) kioskTakeIn() *cobra.Command {
	return c.signedIn("kiosk", "take-in FILE…", func(ctx context.Context, args []string) error {
		if len(args) == 0 {
			return usage{errNeedsFiles}
		}
		type row struct {
			File      string     `json:"file"`
			Confirmed int        `json:"confirmed"`
			ToClerk   int        `json:"to_clerk"`
			Known     int        `json:"known"`
			Conflicts int        `json:"conflicts"`
			Unread    int        `json:"unread"`
			Why       string     `json:"why,omitempty"`
			Visits    []visitDoc `json:"visits"`
		}
		rows, bad := []row{}, false
		for _, name := range args {
			in, err := c.takeIn(ctx, name)
			r := row{filepath.Base(name), in.Confirmed, in.ToClerk, in.Known, in.Conflicts, in.Unread, "", visitDocs(in)}
			if err != nil {
				if len(args) == 1 || fault.Of(err).Kind != fault.Refused && fault.Of(err).Kind != fault.Missing {
					return err
				}
				r.Why, _ = c.book.Fault(err)
				bad = true
			}
			rows = append(rows, r)
		}
		c.print(rows, func() {
			for _, r := range rows {
				if r.Why != "" {
					c.line("%s  %s", r.File, r.Why)
					continue
				}
				c.line("%s  %s", r.File, c.say("ctl.kiosk.taken", r.Confirmed, r.ToClerk, r.Known, r.Conflicts, r.Unread))
				for _, v := range r.Visits {
					c.showVisit(v)
				}
			}
		})
		if bad {
			return errFailed
		}
		return nil
	})
}

func (c *cli) takeIn(ctx context.Context, name string) (service.TakenIn, error) {
	file, err := readAtMost(name, mostResults)
	if err != nil {
		return service.TakenIn{}, err
	}
	return c.services.Kiosks.TakeIn(ctx, c.who, file)
}

// visitDoc is what came of one visit to a kiosk, and what became of it here, as scripts read it.
type visitDoc struct {
	namedDoc
	At       string `json:"at"`
	Outcome  string `json:"outcome"`
	Why      string `json:"why,omitempty"`
	Conflict string `json:"conflict,omitempty"`
	Ticket   string `json:"ticket,omitempty"`
}

func visitDocs(in service.TakenIn) []visitDoc {
	docs := []visitDoc{}
	for _, r := range in.Rows {
		docs = append(docs, visitDoc{namedDoc{r.Person, r.Name, r.MaskedNumber}, shanghai(r.At), string(r.Outcome), r.Why, string(r.Conflict), r.Ticket})
	}
	return docs
}

func (c *cli) showVisit(v visitDoc) {
	name, outcome, conflict, ticket := v.Name, c.say("ctl.kiosk.outcome."+v.Outcome), "", ""
	if name == "" {
		name = c.say("retention.nobody")
	}
	if v.Why != "" {
		outcome += c.say("list.and") + c.say("identity.kiosk-why."+v.Why)
	}
	if v.Conflict != "" {
		conflict = c.say("kiosk.conflict."+v.Conflict, enrolment.InFours(v.Ticket))
	}
	if v.Ticket != "" {
		ticket = enrolment.InFours(v.Ticket)
	}
	c.columns("  "+name, v.Number, outcome, conflict, ticket)
}
