package screen_test

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"xuezheng/data/access"
	"xuezheng/data/certificate"
	"xuezheng/data/day"
	"xuezheng/data/id"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
)

var today = day.MustNew(2026, 11, 23)

// answers is a service that says no until it is told otherwise, and counts what it was asked.
type answers struct {
	no    error
	asked []string
	rows  []model.PersonRow
	day   model.TodayView
}

func (a *answers) ask(what string) error { a.asked = append(a.asked, what); return a.no }

func (a *answers) SignIn(name, passphrase string) error       { return a.ask(name + "/" + passphrase) }
func (a *answers) Recover(key, name, passphrase string) error { return a.ask(key + "/" + name) }
func (a *answers) ChangePassphrase(now, then string) error    { return a.ask(now + "/" + then) }
func (a *answers) Find(query string, _ int) ([]model.PersonRow, error) {
	return a.rows, a.ask(query)
}
func (a *answers) Today() (model.TodayView, error) { return a.day, a.ask("today") }
func (a *answers) Verify([]byte) (certificate.Result, error) {
	return certificate.Broken(certificate.ErrNotSigned), a.ask("verify")
}
func (a *answers) Fingerprint(string) string                { return "" }
func (a *answers) RevokePaper([]byte, string, string) error { return a.ask("revoke") }

func (p *page) asks(a *answers, want ...string) {
	p.t.Helper()
	if len(a.asked) != len(want) {
		p.t.Errorf("%s: asked %v, want %v", p.name, a.asked, want)
		return
	}
	for i, w := range want {
		if a.asked[i] != w {
			p.t.Errorf("%s: asked %v, want %v", p.name, a.asked, want)
		}
	}
}

func TestSigningInIsRefusedWaitsAndLetsIn(t *testing.T) {
	var a *answers
	var later *model.Later
	var first fyne.Focusable
	in := 0
	inBoth(t, func() fyne.CanvasObject {
		a, later, in = &answers{no: access.ErrWrongPassphrase}, &model.Later{}, 0
		m := model.NewSignIn(a, "建设继续教育中心", "zhoumin", later.Run, func() { in++ })
		m.Forgotten, m.Speak = func() { a.ask("forgotten") }, func() {}
		return screen.SignIn(m, &first)
	}, func(p *page) {
		p.shows("建设继续教育中心", "zhoumin")
		p.off("sign-in")
		if first == nil {
			t.Error("nothing has the keyboard at first")
		}
		p.writes("sign-in.passphrase", "不对的")
		p.presses("sign-in")
		p.off("sign-in") // while it works
		later.All()
		p.settle()
		p.says("access.wrong-passphrase")
		if in != 0 {
			t.Error("somebody came in with a wrong passphrase")
		}
		a.no = nil
		p.writes("sign-in.passphrase", "对的")
		p.presses("sign-in")
		later.All()
		p.asks(a, "zhoumin/不对的", "zhoumin/对的")
		if in != 1 {
			t.Errorf("%d came in", in)
		}
		p.tabsDown()
	})
}

func TestTheRecoveryKeyIsTheWayInWhenAllIsForgotten(t *testing.T) {
	var a *answers
	back, in := 0, 0
	inBoth(t, func() fyne.CanvasObject {
		a, back, in = &answers{}, 0, 0
		return screen.AccessRecover(model.NewAccessRecover(a, "zhoumin", model.Now, func() { in++ }, func() { back++ }), "建设继续教育中心")
	}, func(p *page) {
		p.off("access.recover.do")
		p.writes("access.recover.key", "ABCD-EFGH")
		p.writes("access.passphrase.then", "榕树下三把椅子 2026")
		p.off("access.recover.do")
		p.writes("access.passphrase.again", "榕树下三把椅子 2026")
		p.presses("access.recover.do")
		p.asks(a, "ABCD-EFGH/zhoumin")
		if in != 1 || back != 0 {
			t.Errorf("in %d, back %d", in, back)
		}
		p.tabsDown()
	})
}

func TestSearchingForSomeone(t *testing.T) {
	var a *answers
	var later *model.Later
	var m *model.PersonFind
	opened, register := id.Person(""), 0
	inBoth(t, func() fyne.CanvasObject {
		a, later, opened, register = &answers{}, &model.Later{}, "", 0
		m = model.NewPersonFind(a, later.Run, func(p id.Person) { opened = p })
		return screen.PersonFind(m, func() { register++ })
	}, func(p *page) {
		p.says("person.find.empty") // nothing is asked yet
		m.Query.Set("韦")
		p.settle()
		p.hides("person.find.empty", "person.find.nobody") // it is being looked for
		later.All()
		p.settle()
		p.says("person.find.nobody")
		p.presses("person.register-page")
		a.no = errors.New("the disk went away")
		m.Query.Set("韦志")
		later.All()
		p.settle()
		p.says("fault.broken")
		a.no, a.rows = nil, []model.PersonRow{{ID: "p", Name: "韦志远", MaskedNumber: "4501**********4213", State: "confirmed", Unit: "一个名字很长很长很长很长很长很长很长很长的建筑工程有限责任公司"}}
		m.Query.Set("韦志远")
		later.All()
		p.settle()
		p.shows("韦志远", "4501**********4213")
		p.hides("person.find.nobody")
		p.pressesText("韦志远")
		if opened != "p" || register != 1 {
			t.Errorf("opened %q, register pressed %d times", opened, register)
		}
	})
}

