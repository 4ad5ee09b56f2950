package model

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"xuezheng/data/access"
	"xuezheng/data/act"
	"xuezheng/data/day"
	"xuezheng/data/policy"
)

var errTest = errors.New("no")

// drawer hands out one file and keeps what it is given.
type drawer struct {
	file   File
	err    error
	name   string
	kept   []byte
	wanted []string
}

func (d *drawer) Choose(then func(File, error), endings ...string) {
	d.wanted = endings
	then(d.file, d.err)
}

func (d *drawer) Keep(name string, b []byte, then func(string, error)) {
	d.name, d.kept = name, b
	then("/stick/"+name, d.err)
}

// bureau is every service of the settings.
type bureau struct {
	in        InstitutionView
	keys      []TrustedKeyRow
	trusted   string
	packs     []PackView
	put       int
	rehearsal RehearsalView
	adopted   string
	users     []UserRow
	printers  []string
	printed   string
	minutes   int
	changed   string
	asked     []AuditFilter
	rows      []AuditRow
	err       error
}

func (o *bureau) Institution() (InstitutionView, error) { return o.in, o.err }
func (o *bureau) AllowOwnReview(allowed bool) error     { o.in.OwnReview = allowed; return o.err }
func (o *bureau) SetInstitution(name, en, phone string) error {
	o.in.Name, o.in.NameEn, o.in.Phone = name, en, phone
	return o.err
}
func (o *bureau) KeyFile() ([]byte, error)              { return []byte("key"), o.err }
func (o *bureau) TrustedKeys() ([]TrustedKeyRow, error) { return o.keys, o.err }
func (o *bureau) ReadKey([]byte) (KeyOffer, error) {
	return KeyOffer{Name: "柳江培训中心"}, o.err
}
func (o *bureau) Trust(_ []byte, print string) error { o.trusted = print; return o.err }
func (o *bureau) Packs() ([]PackView, error)         { return o.packs, o.err }
func (o *bureau) InstallPack([]byte) error           { o.put++; return o.err }
func (o *bureau) Rehearse(_ context.Context, _ []byte, report func(done, of int)) (RehearsalView, error) {
	report(1, 2)
	return o.rehearsal, o.err
}
func (o *bureau) RehearseKept(_ context.Context, name string, report func(done, of int)) (RehearsalView, error) {
	report(2, 2)
	o.rehearsal.Pack = name
	return o.rehearsal, o.err
}
func (o *bureau) RehearsalSheet() ([]byte, error) { return []byte("sheet"), o.err }
func (o *bureau) AdoptPack(_ context.Context, name string, shown int, _ func(done, of int)) error {
	o.adopted = fmt.Sprint(name, " ", shown)
	return o.err
}
func (o *bureau) Users() ([]UserRow, error)       { return o.users, o.err }
func (o *bureau) Printers() ([]string, error)     { return o.printers, o.err }
func (o *bureau) TestPage(to, sheet string) error { o.printed = to + "/" + sheet; return o.err }
func (o *bureau) IdleMinutes() (int, error)       { return o.minutes, o.err }
func (o *bureau) SetIdleMinutes(n int) error      { o.minutes = n; return o.err }
func (o *bureau) ChangePassphrase(now, then string) error {
	o.changed = now + "→" + then
	return o.err
}
func (o *bureau) Recover(key, name, _ string) error     { o.changed = key + "/" + name; return o.err }
func (o *bureau) TrailLogins() ([]string, error)        { return []string{"zhoumin", "lanmei"}, nil }
func (o *bureau) TrailFile(AuditFilter) ([]byte, error) { return []byte("csv"), o.err }
func (o *bureau) ReadPack([]byte) (PackView, error) {
	return PackView{Version: "2", Figures: []PackFigure{{Name: "a", Value: "1"}, {Name: "b", Value: "9"}, {Name: "d", Value: "4"}}}, o.err
}
func (o *bureau) AddUser(name string, role access.Role) (string, error) {
	o.users = append(o.users, UserRow{Name: name, Role: role, MustChange: true})
	return "code-" + name, o.err
}
func (o *bureau) SetUser(name string, role access.Role, disabled bool) error {
	for i := range o.users {
		if o.users[i].Name == name {
			o.users[i].Role, o.users[i].Disabled = role, disabled
		}
	}
	return o.err
}
func (o *bureau) ResetUser(name string) (string, error) { return "new-" + name, o.err }
func (o *bureau) HandOut(name, contact string) (string, error) {
	return "once-" + name + contact, o.err
}
func (o *bureau) Trail(f AuditFilter, limit int) ([]AuditRow, error) {
	o.asked = append(o.asked, f)
	return o.rows[:min(limit, len(o.rows))], o.err
}
func (o *bureau) VerifyTrail(_ context.Context, report func(done, of int)) (int, error) {
	report(7, 7)
	return 7, o.err
}

