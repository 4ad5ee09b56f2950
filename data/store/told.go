package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/audit"
	"xuezheng/data/fault"
	"xuezheng/data/id"
)

// What the trail says of a login must be known at its sign-in, when nobody has time to read the trail, and
// without asking an index that leaves out what somebody hid from it. So each chain keeps what its lines add
// up to of the rows that a sign-in stands on, in parts; its first part says which seals the others carry, and
// where the chain ends stands which seal the first carries. A part of before, or one that is not there, then fits
// no longer, and an older end of the chain is told by the lines after it.

// loginRoll is what the trail tells of logins.
type loginRoll struct{ Audit }

func rollOf(t *Tx) loginRoll { return loginRoll{t.Audit} }

// toldRow is a part of what a chain tells: in the first the shares of the seals of the others, 8 bytes each
// in their order, zero for none; in the others tags and sums, 8 bytes each, in the order of the tags.
type toldRow struct {
	part  int
	chain string
	told  []byte
}

var toldRows = newTable(RowKind{Table: "login_told", OnDelete: Nobodys, Why: "what the trail tells of logins, by figures alone"}, 2,
	whole("part", func(r *toldRow) *int { return &r.part }),
	text("chain", func(r *toldRow) *string { return &r.chain }),
	blob("told", func(r *toldRow) *[]byte { return &r.told }),
).untold()

const (
	firstPart = -1
	partCount = 256
)

// partOf is in which part a row is told of.
func partOf(t tag) int { return int(t >> 56) }

// What a chain's end says of its first part, beside the seal of one: that there is none, since no line told of
// a login; or that it is not known.
const (
	toldNothing = "-"
	toldUnknown = ""
)

// ErrLoginOlder is for a login that is not what the trail says of it: an older state was put back, or it
// was taken away once. It is told to nobody but who has its passphrase.
var ErrLoginOlder = fault.New(fault.Refused, "access.older")

// ErrLoginUnsure is for a login of which the trail does not say what it is, since its own end, or lines, were
// taken away or changed.
var ErrLoginUnsure = fault.New(fault.Refused, "access.unsure")

// signsIn reports whether a sign-in stands on a row.
func (d *tableInfo) signsIn(key string) bool {
	return d.Table == loginTable || d.Table == settingTable && key == settingRecovery
}

const (
	loginTable   = "login"
	settingTable = "setting"
)

// toldPart is a part as it stands: its row, and the share of its seal, zero if there is none or it is not
// what this program wrote.
type toldPart struct {
	toldRow
	seal []byte
}

// toldParts are some parts of every chain, or of one.
func (a loginRoll) toldParts(chain string, parts ...int) (map[string]map[int]toldPart, error) {
	found := map[string]map[int]toldPart{}
	args := []any{a.t.org}
	for _, p := range parts {
		args = append(args, p)
	}
	where := ``
	if chain != "" {
		where, args = ` AND chain = ?`, append(args, chain)
	}
	err := toldRows.scanCells(a.t, `FROM login_told WHERE org = ? AND part IN (`+marks(len(parts))+`)`+where, "", args, nil, func(cells []cell, seal []byte) error {
		row, err := toldRows.take(a.t, cells, seal)
		if errors.Is(err, ErrRow) {
			return nil
		}
		if found[row.chain] == nil {
			found[row.chain] = map[int]toldPart{}
		}
		row.told = slices.Clone(row.told)
		found[row.chain][row.part] = toldPart{row, slices.Clone(seal)}
		return err
	})
	if errors.Is(err, ErrRow) { // not even of its kind
		return found, nil
	}
	return found, err
}

// shareIn is the share that a first part says of another.
func (p toldPart) shareIn(n int) uint64 {
	if len(p.told) != partCount*8 {
		return 0
	}
	return binary.BigEndian.Uint64(p.told[n*8:])
}

// sums are what a part tells.
func (p toldPart) sums() map[tag]uint64 {
	m := map[tag]uint64{}
	entries(p.told, func(t tag, sum uint64) { m[t] = sum })
	return m
}