func TestADayWithoutAnythingDueAndOneThatCanNotBeRead(t *testing.T) {
	var a *answers
	ways := 0
	inBoth(t, func() fyne.CanvasObject {
		a, ways = &answers{day: model.TodayView{PassYear: 2026, PassMonth: 11, PublishOn: today.AddDays(8)}}, 0
		m := model.NewToday(a, today, model.Now, func(model.TodayItem) {})
		return screen.Today(m, screen.TodayWays{PassList: func() { ways++ }, Import: func() { ways++ }})
	}, func(p *page) {
		p.says("today.empty", "today.no-class")
		p.presses("exchange.import")
		p.presses("today.preview-list")
		if ways != 2 {
			t.Errorf("%d ways were gone", ways)
		}
	})
	inBoth(t, func() fyne.CanvasObject {
		a = &answers{no: errors.New("the disk went away")}
		return screen.Today(model.NewToday(a, today, model.Now, func(model.TodayItem) {}), screen.TodayWays{})
	}, func(p *page) {
		p.says("fault.broken")
		a.no = nil
		p.presses("state.retry")
		p.says("today.empty")
	})
}

func TestAFileThatIsNoCertificateIsSaidToBeNone(t *testing.T) {
	var m *model.CertificateVerify
	inBoth(t, func() fyne.CanvasObject {
		m = model.NewCertificateVerify(&answers{}, nil, model.Now)
		return screen.CertificateVerify(m)
	}, func(p *page) {
		p.on("certificate.verify.choose")
		m.Code.Set("XZ1:NOTHING")
		m.VerifyCode()
		p.settle()
		p.says("certificate.not-signed")
	})
}

func TestAPassphraseThatWasHandedOutIsChanged(t *testing.T) {
	var a *answers
	out, done := 0, 0
	inBoth(t, func() fyne.CanvasObject {
		a, out, done = &answers{no: access.ErrWeakPassphrase.With("access.weak.short", 8)}, 0, 0
		return screen.AccessMustChange(model.NewAccessPassphrase(a, true, model.Now, func() { done++ }), "建设继续教育中心", func() { out++ })
	}, func(p *page) {
		p.off("access.change-passphrase")
		p.writes("access.passphrase.handed-out", "handed out")
		p.writes("access.passphrase.then", "12345678")
		p.writes("access.passphrase.again", "12345678")
		p.presses("access.change-passphrase")
		p.shows(say("access.weak-passphrase", say("access.weak.common"), 8))
		if done != 0 {
			t.Error("a weak one was taken")
		}
		p.tabsDown()
	})
}

// bereft is a store that is without some lines until somebody goes on with it.
type bereft struct{ accepted int }

func (b *bereft) LostLines() ([]model.LostLines, error) {
	return []model.LostLines{{Chain: "前台 02", From: 51, To: 60}}, nil
}
func (b *bereft) AcceptOlder() error { b.accepted++; return nil }

func TestWhoGoesOnWithAnOlderStoreSeesWhatIsLost(t *testing.T) {
	var b *bereft
	inBoth(t, func() fyne.CanvasObject {
		b = &bereft{}
		return screen.AuditOlder(model.NewAuditOlder(b, model.Now, nil))
	}, func(p *page) {
		p.says("audit.older.first", "audit.older.then", "audit.older.then.hint")
		p.shows("前台 02")
		p.presses("audit.accept-older")
		if b.accepted != 1 {
			t.Errorf("went on %d times", b.accepted)
		}
		p.says("audit.older.done")
	})
	older := 0
	inBoth(t, func() fyne.CanvasObject {
		a := &answers{day: model.TodayView{PassYear: 2026, PassMonth: 11, PublishOn: today.AddDays(8), Place: []model.Warning{{Key: model.WarningOlder}}}}
		older = 0
		return screen.Today(model.NewToday(a, today, model.Now, func(model.TodayItem) {}), screen.TodayWays{Older: func() { older++ }})
	}, func(p *page) {
		p.says("audit.older", "audit.older.hint")
		if p.presses("today.older"); older != 1 {
			t.Errorf("%d ways were gone", older)
		}
	})
}
