package main

import (
	"context"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"xuezheng/data/service"
)

func init() { commands = append(commands, retentionCommand) }

// retentionCommand is for what has been kept long enough: retention list|show|delete.
func retentionCommand(c *cli) *cobra.Command {
	return c.group("retention", c.retentionList(), c.retentionShow(), c.retentionDelete())
}

// dueDoc is one kind of data as scripts read it.
type dueDoc struct {
	Kind   string `json:"kind"`
	Months int    `json:"months"` // how long it is kept, at the longest
	Before string `json:"before"` // what is due ended, or came about, before this day
	Rows   int    `json:"rows"`
	People int    `json:"people"`
	Least  int    `json:"least_months"` // how long at the shortest: each enrolment's own pack decides
}

func dueOf(k service.DueKind) dueDoc {
	return dueDoc{k.Kind, k.Months, k.Before.String(), k.Rows, k.People, k.Least}
}

func (c *cli) showDue(k service.DueKind) {
	kept := c.say("retention.kept", k.Months)
	if k.Least < k.Months {
		kept = c.say("retention.kept-own", k.Least, k.Months)
	}
	c.columns(k.Kind, c.say("retention.kind."+k.Kind), kept, c.say("retention.due", k.Rows, k.People))
}

func (c *cli) retentionList() *cobra.Command {
	return c.long(c.signedIn("retention", "list", func(ctx context.Context, _ []string) error {
		list, err := c.services.Retention.Due(ctx, c.who)
		if err != nil {
			return err
		}
		docs := []dueDoc{}
		for _, k := range list {
			docs = append(docs, dueOf(k))
		}
		c.print(docs, func() {
			for _, k := range list {
				c.showDue(k)
			}
		})
		return nil
	}), "ctl.retention.list.long")
}

func (c *cli) retentionShow() *cobra.Command {
	var limit int
	cmd := c.signedIn("retention", "show KIND", func(ctx context.Context, args []string) error {
		kind, err := one(args, "KIND")
		if err != nil {
			return err
		}
		list, err := c.services.Retention.List(ctx, c.who, kind, limit)
		if err != nil {
			return err
		}
		type row struct {
			Person string `json:"person"`
			Name   string `json:"name"`
			Number string `json:"number"`
			Last   string `json:"last,omitempty"`
			Rows   int    `json:"rows"`
		}
		rows := []row{}
		for _, p := range list {
			r := row{string(p.Person), p.Name, p.MaskedNumber, "", p.Rows}
			if !p.Last.IsZero() {
				r.Last = p.Last.Format("2006-01-02")
			}
			rows = append(rows, r)
		}
		c.print(rows, func() {
			for _, p := range list {
				last := ""
				if !p.Last.IsZero() {
					last = c.say("retention.last", c.book.Moment(p.Last))
				}
				name := p.Name
				if name == "" {
					name = c.say("retention.nobody")
				}
				c.columns(name, p.MaskedNumber, c.say("person.rows", strconv.Itoa(p.Rows)), last)
			}
		})
		return nil
	})
	cmd.Flags().IntVar(&limit, "limit", 200, c.say("ctl.flag.limit"))
	return cmd
}

// retentionDelete deletes what of a kind is due; without --yes it only says how much that is.
func (c *cli) retentionDelete() *cobra.Command {
	var sure bool
	cmd := c.signedIn("retention", "delete KIND", func(ctx context.Context, args []string) error {
		kind, err := one(args, "KIND")
		if err != nil {
			return err
		}
		list, err := c.services.Retention.Due(ctx, c.who)
		if err != nil {
			return err
		}
		found := service.DueKind{}
		for _, k := range list {
			if k.Kind == kind {
				found = k
			}
		}
		switch {
		case found.Kind == "":
			return service.ErrDueKind.With(kind)
		case found.Rows == 0:
			return service.ErrDueNone
		case !sure:
			c.print(map[string]any{"due": dueOf(found), "deleted": false}, func() {
				c.showDue(found)
				c.line("%s", c.say("retention.goes."+kind))
			})
			return usage{errors.New(c.say("ctl.usage.yes"))}
		}
		if found, err = c.services.Retention.Delete(ctx, c.who, kind, found.Rows); err != nil {
			return err
		}
		c.print(map[string]any{"due": dueOf(found), "deleted": true}, func() {
			c.line("%s", c.say("ctl.retention.deleted", c.say("retention.kind."+kind), found.Rows, found.People))
		})
		return nil
	})
	cmd.Flags().BoolVar(&sure, "yes", false, c.say("ctl.flag.yes"))
	return c.long(cmd, "ctl.retention.delete.long")
}
