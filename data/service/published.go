package service

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
	"xuezheng/data/store"
)

// PassList is whose hours that month accepted: as it was published, or, while it is not, as it would
// be published now (G-21). Numbers are masked. A learner sees of an unpublished list only themselves.
// Whoever wants to is told how far it is.
func (s *passing) PassList(ctx context.Context, who access.Who, year, month int, told ...func(done, of int)) (list hours.PassList, err error) {
	err = s.look(ctx, who, act.ShowPassList, "", func(tx *store.Tx) error {
		list, err = s.passList(tx, year, month, false, toAll(told))
		return err
	})
	if who.Role == access.Learner && list.State != hours.Published {
		list.Rows = slices.DeleteFunc(list.Rows, func(r hours.PassRow) bool { return r.Person != who.Person })
	}
	if who.Role == access.Learner {
		list.Left = slices.DeleteFunc(list.Left, func(x hours.PassLeft) bool { return x.Person != who.Person })
	}
	return list, err
}

// Publish publishes a month's list: from then on it stays as it is, with its figures (G-21). What was
// published before is given back as it was; again says so. It is published over a trail that stands alone, and
// without whom the trail has otherwise.
func (s *passing) Publish(ctx context.Context, who access.Who, year, month int, told ...func(done, of int)) (list hours.PassList, again bool, err error) {
	if err := s.permit(who, act.PublishPasses); err != nil {
		return list, false, err
	}
	if err := s.followTrail(ctx); err != nil {
		return list, false, err
	}
	err = s.do(ctx, who, act.PublishPasses, func(tx *changing) error {
		if err := tx.Audit.OwnAgree(s.trail); err != nil { // what was published before is of these rows
			return err
		}
		if list, err = s.passList(tx.Tx, year, month, true, toAll(told)); err != nil {
			return err
		}
		if list, err = list.Publish(s.today()); err != nil {
			return err
		}
		by, err := tx.Access.Get(who.Login)
		if err != nil {
			return err
		}
		list.PublishedBy = by.Name
		judgedBy := packsOf(list)
		detail := ""
		if n := list.LeftPeople(); n > 0 {
			detail = "left-out " + strconv.Itoa(n)
			if err := setJSON(tx, leftOf(year, month), list.Left); err != nil {
				return err
			}
		}
		tx.about(day.MustNew(year, month, 1).String()[:7], "", detail)
		return tx.Hours.AddPassList(list, s.now().UTC(), who.Login, strings.Join(judgedBy, " "))
	})
	if errors.Is(err, hours.ErrListPublished) {
		list, err = s.PassList(ctx, who, year, month)
		return list, true, err
	}
	return list, false, err
}

func toAll(told []func(done, of int)) func(done, of int) {
	return func(done, of int) {
		for _, f := range told {
			f(done, of)
		}
	}
}

// ToPublish is last month's list if it may be published today and nobody has: how many it has.
func (s *passing) ToPublish(ctx context.Context, who access.Who) (year, month, people int, due bool, err error) {
	today := s.today()
	last := day.MustNew(today.Year(), today.Month(), 1).AddMonths(-1)
	list := hours.PassList{Year: last.Year(), Month: last.Month()}
	err = s.look(ctx, who, act.ShowPassList, "", func(tx *store.Tx) error {
		found, err := tx.Hours.IsPublished(list.Year, list.Month)
		if err != nil || found {
			return err
		}
		list.PublishOn, _ = hours.PublishDay(list.Year, list.Month, s.days())
		people, err = tx.Hours.Passed(last.Start(), last.AddMonths(1).Start())
		due = people > 0 && list.CanPublish(today)
		return err
	})
	return list.Year, list.Month, people, due, err
}

