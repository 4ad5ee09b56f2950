package store

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// People is the shelf for people.
type People struct{ t *Tx }

// Hit is one person a search found; the number only masked (P-06).
type Hit struct {
	ID           id.Person
	Name, Pinyin string
	MaskedNumber string
	UnitName     string
	State        identity.State
	Formerly     bool // found by a name or a number they had until it was corrected (G-18)
}

func hitOf(w person.Person) Hit {
	return Hit{ID: w.ID, Name: w.Name, Pinyin: w.Pinyin, MaskedNumber: identity.Mask(w.Number), UnitName: w.UnitName, State: w.State}
}

// sealedPerson is what is kept of a person under seal.
type sealedPerson struct {
	Number  string   `json:"n"`
	Phone   string   `json:"p,omitempty"`
	Email   string   `json:"e,omitempty"`
	Address string   `json:"a,omitempty"`
	Birth   day.Date `json:"b"`
	Sex     string   `json:"s,omitempty"`
}

var personRows = newTable(RowKind{Table: "person", Whose: `id = ?`, OnDelete: Goes, Time: "person", Export: "person"}, 1,
	text("id", func(w *person.Person) *id.Person { return &w.ID }),
	text("name", func(w *person.Person) *string { return &w.Name }),
	text("pinyin", func(w *person.Person) *string { return &w.Pinyin }),
	text("number_kind", func(w *person.Person) *string { return &w.NumberKind }),
	column[person.Person]{columnInfo{name: "sealed", class: octets}, sealPerson, openPerson},
	text("unit", func(w *person.Person) *id.Unit { return &w.Unit }),
	text("unit_name", func(w *person.Person) *string { return &w.UnitName }),
	text("state", func(w *person.Person) *identity.State { return &w.State }),
	instant("created_at", func(w *person.Person) *time.Time { return &w.CreatedAt }),
	instant("updated_at", func(w *person.Person) *time.Time { return &w.UpdatedAt }),
	whole("version", func(w *person.Person) *int { return &w.Version }),
	foundBy("number_ix", func(t *Tx, w *person.Person) ([]byte, error) { return t.vault.numberIndex(w.Number), nil }),
	foundBy("number_end", func(t *Tx, w *person.Person) ([]byte, error) { return t.vault.endIndex(w.Number), nil }),
	foundBy("phone_ix", func(t *Tx, w *person.Person) ([]byte, error) { return t.vault.phoneIndex(w.Phone), nil }),
	foundBy("email_ix", func(t *Tx, w *person.Person) ([]byte, error) { return t.vault.emailIndex(w.Email), nil }),
)

func sealPerson(t *Tx, w *person.Person, c *cell) error {
	plain, err := json.Marshal(sealedPerson{w.Number, w.Phone, w.Email, w.Address, w.Birth, w.Sex})
	if err != nil {
		return err
	}
	c.b, err = t.vault.seal("person", string(w.ID), plain)
	return err
}

func openPerson(t *Tx, w *person.Person, c *cell) error {
	plain, err := t.vault.open("person", string(w.ID), c.b)
	if err != nil {
		return err
	}
	var s sealedPerson
	if err := fromJSON(plain, &s); err != nil {
		return err
	}
	w.Number, w.Phone, w.Email, w.Address, w.Birth, w.Sex = s.Number, s.Phone, s.Email, s.Address, s.Birth, s.Sex
	return nil
}

// Add keeps a person.
func (p People) Add(who *person.Person) error { return p.AddMany([]person.Person{*who}) }

// AddMany keeps people, many rows to a statement.
func (p People) AddMany(list []person.Person) error {
	if p.t.vault == nil {
		return ErrLocked
	}
	for i := range list {
		if list[i].Pinyin == "" {
			list[i].Pinyin = person.Pinyin(list[i].Name)
		}
	}
	err := personRows.addMany(p.t, list)
	if taken(err) {
		return person.ErrKnown
	}
	if err != nil {
		return err
	}
	return p.addTerms(list)
}

