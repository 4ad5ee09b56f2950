package model

import (
	"context"
	"errors"
	"testing"

	"xuezheng/data/id"
)

type sheets struct {
	preview, taken ImportView
	err            error
	kind           string
	repeats        bool
	programmes     []ProgrammeOffer
	in             string
	handed         []id.Record
}

func (s *sheets) Preview(_ context.Context, _ []byte, report func(int)) (ImportView, error) {
	report(500)
	return s.preview, s.err
}

func (s *sheets) TakeIn(_ context.Context, _ []byte, kind string, report func(int)) (ImportView, error) {
	report(2)
	s.kind = kind
	return s.taken, s.err
}

func (s *sheets) Programmes() []ProgrammeOffer { return s.programmes }
func (s *sheets) In(programme string)          { s.in = programme }

func (s *sheets) Repeats(on bool) { s.repeats = on }

func (s *sheets) SubmitRecords(list []id.Record) (Submitted, error) {
	s.handed = append(s.handed, list...)
	return Submitted{Records: len(list), Decided: today.AddDays(28)}, s.err
}

func (s *sheets) Corrected([]byte, string) ([]byte, error) { return []byte("table"), s.err }

// hands chooses one file and keeps everything in one place.
type hands struct {
	chosen  File
	kept    map[string][]byte
	refused error
}

func (h *hands) Choose(then func(File, error), _ ...string) { then(h.chosen, h.refused) }

func (h *hands) Keep(name string, b []byte, then func(string, error)) {
	if h.kept == nil {
		h.kept = map[string][]byte{}
	}
	h.kept[name] = b
	then("/kept/"+name, h.refused)
}

func threeRows() ImportView {
	return ImportView{Kind: "roster", Added: 1, Same: 1, Refused: 1, Rows: []ImportRow{
		{Line: 2, Verdict: "new", Name: "韦志远"}, {Line: 3, Verdict: "same", Name: "黄美玲"}, {Line: 4, Verdict: "refused", Name: "覃建国"},
	}}
}

func TestAnImportShowsEverythingBeforeItHappens(t *testing.T) {
	s := &sheets{preview: threeRows(), taken: threeRows()}
	m := NewExchangeImport(s, &hands{chosen: File{Name: "名单.xlsx"}}, Now)
	if m.CanTakeIn() || m.CanKeep() {
		t.Error("something could be done before a table was chosen")
	}
	m.TakeIn()
	m.Keep("x")
	m.Choose()
	if !m.Read || m.Done || s.kind != "" || m.File != "名单.xlsx" {
		t.Fatalf("read %v, done %v, wrote %q", m.Read, m.Done, s.kind)
	}
	if m.Filter != "refused" || len(m.Rows.Rows) != 1 || m.Rows.Rows[0].Line != 4 {
		t.Errorf("what is refused doesn't stand first: %q %+v", m.Filter, m.Rows.Rows)
	}
	m.Show("refused")
	if m.Filter != "" || len(m.Rows.Rows) != 3 {
		t.Errorf("all: %d rows", len(m.Rows.Rows))
	}
	m.Show("new")
	m.TakeIn()
	if !m.Done || s.kind != "roster" || m.CanTakeIn() {
		t.Errorf("done %v, kind %q", m.Done, s.kind)
	}
	m.Again()
	if m.Read || m.Done || m.File != "" || len(m.Rows.Rows) != 0 {
		t.Errorf("not ready for the next: %+v", m)
	}
}

func TestWhatIsRefusedCanBeKeptAndMended(t *testing.T) {
	h := &hands{chosen: File{Name: "a.csv"}}
	m := NewExchangeImport(&sheets{preview: threeRows()}, h, Now)
	m.Choose()
	m.Keep("mend.xlsx")
	if string(h.kept["mend.xlsx"]) != "table" || m.Kept != "/kept/mend.xlsx" {
		t.Errorf("kept %v, %q", h.kept, m.Kept)
	}
	h.refused = ErrFileNotKept
	m.Keep("mend.xlsx")
	if !errors.Is(m.Problem(), ErrFileNotKept) {
		t.Errorf("problem %v", m.Problem())
	}
}

func TestWhatIsNoTableIsSaidAtOnce(t *testing.T) {
	s := &sheets{err: errors.New("broken sheet")}
	m := NewExchangeImport(s, &hands{}, Now)
	m.Take(File{Name: "照片.jpg"}, nil)
	if !errors.Is(m.Problem(), ErrNotATable) || m.Read {
		t.Errorf("problem %v", m.Problem())
	}
	m.Take(File{}, ErrFileUnread)
	if !errors.Is(m.Problem(), ErrFileUnread) {
		t.Errorf("problem %v", m.Problem())
	}
	m.Take(File{Name: "a.csv"}, nil)
	if m.Problem() != s.err || m.Read || m.CanTakeIn() {
		t.Errorf("problem %v, read %v", m.Problem(), m.Read)
	}
}

func TestAnImportThatIsStoppedWroteNothing(t *testing.T) {
	var later Later
	s := &sheets{preview: threeRows(), taken: threeRows()}
	m := NewExchangeImport(s, &hands{}, later.Run)
	m.Take(File{Name: "a.csv"}, nil)
	m.Take(File{Name: "b.csv"}, nil) // while the first is being read: not taken
	later.All()
	if m.File != "a.csv" || !m.Read {
		t.Fatalf("file %q, read %v", m.File, m.Read)
	}
	m.TakeIn()
	s.err = context.Canceled
	m.Stop()
	later.All()
	if m.Done || m.Problem() != nil || !m.CanTakeIn() {
		t.Errorf("done %v, problem %v", m.Done, m.Problem())
	}
}

