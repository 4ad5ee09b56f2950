package main

import (
	"context"

	"github.com/spf13/cobra"

	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// entryFlags are what can be said of an hour record on the command line; only what was said is taken.
type entryFlags struct {
	course, kind, specialty, mode, on, paid, evidence, hours, mark string
	noMark                                                         bool
}

func (c *cli) entryFlags(cmd *cobra.Command) *entryFlags {
	f := &entryFlags{}
	fl := cmd.Flags()
	fl.StringVar(&f.course, "course", "", c.say("ctl.flag.course"))
	fl.StringVar(&f.kind, "kind", "", c.say("ctl.flag.kind"))
	fl.StringVar(&f.specialty, "specialty", "", c.say("ctl.flag.specialty"))
	fl.StringVar(&f.mode, "mode", "online", c.say("ctl.flag.mode"))
	fl.StringVar(&f.hours, "hours", "", c.say("ctl.flag.hours"))
	fl.StringVar(&f.on, "on", "", c.say("ctl.flag.on"))
	fl.StringVar(&f.paid, "paid", "", c.say("ctl.flag.paid"))
	fl.StringVar(&f.mark, "mark", "", c.say("ctl.flag.mark"))
	fl.StringVar(&f.evidence, "evidence", "", c.say("ctl.flag.evidence"))
	return f
}

// into writes what was said into an entry; a mark of 0 is a mark, and what is not said stays.
func (f *entryFlags) into(cmd *cobra.Command, e *hours.Entry, perHour func() (hours.Unit, error)) (err error) {
	said := cmd.Flags().Changed
	for name, set := range map[string]func(){
		"course":    func() { e.Course = f.course },
		"kind":      func() { e.Kind = hours.Kind(f.kind) },
		"specialty": func() { e.Specialty = f.specialty },
		"mode":      func() { e.Mode = hours.Mode(f.mode) },
		"evidence":  func() { e.Evidence = f.evidence },
		"no-mark":   func() { e.MarkTenths, e.HasMark = 0, false },
	} {
		if said(name) {
			set()
		}
	}
	if said("on") {
		if e.On, err = date(f.on); err != nil {
			return err
		}
	}
	if said("paid") {
		if e.PaidOn, err = date(f.paid); err != nil {
			return err
		}
	}
	if said("mark") {
		if e.MarkTenths, err = hours.ReadMark(f.mark); err != nil {
			return err
		}
		e.HasMark = true
	}
	if said("hours") {
		per, err := perHour()
		if err != nil {
			return err
		}
		e.Seconds, err = per.Read(f.hours)
		return err
	}
	return nil
}

func (c *cli) hoursEdit() *cobra.Command {
	var f *entryFlags
	var cmd *cobra.Command
	cmd = c.signedIn("hours", "edit RECORD", func(ctx context.Context, args []string) error {
		r, err := one(args, "RECORD")
		if err != nil {
			return err
		}
		st, err := c.services.Hours.Story(ctx, c.who, id.Record(r))
		if err != nil {
			return err
		}
		e := st.Record.Entry
		if err := f.into(cmd, &e, func() (hours.Unit, error) { return st.PerHour, nil }); err != nil {
			return err
		}
		rec, err := c.services.Hours.Edit(ctx, c.who, st.Record.ID, e, st.Record.Version)
		if err != nil {
			return err
		}
		c.print(map[string]any{"record": rec.ID, "state": rec.State, "changed": hours.Differences(st.Record.Entry, rec.Entry)}, func() {
			c.line("%s", c.say("ctl.hours.edited", c.book.Changes(st.Record.Entry, rec.Entry, st.PerHour)))
		})
		return nil
	})
	f = c.entryFlags(cmd)
	cmd.Flags().BoolVar(&f.noMark, "no-mark", false, c.say("ctl.flag.no-mark"))
	return c.long(cmd, "ctl.hours.edit.more")
}

func (c *cli) hoursRemove() *cobra.Command {
	return c.signedIn("hours", "remove RECORD", func(ctx context.Context, args []string) error {
		r, err := one(args, "RECORD")
		if err != nil {
			return err
		}
		if err := c.services.Hours.Remove(ctx, c.who, id.Record(r)); err != nil {
			return err
		}
		c.print(map[string]any{"record": r, "removed": true}, func() { c.line("%s", c.say("ctl.hours.removed")) })
		return nil
	})
}

func (c *cli) hoursTakeBack() *cobra.Command {
	return c.signedIn("hours", "take-back RECORD", func(ctx context.Context, args []string) error {
		r, err := one(args, "RECORD")
		if err != nil {
			return err
		}
		rec, err := c.services.Hours.TakeBack(ctx, c.who, id.Record(r))
		if err != nil {
			return err
		}
		c.print(map[string]any{"record": rec.ID, "state": rec.State}, func() { c.line("%s", c.say("ctl.hours.taken-back")) })
		return nil
	})
}

func (c *cli) hoursWithdraw() *cobra.Command {
	var reason, note string
	cmd := c.signedIn("hours", "withdraw RECORD", func(ctx context.Context, args []string) error {
		r, err := one(args, "RECORD")
		if err != nil {
			return err
		}
		rec, marked, err := c.services.Hours.Withdraw(ctx, c.who, id.Record(r), reason, note)
		if err != nil {
			return err
		}
		if marked == nil {
			marked = []string{}
		}
		c.print(map[string]any{"record": rec.ID, "state": rec.State, "to_be_revoked": marked}, func() {
			c.line("%s", c.say("ctl.hours.withdrawn"))
			for _, number := range marked {
				c.line("%s", c.say("ctl.hours.revoke-next", number))
			}
		})
		return nil
	})
	cmd.Flags().StringVar(&reason, "reason", "", c.say("ctl.flag.reasons", codes(hours.WithdrawReasons)))
	cmd.Flags().StringVar(&note, "note", "", c.say("ctl.flag.note"))
	c.offers(cmd, "reason", hours.WithdrawReasons)
	return cmd
}