func (p People) addTerms(list []person.Person) error {
	terms := make([]termRow, 0, 4*len(list))
	for i := range list {
		for _, w := range person.Terms(list[i].Name, list[i].Pinyin) {
			terms = append(terms, termRow{w, string(list[i].ID)})
		}
	}
	slices.SortFunc(terms, func(a, b termRow) int { // in the order of the table, which is quicker
		return cmp.Or(strings.Compare(a.term, b.term), strings.Compare(a.person, b.person))
	})
	return termRows.addMany(p.t, terms)
}

// Update keeps a person's changed data; w.Version is the version after the change.
func (p People) Update(w *person.Person) error {
	old, err := p.Get(w.ID)
	if err != nil {
		return err
	}
	w.Pinyin = person.Pinyin(w.Name)
	err = personRows.update(p.t, w)
	if taken(err) {
		return person.ErrKnown
	}
	if err != nil {
		return err
	}
	if old.Name == w.Name {
		return nil
	}
	return p.renewTerms(old, *w)
}

// renewTerms lets a person be found by the new name, and no longer by the one before, unless that
// is remembered as a former one (G-18).
func (p People) renewTerms(old, w person.Person) error {
	if err := p.dropTerms(old.ID, person.Terms(old.Name, old.Pinyin)); err != nil {
		return err
	}
	if err := p.putTerms(w.ID, person.Terms(w.Name, w.Pinyin)); err != nil {
		return err
	}
	names, err := p.formerNames(w.ID)
	for _, name := range names {
		if err := p.putTerms(w.ID, person.Terms(name, person.Pinyin(name))); err != nil {
			return err
		}
	}
	return err
}

