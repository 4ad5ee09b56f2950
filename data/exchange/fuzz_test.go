package exchange

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever a stranger sends is read to its end or refused with a fault, and every refused cell
// is named.
func FuzzRoster(f *testing.F) {
	text, _, _ := decodeText(testFile(f, "roster-gb18030.csv"))
	f.Add(testFile(f, "roster-gb18030.csv"))
	f.Add([]byte(text[:2000]))
	f.Add([]byte("姓名,身份证号码\n\"a\"\"b,\n"))
	f.Add([]byte("\xFF\xFE\xD3\x59\x0D\x54"))
	f.Add(asXlsx(f, text[:1500], nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := ReadRoster(b, testOptions)
		if err != nil {
			return
		}
		line := r.HeadingLine
		for row := range r.Rows() {
			if row.Line <= line {
				t.Fatalf("line %d after %d", row.Line, line)
			}
			line = row.Line
			for _, c := range row.Faults {
				if c.Fault == nil || c.Address == "" {
					t.Fatalf("a fault that says nothing: %+v", c)
				}
			}
			if !row.Refused() && (row.Name == "" || !utf8.ValidString(row.Name) || strings.ContainsAny(row.Number, " x")) {
				t.Fatalf("a bad row passed: %+v", row)
			}
		}
	})
}

func FuzzSheetXML(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="s"><v>0</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<x:row r="2"><x:c r="C2"><x:f>1+1</x:f><x:v>2</x:v></x:c><!-- > --><![CDATA[a>b]]></x:row>`))
	f.Add([]byte(`<row><c r="ZZZZ9"/><c a='>' r="B"/></row>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := rowReader{source: &xlsxSource{strings: []string{"一"}}, yield: func(_ int, cells []rawCell) bool {
			if len(cells) > MaxColumns+1 {
				t.Fatalf("%d cells", len(cells))
			}
			return true
		}}
		x := newXMLScan(strings.NewReader(string(b)))
		for {
			tok, err := x.next()
			if err != nil {
				return
			}
			if more, err := r.take(tok); err != nil || !more {
				return
			}
		}
	})
}
