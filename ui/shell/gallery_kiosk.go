package shell

import (
	"image"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"xuezheng/data/camera"
	"xuezheng/data/day"
	"xuezheng/data/identity"
	"xuezheng/data/kiosk"
	"xuezheng/data/picture"
	"xuezheng/data/portrait"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
	"xuezheng/ui/widget"
)

// KioskScreens lists every page of a kiosk by the name of its picture, with an invented person at
// an invented venue. They are drawn 1080 by 1920.
func (g *Gallery) KioskScreens() []Shown {
	page := func(name string, change func(*sampleKiosk), then ...func(*model.Kiosk)) Shown {
		return Shown{"kiosk-" + name, func() fyne.CanvasObject {
			k := newSampleKiosk()
			if change != nil {
				change(k)
			}
			m := model.NewKiosk(k, k.later.Run, g.hall.Book.Language(), nil, nil)
			for _, f := range then {
				k.settle()
				f(m)
			}
			k.settle()
			return widget.Column(kioskWidth, screen.Kiosk(m))
		}}
	}
	card := func(m *model.Kiosk) { m.TakeCard(sampleCard, nil) }
	typed := func(number string) func(*model.Kiosk) {
		return func(m *model.Kiosk) {
			for _, r := range number {
				m.Type(r)
			}
		}
	}
	again := func(*model.Kiosk) {}
	return []Shown{
		page("start", nil),
		page("start-plain", func(k *sampleKiosk) { k.bare, k.blind = true, true }),
		page("no-day", func(k *sampleKiosk) { k.empty = true }),
		page("not-expected", func(k *sampleKiosk) { k.no = kiosk.ErrNotExpected }, card),
		page("slip", func(k *sampleKiosk) { k.looks = 2 }, (*model.Kiosk).ShowSlip),
		page("number", nil, typed(sampleCard.Number[:13])),
		page("you", nil, card),
		page("you-typed", nil, typed(sampleCard.Number), (*model.Kiosk).Find),
		page("agree", func(k *sampleKiosk) { k.asks = true }, card, (*model.Kiosk).ItsMe),
		page("others", func(k *sampleKiosk) { k.others = true }, card, (*model.Kiosk).ItsMe),
		page("picture", func(k *sampleKiosk) { k.looks = 3 }, card, (*model.Kiosk).ItsMe),
		page("picture-failed", func(k *sampleKiosk) { k.fails = true }, card, (*model.Kiosk).ItsMe),
		page("no-camera", func(k *sampleKiosk) { k.blind = true }, card, (*model.Kiosk).ItsMe),
		page("result", nil, card, (*model.Kiosk).ItsMe, again),
		page("to-clerk", func(k *sampleKiosk) { k.unsure = true }, card, (*model.Kiosk).ItsMe),
		page("staff-confirms", func(k *sampleKiosk) { k.unsure = true }, card, (*model.Kiosk).ItsMe, (*model.Kiosk).StaffConfirms),
		page("pin", nil, (*model.Kiosk).ForStaff, typed("2468")),
		page("staff", nil, (*model.Kiosk).ForStaff, typed("246810"), (*model.Kiosk).EnterPIN),
		page("staff-clear", nil, (*model.Kiosk).ForStaff, typed("246810"), (*model.Kiosk).EnterPIN, (*model.Kiosk).ClearDay, (*model.Kiosk).Yes),
		page("staff-pin", nil, (*model.Kiosk).ForStaff, typed("246810"), (*model.Kiosk).EnterPIN, (*model.Kiosk).ChangePIN, typed("246810"), (*model.Kiosk).EnterPIN),
		page("staff-no-day", func(k *sampleKiosk) { k.empty = true }, (*model.Kiosk).ForStaff, typed("246810"), (*model.Kiosk).EnterPIN),
		page("clear", nil, (*model.Kiosk).ForStaff, typed("246810"), (*model.Kiosk).EnterPIN, (*model.Kiosk).ClearDay),
		page("closed", func(k *sampleKiosk) { k.locked = true }),
	}
}

