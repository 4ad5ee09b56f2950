package main

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xuezheng/data/day"
	"xuezheng/data/identity"
	"xuezheng/data/sample"
	"xuezheng/data/service"
)

// The person of the day, invented; the number's check digit is right.
const (
	dayName   = "陆䶮"
	dayNumber = "450103198803124213"
)

// sheetRows is how many rows the sheet of the day has.
const sheetRows = 10_000

// bring puts the files of the day where a person would have them: in the home folder.
func bring(t *testing.T, home string) {
	t.Helper()
	people := sample.People(sheetRows, today())
	for name, b := range map[string][]byte{"photo.jpg": sample.Photo(3), "roster.csv": people.Roster} {
		if err := os.WriteFile(filepath.Join(home, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// printer puts a printing program on the path that keeps what it is given.
func printer(t *testing.T, home string) string {
	t.Helper()
	bin := filepath.Join(home, "bin")
	if err := os.MkdirAll(bin, 0o700); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nfor last; do :; done\ncp \"$last\" " + filepath.Join(home, "printed.pdf") + "\n"
	if err := os.WriteFile(filepath.Join(bin, "lp"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return bin
}

// sees waits until words stand still on the display, and says where.
func (d *display) sees(t *testing.T, words string) image.Point {
	t.Helper()
	return d.stands(t, "“"+words+"”", words, faces)
}

// stands waits until words are seen at one place twice running: a page may still be arriving.
func (d *display) stands(t *testing.T, what, words string, set []face) (at image.Point) {
	t.Helper()
	d.until(t, what, func() bool {
		before := at
		var ok bool
		at, ok = d.reader.findSet(d.look(t), words, set)
		return ok && at == before
	})
	return at
}

// press clicks on words.
func (d *display) press(t *testing.T, words string) {
	t.Helper()
	at := d.sees(t, words)
	d.pressAt(t, words, at.X, at.Y)
}

func (d *display) pressAt(t *testing.T, what string, x, y int) {
	t.Helper()
	d.do(t, "xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y))
	d.works(t, "a click on “"+what+"”", "click", "1")
}

// hit presses a single key that the page in front acts on.
func (d *display) hit(t *testing.T, key string) {
	t.Helper()
	d.works(t, "the key "+key, "key", key)
}

// works does something with mouse or keys once the display stands still, and again if after a long while
// nothing has come of it: what is pressed while a page is still arriving is lost, to a clerk as well.
func (d *display) works(t *testing.T, what string, args ...string) {
	t.Helper()
	before := d.settles(t)
	var again time.Time
	d.until(t, "something to come of "+what, func() bool {
		if time.Now().After(again) {
			d.do(t, "xdotool", args...)
			again = time.Now().Add(20 * time.Second)
		}
		return !same(before, d.look(t))
	})
}

// into clicks into the field under a label.
func (d *display) into(t *testing.T, name string) {
	t.Helper()
	at := d.stands(t, "the field “"+name+"”", name, label)
	d.settles(t)
	d.click(t, at.X+30, at.Y+30)
}

// settles waits until the display stands still, for a while: a camera's picture never does.
func (d *display) settles(t *testing.T) image.Image {
	t.Helper()
	before, end := d.look(t), time.Now().Add(5*time.Second)
	for now := d.look(t); !same(before, now) && time.Now().Before(end); now = d.look(t) {
		before = now
	}
	return before
}

// choose chooses a file of the home folder in the window for files.
func (d *display) choose(t *testing.T, name string) {
	t.Helper()
	d.press(t, name)
	at := d.sees(t, "取消")
	d.pressAt(t, "打开", at.X+48, at.Y) // the button beside it
}

func (d *display) key(t *testing.T, keys ...string) {
	t.Helper()
	for _, k := range keys {
		d.do(t, "xdotool", "key", k)
	}
}

func (d *display) typed(t *testing.T, text string) {
	t.Helper()
	d.do(t, "xdotool", "type", "--delay", "12", text)
}

func (d *display) signIn(t *testing.T) {
	d.sees(t, "登录账号")
	d.typed(t, "clerk") // the cursor stands in the field
	d.key(t, "Tab")
	d.paste(t, passphrase)
	d.hit(t, "Return")
	d.sees(t, "按工作日期限")
}

func (d *display) register(t *testing.T) {
	d.hit(t, "ctrl+n")
	d.sees(t, "一人一个档案，不必也不能重复登记")
	d.paste(t, dayName) // the cursor stands in the field of the name
	d.key(t, "Tab")
	d.typed(t, dayNumber[:17]+"0")
	d.sees(t, "证件号码的校验位不对") // said beside the field, while it is being written
	d.key(t, "BackSpace")
	d.typed(t, dayNumber[17:])
	d.key(t, "Tab")
	d.typed(t, "13877146021")
	d.press(t, "已读学员须知")
	d.press(t, "不勾选也能登记，由前台当面办理")
	d.press(t, "登记学员")
	d.sees(t, "报名与缴费")
}

func (d *display) photo(t *testing.T) {
	d.press(t, "证件照")
	d.press(t, "选择照片")
	d.choose(t, "photo")
	d.press(t, "程序不能判断的，由人看")
	d.sees(t, "可以用")
	d.press(t, "用这张照片")
	d.sees(t, "照片已存好")
	d.hit(t, "Escape")
}

func (d *display) confirm(t *testing.T) {
	d.sees(t, "照片已合格")
	d.press(t, "确认身份")
	d.sees(t, "检查结果")
	d.hit(t, "o")
	d.hit(t, "c")
	d.sees(t, "将记下：对照居民身份证原件")
	d.hit(t, "y")
	d.sees(t, "没有合格的证件照：先收照片") // the next case stands ready, and has no photo yet
}

func (d *display) find(t *testing.T, who string) {
	d.hit(t, "ctrl+k")
	d.key(t, "BackSpace") // what was asked last stands there, selected
	d.sees(t, "姓名、拼音、首字母")
	d.paste(t, who)
	d.sees(t, "身份已确认")
	d.hit(t, "Return")
}

func (d *display) enrol(t *testing.T) {
	d.find(t, dayName)
	d.sees(t, "身份已确认")
	d.press(t, "报名与缴费")
	d.into(t, "主项")
	d.press(t, "建筑工程")
	d.into(t, "注册证书日期")
	d.typed(t, today().AddYears(-1).String())
	d.press(t, "报名")
	d.into(t, "金额（元）")
	d.typed(t, "480")
	d.press(t, "登记缴费")
	d.sees(t, "学习中")
	d.hit(t, "Escape")
}

func (d *display) hours(t *testing.T) {
	d.press(t, "登记学时")
	d.sees(t, "刚才登记的")
	d.paste(t, "绿色施工与节能") // the cursor stands in the field of the course
	d.into(t, "学时")
	d.typed(t, "24")
	d.hit(t, "Return")
	d.sees(t, "选修 建筑工程 0 → 24")
	d.hit(t, "Escape")
	d.press(t, "提交学时 1 条")
	d.sees(t, "审核学时 1 条")
}

func (d *display) importRows(t *testing.T) {
	d.press(t, "导入表格")
	d.press(t, "选择表格")
	d.choose(t, "roster")
	d.sees(t, "将登记")
	d.press(t, fmt.Sprintf("导入 %d 行", sheetRows-12))
	d.sees(t, "导入下一张表格")
}

func (d *display) review(t *testing.T) {
	d.find(t, dayName)
	d.press(t, "审核学时 1 条")
	d.sees(t, "退回原因") // the course stands on the page before, too
	d.sees(t, "计入：选修 建筑工程 0 → 24")
	d.hit(t, "a")
	d.sees(t, "已办 1 条")
}

func (d *display) certificate(t *testing.T) {
	d.find(t, dayName)
	d.press(t, "打印学时证明")
	d.press(t, "签发证明")
	d.press(t, "确定签发")
	d.sees(t, "已签发")
	d.press(t, "打印学时证明")
	d.sees(t, "已送打印")
}

// verify brings the printed paper back.
func (d *display) verify(t *testing.T) {
	d.press(t, "查验")
	d.press(t, "选择文件")
	d.choose(t, "printed")
	d.sees(t, "证明有效")
}

func (d *display) otherLanguage(t *testing.T) {
	d.press(t, "English")
	d.sees(t, "The certificate is valid")
	d.press(t, "中文")
	d.sees(t, "证明有效")
}

// heldAfterTheDay reads in the store what the day in the window left.
func heldAfterTheDay(t *testing.T, dir, home string) {
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
	p, err := s.People.ByNumber(ctx, who, dayNumber)
	if err != nil || p.Name != dayName || p.State != identity.Confirmed {
		t.Errorf("the person of the day: %q, %q, %v", p.Name, p.State, err)
	}
	st, err := s.Hours.Standing(ctx, who, p.ID, "")
	if err != nil || len(st.Accepted.Lines) != 1 || len(st.Payments) != 1 {
		t.Errorf("accepted %d records, %d payments, %v", len(st.Accepted.Lines), len(st.Payments), err)
	}
	certificates, err := s.Certificates.List(ctx, who, p.ID)
	if err != nil || len(certificates) != 1 {
		t.Errorf("%d certificates, %v", len(certificates), err)
	}
	printed, err := os.ReadFile(filepath.Join(home, "printed.pdf"))
	if err != nil || !strings.HasPrefix(string(printed), "%PDF-") {
		t.Errorf("printed %d bytes, %v", len(printed), err)
	}
}

// today is the day in Shanghai.
func today() day.Date { return day.Of(time.Now()) }
