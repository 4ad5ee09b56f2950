package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"xuezheng/data/store"
	"xuezheng/ui/word"
)

// everyCommand are all commands in that language.
func everyCommand(lang string) (list []*cobra.Command) {
	c, _ := talking(lang)
	var add func(*cobra.Command)
	add = func(cmd *cobra.Command) {
		list = append(list, cmd)
		for _, sub := range cmd.Commands() {
			add(sub)
		}
	}
	add(c.root())
	return list
}

func TestHelpSaysWhatEveryCommandAndFlagIsInBothLanguages(t *testing.T) {
	wordless := regexp.MustCompile(`\b(ctl|enrolment|identity|kiosk)\.[a-z.-]+\b|\{\d\}`)
	for _, lang := range []string{"zh", "en"} {
		list := everyCommand(lang)
		if len(list) < 100 {
			t.Fatalf("only %d commands", len(list))
		}
		for _, cmd := range list {
			var help bytes.Buffer
			cmd.SetOut(&help)
			if err := cmd.Help(); err != nil {
				t.Fatal(err)
			}
			if w := wordless.FindString(help.String()); w != "" {
				t.Errorf("%s: the help of %q shows %s", lang, cmd.CommandPath(), w)
			}
			if cmd.Short == "" {
				t.Errorf("%s: %q is not said", lang, cmd.CommandPath())
			}
		}
	}
}

// TestEveryCommandRefusesWordsItDoesNotTake gives every command one word more than it takes, every group a
// command it doesn't have, and both a flag that is none: each is refused before anything is opened, and
// said in the language asked for.
func TestEveryCommandRefusesWordsItDoesNotTake(t *testing.T) {
	latin := regexp.MustCompile(`(?i)\b(unknown|accepts|arg|args|shorthand|requires|syntax)\b`)
	for _, lang := range []string{"zh", "en"} {
		for _, cmd := range everyCommand(lang) {
			path := strings.Fields(cmd.CommandPath())[1:]
			most := takes(cmd.Use)
			switch {
			case cmd.HasSubCommands():
				most = 0
			case most < 0:
				most = -1
			}
			for name, extra := range map[string][]string{
				"a word": append(slices.Repeat([]string{"x"}, max(most, 0)), "zuviel"), "a flag": {"--zuviel"}, "a short flag": {"-Z"}, "a flag that is none": {"--=zuviel"},
			} {
				if name == "a word" && most < 0 {
					continue
				}
				var out, errs bytes.Buffer
				code := run(append(append([]string{"--lang", lang}, path...), extra...), strings.NewReader(""), &out, &errs)
				said := strings.TrimSpace(errs.String())
				if code != exitUsage || said == "" || out.Len() > 0 || name != "a short flag" && !strings.Contains(said, "zuviel") {
					t.Errorf("%s: %q with %s: exit %d, %q", lang, cmd.CommandPath(), name, code, said)
				}
				if lang == "zh" && latin.MatchString(said) {
					t.Errorf("%q with %s: %q", cmd.CommandPath(), name, said)
				}
			}
		}
		var out, errs bytes.Buffer
		if code := run([]string{"--lang", lang, "help", "zuviel"}, strings.NewReader(""), &out, &errs); code != exitUsage || !strings.Contains(errs.String(), "zuviel") {
			t.Errorf("%s: help of nothing: exit %d, %q", lang, code, errs.String())
		}
	}
}

func TestHowManyWordsACommandTakes(t *testing.T) {
	for use, want := range map[string]int{"list": 0, "show NUMBER": 1, "role NAME ROLE": 2, "bench [FILE FILE]": 2, "own-review [allow | refuse]": 1, "check FILE|DIR…": -1, "fit FILE|DIR": 1} {
		if got := takes(use); got != want {
			t.Errorf("%q: got %d, want %d", use, got, want)
		}
	}
}

func TestEverythingTheCommandLineSaysHasWords(t *testing.T) {
	c, _ := talking("en")
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`(?:\.say|\.progress|, key =|key :?=|key =|result :?=|\.long\(cmd,)[( ]+"([a-z][a-z0-9.-]+[a-z0-9])"\s*[,)\n]`)
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(b), -1) {
			found++
			if !c.book.Has(m[1]) {
				t.Errorf("%s says %s, which has no words", name, m[1])
			}
		}
	}
	if found < 200 {
		t.Errorf("only %d things said were found", found)
	}
}

func TestTheManPagesTellOfEveryCommand(t *testing.T) {
	out := t.TempDir()
	for _, lang := range []string{"zh", "en"} {
		dir := filepath.Join(out, lang)
		var said bytes.Buffer
		if code := run([]string{"--lang", lang, "man", "--out", dir}, strings.NewReader(""), &said, &said); code != exitDone {
			t.Fatalf("%d: %s", code, said.String())
		}
		for _, page := range []string{"xuezhengctl-ticket-merge-preview.1", "xuezhengctl-photo-check.1", "xuezhengctl-identity-online.1", "xuezhengctl-kiosk-take-in.1", "xuezhengctl-material-hand-in.1", "xuezhengctl-venue-plan.1"} {
			if b, err := os.ReadFile(filepath.Join(dir, page)); err != nil || bytes.Contains(b, []byte("ctl\\&.")) {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
}

func TestEveryKindOfRowOfAPersonHasWords(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		book := word.MustOpen(lang)
		for _, k := range store.RowKinds() {
			if key := "person.kind." + k.Table; k.Whose != "" && book.Say(key) == key {
				t.Errorf("%s: %s has no words", lang, key)
			}
			if key := "person.fate." + string(k.OnDelete); k.Whose != "" && book.Say(key) == key {
				t.Errorf("%s: %s has no words", lang, key)
			}
		}
	}
}
