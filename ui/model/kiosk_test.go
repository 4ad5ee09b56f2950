package model

import (
	"errors"
	"image"
	"slices"
	"testing"

	"xuezheng/data/fault"
	"xuezheng/data/identity"
)

var errBooth = fault.New(fault.Refused, "test.refused")

// booth is a kiosk's machine for tests.
type booth struct {
	waiting       int
	lost          bool
	pins          []string
	locked, empty bool
	visit         *caller
	err           error
	sights        []Sight
	noCamera      bool
	closed        int
	printed       int
	paper         error
	loaded        string
	exported      string
	cleared       int
	asked         []string
}

// caller is a visit for tests.
type caller struct {
	person    KioskPerson
	agreed    *bool
	others    *bool
	cards     []KioskCard
	looked    [][]byte
	end       KioskEnd
	forgotten bool
}

func (c *caller) View() KioskPerson {
	p := c.person
	p.Agreed = p.Agreed || c.agreed != nil && *c.agreed
	p.Card = len(c.cards) > 0
	p.Others = p.Others && c.others == nil
	return p
}
func (c *caller) Agree(yes bool)             { c.agreed = &yes }
func (c *caller) AgreeOthers(yes bool)       { c.others = &yes }
func (c *caller) Card(k KioskCard)           { c.cards = append(c.cards, k) }
func (c *caller) Look(frames [][]byte) error { c.looked = append(c.looked, frames...); return nil }
func (c *caller) End() (KioskEnd, error)     { return c.end, nil }
func (c *caller) Forget()                    { c.forgotten = true }
func (c *caller) Confirm(pin string) (KioskEnd, error) {
	if pin != "246810" {
		return KioskEnd{}, errBooth
	}
	return KioskEnd{Outcome: identity.KioskConfirmed, Ticket: "060126000019"}, nil
}

func (b *booth) Locked() bool { return b.locked }
func (b *booth) Day() (KioskDay, error) {
	if b.empty {
		return KioskDay{}, errBooth
	}
	return KioskDay{Venue: "南湖", Cases: 2, Tickets: 2}, nil
}
func (b *booth) Unlock(pin string) error {
	if pin != "246810" {
		return errBooth
	}
	b.locked = false
	return nil
}
func (b *booth) Staff(pin string) error {
	if pin != "246810" {
		return errBooth
	}
	return nil
}
func (b *booth) Find(number string) (KioskVisit, error) {
	b.asked = append(b.asked, number)
	return b.visit, b.err
}
func (b *booth) Scan(code string) (KioskVisit, error) {
	b.asked = append(b.asked, code)
	return b.visit, b.err
}
func (b *booth) HasReader() bool                  { return true }
func (b *booth) HasCamera() bool                  { return !b.noCamera }
func (b *booth) SlipCamera() (KioskCamera, error) { return b.Camera() }
func (b *booth) Camera() (KioskCamera, error) {
	if b.noCamera {
		return nil, errBooth
	}
	return b, nil
}
func (b *booth) Next() (Sight, error) {
	if len(b.sights) == 0 {
		return Sight{}, errBooth
	}
	s := b.sights[0]
	b.sights = b.sights[1:]
	return s, nil
}
func (b *booth) Close()                            { b.closed++ }
func (b *booth) Print(KioskPerson, KioskEnd) error { b.printed++; return b.paper }
func (b *booth) Sticks() []KioskStick {
	return []KioskStick{{Path: "/stick/day.xzk", Name: "day.xzk"}, {Path: "/stick", Name: "/stick", Folder: true}}
}
func (b *booth) Load(path string) error { b.loaded = path; b.empty = false; return b.err }
func (b *booth) Export(folder string) (int, error) {
	b.exported = folder
	return 1, b.err
}
func (b *booth) Clear(lose bool) error {
	b.cleared++
	b.lost = lose
	return b.err
}
func (b *booth) Waiting() int { return b.waiting }
func (b *booth) ChangePIN(old, pin string) error {
	b.pins = append(b.pins, old+" "+pin)
	return b.err
}

