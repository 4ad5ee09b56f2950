package store

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

var formerValues = newTable(RowKind{Table: "former_value", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "former_values"}, 1,
	text("id", func(f *person.Former) *string { return &f.ID }),
	text("person", func(f *person.Former) *id.Person { return &f.Person }),
	text("kind", func(f *person.Former) *person.FormerKind { return &f.Kind }),
	column[person.Former]{columnInfo{name: "sealed", class: octets}, sealFormer, openFormer},
	instant("at", func(f *person.Former) *time.Time { return &f.At }),
	text("request", func(f *person.Former) *id.Request { return &f.Request }),
	foundBy("value_ix", func(t *Tx, f *person.Former) ([]byte, error) { return t.vault.formerIndex(f.Kind, f.Old), nil }),
	foundBy("value_end", func(t *Tx, f *person.Former) ([]byte, error) {
		if f.Kind == person.FormerNumber {
			return t.vault.endIndex(f.Old), nil
		}
		return []byte{}, nil
	}),
)

func sealFormer(t *Tx, f *person.Former, c *cell) error {
	plain, err := json.Marshal([2]string{f.Old, f.New})
	if err != nil {
		return err
	}
	c.b, err = t.vault.seal("former_value", f.ID, plain)
	return err
}

func openFormer(t *Tx, f *person.Former, c *cell) error {
	plain, err := t.vault.open("former_value", f.ID, c.b)
	if err != nil {
		return err
	}
	var values [2]string
	err = fromJSON(plain, &values)
	f.Old, f.New = values[0], values[1]
	return err
}

// Remember keeps a value that was corrected: sealed, found by a blind index as the present one is. A
// former name is found by its words as well.
func (p People) Remember(f *person.Former) error {
	if f.ID == "" {
		f.ID = id.New[string]()
	}
	if err := formerValues.add(p.t, f); err != nil || f.Kind != person.FormerName {
		return err
	}
	return p.putTerms(f.Person, person.Terms(f.Old, person.Pinyin(f.Old)))
}

func (v *vault) formerIndex(kind person.FormerKind, value string) []byte {
	if kind == person.FormerNumber {
		return v.numberIndex(value)
	}
	return v.blind("name", strings.TrimSpace(value))
}

// Former lists what of a person was corrected, the latest first.
func (p People) Former(who id.Person) ([]person.Former, error) {
	return p.former(`person = ? ORDER BY at DESC, id DESC`, string(who))
}

// FormerNumber lists whose a number was until it was corrected, the latest first.
func (p People) FormerNumber(canonical string) ([]person.Former, error) {
	if p.t.vault == nil {
		return nil, ErrLocked
	}
	return p.former(`kind = 'number' AND value_ix = ? ORDER BY at DESC, id DESC`, p.t.vault.numberIndex(canonical))
}

// FormerNumbers finds which of these canonical numbers were somebody's until they were corrected.
func (p People) FormerNumbers(canonical []string) (known map[string][]person.Former, err error) {
	if p.t.vault == nil {
		return nil, ErrLocked
	}
	known = map[string][]person.Former{}
	var some int
	if err := p.t.row(nil, `SELECT COUNT(*) FROM (SELECT 1 FROM former_value WHERE org = ? AND kind = 'number' LIMIT 1) AS one`, []any{p.t.org}, &some); err != nil || some == 0 {
		return known, err
	}
	const at = 500
	for from := 0; from < len(canonical); from += at {
		if err := p.someFormerNumbers(canonical[from:min(from+at, len(canonical))], known); err != nil {
			return nil, err
		}
	}
	return known, nil
}

func (p People) someFormerNumbers(canonical []string, into map[string][]person.Former) error {
	args := make([]any, len(canonical))
	for i, n := range canonical {
		args[i] = p.t.vault.numberIndex(n)
	}
	list, err := p.former(`kind = 'number' AND value_ix IN (`+strings.TrimSuffix(strings.Repeat("?,", len(args)), ",")+`) ORDER BY at DESC, id DESC`, args...)
	for _, f := range list {
		n := identity.Canonical(f.Old)
		into[n] = append(into[n], f)
	}
	return err
}

func (p People) former(where string, args ...any) (list []person.Former, err error) {
	return formerValues.rows(p.t, where, args...)
}

// formerNames are the names a person had.
func (p People) formerNames(who id.Person) (names []string, err error) {
	list, err := p.Former(who)
	for _, f := range list {
		if f.Kind == person.FormerName {
			names = append(names, f.Old)
		}
	}
	return names, err
}

// formerEnd finds people by the end of a number they had.
func formerEnd(org string, from, to []byte) way {
	return way{former: true, from: `former_value f JOIN person p ON p.org = f.org AND p.id = f.person
		WHERE f.org = ? AND f.value_end >= ? AND f.value_end <= ?`, args: []any{org, from, to}}
}

// formerly finds people by a number they had.
func formerly(org string, ix []byte) way {
	return way{former: true, from: `former_value f JOIN person p ON p.org = f.org AND p.id = f.person
		WHERE f.org = ? AND f.kind = 'number' AND f.value_ix = ?`, args: []any{org, ix}}
}

// Bearers lists whom a canonical number may mean: whose it is first, then whose it was.
func (p People) Bearers(canonical string) (list []person.Bearer, err error) {
	there, found, err := p.ByNumber(canonical)
	if err != nil {
		return nil, err
	}
	if found {
		b, err := p.bearer(there, nil)
		if err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	former, err := p.FormerNumber(identity.Canonical(canonical))
	if err != nil {
		return nil, err
	}
	for i := range former {
		if slices.ContainsFunc(list, func(b person.Bearer) bool { return b.ID == former[i].Person }) {
			continue
		}
		w, err := p.Get(former[i].Person)
		if err != nil {
			return nil, err
		}
		b, err := p.bearer(w, &former[i])
		if err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, nil
}

// bearer is a person with the names they had; number is set if the number asked for was corrected.
func (p People) bearer(w person.Person, number *person.Former) (person.Bearer, error) {
	b := person.Bearer{ID: w.ID, Name: w.Name, Number: number}
	list, err := p.Former(w.ID)
	for _, f := range list {
		if f.Kind == person.FormerName {
			b.Names = append(b.Names, f)
		}
	}
	return b, err
}

// Bearer is a person with the names they had.
func (p People) Bearer(w person.Person) (person.Bearer, error) { return p.bearer(w, nil) }