// putTerms lets a person be found by words; those by which they are found already stay.
func (p People) putTerms(who id.Person, terms []string) error {
	for _, term := range terms {
		if _, err := p.t.exec(`INSERT INTO person_term (org, term, person) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, p.t.org, term, string(who)); err != nil {
			return err
		}
	}
	return nil
}

// dropTerms takes away words a person was found by.
func (p People) dropTerms(who id.Person, terms []string) error {
	for _, term := range terms {
		if _, err := p.t.exec(`DELETE FROM person_term WHERE org = ? AND term = ? AND person = ?`, p.t.org, term, string(who)); err != nil {
			return err
		}
	}
	return nil
}

// forgetTerms takes away every word a person is found by, by the names they had as well.
func (p People) forgetTerms(w person.Person) error {
	names, err := p.formerNames(w.ID)
	if err != nil {
		return err
	}
	terms := person.Terms(w.Name, w.Pinyin)
	for _, name := range names {
		terms = append(terms, person.Terms(name, person.Pinyin(name))...)
	}
	return p.dropTerms(w.ID, terms)
}

// Get finds a person by id.
func (p People) Get(who id.Person) (person.Person, error) {
	return personRows.one(p.t, person.ErrNoPerson, `id = ?`, string(who))
}

// ByNumber finds a person by the canonical spelling of their number.
func (p People) ByNumber(canonical string) (w person.Person, found bool, err error) {
	if p.t.vault == nil {
		return w, false, ErrLocked
	}
	w, found, err = personRows.find(p.t, `number_ix = ?`, p.t.vault.numberIndex(canonical))
	p.t.missing.number = p.t.missing.number || !found
	return w, found, err
}

// ByNumbers finds which of these canonical numbers are known.
func (p People) ByNumbers(canonical []string) (known map[string]id.Person, err error) {
	if p.t.vault == nil {
		return nil, ErrLocked
	}
	known = map[string]id.Person{}
	const at = 500
	for from := 0; from < len(canonical); from += at {
		some := canonical[from:min(from+at, len(canonical))]
		byIndex := make(map[string]string, len(some))
		args := []any{p.t.org}
		for _, n := range some {
			ix := p.t.vault.numberIndex(n)
			byIndex[string(ix)] = n
			args = append(args, ix)
		}
		err := p.t.rows(`
			SELECT id, number_ix
			FROM person
			WHERE org = ? AND number_ix IN (`+strings.TrimSuffix(strings.Repeat("?,", len(some)), ",")+`)`, args,
			func(scan func(...any) error) error {
				var who id.Person
				var ix []byte
				err := scan(&who, &ix)
				known[byIndex[string(ix)]] = who
				return err
			})
		if err != nil {
			return nil, err
		}
	}
	return known, nil
}

// Count is how many people there are.
func (p People) Count() (n int, err error) {
	err = p.t.row(nil, `SELECT COUNT(*) FROM person WHERE org = ?`, []any{p.t.org}, &n)
	return n, err
}

// Find answers a search: the beginning of a name, given name, pinyin or initials; a whole number
// or its last 4 or 6; a phone or its last 4; an e-mail address.
func (p People) Find(query string, limit int) (list []Hit, err error) {
	if p.t.vault == nil {
		return nil, ErrLocked
	}
	q := strings.ToLower(strings.Join(strings.Fields(query), ""))
	if q == "" || utf8.RuneCountInString(q) > 64 {
		return nil, nil
	}
	limit = max(1, min(limit, 200))
	seen := map[id.Person]bool{}
	for _, w := range p.ways(q) {
		if len(list) >= limit {
			break
		}
		err := personRows.from(p.t, `FROM `+w.from+` LIMIT ?`, "p", append(w.args, limit), nil, func(who *person.Person) error {
			if !seen[who.ID] && len(list) < limit {
				seen[who.ID] = true
				h := hitOf(*who)
				h.Formerly = w.former || w.words && !called(q, *who)
				list = append(list, h)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// First lists the people who were registered first.
func (p People) First(limit int) (list []Hit, err error) {
	if p.t.vault == nil {
		return nil, ErrLocked
	}
	found, err := personRows.sound(p.t, `id > '' ORDER BY id LIMIT ?`, limit)
	for i := range found {
		list = append(list, hitOf(found[i]))
	}
	return list, err
}

// way is one index a search can go by.
type way struct {
	from   string
	args   []any
	words  bool // by the words of names, those they had as well
	former bool // by a number they had
}

// called reports whether somebody's present name begins like that.
func called(query string, w person.Person) bool {
	return slices.ContainsFunc(person.Terms(w.Name, w.Pinyin), func(term string) bool { return strings.HasPrefix(term, query) })
}

func (p People) ways(q string) []way {
	v, org := p.t.vault, p.t.org
	exact := func(column string, value []byte) way {
		return way{from: `person p WHERE p.org = ? AND p.` + column + ` = ?`, args: []any{org, value}}
	}
	first := func(column string, half []byte) way {
		return way{from: `person p WHERE p.org = ? AND p.` + column + ` >= ? AND p.` + column + ` <= ?`,
			args: []any{org, half, append(append([]byte(nil), half...), "\xff\xff\xff\xff\xff\xff\xff\xff\xff"...)}}
	}
	number := strings.ToUpper(q)
	switch {
	case strings.Contains(q, "@"):
		return []way{exact("email_ix", v.emailIndex(q))}
	case len(number) == 4 && endOfNumber(number):
		half := v.blind("number4", number)[:8]
		return []way{first("number_end", half), formerEnd(org, half, append(append([]byte(nil), half...), "\xff\xff\xff\xff\xff\xff\xff\xff\xff"...)), first("phone_ix", v.blind("phone4", number)[:8])}
	case len(number) == 6 && endOfNumber(number):
		whole := append(v.blind("number4", number[2:])[:8:8], v.blind("number6", number)[:8]...)
		return []way{exact("number_end", whole), formerEnd(org, whole, whole)}
	case len(number) >= 15 && len(number) <= 18 && endOfNumber(strings.TrimLeft(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")):
		ix := v.numberIndex(identity.Canonical(number))
		return []way{exact("number_ix", ix), formerly(org, ix)}
	case len(number) >= 10 && endOfNumber(number):
		return []way{exact("phone_ix", v.phoneIndex(q))}
	}
	return []way{{words: true, from: `person_term t JOIN person p ON p.org = t.org AND p.id = t.person
		WHERE t.org = ? AND t.term >= ? AND t.term < ?
		ORDER BY t.org, t.term, t.person`, args: []any{org, q, q + "\U0010ffff"}}}
}

func endOfNumber(s string) bool {
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && !(s[i] == 'X' && i == len(s)-1) {
			return false
		}
	}
	return s != ""
}

// The blind indexes: eight bytes of the last four characters, then eight of the rest, so that
// one index serves both lengths.
func (v *vault) numberIndex(number string) []byte {
	return v.blind("number", identity.Canonical(number))
}

func (v *vault) endIndex(number string) []byte {
	n := identity.Canonical(number)
	return append(v.blind("number4", end(n, 4))[:8:8], v.blind("number6", end(n, 6))[:8]...)
}

func (v *vault) phoneIndex(phone string) []byte {
	if phone == "" {
		return nil
	}
	return append(v.blind("phone4", end(phone, 4))[:8:8], v.blind("phone", phone)[:8]...)
}

func (v *vault) emailIndex(email string) []byte {
	if email == "" {
		return nil
	}
	return v.blind("email", strings.ToLower(email))
}

func end(s string, n int) string { return s[max(0, len(s)-n):] }

var consentRows = newTable(RowKind{Table: "consent", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "consents"}, 3,
	text("person", func(c *person.Consent) *id.Person { return &c.Person }),
	instant("at", func(c *person.Consent) *time.Time { return &c.At }),
	text("kind", func(c *person.Consent) *string { return &c.Kind }),
	flag("given", func(c *person.Consent) *bool { return &c.Given }),
	whole("version", func(c *person.Consent) *int { return &c.Version }),
	text("by_login", func(c *person.Consent) *id.Login { return &c.By }),
)

// AddConsent keeps a consent or its refusal (P-01).
func (p People) AddConsent(c person.Consent) error { return consentRows.put(p.t, &c) }

// Consents lists what a person agreed to and refused, oldest first.
func (p People) Consents(who id.Person) (list []person.Consent, err error) {
	return consentRows.rows(p.t, `person = ? ORDER BY at`, string(who))
}

var readingRows = newTable(RowKind{Table: "notice_reading", Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "notices_read"}, 3,
	text("person", func(r *person.Reading) *id.Person { return &r.Person }),
	text("notice", func(r *person.Reading) *string { return &r.Notice }),
	whole("version", func(r *person.Reading) *int { return &r.Version }),
	instant("at", func(r *person.Reading) *time.Time { return &r.At }),
	text("by_login", func(r *person.Reading) *id.Login { return &r.By }),
)

// AddReading keeps that a notice was read; reading it again changes nothing.
func (p People) AddReading(r person.Reading) error {
	_, err := readingRows.addNew(p.t, &r)
	return err
}

// Readings lists which notices a person read.
func (p People) Readings(who id.Person) (list []person.Reading, err error) {
	return readingRows.rows(p.t, `person = ? ORDER BY at, notice`, string(who))
}

// termRow is a word somebody is found by.
type termRow struct{ term, person string }

// termRows say nothing beyond the name, and whoever is found by one is read by their own row.
var termRows = bareTable(RowKind{Table: wordsOfNames, Whose: ofPerson, OnDelete: Goes, Time: "person", Export: "person", Why: "words of the name, taken away one by one"}, 2,
	text("term", func(r *termRow) *string { return &r.term }),
	text("person", func(r *termRow) *string { return &r.person }),
)
