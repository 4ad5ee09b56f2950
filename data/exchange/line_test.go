package exchange

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestASmallTableIsReadAsItStands(t *testing.T) {
	want := [][]string{{"年份", "2027"}, {}, {"1月1日", "休", "元旦"}}
	text := "年份,2027\n\n1月1日,休,元旦\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{"UTF-8": text, "with a mark": "\ufeff" + text, "GB18030": gb, "with tabs": strings.ReplaceAll(text, ",", "\t"), "Windows": strings.ReplaceAll(text, "\n", "\r\n")} {
		got, err := Lines([]byte(file), 1<<20)
		if err != nil || len(got) != 3 || !reflect.DeepEqual(got[0], want[0]) || !reflect.DeepEqual(got[2], want[2]) {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"nothing":       {"", ErrEmpty},
		"too much":      {strings.Repeat("x", 1<<20+1), ErrTooBig},
		"an old sheet":  {"\xD0\xCF\x11\xE0", ErrOldFormat},
		"an open quote": {"\"1月1日,休", ErrOpenQuote},
	} {
		if _, err := Lines([]byte(c.file), 1<<20); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestASmallTableFromASpreadsheetKeepsItsLines(t *testing.T) {
	f := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "年份", "B1": 2027, "A3": time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), "B3": "休"} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := Lines(b.Bytes(), 1<<20)
	if err != nil || len(got) != 3 || got[0][1] != "2027" || got[2][1] != "休" {
		t.Fatalf("got %q, %v", got, err)
	}
	if day := got[2][0]; day != "46388" && day != "2027-01-01" {
		t.Errorf("the day is %q", day)
	}
}
