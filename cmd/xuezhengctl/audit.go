package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/service"
	"xuezheng/data/store"
)

func init() { commands = append(commands, auditCommand) }

// auditCommand is for the trail: audit show|verify.
func auditCommand(c *cli) *cobra.Command {
	return c.group("audit", c.auditShow(), c.auditVerify())
}

func (c *cli) auditShow() *cobra.Command {
	var number string
	var limit int
	cmd := c.signedIn("audit", "show", func(ctx context.Context, _ []string) error {
		f := store.LineFilter{Limit: limit}
		if number != "" {
			p, err := c.person(ctx, number)
			if err != nil {
				return err
			}
			f.Person = p.ID
		}
		lines, err := c.trail(ctx, f)
		if err != nil {
			return err
		}
		type row struct {
			Seq     int64  `json:"seq"`
			At      string `json:"at"`
			Login   string `json:"login"`
			Who     string `json:"who"` // the login's name
			Person  string `json:"person,omitempty"`
			Name    string `json:"name,omitempty"` // the person's
			Machine string `json:"machine"`
			Act     string `json:"act"`
			About   string `json:"about"`
			Detail  string `json:"detail,omitempty"`
			Pack    string `json:"pack,omitempty"`
			Hash    string `json:"hash"`
		}
		rows := []row{}
		for _, l := range lines {
			rows = append(rows, row{l.Seq, l.At.In(day.Shanghai).Format("2006-01-02T15:04:05.000-07:00"), string(l.Who), l.WhoName, l.Person, l.PersonName, l.Machine, string(l.Act), l.About, l.Detail, l.Pack, l.Hash})
		}
		c.print(rows, func() {
			for _, r := range rows {
				c.columns(strconv.FormatInt(r.Seq, 10), strings.Replace(r.At[:19], "T", " ", 1), r.Who, c.say(r.Act), r.Name, r.About, r.Detail)
			}
		})
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().IntVar(&limit, "limit", 100, c.say("ctl.flag.limit"))
	return cmd
}

// trail lists lines with the names of whom they speak of, for those who may see them; whoever looks at
// one person's history sees the login names only.
func (c *cli) trail(ctx context.Context, f store.LineFilter) (list []service.TrailLine, err error) {
	if c.who.Role.May(act.ShowAudit) || f.Person == "" {
		return c.services.Audit.Trail(ctx, c.who, f)
	}
	lines, err := c.services.Audit.Lines(ctx, c.who, f)
	if err != nil {
		return nil, err
	}
	names, err := c.services.Access.Names(ctx, c.who)
	for _, l := range lines {
		list = append(list, service.TrailLine{Line: l, WhoName: names[l.Who]})
	}
	return list, err
}

func (c *cli) auditVerify() *cobra.Command {
	return c.signedIn("audit", "verify", func(ctx context.Context, _ []string) error {
		n, err := c.services.Audit.Verify(ctx, c.who)
		if err != nil {
			return err
		}
		c.print(map[string]any{"lines": n, "whole": true}, func() { c.line("%s", c.say("ctl.audit.whole", n)) })
		return nil
	})
}