// toldOf adds up what the chains tell of a row. sure is false where they can't be asked: the end of one is
// gone, older or not known, or a part does not fit it.
func (a loginRoll) toldOf(t tag) (sum uint64, sure bool, err error) {
	heads, sure, err := a.ends()
	if err != nil || !sure {
		return 0, false, err
	}
	parts, err := a.toldParts("", firstPart, partOf(t))
	if err != nil {
		return 0, false, err
	}
	for _, h := range heads {
		if h.Logins == toldNothing {
			continue
		}
		first, ok := parts[h.Chain][firstPart]
		if !ok || hex.EncodeToString(first.seal) != h.Logins {
			return 0, false, nil
		}
		want := first.shareIn(partOf(t))
		if want == 0 {
			continue
		}
		p, ok := parts[h.Chain][partOf(t)]
		if !ok || share(p.seal) != want {
			return 0, false, nil
		}
		entries(p.told, func(u tag, told uint64) {
			if u == t {
				sum += told
			}
		})
	}
	return sum, true, nil
}

// ends are where the chains end; sure is false where one is gone or older than its lines, or does not say what
// its chain tells.
func (a loginRoll) ends() (heads []trailHead, sure bool, err error) {
	v := &Verified{}
	heads, lasts, err := a.heads(v)
	if err != nil {
		return nil, false, err
	}
	for _, f := range v.Findings {
		lost := slices.ContainsFunc(heads, func(h trailHead) bool { return h.Chain == f.Chain && h.Lost > 0 && h.Lost == f.Seq })
		if !lost { // an end that was lost once is known again
			return nil, false, nil
		}
	}
	for _, h := range heads {
		if h.Logins == toldUnknown {
			return nil, false, nil
		}
		if lasts[h.Chain] <= h.Seq {
			continue
		}
		if older, err := a.goesOn(h); err != nil || older {
			return nil, false, err
		}
	}
	return heads, true, nil
}

// goesOn reports whether a line that this program wrote stands beyond the end of a chain: then that end is an
// older one. Lines that bear no code of this store's say nothing.
func (a loginRoll) goesOn(h trailHead) (older bool, err error) {
	c, code := a.chainOf(h), h.Code
	err = auditLines.each(a.t, `chain = ? AND seq > ? ORDER BY seq`, []any{h.Chain, h.Seq}, func(l *audit.Line) error {
		older = older || c.Next(l.Seq-1, code, l) == nil
		code = l.Hash
		return nil
	})
	return older, err
}

// foldTold adds what was changed of rows that a sign-in stands on to what the desk's own chain tells. Where
// that does not fit it is not known from now on, and the next sign-in reads the trail.
func (a loginRoll) foldTold(h *trailHead) error {
	changed := a.t.logins
	a.t.logins = nil
	if len(changed) == 0 || h.Logins == toldUnknown {
		return nil
	}
	in := map[int][]written{}
	asked := []int{firstPart}
	for _, w := range changed {
		n := partOf(w.tag)
		if in[n] == nil {
			asked = append(asked, n)
		}
		in[n] = append(in[n], w)
	}
	all, err := a.toldParts(h.Chain, asked...)
	if err != nil {
		return err
	}
	parts := all[h.Chain]
	first := toldPart{toldRow: toldRow{firstPart, h.Chain, make([]byte, partCount*8)}}
	if h.Logins != toldNothing {
		if first = parts[firstPart]; hex.EncodeToString(first.seal) != h.Logins || len(first.told) != partCount*8 {
			h.Logins = toldUnknown
			return nil
		}
	}
	for n, list := range in {
		p := toldPart{toldRow: toldRow{n, h.Chain, nil}}
		if want := first.shareIn(n); want != 0 {
			if p = parts[n]; share(p.seal) != want {
				h.Logins = toldUnknown
				return nil
			}
		}
		sums := p.sums()
		for _, w := range list {
			sums[w.tag] += w.delta
		}
		if err := a.putPart(&first, n, h.Chain, sums); err != nil {
			return err
		}
	}
	return a.putFirst(h, first)
}

// putPart keeps a part, and notes its seal in the first.
func (a loginRoll) putPart(first *toldPart, n int, chain string, sums map[tag]uint64) error {
	tags := make([]tag, 0, len(sums))
	for t, sum := range sums {
		if sum != 0 {
			tags = append(tags, t)
		}
	}
	slices.Sort(tags)
	row := toldRow{part: n, chain: chain, told: []byte{}}
	for _, t := range tags {
		row.told = appendEntry(row.told, written{tag: t, delta: sums[t]})
	}
	seal, err := toldRows.putSealed(a.t, &row)
	binary.BigEndian.PutUint64(first.told[n*8:], share(seal))
	return err
}

