package shell

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xuezheng/data/fault"
	"xuezheng/ui/model"
	"xuezheng/ui/theme"
	. "xuezheng/ui/widget"
	"xuezheng/ui/word"
)

// Samples of every kind of no.
var (
	errSample  = (&fault.Fault{Kind: fault.Refused, Key: "picture.too-small"}).With(480, 300, 400)
	errMissing = &fault.Fault{Kind: fault.Missing, Key: "picture.empty"}
)

// both says one of two texts, by the language spoken.
func both(zh, en string) Words {
	return func() string {
		if Book().English() {
			return en
		}
		return zh
	}
}

// partsPage shows every part in every state, as one page.
func partsPage() (fyne.CanvasObject, *ButtonPart) {
	focus := Button(Primary, "check", both("有焦点", "Focused"), nil)
	controls := Wrapping(16,
		Button(Primary, "check", W("mark.passed"), nil), focus,
		Button(Secondary, "print", both("打印", "Print"), nil), Button(Quiet, "eye", W("act.show"), nil),
		Because(new(model.Screen), Button(Secondary, "", both("退回", "Return"), nil).When(func() bool { return false }), both("选一条理由后可以退回", "choose a reason")),
		Due(-2), Due(0), Chip(Good, both("身份已确认", "Confirmed")), Chip(Info, both("正在学", "Studying")), Due(4))
	types := Wrapping(24, Bold(both("今日 28", "Today 28"), T28), Bold(both("卡片标题 16", "Card title 16"), T16),
		Text(both("正文 14：最迟 2027年1月9日 24:00", "Body 14: by 9 January 2027, 24:00"), T14, Ink),
		Text(both("次行 13：4501**********4217", "Second 13: 4501**********4217"), T13, Ink2), Bold(Data("128"), T36))
	return Over(Box(Paper, 0), Pad(Col(12,
		Title(both("学证的样子", "What it looks like"), both("色、字、控件、话", "colours, type, controls, words")),
		Rule(), types, Rule(), controls, Rule(), fields(), states()), 20, 40)), focus
}

func fields() fyne.CanvasObject {
	var name, phone, number model.Text
	var on model.Choice
	name.Set("陆䶮")
	phone.Set("1387710")
	number.Set("450103198803214218")
	number.Refuse(errSample)
	on.Offer(model.Option{Value: "a", Words: "二级建造师"}, model.Option{Value: "b", Words: "一级"})
	on.Set("a")
	var seen, heard model.Tick
	seen.Set(true)
	return Col(12, Even(16,
		Field("look.light", &name).Note(both("与身份证一致", "as on the ID card")),
		Field("look.dark", &phone).Good(func() bool { return true }).Note(both("在有效期内", "still valid")),
		Field("look.normal", &number), Pick("look.large", &on)),
		Even(16, Tick(&seen, both("已当面对照原件", "Original seen"), both("居民身份证，本人到场", "ID card, in person")),
			Tick(&heard, both("已听朗读录像", "Recording heard"), nil), Search(&model.Text{}, func() {}, nil)))
}

func states() fyne.CanvasObject {
	working := model.NewScreen((&model.Later{}).Run)
	working.Do(func() error { return nil }, nil)
	working.CanStop(func() {})
	working.Report(model.Progress{Key: "state.working.of", Done: 6214, Of: 10000})
	return Col(12, Even(16,
		Empty("today", both("今天没有到期的事", "Nothing is due today"), both("最近的一件在 11-25。也可以先收一张表格。", "The next is due on 11-25. You could take in a spreadsheet."), Button(Secondary, "import", both("导入表格", "Import a table"), nil)),
		Working(&working), No(errSample, nil)), Even(16,
		No(&fault.Fault{Kind: fault.Changed, Key: "picture.damaged"}, func() {}),
		No(errMissing, nil),
		No(fmt.Errorf("disk is full"), func() {})))
}

