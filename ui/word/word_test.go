package word

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

func TestBothLanguagesSayTheSameKeys(t *testing.T) {
	b := MustOpen(Chinese)
	zh, en := b.Keys(Chinese), b.Keys(English)
	for _, k := range zh {
		if _, ok := slices.BinarySearch(en, k); !ok {
			t.Errorf("%s is worded in Chinese only", k)
		}
	}
	for _, k := range en {
		if _, ok := slices.BinarySearch(zh, k); !ok {
			t.Errorf("%s is worded in English only", k)
		}
	}
	if len(zh) == 0 {
		t.Error("no words at all")
	}
}

func TestNoKeyIsWordedInTwoWays(t *testing.T) {
	for _, k := range MustOpen(Chinese).twice {
		t.Errorf("worded twice: %s", k)
	}
}

func TestNothingIsSaidWithoutWordsOrWithStrangeSlots(t *testing.T) {
	b := MustOpen(Chinese)
	stray := regexp.MustCompile(`\{[^}]*\}?`)
	for _, l := range Languages {
		for _, k := range b.Keys(l) {
			w := b.words[l][k]
			if strings.TrimSpace(w) == "" {
				t.Errorf("%s: %s says nothing", l, k)
			}
			for _, m := range stray.FindAllString(w, -1) {
				if !slot.MatchString(m) {
					t.Errorf("%s: %s has %q, which is no figure", l, k, m)
				}
			}
			if strings.Contains(w, "\t") {
				t.Errorf("%s: %s has a tab, which makes characters vanish", l, k)
			}
		}
	}
}

func TestHalfWidthMarksDoNotSlipIntoChinese(t *testing.T) {
	b := MustOpen(Chinese)
	half := regexp.MustCompile(`\p{Han}[,;!?]`)
	for _, k := range b.Keys(Chinese) {
		if w := b.words[Chinese][k]; half.MatchString(w) {
			t.Errorf("%s: %q has a half-width mark after a Chinese character", k, w)
		}
	}
}

// sample is a book with words of its own.
func sample(lang string) *Book {
	b := &Book{words: map[string]map[string]string{
		Chinese: {"a.rows": "{0} 行，{1}", "a.kind": "护照", "list.join": "、", "x.no": "最多 {0} 分钟", "x.no.hint": "请改期",
			"fault.broken": "没有办成", "fault.broken.hint": "请报 {0}"},
		English: {"a.rows": "{0} {0:row|rows}, {1}", "a.kind": "passport", "list.join": ", ", "x.no": "at most {0} minutes", "x.no.hint": "choose another day",
			"fault.broken": "not done", "fault.broken.hint": "quote {0}"},
	}}
	b.Speak(lang)
	return b
}

// ruled are figures that a policy pack decides; of the keys below they are the program's own.
var (
	ruled = map[string]*regexp.Regexp{
		Chinese: regexp.MustCompile(`\d+ ?(个工作日|学时|个月|年(内|$|。|，))`),
		English: regexp.MustCompile(`\d+ (working days|hours of|more elective|months|years)`),
	}
	ourOwn = []string{"settings.backup.thinned", "ctl.backup.thinned", "policy.figure.hours.minutes_per_hour"}
)

func TestNoSentenceKnowsWhatAPackDecides(t *testing.T) {
	b := MustOpen(Chinese)
	for lang, figure := range ruled {
		for key, words := range b.words[lang] {
			if found := figure.FindString(words); found != "" && !slices.Contains(ourOwn, key) {
				t.Errorf("%s, %s: %q stands in the words: another programme has another figure", lang, key, found)
			}
		}
	}
}

