package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
)

// ticketMerge is ticket merge list|preview|propose|approve|undo: several numbers become one (H-06).
func (c *cli) ticketMerge() *cobra.Command {
	return c.group("ticket.merge", c.mergeList(), c.mergePreview(), c.mergePropose(), c.mergeApprove(), c.mergeUndo())
}

// mergeDoc is a merge as scripts read it.
type mergeDoc struct {
	Merge  string     `json:"merge,omitempty"`
	State  string     `json:"state"`
	Keep   string     `json:"keep"`
	Others []string   `json:"others"`
	Rows   []mergeRow `json:"rows"`
	Why    string     `json:"why,omitempty"`
}

type mergeRow struct {
	Course string    `json:"course"`
	Name   string    `json:"name"`
	Marks  []markDoc `json:"marks"`
	Taken  markDoc   `json:"taken"`
	Rule   string    `json:"rule"`
}

func mergeOf(m enrolment.Merge) mergeDoc {
	d := mergeDoc{m.ID, mergeState(m), m.Keep, m.Others, []mergeRow{}, m.Why}
	for _, r := range m.Rows {
		row := mergeRow{r.Course, r.CourseName, []markDoc{}, markOf(r.Taken), string(r.Rule)}
		for _, x := range r.Marks {
			row.Marks = append(row.Marks, markOf(x))
		}
		d.Rows = append(d.Rows, row)
	}
	return d
}

// mergeState is where a merge stands; what was only looked at has no id.
func mergeState(m enrolment.Merge) string {
	if m.ID == "" {
		return "preview"
	}
	return string(m.State)
}

func mergeDocs(list []enrolment.Merge) []mergeDoc {
	docs := []mergeDoc{}
	for _, m := range list {
		docs = append(docs, mergeOf(m))
	}
	return docs
}

// showMerge shows both sides of every course, and which mark is taken by which rule.
func (c *cli) showMerge(m enrolment.Merge) {
	others := make([]string, len(m.Others))
	for i, o := range m.Others {
		others[i] = enrolment.InFours(o)
	}
	state := c.say("ctl.ticket.merge.only-preview")
	if m.ID != "" {
		state = c.say("enrolment.merge-state." + string(m.State))
	}
	c.columns(c.say("ctl.ticket.merge.line", enrolment.InFours(m.Keep), strings.Join(others, c.say("list.and")), state), m.ID)
	for _, r := range m.Rows {
		for _, x := range r.Marks {
			taken := " "
			if x == r.Taken {
				taken = "✓"
			}
			c.line("  %s %s  %s", taken, enrolment.InFours(x.Ticket), c.markLine(x))
		}
		c.line("      %s", c.say("enrolment.merge."+string(r.Rule)))
	}
}

// mergeList lists the merges that wait to be approved, with whose numbers they are about.
func (c *cli) mergeList() *cobra.Command {
	var limit int
	cmd := c.signedIn("ticket.merge", "list", func(ctx context.Context, _ []string) error {
		list, err := c.services.Tickets.Proposed(ctx, c.who, limit)
		if err != nil {
			return err
		}
		type row struct {
			mergeDoc
			namedDoc
		}
		rows := []row{}
		for _, p := range list {
			rows = append(rows, row{mergeOf(p.Merge), namedDoc{p.Person, p.Name, p.MaskedNumber}})
		}
		c.print(rows, func() {
			for _, p := range list {
				c.columns(p.Name, p.MaskedNumber)
				c.showMerge(p.Merge)
			}
			if len(list) == 0 {
				c.line("%s", c.say("ctl.ticket.merge.none"))
			}
		})
		return nil
	})
	cmd.Flags().IntVar(&limit, "limit", 200, c.say("ctl.flag.limit"))
	return cmd
}

// mergeVerb is a verb that gives a merge, printed.
func (c *cli) mergeVerb(use string, run func(ctx context.Context, args []string) (enrolment.Merge, error)) *cobra.Command {
	return c.signedIn("ticket.merge", use, func(ctx context.Context, args []string) error {
		m, err := run(ctx, args)
		if err != nil {
			return err
		}
		c.print(mergeOf(m), func() { c.showMerge(m) })
		return nil
	})
}

func (c *cli) mergePreview() *cobra.Command {
	return c.mergeVerb("preview NUMBER", func(ctx context.Context, args []string) (m enrolment.Merge, err error) {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return m, err
		}
		return c.services.Tickets.Preview(ctx, c.who, p.ID)
	})
}

func (c *cli) mergePropose() *cobra.Command {
	return c.mergeVerb("propose NUMBER", func(ctx context.Context, args []string) (m enrolment.Merge, err error) {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return m, err
		}
		return c.services.Tickets.Propose(ctx, c.who, p.ID)
	})
}

func (c *cli) mergeApprove() *cobra.Command {
	var number string
	cmd := c.mergeVerb("approve [MERGE]", func(ctx context.Context, args []string) (m enrolment.Merge, err error) {
		var merge id.Merge
		if merge, err = c.mergeAsked(ctx, args, number); err != nil {
			return m, err
		}
		return c.services.Tickets.Approve(ctx, c.who, merge)
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.merge-person"))
	return cmd
}

func (c *cli) mergeUndo() *cobra.Command {
	var number, reason string
	cmd := c.mergeVerb("undo [MERGE]", func(ctx context.Context, args []string) (m enrolment.Merge, err error) {
		if reason == "" {
			return m, usage{errors.New("--reason")}
		}
		var merge id.Merge
		if merge, err = c.mergeAsked(ctx, args, number); err != nil {
			return m, err
		}
		return c.services.Tickets.Undo(ctx, c.who, merge, reason)
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.merge-person"))
	cmd.Flags().StringVar(&reason, "reason", "", c.say("ctl.flag.reason"))
	return cmd
}
