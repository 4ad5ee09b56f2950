package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"xuezheng/data/day"
	"xuezheng/data/fault"
)

func TestHeadingsAreUnderstoodInAnyOrderAndSpelling(t *testing.T) {
	for name, text := range map[string]string{
		"in another order":       "联系电话,证件号码,名字\n13101064292,450105199811208158,胡国建\n",
		"with stars and spaces":  "姓 名*,身份证号（必填）,手机号码：\n胡国建,450105199811208158,13101064292\n",
		"in English":             "No,Full Name,ID Number,Mobile Phone\n1,胡国建,450105199811208158,13101064292\n",
		"by tabs":                "姓名\t公民身份号码\t手机\n胡国建\t450105199811208158\t13101064292\n",
		"unused columns between": "姓名,民族,身份证号码,学历,手机\n胡国建,汉,450105199811208158,本科,13101064292\n",
		"far below a title":      strings.Repeat("报名表,,\n,,\n", 20) + "姓名,身份证号码,手机\n胡国建,450105199811208158,13101064292\n",
	} {
		r, err := ReadRoster([]byte(text), testOptions)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		rows := slices.Collect(r.Rows())
		if len(rows) != 1 || rows[0].Refused() || rows[0].Name != "胡国建" || rows[0].Number != "450105199811208158" || rows[0].Phone != "13101064292" {
			t.Errorf("%s: got %+v", name, rows)
		}
	}
}

func TestAFileThatCannotBeReadSaysWhy(t *testing.T) {
	wide := strings.Repeat("列,", 80) + "姓名,身份证号码\n"
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":             {nil, ErrEmpty},
		"a picture":           {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), ErrUnknownFormat},
		"an old xls":          {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more"), ErrOldFormat},
		"a cut xlsx":          {asXlsx(t, "姓名,身份证号码\n", nil)[:900], ErrDamaged},
		"no heading":          {[]byte("胡国建,450105199811208158\n"), ErrNoHeading},
		"no column of number": {[]byte("姓名,手机,单位\n胡国建,13101064292,广西\n"), ErrNoColumn},
		"one column twice":    {[]byte("姓名,身份证号码,手机,联系电话\n胡国建,450105199811208158,1,2\n"), ErrColumnTwice},
		"an open quote":       {[]byte("序号,\"姓名,身份证号码\n"), ErrOpenQuote},
		"too many columns":    {[]byte(wide), ErrTooManyColumns},
		"too big":             {make([]byte, MaxFileBytes+1), ErrTooBig},
	} {
		if _, err := ReadRoster(c.file, testOptions); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestACellThatCannotBeTakenIsNamed(t *testing.T) {
	const head = "姓名,身份证号码,注册日期,有效期至,主项专业,工作单位\n"
	for name, c := range map[string]struct {
		row, address string
		want         *fault.Fault
	}{
		"no such day":          {"胡国建,450105199811208158,2025-02-30,,建筑工程,", "C2", ErrNotADate},
		"dates the other way":  {"胡国建,450105199811208158,2025-02-03,2024-02-02,建筑工程,", "D2", ErrDateOrder},
		"no registration date": {"胡国建,450105199811208158,,,建筑工程,", "C2", ErrMissing},
		"a long cell":          {"胡国建,450105199811208158,2025-02-03,,建筑工程," + strings.Repeat("广", 1001), "F2", ErrLongCell},
		"one comma too many":   {"胡国建,450105199811208158,2025-02-03,,建筑工程,广西,南宁", "G2", ErrShifted},
		"a command":            {"胡国建,450105199811208158,2025-02-03,,建筑工程,@SUM(1)", "F2", ErrFormula},
		"lost letters":         {"胡国建,450105199811208158,2025-02-03,,建筑工程,\uFFFD西", "F2", ErrLostLetters},
	} {
		r, err := ReadRoster([]byte(head+c.row+"\n"), testOptions)
		check(t, err)
		rows := slices.Collect(r.Rows())
		if len(rows) != 1 || len(rows[0].Faults) != 1 || !errors.Is(rows[0].Faults[0].Fault, c.want) || rows[0].Faults[0].Address != c.address {
			t.Errorf("%s: got %+v, want %v at %s", name, rows[0].Faults, c.want.Key, c.address)
		}
	}
}

func TestDatesAreReadInManySpellings(t *testing.T) {
	for _, s := range []string{
		"2025-06-04", "2025-6-4", "2025/6/4", "2025.06.04", "20250604", "2025年6月4日", "2025 年 6 月 4 日", "2025年06月04",
		"２０２５－０６－０４", "2025-06-04 00:00:00", "2025/6/4 8:30", "2025-06-04T00:00:00Z", "45812", "45812.5", "2025-06-04,",
	} {
		if d, ok := repairDate(s); !ok || d.String() != "2025-06-04" {
			t.Errorf("%s: got %v, %v", s, d, ok)
		}
	}
	for _, s := range []string{"2025-13-01", "2025-02-29", "4/6/2025", "06-04", "2025", "2025-6", "昨天", "2025-06-04x", "20250230", "19999"} {
		if d, ok := repairDate(s); ok {
			t.Errorf("%s taken for %v", s, d)
		}
	}
}

func TestEmptyRowsAndRepeatedHeadingsAreNoRows(t *testing.T) {
	text := "序号,姓名,身份证号码\n1,胡国建,450105199811208158\n\n2,,\n,　,\n序号,姓名,身份证号码\n3,黄芳,450902200104213038\n"
	r, err := ReadRoster([]byte(text), testOptions)
	check(t, err)
	var lines []int
	for row := range r.Rows() {
		lines = append(lines, row.Line)
	}
	if !slices.Equal(lines, []int{2, 7}) {
		t.Errorf("lines: got %v, want 2 and 7", lines)
	}
}

func TestUTF16IsReadToo(t *testing.T) {
	b, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte("姓名\t身份证号码\n陈　娜\t'451002197810018536\n"))
	check(t, err)
	r, err := ReadRoster(b, testOptions)
	check(t, err)
	rows := slices.Collect(r.Rows())
	if len(rows) != 1 || rows[0].Name != "陈娜" || rows[0].Number != "451002197810018536" {
		t.Errorf("got %+v", rows)
	}
}