func TestFiguresAreWorded(t *testing.T) {
	on := day.MustNew(2026, 11, 3)
	for name, c := range map[string]struct {
		lang string
		args []any
		want string
	}{
		"a key among the figures is said":        {Chinese, []any{3, "a.kind"}, "3 行，护照"},
		"a name is left as it is":                {Chinese, []any{3, "韦志远"}, "3 行，韦志远"},
		"one row in English":                     {English, []any{1, "a.kind"}, "1 row, passport"},
		"several rows in English":                {English, []any{12, on}, "12 rows, 3 November 2026"},
		"a date in Chinese":                      {Chinese, []any{1, on}, "1 行，2026年11月3日"},
		"several at once":                        {Chinese, []any{1, []string{"a.kind", "港澳"}}, "1 行，护照、港澳"},
		"half an hour keeps its places":          {Chinese, []any{7.5, 2.0}, "7.5 行，2"},
		"a figure that is missing stays visible": {Chinese, []any{1}, "1 行，{1}"},
	} {
		if got := sample(c.lang).Say("a.rows", c.args...); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestAKeyWithoutWordsIsShown(t *testing.T) {
	if got := sample(Chinese).Say("no.such"); got != "no.such" {
		t.Errorf("got %q", got)
	}
}

func TestARefusalSaysWhatAndWhatToDo(t *testing.T) {
	b := sample(English)
	err := fmt.Errorf("add record: %w", (&fault.Fault{Kind: fault.Refused, Key: "x.no"}).With(480))
	line, hint := b.Fault(err)
	if line != "At most 480 minutes" || hint != "Choose another day" {
		t.Errorf("got %q, %q", line, hint)
	}
}

func TestWhatIsBrokenHasANumberToQuoteAndNoInnards(t *testing.T) {
	b := sample(Chinese)
	line, hint := b.Fault(errors.New("disk I/O: secret.db"))
	if line != "没有办成" || !regexp.MustCompile(`^请报 [0-9A-F]{3}-[0-9A-F]{3}$`).MatchString(hint) {
		t.Errorf("got %q, %q", line, hint)
	}
	if _, again := b.Fault(errors.New("disk I/O: secret.db")); again != hint {
		t.Errorf("the same error has two numbers: %q and %q", hint, again)
	}
}

func TestNoErrorSaysNothing(t *testing.T) {
	if line, hint := sample(Chinese).Fault(nil); line != "" || hint != "" {
		t.Errorf("got %q, %q", line, hint)
	}
}

func TestChangingTheLanguageTellsWhoWatches(t *testing.T) {
	b := sample(Chinese)
	told := 0
	b.OnChange(func() { told++ })
	b.Speak(English)
	if told != 1 || b.Say("a.kind") != "passport" || b.Other() != Chinese {
		t.Errorf("told %d times, says %q", told, b.Say("a.kind"))
	}
}

func TestDaysAndMomentsAreWrittenAsPeopleWriteThem(t *testing.T) {
	zh, en := sample(Chinese), sample(English)
	d, today := day.MustNew(2026, 12, 1), day.MustNew(2026, 11, 23)
	at := time.Date(2026, 11, 23, 1, 12, 0, 0, time.UTC)
	for got, want := range map[string]string{
		zh.DateAndWeekday(d):                              "2026年12月1日 星期二",
		en.DateAndWeekday(d):                              "Tuesday, 1 December 2026",
		zh.ShortDate(d, today):                            "12-01",
		zh.ShortDate(day.MustNew(2024, 1, 10), today):     "2024-01-10",
		zh.Moment(at):                                     "2026-11-23 09:12",
		zh.ShortMoment(at, today):                         "11-23 09:12",
		zh.Hours(360, 45):                                 "8",
		zh.Hours(100, 45):                                 "2.22",
		zh.Yuan(48005):                                    "480.05",
		zh.Date(0) + zh.Weekday(0) + zh.DateAndWeekday(0): "",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestWhereToGoInTheSettingsIsThere: words that send somebody to a page of the settings name it as it is
// called there.
func TestWhereToGoInTheSettingsIsThere(t *testing.T) {
	ways := map[string]*regexp.Regexp{Chinese: regexp.MustCompile(`设置 ?› ?([^”」，。]+)`), English: regexp.MustCompile(`Settings ?› ?([A-Z][A-Za-z' ]+)`)}
	for lang, way := range ways {
		b := MustOpen(lang)
		tabs := map[string]bool{}
		for _, k := range b.Keys(lang) {
			if strings.HasPrefix(k, "settings.tab.") {
				tabs[b.Say(k)] = true
			}
		}
		for _, k := range b.Keys(lang) {
			for _, m := range way.FindAllStringSubmatch(b.words[lang][k], -1) {
				name := strings.TrimSpace(m[1])
				known := false
				for tab := range tabs {
					known = known || name == tab || lang == English && strings.HasPrefix(name, tab+" ")
				}
				if !known {
					t.Errorf("%s: %s sends to %q, which is no page of the settings", lang, k, name)
				}
			}
		}
	}
}
