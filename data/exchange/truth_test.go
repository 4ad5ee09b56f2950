package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

var testOptions = Options{
	Today:       day.MustNew(2026, 11, 23),
	Specialties: []string{"建筑工程", "公路工程", "水利水电工程", "市政公用工程", "矿业工程", "机电工程"},
}

// whys are our faults for the reasons truth.json gives.
var whys = map[string]string{
	"check digit": identity.ErrCheckDigit.Key,
	"damaged by spreadsheet (scientific notation)": identity.ErrScientific.Key,
	"damaged by spreadsheet (last digits 000)":     identity.ErrRounded.Key + " or, as a number, " + identity.ErrScientific.Key,
	"date in the number does not exist":            identity.ErrNoSuchDate.Key,
	"same person twice in the file":                ErrTwice.Key,
	"name missing":                                 ErrMissing.Key,
	"number missing":                               ErrMissing.Key,
	"phone":                                        person.ErrPhone.Key,
	"unknown specialty":                            ErrUnknownSpecialty.Key,
	"added specialty equals main":                  ErrAddedIsMain.Key,
	"formula":                                      ErrFormula.Key,
}

type rosterTruth struct {
	Line         int
	Verdict, Why string
}

func readTruth(t testing.TB) []rosterTruth {
	t.Helper()
	var truth struct{ Roster []rosterTruth }
	if err := json.Unmarshal(testFile(t, "truth.json"), &truth); err != nil {
		t.Fatal(err)
	}
	return truth.Roster
}

func testFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sameAs compares a roster with the truth, line by line, and gives the rows.
func sameAs(t *testing.T, truth []rosterTruth, b []byte) map[int]RosterRow {
	t.Helper()
	r, err := ReadRoster(b, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[int]RosterRow{}
	for row := range r.Rows() {
		rows[row.Line] = row
	}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	if len(rows) != len(truth) {
		t.Errorf("rows: got %d, want %d", len(rows), len(truth))
	}
	for _, want := range truth {
		row := rows[want.Line]
		keys := faultKeys(row.Row)
		switch {
		case want.Verdict == "new" && row.Refused():
			t.Errorf("line %d refused: %v", want.Line, keys)
		case want.Verdict == "refused" && (keys == "" || !strings.Contains(whys[want.Why], keys)):
			t.Errorf("line %d: got %q, want %q (%s)", want.Line, keys, whys[want.Why], want.Why)
		}
	}
	return rows
}

func faultKeys(r Row) string {
	var keys []string
	for _, f := range r.Faults {
		keys = append(keys, f.Fault.Key)
	}
	return strings.Join(keys, " ")
}

func TestTheRosterAsItWasSentGivesTheTruth(t *testing.T) {
	rows := sameAs(t, readTruth(t), testFile(t, "roster-gb18030.csv"))
	for name, c := range map[string]struct{ got, want string }{
		"full-width digits":     {rows[18].Number, "450103198706050777"},
		"stray spaces":          {rows[21].Number, "451302198212045113"},
		"a lower-case x":        {rows[15].Number, "45020219791203131X"},
		"15 digits":             {rows[48].Number, "451002840511565"},
		"a rare character":      {rows[55].Name, "覃𠅤"},
		"dots in a name":        {rows[39].Name, "阿布都·克里木·买买提"},
		"a date with strokes":   {rows[6].From.String(), "2025-04-20"},
		"a date with 年月日":       {rows[9].From.String(), "2025-11-22"},
		"two added specialties": {strings.Join(rows[5].Added, "|"), "水利水电工程|机电工程"},
		"address of the number": {rows[13].Faults[0].Address, "C13"},
		"address of a formula":  {rows[45].Faults[0].Address, "F45"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", name, c.got, c.want)
		}
	}
	if !rows[18].Cell("number").Repaired || rows[4].Cell("number").Repaired {
		t.Error("a repaired number is not told from a good one")
	}
}

func TestTheSameRosterInOtherFilesGivesTheSame(t *testing.T) {
	text, _, _ := decodeText(testFile(t, "roster-gb18030.csv"))
	for name, b := range map[string][]byte{
		"UTF-8":                        []byte(text),
		"UTF-8 with a byte order mark": []byte("\ufeff" + text),
		"semicolons":                   []byte(strings.ReplaceAll(strings.ReplaceAll(text, ",", ";"), `"";""`, `"",""`)),
		"old line ends":                []byte(strings.ReplaceAll(text, "\r\n", "\r")),
		"xlsx, all text":               asXlsx(t, text, nil),
		"xlsx, formula and numbers as numbers": asXlsx(t, text, func(f *excelize.File, cell, v string) {
			switch {
			case cell == "F45":
				check(t, f.SetCellFormula("Sheet1", cell, strings.TrimPrefix(v, "=")))
			case cell == "C13":
				check(t, f.SetCellValue("Sheet1", cell, 451302197001011234.0))
			case cell == "C16":
				check(t, f.SetCellValue("Sheet1", cell, 450102199408080000.0))
			case cell == "C48":
				check(t, f.SetCellValue("Sheet1", cell, 451002840511565))
			case cell[0] == 'D' && len(v) == 11:
				n := 0
				_, _ = fmt.Sscan(v, &n)
				check(t, f.SetCellValue("Sheet1", cell, n))
			case cell[0] == 'I' && len(v) == 10:
				d, _ := day.Parse(v)
				check(t, f.SetCellValue("Sheet1", cell, d.Start().UTC().AddDate(0, 0, 1)))
			}
		}),
	} {
		t.Run(name, func(t *testing.T) { sameAs(t, readTruth(t), b) })
	}
}

// asXlsx saves CSV text as a spreadsheet program does. change may put another thing into a cell.
func asXlsx(t testing.TB, text string, change func(f *excelize.File, cell, v string)) []byte {
	t.Helper()
	f := excelize.NewFile()
	check(t, newCSV(text).rows(func(line int, cells []rawCell) bool {
		for i, c := range cells {
			if c.text == "" {
				continue
			}
			check(t, f.SetCellStr("Sheet1", address(i+1, line), c.text))
			if change != nil {
				change(f, address(i+1, line), c.text)
			}
		}
		return true
	}))
	var b bytes.Buffer
	check(t, f.Write(&b))
	return b.Bytes()
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAllHoursAreTakenIn(t *testing.T) {
	csv := testFile(t, "hours-utf8-bom.csv")
	text, _, _ := decodeText(csv)
	for name, b := range map[string][]byte{"csv": csv, "xlsx": asXlsx(t, text, nil)} {
		h, err := ReadHours(b, testOptions)
		check(t, err)
		n, sum := 0, 0
		for row := range h.Rows() {
			if row.Refused() {
				t.Errorf("%s, line %d refused: %s", name, row.Line, faultKeys(row.Row))
			}
			n, sum = n+1, sum+row.Hundredths
			if row.Line == 2 {
				first := fmt.Sprint(row.Name, row.Number, row.Course, row.Kind, row.Specialty, row.Mode, row.Hundredths, row.PaidOn, row.On, row.MarkTenths)
				if want := "胡国建450105199811208158水利水电工程必修课程001required水利水电工程face-to-face1200 2025-08-31 2025-09-22 810"; first != want {
					t.Errorf("%s: got %s, want %s", name, first, want)
				}
			}
		}
		check(t, h.Err())
		if n != 473 || sum != 473*1200+51*400 {
			t.Errorf("%s: got %d rows of %d hundredths", name, n, sum)
		}
	}
}

func TestACorrectedCopyReadsBackAndSaysWhatToDo(t *testing.T) {
	r, err := ReadRoster(testFile(t, "roster-gb18030.csv"), testOptions)
	check(t, err)
	var b bytes.Buffer
	check(t, WriteCorrected(&b, r.Headings, "说明", func(yield func(Row) bool) {
		for row := range r.Rows() {
			if !yield(row.Row) {
				return
			}
		}
	}, func(f *fault.Fault) string { return "<" + f.Key + ">" }))
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	check(t, err)
	sheet := f.GetSheetName(0)
	for cell, want := range map[string]string{
		"C1": "身份证号码", "M1": "说明", "C2": "450105199811208158", "C16": "450103198706050777",
		"C11": "4.51302E+17", "M43": "F45 <exchange.formula>", "H4": "2025-04-20",
	} {
		if got, _ := f.GetCellValue(sheet, cell); got != want {
			t.Errorf("%s: got %q, want %q", cell, got, want)
		}
	}
	back, err := ReadRoster(b.Bytes(), testOptions)
	check(t, err)
	good := 0
	for row := range back.Rows() {
		if !row.Refused() {
			good++
		}
	}
	if good != 49 {
		t.Errorf("good rows of the copy: got %d, want 49", good)
	}
}
