package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

const passphrase = "窗口测试 2026"

// TestAWholeDayInTheRealWindow starts the built window under Xvfb and does at the desk what a day
// brings, by clicks, keys, paste and files: signs in, registers someone with a rare name, takes
// their photo, confirms them, enrols them, enters hours, takes in a sheet of 10,000 rows, reviews,
// issues, prints, verifies. What the store holds afterwards is read. It needs XUEZHENG_XVFB=1 and
// the built program in XUEZHENG_WINDOW.
func TestAWholeDayInTheRealWindow(t *testing.T) {
	program := os.Getenv("XUEZHENG_WINDOW")
	if os.Getenv("XUEZHENG_XVFB") != "1" || program == "" {
		t.Skip("no display to test on")
	}
	dir, home := t.TempDir(), t.TempDir()
	found(t, dir)
	bring(t, home)
	d := startDisplay(t)
	d.env = []string{"HOME=" + home, "PATH=" + printer(t, home) + ":" + os.Getenv("PATH")}
	d.reader = newReader()
	start(t, d, program, "--data", dir, "--lang", "zh")

	d.signIn(t)
	d.register(t)
	d.photo(t)
	d.confirm(t)
	d.enrol(t)
	d.hours(t)
	d.importRows(t)
	d.review(t)
	d.certificate(t)
	d.verify(t)
	d.otherLanguage(t)
	keep(t, d, "day.png")

	d.do(t, "wmctrl", "-c", "学证")
	d.until(t, "the window to close", func() bool { return !strings.Contains(d.say("wmctrl", "-l"), "学证") })
	heldAfterTheDay(t, dir, home)
}

// found makes a store with sample people and a login whose name xdotool can type.
func found(t *testing.T, dir string) {
	t.Helper()
	ctx := context.Background()
	s, who, _, err := service.Init(ctx, service.Config{Location: dir, Machine: "test", Store: store.Options{Cost: servicetest.Cost}}, service.Founding{OwnReview: true,
		Institution: "窗口测试机构", Pack: "guangxi-second-class-constructor", Administrator: "clerk", Passphrase: passphrase,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	people := sample.People(12, s.Today())
	if _, err := s.Exchange.Roster(ctx, who, people.Roster, false, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Exchange.Hours(ctx, who, people.Hours, false, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Hours.SubmitAll(ctx, who); err != nil {
		t.Fatal(err)
	}
}

// display is an X server of our own.
type display struct {
	name   string
	env    []string // beside our own, for what is started on it
	reader *reader
}

func startDisplay(t *testing.T) *display {
	t.Helper()
	return startScreen(t, "1280x900x24")
}

// startScreen starts an X server with a screen of that size.
func startScreen(t *testing.T, size string) *display {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size, "+extension", "GLX", "+render", "-noreset")
	server.ExtraFiles = []*os.File{w}
	if err := server.Start(); err != nil {
		t.Fatalf("Xvfb: %v", err)
	}
	w.Close()
	t.Cleanup(func() { server.Process.Kill(); server.Wait() })
	var n int
	if _, err := fmt.Fscanln(r, &n); err != nil {
		t.Fatalf("Xvfb says no display: %v", err)
	}
	d := &display{name: fmt.Sprintf(":%d", n)}
	start(t, d, "openbox")
	return d
}

func start(t *testing.T, d *display, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+d.name, "LANG=C.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1")
	cmd.Env = append(cmd.Env, d.env...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if t.Failed() {
			t.Logf("%s said: %s", filepath.Base(name), said.String())
		}
	})
}

func (d *display) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+d.name)
	return cmd
}

func (d *display) do(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := d.command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", name, err, out)
	}
}

func (d *display) say(name string, args ...string) string {
	out, _ := d.command(name, args...).CombinedOutput()
	return string(out)
}

func (d *display) click(t *testing.T, x, y int) {
	t.Helper()
	d.do(t, "xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "1")
}

// paste puts a text on the clipboard and pastes it: xdotool loses Chinese that it types.
func (d *display) paste(t *testing.T, text string) {
	t.Helper()
	clip := d.command("xclip", "-selection", "clipboard", "-i")
	clip.Stdin = strings.NewReader(text)
	if err := clip.Run(); err != nil {
		t.Fatalf("xclip: %v", err)
	}
	before := d.look(t)
	d.do(t, "xdotool", "key", "ctrl+v")
	d.until(t, "the pasted text", func() bool { return !same(before, d.look(t)) })
}

// look is what the display shows now, fetched as plain pixels: packing and unpacking them as PNG
// would take most of a test's time.
func (d *display) look(t *testing.T) image.Image {
	t.Helper()
	out, err := d.command("import", "-window", "root", "-depth", "8", "ppm:-").Output()
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	var w, h, most int
	rest := bytes.NewReader(out)
	if _, err := fmt.Fscanf(rest, "P6\n%d %d\n%d\n", &w, &h, &most); err != nil || most != 255 || rest.Len() != 3*w*h {
		t.Fatalf("import gives no plain pixels: %d × %d, %v", w, h, err)
	}
	img, pixels := image.NewRGBA(image.Rect(0, 0, w, h)), out[len(out)-rest.Len():]
	for i := range w * h {
		copy(img.Pix[4*i:], pixels[3*i:3*i+3])
		img.Pix[4*i+3] = 255
	}
	return img
}

// patience is how long something may take to appear on a slow machine.
const patience = 3 * time.Minute

func (d *display) until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); {
		if time.Now().After(end) {
			keep(t, d, "failed-"+t.Name()+".png")
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func same(a, b image.Image) bool {
	return a.Bounds() == b.Bounds() && bytes.Equal(a.(*image.RGBA).Pix, b.(*image.RGBA).Pix)
}

// keep saves what is on the display, for eyes, in the folder that XUEZHENG_PICTURES names.
func keep(t *testing.T, d *display, name string) {
	dir := os.Getenv("XUEZHENG_PICTURES")
	if dir == "" {
		return
	}
	out, err := d.command("import", "-window", "root", "png:-").Output()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name), out, 0o644)
	}
	if err != nil {
		t.Log(err)
	}
}
