package person

import (
	"errors"
	"strings"
	"testing"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

func TestEverythingTheFormSaysIsKept(t *testing.T) {
	f := Form{Name: " 韦青禾 ", Phone: "13877146021", Email: "wei@example.cn", Address: "南宁市兴宁区虚构路1号", Unit: "某公司"}
	n := NumberFacts{Number: "450103198803124213", Kind: "resident", Birth: day.MustNew(1988, 3, 12), Sex: "male"}
	p, err := Register(f, n)
	if err != nil {
		t.Fatal(err)
	}
	want := Person{ID: p.ID, Name: "韦青禾", Number: n.Number, NumberKind: n.Kind, Birth: n.Birth, Sex: n.Sex, Phone: f.Phone, Email: f.Email, Address: f.Address, UnitName: f.Unit, Version: 1}
	if p.ID == "" || p != want {
		t.Errorf("got %+v\nwant %+v", p, want)
	}
}

// What the form leaves open the number says; what the number leaves open nobody contradicts.
func TestOnlyWhatBothSayCanDiffer(t *testing.T) {
	born := day.MustNew(1988, 3, 12)
	for name, c := range map[string]struct {
		sex, ofNumber string
		birth, told   day.Date
		want          string
	}{
		"the form says nothing":   {"", "male", 0, born, ""},
		"the number says nothing": {"female", "", born, 0, ""},
		"both say the same":       {"male", "male", born, born, ""},
		"another sex":             {"female", "male", born, born, "person.sex-differs"},
		"another birth":           {"male", "male", born.AddDays(1), born, "person.birth-differs"},
	} {
		_, err := Register(Form{Name: "韦青禾", Phone: "13877146021", Sex: c.sex, Birth: c.birth}, NumberFacts{Sex: c.ofNumber, Birth: c.told})
		if got := words(err); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestLengthsOfWhatIsWritten(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Form)
		want   string
	}{
		"the longest name":     {func(f *Form) { f.Name = strings.Repeat("韦", 50) }, ""},
		"a longer name":        {func(f *Form) { f.Name = strings.Repeat("韦", 51) }, "person.name-long [50]"},
		"the longest address":  {func(f *Form) { f.Address = strings.Repeat("路", 120) }, ""},
		"a longer address":     {func(f *Form) { f.Address = strings.Repeat("路", 121) }, "person.address-long [120]"},
		"the longest e-mail":   {func(f *Form) { f.Email = strings.Repeat("a", 89) + "@example.cn" }, ""},
		"a longer e-mail":      {func(f *Form) { f.Email = strings.Repeat("a", 90) + "@example.cn" }, "person.email-form"},
		"no phone":             {func(f *Form) { f.Phone = "" }, "person.phone-missing"},
		"a mark on its letter": {func(f *Form) { f.Name = "Jose\u0301" }, ""},
	} {
		f := Form{Name: "韦青禾", Phone: "13877146021"}
		c.change(&f)
		_, err := Register(f, NumberFacts{})
		if got := words(err); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	_, err := Register(Form{Name: "韦青禾", Phone: "13877146021"}, NumberFacts{Why: []*fault.Fault{fault.New(fault.Refused, "test.alone")}})
	var all FieldFaults
	if !errors.As(err, &all) || len(all) != 1 {
		t.Errorf("a single refusal: %v", err)
	}
}