func TestTheInstitutionIsSavedOnceItDiffers(t *testing.T) {
	o, d, renamed := &bureau{in: InstitutionView{Name: "甲", Fingerprint: "AAAA BBBB"}}, &drawer{}, ""
	m := NewSettingsInstitution(o, d, Now, func(n string) { renamed = n })
	if m.CanSave() || !m.Loaded {
		t.Error("can save what was not changed")
	}
	m.Save()
	m.Name.Set("")
	m.Save()
	if !errors.Is(m.Name.Refusal(), ErrNoName) {
		t.Errorf("without a name: %v", m.Name.Refusal())
	}
	m.Name.Set("乙")
	m.Phone.Set("0771-5550100")
	m.Save()
	if !m.Saved || renamed != "乙" || o.in.Phone != "0771-5550100" || m.CanSave() {
		t.Errorf("saved %v as %q, %+v", m.Saved, renamed, o.in)
	}
	m.KeepKey("a.key")
	if d.name != "a.key" || string(d.kept) != "key" || m.Kept == "" {
		t.Errorf("kept %q in %q", d.kept, d.name)
	}
	m.View.Fingerprint = ""
	if m.CanKeepKey() {
		t.Error("a key could be kept where there is none")
	}
}

func TestAKeyIsTrustedOnlyByTheFingerprintThatWasHeard(t *testing.T) {
	o, d := &bureau{keys: []TrustedKeyRow{{Name: "甲", Own: true}}}, &drawer{file: File{Name: "b.key", Bytes: []byte("b")}}
	m := NewSettingsKeys(o, d, Now)
	m.Trust()
	m.Choose()
	if m.Offer == nil || m.File != "b.key" || !slices.Contains(d.wanted, "key") || m.CanTrust() {
		t.Fatalf("offer %+v of %q", m.Offer, m.File)
	}
	for _, bad := range []string{"1A2B", "1A2B 3C4D 5E6F 7A8B 9C0X", "一二三"} {
		m.Typed.Set(bad)
		m.Trust()
		if !errors.Is(m.Typed.Refusal(), ErrFingerprintForm) || m.Question() != nil {
			t.Errorf("%s: %v", bad, m.Typed.Refusal())
		}
	}
	m.Typed.Set("1a2b-3c4d 5e6f:7a8b9c0d")
	m.Trust()
	if o.trusted != "" || m.Question() == nil {
		t.Fatal("trusted unasked")
	}
	m.Yes()
	if o.trusted != "1A2B 3C4D 5E6F 7A8B 9C0D" || m.Trusted != "柳江培训中心" || m.Offer != nil {
		t.Errorf("got %q, %q", o.trusted, m.Trusted)
	}
	m.Take(File{}, errTest)
	if !errors.Is(m.Problem(), errTest) {
		t.Errorf("an unreadable file: %v", m.Problem())
	}
}

func TestANewPackShowsWhatItChanges(t *testing.T) {
	o := &bureau{packs: []PackView{{Version: "1", State: PackInForce, Figures: []PackFigure{{Name: "a", Value: "1"}, {Name: "b", Value: "2"}, {Name: "c", Value: "3"}}}}}
	m := NewSettingsPacks(o, &drawer{file: File{Name: "p.yaml"}}, Now)
	if m.CanInstall() {
		t.Error("could install nothing")
	}
	m.Choose()
	want := []PackChange{{"b", "2", "9", ""}, {"d", "", "4", ""}, {"c", "3", "", ""}}
	if !slices.Equal(m.Changes, want) {
		t.Errorf("got %+v", m.Changes)
	}
	m.Install()
	m.No()
	if o.put != 0 {
		t.Error("installed against a no")
	}
	m.Install()
	m.Yes()
	if o.put != 1 || m.Installed != "2" || m.Offer != nil {
		t.Errorf("put %d times, %q", o.put, m.Installed)
	}
	m.Take(File{}, errTest)
	if m.Offer != nil || m.Problem() == nil {
		t.Error("an unreadable file was offered")
	}
	o.err = errTest
	m.Take(File{Name: "bad.yaml"}, nil)
	if m.Offer != nil || m.Problem() == nil {
		t.Error("a bad pack was offered")
	}
}

