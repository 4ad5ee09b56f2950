package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xuezheng/ui/model"
	"xuezheng/ui/word"
)

// open starts an app without a window for one test.
func open(t *testing.T) {
	t.Helper()
	test.NewTempApp(t)
	Use(word.MustOpen(word.Chinese))
}

// shown puts an entry in a window.
func shown(t *testing.T, e *Entry) *Entry {
	t.Helper()
	w := test.NewWindow(e)
	t.Cleanup(w.Close)
	return e
}

func key(n fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: n} }

// press sends a letter as a keyboard does without an input method: its key, then its rune.
func press(e *Entry, letters string) {
	for _, r := range letters {
		e.TypedKey(key(fyne.KeyName(strings.ToUpper(string(r)))))
		e.TypedRune(r)
	}
}

// compose sends letters as they arrive while an input method holds them: keys without runes.
func compose(e *Entry, letters string) {
	for _, r := range letters {
		e.TypedKey(key(fyne.KeyName(strings.ToUpper(string(r)))))
	}
}

func TestWhileComposingKeysBelongToTheInputMethod(t *testing.T) {
	for name, c := range map[string]struct {
		typing func(e *Entry)
		want   string
		submit int
	}{
		"BackSpace takes back a letter that composes, not what is written": {func(e *Entry) {
			compose(e, "wei")
			e.TypedKey(key(fyne.KeyBackspace))
		}, "陆", 0},
		"Return sends the letters, not the form": {func(e *Entry) {
			compose(e, "wei")
			e.TypedKey(key(fyne.KeyReturn))
			e.TypedRune('w')
			e.TypedRune('e')
			e.TypedRune('i')
		}, "陆wei", 0},
		"Escape gives up composing; then Return sends the form": {func(e *Entry) {
			compose(e, "wei")
			e.TypedKey(key(fyne.KeyEscape))
			e.TypedKey(key(fyne.KeyReturn))
		}, "陆", 1},
		"a character ends composing": {func(e *Entry) {
			compose(e, "wei")
			e.TypedKey(key(fyne.KeySpace))
			e.TypedRune('韦')
			e.TypedKey(key(fyne.KeyReturn))
		}, "陆韦", 1},
		"arrows among the candidates don't move the cursor": {func(e *Entry) {
			compose(e, "wei")
			e.TypedKey(key(fyne.KeyLeft))
			e.TypedRune('韦')
		}, "陆韦", 0},
		"without an input method BackSpace deletes": {func(e *Entry) {
			press(e, "ab")
			e.TypedKey(key(fyne.KeyBackspace))
		}, "陆a", 0},
		"when every composing letter is taken back, BackSpace deletes again": {func(e *Entry) {
			compose(e, "w")
			e.TypedKey(key(fyne.KeyBackspace))
			e.TypedKey(key(fyne.KeyBackspace))
		}, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			open(t)
			var field model.Text
			field.Set("陆")
			e := shown(t, NewEntry(&field))
			sent := 0
			e.OnSubmitted = func(string) { sent++ }
			e.CursorColumn = 1
			c.typing(e)
			if field.Raw() != c.want || sent != c.submit {
				t.Errorf("got %q sent %d times, want %q sent %d times", field.Raw(), sent, c.want, c.submit)
			}
		})
	}
}

func TestTabsNeverGetIntoAField(t *testing.T) {
	open(t)
	var field model.Text
	e := shown(t, NewEntry(&field))
	e.TypedRune('\t')
	e.SetText("韦\t志远")
	if field.Raw() != "韦 志远" {
		t.Errorf("got %q", field.Raw())
	}
}

func TestTheFieldShowsWhatTheModelSays(t *testing.T) {
	open(t)
	var field model.Text
	e := NewEntry(&field)
	field.Set("450103")
	if e.Text != "450103" {
		t.Errorf("shows %q", e.Text)
	}
}

