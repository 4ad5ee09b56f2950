package main

import (
	"context"

	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/service"
)

// namedDoc is who somebody is, beside their id, as scripts read it; empty of somebody deleted since.
type namedDoc struct {
	Person id.Person `json:"person"`
	Name   string    `json:"name"`
	Number string    `json:"number"` // masked (P-06)
}

// names says who people are, for a listing.
func (c *cli) names(ctx context.Context, ids ...id.Person) (func(id.Person) namedDoc, error) {
	known, err := c.services.People.Named(ctx, c.who, ids)
	return func(p id.Person) namedDoc { return namedDoc{p, known[p].Name, known[p].MaskedNumber} }, err
}

// oldNumber says on the side that somebody was found by a number they had, or is so called no more.
func (c *cli) oldNumber(asked string, p person.Person) {
	if identity.Canonical(asked) != identity.Canonical(p.Number) {
		c.errLine("%s", c.say("ctl.person.corrected", p.Name, identity.Mask(p.Number)))
	}
}

// formerDoc is a value that was corrected, as scripts read it.
type formerDoc struct {
	Kind string `json:"kind"`
	Old  string `json:"old"` // a number only masked (P-06)
	New  string `json:"new"`
	On   string `json:"on"`
}

func (c *cli) formerDocs(f service.File) []formerDoc {
	docs := []formerDoc{}
	for _, x := range f.Former {
		docs = append(docs, formerDoc{string(x.Kind), x.Old, x.New, x.At.Format("2006-01-02")})
	}
	return docs
}

func (c *cli) showFormer(f service.File) {
	for _, x := range f.Former {
		c.line("%s", c.say("person.former."+string(x.Kind), x.Old, c.book.Moment(x.At)))
	}
}
