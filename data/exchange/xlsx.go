package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// xlsxSource is one sheet of a workbook. The cells' own types are kept: an ID number stored as a
// number is not one stored as text, and a formula is not its result.
type xlsxSource struct {
	name     string
	part     *zip.File
	strings  []string
	from1904 bool // days are counted from 1904-01-01
}

// openXlsx finds the sheets that can be seen, in their order.
func openXlsx(b []byte) ([]source, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, ErrDamaged.Because(err)
	}
	parts := map[string]*zip.File{}
	for _, f := range z.File {
		parts[strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")] = f
	}
	book := parts["xl/workbook.xml"]
	if book == nil {
		return nil, ErrUnknownFormat
	}
	sheets, from1904, err := readWorkbook(book)
	if err != nil {
		return nil, damaged(err)
	}
	targets, err := readRelations(parts["xl/_rels/workbook.xml.rels"])
	if err != nil {
		return nil, damaged(err)
	}
	texts, err := readStrings(parts["xl/sharedStrings.xml"])
	if err != nil {
		return nil, damaged(err)
	}
	var out []source
	for _, sheet := range sheets {
		if part := parts[targets[sheet.id]]; part != nil {
			out = append(out, &xlsxSource{name: sheet.name, part: part, strings: texts, from1904: from1904})
		}
	}
	return out, nil
}

// damaged wraps what the zip or the XML says; a limit of ours stays as it is.
func damaged(err error) error {
	if errors.Is(err, ErrTooBig) || errors.Is(err, ErrTooManyColumns) || errors.Is(err, ErrTooManyRows) {
		return err
	}
	return ErrDamaged.Because(err)
}