func good() *booth {
	return &booth{
		visit: &caller{person: KioskPerson{Name: "黄启明", Masked: "4503**********2615", Photo: image.NewGray(image.Rect(0, 0, 1, 1)), Agreed: true},
			end: KioskEnd{Outcome: identity.KioskConfirmed, Ticket: "060126000019"}},
		sights: []Sight{{Ask: "look"}, {Over: true, Frames: [][]byte{[]byte("frame")}}},
	}
}

func kiosk(b *booth) *Kiosk { return NewKiosk(b, Now, "zh", nil, nil) }

func TestWithACardAndAFaceTheKioskNeedsTwoTouches(t *testing.T) {
	b := good()
	m := kiosk(b)
	touches := 0
	touch := func(f func()) { touches++; f() }
	m.TakeCard(KioskCard{Number: "450303199001012615", Name: "黄启明", Valid: true}, nil)
	if m.Stage != KioskYou || !m.Person.Card {
		t.Fatalf("after the card: %s", m.Stage)
	}
	touch(m.ItsMe)
	if m.Stage != KioskResult || m.End.Ticket == "" || b.printed != 1 || !m.Printed || len(b.visit.looked) != 1 {
		t.Fatalf("stage %s, end %+v, printed %d", m.Stage, m.End, b.printed)
	}
	touch(m.Reset)
	if touches > 6 || m.Stage != KioskStart {
		t.Errorf("%d touches, stage %s", touches, m.Stage)
	}
}

func TestAfterTheWipeNothingOfThePersonIsLeft(t *testing.T) {
	for name, way := range map[string]func(m *Kiosk){
		"by the button":   (*Kiosk).Reset,
		"by the way back": (*Kiosk).Back,
		"because time ran": func(m *Kiosk) {
			for range 100 {
				m.Tick()
			}
		},
	} {
		b := good()
		m := kiosk(b)
		m.Begin()
		for _, r := range "450303199001012615" {
			m.Digit(r)
		}
		m.Find()
		m.ItsMe()
		way(m)
		if !b.visit.forgotten || m.Person != (KioskPerson{}) || m.End != (KioskEnd{}) || m.Number != "" || m.visit != nil || m.Sight.Image != nil || m.Sight.Frames != nil || m.Stage != KioskStart {
			t.Errorf("%s: %+v %+v %q %s", name, m.Person, m.End, m.Number, m.Stage)
		}
	}
}

func TestWhatComesAfterTheWipeIsForgottenToo(t *testing.T) {
	b, later := good(), &Later{}
	m := NewKiosk(b, later.Run, "zh", nil, nil)
	later.All()
	m.Begin()
	for _, r := range "450303199001012615" {
		m.Digit(r)
	}
	m.Find()
	m.Reset()
	later.All()
	if !b.visit.forgotten || m.Stage != KioskStart || m.Person.Name != "" {
		t.Errorf("forgotten %v, stage %s", b.visit.forgotten, m.Stage)
	}
}

func TestAScannerTypesLikeAKeyboard(t *testing.T) {
	b := good()
	m := kiosk(b)
	for _, r := range "XZS:0190A0F4-0000-7000-8000-000000000000:AAAA" {
		m.Type(r)
	}
	m.Entered()
	if m.Stage != KioskYou || b.asked[0] != "XZS:0190A0F4-0000-7000-8000-000000000000:AAAA" {
		t.Fatalf("stage %s, asked %q", m.Stage, b.asked)
	}
	m.Reset()
	for _, r := range "11010119900307851X" {
		m.Type(r)
	}
	if m.Stage != KioskNumber || m.Number != "11010119900307851X" {
		t.Fatalf("stage %s, number %q", m.Stage, m.Number)
	}
	m.Entered()
	if m.Stage != KioskYou || b.asked[1] != "11010119900307851X" {
		t.Errorf("stage %s, asked %q", m.Stage, b.asked)
	}
}

func TestTheKeypadTakesOnlyWhatANumberHas(t *testing.T) {
	m := kiosk(good())
	m.Begin()
	for _, r := range "1X2a中3" {
		m.Digit(r)
	}
	if m.Number != "123" || m.CanFind() {
		t.Errorf("number %q", m.Number)
	}
	m.Remove()
	if m.Number != "12" {
		t.Errorf("after removing: %q", m.Number)
	}
}

