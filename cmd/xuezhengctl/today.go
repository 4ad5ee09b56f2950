package main

import (
	"context"

	"github.com/spf13/cobra"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/session"
	"xuezheng/data/view"
)

func init() { commands = append(commands, todayCommand) }

// todayDoc is the desk's day, as scripts read it.
type todayDoc struct {
	Day       day.Date     `json:"day"`
	Overdue   int          `json:"overdue"`
	Due       int          `json:"due_today"`
	Week      int          `json:"due_within_a_week"`
	Unlisted  int          `json:"unlisted"` // they move up as work is done
	Matters   []matterDoc  `json:"matters"`
	PassList  todayListDoc `json:"pass_list"` // the one that is published next
	ToPublish int          `json:"to_publish"`
	Classes   []classDoc   `json:"classes"`
	Drafts    int          `json:"drafts"` // records that nobody has handed in
	CameIn    []doneDoc    `json:"came_in"`
}

type todayListDoc struct {
	Year        int    `json:"year"`
	Month       int    `json:"month"`
	Passed      int    `json:"passed"`
	On          string `json:"publish_on"`
	Provisional bool   `json:"provisional"`
}

// classDoc is a class that runs today.
type classDoc struct {
	Name  string `json:"name"`
	Place string `json:"place"`
	In    int    `json:"in"`
	Out   int    `json:"out"`
}

// matterDoc is one matter that waits at the desk.
type matterDoc struct {
	namedDoc
	Area        string     `json:"area"`
	What        string     `json:"what"`
	Detail      string     `json:"detail"`
	Due         string     `json:"due,omitempty"`
	DaysLeft    int        `json:"working_days_left"` // negative when overdue; 0 where nothing runs
	Provisional bool       `json:"provisional,omitempty"`
	Request     id.Request `json:"request,omitempty"`
	Certificate string     `json:"certificate,omitempty"`
	Other       id.Person  `json:"other,omitempty"` // whose record has the same face
}

// doneDoc is what was done, and how often in a row.
type doneDoc struct {
	At    string `json:"at"`
	Act   string `json:"act"`
	By    string `json:"by"`
	Desk  string `json:"desk"`
	Times int    `json:"times"`
}

// todayCommand is today: what the desk's first page shows.
func todayCommand(c *cli) *cobra.Command {
	var only string
	cmd := c.signedIn("", "today", func(ctx context.Context, _ []string) error {
		v, err := boundTo(ctx, c).Today()
		if err != nil {
			return err
		}
		doc := todayDocOf(c, v, only)
		c.print(doc, func() { showToday(c, doc, v) })
		return nil
	})
	cmd.Flags().StringVar(&only, "only", "", c.say("ctl.flag.today-only"))
	c.offers(cmd, "only", []string{"overdue", "today", "week"})
	return c.long(cmd, "ctl.today.long")
}

// boundTo is every area, bound to whoever is signed in, in the language spoken.
func boundTo(ctx context.Context, c *cli) session.As {
	return session.Of(c.services, c.who).Within(ctx).Speaking(c.book.Language)
}

func todayDocOf(c *cli, v view.Today, only string) todayDoc {
	doc := todayDoc{
		Day: c.services.Today(), Overdue: v.Count("overdue"), Due: v.Count("today"), Week: v.Count("week"), Matters: []matterDoc{},
		PassList:  todayListDoc{v.PassYear, v.PassMonth, v.Passed, v.PublishOn.String(), v.MayMove},
		ToPublish: v.ToPublish, Classes: []classDoc{}, Drafts: v.Drafts, CameIn: []doneDoc{},
	}
	for _, i := range v.Items {
		if !i.In(only) {
			continue
		}
		m := matterDoc{
			namedDoc: namedDoc{i.Person, i.Name, i.MaskedNumber}, Area: i.Area, What: c.say(i.What), Detail: c.say(i.Detail, i.Figures...),
			DaysLeft: i.DaysLeft, Provisional: i.Provisional, Request: i.Request, Certificate: i.Certificate, Other: i.Other,
		}
		if !i.Due.IsZero() {
			m.Due = i.Due.String()
		}
		doc.Matters = append(doc.Matters, m)
	}
	doc.Unlisted = v.Count(only) - len(doc.Matters)
	for _, k := range v.Classes {
		doc.Classes = append(doc.Classes, classDoc(k))
	}
	for _, h := range v.CameIn {
		doc.CameIn = append(doc.CameIn, doneDocOf(h))
	}
	return doc
}

func doneDocOf(h view.HistoryRow) doneDoc {
	return doneDoc{h.At.UTC().Format("2006-01-02T15:04:05Z"), string(h.Act), h.Who, h.Desk, max(1, h.Times)}
}

// showToday says what is due, overdue first, and what else the day has.
func showToday(c *cli, doc todayDoc, v view.Today) {
	c.line("%s", c.book.DateAndWeekday(doc.Day))
	for _, w := range v.Place {
		c.line("%s", c.say(w.Key, w.Figures...))
	}
	for _, m := range doc.Matters {
		due := c.say("today.no-day")
		switch {
		case m.Due == "":
		case m.DaysLeft < 0:
			due = c.say("due.overdue", -m.DaysLeft)
		case m.DaysLeft == 0:
			due = c.say("due.today")
		default:
			due = c.say("due.left", m.DaysLeft)
		}
		c.columns(due, m.Due, m.Name, m.Number, m.What, m.Detail)
	}
	if len(doc.Matters) == 0 {
		c.line("%s", c.say("today.empty"))
	}
	if doc.Unlisted > 0 {
		c.line("%s", c.say("ctl.today.unlisted", doc.Unlisted))
	}
	if v.Drafts > 0 {
		c.line("%s", c.say("today.drafts", v.Drafts, v.DraftsOf))
	}
	c.columns(c.say("today.pass-list", v.PassMonth), c.say("today.passed")+" "+c.say("count.people", v.Passed), c.say("today.publish-on")+" "+doc.PassList.On)
	if v.ToPublish > 0 {
		c.line("%s", c.say("today.unpublished", v.LastMonth))
	}
	for _, k := range v.Classes {
		c.columns(k.Name, k.Place, c.say("today.class-in", k.In))
	}
	for _, h := range v.CameIn {
		c.columns(c.book.Moment(h.At), doneWords(c, h), h.Who)
	}
}

// doneWords says what was done, and how often in a row.
func doneWords(c *cli, h view.HistoryRow) string {
	if h.Times < 2 {
		return c.say(string(h.Act))
	}
	return c.say("person.history.times", c.say(string(h.Act)), h.Times)
}