func (a loginRoll) putFirst(h *trailHead, first toldPart) error {
	seal, err := toldRows.putSealed(a.t, &first.toldRow)
	h.Logins = hex.EncodeToString(seal)
	return err
}

// putSealed keeps a row and says which seal it carries.
func (d *table[T]) putSealed(t *Tx, row *T) ([]byte, error) {
	cells := make([]cell, len(d.cols))
	if err := d.cells(t, row, cells); err != nil {
		return nil, err
	}
	return t.sealOf(&d.tableInfo, cells), d.put(t, row)
}

// bears refuses a login if it is not what the trail says of it; errUnsure is for a trail that has to be read first.
func (a loginRoll) bears(s signing) error {
	sum, sure, err := a.toldOf(loginRows.tagOf(string(s.ID)))
	switch {
	case err != nil:
		return err
	case !sure:
		return errUnsure
	case sum != share(s.seal):
		return ErrLoginOlder
	}
	return nil
}

var errUnsure = errors.New("what the trail tells of logins is not known")

// readLogins reads the whole trail for what it tells of logins. A trail of which lines are gone says nothing: one of
// them may have told of this login. Where only the end of a chain is gone, lines after it may be, too; then every row
// of the store has to be what the lines that are left tell.
func (a loginRoll) readLogins() (sums map[tag]uint64, err error) {
	v := &Verified{}
	heads, _, err := a.heads(v)
	if err != nil {
		return nil, err
	}
	sums, ended := map[tag]uint64{}, v.OK()
	for _, h := range heads {
		begun, err := a.Begins(h.Chain)
		if err != nil {
			return nil, err
		}
		last, torn, err := a.sumChain(h, begun, sums)
		if err != nil {
			return nil, err
		}
		if torn || last.Seq < h.Seq {
			return nil, ErrLoginUnsure
		}
		ended = ended && last.Seq == h.Seq && last.Hash == h.Code
	}
	if !ended {
		err = a.rowsAgree(sums)
	}
	return sums, err
}

// sumChain adds up what the lines of a chain tell, up to the last of those that follow one another. torn says that
// this program's lines go on after one that is not what was written, or gone.
func (a loginRoll) sumChain(h trailHead, begun audit.Line, sums map[tag]uint64) (last audit.Line, torn bool, err error) {
	c, prev, off := a.chainOf(h), begun, false
	last = begun
	err = auditLines.each(a.t, `chain = ? ORDER BY seq`, []any{h.Chain}, func(l *audit.Line) error {
		switch follows := c.Next(prev.Seq, prev.Hash, l) == nil; {
		case !follows:
			off = true
		case off:
			torn = true
		default:
			entries(l.Wrote, func(t tag, delta uint64) { sums[t] += delta })
			last.Seq, last.Hash = l.Seq, l.Hash
		}
		prev.Seq, prev.Hash = l.Seq, l.Hash
		return a.t.ctx.Err()
	})
	return last, torn, err
}

// RowsAgree refuses a store in which a row is not what the lines of the trail that are there add up to.
func (a Audit) RowsAgree() error {
	sums, err := rollOf(a.t).sumsThere()
	if err == nil {
		err = rollOf(a.t).rowsAgree(sums)
	}
	return err
}

// sumsThere is what the lines add up to that are there, whether or not they are all.
func (a loginRoll) sumsThere() (sums map[tag]uint64, err error) {
	heads, _, err := a.heads(&Verified{})
	if err != nil {
		return nil, err
	}
	sums = map[tag]uint64{}
	for _, h := range heads {
		if err := a.verifyChain(h, &Verified{}, sums, nil, a.t.ctx.Err); err != nil {
			return nil, err
		}
	}
	return sums, nil
}

// rowsAgree refuses a store in which a row is not what sums say, or gone.
func (a loginRoll) rowsAgree(sums map[tag]uint64) error {
	v, left := &Verified{}, maps.Clone(sums)
	for _, d := range tables {
		if d := d.info(); !d.bare && d != trailHeads.info() && d != toldRows.info() {
			err := a.verifyTable(d, v, left, a.t.ctx.Err)
			if errors.Is(err, ErrRow) {
				return ErrLoginUnsure
			}
			if err != nil {
				return err
			}
		}
	}
	for _, sum := range left {
		if sum != 0 {
			return ErrLoginUnsure
		}
	}
	if !v.OK() {
		return ErrLoginUnsure
	}
	return nil
}

