package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"xuezheng/data/fault"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/service"
	"xuezheng/data/store"
)

func init() { commands = append(commands, personCommand, noticeCommand, numberCommand) }

// personCommand is person add|show|file|way|find|import|export|consent|delete.
func personCommand(c *cli) *cobra.Command {
	var programme string
	roster := c.importer("person", func(ctx context.Context, file []byte, dryRun bool) (service.Import, error) {
		return c.services.Exchange.Roster(ctx, c.who, file, dryRun, nil, programme)
	}, nil)
	c.programmeFlag(roster, &programme)
	return c.group("person", c.personAdd(), c.personShow(), personFile(c), c.personWay(), c.personFind(), roster, c.personExport(), c.personConsent(), c.personContact(), c.personDelete())
}

func (c *cli) personAdd() *cobra.Command {
	var f person.Form
	cmd := c.signedIn("person", "add", func(ctx context.Context, _ []string) error {
		p, known, err := c.services.People.Register(ctx, c.who, f)
		if err != nil {
			return c.fieldFaults(err)
		}
		c.print(map[string]any{"person": p.ID, "known": known, "state": p.State}, func() {
			key := "ctl.person.added"
			if known {
				key = "ctl.person.known"
			}
			c.line("%s", c.say(key, p.Name, identity.Mask(p.Number)))
			if known {
				c.oldNumber(f.Number, p)
			}
		})
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&f.Name, "name", "", c.say("ctl.flag.name"))
	fl.StringVar(&f.Number, "number", "", c.say("ctl.flag.person"))
	fl.StringVar(&f.Phone, "phone", "", c.say("ctl.flag.phone"))
	fl.StringVar(&f.Email, "email", "", c.say("ctl.flag.email"))
	fl.StringVar(&f.Address, "address", "", c.say("ctl.flag.address"))
	fl.StringVar(&f.Unit, "unit", "", c.say("ctl.flag.unit"))
	return cmd
}

// fieldFaults says every refusal of a form on its own line; the first becomes the fault.
func (c *cli) fieldFaults(err error) error {
	var all person.FieldFaults
	if errors.As(err, &all) && !c.json {
		for field, f := range all {
			if f != all.First() {
				text, _ := c.book.Fault(f)
				c.errLine("%s: %s", c.say("person."+field), text)
			}
		}
	}
	return err
}

func (c *cli) personShow() *cobra.Command {
	var whole bool
	var programme string
	cmd := c.signedIn("person", "show NUMBER", func(ctx context.Context, args []string) error {
		number, err := one(args, "NUMBER")
		if err != nil {
			return err
		}
		p, in, err := c.enrolledIn(ctx, number, programme, true)
		if err != nil {
			return err
		}
		f, err := c.services.People.Show(ctx, c.who, p.ID, in)
		if err != nil {
			return err
		}
		if whole {
			if f.Person.Number, err = c.services.People.ShowNumber(ctx, c.who, p.ID); err != nil {
				return err
			}
		}
		doc := map[string]any{
			"person": f.Person.ID, "name": f.Person.Name, "number": f.Person.Number, "state": f.Person.State, "unit": f.Person.UnitName,
			"phone": identity.MaskPhone(f.Person.Phone), "enrolments": len(f.Enrolments), "pictures": len(f.Pictures), "former": c.formerDocs(f),
			"spoilt": spoiltDocs(f.Spoilt),
		}
		names := c.programmes(f.Enrolments)
		if f.Enrolled {
			doc["enrolment"] = f.Study.Enrolment.ID
			doc["programme"] = f.Study.Enrolment.Programme
			doc["standing"] = c.standingDoc(f.Study)
			if f.Study.State != "" {
				doc["state_here"] = f.Study.State // as the enrolment's programme sees it
			}
			if f.Study.Unread != nil {
				doc["unread"] = fault.Of(f.Study.Unread).Key
			}
		}
		c.print(doc, func() {
			c.line("%s  %s  %s", f.Person.Name, f.Person.Number, c.say("identity.state."+string(f.Person.State)))
			c.columns(f.Person.UnitName, identity.MaskPhone(f.Person.Phone))
			c.showFormer(f)
			for _, x := range f.Spoilt {
				line, _ := c.book.Fault(x.Fault())
				c.line("%s", line+c.say("fault.join")+c.say("person.spoilt.hint"))
			}
			if f.Enrolled {
				c.showStudy(f, names)
			}
		})
		return nil
	})
	c.programmeFlag(cmd, &programme)
	cmd.Flags().BoolVar(&whole, "whole-number", false, c.say("ctl.flag.whole-number"))
	return cmd
}

// showStudy shows how the enrolment looked at stands, and names the others of another programme.
func (c *cli) showStudy(f service.File, names programmeNames) {
	en := f.Study.Enrolment
	c.columns(names.of(en.ID), en.Main, en.From.String()+" – "+en.To.String())
	if f.Study.Unread != nil {
		line, hint := c.book.Fault(f.Study.Unread)
		c.line("%s", line+c.say("fault.join")+hint)
	}
	if f.Study.State != "" && f.Study.State != f.Person.State {
		line, hint := c.book.Fault(identity.ErrOtherWay.With(names.name[en.ID]))
		c.line("%s", line+c.say("fault.join")+hint)
	}
	c.showStanding(f.Study, c.standingDoc(f.Study))
	for _, o := range f.Enrolments {
		if o.ID != en.ID && names.several {
			c.columns(names.of(o.ID), o.Main, o.From.String()+" – "+o.To.String(), c.say("ctl.person.other-programme", o.Programme))
		}
	}
}

// spoiltDoc is a row that was changed or damaged outside the program.
type spoiltDoc struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

func spoiltDocs(list []store.Spoilt) []spoiltDoc {
	docs := []spoiltDoc{}
	for _, x := range list {
		docs = append(docs, spoiltDoc{x.Table, x.Key})
	}
	return docs
}

func (c *cli) personFind() *cobra.Command {
	return c.signedIn("person", "find QUERY", func(ctx context.Context, args []string) error {
		query, err := one(args, "QUERY")
		if err != nil {
			return err
		}
		hits, err := c.services.People.Find(ctx, c.who, query, 50)
		if err != nil {
			return err
		}
		type row struct {
			Person string         `json:"person"`
			Name   string         `json:"name"`
			Number string         `json:"number"`
			Unit   string         `json:"unit"`
			State  identity.State `json:"state"`
			Former bool           `json:"former,omitempty"` // found by a value that was corrected since
		}
		rows := []row{}
		for _, h := range hits {
			rows = append(rows, row{string(h.ID), h.Name, h.MaskedNumber, h.UnitName, h.State, h.Formerly})
		}
		c.print(rows, func() {
			for _, r := range rows {
				former := ""
				if r.Former {
					former = c.say("person.find.formerly")
				}
				c.columns(r.Name, r.Number, r.Unit, c.say("identity.state."+string(r.State)), former)
			}
		})
		if len(rows) == 0 {
			if !c.json {
				return person.ErrNoPerson
			}
			return errFailed
		}
		return nil
	})
}

func (c *cli) personExport() *cobra.Command {
	var out string
	cmd := c.signedIn("person", "export NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		x, err := c.services.People.Export(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		if out == "" {
			_, err = c.out.Write(append(x.Document, '\n'))
			return err
		}
		return c.writeExport(out, x)
	})
	cmd.Flags().StringVar(&out, "out", "", c.say("ctl.flag.out-export"))
	return c.long(cmd, "ctl.person.export.long")
}