// passList is the list of a month as it stands, to look at or to be published.
func (s *passing) passList(tx *store.Tx, year, month int, publishing bool, report func(done, of int)) (list hours.PassList, err error) {
	first, err := hours.Month(year, month)
	if err != nil {
		return list, err
	}
	list, by, found, err := tx.Hours.PassList(year, month)
	if err != nil {
		return list, err
	}
	list.PublishOn, list.Provisional = hours.PublishDay(year, month, s.days())
	if found {
		return list, s.published(tx, &list, by)
	}
	list.State = hours.Unpublished(year, month, s.today())
	left, err := tx.Sparing(func() error {
		from, to := first.Start(), first.AddMonths(1).Start()
		passed, err := tx.Hours.Passing(from, to)
		if err != nil {
			return err
		}
		if list.Left, err = s.differing(tx, passed, publishing); err != nil {
			return err
		}
		var gone []hours.PassLeft
		err = s.passRows(tx, passed, &list, report,
			func(tx *store.Tx) (err error) { gone, err = unlisted(tx, from, to, passed); return err },
			func(tx *store.Tx) error { return tx.Hours.LookAtDecided(from, to) })
		list.Left = append(list.Left, gone...)
		return err
	})
	if err != nil || len(left)+len(list.Left) == 0 {
		return list, err
	}
	return list, leaveOut(tx, &list, left)
}

// differing names whoever of a month has rows that are not what the trail says. Where the list is only looked at, it
// is compared by a program that followed the trail already; that the trail doesn't stand is said by publishing.
func (c *core) differing(tx *store.Tx, passed []store.AcceptedEnrolment, publishing bool) (left []hours.PassLeft, err error) {
	if !publishing && !c.trail.Begun() {
		return nil, nil
	}
	people := make([]id.Person, 0, len(passed))
	known := map[id.Person]bool{}
	for _, a := range passed {
		if !known[a.Person] {
			known[a.Person] = true
			people = append(people, a.Person)
		}
	}
	other, err := tx.Audit.Differing(c.trail, people)
	if !publishing && errors.Is(err, store.ErrLine) {
		return nil, nil
	}
	for _, x := range other {
		left = append(left, hours.PassLeft{Person: x.Person, Kind: x.Table, Record: x.Key})
	}
	return left, err
}

// unlisted compares what the trail says was accepted in a month with what the list is made of: whose record
// was moved to another month, put back to an older state or taken away outside the program is left out,
// by name. What was withdrawn or deleted since is as it should be.
func unlisted(tx *store.Tx, from, to time.Time, passed []store.AcceptedEnrolment) (left []hours.PassLeft, err error) {
	listed := map[id.Record]bool{}
	for _, a := range passed {
		for _, r := range a.Records {
			listed[r] = true
		}
	}
	gone, err := tx.Hours.Unlisted(from, to, listed)
	if err != nil {
		return nil, err
	}
	agrees := map[id.Person]bool{}
	for _, x := range gone {
		ok, asked := agrees[x.Person]
		if !asked {
			err := tx.Audit.AgreesByIndex(x.Person)
			bad := errors.Is(err, store.ErrRow) || errors.Is(err, store.ErrRowOlder) || errors.Is(err, store.ErrLine)
			if err != nil && !bad {
				return nil, err
			}
			ok = !bad
			agrees[x.Person] = ok
		}
		if !ok {
			left = append(left, hours.PassLeft{Person: x.Person, Kind: "hour_record", Record: string(x.Record)})
		}
	}
	return left, nil
}

// leftOf is the setting that keeps who was left out of a month's list when it was published.
func leftOf(year, month int) string {
	return "hours.left-out " + day.MustNew(year, month, 1).String()[:7]
}

// leaveOut takes off a list whoever has a record that is not as the program wrote it, and says so: what
// they have studied can't be said before that is cleared. The others stay.
func leaveOut(tx *store.Tx, list *hours.PassList, bad []store.Spoilt) error {
	holder := map[id.Enrolment]id.Person{}
	for _, r := range list.Rows {
		holder[r.Enrolment] = r.Person
	}
	found := list.Left
	for _, x := range bad {
		if of := holder[x.Enrolment]; of != "" && of != x.Person { // whose it is may be what was changed
			found = append(found, hours.PassLeft{Person: of, Kind: x.Table, Record: x.Key})
		}
		found = append(found, hours.PassLeft{Person: x.Person, Kind: x.Table, Record: x.Key})
	}
	list.Left = nil
	out := map[id.Person]bool{}
	for _, x := range found {
		if out[x.Person] = true; !slices.Contains(list.Left, x) {
			list.Left = append(list.Left, x)
		}
	}
	list.Rows = slices.DeleteFunc(list.Rows, func(r hours.PassRow) bool { return out[r.Person] })
	return nameLeft(tx, list)
}