func hoursSheet(added, same int, drafts ...id.Record) ImportView {
	return ImportView{Kind: "hours", Added: added, Same: same, Drafts: drafts, Rows: []ImportRow{{Line: 2, Verdict: "new"}, {Line: 3, Verdict: "new"}}}
}

func TestAnImportEndsWithHandingInExactlyItsRecords(t *testing.T) {
	s := &sheets{preview: hoursSheet(2, 0, "phantom"), taken: hoursSheet(2, 0, "a", "b")}
	m := NewExchangeImport(s, &hands{chosen: File{Name: "学时.csv"}}, Now)
	m.Choose()
	m.Submit() // nothing is taken in yet
	if m.Drafts() != 0 || m.CanSubmit() || len(s.handed) != 0 {
		t.Fatalf("%d could be handed in before anything was taken in: %v", m.Drafts(), s.handed)
	}
	m.TakeIn()
	if m.Drafts() != 2 || !m.CanSubmit() {
		t.Fatalf("%d can be handed in", m.Drafts())
	}
	m.Submit()
	m.Submit() // once only
	if len(s.handed) != 2 || s.handed[0] != "a" || s.handed[1] != "b" || m.Handed.Records != 2 || m.Drafts() != 0 {
		t.Errorf("handed in %v, %+v; %d left", s.handed, m.Handed, m.Drafts())
	}
	m.Choose()
	if m.Handed.Records != 0 {
		t.Error("the next table begins as handed in")
	}
}

func TestATableThatIsThereAlreadyCanStillBeHandedIn(t *testing.T) {
	s := &sheets{preview: hoursSheet(0, 2, "a")}
	m := NewExchangeImport(s, &hands{chosen: File{Name: "学时.csv"}}, Now)
	m.Choose()
	if m.CanTakeIn() || m.Drafts() != 1 {
		t.Fatalf("take in %v, %d to hand in", m.CanTakeIn(), m.Drafts())
	}
	s.err = errors.New("disk")
	m.Submit()
	if m.Problem() != s.err || m.Handed.Records != 0 || m.Drafts() != 1 {
		t.Errorf("problem %v, handed in %+v", m.Problem(), m.Handed)
	}
	if n := NewExchangeImport(&sheets{}, &hands{}, Now).Drafts(); n != 0 {
		t.Errorf("%d to hand in before any table", n)
	}
}

func TestARosterSaysWhichProgrammeItIsFor(t *testing.T) {
	s := &sheets{preview: ImportView{Kind: "roster", Added: 1, Rows: []ImportRow{{Line: 2, Verdict: "new"}}}, programmes: []ProgrammeOffer{{ID: "constructors"}, {ID: "nurses"}}}
	m := NewExchangeImport(s, &hands{}, Now)
	if s.in != "constructors" || m.MayChoose() {
		t.Errorf("before a file was read: %q, may choose %v", s.in, m.MayChoose())
	}
	m.Take(File{Name: "roster.csv", Bytes: []byte("x")}, nil)
	if !m.MayChoose() {
		t.Error("the programme can't be chosen")
	}
	m.Which.Set("nurses")
	if s.in != "nurses" || !m.Read {
		t.Errorf("chosen: %q, read again %v", s.in, m.Read)
	}
	one := NewExchangeImport(&sheets{preview: s.preview, programmes: s.programmes[:1]}, &hands{}, Now)
	one.Take(File{Name: "roster.csv", Bytes: []byte("x")}, nil)
	if one.MayChoose() {
		t.Error("with one programme there is a choice")
	}
}

func TestRowsThatAreNotListedAreSaid(t *testing.T) {
	v := threeRows()
	v.FurtherNew, v.FurtherSame = 40, 7
	m := NewExchangeImport(&sheets{preview: v}, &hands{chosen: File{Name: "a.csv"}}, Now)
	if m.Unlisted() != 0 {
		t.Errorf("before a table is read: %d", m.Unlisted())
	}
	m.Choose()
	for filter, want := range map[string]int{"refused": 0, "changed": 0, "new": 40, "same": 7, "": 47} {
		if m.Filter != filter {
			m.Show(filter)
		}
		if m.Unlisted() != want {
			t.Errorf("%q: %d rows are not listed, want %d", filter, m.Unlisted(), want)
		}
		m.Show(filter) // all again
	}
	if m.View.Total() != 50 {
		t.Errorf("%d rows in all", m.View.Total())
	}
}

func TestWhatBecomesOfATable(t *testing.T) {
	drafts := []id.Record{"r1"}
	for name, c := range map[string]struct {
		m    ExchangeImport
		want ImportStand
	}{
		"every row is new":                  {ExchangeImport{Read: true, View: ImportView{Added: 2}}, ImportGood},
		"some are refused":                  {ExchangeImport{Read: true, View: ImportView{Added: 2, Refused: 1}}, ImportSome},
		"all is there already":              {ExchangeImport{Read: true, View: ImportView{Same: 2}}, ImportNothing},
		"there, and not handed in":          {ExchangeImport{Read: true, View: ImportView{Same: 2, Drafts: drafts}}, ImportDrafts},
		"taken in":                          {ExchangeImport{Read: true, Done: true, View: ImportView{Added: 2, Refused: 1}}, ImportDone},
		"taken in, and not handed in":       {ExchangeImport{Read: true, Done: true, View: ImportView{Added: 2, Drafts: drafts}}, ImportLeft},
		"handed in":                         {ExchangeImport{Read: true, Done: true, View: ImportView{Added: 2, Drafts: drafts}, Handed: Submitted{Records: 1}}, ImportHandedIn},
		"new rows come before what is left": {ExchangeImport{Read: true, View: ImportView{Added: 1, Drafts: drafts}}, ImportGood},
	} {
		if got := c.m.Stand(); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
