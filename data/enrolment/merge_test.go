package enrolment

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/id"
)

const (
	keptNumber  = "06-26-000001"
	otherNumber = "0142100655"
	thirdNumber = "0142100777"
)

var approvedAt = time.Date(2026, 5, 6, 2, 0, 0, 0, time.UTC)

// several are the numbers of one person: the first is chosen, the others wait.
func several() []Ticket {
	p := id.Person("p")
	return []Ticket{
		{Number: keptNumber, District: "06", Person: p, Programme: "law", State: TicketLocked, Version: 2},
		{Number: otherNumber, District: "01", Person: p, Programme: "law", State: TicketWaiting, Version: 2},
		{Number: thirdNumber, District: "01", Person: p, Programme: "law", State: TicketWaiting, Version: 2},
	}
}

func pass(ticket, course string, tenths int, on day.Date) Mark {
	return Mark{Course: course, CourseName: "课程" + course, Tenths: tenths, Passed: true, SatOn: on, Ticket: ticket}
}

func fail(ticket, course string, tenths int, on day.Date) Mark {
	m := pass(ticket, course, tenths, on)
	m.Passed = false
	return m
}

func exempt(ticket, course string) Mark {
	return Mark{Course: course, CourseName: "课程" + course, Ticket: ticket, Exempt: true}
}