func TestWhoRefusesTheComparisonGoesToAClerkUnseen(t *testing.T) {
	b := good()
	b.visit.person.Agreed = false
	b.visit.end = KioskEnd{Outcome: identity.KioskToClerk, Why: "face-not-agreed"}
	m := kiosk(b)
	m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
	m.ItsMe()
	if m.Stage != KioskAgree {
		t.Fatalf("stage %s", m.Stage)
	}
	m.Agree(false)
	if m.Stage != KioskResult || len(b.visit.looked) != 0 || b.printed != 0 || b.closed != 0 {
		t.Errorf("stage %s, looked %d, printed %d", m.Stage, len(b.visit.looked), b.printed)
	}
}

func TestWhoRefusesToBeLookedForOnOtherRecordsIsServedAllTheSame(t *testing.T) {
	for _, yes := range []bool{true, false} {
		b := good()
		b.visit.person.Agreed, b.visit.person.Others = false, true
		m := kiosk(b)
		m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
		m.ItsMe()
		if m.Agree(true); m.Stage != KioskOthers || b.visit.others != nil {
			t.Fatalf("stage %s", m.Stage)
		}
		m.AgreeOthers(yes)
		if m.Stage != KioskResult || !m.Confirmed() || len(b.visit.looked) == 0 || b.visit.others == nil || *b.visit.others != yes {
			t.Errorf("%v: stage %s, looked %d", yes, m.Stage, len(b.visit.looked))
		}
	}
	b := good() // agreed to the comparison before
	b.visit.person.Others = true
	m := kiosk(b)
	m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
	if m.ItsMe(); m.Stage != KioskOthers {
		t.Errorf("stage %s", m.Stage)
	}
}

func TestWithoutACameraTheStaffConfirms(t *testing.T) {
	b := good()
	b.noCamera = true
	b.visit.end = KioskEnd{Outcome: identity.KioskToClerk, Why: "face-look"}
	m := kiosk(b)
	m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
	m.ItsMe()
	if m.Stage != KioskPicture || !m.NoCam {
		t.Fatalf("stage %s", m.Stage)
	}
	m.ToClerk()
	m.StaffConfirms()
	if !m.ForConfirming() {
		t.Fatal("no PIN is asked")
	}
	type_ := func(pin string) {
		for _, r := range pin {
			m.Digit(r)
		}
		m.EnterPIN()
	}
	type_("111111")
	if m.Problem() == nil || m.Stage != KioskPIN || m.Pin != "" {
		t.Errorf("a wrong PIN: %v, %s, %q", m.Problem(), m.Stage, m.Pin)
	}
	type_("246810")
	if m.Stage != KioskResult || m.End.Outcome != identity.KioskConfirmed || b.printed != 1 {
		t.Errorf("stage %s, end %+v", m.Stage, m.End)
	}
}

func TestACameraThatBreaksOrAFailedChallengeCanBeTriedAgain(t *testing.T) {
	b := good()
	b.sights = []Sight{{Over: true, Why: "too-slow"}}
	m := kiosk(b)
	m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
	m.ItsMe()
	if m.Stage != KioskPicture || m.Sight.Why != "too-slow" {
		t.Fatalf("stage %s, %+v", m.Stage, m.Sight)
	}
	m.Again() // the camera has nothing more: it broke
	if !m.NoCam {
		t.Error("a broken camera is not said")
	}
	b.sights = []Sight{{Over: true, Frames: [][]byte{[]byte("frame")}}}
	m.Again()
	if m.Stage != KioskResult || b.closed != 3 {
		t.Errorf("stage %s, closed %d", m.Stage, b.closed)
	}
}