func TestOnlyTheSheetWithAHeadingIsRead(t *testing.T) {
	f := excelize.NewFile()
	check(t, f.SetCellStr("Sheet1", "A1", "填表说明"))
	_, err := f.NewSheet("名单")
	check(t, err)
	for cell, v := range map[string]string{"B2": "姓名", "C2": "身份证号码", "D2": "注册日期", "B3": "黄芳", "C3": "450902200104213038", "BZ3": "备注在表外"} {
		check(t, f.SetCellStr("名单", cell, v))
	}
	check(t, f.SetCellFloat("名单", "D3", 45812, 0, 64))
	var b bytes.Buffer
	check(t, f.Write(&b))
	r, err := ReadRoster(b.Bytes(), testOptions)
	check(t, err)
	for row := range r.Rows() {
		t.Errorf("a cell far outside the table passed: %+v", row)
	}
	if !errors.Is(r.Err(), ErrTooManyColumns) {
		t.Errorf("got %v", r.Err())
	}
}

func TestADateCountedFrom1904(t *testing.T) {
	f := excelize.NewFile()
	yes := true
	check(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	for cell, v := range map[string]string{"A1": "姓名", "B1": "身份证号码", "C1": "注册日期", "A2": "黄芳", "B2": "450902200104213038"} {
		check(t, f.SetCellStr("Sheet1", cell, v))
	}
	check(t, f.SetCellFloat("Sheet1", "C2", 45812-1462, 0, 64))
	var b bytes.Buffer
	check(t, f.Write(&b))
	r, err := ReadRoster(b.Bytes(), testOptions)
	check(t, err)
	for row := range r.Rows() {
		if row.From.String() != "2025-06-04" {
			t.Errorf("got %v", row.From)
		}
	}
}

func TestWhatIsWrittenReadsBackAsText(t *testing.T) {
	heading := []string{"姓名", "证件号码", "说明"}
	rows := [][]string{{"覃𠅤", "4502**********7738", "=1+1"}, {"a<b&c", "@SUM(A1)", " 两行\n\"引\""}}
	var x, c bytes.Buffer
	check(t, WriteTable(&x, "合格名单: 2026/11", heading, slices.Values(rows)))
	check(t, WriteCSV(&c, heading, slices.Values(rows)))
	f, err := excelize.OpenReader(&x)
	check(t, err)
	got, err := f.GetRows(f.GetSheetName(0))
	check(t, err)
	if want := append([][]string{heading}, rows...); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("xlsx: got %q, want %q", got, want)
	}
	if s, _ := f.GetCellFormula(f.GetSheetName(0), "C2"); s != "" {
		t.Errorf("a text became the formula %s", s)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(c.String(), "\ufeff"))).ReadAll()
	check(t, err)
	if records[1][2] != "'=1+1" || records[2][1] != "'@SUM(A1)" || records[2][2] != " 两行\n\"引\"" {
		t.Errorf("csv: got %q", records)
	}
}