// deskPage is a page of the desk with a queue, counts and a ledger.
func deskPage() fyne.CanvasObject {
	here := func(k string) func() bool { return func() bool { return k == "look.light" } }
	waits := func(n int) func() int { return func() int { return n } }
	var places []Place
	for i, k := range []string{"look.light", "look.dark", "look.normal", "look.large", "act.save", "act.all"} {
		group := ""
		if i > 1 {
			group = "rail.waiting"
		}
		places = append(places, Place{Key: k, Icon: []string{"today", "people", "face", "swap", "clock", "credit"}[i], Group: group, Waits: waits(i * 3), Chosen: here(k)})
	}
	rail := RailOf(Data("建设继续教育中心"), places, RailFoot(RailNote{Words: W("rail.backed-up", "08:10")}, Data("周敏"), Data("前台 02"), Data("周"), nil))
	strip := CountStrip([]Count{
		{Figure: Data("26"), Name: both("全部待办", "All waiting"), More: both("身份、变更、学时", "people, changes, hours"), Tone: Plain, Chosen: func() bool { return true }, Tap: func() {}},
		{Figure: Data("2"), Name: both("逾期", "Late"), More: both("最长 2 个工作日", "2 days at most"), Tone: Bad, Tap: func() {}},
		{Figure: Data("3"), Name: both("今天到期", "Due today"), More: both("含现场预约 1 人", "1 by appointment"), Tone: Warn, Tap: func() {}},
		{Figure: Data("9"), Name: both("本周内到期", "This week"), More: both("至 11-27", "to 11-27"), Tone: Plain, Tap: func() {}}})
	row := func(left int, name, what string, chosen bool) fyne.CanvasObject {
		return QueueRow(QueueItem{Due: Due(left), Day: Data("11-19"), Name: Data(name), Number: Data("4525**********2046"), What: Data(what), Detail: Data("11-10 提交·四张图片齐全"), Hand: Data("陈立")},
			func() bool { return chosen }, func() {})
	}
	ledger := Card(Col(0, LedgerHead(both("完成", "Done"), both("课程", "Course"), both("类别", "Kind"), both("学时", "Hours"), both("结论", "Verdict"), both("因为", "Because")),
		Ruled(LedgerRow(LedgerItem{Day: Data("11-20"), Course: Data("装配式混凝土结构施工技术"), Kind: Data("选修 主项"), Hours: Data("8"), Stage: model.StageReview, Because: Data("最迟 12-18 审完")}),
			LedgerRow(LedgerItem{Day: Data("11-02"), Course: Data("建设工程法规新规解读"), Kind: Data("必修 主项"), Hours: Data("6"), Stage: model.StageNot, Because: Data("必修已满 60，超出的只留存")}),
			LedgerRow(LedgerItem{Day: Data("10-20"), Course: Data("机电安装 BIM 应用"), Kind: Data("选修 增项"), Hours: Data("10"), Stage: model.StageDraft, Because: Data("增项 8 → 18")}))))
	side := Col(12, Titled(both("历史", "History"), History([]Event{
		{When: Data("11-23 09:12"), What: both("查看完整证件号码", "Whole number shown"), Who: Data("周敏·前台 02")},
		{When: Data("11-20 21:40"), What: both("提交学时 4 条", "4 records submitted"), Who: Data("本人")}})),
		Card(Pad(Col(12, Bucket(both("必修", "Required"), Data("主项 建筑工程"), model.Part{Needed: 60, Done: 60, Accepted: 60}, 1), Bucket(both("选修", "Elective"), Data("主项 建筑工程"), model.Part{Needed: 60, Done: 48, Accepted: 20, InReview: 12}, 1)), 12, 16)),
		Card(Pad(Zones(0.85, 1.05, []Pin{{Pair: Data("证 – 现场"), Figure: 0.93}}), 12, 16)))
	body := Col(16, Title(both("今日", "Today"), both("先办逾期的 2 件，再办今天到期的 3 件", "The 2 late ones first, then the 3 due today")), strip,
		Beside(680, 248, Col(16, Card(Ruled(row(-2, "覃美玲", "照片变更", false), row(0, "黄启明", "身份确认·现场", true), row(4, "李承泽", "证件号更正", false))), ledger,
			stepLineCard()), side))
	return Desk(rail, Search(&model.Text{}, func() {}, nil), func() string { return Book().DateAndWeekday(20261123) },
		Button(Secondary, "plus", both("登记申请人", "Register"), nil), PageOf(nil, body))
}

// stepLineCard is a way of five stops.
func stepLineCard() fyne.CanvasObject {
	return Card(Pad(StepLine([]Step{{State: Good, Name: both("预注册", "Registered"), More: Data("2024-02-27")}, {State: Warn, Name: both("报名缴费", "Payment"), More: both("要补 1 项", "1 missing")},
		{State: Info, Name: both("学时", "Hours"), More: Data("122 / 180")}, {State: Plain, Name: both("审核", "Review"), More: both("以后", "later")}, {State: Plain, Name: both("学时证明", "Certificate"), More: both("以后", "later")}}), 16, 8))
}

// looks are the ways a screen must be seen.
var looks = []struct {
	name string
	look theme.Theme
	lang string
}{
	{"light-zh", theme.Theme{}, word.Chinese},
	{"dark-zh", theme.Theme{Dark: true}, word.Chinese},
	{"light-en", theme.Theme{}, word.English},
	{"large-zh", theme.Theme{Large: true}, word.Chinese},
	{"large-en", theme.Theme{Large: true}, word.English},
}

