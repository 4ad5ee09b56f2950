package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"xuezheng/data/enrolment"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/store"
)

func init() { commands = append(commands, materialCommand) }

// materialCommand is material list|hand-in|see|education.
func materialCommand(c *cli) *cobra.Command {
	return c.group("material", c.materialList(), c.materialHandIn(), c.materialSee(), c.materialEducation())
}

// materialDoc is a material as scripts read it. Its code opens a record elsewhere and is masked.
type materialDoc struct {
	Material string `json:"material"`
	Kind     string `json:"kind"`
	Source   string `json:"source"`
	Code     string `json:"code,omitempty"`
	Expires  string `json:"expires,omitempty"`
	SeenAt   string `json:"seen_at,omitempty"`
}

func materialOf(k store.Kept) materialDoc {
	d := materialDoc{Material: k.ID, Kind: k.Kind, Source: string(k.Source)}
	if k.Code != "" {
		d.Code = identity.Mask(k.Code)
	}
	if !k.Expires.IsZero() {
		d.Expires = k.Expires.String()
	}
	if !k.SeenAt.IsZero() {
		d.SeenAt = shanghai(k.SeenAt)
	}
	return d
}

// materialList says of each thing asked for whether it is there, then what was handed in.
func (c *cli) materialList() *cobra.Command {
	return c.signedIn("material", "list NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		standing, err := c.services.Materials.Standing(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		kept, err := c.services.Materials.List(ctx, c.who, p.ID)
		if err != nil {
			return err
		}
		type wanted struct {
			Requirement string   `json:"requirement"`
			State       string   `json:"state"`
			DaysLeft    int      `json:"days_left,omitempty"`
			OneOf       []string `json:"one_of"`
			Optional    bool     `json:"optional,omitempty"`
		}
		asked, docs := []wanted{}, []materialDoc{}
		for _, s := range standing {
			asked = append(asked, wanted{s.Requirement.ID, string(s.State), s.DaysLeft, s.Requirement.OneOf, s.Requirement.Optional})
		}
		for _, k := range kept {
			docs = append(docs, materialOf(k))
		}
		c.print(map[string]any{"asked": asked, "handed_in": docs, "complete": enrolment.Complete(standing)}, func() { c.showMaterials(standing, kept) })
		return nil
	})
}

func (c *cli) showMaterials(standing []enrolment.MaterialStanding, kept []store.Kept) {
	for _, s := range standing {
		name := s.Requirement.Name
		if c.book.English() {
			name = s.Requirement.NameEn
		}
		left := ""
		if s.State == enrolment.MaterialExpiring {
			left = c.say("ctl.material.days-left", s.DaysLeft)
		}
		c.columns(name, c.say("enrolment.material."+string(s.State)), left)
		for i, kind := range s.Alternatives {
			key := "ctl.material.one-of"
			if i > 0 {
				key = "ctl.material.or"
			}
			c.line("    %s", c.say(key, c.say("enrolment.material-kind."+kind)))
		}
	}
	for _, k := range kept {
		d := materialOf(k)
		c.columns("  "+c.say("enrolment.material-kind."+d.Kind), c.say("enrolment.material-source."+d.Source), d.Code, d.Expires, d.Material)
	}
}

func (c *cli) materialHandIn() *cobra.Command {
	var number, file, expires string
	var h service.HandedIn
	cmd := c.signedIn("material", "hand-in KIND", func(ctx context.Context, args []string) (err error) {
		if h.Kind, err = one(args, "KIND"); err != nil {
			return err
		}
		if h.Seen && h.Receipt {
			return usage{errors.New("--seen | --receipt")}
		}
		if h.Expires, err = date(expires); err != nil {
			return err
		}
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		if file != "" {
			if h.Picture, err = readFile(file); err != nil {
				return err
			}
		}
		k, err := c.services.Materials.HandIn(ctx, c.who, p.ID, h)
		if err != nil {
			return err
		}
		c.print(materialOf(k), func() {
			c.line("%s  %s  %s", c.say("enrolment.material-kind."+k.Kind), c.say("enrolment.material-source."+string(k.Source)), k.ID)
		})
		return nil
	})
	fl := cmd.Flags()
	fl.StringVar(&number, "person", "", c.say("ctl.flag.person"))
	fl.StringVar(&file, "file", "", c.say("ctl.flag.material-file"))
	fl.StringVar(&h.Code, "code", "", c.say("ctl.flag.verification-code"))
	fl.StringVar(&expires, "expires", "", c.say("ctl.flag.expires"))
	fl.BoolVar(&h.Seen, "seen", false, c.say("ctl.flag.original-seen"))
	fl.BoolVar(&h.Receipt, "receipt", false, c.say("ctl.flag.receipt"))
	cmd.ValidArgs = enrolment.MaterialKinds
	return cmd
}