func TestMarkedCellsAreTextInColour(t *testing.T) {
	var b bytes.Buffer
	rows := [][]Marked{{{Text: "=cmd|' /C calc'!A0"}, {Text: "✗ 58 KB", Mark: MarkBad}, {Text: "? ", Mark: MarkLook}}, {{Text: "+1"}, {}, {Text: "@x"}}}
	check(t, WriteMarked(&b, "照片检查", []string{"文件", "大小", "反光"}, slices.Values(rows)))
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	check(t, err)
	defer f.Close()
	got, err := f.GetRows("照片检查")
	check(t, err)
	if len(got) != 3 || got[1][0] != "=cmd|' /C calc'!A0" || got[1][1] != "✗ 58 KB" || got[2][0] != "+1" || got[2][2] != "@x" {
		t.Errorf("got %q", got)
	}
	if formula, err := f.GetCellFormula("照片检查", "A2"); formula != "" || err != nil {
		t.Errorf("a formula: %q, %v", formula, err)
	}
	plain, err := f.GetCellStyle("照片检查", "A2")
	check(t, err)
	bad, err := f.GetCellStyle("照片检查", "B2")
	check(t, err)
	look, err := f.GetCellStyle("照片检查", "C2")
	check(t, err)
	if plain == bad || bad == look || plain == look {
		t.Errorf("the marks look alike: %d, %d, %d", plain, bad, look)
	}
}

func TestAPassListHasItsTitleAboveTheHeading(t *testing.T) {
	var b bytes.Buffer
	check(t, WritePassList(&b, "2026年11月合格名单", []string{"姓名", "证件号码"}, slices.Values([][]string{{"黄芳", "4509**********3038"}})))
	f, err := excelize.OpenReader(&b)
	check(t, err)
	got, _ := f.GetRows(f.GetSheetName(0))
	if fmt.Sprint(got) != "[[2026年11月合格名单] [] [姓名 证件号码] [黄芳 4509**********3038]]" {
		t.Errorf("got %v", got)
	}
}

func TestAnEndlessSheetIsStopped(t *testing.T) {
	r, err := ReadRoster([]byte("姓名,身份证号码\n"+strings.Repeat("a,1\n", MaxRows+1)), testOptions)
	check(t, err)
	n := 0
	for range r.Rows() {
		n++
	}
	if n != MaxRows || !errors.Is(r.Err(), ErrTooManyRows) {
		t.Errorf("got %d rows, %v", n, r.Err())
	}
	file := asXlsx(t, strings.Repeat("a,1\n", 1000), nil)
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	check(t, err)
	for _, part := range z.File {
		if err := eachToken(part, 100, func(token) (bool, error) { return true, nil }); part.UncompressedSize64 > 100 && !errors.Is(err, ErrTooBig) {
			t.Errorf("%s unpacks to more than its limit: %v", part.Name, err)
		}
	}
}

// TestOfSeveralRostersInOneWorkbookNoneIsTaken: nobody but a person can say which is meant, and nobody is left
// out without a word.
func TestOfSeveralRostersInOneWorkbookNoneIsTaken(t *testing.T) {
	heading := [][]string{{"姓名", "身份证号码", "专业", "注册日期"}}
	somebody := append(slices.Clone(heading), []string{"韦志远", "450103198803124213", "建筑工程", "2026-01-05"})
	book := func(sheets map[string][][]string, order ...string) []byte {
		t.Helper()
		f := excelize.NewFile()
		defer f.Close()
		for i, name := range order {
			if i == 0 {
				f.SetSheetName("Sheet1", name)
			} else if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			for r, row := range sheets[name] {
				if err := f.SetSheetRow(name, "A"+strconv.Itoa(r+1), &row); err != nil {
					t.Fatal(err)
				}
			}
		}
		b, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	sheets := map[string][][]string{"房建": somebody, "市政": somebody, "空表": heading, "说明": {{"请按此格式填写"}}}
	for name, order := range map[string][]string{"one": {"房建"}, "one and a note": {"说明", "房建"}, "one, and one that was never filled in": {"空表", "房建"}} {
		if s, err := ReadRoster(book(sheets, order...), Options{Today: day.MustNew(2026, 11, 23), Specialties: []string{"建筑工程"}}); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if rows := slices.Collect(s.Rows()); len(rows) != 1 || rows[0].Name != "韦志远" {
			t.Errorf("%s: %d rows", name, len(rows))
		}
	}
	_, err := ReadRoster(book(sheets, "房建", "说明", "市政", "空表"), Options{Today: day.MustNew(2026, 11, 23)})
	var f *fault.Fault
	if !errors.Is(err, ErrSeveralSheets) || !errors.As(err, &f) || !reflect.DeepEqual(f.Figures, []any{[]string{"房建", "市政"}, 2}) {
		t.Errorf("two: %v", err)
	}
}