func preview(t *testing.T, marks ...Mark) Merge {
	t.Helper()
	all := several()
	m, err := Preview(all[0], all[1:], marks)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestOneNumberIsChosenAndTheOthersWait(t *testing.T) {
	p, elsewhere := id.Person("p"), id.Person("q")
	have := []Ticket{
		{Number: "111111", Person: p, Programme: "law", State: TicketActive, Version: 1},
		{Number: "22-2222", Person: p, Programme: "law", State: TicketWaiting, Version: 1},
		{Number: "333333", Person: p, Programme: "law", State: TicketVoid, Version: 1},
		{Number: "444444", Person: p, Programme: "history", State: TicketActive, Version: 1},
	}
	after, err := Choose(have, "222 222")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []TicketState{TicketWaiting, TicketLocked, TicketVoid, TicketActive} {
		changed := 0
		if want != have[i].State {
			changed = 1
		}
		if after[i].State != want || after[i].Version != have[i].Version+changed {
			t.Errorf("%s: got %s, version %d; want %s", have[i].Number, after[i].State, after[i].Version, want)
		}
	}
	if have[0].State != TicketActive {
		t.Error("what was handed in was changed")
	}
	stranger := append(slices.Clone(have), Ticket{Number: "555555", Person: elsewhere, Programme: "law", State: TicketActive})
	for name, c := range map[string]struct {
		have   []Ticket
		number string
		want   error
	}{
		"a number nobody knows":       {have, "999999", ErrNoTicket},
		"no number":                   {have, "", ErrNoTicket},
		"one that is void":            {have, "333333", ErrTicketVoid},
		"another one, once locked":    {after, "111111", ErrTicketLocked},
		"the same one, once locked":   {after, "222222", ErrTicketLocked},
		"another programme's, freely": {after, "444444", nil},
		"among someone else's":        {stranger, "111111", ErrMergePeople},
	} {
		got, err := Choose(c.have, c.number)
		if !errors.Is(err, c.want) || (err != nil) != (got == nil) {
			t.Errorf("%s: got %v, %v; want %v", name, got, err, c.want)
		}
	}
}

func TestOnlyTheChosenNumbersDistrictIsUsed(t *testing.T) {
	one := []Ticket{{Number: "111111", District: "06", Person: "p", Programme: "law", State: TicketActive}}
	two := append(slices.Clone(one), Ticket{Number: "222222", District: "01", Person: "p", Programme: "law", State: TicketWaiting})
	chosen, err := Choose(two, "222222")
	if err != nil {
		t.Fatal(err)
	}
	void := []Ticket{{Number: "111111", District: "06", Person: "p", Programme: "law", State: TicketVoid}}
	for name, c := range map[string]struct {
		have                []Ticket
		programme, district string
		want                error
	}{
		"the chosen one's":                    {chosen, "law", "01", nil},
		"the waiting one's":                   {chosen, "law", "06", ErrOtherDistrict},
		"a third one":                         {chosen, "law", "09", ErrOtherDistrict},
		"none has been chosen":                {two, "law", "06", ErrNoneChosen},
		"the only number's":                   {one, "law", "06", nil},
		"another than the only number's":      {one, "law", "09", nil},
		"nothing but a void one":              {void, "law", "06", ErrNoTicket},
		"no number at all":                    {nil, "law", "06", ErrNoTicket},
		"a number in another programme only":  {one, "history", "06", ErrNoTicket},
		"the void one does not count as one":  {append(slices.Clone(one), void...), "law", "06", nil},
		"the locked one stands behind others": {[]Ticket{two[0], chosen[1]}, "law", "06", ErrOtherDistrict},
	} {
		if err := UseDistrict(c.have, c.programme, c.district); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestAnExamNoticeIsForTheNumberInUseOfSomeoneConfirmed(t *testing.T) {
	one := []Ticket{{Number: "111111", Person: "p", Programme: "law", State: TicketActive}}
	two := append(slices.Clone(one), Ticket{Number: "222222", Person: "p", Programme: "law", State: TicketWaiting})
	chosen, err := Choose(two, "222222")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		confirmed bool
		have      []Ticket
		want      string
		err       error
	}{
		"the only one":              {true, one, "111111", nil},
		"the chosen one":            {true, chosen, "222222", nil},
		"none has been chosen":      {true, two, "", ErrNoneChosen},
		"none at all":               {true, nil, "", ErrNoTicket},
		"before being confirmed":    {false, one, "", ErrNoticeUnconfirmed},
		"of another programme only": {true, []Ticket{{Number: "333333", Programme: "history", State: TicketActive}}, "", ErrNoTicket},
	} {
		got, err := ForNotice(c.confirmed, c.have, "law")
		if got.Number != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: got %q, %v; want %q, %v", name, got.Number, err, c.want, c.err)
		}
	}
}

func TestWhichMarkIsTakenAndWhy(t *testing.T) {
	early, late := day.MustNew(2024, 4, 13), day.MustNew(2025, 10, 25)
	odd := pass(keptNumber, "1", 700, early)
	odd.CourseName = "another name"
	for name, c := range map[string]struct {
		marks []Mark
		taken int // which of marks
		rule  MergeRule
	}{
		"only under the chosen one":              {[]Mark{pass(keptNumber, "1", 700, early)}, 0, RuleOnlyOne},
		"only under another one":                 {[]Mark{fail(otherNumber, "1", 300, early)}, 0, RuleOnlyOne},
		"an exemption only":                      {[]Mark{exempt(otherNumber, "1")}, 0, RuleOnlyOne},
		"a pass under another, failed here":      {[]Mark{fail(keptNumber, "1", 550, late), pass(otherNumber, "1", 600, early)}, 1, RulePass},
		"a fail with more points than a pass":    {[]Mark{fail(keptNumber, "1", 900, late), pass(otherNumber, "1", 600, early)}, 1, RulePass},
		"a pass here, failed under another":      {[]Mark{pass(keptNumber, "1", 600, late), fail(otherNumber, "1", 590, early)}, 0, RulePass},
		"an exemption and a fail":                {[]Mark{fail(keptNumber, "1", 590, early), exempt(otherNumber, "1")}, 1, RuleExempt},
		"an exemption and a pass":                {[]Mark{exempt(keptNumber, "1"), pass(otherNumber, "1", 600, late)}, 1, RulePassExempt},
		"an exemption, a fail and a pass":        {[]Mark{exempt(keptNumber, "1"), fail(thirdNumber, "1", 990, late), pass(otherNumber, "1", 600, late)}, 2, RulePassExempt},
		"two passes":                             {[]Mark{pass(keptNumber, "1", 700, early), pass(otherNumber, "1", 705, late)}, 1, RuleHigher},
		"two fails":                              {[]Mark{fail(keptNumber, "1", 300, early), fail(otherNumber, "1", 299, late)}, 0, RuleHigher},
		"two passes and a fail between them":     {[]Mark{pass(keptNumber, "1", 700, early), fail(thirdNumber, "1", 990, early), pass(otherNumber, "1", 800, late)}, 2, RuleHigher},
		"the same points, sat earlier":           {[]Mark{pass(keptNumber, "1", 700, late), pass(otherNumber, "1", 700, early)}, 1, RuleEarlier},
		"the same points, one day not known":     {[]Mark{pass(keptNumber, "1", 700, 0), pass(otherNumber, "1", 700, late)}, 1, RuleEarlier},
		"the same under both":                    {[]Mark{pass(otherNumber, "1", 700, early), pass(keptNumber, "1", 700, early)}, 1, RuleSame},
		"the same under two others":              {[]Mark{pass(thirdNumber, "1", 700, early), pass(otherNumber, "1", 700, early)}, 1, RuleSame},
		"the same, named otherwise":              {[]Mark{pass(keptNumber, "1", 700, early), odd}, 1, RuleSame},
		"two exemptions":                         {[]Mark{exempt(otherNumber, "1"), exempt(keptNumber, "1")}, 1, RuleSame},
		"sat twice under one number, then pass":  {[]Mark{fail(keptNumber, "1", 400, early), pass(keptNumber, "1", 650, late)}, 1, RulePass},
		"a pass is not lost in a crowd of fails": {[]Mark{fail(keptNumber, "1", 999, early), fail(otherNumber, "1", 998, early), pass(thirdNumber, "1", 1, late), fail(thirdNumber, "1", 997, early)}, 2, RulePass},
	} {
		t.Run(name, func(t *testing.T) {
			m := preview(t, c.marks...)
			want := c.marks[c.taken]
			want.Passed = want.Passed || want.Exempt
			if len(m.Rows) != 1 || m.Rows[0].Taken != want || m.Rows[0].Rule != c.rule {
				t.Fatalf("got %+v\nwant %+v by %s", m.Rows, want, c.rule)
			}
			if len(m.Rows[0].Marks) != len(c.marks) || m.Rows[0].CourseName != want.CourseName {
				t.Errorf("not everything is shown: %+v", m.Rows[0])
			}
		})
	}
}

func TestThePreviewShowsBothSidesOfEveryCourse(t *testing.T) {
	on := day.MustNew(2025, 4, 12)
	m := preview(t,
		pass(thirdNumber, "00040", 700, on), pass(otherNumber, "00040", 800, on), fail(keptNumber, "00040", 500, on),
		pass("01 42-100655", " 00015 ", 610, on), pass("0626000001", "03708", 620, on),
	)
	if m.Keep != keptNumber || !slices.Equal(m.Others, []string{otherNumber, thirdNumber}) || m.State != MergeProposed || m.Person != "p" || m.Programme != "law" {
		t.Errorf("got %+v", m)
	}
	var courses, sides []string
	for _, r := range m.Rows {
		courses = append(courses, r.Course)
		for _, mark := range r.Marks {
			sides = append(sides, mark.Ticket)
		}
	}
	if !slices.Equal(courses, []string{"00015", "00040", "03708"}) {
		t.Errorf("courses in the order %v", courses)
	}
	if want := []string{otherNumber, keptNumber, otherNumber, thirdNumber, keptNumber}; !slices.Equal(sides, want) {
		t.Errorf("sides in the order %v, want %v", sides, want)
	}
	for _, mark := range m.Marks() {
		if mark.Ticket != keptNumber || !mark.Passed {
			t.Errorf("after the merge: got %+v", mark)
		}
	}
	if m.Rows[0].Taken.Ticket != otherNumber {
		t.Errorf("where the mark was sat is forgotten: %+v", m.Rows[0].Taken)
	}
}

func TestCoursesThatOnlyLookAlikeStayApart(t *testing.T) {
	m := preview(t, pass(keptNumber, "00015-1", 700, 0), pass(otherNumber, "000151", 600, 0))
	if len(m.Rows) != 2 {
		t.Errorf("got %+v, want two courses", m.Rows)
	}
}

func TestNumbersAndMarksThatAreNotMerged(t *testing.T) {
	ok := pass(otherNumber, "1", 700, 0)
	for name, c := range map[string]struct {
		change func([]Ticket) []Ticket
		mark   Mark
		want   error
	}{
		"the plain case":                {nil, ok, nil},
		"none was chosen":               {func(a []Ticket) []Ticket { a[0].State = TicketActive; return a }, ok, ErrNoneChosen},
		"the chosen one is void":        {func(a []Ticket) []Ticket { a[0].State = TicketVoid; return a }, ok, ErrNoneChosen},
		"another one is void":           {func(a []Ticket) []Ticket { a[2].State = TicketVoid; return a }, ok, ErrTicketVoid},
		"there is no other one":         {func(a []Ticket) []Ticket { return a[:1] }, ok, ErrMergeNothing},
		"another person's":              {func(a []Ticket) []Ticket { a[1].Person = "q"; return a }, ok, ErrMergePeople},
		"another programme's":           {func(a []Ticket) []Ticket { a[1].Programme = "history"; return a }, ok, ErrMergePeople},
		"the chosen one with itself":    {func(a []Ticket) []Ticket { a[1].Number = "0626000001"; return a }, ok, ErrMergeItself},
		"one twice":                     {func(a []Ticket) []Ticket { a[2].Number = otherNumber; return a }, ok, ErrMergeItself},
		"a mark under a strange number": {nil, pass("999999", "1", 700, 0), ErrMarkElsewhere},
		"a mark under no number":        {nil, pass("", "1", 700, 0), ErrMarkElsewhere},
		"a mark of no course":           {nil, pass(otherNumber, " ", 700, 0), ErrMarkCourse},
		"less than no points":           {nil, pass(otherNumber, "1", -1, 0), ErrMarkPoints},
		"no points":                     {nil, fail(otherNumber, "1", 0, 0), nil},
		"the most points":               {nil, pass(otherNumber, "1", 1500, 0), nil},
		"a tenth more than the most":    {nil, pass(otherNumber, "1", 1501, 0), ErrMarkPoints},
	} {
		t.Run(name, func(t *testing.T) {
			all := several()
			if c.change != nil {
				all = c.change(all)
			}
			m, err := Preview(all[0], all[1:], []Mark{c.mark})
			if !errors.Is(err, c.want) || err != nil && (m.Keep != "" || m.Rows != nil) {
				t.Errorf("got %+v, %v; want %v", m, err, c.want)
			}
		})
	}
}

func TestAMergeIsUndoneUntilItIsApproved(t *testing.T) {
	marks := []Mark{pass(otherNumber, "1", 700, 0)}
	m := preview(t, marks...)
	if _, err := m.Undo(" ", "clerk", approvedAt); !errors.Is(err, ErrMergeReason) {
		t.Errorf("without a reason: got %v", err)
	}
	undone, err := m.Undo("选错了准考证号", "clerk", approvedAt)
	if err != nil || undone.State != MergeUndone || undone.Why != "选错了准考证号" || undone.By != "clerk" || !undone.At.Equal(approvedAt) || undone.Version != m.Version+1 {
		t.Fatalf("got %+v, %v", undone, err)
	}
	if _, err := undone.Undo("again", "clerk", approvedAt); !errors.Is(err, ErrMergeClosed) {
		t.Errorf("undone twice: got %v", err)
	}
	if _, _, err := undone.Approve(several(), marks, "reviewer", approvedAt); !errors.Is(err, ErrMergeClosed) {
		t.Errorf("approved after it was undone: got %v", err)
	}
	approved, _, err := m.Approve(several(), marks, "reviewer", approvedAt)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := approved.Undo("too late", "clerk", approvedAt); !errors.Is(err, ErrMergeClosed) {
		t.Errorf("undone after it was approved: got %v", err)
	}
	if _, _, err := approved.Approve(several(), marks, "reviewer", approvedAt); !errors.Is(err, ErrMergeClosed) {
		t.Errorf("approved twice: got %v", err)
	}
}

func TestOnceApprovedTheOtherNumbersAreVoidForEver(t *testing.T) {
	marks := []Mark{pass(otherNumber, "1", 700, 0)}
	m := preview(t, marks...)
	bystander := Ticket{Number: "777777", Person: "p", Programme: "history", State: TicketActive, Version: 1}
	before := append(several(), bystander)
	approved, after, err := m.Approve(before, marks, "reviewer", approvedAt)
	if err != nil || approved.State != MergeApproved || approved.By != "reviewer" || !approved.At.Equal(approvedAt) || approved.Version != m.Version+1 {
		t.Fatalf("got %+v, %v", approved, err)
	}
	if after[0] != before[0] || after[3] != bystander {
		t.Errorf("the chosen number, or one that is not concerned, was changed: %+v", after)
	}
	for _, other := range after[1:3] {
		if other.State != TicketVoid || other.MergedInto != keptNumber || other.Version != 3 {
			t.Errorf("got %+v", other)
		}
		if _, err := Choose(after, other.Number); !errors.Is(err, ErrTicketVoid) {
			t.Errorf("chosen again: got %v", err)
		}
		if _, err := requestFor("p").Declare(other.Number, after); !errors.Is(err, ErrTicketUsed) {
			t.Errorf("declared again: got %v", err)
		}
	}
	if before[1].State != TicketWaiting {
		t.Error("what was handed in was changed")
	}
	if err := UseDistrict(after, "law", "06"); err != nil {
		t.Errorf("the chosen number's district: got %v", err)
	}
}

func TestWhatWasPreviewedIsWhatIsApproved(t *testing.T) {
	marks := []Mark{fail(otherNumber, "1", 500, 0), pass(keptNumber, "2", 700, 0)}
	better := pass(otherNumber, "1", 600, 0)
	for name, c := range map[string]struct {
		tickets func([]Ticket) []Ticket
		marks   []Mark
		want    error
	}{
		"nothing has changed":               {nil, marks, nil},
		"the marks come in another order":   {nil, []Mark{marks[1], marks[0]}, nil},
		"the numbers come in another order": {func(a []Ticket) []Ticket { slices.Reverse(a); return a }, marks, nil},
		"a pass came in between":            {nil, append(slices.Clone(marks), better), ErrMergeStale},
		"a mark was corrected":              {nil, []Mark{better, marks[1]}, ErrMergeStale},
		"a mark was taken away":             {nil, marks[:1], ErrMergeStale},
		"a mark under a new number":         {nil, append(slices.Clone(marks), pass("888888", "1", 700, 0)), ErrMergeStale},
		"another one became void":           {func(a []Ticket) []Ticket { a[1].State = TicketVoid; return a }, marks, ErrMergeStale},
		"the chosen one became void":        {func(a []Ticket) []Ticket { a[0].State = TicketVoid; return a }, marks, ErrMergeStale},
		"another one is gone":               {func(a []Ticket) []Ticket { return a[:2] }, marks, ErrMergeStale},
		"the chosen one is gone":            {func(a []Ticket) []Ticket { return a[1:] }, marks, ErrMergeStale},
		"they are someone else's now": {func(a []Ticket) []Ticket {
			for i := range a {
				a[i].Person = "q"
			}
			return a
		}, marks, ErrMergeStale},
	} {
		t.Run(name, func(t *testing.T) {
			tickets := several()
			if c.tickets != nil {
				tickets = c.tickets(tickets)
			}
			m, after, err := preview(t, marks...).Approve(tickets, c.marks, "reviewer", approvedAt)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err != nil && (m.State != MergeProposed || after != nil) {
				t.Errorf("refused, yet changed: %+v, %+v", m, after)
			}
		})
	}
}

// drawn makes marks out of bytes: few courses, few figures, so that they meet often.
func drawn(raw []byte) []Mark {
	numbers := []string{keptNumber, otherNumber, thirdNumber}
	var marks []Mark
	for ; len(raw) >= 2; raw = raw[2:] {
		a, b := int(raw[0]), int(raw[1])
		m := Mark{
			Course: fmt.Sprint(a % 5), CourseName: []string{"法理学", "宪法"}[a/5%2], Ticket: numbers[a/10%3],
			Tenths: b % 3 * 300, Passed: b/3%2 == 1, Exempt: b/6%4 == 0,
		}
		if year := b / 24 % 4; year > 0 {
			m.SatOn = day.MustNew(2020+year, 4, 10)
		}
		marks = append(marks, m)
	}
	return marks
}

// lawful says what is wrong with a preview of marks; empty if nothing is.
func lawful(m Merge, marks []Mark) string {
	sat, settled, rows := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, mark := range marks {
		rows[mark.Course]++
		sat[mark.Course] = sat[mark.Course] || mark.Passed && !mark.Exempt
		settled[mark.Course] = settled[mark.Course] || mark.Passed || mark.Exempt
	}
	if len(m.Rows) != len(rows) || len(m.Marks()) != len(rows) {
		return fmt.Sprintf("%d courses became %d", len(rows), len(m.Rows))
	}
	for _, r := range m.Rows {
		switch {
		case len(r.Marks) != rows[r.Course]:
			return "a mark of course " + r.Course + " is not shown"
		case !slices.Contains(r.Marks, r.Taken):
			return "a mark of course " + r.Course + " was made up"
		case settled[r.Course] && !r.Taken.Passed:
			return "the pass of course " + r.Course + " is lost"
		case sat[r.Course] && r.Taken.Exempt:
			return "the points of course " + r.Course + " are lost to an exemption"
		case (r.Rule == RuleOnlyOne) != (len(r.Marks) == 1):
			return "course " + r.Course + " by rule " + string(r.Rule)
		}
		for _, mark := range r.Marks {
			if mark.Passed == r.Taken.Passed && mark.Exempt == r.Taken.Exempt && mark.Tenths > r.Taken.Tenths {
				return "more points in course " + r.Course + " are lost"
			}
		}
	}
	return ""
}

func TestAPassIsNeverLostInAMerge(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for range 600 {
		raw := make([]byte, 2*r.IntN(14))
		for i := range raw {
			raw[i] = byte(r.IntN(256))
		}
		marks := drawn(raw)
		if wrong := lawful(preview(t, marks...), marks); wrong != "" {
			t.Fatalf("%s: %+v", wrong, marks)
		}
	}
}

func TestTheOrderOfMarksDecidesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 13))
	for range 400 {
		raw := make([]byte, 2*r.IntN(12))
		for i := range raw {
			raw[i] = byte(r.IntN(256))
		}
		marks := drawn(raw)
		first := preview(t, marks...)
		r.Shuffle(len(marks), func(i, j int) { marks[i], marks[j] = marks[j], marks[i] })
		if again := preview(t, marks...); plainRows(first) != plainRows(again) {
			t.Fatalf("%+v\n%+v", first.Rows, again.Rows)
		}
	}
}

// plainRows are rows without nil and empty told apart.
func plainRows(m Merge) string { return fmt.Sprintf("%+v", m.Rows) }

// FuzzPreview merges whatever marks come: no pass disappears, and no order of entry decides.
func FuzzPreview(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 3, 10, 0})
	f.Add([]byte{1, 24, 11, 27, 21, 9, 1, 24})
	f.Add([]byte(strings.Repeat("学证", 9)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		marks := drawn(raw[:min(len(raw), 400)])
		m := preview(t, marks...)
		if wrong := lawful(m, marks); wrong != "" {
			t.Fatal(wrong)
		}
		backwards := slices.Clone(marks)
		slices.Reverse(backwards)
		if again := preview(t, backwards...); plainRows(again) != plainRows(m) {
			t.Fatalf("%s\nbackwards %s", plainRows(m), plainRows(again))
		}
		if _, _, err := m.Approve(several(), backwards, "reviewer", approvedAt); err != nil {
			t.Fatalf("approved as previewed: %v", err)
		}
	})
}
