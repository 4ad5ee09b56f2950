package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheWindowsProgramsWork makes the whole tour with the Windows command line under wine,
// verifies its certificate, and opens the window once. XUEZHENG_WINDOWS names the folder of the
// two programs and of what wine lacks.
func TestTheWindowsProgramsWork(t *testing.T) {
	programs := os.Getenv("XUEZHENG_WINDOWS")
	if programs == "" {
		t.Skip("no Windows programs to try")
	}
	w := newWine(t, programs)
	tour := t.TempDir()
	w.run(t, "xuezhengctl.exe", "tour", "--out", inWine(tour))
	said := w.run(t, "xuezhengctl.exe", "--lang", "en", "certificate", "verify", inWine(filepath.Join(tour, "certificate.pdf")),
		"--trust", inWine(filepath.Join(tour, "issuer.key")))
	if !strings.Contains(said, "✓ Valid") {
		t.Errorf("verifying said %q", said)
	}

	d := startDisplay(t)
	d.env = w.env
	d.reader = newReader()
	start(t, d, "wine", filepath.Join(programs, "xuezheng.exe"), "--data", inWine(filepath.Join(t.TempDir(), "store")), "--lang", "zh")
	d.press(t, "培训机构前台")
	d.sees(t, "机构名称")
	keep(t, d, "windows.png")
}

// inWine is a path as programs under wine see it.
func inWine(path string) string { return "Z:" + strings.ReplaceAll(path, "/", `\`) }

// wine is a Windows of its own.
type wine struct {
	programs string
	env      []string
}

func newWine(t *testing.T, programs string) *wine {
	t.Helper()
	home := t.TempDir()
	w := &wine{programs, []string{"HOME=" + home, "WINEPREFIX=" + filepath.Join(home, "wine"), "WINEDEBUG=-all"}}
	w.command(t, "wineboot", "--init")
	t.Cleanup(func() { w.command(t, "wineserver", "--kill") })
	const lacking = "bcryptprimitives.dll"
	b, err := os.ReadFile(filepath.Join(programs, lacking))
	if err != nil {
		t.Fatal(err)
	}
	there := filepath.Join(home, "wine", "drive_c", "windows", "system32", lacking)
	if _, err := os.Stat(there); err == nil {
		return w // a newer wine brings it
	}
	if err := os.WriteFile(there, b, 0o755); err != nil {
		t.Fatal(err)
	}
	return w
}

// run runs one of the programs and gives what it said.
func (w *wine) run(t *testing.T, program string, args ...string) string {
	t.Helper()
	return w.command(t, "wine", append([]string{filepath.Join(w.programs, program)}, args...)...)
}

func (w *wine) command(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), w.env...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil && name != "wineserver" { // which says so when there is none to end
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, said.String())
	}
	return said.String()
}
