package screen_test

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/sample"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

// twoFaces is a desk with one person to confirm, whose face is on two other records.
type twoFaces struct {
	answers
	words model.FaceWords
	pairs []model.SharedFace
}

func (f *twoFaces) Confirming(int) ([]model.ConfirmRow, error) {
	return []model.ConfirmRow{{Person: "1", Name: "陈娜", MaskedNumber: "451002********536", State: identity.PhotoReady}}, nil
}
func (f *twoFaces) Case(id.Person) (model.ConfirmCase, error) {
	return model.ConfirmCase{ConfirmRow: model.ConfirmRow{Person: "1", Name: "陈娜", MaskedNumber: "451002********536"}, Photo: sample.Photo(5), Agrees: true, NumberKind: identity.Resident, Faces: f.words}, nil
}
func (f *twoFaces) Confirm(id.Person, []identity.Original, string) (string, error) {
	return "", f.ask("confirm")
}
func (f *twoFaces) SendBack(id.Person, []identity.Reason, string) error       { return f.ask("return") }
func (f *twoFaces) SeePhoto(id.Person) error                                  { return f.ask("see") }
func (f *twoFaces) Portraits(id.Person) (p model.Portraits, err error)        { return p, nil }
func (f *twoFaces) ChangePortraits(id.Request) (p model.Portraits, err error) { return p, nil }
func (f *twoFaces) KeyFrames(id.Person) ([]image.Image, error)                { return nil, nil }
func (f *twoFaces) Recording(id.Person) ([]byte, error)                       { return nil, nil }
func (f *twoFaces) Listen([]byte) error                                       { return nil }
func (f *twoFaces) Decide(id.Request, bool, string) error                     { return nil }
func (f *twoFaces) FaceWords(id.Person) (model.FaceWords, error)              { return f.words, nil }
func (f *twoFaces) SharedFaces(int) ([]model.SharedFace, error)               { return f.pairs, nil }
func (f *twoFaces) Photo(id.Person) ([]byte, error)                           { return sample.Photo(3), nil }
func (f *twoFaces) SettleFace(one, other id.Person, why identity.FaceSeen) error {
	for i := range f.words.Records {
		if f.words.Records[i].Person == other {
			f.words.Records[i].Seen = why
		}
	}
	f.pairs = nil
	return f.ask(string(one) + "/" + string(other) + "/" + string(why))
}
func (f *twoFaces) AgreeOthers(p id.Person, given bool) error {
	f.words = model.FaceWords{Given: given}
	if given {
		return f.ask("agreed")
	}
	return f.ask("not agreed")
}

func records() []model.FaceRecord {
	return []model.FaceRecord{
		{Person: "2", Name: "韦青禾", MaskedNumber: "450103********213", Distance: 0.21, Zone: identity.Alike},
		{Person: "3", Name: "阿布都热依木·买买提艾力", MaskedNumber: "653121********017", Distance: 0.79, Zone: identity.Alike, Seen: identity.SeenTwins},
	}
}

func TestAFaceOnAnothersRecordIsShownWithAWayToThatRecord(t *testing.T) {
	var f *twoFaces
	opened, beside := "", ""
	inBoth(t, func() fyne.CanvasObject {
		f = &twoFaces{words: model.FaceWords{Records: records(), Given: true}}
		opened, beside = "", ""
		ways := screen.ConfirmWays{Record: func(r model.FaceRecord) { opened += string(r.Person) }, Beside: func(c model.ConfirmRow, r model.FaceRecord) { beside += string(c.Person + r.Person) }}
		return screen.IdentityConfirm(model.NewIdentityConfirm(f, "1", model.Now), ways)
	}, func(p *page) {
		p.says("identity.finding.others")
		p.shows(say("identity.others.on", "韦青禾", "450103********213"))
		p.presses("identity.others.open")
		p.presses("identity.others.beside")
		if opened == "" || beside != "12" {
			t.Errorf("opened %q, beside %q", opened, beside)
		}
		p.presses("identity.face-seen.other")
		p.hides("identity.others.beside")
		p.asks(&f.answers, "1/2/other")
	})
}

func TestTheDeskAsksWhetherAFaceMayBeLookedFor(t *testing.T) {
	var f *twoFaces
	inBoth(t, func() fyne.CanvasObject {
		f = &twoFaces{words: model.FaceWords{Ask: true, Text: "我同意在其他人的档案里查找我的面部图像。"}}
		return screen.IdentityConfirm(model.NewIdentityConfirm(f, "1", model.Now), screen.ConfirmWays{})
	}, func(p *page) {
		p.says("identity.others.ask")
		p.presses("identity.others.yes")
		p.hides("identity.others.ask")
		p.says("identity.others.given")
		p.presses("identity.others.take-back")
		p.presses("identity.others.take-back.ask.yes")
		p.hides("identity.others.given")
		p.asks(&f.answers, "agreed", "not agreed")
	})
}

func TestWhereAPackDoesNotAskNothingIsSaidOfOtherRecords(t *testing.T) {
	inBoth(t, func() fyne.CanvasObject {
		return screen.IdentityConfirm(model.NewIdentityConfirm(&twoFaces{}, "1", model.Now), screen.ConfirmWays{})
	}, func(p *page) {
		p.hides("identity.finding.others")
		p.hides("identity.others.ask")
	})
}

func TestTwoPhotosStandSideBySideAndAClerkSaysWhatTheyAre(t *testing.T) {
	var f *twoFaces
	opened := ""
	inBoth(t, func() fyne.CanvasObject {
		r := records()
		f, opened = &twoFaces{pairs: []model.SharedFace{{One: r[0], Other: r[1]}}}, ""
		return screen.IdentityFaces(model.NewIdentityFaces(f, "3", "2", model.Now), screen.FaceWays{Record: func(r model.FaceRecord) { opened += string(r.Person) }})
	}, func(p *page) {
		p.shows("0.21", "450103********213", "653121********017")
		p.presses("identity.others.open")
		if opened == "" {
			t.Error("no record was opened")
		}
		p.presses("identity.face-seen.same-person")
		p.says("identity.faces.empty")
		p.asks(&f.answers, "2/3/same-person")
	})
}