// DrawKiosk draws a page of a kiosk.
func (g *Gallery) DrawKiosk(s Shown) image.Image { return g.Draw(s, kioskWidth, kioskHeight) }

// sampleCard is the card of somebody invented.
var sampleCard = model.KioskCard{Number: "450303199001012615", Name: "黄启明", Valid: true}

// sampleKiosk is a kiosk for pictures: it knows one invented person.
type sampleKiosk struct {
	later                                           *model.Later
	empty, locked, bare, blind, asks, fails, unsure bool
	others                                          bool
	no                                              error
	looks                                           int // the camera gives before the picture is taken; 0 for all
	left                                            int // steps the pictures may take yet
}

func newSampleKiosk() *sampleKiosk { return &sampleKiosk{later: &model.Later{}} }

// settle does what waits; a camera that is to be seen at work stops after some looks.
func (k *sampleKiosk) settle() {
	for range 60 {
		if k.looks > 0 && k.left >= k.looks || !k.later.Step() {
			return
		}
	}
}

var sampleDay = day.Date(20261123)

// Day, Locked and the rest are what a model.KioskService answers.
func (k *sampleKiosk) Day() (model.KioskDay, error) {
	d := model.KioskDay{Institution: "自治区招生考试院", Venue: "南湖现场确认点", VenueEn: "Nanhu confirmation venue", Phone: "0771-5321456",
		Day: sampleDay, Today: true, Cases: 126, Done: 38, Waiting: 12, Tickets: 88}
	if k.empty {
		return model.KioskDay{}, kiosk.ErrNoDay
	}
	return d, nil
}
func (k *sampleKiosk) Locked() bool                                  { return k.locked }
func (k *sampleKiosk) Unlock(string) error                           { return nil }
func (k *sampleKiosk) Staff(string) error                            { return nil }
func (k *sampleKiosk) HasReader() bool                               { return !k.bare }
func (k *sampleKiosk) HasCamera() bool                               { return !k.blind }
func (k *sampleKiosk) Scan(string) (model.KioskVisit, error)         { return k.Find("") }
func (k *sampleKiosk) Find(string) (model.KioskVisit, error)         { return &sampleVisit{k: k}, k.no }
func (k *sampleKiosk) Print(model.KioskPerson, model.KioskEnd) error { return nil }
func (k *sampleKiosk) Load(string) error                             { return nil }
func (k *sampleKiosk) Export(string) (int, error)                    { return 12, nil }
func (k *sampleKiosk) Clear(bool) error                              { return nil }
func (k *sampleKiosk) Waiting() int                                  { return 3 }
func (k *sampleKiosk) ChangePIN(string, string) error                { return nil }
func (k *sampleKiosk) SlipCamera() (model.KioskCamera, error) {
	return &sampleEye{k: k, slip: true}, nil
}
func (k *sampleKiosk) Camera() (model.KioskCamera, error) {
	if k.blind {
		return nil, errNoCamera
	}
	return &sampleEye{k: k}, nil
}
func (k *sampleKiosk) Sticks() []model.KioskStick {
	return []model.KioskStick{
		{Path: "1", Name: "名单-南湖-2026-11-23.xzk"}, {Path: "2", Name: "名单-南湖-2026-11-22.xzk"}, {Path: "3", Name: "/media/kiosk/KINGSTON", Folder: true}, {Path: "4", Name: "/run/media/xuezheng-kiosk/6A1E-91B0-confirmation-venue-nanhu-hall-1", Folder: true},
	}
}

// sampleEye is the camera for pictures: a drawn face does what is asked.
type sampleEye struct {
	k    *sampleKiosk
	slip bool
	at   int
}