func (c *cli) materialSee() *cobra.Command {
	var number string
	cmd := c.signedIn("material", "see MATERIAL", func(ctx context.Context, args []string) error {
		material, err := one(args, "MATERIAL")
		if err != nil {
			return err
		}
		p, err := c.person(ctx, number)
		if err != nil {
			return err
		}
		if err := c.services.Materials.See(ctx, c.who, p.ID, material); err != nil {
			return err
		}
		c.print(map[string]any{"material": material, "source": enrolment.MaterialSeen}, func() {
			c.line("%s", c.say("enrolment.material-source."+string(enrolment.MaterialSeen)))
		})
		return nil
	})
	cmd.Flags().StringVar(&number, "person", "", c.say("ctl.flag.person"))
	return cmd
}

// educationChecks are what --check says, by what is kept.
var educationChecks = []enrolment.EducationCheck{
	enrolment.NotChecked, enrolment.EducationSeen, enrolment.EducationReceipt, enrolment.ReportUploaded, enrolment.RecordFormUploaded,
}

// materialEducation gives a person's earlier education, or shows it where no level is given (H-10).
func (c *cli) materialEducation() *cobra.Command {
	var level, check, graduated string
	var e enrolment.Education
	cmd := c.signedIn("material", "education NUMBER", func(ctx context.Context, args []string) error {
		p, err := c.personIn(ctx, args)
		if err != nil {
			return err
		}
		if level != "" {
			e.Level, e.Check = enrolment.Level(level), enrolment.EducationCheck(check)
			if e.GraduatedOn, err = date(graduated); err != nil {
				return err
			}
			if e.Proof, err = c.proof(ctx, p.ID, e.Check); err != nil {
				return err
			}
			if err := c.services.Materials.GiveEducation(ctx, c.who, p.ID, e); err != nil {
				return err
			}
		}
		return c.printEducation(ctx, p.ID)
	})
	fl := cmd.Flags()
	fl.StringVar(&level, "level", "", c.say("ctl.flag.level", codes(enrolment.Levels)))
	fl.StringVar(&e.School, "school", "", c.say("ctl.flag.diploma-school"))
	fl.StringVar(&e.CertificateNumber, "certificate", "", c.say("ctl.flag.diploma-number"))
	fl.StringVar(&graduated, "graduated", "", c.say("ctl.flag.graduated"))
	fl.BoolVar(&e.NationalSeries, "national", false, c.say("ctl.flag.national"))
	fl.StringVar(&check, "check", string(enrolment.NotChecked), c.say("ctl.flag.education-check", codes(educationChecks)))
	c.offers(cmd, "level", texts(enrolment.Levels))
	c.offers(cmd, "check", texts(educationChecks))
	return cmd
}

var errNoProof = fault.New(fault.Refused, "ctl.no-proof")

// proof is the report or record form that was handed in before, where the education hangs on one.
func (c *cli) proof(ctx context.Context, p id.Person, check enrolment.EducationCheck) (m enrolment.Material, err error) {
	kind := map[enrolment.EducationCheck]string{enrolment.ReportUploaded: enrolment.ReportMaterial, enrolment.RecordFormUploaded: enrolment.RecordFormMaterial}[check]
	if kind == "" {
		return m, nil
	}
	list, err := c.services.Materials.List(ctx, c.who, p)
	for _, k := range list { // the latest first
		if k.Kind == kind {
			return k.Material, nil
		}
	}
	if err == nil {
		err = errNoProof.With(c.say("enrolment.material-kind." + kind))
	}
	return m, err
}

func (c *cli) printEducation(ctx context.Context, p id.Person) error {
	e, levels, found, err := c.services.Materials.Education(ctx, c.who, p)
	if err != nil {
		return err
	}
	if !found {
		c.print(map[string]any{"found": false}, func() { c.line("%s", c.say("ctl.material.no-education")) })
		return nil
	}
	why := ""
	if err := e.Evidence(c.services.Today()); err != nil {
		why, _ = c.book.Fault(err)
	}
	c.print(map[string]any{
		"found": true, "level": e.Level, "school": e.School, "certificate": identity.Mask(e.CertificateNumber), "graduated": e.GraduatedOn, "national": e.NationalSeries,
		"check": e.Check, "supports": texts(levels), "lacks": why,
	}, func() {
		c.line("%s  %s  %s  %s  %s", c.say("enrolment.level."+string(e.Level)), e.School, identity.Mask(e.CertificateNumber), e.GraduatedOn, c.say("enrolment.education-check."+string(e.Check)))
		for _, l := range levels {
			c.line("  %s", c.say("ctl.material.supports", c.say("enrolment.level."+string(l))))
		}
		if why != "" {
			c.line("  %s", why)
		}
	})
	return nil
}