func TestNoLineBeginsWithAClosingMarkOrEndsWithAnOpeningOne(t *testing.T) {
	open(t)
	texts := []string{
		"必修已修满。选修已有 44 学时，还差 16；之后是增项机电工程的 42 学时。已缴费的课程要在 2027年1月9日 24:00 前学完才计入。",
		"施工现场安全管理（面授）、建筑电气节能《规范》：缴费满 6 个月（03-10）之后学完，“不计入”。",
		"Tell (a) clerk, then try again; it may be late.",
	}
	for _, s := range texts {
		for width := float32(60); width < 400; width += 7 {
			lines := Wrap(s, width, T14, fyne.TextStyle{})
			for _, l := range lines {
				runes := []rune(l)
				if len(runes) == 0 {
					t.Fatalf("an empty line at %.0f of %q", width, s)
				}
				if strings.ContainsRune("，。、；：？！）》”’", runes[0]) {
					t.Errorf("at %.0f a line begins with %c: %q", width, runes[0], l)
				}
				if strings.ContainsRune("（《“‘", runes[len(runes)-1]) {
					t.Errorf("at %.0f a line ends with an opening mark: %q", width, l)
				}
			}
			if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(s, " ", "") {
				t.Errorf("at %.0f something was lost: %q", width, got)
			}
		}
	}
}

func TestFiguresAndWordsStayWhole(t *testing.T) {
	open(t)
	for width := float32(80); width < 300; width += 11 {
		text := strings.Join(Wrap("最迟 12-18 审完，BIM 应用", width, T14, fyne.TextStyle{}), "\n")
		for _, whole := range []string{"12-18", "BIM"} {
			if !strings.Contains(text, whole) {
				t.Errorf("at %.0f %s was broken: %q", width, whole, text)
			}
		}
	}
}

func TestSpaceAndEnterPressAButtonUnlessItIsOff(t *testing.T) {
	open(t)
	pressed, off := 0, false
	b := Button(Primary, "check", Data("通过"), func() { pressed++ }).When(func() bool { return !off })
	b.TypedKey(key(fyne.KeySpace))
	b.TypedKey(key(fyne.KeyReturn))
	off = true
	b.TypedKey(key(fyne.KeySpace))
	test.Tap(b)
	if pressed != 2 {
		t.Errorf("pressed %d times", pressed)
	}
}

func TestTheReasonStandsBesideAButtonOnlyWhileItIsOff(t *testing.T) {
	open(t)
	off := true
	both := Because(new(model.Screen), Button(Secondary, "", Data("退回"), nil).When(func() bool { return !off }), Data("选一条理由"))
	reason := both.(*fyne.Container).Objects[1].(*fyne.Container).Objects[0].(*lookPart).object
	if !reason.Visible() {
		t.Error("no reason is given")
	}
	off = false
	both.Refresh()
	if reason.Visible() {
		t.Error("the reason still stands")
	}
}

func TestAChoiceIsMadeWithTheArrows(t *testing.T) {
	open(t)
	var c model.Choice
	c.Offer(model.Option{Value: "a", Words: "甲"}, model.Option{Value: "b", Words: "乙"})
	p := Pick("act.choose", &c)
	p.TypedKey(key(fyne.KeyDown))
	p.TypedKey(key(fyne.KeyDown))
	p.TypedKey(key(fyne.KeyDown))
	if c.Value() != "b" || p.shown.Shown() != "乙" {
		t.Errorf("chose %q, shows %q", c.Value(), p.shown.Shown())
	}
}

func TestWhatPeopleWroteIsCutWhatWeSayIsNot(t *testing.T) {
	open(t)
	cut := Text(Data("装配式混凝土结构施工技术"), T14, Ink).Elide()
	cut.Resize(fyne.NewSize(80, 20))
	if s := cut.Shown(); !strings.HasSuffix(s, "…") {
		t.Errorf("not cut: %q", s)
	}
	cut.Resize(fyne.NewSize(400, 20))
	if s := cut.Shown(); strings.HasSuffix(s, "…") {
		t.Errorf("still cut with room enough: %q", s)
	}
}

func TestAHundredThousandRowsAreListedAtOnce(t *testing.T) {
	open(t)
	built, opened := 0, -1
	l := List(func() int { return 100_000 }, 52, func(i int) fyne.CanvasObject {
		built++
		return Text(Data("row"), T14, Ink)
	}, func(i int) { opened = i })
	w := test.NewWindow(l)
	defer w.Close()
	w.Resize(fyne.NewSize(800, 600))
	l.ScrollTo(99_999)
	if built > 500 {
		t.Errorf("%d rows were built for a window of a dozen", built)
	}
	l.Select(7)
	if opened != 7 {
		t.Errorf("opened %d", opened)
	}
}