func TestAPackIsRehearsedBeforeEverybodyIsMovedToIt(t *testing.T) {
	o := &bureau{rehearsal: RehearsalView{Looked: 3, Changed: 2, Rows: []RehearsalRow{{Name: "韦青禾", What: "应修学时", Before: "120", After: "150"}}}, packs: []PackView{
		{ID: "guangxi", Version: "2", Programme: "constructors", State: PackInForce}, {ID: "guangxi", Version: "1", Programme: "constructors", State: policy.PackFormer, Enrolled: 3},
		{ID: "nurses", Version: "1", Programme: "nurses", State: PackInForce, Enrolled: 5},
	}}
	d := &drawer{file: File{Name: "p.yaml"}}
	m := NewSettingsPacks(o, d, Now)
	if !m.CanRehearse() || m.CanAdopt() {
		t.Errorf("may rehearse %v, adopt %v", m.CanRehearse(), m.CanAdopt())
	}
	m.Rehearse()
	if m.Rehearsed == nil || m.Rehearsed.Pack != "guangxi@2" || !m.CanAdopt() {
		t.Fatalf("got %+v", m.Rehearsed)
	}
	m.Keep("rehearsal.xlsx")
	if string(d.kept) != "sheet" || m.Kept == "" {
		t.Errorf("kept %q at %q", d.kept, m.Kept)
	}
	m.Adopt()
	m.No()
	if o.adopted != "" {
		t.Error("adopted against a no")
	}
	m.Adopt()
	m.Yes()
	if o.adopted != "guangxi@2 2" || m.Adopted != "guangxi@2" || m.Rehearsed != nil {
		t.Errorf("adopted %q", o.adopted)
	}
	m.Packs.Select(2) // nobody of that programme is judged by another
	if m.CanRehearse() {
		t.Error("nurses have nothing to rehearse")
	}
	m.Packs.Select(1) // one of before is rehearsed by nobody's adopting it
	o.packs[0].Enrolled = 1
	m.Load()
	m.Packs.Select(1)
	m.Rehearse()
	if m.Rehearsed == nil || m.CanAdopt() {
		t.Errorf("an older version: %+v, may adopt %v", m.Rehearsed, m.CanAdopt())
	}
}

func TestLoginsAreMadeChangedAndDisabledAfterAQuestion(t *testing.T) {
	o := &bureau{users: []UserRow{{Name: "zhoumin", Role: access.Administrator, Me: true}, {Name: "wei", Role: access.Learner}}}
	m := NewSettingsUsers(o, true, Now)
	m.Choose(0)
	if m.CanChange() {
		t.Error("one's own login can be changed")
	}
	m.Add()
	m.Name.Set("lanmei")
	m.Add()
	if m.Code != "code-lanmei" || m.CodeFor != "lanmei" || len(m.Users.Rows) != 3 || !m.Name.Empty() {
		t.Fatalf("code %q for %q, %d logins", m.Code, m.CodeFor, len(m.Users.Rows))
	}
	m.Forget()
	if m.Code != "" {
		t.Error("the code stays")
	}
	m.Choose(2)
	m.SetRole()
	m.Role.Set(string(access.Reviewer))
	m.SetRole()
	m.Yes()
	if o.users[2].Role != access.Reviewer || m.Users.Selected() != 2 {
		t.Errorf("got %+v, chosen %d", o.users[2], m.Users.Selected())
	}
	m.Disable()
	m.Yes()
	if !o.users[2].Disabled {
		t.Error("not disabled")
	}
	m.Disable()
	if q := m.Question(); q == nil || q.Key != "settings.users.ask-enable" {
		t.Errorf("asked %+v", q)
	}
	m.Yes()
	m.Reset()
	m.Yes()
	if o.users[2].Disabled || m.Code != "new-lanmei" {
		t.Errorf("disabled %v, code %q", o.users[2].Disabled, m.Code)
	}
	m.Choose(1)
	if !m.Learns() || m.CanSetRole() {
		t.Error("a learner's role can be changed")
	}
}

func TestALearnerGetsACodeByTheirContact(t *testing.T) {
	o := &bureau{}
	m := NewSettingsUsers(o, false, Now)
	m.HandOut()
	m.Learner.Set("wei")
	if m.CanHandOut() || m.CanAdd() || m.CanChange() {
		t.Error("without a contact, or without the right")
	}
	m.Contact.Set("13877146021")
	m.HandOut()
	if m.Code != "once-wei13877146021" || !m.Learner.Empty() || !m.Contact.Empty() {
		t.Errorf("code %q", m.Code)
	}
	o.err = errTest
	m.Learner.Set("wei")
	m.Contact.Set("1")
	m.HandOut()
	if m.Code != "" || m.Problem() == nil || m.Contact.Empty() {
		t.Error("a wrong contact gave a code, or was forgotten")
	}
}

