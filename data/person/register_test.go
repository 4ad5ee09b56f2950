package person

import (
	"errors"
	"strings"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/text"
)

func TestNames(t *testing.T) {
	for _, name := range []string{"张𬱖", "刘㛃", "王䶮", "阿布都·克里木·买买提", "覃𠅤", "欧阳镕基", "葛\U000E0100西", "Anna-Maria O'Neill", " 韦青禾 "} {
		if f := CheckName(name); f != nil {
			t.Errorf("%s: %v", name, f)
		}
	}
	for name, want := range map[string]*fault.Fault{
		"": ErrNameMissing, "　": ErrNameMissing, "韦青禾1": ErrNameLetters, "=HYPERLINK()": ErrNameLetters, "韦\x00青": text.ErrSign,
		"韦\ufe0f青禾": text.ErrSign, "韦\u3164": text.ErrSign, "韦e\u0301\u0302\u0301": text.ErrMarks,
		"\xff\xfe": ErrNameLetters, strings.Repeat("韦", 51): ErrNameLong,
	} {
		if f := CheckName(name); !errors.Is(f, want) {
			t.Errorf("%q: got %v, want %v", name, f, want)
		}
	}
}

func TestContacts(t *testing.T) {
	for _, phone := range []string{"13877146021", "19912345678", "0771-5550100", "01088886666"} {
		if f := CheckPhone(phone); f != nil {
			t.Errorf("%s: %v", phone, f)
		}
	}
	for _, phone := range []string{"1380000", "12345678901", "138771460211", "手机", "+8613877146021 "} {
		if f := CheckPhone(phone); !errors.Is(f, ErrPhone) {
			t.Errorf("%q: got %v", phone, f)
		}
	}
	for _, mail := range []string{"", "p1@example.cn", "a.b+c@mail.example.com"} {
		if f := CheckEmail(mail); f != nil {
			t.Errorf("%s: %v", mail, f)
		}
	}
	for _, mail := range []string{"p1", "p1@", "@example.cn", "a b@example.cn", "a@example", "a..b@example.cn", strings.Repeat("a", 100) + "@example.cn"} {
		if f := CheckEmail(mail); !errors.Is(f, ErrEmail) {
			t.Errorf("%q: got %v", mail, f)
		}
	}
}

func TestEveryRefusalStandsBesideItsField(t *testing.T) {
	_, err := Register(Form{Name: "", Phone: "1380000", Email: "x", Address: strings.Repeat("长", 121)},
		NumberFacts{Why: []*fault.Fault{fault.New(fault.Refused, "test.number")}})
	var all FieldFaults
	if !errors.As(err, &all) {
		t.Fatalf("got %v", err)
	}
	for field, want := range map[string]error{"name": ErrNameMissing, "phone": ErrPhone, "email": ErrEmail, "address": ErrAddressLong} {
		if !errors.Is(all[field], want) {
			t.Errorf("%s: got %v, want %v", field, all[field], want)
		}
	}
	if all["number"] == nil || all.First() != all["name"] || !errors.Is(err, ErrNameMissing) {
		t.Errorf("got %v first", all.First())
	}
}

func TestSexAndBirthMustAgreeWithTheNumber(t *testing.T) {
	n := NumberFacts{Number: "450103198803124213", Kind: "resident", Birth: day.MustNew(1988, 3, 12), Sex: "male"}
	form := Form{Name: "韦青禾", Phone: "13877146021"}
	p, err := Register(form, n)
	if err != nil || p.Sex != "male" || p.Birth != n.Birth || p.ID == "" || p.Version != 1 {
		t.Fatalf("got %+v, %v", p, err)
	}
	form.Sex, form.Birth = "female", day.MustNew(1988, 3, 13)
	_, err = Register(form, n)
	var all FieldFaults
	if !errors.As(err, &all) || !errors.Is(all["sex"], ErrSexDiffers) || !errors.Is(all["birth"], ErrBirthDiffers) {
		t.Errorf("got %v", err)
	}
}
