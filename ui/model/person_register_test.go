package model

import (
	"errors"
	"fmt"
	"testing"

	"xuezheng/data/fault"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

type counter struct {
	forms    []person.Form
	read     []string
	pictures bool
	known    bool
	err      error
}

func (d *counter) Notices() []NoticeText {
	return []NoticeText{{ID: "learner-notice", Title: "学员须知"}}
}
func (d *counter) ConsentText() string { return "同意" }
func (d *counter) Register(f person.Form, notices []string, pictures bool) (id.Person, bool, error) {
	d.forms, d.read, d.pictures = append(d.forms, f), notices, pictures
	return "p", d.known, d.err
}

func filled(d *counter, done func(id.Person, bool)) *PersonRegister {
	m := NewPersonRegister(d, today, Now, done)
	m.Name.Set("韦志远")
	m.Number.Set("450103198803124213")
	m.Phone.Set("13877146021")
	m.Read.Set(true)
	return m
}

func TestANumberIsJudgedWhileItIsWritten(t *testing.T) {
	m := NewPersonRegister(&counter{}, today, Now, nil)
	m.Number.Set("4501031988")
	if m.Number.Refusal() != nil || m.NumberGood() {
		t.Error("half a number was judged")
	}
	m.Number.Set("450103198803124218")
	var f *fault.Fault
	if !errors.As(m.Number.Refusal(), &f) || f.Key != "identity.number.check-digit" {
		t.Errorf("refused with %v", m.Number.Refusal())
	}
	m.Number.Set("450103198803124213")
	if m.Number.Refusal() != nil || !m.NumberGood() || m.Found.Kind != identity.Resident {
		t.Errorf("refused with %v, found %+v", m.Number.Refusal(), m.Found)
	}
	m.Phone.Set("12345678901")
	if m.Phone.Refusal() == nil {
		t.Error("an impossible phone stands")
	}
}

func TestSomeoneIsRegisteredOnceTheNoticesAreRead(t *testing.T) {
	d := &counter{}
	var opened id.Person
	m := filled(d, func(p id.Person, known bool) { opened = p })
	m.Read.Set(false)
	m.Register()
	if len(d.forms) != 0 {
		t.Fatal("registered without the notices")
	}
	m.Read.Set(true)
	m.Pictures.Set(true)
	m.Register()
	if opened != "p" || len(d.read) != 1 || !d.pictures || d.forms[0].Number != "450103198803124213" {
		t.Errorf("opened %q, read %v, form %+v", opened, d.read, d.forms)
	}
}

func TestEachFieldThatCantStandIsRefusedBesideIt(t *testing.T) {
	d := &counter{}
	m := filled(d, nil)
	m.Name.Set("?")
	m.Email.Set("不是邮箱")
	m.Number.Set("1")
	m.Register()
	if len(d.forms) != 0 || m.Name.Refusal() == nil || m.Email.Refusal() == nil || m.Number.Refusal() == nil || m.Phone.Refusal() != nil {
		t.Errorf("refusals: %v, %v, %v, %v", m.Name.Refusal(), m.Email.Refusal(), m.Number.Refusal(), m.Phone.Refusal())
	}
}

func TestAKnownNumberIsLedToTheFirstRecordAndANoLosesNothing(t *testing.T) {
	d := &counter{known: true}
	known := false
	m := filled(d, func(_ id.Person, k bool) { known = k })
	m.Register()
	if !known || !m.Known {
		t.Error("nobody is told that the number is known")
	}
	d.err = errors.New("other name")
	m.Register()
	if m.Problem() != d.err || m.Name.Value() != "韦志远" {
		t.Errorf("problem %v, name %q", m.Problem(), m.Name.Value())
	}
}

type editing struct {
	did []string
	err error
}

func (e *editing) ChangeDays(id.Person) (int, error) { return 7, nil }
func (e *editing) Contact(id.Person) (Contact, error) {
	return Contact{Phone: "13877146021", Email: "wei@example.cn", Address: "南宁"}, nil
}
func (e *editing) Correct(_ id.Person, c Contact) error {
	e.did = append(e.did, "correct "+c.Phone)
	return e.err
}
func (e *editing) AskData(_ id.Person, kind identity.RequestKind, value string) error {
	e.did = append(e.did, string(kind)+" "+value)
	return e.err
}
func (e *editing) AskPhoto(_ id.Person, p map[string][]byte) error {
	if len(p) != 4 {
		return errors.New("not four")
	}
	e.did = append(e.did, "photo")
	return e.err
}
func (e *editing) Export(id.Person) ([]byte, error) { return []byte("{}"), e.err }
func (e *editing) Leaves(id.Person) ([]LeafRow, error) {
	return []LeafRow{{Kind: "picture", Count: 3, Fate: "goes", Months: 12}, {Kind: "payment", Count: 1, Fate: "stays", Months: 120}, {Kind: "ticket", Count: 1, Fate: "stays-bare", Months: 36}}, e.err
}
func (e *editing) Forget(id.Person) error {
	e.did = append(e.did, "forget")
	return e.err
}

func TestContactsAreCorrectedWithRefusalsBesideTheirFields(t *testing.T) {
	e := &editing{}
	m := NewPersonEdit(e, &hands{}, "p", "韦志远", false, Now, nil)
	m.Phone.Set("1")
	m.Save()
	if len(e.did) != 0 || m.Phone.Refusal() == nil {
		t.Fatalf("did %v", e.did)
	}
	m.Phone.Set("13900000000")
	m.Save()
	m.Save() // nothing has changed since
	if len(e.did) != 1 || !m.Saved {
		t.Errorf("did %v", e.did)
	}
}

func TestANameIsAskedForNotChanged(t *testing.T) {
	e := &editing{}
	m := NewPersonEdit(e, &hands{}, "p", "韦志远", false, Now, nil)
	m.AskData()
	m.Value.Set("韦志媛")
	m.AskData()
	if len(e.did) != 1 || e.did[0] != "name 韦志媛" || !m.Asked || !m.Value.Empty() {
		t.Errorf("did %v", e.did)
	}
}

func TestAPhotoChangeNeedsAllFourPictures(t *testing.T) {
	e := &editing{}
	m := NewPersonEdit(e, &hands{chosen: File{Name: "a.jpg"}}, "p", "韦志远", false, Now, nil)
	m.AskPhoto()
	m.Take("", File{Name: "a.pdf"}, nil)
	if !errors.Is(m.Problem(), ErrNotAPicture) || m.Missing() != identity.PictureSelfWithCard {
		t.Fatalf("problem %v, missing %q", m.Problem(), m.Missing())
	}
	m.Bring(identity.PicturePhoto)
	for range 3 {
		m.Take("", File{Name: "b.png"}, nil)
	}
	m.Take("", File{Name: "c.png"}, nil) // none is missing any more
	if !m.CanAskPhoto() {
		t.Fatalf("missing %q", m.Missing())
	}
	m.AskPhoto()
	if len(e.did) != 1 || m.Missing() == "" || !m.Asked {
		t.Errorf("did %v", e.did)
	}
}

func TestARecordIsExportedAndForgettingIsAskedAbout(t *testing.T) {
	e, h, gone := &editing{}, &hands{}, false
	m := NewPersonEdit(e, h, "p", "韦志远", false, Now, func() { gone = true })
	m.Export("record.json")
	if string(h.kept["record.json"]) != "{}" {
		t.Errorf("kept %v", h.kept)
	}
	m.Forget() // may not
	m.MayForget = true
	m.Forget()
	if len(e.did) != 0 || m.Question() == nil {
		t.Fatalf("did %v without a question", e.did)
	}
	for i, want := range []string{"person.fate.goes []", "person.fate.stays [120]", "person.fate.bare []"} {
		if key, figures := m.Leaves[i].Words(); fmt.Sprint(key, " ", figures) != want {
			t.Errorf("%s: got %s %v, want %s", m.Leaves[i].Kind, key, figures, want)
		}
	}
	m.Yes()
	if !gone || len(e.did) != 1 {
		t.Errorf("did %v, gone %v", e.did, gone)
	}
}
