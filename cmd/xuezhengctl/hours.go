package main

import (
	"context"
	"xuezheng/data/access"
	"xuezheng/data/act"

	"github.com/spf13/cobra"

	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/person"
	"xuezheng/data/service"
)

func init() { commands = append(commands, hoursCommand) }

func hoursCommand(c *cli) *cobra.Command {
	return c.group("hours", c.hoursEnter(), c.hoursImport(), c.hoursList(), c.hoursShow(), c.hoursEdit(), c.hoursRemove(), c.hoursSubmit(), c.hoursTakeBack(), c.hoursReview(), c.hoursWithdraw(), c.hoursStanding(), c.hoursUneven(), c.hoursPassList(), c.hoursPublish(), c.hoursAllowMix())
}

func (c *cli) hoursEnter() *cobra.Command {
	var number, programme string
	var another bool
	var f *entryFlags
	var cmd *cobra.Command
	cmd = c.signedIn("hours", "enter", func(ctx context.Context, _ []string) error {
		p, in, err := c.enrolledIn(ctx, number, programme, true)
		if err != nil {
			return err
		}
		var per hours.Unit
		unit := func() (u hours.Unit, err error) {
			per, err = c.services.Hours.Unit(ctx, c.who, p.ID, in, f.specialty, c.services.Today())
			return per, err
		}
		e := hours.Entry{Learner: p.ID, Enrolment: in, Mode: hours.Online}
		if err := f.into(cmd, &e, unit); err != nil {
			return err
		}
		if e.Seconds == 0 { // nothing was said
			if _, err = unit(); err != nil {
				return err
			}
			if e.Seconds, err = per.Read(f.hours); err != nil {
				return err
			}
		}
		rec, err := c.services.Hours.Enter(ctx, c.who, e, another)
		if err != nil {
			return err
		}
		c.print(map[string]any{"record": rec.ID, "state": rec.State}, func() {
			c.line("%s", c.say("hours.why.draft", c.say("ctl.hours.entered", rec.On, per.Text(rec.Seconds))))
		})
		return nil
	})
	f = c.entryFlags(cmd)
	c.programmeFlag(cmd, &programme)
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().BoolVar(&another, "another", false, c.say("ctl.flag.another"))
	return cmd
}

func (c *cli) hoursImport() *cobra.Command {
	var submit, repeats bool
	cmd := c.importer("hours", func(ctx context.Context, file []byte, dryRun bool) (service.Import, error) {
		var also []service.HoursChoice
		if repeats {
			also = append(also, service.Repeats)
		}
		return c.services.Exchange.Hours(ctx, c.who, file, dryRun, nil, also...)
	}, func(ctx context.Context, im service.Import, doc *importDoc, dryRun bool) error {
		drafts := len(im.Drafts)
		doc.NotSubmitted = &drafts
		if !submit || drafts == 0 {
			return nil
		}
		doc.submit = true
		if dryRun {
			return nil
		}
		n, err := c.services.Hours.SubmitThese(ctx, c.who, im.Drafts)
		if err != nil {
			return err
		}
		look, err := c.services.Hours.Outlook(ctx, c.who, "")
		drafts -= n
		doc.Submitted, doc.DecidedBy = n, look.LatestDecision.String()
		return err
	})
	cmd.Flags().BoolVar(&submit, "submit", false, c.say("ctl.flag.submit"))
	cmd.Flags().BoolVar(&repeats, "repeats", false, c.say("ctl.flag.repeats"))
	return c.long(cmd, "ctl.hours.import.more")
}

