package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xuezheng/data/service"
)

const passphrase = "窗口测试 2026"

// TestTheDeskInTheRealWindow starts the built window under Xvfb, signs in with clicks and keys,
// finds someone by a pasted Chinese name, and accepts a record. It needs XUEZHENG_XVFB=1 and the
// built program in XUEZHENG_WINDOW.
func TestTheDeskInTheRealWindow(t *testing.T) {
	program := os.Getenv("XUEZHENG_WINDOW")
	if os.Getenv("XUEZHENG_XVFB") != "1" || program == "" {
		t.Skip("no display to test on")
	}
	dir := t.TempDir()
	found(t, dir)
	d := startDisplay(t)
	start(t, d, program, "--data", dir, "--lang", "zh")

	d.wait(t, "the sign-in", func(img image.Image) bool { return isColour(img, 100, 60, 0x16, 0x30, 0x3F) })
	d.click(t, 600, 274)
	d.do(t, "xdotool", "type", "--delay", "20", "clerk")
	d.do(t, "xdotool", "key", "Tab")
	d.paste(t, passphrase)
	d.do(t, "xdotool", "key", "Return")
	d.wait(t, "the desk", func(img image.Image) bool { return isColour(img, 100, 600, 0x16, 0x30, 0x3F) })

	before := waiting(t, d)
	d.click(t, 1120, 516) // 通过学时
	d.until(t, "the record to leave the queue", func() bool { return !same(before, waiting(t, d)) })

	d.do(t, "xdotool", "key", "ctrl+k")
	d.paste(t, "王䶮")
	list := d.look(t)
	d.do(t, "xdotool", "key", "Return")
	d.until(t, "the person's file", func() bool { return !same(list, d.look(t)) })
	keep(t, d)

	d.do(t, "wmctrl", "-c", "学证")
	d.until(t, "the window to close", func() bool { return !strings.Contains(d.say("wmctrl", "-l"), "学证") })
	accepted(t, dir)
}

// found makes a store with sample people and a login whose name xdotool can type.
func found(t *testing.T, dir string) {
	t.Helper()
	ctx := context.Background()
	s, who, _, err := service.Init(ctx, service.Config{Location: dir, Machine: "test"}, service.Founding{
		Institution: "窗口测试机构", Pack: "guangxi-second-class-constructor", Administrator: "clerk", Passphrase: passphrase,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	people := service.SamplePeople(12, s.Today())
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

// accepted sees in the store that just one record was accepted.
func accepted(t *testing.T, dir string) {
	t.Helper()
	ctx := context.Background()
	s, err := service.Open(ctx, service.Config{Location: dir, Machine: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	who, err := s.Access.SignIn(ctx, "clerk", passphrase)
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Hours.PassList(ctx, who, s.Today().Year(), s.Today().Month())
	if err != nil || len(list.Rows) != 1 {
		t.Errorf("accepted in the window: got %d people, %v, want 1", len(list.Rows), err)
	}
}

// display is an X server of our own.
type display struct{ name string }

func startDisplay(t *testing.T) *display {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x900x24", "+extension", "GLX", "+render", "-noreset")
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
	d := &display{fmt.Sprintf(":%d", n)}
	start(t, d, "openbox")
	return d
}

func start(t *testing.T, d *display, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+d.name, "LANG=C.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1")
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

func (d *display) look(t *testing.T) image.Image {
	t.Helper()
	out, err := d.command("import", "-window", "root", "png:-").Output()
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	img, _, err := image.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// patience is how long something may take to appear on a slow machine.
const patience = 30 * time.Second

func (d *display) until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); {
		if time.Now().After(end) {
			keep(t, d)
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func (d *display) wait(t *testing.T, what string, is func(image.Image) bool) {
	t.Helper()
	d.until(t, what, func() bool { return is(d.look(t)) })
}

// waiting is the part of the picture that says how much waits.
func waiting(t *testing.T, d *display) image.Image {
	t.Helper()
	img := d.look(t).(interface {
		SubImage(image.Rectangle) image.Image
	})
	return img.SubImage(image.Rect(240, 170, 480, 230))
}

func isColour(img image.Image, x, y int, r, g, b uint8) bool {
	c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
	return near(c.R, r) && near(c.G, g) && near(c.B, b)
}

func near(a, b uint8) bool { return max(a, b)-min(a, b) < 12 }

func same(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

// keep saves what is on the display, for eyes, in the folder that XUEZHENG_PICTURES names.
func keep(t *testing.T, d *display) {
	dir := os.Getenv("XUEZHENG_PICTURES")
	if dir == "" {
		return
	}
	out, err := d.command("import", "-window", "root", "png:-").Output()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "window.png"), out, 0o644)
	}
	if err != nil {
		t.Log(err)
	}
}
