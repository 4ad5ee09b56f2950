package policy

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"xuezheng/data/way"
)

// walked is the text of a shipped pack.
func walked(t testing.TB, name string) string {
	t.Helper()
	_, b, err := Shipped(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// stepless is a pack's text without its steps.
func stepless(t testing.TB, text string) string {
	t.Helper()
	from := strings.Index(text, "\nsteps:\n")
	to := from + 8
	for strings.HasPrefix(text[to:], "  - ") {
		to += strings.Index(text[to:], "\n") + 1
	}
	if from < 0 {
		t.Fatal("the pack has no steps")
	}
	return text[:from] + "\n" + text[to:]
}

// wrongSteps are changes of the steps of Hubei, with a mark where the problem is to be shown.
var wrongSteps = []struct{ name, from, to, want string }{
	{"a word nobody knows", "does: identity.photo", "does: ‸identity.dream",
		"unknown identity.dream: notice.read, person.complete, material.education, material.hand-in, identity.photo, identity.confirm, ticket.give, enrolment.apply, enrolment.pay, hours.study, certificate.issue"},
	{"what is done is waited for", "waits: exam-notice", "waits: ‸enrolment.pay", "unknown enrolment.pay: venue-notice, hours-review, exam-notice"},
	{"what is waited for is done", "does: enrolment.pay, needs: [programme, confirm]", "does: ‸hours-review, needs: [programme, confirm]",
		"unknown hours-review: notice.read, person.complete, material.education, material.hand-in, identity.photo, identity.confirm, ticket.give, enrolment.apply, enrolment.pay, hours.study, certificate.issue"},
	{"both", "does: enrolment.pay,", "does: enrolment.pay, ‸waits: venue-notice,", "twice steps[9].does, waits"},
	{"neither", "{id: pay, does: enrolment.pay,", "‸{id: pay,", "missing steps[9].does"},
	{"an id twice", "{id: pay,", "{id: ‸photo,", "twice photo"},
	{"a word twice", "{id: pay, does: enrolment.pay", "{id: pay, does: ‸enrolment.apply", "twice enrolment.apply"},
	{"a need that is not there", "needs: [programme, confirm]", "needs: [programme, ‸dream]", "need dream"},
	{"a need twice", "needs: [programme, confirm]", "needs: [programme, ‸programme]", "twice programme"},
	{"a circle", "does: identity.photo, needs: [notices, data]", "does: identity.photo, needs: [‸confirm]", "circle photo → confirm → photo"},
	{"a last day from nowhere", "needs: [ticket, pay]", "needs: [ticket, pay], ‸by: {working_days: 3, from: dream}", "need dream"},
	{"a last day from what comes later", "does: identity.photo, needs: [notices, data]", "does: identity.photo, needs: [notices, data], ‸by: {working_days: 3, from: pay}", "need pay"},
	{"a last day without days", "needs: [ticket, pay]", "needs: [ticket, pay], by: {working_days: ‸0, from: pay}", "figure steps[10].by.working_days: 1…500"},
	{"the number before the confirmation that gives it", "does: identity.confirm, needs: [photo, earlier]", "does: identity.confirm, needs: [photo, ‸ticket]", "circle confirm → ticket → confirm"},
	{"what the programme has none of", "{id: pay, does: enrolment.pay", "{id: pay, does: ‸hours.study", "unreachable hours.study"},
	{"data nobody keeps", "asks: [name, number, phone, email]", "asks: [name, ‸shoe-size]", "unknown shoe-size: name, number, contact, phone, email, address, unit"},
	{"nothing asked for", ", asks: [name, number, phone, email]", "", ""},
	{"asked of another step", "does: identity.photo,", "does: identity.photo, ‸asks: [name],", "unknown steps[4].asks"},
	{"a material nobody asks for", "does: material.hand-in,", "does: material.hand-in, material: ‸dream,", "unknown dream"},
	{"only one name", "does: identity.photo,", "does: identity.photo, name: 照片,", ""},
	{"no source", "does: identity.photo, needs: [notices, data], source: H-14}", "does: identity.photo, needs: [notices, data]}", ""},
	{"a source that is not listed", "does: identity.photo, needs: [notices, data], source: H-14}", "does: identity.photo, needs: [notices, data], source: ‸X-1}", "source X-1"},
	{"a name steps don't have", "does: identity.photo,", "does: identity.photo, ‸colour: blue,", "unknown steps[4].colour"},
}

func TestWhatIsWrongWithStepsIsShownWhereItStands(t *testing.T) {
	for _, c := range wrongSteps {
		text := walked(t, "hubei-self-taught-exam")
		if strings.Count(text, c.from) != 1 {
			t.Errorf("%s: %q stands %d times in the pack", c.name, c.from, strings.Count(text, c.from))
			continue
		}
		text = strings.Replace(text, c.from, c.to, 1)
		if c.want == "" {
			if got := says(text); !strings.HasPrefix(got, "missing steps[") {
				t.Errorf("%s: got %q", c.name, got)
			}
			continue
		}
		shows(t, c.name, text, c.want)
	}
}

// A payment is kept with an enrolment: one that is asked for before, nobody can make.
func TestAStepThatNobodyCanReach(t *testing.T) {
	text := strings.Replace(walked(t, "hubei-self-taught-exam"), "needs: [programme, confirm]", "needs: [confirm]", 1)
	shows(t, "enrolling after the payment", strings.Replace(text, "enrolment.apply, needs: [notices, data]", "enrolment.apply, needs: [‸pay]", 1),
		"unreachable programme → pay → programme")
}

// A condition is refused here, not at the counter: what it names, what it gives, and what could fail when it is
// asked.
func TestAConditionOfAStepCanBeJudgedOfEverybody(t *testing.T) {
	for when, want := range map[string]string{
		"education != \"\"": "", "age >= 18 and not confirmed": "", "education in [\"bachelor\", \"junior-college\"] or added > -1": "", "enrolled == true && specialty != \"法学\"": "",
		"1/0 > 0": "condition /", "7 % added == 1": "condition %", "added ** 2 > 1": "condition **", "age in 1..10000000": "condition ..", "dream": "condition unknown name dream",
		"age": "condition expected bool, but got int", "education matches \"(\"": "condition ", "education[9] == \"a\"": "condition ", "(confirmed ? 1 : 0) == 1": "condition Conditional",
		"education?.a == 1": "condition ", "len(education) > 1": "condition ", "age == \"old\"": "condition ", "": "missing steps[6].when", "1.5 < age": "condition Float", "confirmed and": "condition ",
		"let x = 1; x == 1": "condition ", "[education][1] == \"\"": "condition ",
	} {
		text := strings.Replace(walked(t, "hubei-self-taught-exam"), `when: 'education != ""'`, "when: '"+when+"'", 1)
		got := says(text)
		if want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %q, want %q", when, got, want)
		}
		if want != "" {
			continue
		}
		p, err := Load([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range []Applicant{{}, {Age: 17, Education: "bachelor"}, {Age: 100, Added: 5, Confirmed: true, NoticesRead: true, Enrolled: true, Specialty: "法学"}} {
			if _, err := p.Way(a); err != nil {
				t.Errorf("%s of %+v: %v", when, a, err)
			}
		}
	}
}

func TestTheCaretOfAConditionStandsWhereItFails(t *testing.T) {
	text := strings.Replace(walked(t, "hubei-self-taught-exam"), `when: 'education != ""'`, "when: age > 17 / added", 1)
	list := Check([]byte(text))
	if len(list) != 1 || list[0].Why != whyCondition || !strings.HasPrefix(fromColumn(strings.Split(text, "\n")[list[0].Line-1], list[0].Column), "/ added") {
		t.Errorf("got %+v", list)
	}
}

func TestAStepWhoseConditionDoesNotHoldIsNotThere(t *testing.T) {
	p, _, err := Shipped("hubei-self-taught-exam")
	if err != nil {
		t.Fatal(err)
	}
	for education, want := range map[string][]string{"": {"photo", "data"}, "junior-college": {"photo", "earlier"}} {
		steps, err := p.Way(Applicant{Education: education})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range steps {
			if s.ID == "confirm" && !reflect.DeepEqual(s.Needs, want) || s.ID == "earlier" && education == "" {
				t.Errorf("with education %q: got %+v, want confirming to need %v", education, s, want)
			}
		}
	}
}

// The steps of the shipped packs, as their sources have them.
func TestTheWaysOfTheShippedPacks(t *testing.T) {
	for name, want := range map[string]string{
		guangxi: "notices data photo enrol(notices,data) pay(enrol) study(enrol) review(study) confirm(photo) certificate(enrol,confirm)",
		"hubei-self-taught-exam": "notices data(notices) programme(notices,data) photo(notices,data) card(data) earlier?(data) confirm(photo,earlier) ticket(confirm) " +
			"pay(programme,confirm) sitting(ticket,pay)",
		"beijing-distance-education": "notices data(notices) programme(notices,data) card(programme) pay(card) form(pay) earlier(pay) photo(notices,data) place(form,earlier,photo) " +
			"confirm(form,earlier,photo,place) exam(confirm)",
	} {
		p, _, err := Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range p.Steps() {
			text := s.ID
			if s.When != "" {
				text += "?"
			}
			if len(s.Needs) > 0 {
				text += "(" + strings.Join(s.Needs, ",") + ")"
			}
			if got = append(got, text); s.Source == "" {
				t.Errorf("%s: %s has no source", name, s.ID)
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, s, want)
		}
	}
}

func TestAMaterialBelongsToTheStepThatNamesIt(t *testing.T) {
	p, _, err := Shipped("beijing-distance-education")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for _, s := range p.Steps() {
		if s.Word == way.HandIn {
			kinds[s.ID] = strings.Join(s.Kinds, " ")
		}
	}
	want := map[string]string{"card": "payment-card", "form": "application-form card-portrait-side card-emblem-side diploma record-form register-screenshot certification-report"}
	if !reflect.DeepEqual(kinds, want) {
		t.Errorf("got %v", kinds)
	}
}

// Packs of before go on as they did: without steps, whatever their format.
func TestAPackWithoutStepsHasNone(t *testing.T) {
	old, err := os.ReadFile("testdata/format-1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{string(old)}
	for _, name := range ShippedNames() {
		texts = append(texts, stepless(t, walked(t, name)))
	}
	for _, text := range texts {
		p, err := Load([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if steps, err := p.Way(Applicant{}); err != nil || len(steps) != 0 || len(p.Steps()) != 0 {
			t.Errorf("%s: got %v, %v", p, steps, err)
		}
	}
	if _, err := Load(append(old, "steps:\n  - {id: photo, does: identity.photo, source: H-14}\n"...)); !errors.Is(err, ErrBadPack) {
		t.Errorf("steps in the first format: got %v", err)
	}
}

func TestHowManyStepsThereMayBe(t *testing.T) {
	text := stepless(t, walked(t, "hubei-self-taught-exam")) + "\nsteps:\n"
	for i := range maxSteps + 1 {
		text += fmt.Sprintf("  - {id: s%d, does: identity.photo, source: H-14}\n", i)
	}
	list := Check([]byte(text))
	if len(list) != 1 || list[0].Why != whyMany {
		t.Errorf("got %+v", list)
	}
}
