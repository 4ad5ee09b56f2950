package service

import (
	"context"
	"iter"
	"slices"
	"strings"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/enrolment"
	"xuezheng/data/exchange"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/store"
)

// Exchange is the service for spreadsheets.
type Exchange struct{ *core }

// Verdict says what an import does with a row.
type Verdict string

// The verdicts.
const (
	New     Verdict = "new"
	Changed Verdict = "changed"
	Same    Verdict = "same"
	Refused Verdict = "refused"
)

// ImportRow is what became, or would become, of one row.
type ImportRow struct {
	Line    int
	Verdict Verdict
	Faults  []exchange.CellFault // why it is refused, cell by cell
	Told    []exchange.CellFault // what is to be known of a row that is taken in: that it holds a value corrected since (G-18)
	Mended  int                  // cells that were put right
	Changes []string             // columns that change what is kept
	Before  *hours.Entry         // of an hour record: what it says
	After   *hours.Entry         // and what the row makes of it
	PerHour hours.Unit           // of an hour record: one 学时 in its learner's programme
	Note    *fault.Fault         // what that does to what was reviewed
	Name    string               // as it stands in the row
	Number  string               // masked (P-06); what can't be a number is left out
}

// Import is the table of what happened, or would happen.
type Import struct {
	// Rows are, in the order of the sheet, all the rows of which something is to be said, and the first
	// MostPlain of the others, so that memory doesn't grow with a sheet that is as it should be.
	Rows    []ImportRow
	Further Further
	Added   int // new rows taken in
	Changed int
	Same    int
	Refused int
	// Drafts are the records of the hours sheet's rows that nobody has handed in yet: what was taken
	// in now, and what an earlier import of the same row left.
	Drafts []id.Record

	plain int // how many of Rows say nothing
}

// Further are rows beyond those kept, of which nothing is to be said: how many are new, and how many as they were.
type Further struct {
	New  int `json:"new"`
	Same int `json:"same"`
}

// MostPlain is how many rows are kept of which nothing is to be said: more than anybody reads.
const MostPlain = 1000

// plain reports whether nothing is to be said of a row but that it is new, or as it was.
func (r *ImportRow) plain() bool {
	return (r.Verdict == New || r.Verdict == Same) && r.Mended == 0 && len(r.Told) == 0 && len(r.Changes) == 0 && r.Note == nil
}

func (f *Further) add(v Verdict) {
	if v == New {
		f.New++
	} else {
		f.Same++
	}
}

func (im *Import) add(r ImportRow) {
	if plain := r.plain(); plain && im.plain == MostPlain {
		im.Further.add(r.Verdict)
	} else {
		if plain {
			im.plain++
		}
		im.Rows = append(im.Rows, r)
	}
	switch r.Verdict {
	case New:
		im.Added++
	case Changed:
		im.Changed++
	case Same:
		im.Same++
	case Refused:
		im.Refused++
	}
}

// Faults of importing, beyond those of single cells.
var (
	ErrUnknownNumber = fault.New(fault.Refused, "exchange.unknown-number")
)

// Roster takes in a roster spreadsheet: every good row registers its person and enrols them, in
// one transaction; the others are returned with their reasons. With dryRun nothing is written. Where
// there are several programmes, one is named.
func (s *Exchange) Roster(ctx context.Context, who access.Who, file []byte, dryRun bool, progress func(done int), programme ...string) (Import, error) {
	pack, err := s.inForce(strings.Join(programme, ""))
	if err != nil {
		return Import{}, err
	}
	sheet, err := exchange.ReadRoster(file, exchange.Options{Today: s.today(), Specialties: pack.Enrolment.Specialties})
	if err != nil {
		return Import{}, err
	}
	take := &rosterTake{core: s.core, pack: pack.Enrolment, packName: pack.String(), progress: progress}
	if dryRun {
		err = s.look(ctx, who, act.ImportRoster, "", func(tx *store.Tx) error { return take.all(ctx, tx, sheet, nil) })
		return take.result, err
	}
	err = s.do(ctx, who, act.ImportRoster, func(tx *changing) error {
		tx.pack = pack.String()
		return tx.FirstLoad(func() error { return take.all(ctx, tx.Tx, sheet, tx) })
	})
	if err == nil {
		err = s.store.Teach(ctx)
	}
	return take.result, err
}

// rosterTake is one import of a roster under way.
type rosterTake struct {
	*core
	pack     enrolment.Rules
	packName string
	progress func(int)

	result     Import
	people     []person.Person
	enrolments []enrolment.Enrolment
	units      map[string]id.Unit
	seen       map[id.Person]int // in which line somebody known stood
	gone       gone
}

// gone is of how many people the rows were taken away outside the program, looked for once for a sheet.
type gone struct {
	looked bool
	n      int
}