func TestOnlyThePINOpensTheKioskAndItsStaffPage(t *testing.T) {
	b := good()
	b.locked, b.empty = true, true
	left := 0
	m := NewKiosk(b, Now, "zh", nil, func() { left++ })
	m.Begin()
	m.LeaveKiosk()
	if m.Stage != KioskClosed || left != 0 {
		t.Fatalf("stage %s, left %d", m.Stage, left)
	}
	for _, r := range "246810" {
		m.Digit(r)
	}
	m.EnterPIN()
	if m.Stage != KioskStaff || len(m.Sticks) != 2 {
		t.Fatalf("without a day the staff's page opens: %s", m.Stage)
	}
	m.LoadDay(m.Sticks[0].Path)
	if b.loaded != "/stick/day.xzk" || !m.Day.Loaded || m.Note != "kiosk.loaded" {
		t.Errorf("loaded %q, %v, %q", b.loaded, m.Day.Loaded, m.Note)
	}
	m.ExportResults("/stick")
	m.ClearDay()
	if b.cleared != 0 || m.Question() == nil {
		t.Error("cleared without a question")
	}
	m.Yes()
	if b.exported != "/stick" || b.cleared != 1 {
		t.Errorf("exported %q, cleared %d", b.exported, b.cleared)
	}
	m.LeaveKiosk()
	if left != 1 {
		t.Error("the kiosk can't be left")
	}
}

func TestTheStaffsPageClosesByItself(t *testing.T) {
	m := kiosk(good())
	m.ForStaff()
	for _, r := range "246810" {
		m.Digit(r)
	}
	m.EnterPIN()
	if m.Stage != KioskStaff {
		t.Fatalf("stage %s", m.Stage)
	}
	for range kioskPatience {
		m.Tick()
	}
	if m.Stage != KioskStart {
		t.Errorf("stage %s", m.Stage)
	}
}

func TestEachVisitBeginsInTheKiosksOwnLanguage(t *testing.T) {
	spoken := ""
	m := NewKiosk(good(), Now, "zh", func(l string) { spoken = l }, nil)
	m.Speak("en")
	if spoken != "en" {
		t.Fatal("English is not spoken")
	}
	m.Reset()
	if spoken != "zh" {
		t.Error("the next person is met in English")
	}
}

func TestARefusalIsSaidAndTheNextCardIsTaken(t *testing.T) {
	b := good()
	b.err = errBooth
	m := kiosk(b)
	m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
	if m.Stage != KioskStart || !errors.Is(m.Problem(), errBooth) {
		t.Fatalf("stage %s, %v", m.Stage, m.Problem())
	}
	b.err = nil
	m.TakeCard(KioskCard{}, errBooth)
	if !errors.Is(m.Problem(), errBooth) {
		t.Error("a card that can't be read is not said")
	}
	m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
	if m.Stage != KioskYou {
		t.Errorf("stage %s", m.Stage)
	}
}

// ways lead to every page on which somebody's data may stand, or are typed.
var ways = map[KioskStage]func(m *Kiosk, b *booth){
	KioskNumber: func(m *Kiosk, b *booth) { m.Begin(); m.Digit('4') },
	KioskSlip:   func(m *Kiosk, b *booth) { b.noCamera = true; m.ShowSlip() },
	KioskYou:    func(m *Kiosk, b *booth) { m.TakeCard(KioskCard{Number: "450303199001012615"}, nil) },
	KioskAgree: func(m *Kiosk, b *booth) {
		b.visit.person.Agreed = false
		m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
		m.ItsMe()
	},
	KioskOthers: func(m *Kiosk, b *booth) {
		b.visit.person.Others = true
		m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
		m.ItsMe()
	},
	KioskPicture: func(m *Kiosk, b *booth) {
		b.noCamera = true
		m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
		m.ItsMe()
	},
	KioskResult: func(m *Kiosk, b *booth) { m.TakeCard(KioskCard{Number: "450303199001012615"}, nil); m.ItsMe() },
	KioskPIN:    func(m *Kiosk, b *booth) { m.ForStaff(); m.Digit('2') },
	KioskStaff: func(m *Kiosk, b *booth) {
		m.ForStaff()
		for _, r := range "246810" {
			m.Digit(r)
		}
		m.EnterPIN()
	},
}

func TestEveryPageIsWipedWhenNobodyIsThere(t *testing.T) {
	for stage, go_ := range ways {
		b := good()
		m := kiosk(b)
		go_(m, b)
		if m.Stage != stage {
			t.Errorf("the way to %s leads to %s", stage, m.Stage)
			continue
		}
		if m.Left() == 0 || m.Left() != m.Of() {
			t.Errorf("%s: %d of %d seconds", stage, m.Left(), m.Of())
		}
		for range m.Of() - 1 {
			m.Tick()
		}
		if m.Stage != stage {
			t.Errorf("%s: wiped too soon", stage)
		}
		m.Stir()
		m.Tick()
		if m.Stage != stage {
			t.Errorf("%s: wiped under somebody's hand", stage)
		}
		for range m.Of() {
			m.Tick()
		}
		if m.Stage != KioskStart || m.Person != (KioskPerson{}) || m.Number != "" || m.Pin != "" || m.visit != nil || m.Left() != 0 {
			t.Errorf("%s: then on %s, %q %q %+v", stage, m.Stage, m.Number, m.Pin, m.Person)
		}
	}
}