// nameLeft adds who they are that are left out. Of somebody whose own row is not whole nothing is said.
func nameLeft(tx *store.Tx, list *hours.PassList) error {
	_, err := tx.Sparing(func() error {
		for i := range list.Left {
			x := &list.Left[i]
			w, err := tx.People.Get(x.Person)
			if errors.Is(err, person.ErrNoPerson) {
				there, err := tx.Audit.RowsNamed(string(x.Person))
				if x.Deleted = len(there) == 0; err != nil {
					return err
				}
				continue
			}
			if err != nil {
				return err
			}
			x.Name, x.MaskedNumber = w.Name, identity.Mask(w.Number)
		}
		return nil
	})
	return err
}

// passChunk is how many enrolments are read at once.
const passChunk = 1000

// published adds to a published list what is not part of it: who published it, who was left out, and
// what was taken back since. Its own figures stay as they were.
func (s *passing) published(tx *store.Tx, list *hours.PassList, by id.Login) error {
	login, err := tx.Access.Get(by)
	if err == nil {
		list.PublishedBy = login.Name
	}
	left, err := tx.Settings.Get(leftOf(list.Year, list.Month))
	if err != nil {
		return err
	}
	if left != "" {
		if err := json.Unmarshal([]byte(left), &list.Left); err != nil {
			return store.ErrDamaged.Because(err)
		}
		if err := nameLeft(tx, list); err != nil {
			return err
		}
	}
	var records []id.Record
	for i := range list.Rows {
		r := &list.Rows[i]
		pack, err := s.packs().Exactly(r.Pack)
		if err != nil {
			return err
		}
		r.Programme, r.PerHour = pack.Enrolment.Name, pack.Hours.Unit()
		records = append(records, r.Records...)
	}
	first := day.MustNew(list.Year, list.Month, 1)
	var still map[id.Record]bool
	if _, err = tx.Sparing(func() error { // a record that is bad by now no longer stands as accepted
		still, err = tx.Hours.Accepted(records, first.Start(), first.AddMonths(1).Start())
		return err
	}); err != nil {
		return err
	}
	for i, r := range list.Rows {
		for _, one := range r.Records {
			if !r.Deleted && !still[one] {
				list.Rows[i].Withdrawn++
			}
		}
	}
	return nil
}

// packsOf names the packs that judged a list's rows, each once.
func packsOf(list hours.PassList) (names []string) {
	for _, r := range list.Rows {
		if !slices.Contains(names, r.Pack) {
			names = append(names, r.Pack)
		}
	}
	return names
}

// passRows makes the rows of enrolments: two read, each judges what it read while it reads the next. What else
// is to be looked at for the list comes first.
func (s *passing) passRows(tx *store.Tx, passed []store.AcceptedEnrolment, list *hours.PassList, report func(done, of int), first ...func(*store.Tx) error) error {
	heap := passHeap{passing: s, first: first, passed: passed, rows: make([]hours.PassRow, len(passed)), report: report}
	heap.left = make([][]hours.PassLeft, (len(passed)+passChunk-1)/passChunk)
	if err := tx.Together(heap.read); err != nil {
		return err
	}
	report(len(passed), len(passed))
	list.Left = append(list.Left, slices.Concat(heap.left...)...)
	list.Rows = slices.DeleteFunc(heap.rows, func(r hours.PassRow) bool { return r.Person == "" })
	return nil
}