// eachToken reads a part, at most limit bytes of it unpacked.
func eachToken(f *zip.File, limit int64, yield func(t token) (more bool, err error)) error {
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	bounded := &io.LimitedReader{R: r, N: limit}
	x := newXMLScan(bounded)
	for {
		t, err := x.next()
		if bounded.N <= 0 {
			return ErrTooBig.With(limit >> 20)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if more, err := yield(t); err != nil || !more {
			return err
		}
	}
}

// maxSmallPart bounds the parts that only say where things are.
const maxSmallPart = 4 << 20

// namedSheet is a sheet that can be seen: what it is called, and the id of its part.
type namedSheet struct{ name, id string }

func (x *xlsxSource) called() string { return x.name }

func readWorkbook(f *zip.File) (sheets []namedSheet, from1904 bool, err error) {
	err = eachToken(f, maxSmallPart, func(t token) (bool, error) {
		if t.kind != startTag {
			return true, nil
		}
		switch string(t.name) {
		case "workbookPr":
			v := t.attr("date1904")
			from1904 = v == "1" || v == "true"
		case "sheet":
			if state := t.attr("state"); state == "" || state == "visible" {
				sheets = append(sheets, namedSheet{t.attr("name"), relationID(t)})
			}
		}
		return true, nil
	})
	return sheets, from1904, err
}

// relationID is the attribute id of any prefix; r: is only the usual one.
func relationID(t token) string {
	if id := t.attr("r:id"); id != "" {
		return id
	}
	for _, a := range strings.Fields(string(t.attrs)) {
		if key, _, ok := strings.Cut(a, "="); ok && strings.HasSuffix(key, ":id") {
			return t.attr(key)
		}
	}
	return ""
}

func readRelations(f *zip.File) (map[string]string, error) {
	targets := map[string]string{}
	err := eachToken(f, maxSmallPart, func(t token) (bool, error) {
		if t.kind == startTag && string(t.name) == "Relationship" {
			target := t.attr("Target")
			if !strings.HasPrefix(target, "/") {
				target = "xl/" + target
			}
			targets[t.attr("Id")] = strings.TrimPrefix(path.Clean(target), "/")
		}
		return true, nil
	})
	return targets, err
}

// readStrings reads the texts that cells share. Phonetic readings beside them are left out.
func readStrings(f *zip.File) ([]string, error) {
	var all []byte
	var ends []int
	in := textWithin{}
	err := eachToken(f, maxSharedText, func(t token) (bool, error) {
		all = in.take(t, all)
		if t.kind == endTag && string(t.name) == "si" {
			ends = append(ends, len(all))
		}
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	text, from := string(all), 0
	out := make([]string, len(ends))
	for i, end := range ends {
		out[i], from = text[from:end], end
	}
	return out, nil
}

// textWithin gathers what stands within <t>, except within <rPh>.
type textWithin struct{ text, phonetic bool }

func (w *textWithin) take(t token, to []byte) []byte {
	if t.kind == textToken {
		if w.text && !w.phonetic {
			return append(to, t.text...)
		}
		return to
	}
	switch string(t.name) {
	case "t":
		w.text = t.kind == startTag
	case "rPh":
		w.phonetic = t.kind == startTag
	}
	return to
}

func (s *xlsxSource) rows(yield func(line int, cells []rawCell) bool) error {
	r := rowReader{source: s, yield: yield, cells: make([]rawCell, 0, MaxColumns)}
	if err := eachToken(s.part, maxUnzipped, r.take); err != nil {
		return damaged(err)
	}
	return nil
}

// rowReader puts the rows of a sheet together from its tags.
type rowReader struct {
	source  *xlsxSource
	yield   func(line int, cells []rawCell) bool
	line    int
	cells   []rawCell
	col     int // of the cell being read, from 0
	kind    string
	formula bool
	value   []byte
	inValue bool
	valued  bool // the cell has a value, be it empty
	inline  textWithin
}

var errRow = errors.New("rows out of order")

func (r *rowReader) take(t token) (more bool, err error) {
	if t.kind == textToken {
		if r.inValue {
			r.value = append(r.value, t.text...)
		} else {
			r.value = r.inline.take(t, r.value)
		}
		return true, nil
	}
	start := t.kind == startTag
	switch string(t.name) {
	case "row":
		if start {
			return true, r.beginRow(t)
		}
		return r.yield(r.line, r.cells), nil
	case "c":
		if start {
			return true, r.beginCell(t)
		}
		return true, r.endCell()
	case "f":
		r.formula = true
	case "v":
		r.inValue, r.valued = start, true
	case "t", "rPh":
		r.inline.take(t, nil)
	case "sheetData":
		return start, nil
	}
	return true, nil
}

func (r *rowReader) beginRow(t token) error {
	line := r.line + 1
	if at := t.attr("r"); at != "" {
		n, err := strconv.Atoi(at)
		if err != nil || n < line {
			return errRow
		}
		line = n
	}
	r.line, r.cells, r.col = line, r.cells[:0], -1
	return nil
}

func (r *rowReader) beginCell(t token) error {
	col := r.col + 1
	if at := t.attr("r"); at != "" {
		if col = columnOf(at); col <= r.col {
			return errRow
		}
	}
	r.col, r.kind, r.formula, r.inValue, r.valued = col, t.attr("t"), false, false, false
	r.value, r.inline = r.value[:0], textWithin{}
	return nil
}

// columnOf is the column of an address such as "C13", from 0; -1 if it has none.
func columnOf(at string) int {
	col := 0
	for i := 0; i < len(at) && at[i] >= 'A' && at[i] <= 'Z'; i++ {
		if col = col*26 + int(at[i]-'A') + 1; col > 1<<20 {
			return -1
		}
	}
	return col - 1
}

func (r *rowReader) endCell() error {
	c, err := r.cell()
	if err != nil || c.text == "" && c.kind == rawText {
		return err
	}
	if r.col > MaxColumns {
		return ErrTooManyColumns.With(MaxColumns)
	}
	for len(r.cells) < r.col {
		r.cells = append(r.cells, rawCell{})
	}
	r.cells = append(r.cells, c)
	return nil
}

var errString = errors.New("no such shared text")

func (r *rowReader) cell() (rawCell, error) {
	c := rawCell{}
	switch r.kind {
	case "s":
		if len(r.value) == 0 {
			break
		}
		n, err := strconv.Atoi(string(r.value))
		if err != nil || n < 0 || n >= len(r.source.strings) {
			return c, errString
		}
		c = textCell(r.source.strings[n])
	case "inlineStr", "d":
		c = textCell(string(r.value))
	case "str", "b":
		c.text = string(r.value)
	case "e":
		c = rawCell{string(r.value), rawError}
	default:
		if len(r.value) > 0 {
			c = rawCell{r.source.number(string(r.value)), rawNumber}
		}
	}
	if r.formula {
		c.kind = rawFormula
		if c.text == "" && !r.valued {
			c.text = "=" // never worked out, so there is no telling that it is empty
		}
	}
	return c, nil
}

// number spells a number; where days are counted from 1904, what may be a date is counted anew.
func (s *xlsxSource) number(v string) string {
	if s.from1904 {
		if n, err := strconv.ParseFloat(v, 64); err == nil && n >= 20000-1462 && n < 80000-1462 {
			return numberText(strconv.FormatFloat(n+1462, 'f', -1, 64))
		}
	}
	return numberText(v)
}