// takeLogins keeps what the trail tells of the logins that there are as told by this desk's own chain, and by no
// other, from now on. The sums are what every line adds up to.
func (a loginRoll) takeLogins(sums map[tag]uint64) error {
	if err := a.AppendMany([]audit.Line{{At: a.t.s.now(), Machine: a.t.s.machine, Act: act.KeepRows}}); err != nil {
		return err
	}
	tags, err := a.signInTags()
	if err != nil {
		return err
	}
	var heads []trailHead
	err = trailHeads.eachSound(a.t, `chain > '' ORDER BY chain`, nil, func(h *trailHead) error {
		heads = append(heads, *h)
		return nil
	})
	if err != nil {
		return err
	}
	if _, err := a.t.exec(`DELETE FROM login_told WHERE org = ?`, a.t.org); err != nil {
		return err
	}
	for i := range heads {
		h := &heads[i]
		h.Logins = toldNothing
		if h.Chain == a.t.s.machine {
			if err := a.tellAll(h, tags, sums); err != nil {
				return err
			}
		}
		if err := trailHeads.put(a.t, h); err != nil {
			return err
		}
	}
	return nil
}

func (a loginRoll) tellAll(h *trailHead, tags []tag, sums map[tag]uint64) error {
	in := map[int]map[tag]uint64{}
	for _, t := range tags {
		if in[partOf(t)] == nil {
			in[partOf(t)] = map[tag]uint64{}
		}
		in[partOf(t)][t] = sums[t]
	}
	first := toldPart{toldRow: toldRow{firstPart, h.Chain, make([]byte, partCount*8)}}
	for n, some := range in {
		if err := a.putPart(&first, n, h.Chain, some); err != nil {
			return err
		}
	}
	return a.putFirst(h, first)
}

// signInTags stand for the rows that there are of those that a sign-in stands on.
func (a loginRoll) signInTags() (tags []tag, err error) {
	tags = []tag{settingRows.tagOf(settingRecovery)}
	err = a.t.rows(`SELECT id FROM login WHERE org = ?`, []any{a.t.org}, func(scan func(...any) error) error {
		var id string
		err := scan((*textOnly)(&id))
		if errors.Is(err, errKind) {
			return nil
		}
		tags = append(tags, loginRows.tagOf(id))
		return err
	})
	return tags, err
}

// signing is a login as it stands, with the seal it carries.
type signing struct {
	access.Login
	seal []byte
}

func (a Access) signing(l id.Login) (s signing, err error) {
	found := false
	err = loginRows.scanCells(a.t, `FROM login WHERE org = ? AND id = ?`, "", []any{a.t.org, string(l)}, nil, func(cells []cell, seal []byte) (err error) {
		found = true
		s.seal = slices.Clone(seal)
		s.Login, err = loginRows.take(a.t, cells, seal)
		return err
	})
	if err == nil && !found {
		err = access.ErrNoLogin
	}
	return s, err
}

// vouched is a login that may sign in with what its passphrase opened: both are what the trail says. A trail
// that has to be read for that is read once, and what it tells of logins is kept.
func (s *Store) vouched(ctx context.Context, l id.Login, key wrappedLogin) (login access.Login, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		one, err := tx.Access.signing(l)
		if err != nil {
			return err
		}
		if err := rollOf(tx).bears(one); err != nil {
			return err
		}
		login = one.Login
		s.known.keep(l, compared{share(one.seal), unasked, s.steady()})
		return one.opens(key)
	})
	if errors.Is(err, errUnsure) {
		login, err = s.vouchedByLines(ctx, l, key)
	}
	return login, err
}

// opens refuses what a passphrase opened if it is not what the login says: another one holds since.
func (s signing) opens(key wrappedLogin) error {
	if s.Opens != "" && s.Opens != key.mark() {
		return ErrLoginOlder
	}
	return nil
}

