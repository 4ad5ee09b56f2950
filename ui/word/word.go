// Package word turns keys into words, in Chinese or English: what a button says, what a screen
// is called, and how a fault is put to the person it concerns. It is the only place, with
// assets/words behind it, where the program's language lives.
package word

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"xuezheng/assets"
)

// The languages.
const (
	Chinese = "zh"
	English = "en"
)

// Languages are those the program speaks, first choice first.
var Languages = []string{Chinese, English}

// Book says keys in one language, which may be changed while the program runs. Many may read
// it at once.
type Book struct {
	words   map[string]map[string]string // language, key
	twice   []string                     // keys that two files word differently
	now     atomic.Pointer[string]
	mu      sync.Mutex
	changed []func()
}

// Open reads the words shipped with the program and speaks lang; anything but English is
// Chinese.
func Open(lang string) (*Book, error) {
	b := &Book{words: map[string]map[string]string{Chinese: {}, English: {}}}
	for _, l := range Languages {
		if err := b.readScreens(l); err != nil {
			return nil, err
		}
	}
	names, err := fs.Glob(assets.Files, "words/fragments/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := b.readFragment(name); err != nil {
			return nil, err
		}
	}
	b.Speak(lang)
	return b, nil
}

// MustOpen is Open for programs and tests: the words are part of the program, so only a
// programmer can break them.
func MustOpen(lang string) *Book {
	b, err := Open(lang)
	if err != nil {
		panic(err)
	}
	return b
}

// readScreens reads one language's words for screens.
func (b *Book) readScreens(lang string) error {
	var words map[string]string
	if err := readJSON("words/"+lang+".json", &words); err != nil {
		return err
	}
	b.add(lang, words)
	return nil
}

// readFragment reads what one area says, in both languages.
func (b *Book) readFragment(name string) error {
	var words map[string]map[string]string
	if err := readJSON(name, &words); err != nil {
		return err
	}
	for lang, w := range words {
		if b.words[lang] == nil {
			return fmt.Errorf("%s: unknown language %q", path.Base(name), lang)
		}
		b.add(lang, w)
	}
	return nil
}

func readJSON(name string, v any) error {
	b, err := assets.Files.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// add merges words. What was said first stays; a test shows who disagrees.
func (b *Book) add(lang string, words map[string]string) {
	for k, v := range words {
		old, ok := b.words[lang][k]
		switch {
		case !ok:
			b.words[lang][k] = v
		case old != v:
			b.twice = append(b.twice, lang+" "+k+": "+old+" / "+v)
		}
	}
}

// Language is the one spoken now.
func (b *Book) Language() string { return *b.now.Load() }

// English reports whether English is spoken now.
func (b *Book) English() bool { return b.Language() == English }

// Speak changes the language and tells everyone who watches.
func (b *Book) Speak(lang string) {
	if lang != English {
		lang = Chinese
	}
	b.now.Store(&lang)
	b.mu.Lock()
	watchers := append([]func(){}, b.changed...)
	b.mu.Unlock()
	for _, f := range watchers {
		f()
	}
}

// OnChange calls f after every change of language.
func (b *Book) OnChange(f func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.changed = append(b.changed, f)
}

// Has reports whether key is worded in both languages.
func (b *Book) Has(key string) bool {
	for _, l := range Languages {
		if _, ok := b.words[l][key]; !ok {
			return false
		}
	}
	return true
}

// Keys lists the keys of one language, sorted.
func (b *Book) Keys(lang string) []string {
	keys := make([]string, 0, len(b.words[lang]))
	for k := range b.words[lang] {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// Say words key with its figures: {0} is the first. A figure may be a number, a date, a moment,
// a name, or the key of other words. English plurals are written {0:row|rows}. A key without
// words is shown as it is, so that nothing is silently empty.
func (b *Book) Say(key string, figures ...any) string { return b.SayIn(b.Language(), key, figures...) }

// SayIn is Say in a language of choice: kiosks show the other one small beside the title.
func (b *Book) SayIn(lang, key string, figures ...any) string {
	s, ok := b.words[lang][key]
	if !ok {
		return key
	}
	return b.fill(lang, s, figures)
}

// Other is the language not spoken now.
func (b *Book) Other() string {
	if b.English() {
		return Chinese
	}
	return English
}

var slot = regexp.MustCompile(`\{(\d)(?::([^{}|]*)\|([^{}|]*))?\}`)

func (b *Book) fill(lang, s string, figures []any) string {
	if !strings.Contains(s, "{") {
		return s
	}
	return slot.ReplaceAllStringFunc(s, func(m string) string {
		parts := slot.FindStringSubmatch(m)
		n, _ := strconv.Atoi(parts[1])
		if n >= len(figures) {
			return m
		}
		if strings.Contains(m, "|") {
			if fmt.Sprint(figures[n]) == "1" {
				return parts[2]
			}
			return parts[3]
		}
		return b.figure(lang, figures[n])
	})
}

// Fyne is what the window's own widgets say (Cut, Paste, OK …) in the language spoken now, as
// the document its translator reads.
func (b *Book) Fyne() []byte {
	const prefix = "fyne."
	own := map[string]any{}
	for k, w := range b.words[b.Language()] {
		name, ok := strings.CutPrefix(k, prefix)
		switch {
		case !ok:
		case name == "file.name" || name == "file.parent":
			own[name] = map[string]string{"other": w}
		default:
			own[name] = w
		}
	}
	doc, _ := json.Marshal(own)
	return doc
}
