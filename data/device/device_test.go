package device

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// office puts stand-ins for the system's programs, and only these, where programs are looked for;
// each writes what it was told to the file it returns.
func office(t *testing.T, programs map[string]string) (told string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-ins are shell scripts")
	}
	dir := t.TempDir()
	told = filepath.Join(dir, "told")
	for name, does := range programs {
		script := "#!/bin/sh\nprintf '%s\\n' " + name + " \"$@\" >> '" + told + "'\n" + does + "\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return told
}

func aPaper(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "-a paper'.pdf")
	if err := os.WriteFile(path, []byte("%PDF-1.7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func lines(t *testing.T, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

func TestAPaperGoesToTheChosenPrinter(t *testing.T) {
	told := office(t, map[string]string{"lp": "", "xdg-open": "", "open": ""})
	path := aPaper(t)
	got, err := System{To: "counter"}.Print(context.Background(), path, 3)
	if err != nil || got != Sent {
		t.Fatalf("got %q, %v", got, err)
	}
	if want := []string{"lp", "-n", "3", "-d", "counter", "--", path}; !slices.Equal(lines(t, told), want) {
		t.Errorf("lp was told %q, want %q", lines(t, told), want)
	}
}

func TestWithoutAPrintingSystemThePaperIsOpened(t *testing.T) {
	told := office(t, map[string]string{"xdg-open": "", "open": ""})
	got, err := System{}.Print(context.Background(), aPaper(t), 1)
	if err != nil || got != Opened {
		t.Fatalf("got %q, %v", got, err)
	}
	if n := len(lines(t, told)); n != 2 {
		t.Errorf("told %d things, want program and file", n)
	}
}

func TestWhenAPaperCannotBePrinted(t *testing.T) {
	paper := aPaper(t)
	for name, c := range map[string]struct {
		programs map[string]string
		path     string
		copies   int
		want     error
	}{
		"no copies":           {nil, paper, 0, ErrCopies},
		"too many copies":     {nil, paper, MaxCopies + 1, ErrCopies},
		"no such file":        {nil, paper + ".gone", 1, ErrNoFile},
		"a folder":            {nil, filepath.Dir(paper), 1, ErrNoFile},
		"nothing to print by": {nil, paper, 1, ErrNoWay},
		"the queue refuses":   {map[string]string{"lp": `echo "no such queue: $*" >&2; exit 1`}, paper, 1, ErrPrint},
	} {
		t.Run(name, func(t *testing.T) {
			office(t, c.programs)
			_, err := System{}.Print(context.Background(), c.path, c.copies)
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "paper'") {
				t.Error("the error names the file")
			}
		})
	}
}

func TestPrintersAreListedByName(t *testing.T) {
	office(t, map[string]string{"lpstat": "echo counter; echo '前台 2'"})
	got, err := System{}.List(context.Background())
	if want := []string{"counter", "前台 2"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	office(t, nil)
	if got, err := (System{}).List(context.Background()); err != nil || len(got) != 0 {
		t.Errorf("without a printing system: got %q, %v", got, err)
	}
}

func TestWindowsTriesSumatraThenTheShellThenOpens(t *testing.T) {
	all := System{To: "前台 'A'", Sumatra: `C:\Sumatra\SumatraPDF.exe`}.tries("windows", `C:\out\it's.pdf`, 2)
	if len(all) != 3 || all[0].program != `C:\Sumatra\SumatraPDF.exe` || all[1].program != "powershell" || all[2].result != Opened {
		t.Fatalf("got %+v", all)
	}
	if want := []string{"-print-to", "前台 'A'", "-print-settings", "2x,paper=A4", "-silent", `C:\out\it's.pdf`}; !slices.Equal(all[0].args, want) {
		t.Errorf("Sumatra: got %q, want %q", all[0].args, want)
	}
	if shell := all[1].args[3]; !strings.Contains(shell, `'C:\out\it''s.pdf' 2 '前台 ''A'''`) {
		t.Errorf("shell: %s", shell)
	}
	if few := (System{}).tries("windows", "a.pdf", 1); len(few) != 2 {
		t.Errorf("without Sumatra: %d ways, want 2", len(few))
	}
}

func TestAPaperInMemoryIsPrintedWithoutAFile(t *testing.T) {
	told := office(t, map[string]string{"lp": "while read -r line; do printf '%s\\n' \"$line\" >> \"$0.in\"; done"})
	err := System{To: "counter", Paper: "A5"}.PrintQuietly(context.Background(), []byte("%PDF-1.7\nsecret\n"), 1)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"lp", "-n", "1", "-d", "counter", "-o", "media=A5", "-o", "fit-to-page"}; !slices.Equal(lines(t, told), want) {
		t.Errorf("lp was told %q, want %q", lines(t, told), want)
	}
	if got := lines(t, filepath.Join(filepath.Dir(told), "lp.in")); !slices.Equal(got, []string{"%PDF-1.7", "secret"}) {
		t.Errorf("lp was handed %q", got)
	}
	office(t, map[string]string{"xdg-open": "", "open": ""})
	if err := (System{}).PrintQuietly(context.Background(), []byte("%PDF"), 1); !errors.Is(err, ErrNoWay) {
		t.Errorf("without lp: %v", err)
	}
}
