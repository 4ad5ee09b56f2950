package paper

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xuezheng/data/day"
)

func samplePassList(n int) PassList {
	p := PassList{Languages: "zh,en", Institution: "桂林市漓江建设职业培训学校", Programme: "二级建造师继续教育",
		Month: day.MustNew(2026, 10, 1), PublishOn: day.MustNew(2026, 11, 2), Published: day.MustNew(2026, 11, 2), Latest: day.MustNew(2026, 11, 27)}
	names := []string{"张𬱖", "刘㛃", "王䶮", "阿布都·克里木·买买提", "覃𠅤", "韦小兰"}
	for i := range n {
		p.Passes = append(p.Passes, Pass{Name: names[i%len(names)], MaskedNumber: fmt.Sprintf("4501**********%04d", 4217+i),
			Unit: "广西桂建工程有限责任公司", Specialty: "建筑工程", Hundredths: 12000 + i%2*6000, Needed: 12000 + i%2*12000, Ready: i%2 == 0, Accepted: day.MustNew(2026, 10, 8+i%20)})
	}
	return p
}

// preview is a list that is not published yet.
func preview(n int) PassList {
	p := samplePassList(n)
	p.Published = 0
	return p
}

// takenBack is a published list, somebody of which was deleted since, and of another something withdrawn.
func takenBack() PassList {
	p := samplePassList(3)
	p.Passes[0] = Pass{Specialty: "建筑工程", Hundredths: 3000, Needed: 12000, Accepted: p.Passes[0].Accepted, Deleted: true}
	p.Passes[1].Withdrawn = 2
	return p
}

func TestAPublishedListIsNoPreview(t *testing.T) {
	var b bytes.Buffer
	if err := DrawPassList(&b, samplePassList(3)); err != nil {
		t.Fatal(err)
	}
	if text := textOf(t, b.Bytes()); strings.Contains(text, "预览") || strings.Contains(text, "合格") {
		t.Errorf("it says %s", text)
	}
}