// writeExport writes everything kept of a person: one zip, or the document with a folder of the
// pictures beside it.
func (c *cli) writeExport(out string, x service.Export) error {
	if strings.EqualFold(filepath.Ext(out), ".zip") {
		b, err := x.Zip()
		if err != nil {
			return err
		}
		if err := writeFile(out, b); err != nil {
			return err
		}
		c.print(map[string]any{"file": filepath.Base(out), "files": len(x.Files) + 1}, func() { c.line("%s", c.say("ctl.saved", filepath.Base(out))) })
		return nil
	}
	if err := writeFile(out, x.Document); err != nil {
		return err
	}
	beside := strings.TrimSuffix(out, filepath.Ext(out)) + "-files"
	for _, f := range x.Files {
		name := filepath.Join(beside, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return errCannotWrite.With(filepath.Base(beside)).Because(err)
		}
		if err := writeFile(name, f.Bytes); err != nil {
			return err
		}
	}
	c.print(map[string]any{"file": filepath.Base(out), "folder": filepath.Base(beside), "files": len(x.Files) + 1}, func() {
		c.line("%s", c.say("ctl.saved", filepath.Base(out)))
		if len(x.Files) > 0 {
			c.line("%s", c.say("ctl.person.export.beside", filepath.Base(beside), len(x.Files)))
		}
	})
	return nil
}

