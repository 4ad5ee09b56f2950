package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/act"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/view"
	"xuezheng/data/way"
)

// fileDoc is a person's file as the desk's page shows it, as scripts read it.
type fileDoc struct {
	namedDoc
	State        identity.State `json:"state"` // as the programme looked at sees it
	Phone        string         `json:"phone"` // masked
	Unit         string         `json:"unit"`
	Photo        bool           `json:"photo"`
	Enrolment    id.Enrolment   `json:"enrolment,omitempty"` // that is looked at
	Programmes   []programmeDoc `json:"programmes"`
	Next         string         `json:"next"` // id of the one next step; empty if nothing is left
	Ready        bool           `json:"ready"`
	Records      map[string]int `json:"records"` // how many are of each stage
	Certificates []paperDoc     `json:"certificates"`
	Former       []wasDoc       `json:"former"`
	History      []doneDoc      `json:"history"`
	Spoilt       []spoiltDoc    `json:"spoilt"`
	Warned       []string       `json:"warned"` // keys of what has to be known of the programme
}

type programmeDoc struct {
	Enrolment id.Enrolment `json:"enrolment"`
	Programme string       `json:"programme"`
	Name      string       `json:"name"`
	Hours     bool         `json:"hours"`
}

type paperDoc struct {
	Number   string `json:"number"`
	IssuedOn string `json:"issued_on"`
	Copies   int    `json:"copies"`
	Revoked  bool   `json:"revoked"`
	ToRevoke bool   `json:"to_revoke"`
}

type wasDoc struct {
	Kind string `json:"kind"`
	Old  string `json:"old"` // a number only masked (P-06)
	On   string `json:"on"`
}

// personFile shows what the desk's page of a person does: hours, certificates, what was done.
func personFile(c *cli) *cobra.Command {
	var programme string
	cmd := c.signedIn("person", "file NUMBER", func(ctx context.Context, args []string) error {
		number, err := one(args, "NUMBER")
		if err != nil {
			return err
		}
		p, in, err := c.enrolledIn(ctx, number, programme, true)
		if err != nil {
			return err
		}
		v, err := boundTo(ctx, c).File(p.ID, in)
		if err != nil {
			return err
		}
		doc := fileDocOf(v)
		c.print(doc, func() { showFile(c, doc, v) })
		return nil
	})
	c.programmeFlag(cmd, &programme)
	return c.long(cmd, "ctl.person.file.long")
}

func fileDocOf(v view.Person) fileDoc {
	doc := fileDoc{
		namedDoc: namedDoc{v.ID, v.Name, v.MaskedNumber}, State: v.State, Phone: v.Phone, Unit: v.Unit, Photo: len(v.Photo) > 0, Enrolment: v.Enrolment, Ready: v.Ready,
		Programmes: []programmeDoc{}, Records: map[string]int{}, Certificates: []paperDoc{}, Former: []wasDoc{}, History: []doneDoc{}, Spoilt: []spoiltDoc{}, Warned: []string{},
	}
	for _, x := range v.Programmes {
		doc.Programmes = append(doc.Programmes, programmeDoc(x))
	}
	next, _ := way.Next(v.Way)
	doc.Next = next.ID
	for _, stage := range hours.Stages() {
		doc.Records[underscored(stage)], _ = v.Standing.InStage(stage)
	}
	for _, x := range v.Certificates {
		doc.Certificates = append(doc.Certificates, paperDoc{x.Number, x.IssuedOn.String(), x.Copies, x.Revoked, x.Doubted && !x.Revoked})
	}
	for _, x := range v.Former {
		doc.Former = append(doc.Former, wasDoc{x.Kind, x.Old, x.At.Format("2006-01-02")})
	}
	for _, h := range v.History {
		doc.History = append(doc.History, doneDocOf(decidedAct(h)))
	}
	for _, x := range v.Spoilt {
		doc.Spoilt = append(doc.Spoilt, spoiltDoc{strings.TrimPrefix(x.Kind, "person.kind."), x.Key})
	}
	for _, f := range v.Warned() {
		doc.Warned = append(doc.Warned, f.Key)
	}
	return doc
}

// decidedAct names the act of a line of the history that is a decision on the person's identity.
func decidedAct(h view.HistoryRow) view.HistoryRow {
	switch {
	case h.Decision == nil:
	case h.Decision.Outcome == identity.Confirmed:
		h.Act = act.ConfirmIdentity
	default:
		h.Act = act.ReturnIdentity
	}
	return h
}

// showFile prints a file as a page: who, the hours of the programme looked at, papers, what was done.
func showFile(c *cli, doc fileDoc, v view.Person) {
	c.line("%s  %s  %s", v.Name, v.MaskedNumber, c.say("identity.state."+string(v.State)))
	c.columns(v.Unit, v.Phone)
	for _, f := range v.Warned() {
		line, hint := c.book.Fault(f)
		c.line("%s", line+c.say("fault.join")+hint)
	}
	for _, x := range v.Programmes {
		mark := "  "
		if x.Enrolment == v.Enrolment {
			mark = "→ "
		}
		c.line("%s", mark+x.Name)
	}
	if v.Enrolled() {
		c.showStanding(service.Study{Staged: v.Standing, PerHour: v.PerHour}, standingDoc{Ready: v.Ready})
	}
	for _, x := range doc.Certificates {
		mark := "certificate.stands"
		switch {
		case x.Revoked:
			mark = "certificate.revoked-mark"
		case x.ToRevoke:
			mark = "certificate.doubted-mark"
		}
		c.columns(x.Number, x.IssuedOn, c.say(mark))
	}
	for _, x := range v.Former {
		c.line("%s", c.say("person.former."+x.Kind, x.Old, c.book.Moment(x.At)))
	}
	for _, x := range v.Spoilt {
		c.line("%s", c.say("store.row", c.say(x.Kind), x.Key)+c.say("fault.join")+c.say("person.spoilt.hint"))
	}
	for _, h := range v.History {
		c.columns(c.book.Moment(h.At), doneWords(c, decidedAct(h)), h.Who, h.Desk)
	}
}