// TestPaperPassListsForEyes keeps the lists in the folder that XUEZHENG_PICTURES names.
func TestPaperPassListsForEyes(t *testing.T) {
	dir := os.Getenv("XUEZHENG_PICTURES")
	if dir == "" {
		t.Skip("XUEZHENG_PICTURES names no folder")
	}
	zh := preview(3)
	zh.Languages = "zh"
	for name, p := range map[string]PassList{"published": samplePassList(40), "preview": preview(3), "preview-zh": zh, "taken-back": takenBack()} {
		var b bytes.Buffer
		if err := DrawPassList(&b, p); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "pass-list-"+name+".pdf"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func sampleSlip() Slip {
	return Slip{Languages: "zh,en", Institution: "桂林市漓江建设职业培训学校", Phone: "0773-5550123", Name: "覃𠅤",
		MaskedNumber: "4503**********0614", Programme: "二级建造师继续教育", Case: "2026-1103-0042", Place: "桂林市七星区学院路 8 号 报名大厅 2 号窗口",
		On: day.MustNew(2026, 11, 25), Slot: "09:00–09:30", QR: "XZC:2026-1103-0042", IssuedOn: day.MustNew(2026, 11, 22),
		Bring: []string{"本人居民身份证原件", "二级建造师注册证书原件；注册证书遗失的，携带资格证书原件及加盖单位公章的说明", "学历证书原件"}}
}

func sampleDone() Done {
	return Done{Languages: "zh,en", Institution: "襄阳市招生考试院", Phone: "0710-3456789", Name: "阿布都·克里木·买买提", MaskedNumber: "6501**********0338",
		Programme: "高等教育自学考试", Place: "襄阳现场确认点", At: "14:26", Ticket: "060126000019", On: day.MustNew(2026, 11, 23)}
}

func sampleReceipt(items int) Receipt {
	r := Receipt{Languages: "zh,en", Institution: "桂林市漓江建设职业培训学校", Number: "SJ-2026-000731", Payer: "阿布都·克里木·买买提",
		MaskedNumber: "6501**********0338", Programme: "二级建造师继续教育", Method: "现场刷卡", PaidOn: day.MustNew(2026, 11, 22),
		Opens: day.MustNew(2026, 11, 22), Ends: day.MustNew(2027, 5, 22), InvoiceTitle: "广西桂建工程有限责任公司", TaxNumber: "91450300MA5XXXXX0X"}
	for i := range items {
		r.Items = append(r.Items, ReceiptItem{What: fmt.Sprintf("选修课程 第 %d 门：装配式混凝土结构施工技术", i+1), For: "王䶮", Fen: 12050})
	}
	return r
}

func sampleNotice(sittings int) ExamNotice {
	n := ExamNotice{Languages: "zh,en", Institution: "襄阳市招生考试院", Phone: "0710-5550123", Name: "覃𠅤", MaskedNumber: "4206**********0614",
		Programme: "高等教育自学考试", District: "0600", Exam: "2027年4月考试", Ticket: "060026000012", Photo: photo, IssuedOn: day.MustNew(2026, 11, 23)}
	for i := range sittings {
		n.Sittings = append(n.Sittings, Sitting{Course: fmt.Sprintf("%05d", 18+i), CourseName: "马克思主义基本原理概论与中国近现代史纲要", On: day.MustNew(2027, 4, 10+i%2),
			Time: "09:00–11:30", Place: "襄阳市第四中学（东校区）教学楼", Room: fmt.Sprintf("%03d", 12+i), Seat: "07"})
	}
	return n
}

func TestOtherPapersSayEverythingTheyWereGiven(t *testing.T) {
	for name, c := range map[string]struct {
		draw func(*bytes.Buffer) error
		want []string
	}{
		"a list of 90 passes": {func(b *bytes.Buffer) error { return DrawPassList(b, samplePassList(90)) },
			[]string{"张𬱖", "刘㛃", "王䶮", "阿布都·克里木·买买提", "覃𠅤", "2026年11月2日", "2026年11月27日", "4501**********4306", "共90人", "2026年10月学时审核通过名单", "120/120", "180/240", "不表示已经修满"}},
		"a preview of a list": {func(b *bytes.Buffer) error { return DrawPassList(b, preview(3)) },
			[]string{"预览", "尚未公布（预览）", "2026年11月2日"}},
		"a list of which something was taken back": {func(b *bytes.Buffer) error { return DrawPassList(b, takenBack()) },
			[]string{"（已删除）", "公布后撤回2条"}},
		"a slip": {func(b *bytes.Buffer) error { return DrawSlip(b, sampleSlip()) },
			[]string{"覃𠅤", "2026-1103-0042", "09:00–09:30", "学历证书原件", "注册证书遗失的"}},
		"an exam notice without sittings": {func(b *bytes.Buffer) error { return DrawExamNotice(b, sampleNotice(0)) },
			[]string{"覃𠅤", "4206**********0614", "060026000012", "0600", "2027年4月考试", "以考试机构公布的为准", "高等教育自学考试"}},
		"an exam notice of two pages": {func(b *bytes.Buffer) error { return DrawExamNotice(b, sampleNotice(24)) },
			[]string{"00041", "035", "2027-04-11", "身份证件原件", "第2页，共2页"}},
		"a slip of a confirmation": {func(b *bytes.Buffer) error { return DrawDone(b, sampleDone()) },
			[]string{"阿布都·克里木·买买提", "6501**********0338", "060126000019", "2026-11-2314:26", "襄阳现场确认点", "0710-3456789"}},
		"a receipt": {func(b *bytes.Buffer) error { return DrawReceipt(b, sampleReceipt(3)) },
			[]string{"SJ-2026-000731", "361.50", "叁佰陆拾壹元伍角整", "2027年5月22日24:00", "91450300MA5XXXXX0X"}},
	} {
		var b, again bytes.Buffer
		if err := errors.Join(c.draw(&b), c.draw(&again)); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: drawn twice, it differs", name)
		}
		text := textOf(t, b.Bytes())
		for _, w := range c.want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: %q is not on it", name, w)
			}
		}
	}
}

// textOf is all the text of a PDF of ours, without spaces.
func textOf(t *testing.T, pdf []byte) string {
	t.Helper()
	f, err := openFile(pdf)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, page := range f.lines() {
		all.WriteString(strings.Join(page, ""))
	}
	return strings.ReplaceAll(all.String(), " ", "")
}

func TestAmountsInCapitalFigures(t *testing.T) {
	for fen, want := range map[int]string{
		0: "零元整", 5: "伍分", 50: "伍角整", 100: "壹元整", 30005: "叁佰元零伍分", 36150: "叁佰陆拾壹元伍角整",
		1000000: "壹万元整", 10050000: "壹拾万零伍佰元整", 100000000: "壹佰万元整", 123456789: "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分",
		10000000000: "壹亿元整", 10000000100: "壹亿零壹元整",
	} {
		if got := capitalAmount(fen); got != want {
			t.Errorf("%d fen: got %s, want %s", fen, got, want)
		}
	}
}