// passHeap is what is to be read for a month's list: whoever reads takes the next chunk.
type passHeap struct {
	*passing
	first  []func(*store.Tx) error
	passed []store.AcceptedEnrolment
	report func(done, of int)
	rows   []hours.PassRow
	left   [][]hours.PassLeft // of each chunk

	mu    sync.Mutex
	begun int  // of first
	taken int  // chunks
	done  int  // enrolments
	no    bool // somebody failed
}

// begin is what is to be looked at before any chunk, nil if nothing is left of it.
func (h *passHeap) begin() func(*store.Tx) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.no || h.begun == len(h.first) {
		return nil
	}
	h.begun++
	return h.first[h.begun-1]
}

// fail has nobody go on.
func (h *passHeap) fail(err error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.no = true
	return err
}

// next is the next chunk, -1 if there is none.
func (h *passHeap) next(did int) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.done += did; did > 0 {
		h.report(h.done, len(h.passed))
	}
	if h.no || h.taken == len(h.left) {
		return -1
	}
	h.taken++
	return h.taken - 1
}

func (h *passHeap) read(tx *store.Tx) error {
	for look := h.begin(); look != nil; look = h.begin() {
		if err := look(tx); err != nil {
			return h.fail(err)
		}
	}
	var judging sync.WaitGroup
	defer judging.Wait()
	did := 0
	for n := h.next(0); n >= 0; n = h.next(did) {
		at := n * passChunk
		some := h.passed[at:min(at+passChunk, len(h.passed))]
		all, left, err := h.studied(tx, some)
		if err != nil {
			return h.fail(err)
		}
		h.left[n], did = left, len(some)
		judging.Wait()
		judging.Go(func() {
			for i, a := range some {
				if one := all[a.Enrolment]; one != nil {
					h.rows[at+i] = h.passRow(a, one)
				}
			}
		})
	}
	return nil
}

// studied reads what some enrolments stand on. One whose row is bad, or that somebody took away, is not
// among them, and said to be left out: see leaveOut.
func (c *core) studied(tx *store.Tx, some []store.AcceptedEnrolment) (map[id.Enrolment]*store.Studied, []hours.PassLeft, error) {
	var left []hours.PassLeft
	ids := make([]id.Enrolment, len(some))
	for i, a := range some {
		ids[i] = a.Enrolment
	}
	all, err := tx.Hours.Studied(ids)
	if err != nil {
		return nil, nil, err
	}
	for _, a := range some {
		switch one := all[a.Enrolment]; {
		case one == nil:
			left = append(left, hours.PassLeft{Person: a.Person, Kind: "enrolment", Record: string(a.Enrolment)})
		case one.Person.ID == "":
			left = append(left, hours.PassLeft{Person: a.Person, Kind: "person", Record: string(one.Enrolment.Person)})
			delete(all, a.Enrolment)
		default:
			if _, err := c.hoursOf(one.Enrolment); err != nil { // its pack can't be read here
				left = append(left, hours.PassLeft{Person: a.Person, Kind: "pack", Record: one.Enrolment.Pack})
				delete(all, a.Enrolment)
			}
		}
	}
	return all, left, nil
}

// passRow is the row of an enrolment.
func (c *core) passRow(a store.AcceptedEnrolment, one *store.Studied) hours.PassRow {
	pack, err := c.hoursOf(one.Enrolment)
	if err != nil {
		return hours.PassRow{} // see studied
	}
	st := Study{Enrolment: one.Enrolment, Payments: one.Payments}
	standing := pack.Hours.Standing(st.plan(), hours.Only(one.Records, hours.Accepted))
	done, needed := standing.Total()
	return hours.PassRow{
		Person: one.Person.ID, Enrolment: a.Enrolment, Records: a.Records, Name: one.Person.Name, MaskedNumber: identity.Mask(one.Person.Number), Unit: one.Person.UnitName,
		Registration: one.Enrolment.Registration, Main: one.Enrolment.Main, Added: one.Enrolment.Added,
		Seconds: done, Needed: needed, AcceptedOn: day.Of(a.LastAt), Renewal: standing.Ready(),
		Pack: pack.String(), Programme: pack.Enrolment.Name, PerHour: pack.Hours.Unit(),
	}
}
