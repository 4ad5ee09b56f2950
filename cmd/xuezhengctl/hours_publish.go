package main

import (
	"bytes"
	"context"

	"github.com/spf13/cobra"

	"xuezheng/data/hours"
)

func (c *cli) hoursPassList() *cobra.Command {
	var month, out string
	cmd := c.signedIn("hours", "passlist", func(ctx context.Context, _ []string) error {
		if err := c.ending(out, ".pdf", ".xlsx"); err != nil {
			return err
		}
		y, m, err := yearMonth(month, c.services.Today())
		if err != nil {
			return err
		}
		p := c.progress("ctl.hours.listing")
		list, err := c.services.Hours.PassList(ctx, c.who, y, m, p.at)
		p.end()
		if err != nil {
			return err
		}
		return c.passList(ctx, list, false, out)
	})
	cmd.Flags().StringVar(&month, "month", "", c.say("ctl.flag.month"))
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out"))
	return cmd
}

// hoursPublish publishes the list of a month: last month's, if none is said (G-21).
func (c *cli) hoursPublish() *cobra.Command {
	var month, out string
	cmd := c.signedIn("hours", "publish", func(ctx context.Context, _ []string) error {
		if err := c.ending(out, ".pdf", ".xlsx"); err != nil {
			return err
		}
		y, m, err := yearMonth(month, c.services.Today())
		if err != nil {
			return err
		}
		p := c.progress("ctl.hours.listing")
		list, again, err := c.services.Hours.Publish(ctx, c.who, y, m, p.at)
		p.end()
		if err != nil {
			return err
		}
		return c.passList(ctx, list, again, out)
	})
	cmd.Flags().StringVar(&month, "month", "", c.say("ctl.flag.month-last"))
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out"))
	return cmd
}

// passDoc is a month's list as scripts read it; Again says that it was published before.
type passDoc struct {
	hours.PassList
	Again bool
}

// passList writes a month's list into a file, if one is named, and shows it.
func (c *cli) passList(ctx context.Context, list hours.PassList, again bool, out string) error {
	if out != "" {
		var b bytes.Buffer
		if err := c.services.Hours.WritePassList(ctx, c.who, &b, list, out, c.book.Language()); err != nil {
			return err
		}
		if err := writeFile(out, b.Bytes()); err != nil {
			return err
		}
	}
	c.print(passDoc{list, again}, func() {
		c.line("%s", c.say("ctl.hours.pass-list", list.Year, list.Month, list.People()))
		if again {
			c.line("%s", c.say("hours.pass-list.again"))
		}
		c.line("%s", c.passState(list))
		for _, x := range list.Left {
			c.line("%s", c.passLeft(x))
		}
		for _, r := range list.Rows {
			c.columns(c.passName(r), r.MaskedNumber, r.Main, r.Unit, c.say("hours.pass-list.of", r.PerHour.Text(r.Seconds), r.PerHour.Text(r.Needed)), c.readyWord(r), c.passRemark(r))
		}
	})
	return nil
}

// passLeft says who is not on a list, and for which record.
func (c *cli) passLeft(x hours.PassLeft) string {
	who := x.Name
	switch {
	case x.Deleted:
		who = c.say("hours.pass-list.deleted")
	case who == "":
		who = c.say("hours.pass-list.nobody-known")
	}
	return c.say("hours.pass-list.left-one", who, x.MaskedNumber, c.say("person.kind."+x.Kind), x.Record)
}

// passState says where a month's list stands.
func (c *cli) passState(list hours.PassList) string {
	if list.State == hours.Published {
		return c.say("hours.pass-list.state.published", list.PublishedOn, list.PublishedBy)
	}
	return c.say("hours.pass-list.state."+string(list.State), c.mayMove(list.PublishOn, list.Provisional))
}

func (c *cli) passName(r hours.PassRow) string {
	if r.Deleted {
		return c.say("hours.pass-list.deleted")
	}
	return r.Name
}

func (c *cli) readyWord(r hours.PassRow) string {
	if r.Renewal {
		return c.say("hours.pass-list.ready.yes")
	}
	return c.say("hours.pass-list.ready.no")
}

func (c *cli) passRemark(r hours.PassRow) string {
	if r.Withdrawn > 0 {
		return c.say("hours.pass-list.withdrawn", r.Withdrawn)
	}
	return ""
}