func TestACardOnTheReaderWhileSomethingIsUnderWayIsLeftAlone(t *testing.T) {
	b, later := good(), &Later{}
	m := NewKiosk(b, later.Run, "zh", nil, nil)
	m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
	m.TakeCard(KioskCard{Number: "110101199003078515"}, nil)
	m.TakeCard(KioskCard{}, errBooth)
	later.All()
	if len(b.asked) != 1 || m.Stage != KioskYou || m.Problem() != nil {
		t.Errorf("asked %v, stage %s, %v", b.asked, m.Stage, m.Problem())
	}
}

func TestAPictureThatComesLateIsPaintedOver(t *testing.T) {
	b, later := good(), &Later{}
	sight := image.NewGray(image.Rect(0, 0, 1, 1))
	sight.Pix[0] = 9
	frame := []byte("frame")
	b.sights = []Sight{{Image: sight, Over: true, Frames: [][]byte{frame}}}
	m := NewKiosk(b, later.Run, "zh", nil, nil)
	m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
	later.All()
	m.ItsMe()
	later.Step() // the camera is open, and looks
	m.Back()
	later.All()
	if m.Stage != KioskStart || sight.Pix[0] != 0 || frame[0] != 0 || b.closed != 1 || len(b.visit.looked) != 0 || !b.visit.forgotten {
		t.Errorf("stage %s, picture %v, frame %q, closed %d, looked %d, forgotten %v", m.Stage, sight.Pix, frame, b.closed, len(b.visit.looked), b.visit.forgotten)
	}
}

func TestWhatIsShownIsPaintedOverWhenItGoes(t *testing.T) {
	b := good()
	photo := b.visit.person.Photo.(*image.Gray)
	first := image.NewGray(image.Rect(0, 0, 1, 1))
	photo.Pix[0], first.Pix[0] = 7, 7
	b.sights = []Sight{{Image: first, Ask: "look"}, {Over: true, Frames: [][]byte{[]byte("frame")}}}
	m := kiosk(b)
	m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
	m.ItsMe()
	if photo.Pix[0] != 7 || first.Pix[0] != 0 {
		t.Errorf("during the visit: photo %v, last sight %v", photo.Pix, first.Pix)
	}
	m.Reset()
	if photo.Pix[0] != 0 {
		t.Error("the photo was not painted over")
	}
}

func TestASlipIsShownToTheCamera(t *testing.T) {
	b := good()
	b.sights = []Sight{{}, {Code: "XZS:A:B"}}
	m := kiosk(b)
	m.ShowSlip()
	if m.Stage != KioskYou || b.asked[0] != "XZS:A:B" || b.closed != 1 {
		t.Fatalf("stage %s, asked %v, closed %d", m.Stage, b.asked, b.closed)
	}
	m.Reset()
	b.sights, b.err = []Sight{{Code: "https://example.cn"}}, errBooth
	m.ShowSlip()
	if m.Stage != KioskStart || m.Problem() == nil || b.closed != 2 || m.Left() == 0 {
		t.Errorf("another code: stage %s, %v, closed %d", m.Stage, m.Problem(), b.closed)
	}
	m.Again()
	if m.Stage != KioskStart {
		t.Error("a camera was opened from the first page")
	}
}

func TestARefusalOnTheFirstPageGoesAway(t *testing.T) {
	b := good()
	b.err = errBooth
	m := kiosk(b)
	m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
	for range kioskAfterwards {
		m.Tick()
	}
	if m.Problem() != nil || m.Left() != 0 {
		t.Errorf("still said: %v, %d seconds left", m.Problem(), m.Left())
	}
}