func (c *cli) hoursSubmit() *cobra.Command {
	var number string
	var all bool
	cmd := c.signedIn("hours", "submit", func(ctx context.Context, _ []string) error {
		n, whose := 0, id.Person("")
		if all && number != "" {
			return usage{errAllOrOne}
		}
		if all {
			k, err := c.services.Hours.SubmitAll(ctx, c.who)
			if err != nil {
				return err
			}
			n = k
		} else {
			p, err := c.person(ctx, number)
			if err != nil {
				return err
			}
			if n, err = c.services.Hours.SubmitOf(ctx, c.who, p.ID); err != nil {
				return err
			}
			whose = p.ID
		}
		look, err := c.services.Hours.Outlook(ctx, c.who, whose)
		if err != nil {
			return err
		}
		c.print(map[string]any{"submitted": n, "decided_by": look.LatestDecision, "earliest_list": look.EarliestList, "latest_list": look.LatestList, "provisional": look.Provisional,
			"decided_by_provisional": look.DecisionMayMove, "earliest_list_provisional": look.EarliestMayMove, "latest_list_provisional": look.LatestMayMove}, func() {
			c.line("%s", c.say("ctl.hours.submitted", n))
			c.line("%s", c.say("ctl.hours.outlook", c.mayMove(look.LatestDecision, look.DecisionMayMove), c.mayMove(look.EarliestList, look.EarliestMayMove), c.mayMove(look.LatestList, look.LatestMayMove)))
		})
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().BoolVar(&all, "all", false, c.say("ctl.flag.all"))
	return cmd
}

func (c *cli) hoursReview() *cobra.Command {
	var number, record, reason, note string
	var accept, back, all bool
	cmd := c.signedIn("hours", "review", func(ctx context.Context, _ []string) error {
		if !accept && !back {
			return c.reviewQueue(ctx)
		}
		if all && (number != "" || record != "") {
			return usage{errAllOrOne}
		}
		what := act.ReturnHours
		if accept {
			what = act.AcceptHours
		}
		if !c.who.Role.May(what) { // before anything is said of what there is
			return access.ErrDenied.With(string(what))
		}
		var list []hours.Record
		switch {
		case record != "":
			st, err := c.services.Hours.Story(ctx, c.who, id.Record(record))
			if err != nil {
				return err
			}
			list = []hours.Record{st.Record}
		case all || number != "":
			var err error
			if list, err = c.submitted(ctx, number, all); err != nil {
				return err
			}
		default:
			return usage{errNeedsWhich}
		}
		for _, r := range list {
			var err error
			if accept {
				_, err = c.services.Hours.Accept(ctx, c.who, r.ID, r.Version)
			} else {
				_, err = c.services.Hours.Return(ctx, c.who, r.ID, reason, note, r.Version)
			}
			if err != nil {
				return err
			}
		}
		c.print(map[string]any{"decided": len(list)}, func() { c.line("%s", c.say("ctl.hours.decided", len(list))) })
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&number, "person", "", c.say("ctl.flag.person"))
	fl.StringVar(&record, "record", "", c.say("ctl.flag.record"))
	fl.BoolVar(&all, "all", false, c.say("ctl.flag.all"))
	fl.BoolVar(&accept, "accept", false, c.say("ctl.flag.accept"))
	fl.BoolVar(&back, "return", false, c.say("ctl.flag.return"))
	fl.StringVar(&reason, "reason", "", c.say("ctl.flag.reasons", codes(hours.Reasons)))
	fl.StringVar(&note, "note", "", c.say("ctl.flag.note"))
	c.offers(cmd, "reason", hours.Reasons)
	return cmd
}

// submitted lists the records that wait for review, of one person or of everyone.
func (c *cli) submitted(ctx context.Context, number string, all bool) (list []hours.Record, err error) {
	var p person.Person
	if !all {
		if p, err = c.person(ctx, number); err != nil {
			return nil, err
		}
	}
	const page = 1000
	for offset := 0; ; offset += page {
		rows, err := c.services.Hours.Queue(ctx, c.who, page, offset)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if all || r.Record.Learner == p.ID {
				list = append(list, r.Record)
			}
		}
		if len(rows) < page {
			return list, nil
		}
	}
}

// hoursUneven lists what an older version rounded and nobody can know again.
func (c *cli) hoursUneven() *cobra.Command {
	return c.signedIn("hours", "uneven", func(ctx context.Context, _ []string) error {
		rows, err := c.services.Hours.Uneven(ctx, c.who, 1000)
		if err != nil {
			return err
		}
		type row struct {
			Record  id.Record `json:"record"`
			Name    string    `json:"name"`
			Number  string    `json:"number"`
			Course  string    `json:"course"`
			On      day.Date  `json:"on"`
			Hours   float64   `json:"hours"` // that count
			Seconds int       `json:"seconds"`
		}
		list := []row{}
		for _, r := range rows {
			list = append(list, row{r.Record.ID, r.Name, r.MaskedNumber, r.Record.Course, r.Record.On, r.PerHour().Figure(r.Record.Seconds), r.Record.Seconds})
		}
		c.print(list, func() {
			for _, r := range list {
				c.line("%s  %s  %s  %s  %v  %s", r.On, r.Name, r.Number, r.Course, r.Hours, r.Record)
			}
			if len(list) == 0 {
				c.line("%s", c.say("ctl.hours.none-uneven"))
			}
		})
		return nil
	})
}

func (c *cli) reviewQueue(ctx context.Context) error {
	rows, err := c.services.Hours.Queue(ctx, c.who, 100, 0)
	if err != nil {
		return err
	}
	type row struct {
		Record id.Record `json:"record"`
		Name   string    `json:"name"`
		Number string    `json:"number"`
		Course string    `json:"course"`
		Hours  float64   `json:"hours"`
		Due    string    `json:"due"`
		Left   int       `json:"working_days_left"`
		Rests  bool      `json:"provisional"`
	}
	list := []row{}
	days := c.services.WorkingDays()
	for _, r := range rows {
		left, _ := days.WorkingBetween(c.services.Today(), r.Record.Due)
		list = append(list, row{r.Record.ID, r.Name, r.MaskedNumber, r.Record.Course, r.PerHour().Figure(r.Record.Seconds), r.Record.Due.String(), left, days.Provisional(r.Record.SubmittedOn, r.Record.Due)})
	}
	drafts, people, err := c.services.Hours.UnsubmittedCount(ctx, c.who)
	if err != nil {
		return err
	}
	c.print(list, func() {
		for _, r := range list {
			c.line("%s  %s  %s  %s  %v  %s", c.provisional(r.Due, r.Rests), r.Name, r.Number, r.Course, r.Hours, r.Record)
		}
		if len(list) == 0 {
			c.line("%s", c.say("ctl.hours.nothing-waits"))
		}
		if drafts > 0 {
			c.line("%s", c.say("ctl.hours.drafts", drafts, people))
		}
	})
	return nil
}

func (c *cli) hoursStanding() *cobra.Command {
	var number, programme string
	var add []string
	cmd := c.signedIn("hours", "standing", func(ctx context.Context, _ []string) error {
		p, e, err := c.enrolledIn(ctx, number, programme, false)
		if err != nil {
			return err
		}
		st, err := c.services.Hours.Standing(ctx, c.who, p.ID, e)
		if len(add) > 0 && err == nil {
			st, err = c.services.Hours.WhatIf(ctx, c.who, p.ID, add, nil, e)
		}
		if err != nil {
			return err
		}
		doc := c.standingDoc(st)
		c.print(doc, func() { c.showStanding(st, doc) })
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	c.programmeFlag(cmd, &programme)
	cmd.Flags().StringSliceVar(&add, "what-if-added", nil, c.say("ctl.flag.what-if-added"))
	return cmd
}

func bucketKey(b hours.Bucket) string {
	if b.Added {
		return "added"
	}
	return string(b.Kind)
}

func (c *cli) hoursAllowMix() *cobra.Command {
	var number, why string
	cmd := c.signedIn("hours", "allow-mix", func(ctx context.Context, _ []string) error {
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		st, err := c.services.Hours.Standing(ctx, c.who, p.ID, "")
		if err != nil {
			return err
		}
		return c.services.Hours.AllowMix(ctx, c.who, st.Enrolment.ID, why)
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	cmd.Flags().StringVar(&why, "reason", "", c.say("ctl.flag.reason"))
	return cmd
}
