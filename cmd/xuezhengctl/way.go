package main

import (
	"context"

	"github.com/spf13/cobra"

	"xuezheng/data/policy"
	"xuezheng/data/way"
)

// wayDoc is where somebody stands, as scripts read it.
type wayDoc struct {
	Pack  string    `json:"pack"` // id@version
	Next  string    `json:"next"` // id of the one next step; empty if nothing is left
	Steps []stopDoc `json:"steps"`
}

type stopDoc struct {
	stepDoc
	State   string   `json:"state"`
	Turn    string   `json:"turn,omitempty"` // whose it is: own, institution, examiners
	On      string   `json:"on,omitempty"`   // the day it was done
	By      string   `json:"by,omitempty"`   // the last day
	Overdue bool     `json:"overdue,omitempty"`
	Why     string   `json:"why,omitempty"`   // what is to be mended, or is lacking
	First   []string `json:"first,omitempty"` // ids of what comes first
}

// stepDoc is one step of a pack.
type stepDoc struct {
	ID       string   `json:"id"`
	Does     string   `json:"does,omitempty"`
	Waits    string   `json:"waits,omitempty"`
	Name     string   `json:"name"`
	Needs    []string `json:"needs,omitempty"`
	When     string   `json:"when,omitempty"`
	Asks     []string `json:"asks,omitempty"`
	Material string   `json:"material,omitempty"`
	Source   string   `json:"source"`
}

// personWay says where somebody stands on the way through a programme, and what comes next.
func (c *cli) personWay() *cobra.Command {
	var programme string
	cmd := c.signedIn("person", "way NUMBER", func(ctx context.Context, args []string) error {
		number, err := one(args, "NUMBER")
		if err != nil {
			return err
		}
		p, e, err := c.enrolledIn(ctx, number, programme, false)
		if err != nil {
			return err
		}
		w, err := c.services.Enrolment.Way(ctx, c.who, p.ID, e)
		if err != nil {
			return err
		}
		if w.Pack == nil {
			return policy.ErrNoSuchPack.With("")
		}
		doc := wayDoc{Pack: w.Pack.String(), Steps: []stopDoc{}}
		next, more := way.Next(w.Stops)
		doc.Next = next.ID
		for _, s := range w.Stops {
			doc.Steps = append(doc.Steps, c.stopDocOf(s))
		}
		c.print(doc, func() {
			c.wayWords(doc)
			if len(doc.Steps) > 0 && !more {
				c.line("%s", c.say("ctl.person.way.done"))
			}
		})
		return nil
	})
	c.programmeFlag(cmd, &programme)
	return c.long(cmd, "ctl.person.way.long")
}

func (c *cli) stepDocOf(s way.Step) stepDoc {
	d := stepDoc{ID: s.ID, Name: c.stepName(s), Needs: s.Needs, When: s.When, Asks: s.Asks, Material: s.Material, Source: s.Source}
	if d.Does = string(s.Word); s.Entry().Waits() {
		d.Does, d.Waits = "", d.Does
	}
	return d
}

func (c *cli) stopDocOf(p way.Stop) stopDoc {
	d := stopDoc{stepDoc: c.stepDocOf(p.Step), State: string(p.State), Turn: string(p.Turn), Overdue: p.Overdue, First: p.First}
	if !p.On.IsZero() {
		d.On = p.On.String()
	}
	if !p.By.IsZero() {
		d.By = p.By.String()
	}
	for _, key := range []string{p.Why, p.Lacks} {
		if key != "" {
			d.Why += c.say(key)
		}
	}
	return d
}

// stepName is what a step is called, in the language spoken: by the pack, or else by the program.
func (c *cli) stepName(s way.Step) string {
	zh, en := s.Names()
	if s.Name != "" && c.book.English() {
		return en
	}
	if s.Name != "" {
		return zh
	}
	return c.say(zh)
}

// wayWords prints a way as a table: an arrow stands before the one next thing.
func (c *cli) wayWords(doc wayDoc) {
	if len(doc.Steps) == 0 {
		c.line("%s", c.say("ctl.person.way.none", doc.Pack))
		return
	}
	names := map[string]string{}
	for _, s := range doc.Steps {
		names[s.ID] = s.Name
	}
	for _, s := range doc.Steps {
		mark := " "
		if s.ID == doc.Next {
			mark = "→"
		}
		more, turn := s.On+s.Why, ""
		if s.Turn != "" && s.State != string(way.Later) {
			turn = c.say("way.turn." + s.Turn)
		}
		if len(s.First) > 0 {
			more = c.say("ctl.person.way.first", names[s.First[0]])
		}
		if s.By != "" {
			more += " " + c.say("ctl.person.way.by", s.By)
		}
		c.columns(mark+" "+s.Name, c.say("way.state."+s.State), turn, more, s.Source)
	}
}

// packSteps prints the steps of a pack, numbered, each with what comes before it and its source.
func (c *cli) packSteps(p *policy.Pack) {
	names := map[string]string{}
	for i, s := range p.Steps() {
		if i == 0 {
			c.line("\n%s", c.say("ctl.pack.steps"))
		}
		names[s.ID] = c.stepName(s)
	}
	for i, s := range p.Steps() {
		var after, when []string
		for _, n := range s.Needs {
			after = append(after, names[n])
		}
		words := ""
		if len(after) > 0 {
			words = c.say("ctl.pack.step.after", after)
		}
		if s.When != "" {
			when = []string{c.say("ctl.pack.step.when", s.When)}
		}
		if s.By.From != "" {
			when = append(when, c.say("ctl.pack.step.by", s.By.WorkingDays, names[s.By.From]))
		}
		c.columns(append(append([]string{c.say("ctl.pack.step", i+1, names[s.ID]), words}, when...), s.Source)...)
	}
}