func TestTheWayBackFromTheKeypadKeepsTheLanguage(t *testing.T) {
	spoken := "zh"
	m := NewKiosk(good(), Now, "zh", func(l string) { spoken = l }, nil)
	m.Speak("en")
	m.Begin()
	m.Back()
	if m.Stage != KioskStart || spoken != "en" || m.Left() == 0 {
		t.Errorf("stage %s, %s, %d seconds left", m.Stage, spoken, m.Left())
	}
	for range kioskAfterwards {
		m.Tick()
	}
	if spoken != "zh" || m.Left() != 0 {
		t.Errorf("the next person is met in %s", spoken)
	}
}

func TestHalfOfWhatWasTypedDoesNotSpoilTheNextCode(t *testing.T) {
	b := good()
	m := kiosk(b)
	m.Type('a')
	for range typingPause + 1 {
		m.Tick()
	}
	for _, r := range "XZS:A:B" {
		m.Type(r)
	}
	m.Entered()
	if len(b.asked) != 1 || b.asked[0] != "XZS:A:B" {
		t.Errorf("asked %q", b.asked)
	}
}

func TestWhoDoesWhatIsAskedGetsTheTimeForIt(t *testing.T) {
	b, later := good(), &Later{}
	step := func(n int) Sight {
		s := Sight{Steps: make([]SightStep, 5)}
		for i := range n {
			s.Steps[i].Done = true
		}
		s.Steps[n].Now, s.Steps[n].Sign = true, "back"
		return s
	}
	b.sights = []Sight{step(0), step(1), step(4)}
	m := NewKiosk(b, later.Run, "zh", nil, nil)
	m.TakeCard(KioskCard{Number: "450303199001012615"}, nil)
	later.All()
	m.ItsMe()
	later.Step()
	later.Step()
	for range 50 {
		m.Tick()
	}
	if m.Left() != 10 || m.FirstStep() != 0 || m.SignNow() != "back" {
		t.Errorf("%d seconds, first step shown %d", m.Left(), m.FirstStep())
	}
	later.Step()
	if m.Left() != kioskPatience {
		t.Errorf("a step was done, and %d seconds are left", m.Left())
	}
	later.Step()
	if m.FirstStep() != 2 || !m.Step(4).Now || m.Step(9) != (SightStep{}) {
		t.Errorf("first step shown %d", m.FirstStep())
	}
}

// atStaff is a kiosk on the staff's page.
func atStaff(b *booth) *Kiosk {
	m := kiosk(b)
	m.ForStaff()
	enter(m, "246810")
	return m
}

func enter(m *Kiosk, pin string) {
	for _, r := range pin {
		m.Digit(r)
	}
	m.EnterPIN()
}

func TestResultsThatWaitAreLostOnlyAfterASecondQuestion(t *testing.T) {
	b := good()
	b.waiting = 3
	m := atStaff(b)
	m.ClearDay()
	m.Yes()
	if q := m.Question(); b.cleared != 0 || q == nil || q.Key != "kiosk.clear-lost" || q.Figures[0] != 3 {
		t.Fatalf("cleared %d, asked %+v", b.cleared, q)
	}
	m.Yes()
	if b.cleared != 1 || !b.lost || m.Note != "kiosk.cleared" {
		t.Errorf("cleared %d, %v, %q", b.cleared, b.lost, m.Note)
	}
}

func TestTheStaffChangesThePIN(t *testing.T) {
	b := good()
	m := atStaff(b)
	m.ChangePIN()
	enter(m, "246810")
	enter(m, "135791")
	enter(m, "135790")
	if m.PINFor() != "pin-new" || m.Problem() == nil || len(b.pins) != 0 {
		t.Fatalf("not the same twice: asks for %q, %v", m.PINFor(), b.pins)
	}
	enter(m, "135791")
	enter(m, "135791")
	if !slices.Equal(b.pins, []string{"246810 135791"}) || m.Stage != KioskStaff || m.Note != "kiosk.pin-changed" {
		t.Errorf("changed %v, stage %s, %q", b.pins, m.Stage, m.Note)
	}
	m.ChangePIN()
	m.Reset()
	if m.PINFor() != "" || m.pins != [2]string{} {
		t.Error("what was typed is not forgotten")
	}
}