// sampleSight is what it sees, samplePhoto the ID photo of the invented person. They are drawn
// once; whoever shows them wipes a copy.
var (
	sampleSight = sync.OnceValue(func() *image.RGBA { return camera.Mirrored(picture.SamplePose(4, 0, 0)) })
	samplePhoto = sync.OnceValue(func() *image.RGBA { return picture.SamplePose(4, 0, 0) })
)

func copied(img *image.RGBA) image.Image {
	c := *img
	c.Pix = slices.Clone(img.Pix)
	return &c
}

func (e *sampleEye) Next() (model.Sight, error) {
	e.k.left++
	if e.slip {
		return model.Sight{Image: copied(sampleSight())}, nil
	}
	tasks := []identity.Task{identity.LookAhead, identity.TurnLeft, identity.OpenMouth, identity.TurnRight, identity.LookAhead}
	s := portrait.Sight{Picture: copied(sampleSight()), Tasks: tasks, At: min(e.at/2, len(tasks)), Left: 6 * time.Second}
	e.at++
	s.Over = s.At == len(tasks)
	if e.k.fails && s.At == 2 {
		s.Over, s.Why = true, identity.WhyTime
	}
	return sightOf(s), nil
}
func (e *sampleEye) Close() {}

// sampleVisit is the visit of the invented person.
type sampleVisit struct {
	k    *sampleKiosk
	card bool
}

func (v *sampleVisit) View() model.KioskPerson {
	return model.KioskPerson{Name: sampleCard.Name, Masked: identity.Mask(sampleCard.Number), Slot: "14:30–15:00", Photo: copied(samplePhoto()), Agreed: !v.k.asks, Card: v.card, Others: v.k.others}
}
func (v *sampleVisit) Agree(bool)           {}
func (v *sampleVisit) AgreeOthers(bool)     { v.k.others = false }
func (v *sampleVisit) Card(model.KioskCard) { v.card = true }
func (v *sampleVisit) Look([][]byte) error  { return nil }
func (v *sampleVisit) Forget()              {}
func (v *sampleVisit) End() (model.KioskEnd, error) {
	at := time.Date(2026, 11, 23, 6, 26, 0, 0, time.UTC)
	if v.k.unsure {
		return model.KioskEnd{Outcome: identity.KioskToClerk, Why: "face-look", At: at}, nil
	}
	return model.KioskEnd{Outcome: identity.KioskConfirmed, Ticket: "014526031187", At: at}, nil
}
func (v *sampleVisit) Confirm(string) (model.KioskEnd, error) { return v.End() }

// kioskSetUpShown are the pages on which a kiosk is set up.
func (g *Gallery) kioskSetUpShown() []Shown {
	return []Shown{{"kiosk-setup", func() fyne.CanvasObject {
		m := model.NewKioskSetUp(sampleFounder{}, nil, model.Now, nil)
		m.Name.Set("大厅一号")
		m.TakeKey(model.File{}, nil)
		return screen.KioskSetUp(m)
	}}, {"kiosk-setup-done", func() fyne.CanvasObject {
		m := model.NewKioskSetUp(sampleFounder{}, nil, model.Now, nil)
		m.Name.Set("大厅一号")
		m.PIN.Set("246810")
		m.Again.Set("246810")
		m.TakeKey(model.File{}, nil)
		m.SetUp()
		return screen.KioskSetUp(m)
	}}}
}

// sampleFounder sets no kiosk up.
type sampleFounder struct{}

func (sampleFounder) Devices() (readers, cameras, printers []string) {
	return []string{"/dev/ttyUSB0"}, []string{"HD Webcam"}, []string{"HP LaserJet"}
}
func (sampleFounder) ReadKey([]byte) (model.KioskIssuer, error) {
	return model.KioskIssuer{Name: "自治区招生考试院", NameEn: "Regional admissions office", Fingerprint: "7f3a 91c2 04be d5e6"}, nil
}
func (sampleFounder) SetUp(string, string, []byte, string, string, string) ([]byte, error) {
	return nil, nil
}