// keep saves a picture for eyes, in the folder that XUEZHENG_PICTURES names.
func keep(t *testing.T, e *Easel, name string) {
	t.Helper()
	dir := os.Getenv("XUEZHENG_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, e.Picture()); err != nil {
		t.Fatal(err)
	}
}

func TestNoPartIsCutOrLiesUponAnother(t *testing.T) {
	e := NewEasel()
	b := word.MustOpen(word.Chinese)
	Use(b)
	for _, l := range looks {
		b.Speak(l.lang)
		e.Look(l.look)
		page, focus := partsPage()
		e.Put(page, 1280, 800)
		e.Focus(focus)
		keep(t, e, "parts-"+l.name)
		high := page.MinSize().Height
		for _, f := range Flaws(page, fyne.NewSize(1280, high)) {
			t.Errorf("%s: parts: %s", l.name, f)
		}
		desk := deskPage()
		e.Put(desk, 1280, 800)
		keep(t, e, "desk-"+l.name)
		for _, f := range Flaws(desk, fyne.NewSize(1280, 800)) {
			t.Errorf("%s: desk: %s", l.name, f)
		}
	}
}

func TestEveryColourOfThePartsIsInTheTheme(t *testing.T) {
	for _, dark := range []bool{false, true} {
		for _, c := range Colours() {
			if !(theme.Theme{Dark: dark}).Has(c) {
				t.Errorf("%s is in no palette", c)
			}
		}
	}
}

func TestTheMeasureSeesWhatIsCut(t *testing.T) {
	e := NewEasel()
	e.Look(theme.Theme{})
	wide := Fix(40, 0, Text(Data("装配式混凝土结构"), T14, Ink))
	e.Put(wide, 40, 20)
	if f := strings.Join(Flaws(wide, fyne.NewSize(40, 20)), "\n"); !strings.Contains(f, "wide in a place") {
		t.Errorf("a cut text went unseen: %q", f)
	}
	upon := Over(Text(Data("一二三"), T14, Ink), Text(Data("四五六"), T14, Ink))
	e.Put(upon, 100, 40)
	if f := strings.Join(Flaws(upon, fyne.NewSize(100, 40)), "\n"); !strings.Contains(f, "upon one another") {
		t.Errorf("two texts in one place went unseen: %q", f)
	}
}

// kioskPage is the page that asks whether this is you.
func kioskPage() fyne.CanvasObject {
	fact := func(a, b Words) fyne.CanvasObject { return Col(0, Text(a, K32, Ink3), Text(b, K44, Ink)) }
	card := Over(Edge(CardColour, Line, 16), Pad(Row(48, Portrait(nil, 336, 448),
		Grow(Col(20, Bold(Data("黄启明"), K104), fact(both("证件号码", "ID number"), Data("4503**********2615")),
			fact(both("预约", "Appointment"), both("11月23日 14:30", "23 November, 14:30"))))), 48))
	return Kiosk(KioskPage{Venue: both("南湖现场确认点", "Nanhu confirmation venue"), Steps: []string{"act.choose", "act.show", "act.save"}, Step: 1,
		Title: "language.zh", Back: Button(Secondary, "left", W("act.back"), nil), Left: func() int { return 32 }, Of: 45,
		Body: Col(32, card, Gap(), Button(Primary, "check", both("是，我是黄启明", "Yes, I am 黄启明"), nil).Kiosk(168, K56),
			Button(Secondary, "cross", both("不是我", "Not me"), nil).Kiosk(128, K44), Bar(8, None, 0))})
}

func TestTheKioskFitsItsScreenInBothLanguages(t *testing.T) {
	e := NewEasel()
	b := word.MustOpen(word.Chinese)
	Use(b)
	e.Look(theme.Theme{})
	for _, lang := range word.Languages {
		b.Speak(lang)
		page := kioskPage()
		e.Put(page, 1080, 1920)
		keep(t, e, "kiosk-"+lang)
		for _, f := range Flaws(page, fyne.NewSize(1080, 1920)) {
			t.Errorf("%s: %s", lang, f)
		}
	}
}

func TestAnOpenScreenFollowsLookSizeAndLanguage(t *testing.T) {
	e := NewEasel()
	b := word.MustOpen(word.Chinese)
	Use(b)
	e.Look(theme.Theme{})
	page := deskPage()
	e.Put(page, 1280, 800)
	b.Speak(word.English)
	e.Look(theme.Theme{Dark: true, Large: true})
	followed := e.Picture()
	fresh := deskPage()
	e.Put(fresh, 1280, 800)
	wanted := e.Picture()
	if n := differing(followed, wanted); n > 0 {
		keep(t, e, "fresh")
		t.Errorf("%d pixels differ between a screen that followed and a fresh one", n)
	}
}

// differing counts the pixels in which two pictures differ.
func differing(a, b image.Image) int {
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return n
}