// tell says beside a number that nobody has that it may be one of theirs.
func (g *gone) tell(tx *store.Tx, at *[]exchange.CellFault) (err error) {
	if !g.looked {
		if g.n, err = store.PeopleGone(tx); err != nil {
			return err
		}
		g.looked = true
	}
	if g.n > 0 {
		*at = append(*at, exchange.CellFault{Column: "number", Fault: store.ErrPeopleGone.With(g.n)})
	}
	return nil
}

// chunk is how many rows are looked up and written together, so that memory doesn't grow with
// the sheet.
const chunk = 10_000

func (t *rosterTake) all(ctx context.Context, tx *store.Tx, sheet *exchange.Roster, change *changing) error {
	t.gone = gone{}
	t.result, t.units, t.seen = Import{}, map[string]id.Unit{}, map[id.Person]int{}
	return inChunks(ctx, sheet.Rows(), sheet.Err, t.progress, func(rows []exchange.RosterRow) error { return t.some(tx, rows, change) })
}

// told is how many rows are read between two words on how far an import is, and between two looks
// at whether it was stopped.
const told = 500

// inChunks hands the rows of a sheet on, a chunk at a time, and tells how many are done.
func inChunks[R any](ctx context.Context, rows iter.Seq[R], stopped func() error, progress func(done int), take func([]R) error) error {
	var some []R
	done := 0
	flush := func() error {
		err := take(some)
		done += len(some)
		some = some[:0]
		if progress != nil {
			progress(done)
		}
		return err
	}
	for row := range rows {
		if (done+len(some))%told == told-1 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if progress != nil {
				progress(done + len(some))
			}
		}
		if some = append(some, row); len(some) == chunk {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := stopped(); err != nil {
		return err
	}
	return flush()
}

// judged is a row of any sheet, as far as judging goes.
type judged struct {
	*exchange.Row
	name, number string
}

// judge looks up whom the rows are about and judges each that is well formed; what is not is
// refused as it came.
func judge[R any](tx *store.Tx, rows []R, of func(*R) judged, one func(*R, id.Person, *ImportRow) error, into *Import) error {
	numbers := make([]string, 0, len(rows))
	for i := range rows {
		if r := of(&rows[i]); len(r.Faults) == 0 {
			numbers = append(numbers, identity.Canonical(r.number))
		}
	}
	known, err := meantBy(tx, numbers)
	if err != nil {
		return err
	}
	for i := range rows {
		r := of(&rows[i])
		out := ImportRow{Line: r.Line, Faults: r.Faults, Mended: mended(r.Cells), Verdict: Refused, Name: r.name, Number: identity.Mask(r.number)}
		if len(r.Faults) == 0 {
			who, err := known.row(tx, r.number, r.name, &out)
			if err != nil {
				return err
			}
			if len(out.Faults) == 0 {
				if err := one(&rows[i], who, &out); err != nil {
					return err
				}
			}
		}
		into.add(out)
	}
	return nil
}

func (t *rosterTake) some(tx *store.Tx, rows []exchange.RosterRow, change *changing) error {
	t.people, t.enrolments = t.people[:0], t.enrolments[:0]
	err := judge(tx, rows, func(r *exchange.RosterRow) judged { return judged{&r.Row, r.Name, r.Number} },
		func(r *exchange.RosterRow, known id.Person, out *ImportRow) error {
			return t.one(tx, r, known, change, out)
		}, &t.result)
	if err != nil || change == nil {
		return err
	}
	for i := range t.people {
		change.about(string(t.people[i].ID), t.people[i].ID, "new")
	}
	if err := tx.People.AddMany(t.people); err != nil {
		return err
	}
	if err := tx.Enrolments.AddMany(t.enrolments); err != nil {
		return err
	}
	return t.recordSome(change)
}

// one judges a row that is well formed, and notes what is to be written.
func (t *rosterTake) one(tx *store.Tx, row *exchange.RosterRow, known id.Person, change *changing, out *ImportRow) error {
	if known != "" {
		return t.again(tx, row, known, change, out)
	}
	p := t.personOf(row)
	unit, err := t.unit(tx, row.Unit, change)
	if err != nil {
		return err
	}
	p.Unit = unit
	en, err := t.pack.Apply(t.application(row, p.ID), nil)
	if err != nil {
		refuse(out, "period", fault.Of(err))
		return nil
	}
	t.stamp(&en)
	t.people, t.enrolments = append(t.people, p), append(t.enrolments, en)
	out.Verdict = New
	return t.gone.tell(tx, &out.Told)
}

func (t *rosterTake) stamp(en *enrolment.Enrolment) {
	en.Pack, en.CreatedAt = t.packName, t.now().UTC()
}

func (t *rosterTake) application(row *exchange.RosterRow, p id.Person) enrolment.Application {
	return enrolment.Application{
		Person: p, Programme: t.pack.Programme, Main: row.Main, Added: row.Added,
		From: row.From, To: row.To, Registration: row.Registration,
	}
}

func (t *rosterTake) personOf(row *exchange.RosterRow) person.Person {
	f := identity.Check(row.Number, t.today())
	now := t.now().UTC()
	return person.Person{
		ID: id.New[id.Person](), Name: row.Name, Number: f.Number, NumberKind: string(f.Kind),
		Birth: f.Birth, Sex: string(f.Sex), Phone: row.Phone, Email: row.Email, UnitName: row.Unit,
		State: identity.Preregistered, CreatedAt: now, UpdatedAt: now, Version: 1,
	}
}

// unit finds or adds the employer of that name.
func (t *rosterTake) unit(tx *store.Tx, name string, change *changing) (id.Unit, error) {
	if name == "" || change == nil {
		return "", nil
	}
	if u, ok := t.units[name]; ok {
		return u, nil
	}
	u, found, err := tx.Enrolments.UnitByName(name)
	if err != nil {
		return "", err
	}
	if !found {
		u = enrolment.Unit{ID: id.New[id.Unit](), Name: name}
		if err := tx.Enrolments.AddUnit(&u); err != nil {
			return "", err
		}
	}
	t.units[name] = u.ID
	return u.ID, nil
}

// again judges a row about someone already known: a different name is refused (G-18), contacts
// and a further period or specialty change what is kept, anything else is the same.
func (t *rosterTake) again(tx *store.Tx, row *exchange.RosterRow, known id.Person, change *changing, out *ImportRow) error {
	p, err := tx.People.Get(known)
	if err != nil {
		return err
	}
	if ok, err := called(tx, p, row.Name, out); err != nil || !ok {
		return err
	}
	if line, twice := t.seen[known]; twice { // once by the number they have, once by one they had
		refuse(out, "number", exchange.ErrTwice.With(line))
		return nil
	}
	t.seen[known] = row.Line
	out.Changes = contacts(&p, row)
	others, err := tx.Enrolments.Of(known)
	if err != nil {
		return err
	}
	en, fresh, added, err := t.enrolAgain(row, known, others)
	if err != nil {
		refuse(out, "period", fault.Of(err))
		return nil
	}
	if fresh {
		out.Changes = append(out.Changes, "period")
	} else if added {
		out.Changes = append(out.Changes, "added")
	}
	if out.Verdict = Same; len(out.Changes) > 0 {
		out.Verdict = Changed
	}
	if change == nil || out.Verdict == Same {
		return nil
	}
	change.about(string(p.ID), p.ID, "changed")
	p.UpdatedAt = t.now().UTC()
	p.Version++
	if err := tx.People.Update(&p); err != nil {
		return err
	}
	switch {
	case fresh:
		t.enrolments = append(t.enrolments, en)
	case added:
		return tx.Enrolments.Update(&en)
	}
	return nil
}

// enrolAgain is the enrolment a row asks of someone known: a fresh one, the one there is with
// more added specialties, or the one there is.
func (t *rosterTake) enrolAgain(row *exchange.RosterRow, p id.Person, others []enrolment.Enrolment) (en enrolment.Enrolment, fresh, added bool, err error) {
	for _, en = range others {
		if en.State != enrolment.Active || en.From != row.From || en.Main != row.Main {
			continue
		}
		for _, a := range row.Added {
			if !slices.Contains(en.Added, a) {
				if en, err = t.pack.Add(en, a); err != nil {
					return en, false, false, err
				}
				added = true
			}
		}
		return en, false, added, nil
	}
	if en, err = t.pack.Apply(t.application(row, p), others); err == nil {
		t.stamp(&en)
	}
	return en, true, false, err
}

// contacts takes over the contacts a row gives and names the columns that differ.
func contacts(p *person.Person, row *exchange.RosterRow) (changed []string) {
	for _, c := range []struct {
		column   string
		kept     *string
		incoming string
	}{{"phone", &p.Phone, row.Phone}, {"email", &p.Email, row.Email}, {"unit", &p.UnitName, row.Unit}} {
		if c.incoming != "" && *c.kept != c.incoming {
			*c.kept = c.incoming
			changed = append(changed, c.column)
		}
	}
	return changed
}

func refuse(out *ImportRow, column string, f *fault.Fault) {
	out.Verdict = Refused
	out.Faults = append(out.Faults, exchange.CellFault{Column: column, Fault: f})
}

func mended(cells []exchange.Cell) (n int) {
	for i := range cells {
		if cells[i].Repaired {
			n++
		}
	}
	return n
}