type memory map[string]string

func (m memory) Recall(key string) string   { return m[key] }
func (m memory) Remember(key, value string) { m[key] = value }

func TestThePrinterChosenIsRemembered(t *testing.T) {
	o, kept := &bureau{printers: []string{"HP.2", "Brother"}}, memory{MemoryPrinter: "Brother", MemoryPaper: "A0"}
	m := NewSettingsPrinters(o, kept, Now)
	if m.Printer.Value() != "Brother" || m.Paper.Value() != "A4" || !m.CanTest() {
		t.Errorf("got %q on %q", m.Printer.Value(), m.Paper.Value())
	}
	m.Printer.Set("HP.2")
	m.Paper.Set("A5")
	m.Test()
	if kept[MemoryPrinter] != "HP.2" || kept[MemoryPaper] != "A5" || o.printed != "HP.2/A5" || !m.Sent {
		t.Errorf("kept %v, printed %q", kept, o.printed)
	}
	o.printers = nil
	m.Load()
	if m.CanTest() || m.Printer.Value() != "" || kept[MemoryPrinter] != "HP.2" {
		t.Errorf("without printers: %q, kept %v", m.Printer.Value(), kept)
	}
	m.Test()
}

type mirror struct {
	lang, look string
	large      bool
}

func (m *mirror) Speak(lang string) error      { m.lang = lang; return nil }
func (m *mirror) Show(look string, large bool) { m.look, m.large = look, large }

func TestTheLookChangesAtOnceAndIsRemembered(t *testing.T) {
	o, kept, seen, told := &bureau{minutes: 10}, memory{}, &mirror{}, 0
	m := NewSettingsDisplay(o, kept, seen, "zh", false, "light", true, Now, func(n int) { told = n })
	m.Language.Set("en")
	m.Size.Set("large")
	m.Look.Set("system")
	if seen.lang != "en" || seen.look != "system" || !seen.large || kept[MemoryLanguage] != "en" || kept[MemorySize] != "large" || kept[MemoryLook] != "system" {
		t.Errorf("seen %+v, kept %v", seen, kept)
	}
	for _, bad := range []string{"0", "121", "x"} {
		m.Idle.Set(bad)
		m.Save()
		if !errors.Is(m.Idle.Refusal(), ErrNotMinutes) {
			t.Errorf("%s: %v", bad, m.Idle.Refusal())
		}
	}
	m.Idle.Set("25")
	m.Save()
	if o.minutes != 25 || told != 25 || !m.Saved || m.CanSave() {
		t.Errorf("kept %d, told %d", o.minutes, told)
	}
	clerk := NewSettingsDisplay(o, kept, seen, "zh", true, "dark", false, Now, nil)
	clerk.Idle.Set("5")
	clerk.Save()
	if o.minutes != 25 || clerk.Size.Value() != "large" {
		t.Error("a clerk changed the idle time")
	}
}

func TestOnesOwnPassphraseIsChanged(t *testing.T) {
	o, went := &bureau{}, false
	m := NewAccessPassphrase(o, true, Now, func() { went = true })
	m.Change()
	m.Now.Set("旧")
	m.Then.Set("新的密码八个字呀")
	m.Again.Set("不同")
	m.Change()
	if !errors.Is(m.Again.Refusal(), ErrNotTheSame) || o.changed != "" {
		t.Errorf("two that differ: %v", m.Again.Refusal())
	}
	m.Again.Set("新的密码八个字呀")
	o.err = errTest
	m.Change()
	if went || m.Problem() == nil || m.Then.Raw() == "" {
		t.Error("a no lost what was written, or went on")
	}
	o.err = nil
	m.Change()
	if !went || !m.Done || m.Now.Raw()+m.Then.Raw()+m.Again.Raw() != "" {
		t.Error("not changed, or it stays on the screen")
	}
}

func TestTheRecoveryKeyMayBeWrittenInGroups(t *testing.T) {
	o, in, back := &bureau{}, false, false
	m := NewAccessRecover(o, "zhoumin", Now, func() { in = true }, func() { back = true })
	m.Recover()
	m.Recovery.Set("age-secret-key-1 abcd efghij")
	m.Passphrase.Set("柳江边上三棵榕树")
	m.Again.Set("乙")
	m.Recover()
	if !errors.Is(m.Again.Refusal(), ErrNotTheSame) {
		t.Error("two that differ were taken")
	}
	m.Again.Set("柳江边上三棵榕树")
	m.Recover()
	if !in || o.changed != "AGE-SECRET-KEY-1ABCDEFGHIJ/zhoumin" || m.Recovery.Raw() != "" {
		t.Errorf("in %v by %q", in, o.changed)
	}
	m.Back()
	if !back {
		t.Error("no way back")
	}
}

