package hours

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

// guangxi are the figures of Guangxi's pack.
var guangxi = Rules{
	MinutesPerHour: 45, RequiredHours: 60, ElectiveHours: 60, AddedHours: 60, WindowMonths: 6, PassMark: 60,
	ReviewDays: 20, ClassNoticeDays: 20,
}

// verdict is what truth.json says of one learner, in 学时.
type verdict struct {
	Required     int            `json:"required"`
	ElectiveMain int            `json:"elective_main"`
	Added        map[string]int `json:"added"`
	NotCounted   []notCounted   `json:"not_counted"`
}

type notCounted struct {
	Course string `json:"course"`
	Hours  int    `json:"hours"`
	Why    string `json:"why"`
}

// reasons are truth.json's words for why hours don't count.
var reasons = map[*fault.Fault]string{
	WhySurplus:        "surplus",
	WhyOneMode:        "required: one mode only, unless a reviewer allows it",
	WhyElectiveOnline: "elective is online only",
	WhyBeforePeriod:   "before the registration period",
	WhyBelowMark:      "below the pass mark",
	WhyRepeated:       "course counted already",
	WhyAfterWindow:    "after the half-year window",
}

func inWords(why *fault.Fault) string {
	for f, words := range reasons {
		if errors.Is(why, f) {
			return words
		}
	}
	return why.Key
}

// TestTheHoursOfAWholeRosterStandAsTheyShould judges the hours sheet of sixty invented learners
// and compares with what was worked out apart from this program.
func TestTheHoursOfAWholeRosterStandAsTheyShould(t *testing.T) {
	var truth struct{ Standing map[string]verdict }
	if err := json.Unmarshal(fromTestdata(t, "truth.json"), &truth); err != nil {
		t.Fatal(err)
	}
	plans, records := roster(t), sheet(t)
	if len(truth.Standing) != len(records) {
		t.Fatalf("learners with hours: got %d, want %d", len(records), len(truth.Standing))
	}
	for number, want := range truth.Standing {
		plan, ok := plans[number]
		if !ok {
			t.Fatalf("a learner of the hours sheet is not on the roster")
		}
		got := judged(guangxi.Standing(plan, records[number]))
		for _, list := range [][]notCounted{got.NotCounted, want.NotCounted} {
			sort.Slice(list, func(i, j int) bool { return list[i].Course < list[j].Course })
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("main %s, added %v:\n got %v\nwant %v", plan.Main, plan.Added, got, want)
		}
	}
}

func judged(s Standing) verdict {
	v := verdict{Added: map[string]int{}}
	for _, p := range s.Progress {
		switch hours := p.Done / int(guangxi.Unit()); {
		case p.Bucket.Added:
			v.Added[p.Bucket.Specialty] = hours
		case p.Bucket.Kind == Required:
			v.Required = hours
		default:
			v.ElectiveMain = hours
		}
	}
	for _, l := range s.Lines {
		if l.Left > 0 {
			v.NotCounted = append(v.NotCounted, notCounted{l.Record.Course, l.Left / int(guangxi.Unit()), inWords(l.Why)})
		}
	}
	return v
}

func roster(t *testing.T) map[string]Plan {
	utf8, err := simplifiedchinese.GB18030.NewDecoder().Bytes(fromTestdata(t, "roster-gb18030.csv"))
	if err != nil {
		t.Fatal(err)
	}
	plans := map[string]Plan{}
	for _, row := range rows(t, utf8)[3:] {
		number := strings.ToUpper(strings.Map(plainDigits, row[2]))
		if _, known := plans[number]; known {
			continue // a number's second row is refused
		}
		p := Plan{Main: row[9], Period: Period{From: date(t, row[7]), To: date(t, row[8])}}
		if row[10] != "" {
			p.Added = strings.FieldsFunc(row[10], func(r rune) bool { return r == '、' || r == ',' || r == '，' || r == ';' || r == '；' })
		}
		plans[number] = p
	}
	return plans
}

func sheet(t *testing.T) map[string][]Record {
	all := map[string][]Record{}
	body := bytes.TrimPrefix(fromTestdata(t, "hours-utf8-bom.csv"), []byte("\ufeff"))
	for i, row := range rows(t, body)[1:] {
		hours, err := strconv.Atoi(row[6])
		if err != nil {
			t.Fatalf("line %d: %v", i+2, err)
		}
		e := Entry{
			Course: row[2], Kind: map[string]Kind{"必修": Required, "选修": Elective}[row[3]], Specialty: row[4],
			Mode:    map[string]Mode{"网络": Online, "面授": FaceToFace}[row[5]],
			Seconds: guangxi.Amount(hours), PaidOn: date(t, row[7]), On: date(t, row[8]),
		}
		if row[9] != "" {
			if e.MarkTenths, err = ReadMark(row[9]); err != nil {
				t.Fatalf("line %d: %v", i+2, err)
			}
			e.HasMark = true
		}
		all[row[1]] = append(all[row[1]], Record{Seq: int64(i + 1), Entry: e, State: Entered})
	}
	return all
}

func fromTestdata(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func rows(t *testing.T, b []byte) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(b))
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func date(t *testing.T, s string) day.Date {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := day.ParseLoose(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return d
}

// plainDigits mends what rosters do to numbers: full-width digits and stray spaces.
func plainDigits(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == 'Ｘ':
		return 'X'
	case strings.ContainsRune(" \u3000\u00a0\t'", r):
		return -1
	}
	return r
}
