package service

import (
	"encoding/json"

	"xuezheng/data/day"
	"xuezheng/data/exchange"
	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/store"
)

// ErrOtherName is for a number that is registered under another name.
var ErrOtherName = person.ErrOtherName

// whom says whom a document number means that stands beside a name, or beside none: whose it is, or
// whose it was until it was corrected (G-12, G-18). found is false if it is nobody's.
func whom(tx *store.Tx, number, name string) (p person.Person, found bool, err error) {
	list, err := tx.People.Bearers(identity.Canonical(number))
	if err != nil {
		return p, false, err
	}
	b, _, found, err := person.Whom(name, list)
	if err != nil || !found {
		return p, found, err
	}
	p, err = tx.People.Get(b.ID)
	return p, err == nil, err
}

// meant finds out whom the rows of a sheet mean by their numbers.
type meant struct {
	now    map[string]id.Person
	former map[string][]person.Former
}

func meantBy(tx *store.Tx, canonical []string) (m meant, err error) {
	if m.now, err = tx.People.ByNumbers(canonical); err != nil {
		return m, err
	}
	m.former, err = tx.People.FormerNumbers(canonical)
	return m, err
}

// row is whom a row means; a number that was corrected is told. Whether the name is theirs is for the
// sheet to say, of whoever has the number now.
func (m meant) row(tx *store.Tx, number, name string, out *ImportRow) (id.Person, error) {
	n := identity.Canonical(number)
	if len(m.former[n]) == 0 {
		return m.now[n], nil
	}
	list, err := tx.People.Bearers(n)
	if err != nil {
		return "", err
	}
	b, _, found, err := person.Whom(name, list)
	switch {
	case fault.Of(err) != nil && fault.Of(err).Kind == fault.Broken:
		return "", err
	case err != nil && !found:
		refuse(out, "number", fault.Of(err))
		return "", nil
	case !found:
		return "", nil
	}
	if b.Number != nil {
		out.Told = append(out.Told, exchange.CellFault{Column: "number", Fault: person.WordNumberCorrected.With(day.Of(b.Number.At))})
	}
	return b.ID, nil
}

// called says whether somebody is called so, or was: then that is told. Else the row is refused.
func called(tx *store.Tx, p person.Person, name string, out *ImportRow) (bool, error) {
	if p.Name == name {
		return true, nil
	}
	b, err := tx.People.Bearer(p)
	if err != nil {
		return false, err
	}
	former, ok := b.Called(name)
	switch {
	case !ok:
		refuse(out, "name", ErrOtherName)
	case former != nil:
		out.Told = append(out.Told, exchange.CellFault{Column: "name", Fault: person.WordNameCorrected.With(day.Of(former.At))})
	}
	return ok, nil
}

// remember keeps what a granted change takes the place of, as it stands now.
func (s *Identity) remember(tx *changing, p person.Person, q identity.Request) error {
	f := person.Former{Person: p.ID, Kind: person.FormerName, Old: p.Name, New: q.New, At: s.now().UTC(), Request: q.ID}
	if q.Kind == identity.NumberChange {
		f.Kind, f.Old = person.FormerNumber, p.Number
	}
	if f.Old == f.New {
		return nil
	}
	return tx.People.Remember(&f)
}

// notAnothers refuses a number that is somebody else's: when it is asked for, and again when it is
// decided (G-18).
func notAnothers(tx *store.Tx, number string, p id.Person) error {
	there, found, err := tx.People.ByNumber(identity.Canonical(number))
	if err == nil && found && there.ID != p {
		err = ErrNumberTaken
	}
	return err
}

const settingFormer = "people.former-kept"

// rememberGranted keeps, once for a store, what was corrected before corrections were remembered.
func (c *core) rememberGranted(tx *store.Tx) error {
	done, err := tx.Settings.Get(settingFormer)
	if err != nil || done != "" {
		return err
	}
	list, err := tx.Identity.GrantedData()
	if err != nil {
		return err
	}
	for _, q := range list {
		f := person.Former{Person: q.Person, Kind: person.FormerKind(q.Kind), Old: q.Old, New: q.New, At: q.DecidedAt, Request: q.ID}
		if err := tx.People.Remember(&f); err != nil {
			return err
		}
	}
	return tx.Settings.Set(settingFormer, "1")
}

// withFormerNumbers lets a case be opened by the numbers its person had, too (G-18). One that is
// somebody's now, or was several people's, opens nothing.
func withFormerNumbers(tx *store.Tx, cases []exchange.DayCase) ([]exchange.DayCase, error) {
	taken := map[string]bool{}
	for _, c := range cases {
		taken[c.Number] = true
	}
	for _, c := range cases {
		var x exchange.KioskCase
		if err := json.Unmarshal(c.Body, &x); err != nil {
			return nil, err
		}
		former, err := tx.People.Former(x.Person)
		x.Wipe()
		if err != nil {
			return nil, err
		}
		for _, f := range former {
			n := identity.Canonical(f.Old)
			if f.Kind != person.FormerNumber || taken[n] {
				continue
			}
			whose, err := tx.People.Bearers(n)
			if err != nil {
				return nil, err
			}
			if len(whose) == 1 && whose[0].Number != nil {
				cases, taken[n] = append(cases, exchange.DayCase{Number: n, Body: c.Body}), true
			}
		}
	}
	return cases, nil
}