func TestTheTrailIsFilteredVerifiedAndKept(t *testing.T) {
	o, d := &bureau{rows: make([]AuditRow, shownLines+5)}, &drawer{}
	m := NewAuditTrail(o, d, today, Now)
	if !m.More || len(m.Lines.Rows) != shownLines || m.Filtered() || len(m.Login.Options()) != 3 {
		t.Errorf("more %v, %d rows, %d logins", m.More, len(m.Lines.Rows), len(m.Login.Options()))
	}
	m.Act.Set(string(act.ShowNumber))
	m.Login.Set("lanmei")
	m.Person.Set("韦青禾")
	m.From.Set("2026/11/01")
	m.Load()
	got := o.asked[len(o.asked)-1]
	if got != (AuditFilter{Person: "韦青禾", Login: "lanmei", Act: act.ShowNumber, From: day.MustNew(2026, 11, 1)}) {
		t.Errorf("asked %+v", got)
	}
	n := len(o.asked)
	m.To.Set("昨天")
	m.Load()
	m.Keep("x")
	if !errors.Is(m.To.Refusal(), ErrNotADay) || len(o.asked) != n || d.name != "" {
		t.Errorf("a strange day: %v", m.To.Refusal())
	}
	m.Clear()
	if m.Filtered() {
		t.Error("still filtered")
	}
	m.Keep("trail.csv")
	if d.name != "trail.csv" || m.Kept == "" {
		t.Errorf("kept %q", d.name)
	}
	m.Verify()
	if m.Verified != 7 {
		t.Errorf("verified %d", m.Verified)
	}
	o.err = errTest
	m.Verify()
	if m.Verified != 0 || !errors.Is(m.Problem(), errTest) {
		t.Error("a broken chain was called whole")
	}
}

func TestIdlenessIsToldOfInTheLastMinute(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	i := NewIdle(10*time.Minute, at)
	for after, want := range map[time.Duration]struct {
		warns, over bool
		left        int
	}{
		0: {false, false, 600}, 9 * time.Minute: {true, false, 60}, 9*time.Minute + 15*time.Second: {true, false, 45},
		10 * time.Minute: {false, true, 0},
	} {
		if now := at.Add(after); i.Warns(now) != want.warns || i.Over(now) != want.over || i.Left(now) != want.left {
			t.Errorf("after %v: %v %v %d", after, i.Warns(now), i.Over(now), i.Left(now))
		}
	}
	i.Stir(at.Add(9 * time.Minute))
	if i.Over(at.Add(12 * time.Minute)) {
		t.Error("over although somebody was here")
	}
	i.SetLimit(time.Minute)
	if i.Warns(at.Add(9*time.Minute+20*time.Second)) || !i.Warns(at.Add(9*time.Minute+40*time.Second)) {
		t.Error("a short limit warns from the start, or never")
	}
}

func TestTheFirstStartAsksWhoOneIs(t *testing.T) {
	d := &drawer{}
	home := false
	m := NewFounding(maker{}, d, Now, func(h bool) { home = h })
	if m.Asks() || m.CanFound() {
		t.Error("asked before it was said for whom")
	}
	m.Choose(ForDesk)
	m.ChooseAgain()
	m.Choose(ForHome)
	m.Login.Set("青禾")
	m.Passphrase.Set("柳江边上三棵榕树")
	m.Again.Set("柳江边上三棵榕树")
	if !m.CanFound() {
		t.Fatal("at home no institution is needed")
	}
	m.Found()
	if got := strings.Join(m.Groups(), " "); got != "AGE-SECRET-KEY-1 ABCDEF" {
		t.Errorf("groups %q", got)
	}
	m.Print()
	m.Keep("key.txt")
	if !m.Printed || m.Kept == "" || !strings.HasSuffix(string(d.kept), "ABCDEF\n") {
		t.Errorf("printed %v, kept %q", m.Printed, d.kept)
	}
	m.ChooseAgain()
	m.Written.Set("abc def")
	m.GoOn()
	if !home || m.Recovery != "" {
		t.Error("not gone on to the home")
	}
	m.Print()
	m.Keep("again")
	if d.name != "key.txt" {
		t.Error("the key was kept after it was put away")
	}
}