func (c *cli) personConsent() *cobra.Command {
	var kind string
	var refuse bool
	cmd := c.signedIn("person", "consent NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		return c.services.People.Consent(ctx, c.who, p.ID, kind, !refuse)
	})
	cmd.Flags().StringVar(&kind, "kind", person.ConsentPictures, c.say("ctl.flag.consent"))
	cmd.Flags().BoolVar(&refuse, "refuse", false, c.say("ctl.flag.refuse"))
	return cmd
}

func (c *cli) personContact() *cobra.Command {
	var phone, email, address string
	cmd := c.signedIn("person", "contact NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		return c.services.People.CorrectContact(ctx, c.who, p.ID, or(phone, p.Phone), or(email, p.Email), or(address, p.Address))
	})
	fl := cmd.Flags()
	fl.StringVar(&phone, "phone", "", c.say("ctl.flag.phone"))
	fl.StringVar(&email, "email", "", c.say("ctl.flag.email"))
	fl.StringVar(&address, "address", "", c.say("ctl.flag.address"))
	return cmd
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (c *cli) personDelete() *cobra.Command {
	var sure bool
	cmd := c.signedIn("person", "delete NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		leaves, err := c.services.People.Leaves(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		if sure {
			err = c.services.People.Delete(ctx, c.who, p.ID)
		}
		if err != nil {
			return err
		}
		c.print(map[string]any{"person": p.ID, "deleted": sure, "kinds": leafDocs(leaves)}, func() {
			for _, l := range leaves {
				c.line("%s  %s  %s", c.say("person.kind."+l.Table), c.say("person.rows", l.N), c.fate(l))
			}
			if sure {
				c.line("%s", c.say("ctl.person.deleted", p.Name, identity.Mask(p.Number)))
			}
		})
		if !sure {
			return usage{errors.New(c.say("ctl.usage.yes"))}
		}
		return nil
	})
	cmd.Flags().BoolVar(&sure, "yes", false, c.say("ctl.flag.yes"))
	return c.long(cmd, "ctl.person.delete.long")
}

// leafDoc is one kind of what is kept of somebody, as scripts read it.
type leafDoc struct {
	Kind string `json:"kind"`
	Rows int    `json:"rows"`
	Fate string `json:"fate"`
	Time string `json:"kept,omitempty"` // the figure of the pack's retention_months, for what stays
}

func leafDocs(list []store.KindCount) []leafDoc {
	docs := []leafDoc{}
	for _, l := range list {
		d := leafDoc{l.Table, l.N, string(l.OnDelete), ""}
		if l.OnDelete != store.Goes {
			d.Time = l.Time
		}
		docs = append(docs, d)
	}
	return docs
}

// fate words what deleting somebody does to a kind of row, and how long what stays is kept.
func (c *cli) fate(l store.KindCount) string {
	if l.OnDelete == store.Goes {
		return c.say("person.fate.goes")
	}
	months := c.services.Policy.Kept(l.Time)
	if l.Table == "ticket" || l.Table == "kiosk_result" {
		return c.say("person.fate.bare")
	}
	return c.say("person.fate."+string(l.OnDelete), months)
}

// numberCommand is number check: it needs no store.
func numberCommand(c *cli) *cobra.Command {
	return c.group("number", c.verb("number", "check NUMBER…", func(_ context.Context, args []string) error {
		if len(args) == 0 {
			return usage{errors.New("NUMBER…")}
		}
		type row struct {
			Number string   `json:"number"`
			Kind   string   `json:"kind"`
			Valid  bool     `json:"valid"`
			Birth  string   `json:"birth"`
			Sex    string   `json:"sex"`
			Region string   `json:"region,omitempty"`
			Why    []string `json:"why"`
		}
		rows, good := []row{}, true
		for _, a := range args {
			f := identity.Check(a, c.today())
			r := row{f.Number, string(f.Kind), f.Valid, f.Birth.String(), string(f.Sex), f.Region, []string{}}
			for _, w := range append(f.Why, f.Warn...) {
				text, _ := c.book.Fault(w)
				r.Why = append(r.Why, text)
			}
			rows, good = append(rows, r), good && f.Valid
		}
		c.print(rows, func() {
			for _, r := range rows {
				mark := "✓"
				if !r.Valid {
					mark = "✗"
				}
				c.line("%s %s  %s  %s  %s  %s  %v", mark, r.Number, r.Kind, r.Birth, r.Sex, r.Region, r.Why)
			}
		})
		if !good {
			return errFailed
		}
		return nil
	}))
}
