package policy

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"xuezheng/data/day"
)

// nurses is a programme of its own, made of Guangxi's pack: 10 required and 10 elective hours.
func nurses(t testing.TB, change ...string) string {
	t.Helper()
	_, text := shipped(t)
	text = strings.NewReplacer(append([]string{
		"id: " + guangxi, "id: nurses", "id: second-class-constructor", "id: nurses", "广西二级建造师继续教育", "广西护士继续教育",
		"required: {value: 60", "required: {value: 10", "elective: {value: 60", "elective: {value: 10",
	}, change...)...).Replace(text)
	if _, err := Load([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return text
}

// kept are packs as a store keeps them, one installed each day.
func kept(t testing.TB, texts ...string) (list []Kept) {
	t.Helper()
	for i, text := range texts {
		k := Kept{ID: "unread", Version: "1", InstalledAt: time.Date(2026, 11, 1+i, 0, 0, 0, 0, time.UTC), YAML: []byte(text)}
		if p, err := Load(k.YAML); err == nil {
			k.ID, k.Version, k.SHA256 = p.ID, p.Version, p.SHA256
		}
		list = append(list, k)
	}
	return list
}

var today = day.MustNew(2026, 12, 1)

func TestTwoProgrammesStandSideBySide(t *testing.T) {
	_, guangxiText := shipped(t)
	s := NewShelf(kept(t, guangxiText, nurses(t)))
	if got := s.Programmes(); !reflect.DeepEqual(got, []string{"second-class-constructor", "nurses"}) {
		t.Errorf("got %v", got)
	}
	for programme, required := range map[string]int{"second-class-constructor": 60, "nurses": 10} {
		p, err := s.InForce(programme, today)
		if err != nil || p.Hours.RequiredHours != required {
			t.Errorf("%s: got %+v, %v", programme, p, err)
		}
	}
	if _, err := s.InForce("cooks", today); !errors.Is(err, ErrNoProgramme) {
		t.Errorf("got %v", err)
	}
}

func TestAVersionComesIntoForceOnItsDay(t *testing.T) {
	next := []string{`version: "2026.2"`, `version: "2026.10"`, "valid_from: 2017-06-01", "valid_from: 2027-01-01"}
	s := NewShelf(kept(t, nurses(t), nurses(t, next...)))
	for on, want := range map[day.Date]string{
		day.MustNew(2026, 12, 31): "nurses@2026.2", day.MustNew(2027, 1, 1): "nurses@2026.10", day.MustNew(2099, 1, 1): "nurses@2026.10",
	} {
		if p, err := s.InForce("nurses", on); err != nil || p.String() != want {
			t.Errorf("on %v: got %v, %v, want %s", on, p, err, want)
		}
	}
	only := NewShelf(kept(t, nurses(t, next...)))
	if _, err := only.InForce("nurses", today); !errors.Is(err, ErrNotYet) {
		t.Errorf("a pack of next year alone: got %v", err)
	}
	if got := only.InForceAll(today); len(got) != 0 {
		t.Errorf("a pack of next year alone: got %v", got)
	}
	if p, err := only.Exactly("nurses@2026.10"); err != nil || p.From() != day.MustNew(2027, 1, 1) {
		t.Errorf("by its name: got %v, %v", p, err)
	}
}

func TestAnAnnouncedFigureHoldsFromItsDayOn(t *testing.T) {
	s := NewShelf(kept(t, nurses(t), nurses(t, `version: "2026.2"`, `version: "2026.3"`,
		"added: {value: 60, source: G-03, since: 2017-06-01}", "added: {value: 70, source: G-03, since: 2027-03-01}")))
	if p, err := s.InForce("nurses", day.MustNew(2027, 2, 28)); err != nil || p.Hours.AddedHours != 60 {
		t.Errorf("on the day before: got %v, %v", p, err)
	}
	if p, err := s.InForce("nurses", day.MustNew(2027, 3, 1)); err != nil || p.Hours.AddedHours != 70 {
		t.Errorf("on the day: got %v, %v", p, err)
	}
}

func TestTheLaterVersionIsInForceInWhateverOrderTheyCame(t *testing.T) {
	old, young := nurses(t, `version: "2026.2"`, `version: "2026.9"`), nurses(t, `version: "2026.2"`, `version: "2026.10"`)
	for _, texts := range [][]string{{old, young}, {young, old}} {
		if p, err := NewShelf(kept(t, texts...)).InForce("nurses", today); err != nil || p.Version != "2026.10" {
			t.Errorf("got %v, %v", p, err)
		}
	}
}

func TestWhatCantBeReadKeepsItsPlaceAndNobodyElse(t *testing.T) {
	s := NewShelf(kept(t, nurses(t), "format: 3\nid: of-the-future\n"))
	if p, err := s.InForce("nurses", today); err != nil || p.ID != "nurses" {
		t.Errorf("got %v, %v", p, err)
	}
	_, err := s.Exactly("unread@1")
	if !errors.Is(err, ErrUnread) || !errors.Is(err, ErrBadPack) {
		t.Errorf("got %v", err)
	}
	if s.Unread("unread@1") == nil || s.Unread("nurses@2026.2") != nil {
		t.Error("it is not said which can't be read")
	}
	if _, err := s.Exactly("nurses@2020.1"); !errors.Is(err, ErrNotKept) {
		t.Errorf("one that isn't there: got %v", err)
	}
}

func TestVersionsAreComparedAsNumbers(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"2026.9", "2026.10", -1}, {"2026.10", "2026.9", 1}, {"2026", "2026.0", 0}, {"2026.1", "2026.1.1", -1}, {"3", "2026.1", -1}} {
		if got := Versions(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: got %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestAPackOfBeforeLacksAFigureThatIsKnownNow(t *testing.T) {
	whole, err := Load([]byte(nurses(t, "class_notice_working_days: {value: 20, source: G-10, since: 2017-06-01}", "class_notice_working_days: {value: 0, source: G-10, since: 2017-06-01}")))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"  max_minutes_per_day: {value: 0, source: D-05, since: 2026-11-01} # 0: no cap\n", "  carry_over: {value: false, source: D-03, since: 2026-11-01}\n",
		"  minutes_per_hour: {value: 45, source: D-02, since: 2026-11-01}\n", "  review_working_days: {value: 20, source: G-20, since: 2017-06-01}\n",
		"  class_notice_working_days: {value: 20, source: G-10, since: 2017-06-01}\n",
	} {
		p, err := Load([]byte(nurses(t, line, "", "class_notice_working_days: {value: 20, source: G-10, since: 2017-06-01}", "class_notice_working_days: {value: 0, source: G-10, since: 2017-06-01}")))
		if err != nil || p.Hours != whole.Hours {
			t.Errorf("without %q: got %+v, %v", line, p, err)
		}
	}
	p, err := Load([]byte(nurses(t, "  max_minutes_per_day: {value: 0, source: D-05, since: 2026-11-01} # 0: no cap\n", "")))
	if err != nil {
		t.Fatal(err)
	}
	if f := p.Figures[len(p.Figures)-1]; f.Default {
		t.Errorf("the last figure: got %+v", f)
	}
	var found bool
	for _, f := range p.Figures {
		found = found || f == Figure{Name: "hours.max_minutes_per_day", Value: "0", Default: true}
	}
	if !found {
		t.Errorf("what the pack doesn't say is not listed: %+v", p.Figures)
	}
}

func TestAProgrammeWithoutHoursHasNone(t *testing.T) {
	for _, name := range []string{"hubei-self-taught-exam", "beijing-distance-education"} {
		p, b, err := Shipped(name)
		if err != nil || p.Format != 2 || p.Studies() || strings.Contains(string(b), "hours.") {
			t.Errorf("%s: got %v, %v", name, p, err)
		}
		for _, f := range p.Figures {
			if strings.HasPrefix(f.Name, "hours") {
				t.Errorf("%s: got %+v", name, f)
			}
		}
	}
	if p, err := Load([]byte(hubei(t))); err != nil || p.Studies() {
		t.Errorf("in the first format, which had to say noughts: got %v, %v", p, err)
	}
	if p, _ := shipped(t); !p.Studies() || p.Format != 2 {
		t.Errorf("got %+v", p.Hours)
	}
}

func TestSectionsMayBeLeftOut(t *testing.T) {
	least := `format: 2
id: least
version: "1"
name: 最少
name_en: The least
province: 湖北省
issued: 2026-11-01
valid_from: 2026-11-01
sources: [{id: D, title: x, by: y, date: 2026-11-01}]
programme: {id: least, name: 最少, name_en: The least, specialties: [法学], period_years: {value: 1, source: D-01, since: 2026-11-01}}
retention_months:
  person: {value: 36, source: D-04, since: 2026-11-01}
  pictures: {value: 12, source: D-04, since: 2026-11-01}
  payments: {value: 120, source: D-04, since: 2026-11-01}
  certificates: {value: 1200, source: D-04, since: 2026-11-01}
  audit: {value: 120, source: D-04, since: 2026-11-01}
`
	p, err := Load([]byte(least))
	if err != nil {
		t.Fatal(err)
	}
	if p.Studies() || p.Certifies() || p.Identity.Confirming.Online || p.Tickets.Format != "" || len(p.Photo)+len(p.Notices)+len(p.Consents) != 0 {
		t.Errorf("got %+v", p)
	}
	if len(p.Reasons.Hours) == 0 || len(p.Reasons.Identity) == 0 || p.Identity.DataChangeDays != 7 {
		t.Errorf("what holds where a pack is silent: got %+v, %+v", p.Reasons, p.Identity)
	}
	if err := p.Eligible(Applicant{}); err != nil {
		t.Errorf("refused by nothing: %v", err)
	}
	if _, err := Load([]byte(strings.Replace(least, "format: 2", "format: 3", 1))); !errors.Is(err, ErrBadPack) {
		t.Errorf("a format of the future: got %v", err)
	}
}

func TestAPackIsBegunLikeAnother(t *testing.T) {
	for _, name := range ShippedNames() {
		was, yaml, err := Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := Like(yaml, "fujian-cooks", today)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		p, err := Load(text)
		if err != nil || p.String() != "fujian-cooks@1" || p.Enrolment.Programme != "fujian-cooks" || p.ValidFrom != today || p.Format != 2 {
			t.Errorf("%s: got %v, %v", name, p, err)
		}
		if len(p.Figures) != len(was.Figures) || strings.Count(string(text), "#") < strings.Count(string(yaml), "#") {
			t.Errorf("%s: figures or comments were lost", name)
		}
	}
	if _, err := Like([]byte(nurses(t)), "No Such Id", today); !errors.Is(err, ErrBadID) {
		t.Errorf("got %v", err)
	}
}

func TestALostPackStopsOnlyItsOwn(t *testing.T) {
	_, guangxiText := shipped(t)
	lost := errors.New("changed outside the program")
	s := NewShelf(kept(t, guangxiText, nurses(t))).Without(map[string]error{"nurses": lost})
	if _, err := s.InForce("nurses", today); !errors.Is(err, lost) {
		t.Errorf("in force of what lost a version: got %v", err)
	}
	if p, err := s.InForce("second-class-constructor", today); err != nil || p.ID != guangxi {
		t.Errorf("another: got %v, %v", p, err)
	}
	if p, err := s.Exactly("nurses@2026.2"); err != nil || p.ID != "nurses" {
		t.Errorf("a sound version goes on judging: got %v, %v", p, err)
	}
	for _, name := range []string{"nurses@2026.3", "cooks@1"} { // its name may have been changed too
		if _, err := s.Exactly(name); !errors.Is(err, lost) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestAPackTakesOverNobodysProgramme(t *testing.T) {
	s := NewShelf(kept(t, nurses(t)))
	for what, c := range map[string]struct {
		change []string
		want   error
	}{
		"another id for its programme": {[]string{"id: " + guangxi, "id: other"}, ErrOthers},
		"the same version, otherwise":  {[]string{`version: "2026.2"`, `version: "2026.02"`}, ErrSameVersion},
		"a later version":              {[]string{`version: "2026.2"`, `version: "2026.3"`}, nil},
		"itself":                       {nil, nil},
	} {
		_, text := shipped(t)
		text = strings.NewReplacer(append(c.change, "id: "+guangxi, "id: nurses", "id: second-class-constructor", "id: nurses")...).Replace(text)
		p, err := Load([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Takes(p); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

func TestWhatIsHiddenBehindAnEscapeIsRefused(t *testing.T) {
	_, text := shipped(t)
	for _, bad := range []string{`name: "a\u202Eb"`, `name: "a\u200Db"`, `name: "a\u001b[31mb"`} {
		if err := func() error {
			_, err := Load([]byte(strings.Replace(text, "name: 广西二级建造师继续教育", bad, 1)))
			return err
		}(); !errors.Is(err, ErrBadPack) {
			t.Errorf("%s: got %v", bad, err)
		}
	}
	if _, err := Load([]byte(strings.Replace(text, "[建筑工程,", `["建\u202E筑",`, 1))); !errors.Is(err, ErrBadPack) {
		t.Errorf("a specialty: got %v", err)
	}
}
