package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// recordDoc is an hour record as scripts read it; mark is null where there is none.
type recordDoc struct {
	Record    id.Record `json:"record"`
	State     string    `json:"state"`
	Course    string    `json:"course"`
	Kind      string    `json:"kind"`
	Specialty string    `json:"specialty"`
	Mode      string    `json:"mode"`
	Hours     float64   `json:"hours"`
	PaidOn    string    `json:"paid_on"`
	On        string    `json:"on"`
	Mark      *float64  `json:"mark"`
	Evidence  string    `json:"evidence,omitempty"`
	Due       string    `json:"due,omitempty"`
	Reason    string    `json:"reason,omitempty"`
	Note      string    `json:"note,omitempty"`
	Removed   bool      `json:"removed,omitempty"`
	Programme string    `json:"programme,omitempty"` // its name, of somebody enrolled in several
}

func recordOf(r hours.Record, perHour hours.Unit) recordDoc {
	doc := recordDoc{
		Record: r.ID, State: string(r.State), Course: r.Course, Kind: string(r.Kind), Specialty: r.Specialty, Mode: string(r.Mode),
		Hours: perHour.Figure(r.Seconds), PaidOn: r.PaidOn.String(), On: r.On.String(), Evidence: r.Evidence, Due: r.Due.String(),
		Reason: r.Reason, Note: r.Note,
	}
	if r.HasMark {
		mark := float64(r.MarkTenths) / 10
		doc.Mark = &mark
	}
	return doc
}

func (c *cli) hoursList() *cobra.Command {
	var number string
	var removed bool
	cmd := c.signedIn("hours", "list", func(ctx context.Context, _ []string) error {
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		list, gone, err := c.services.Hours.Records(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		per, err := c.services.Hours.Units(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		in, err := c.services.Enrolment.Of(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		names := c.programmes(in)
		docs := []recordDoc{}
		show := []hours.Record{}
		for _, r := range list {
			docs, show = append(docs, recordOf(r, per[r.Enrolment])), append(show, r)
		}
		for _, f := range gone {
			if removed {
				doc := recordOf(f.Record, per[f.Record.Enrolment])
				doc.Removed = true
				docs, show = append(docs, doc), append(show, f.Record)
			}
		}
		for i, r := range show {
			docs[i].Programme = names.of(r.Enrolment)
		}
		c.print(docs, func() {
			for i, r := range show {
				state := c.say("hours.state." + string(r.State))
				if docs[i].Removed {
					state = c.say("hours.removed")
				}
				c.columns(string(r.ID), r.On.String(), docs[i].Programme, r.Course, fmt.Sprint(docs[i].Hours), c.book.Mark(r.Entry), state, c.reason(r))
			}
			if len(show) == 0 {
				c.line("%s", c.say("hours.no-records"))
			}
		})
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().BoolVar(&removed, "removed", false, c.say("ctl.flag.removed"))
	return cmd
}

// reason words why a record was returned or withdrawn.
func (c *cli) reason(r hours.Record) string {
	if r.Reason == "" {
		return ""
	}
	return c.say("hours.reason."+r.Reason) + " " + r.Note
}

// versionDoc is a former version of a record: what it said, and which act of whom ended it.
type versionDoc struct {
	recordDoc
	Act string `json:"act"`
	By  string `json:"by"`
	At  string `json:"at"`
	Why string `json:"why,omitempty"` // the code of the reason that act gave
}

func (c *cli) hoursShow() *cobra.Command {
	var history bool
	cmd := c.signedIn("hours", "show RECORD", func(ctx context.Context, args []string) error {
		r, err := one(args, "RECORD")
		if err != nil {
			return err
		}
		st, err := c.services.Hours.Story(ctx, c.who, id.Record(r))
		if err != nil {
			return err
		}
		names, err := c.services.Access.Names(ctx, c.who)
		if err != nil {
			return err
		}
		per := st.PerHour
		doc := struct {
			recordDoc
			EnteredBy string       `json:"entered_by"`
			DecidedBy string       `json:"decided_by,omitempty"`
			OwnReview bool         `json:"own_review,omitempty"`
			History   []versionDoc `json:"history,omitempty"`
		}{recordDoc: recordOf(st.Record, per), EnteredBy: names[st.Record.EnteredBy], DecidedBy: names[st.Record.DecidedBy], OwnReview: hours.OwnReview(st.Record, st.Former)}
		doc.Removed = st.Gone
		for i, f := range st.Former {
			if history {
				doc.History = append(doc.History, versionDoc{recordOf(f.Record, per), string(f.Act), names[f.By], c.book.Moment(f.At), st.After(i).Reason})
			}
		}
		c.print(doc, func() {
			c.showRecord(st.Record, st.Gone, per)
			if doc.OwnReview {
				c.line("  %s", c.say("access.own-review"))
			}
			for i, v := range doc.History {
				next := st.After(i)
				c.line("  %s  %s  %s  %s  %s", v.At, v.By, c.say(v.Act), c.book.Changes(st.Former[i].Entry, next.Entry, per), c.reason(next))
			}
		})
		return nil
	})
	cmd.Flags().BoolVar(&history, "history", false, c.say("ctl.flag.history"))
	return cmd
}

// showRecord says what a record says, field by field.
func (c *cli) showRecord(r hours.Record, gone bool, per hours.Unit) {
	state := c.say("hours.state." + string(r.State))
	if gone {
		state = c.say("hours.removed")
	}
	c.line("%s  %s  %s", r.ID, state, c.reason(r))
	for _, f := range []string{"course", "kind", "specialty", "mode", "hours", "paid-on", "on", "mark", "evidence"} {
		c.line("  %s  %s", c.say("exchange.column."+f), c.book.Entry(f, r.Entry, per))
	}
}