func TestThePageHearsTheKeysThatAListHasNoUseFor(t *testing.T) {
	open(t)
	for heard, want := range map[bool]string{false: "A1Escape", true: "A1EscapeSpaceDown"} {
		l := List(func() int { return 3 }, 52, func(int) fyne.CanvasObject { return Text(Data("row"), T14, Ink) }, nil)
		l.heard = heard
		w := test.NewWindow(l)
		got := ""
		w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { got += string(e.Name) })
		w.Canvas().Focus(l) // as a click on a row does
		for _, k := range []fyne.KeyName{"A", "1", fyne.KeyEscape, fyne.KeySpace, fyne.KeyDown} {
			l.TypedKey(&fyne.KeyEvent{Name: k})
		}
		if got != want {
			t.Errorf("the page heard %q, want %q", got, want)
		}
		w.Close()
	}
}

func TestAScreenSaysItsProblemAndThenNothing(t *testing.T) {
	open(t)
	s := model.NewScreen(model.Now)
	p := Problem(&s, nil)
	if p.MinSize().Height > 1 {
		t.Error("says something though nothing is wrong")
	}
	s.Do(func() error { return failure("x") }, nil)
	if p.MinSize().Height < 40 {
		t.Errorf("says nothing of a fault: %v", p.MinSize())
	}
	s.Refuse(nil)
	if p.MinSize().Height > 1 {
		t.Error("still says it")
	}
}

// failure is an error of a test's own.
type failure string

func (e failure) Error() string { return string(e) }

// TestTheCaretStandsWhereTheNextCharacterComes while a field has the keyboard, and not otherwise.
func TestTheCaretStandsWhereTheNextCharacterComes(t *testing.T) {
	open(t)
	var field model.Text
	e := shown(t, NewEntry(&field))
	e.Resize(fyne.NewSize(120, 36))
	caret := func() (x float32, seen bool) {
		objects := test.WidgetRenderer(e).Objects()
		c := objects[len(objects)-1]
		return c.Position().X, c.Visible() && c.Size().Width > 0 && c.Size().Height > 10
	}
	if _, seen := caret(); seen {
		t.Error("it is seen before the field has the keyboard")
	}
	e.FocusGained()
	before, seen := caret()
	if !seen {
		t.Error("it is not seen")
	}
	e.TypedRune('韦')
	after, seen := caret()
	if !seen || after < before+10 {
		t.Errorf("after a character it went from %v to %v, seen %v", before, after, seen)
	}
	for range 30 {
		e.TypedRune('志')
	}
	if x, seen := caret(); !seen || x > 120 {
		t.Errorf("at the end of a long text it stands at %v of 120, seen %v", x, seen)
	}
	e.FocusLost()
	if _, seen := caret(); seen {
		t.Error("it is seen when the keyboard is elsewhere")
	}
}

// TestAQuestionIsAnsweredByKey: the keyboard goes to it, Enter says yes and Escape no, and goes back.
func TestAQuestionIsAnsweredByKey(t *testing.T) {
	open(t)
	s := model.NewScreen(model.Now)
	var text model.Text
	field := Field("sign-in.name", &text)
	w := test.NewTempWindow(t, PageOf(&s, Col(0, field)))
	w.Resize(fyne.NewSize(800, 600))
	done := 0
	for key, want := range map[fyne.KeyName]int{fyne.KeyReturn: 1, fyne.KeyEscape: 0} {
		done = 0
		w.Canvas().Focus(field.Entry)
		s.Ask("restore.ask", func() { done++ }, "陆䶮陆䶮陆䶮陆䶮陆䶮陆䶮陆䶮陆䶮陆䶮")
		s.Changed() // something else on the page changed meanwhile
		strip := w.Canvas().Content().(*PagePart).root.(*fyne.Container).Objects[0]
		if h := strip.Size().Height; h < 40 || h > 120 {
			t.Errorf("the question is %v high", h)
		}
		at := w.Canvas().Focused()
		if at == nil || at == fyne.Focusable(field.Entry) {
			t.Fatalf("the keyboard is at %T", at)
		}
		at.TypedKey(&fyne.KeyEvent{Name: key})
		if done != want || s.Question() != nil {
			t.Errorf("after %s: done %d times, still asked: %v", key, done, s.Question() != nil)
		}
		if w.Canvas().Focused() != fyne.Focusable(field.Entry) {
			t.Errorf("after %s the keyboard is at %T", key, w.Canvas().Focused())
		}
	}
}