func (s *Store) vouchedByLines(ctx context.Context, l id.Login, key wrappedLogin) (login access.Login, err error) {
	look := func(tx *Tx) (map[tag]uint64, error) {
		one, err := tx.Access.signing(l)
		if err != nil {
			return nil, err
		}
		sums, err := rollOf(tx).readLogins()
		if err != nil {
			return nil, err
		}
		if sums[loginRows.tagOf(string(l))] != share(one.seal) {
			return nil, ErrLoginOlder
		}
		login = one.Login
		return sums, one.opens(key)
	}
	err = s.Update(ctx, func(tx *Tx) error {
		sums, err := look(tx)
		if err != nil {
			return err
		}
		if err := rollOf(tx).takeLogins(sums); err != nil {
			return err
		}
		return tx.Access.sayWhatOpens(sums)
	})
	if Unwritable(err) {
		err = s.View(ctx, func(tx *Tx) error { _, err := look(tx); return err })
	}
	return login, err
}

// sayWhatOpens has each login of a store of before say which of its copies of the store's key is in force: the
// one that is there.
func (a Access) sayWhatOpens(sums map[tag]uint64) error {
	var list []access.Login
	err := loginRows.scanCells(a.t, `FROM login WHERE org = ? AND opens = ''`, "", []any{a.t.org}, nil, func(cells []cell, seal []byte) error {
		l, err := loginRows.take(a.t, cells, seal)
		if errors.Is(err, ErrRow) || err == nil && sums[loginRows.tagOf(string(l.ID))] != share(seal) {
			return nil // it signs in no more
		}
		list = append(list, l)
		return err
	})
	for i := range list {
		key, no := a.key(list[i].ID)
		if no != nil {
			continue // nothing opens it
		}
		list[i].Opens = key.mark()
		list[i].Version++
		err = errors.Join(err, loginRows.update(a.t, &list[i]))
	}
	return err
}

// mark names what a passphrase opens, for the login's row: the first bytes of a SHA-256, in hexadecimal.
func (k wrappedLogin) mark() string {
	h := sha256.New()
	for _, part := range [][]byte{k.salt, []byte(k.cost.String()), k.wrapped} {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		h.Write(part)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// TakeAsItStands takes a login as it stands for what the trail says of it, for whoever opened the store with its
// recovery key; of every other login it is what the lines tell that are there.
func (a Access) TakeAsItStands(l id.Login) error {
	if err := a.t.Audit.rest(); err != nil {
		return err
	}
	one, err := a.signing(l)
	if err != nil {
		return err
	}
	sums, err := rollOf(a.t).sumsThere()
	if err != nil {
		return err
	}
	sums[loginRows.tagOf(string(l))] = share(one.seal)
	return rollOf(a.t).takeLogins(sums)
}

// known are the logins that came in since this program began, and when each was compared with the trail last.
type known struct {
	mu   sync.Mutex
	seen map[id.Login]compared
}

// compared is how a login stood then.
type compared struct {
	share uint64
	wrote int64 // as SQLite counts what others wrote into the file
	at    time.Duration
}

// unasked is for a login that was compared over another connection, which counts otherwise.
const unasked = -1

func (k *known) last(l id.Login) (compared, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	was, ok := k.seen[l]
	return was, ok
}

func (k *known) keep(l id.Login, now compared) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.seen == nil {
		k.seen = map[id.Login]compared{}
	}
	k.seen[l] = now
}

// Still is the login of whoever is signed in, as a change begins. It is compared with the trail when it reads
// otherwise than the last time, when another program wrote into the file, and after a minute; where nothing can be
// said of the trail, as it was when they signed in.
func (a Access) Still(l id.Login) (access.Login, error) {
	one, err := a.signing(l)
	if err != nil {
		return one.Login, err
	}
	now := compared{share: share(one.seal), at: a.t.s.steady()}
	if a.t.s.dialect == sqlite {
		if err := a.t.row(ErrDamaged, `PRAGMA data_version`, nil, &now.wrote); err != nil {
			return one.Login, err
		}
	}
	was, ok := a.t.s.known.last(l)
	if ok && was.wrote == unasked {
		was.wrote = now.wrote
		a.t.s.known.keep(l, was)
	}
	if ok && was.share == now.share && was.wrote == now.wrote && now.at >= was.at && now.at-was.at < lookAgain {
		return one.Login, nil
	}
	if err := rollOf(a.t).bears(one); err != nil && !errors.Is(err, errUnsure) {
		return one.Login, err
	}
	a.t.s.known.keep(l, now)
	return one.Login, nil
}
