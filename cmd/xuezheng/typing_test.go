package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestChineseIsTypedThroughAnInputMethod types pinyin into the search by fcitx5. The keys that
// guide the input method reach the window as well: they must neither delete what is written nor
// leave the page.
func TestChineseIsTypedThroughAnInputMethod(t *testing.T) {
	program := os.Getenv("XUEZHENG_WINDOW")
	if os.Getenv("XUEZHENG_XVFB") != "1" || program == "" {
		t.Skip("no display to test on")
	}
	dir, home := t.TempDir(), t.TempDir()
	found(t, dir)
	d := startDisplay(t)
	d.env = []string{"HOME=" + home, "XMODIFIERS=@im=fcitx", "DBUS_SESSION_BUS_ADDRESS=" + sessionBus(t, d)}
	d.reader = newReader()
	inputMethod(t, d, home)
	start(t, d, program, "--data", dir, "--lang", "zh")

	d.sees(t, "登录账号")
	d.paste(t, "clerk") // the cursor stands in the field of the login
	d.key(t, "Tab")
	d.paste(t, passphrase)
	d.hit(t, "Return")
	d.sees(t, "按工作日期限")

	d.hit(t, "ctrl+k")
	d.composes(t, "jianzhu")
	d.key(t, "space")
	d.sees(t, "建筑")
	d.sees(t, "没有找到")
	d.composes(t, "xue")
	d.key(t, "BackSpace", "BackSpace", "BackSpace")
	d.sees(t, "建筑")
	d.composes(t, "xue")
	d.key(t, "Left", "Escape")
	d.sees(t, "建筑")
	d.key(t, "BackSpace") // now it is the field's own again
	d.sees(t, "建")
	d.composes(t, "she")
	d.key(t, "space")
	d.until(t, "one more character", func() bool {
		_, gone := d.reader.find(d.look(t), "建筑")
		return !gone
	})
	keep(t, d, "typing.png")
}

// composes types letters that the input method takes for itself, and waits until it has them:
// its own window is told of them later than ours.
func (d *display) composes(t *testing.T, letters string) {
	t.Helper()
	before := d.look(t)
	d.do(t, "xdotool", "type", "--delay", "60", letters)
	d.until(t, "the input method", func() bool { return !same(before, d.look(t)) })
	d.rests(t) // it draws what it offers after each letter
}

// rests waits until nothing moves on the display: three looks in a row that are the same.
func (d *display) rests(t *testing.T) {
	t.Helper()
	last, alike := d.look(t), 0
	d.until(t, "the display to rest", func() bool {
		pause := time.NewTimer(100 * time.Millisecond)
		defer pause.Stop()
		<-pause.C
		now := d.look(t)
		if alike++; !same(last, now) {
			alike = 0
		}
		last = now
		return alike >= 3
	})
}

// sessionBus starts a session bus of our own and gives its address.
func sessionBus(t *testing.T, d *display) string {
	t.Helper()
	bus := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address=1")
	out, err := bus.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := bus.Start(); err != nil {
		t.Fatalf("dbus-daemon: %v", err)
	}
	t.Cleanup(func() { bus.Process.Kill(); bus.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("dbus-daemon says no address: %v", err)
	}
	return strings.TrimSpace(address)
}

// inputMethod starts fcitx5 with pinyin switched on.
func inputMethod(t *testing.T, d *display, home string) {
	t.Helper()
	folder := filepath.Join(home, ".config", "fcitx5")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"config": "[Behavior]\nActiveByDefault=True\n",
		"profile": "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n\n" +
			"[Groups/0/Items/0]\nName=keyboard-us\nLayout=\n\n[Groups/0/Items/1]\nName=pinyin\nLayout=\n\n[GroupOrder]\n0=Default\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	start(t, d, "fcitx5")
	d.until(t, "fcitx5", func() bool { return strings.Contains(d.say("xprop", "-root", "XIM_SERVERS"), "fcitx") })
}
