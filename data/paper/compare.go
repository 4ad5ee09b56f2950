package paper

import (
	"bytes"
	"fmt"
	"strings"
)

// ComparePDF compares a PDF with the one drawn again from its signed document, and says where
// they differ, in lines a person can read; none means that the file is as we wrote it. Streams
// are compared after inflating, because a newer program may deflate otherwise; the file's own
// seal (its /ID) finds a byte changed without effect.
func ComparePDF(original, redrawn []byte) (differs []string) {
	if bytes.Equal(original, redrawn) {
		return nil
	}
	a, err := openFile(original)
	if err != nil {
		return []string{"文件读不出 The file cannot be read"}
	}
	b, err := openFile(redrawn)
	if err != nil {
		return []string{"重绘的文件读不出 The redrawn file cannot be read"}
	}
	differs = comparePages(a, b)
	differs = append(differs, compareObjects(a, b)...)
	if !a.sealed(original) {
		differs = append(differs, "文件在写成之后被改动 The file was changed after it was written")
	}
	if more := len(differs) - maxDiffers; more > 0 {
		differs = append(differs[:maxDiffers], fmt.Sprintf("另有 %d 处不同 %d more", more, more))
	}
	return differs
}

// maxDiffers is how many differences are told; a stranger's file may have any number.
const maxDiffers = 100

// sealed reports whether the file ends as we end it: table, trailer, and the sum of all before.
func (f *file) sealed(whole []byte) bool {
	if f.strange || len(f.objects) == 0 {
		return false
	}
	w := finisher{out: bytes.Clone(whole[:f.tailAt]), offsets: make([]int, len(f.objects)+1)}
	root := 0
	for _, o := range f.objects {
		if o.number >= len(w.offsets) || w.offsets[o.number] != 0 {
			return false
		}
		w.offsets[o.number] = o.at
		if bytes.Contains(o.head, []byte("/Type /Catalog\n")) {
			root = o.number
		}
	}
	return bytes.Equal(w.end(root), whole)
}

// compareObjects compares everything but the lengths of deflated streams.
func compareObjects(a, b *file) (differs []string) {
	if !bytes.Equal(a.head, b.head) {
		differs = append(differs, "文件开头不同 The beginning of the file differs")
	}
	if len(a.objects) != len(b.objects) {
		return append(differs, fmt.Sprintf("文件有 %d 个部分，应有 %d 个 The file has %d parts, not %d",
			len(a.objects), len(b.objects), len(a.objects), len(b.objects)))
	}
	for i, o := range a.objects {
		if same(o, b.objects[i]) {
			continue
		}
		what := partName(b.objects[i])
		differs = append(differs, what.zh+"不同 "+what.en+" differs")
	}
	return differs
}

func same(a, b object) bool {
	if a.number != b.number || a.packed != b.packed || (a.stream == nil) != (b.stream == nil) {
		return false
	}
	if !a.packed {
		return bytes.Equal(a.head, b.head) && bytes.Equal(a.stream, b.stream)
	}
	if !bytes.Equal(lengthWord.ReplaceAll(a.head, nil), lengthWord.ReplaceAll(b.head, nil)) {
		return false
	}
	if bytes.Equal(a.stream, b.stream) {
		return true
	}
	x, err := a.content(maxInflated)
	if err != nil {
		return false
	}
	y, err := b.content(maxInflated)
	return err == nil && bytes.Equal(x, y)
}

// partName says what an object is, for people.
func partName(o object) phrase {
	for _, p := range [...]struct {
		mark string
		name phrase
	}{
		{"/Subtype /Image", phrase{"照片", "The photo"}},
		{"/EmbeddedFile", phrase{"附件", "An attachment"}},
		{"/Filespec", phrase{"附件说明", "The note on an attachment"}},
		{"/Length1", phrase{"字形", "The letter shapes"}},
		{"/Font", phrase{"字体", "A font"}},
		{"/Catalog", phrase{"目录", "The catalogue"}},
		{"/Type /Page", phrase{"页面设置", "A page's settings"}},
		{"/Producer", phrase{"文件信息", "The file's information"}},
		{"/Filter /FlateDecode", phrase{"页面或字体内容", "The drawing of a page or font"}},
	} {
		if bytes.Contains(o.head, []byte(p.mark)) {
			return p.name
		}
	}
	return phrase{"文件的一部分", "A part of the file"}
}

// comparePages says which words are printed and which were signed.
func comparePages(a, b *file) (differs []string) {
	printed, signed := a.lines(), b.lines()
	for i := range max(len(printed), len(signed)) {
		var p, s []string
		if i < len(printed) {
			p = printed[i]
		}
		if i < len(signed) {
			s = signed[i]
		}
		differs = append(differs, compareLines(i+1, p, s)...)
	}
	return differs
}

// compareLines pairs the lines of one page that only one side has.
func compareLines(page int, printed, signed []string) (differs []string) {
	onlyPrinted, onlySigned := without(printed, signed), without(signed, printed)
	for i := range max(len(onlyPrinted), len(onlySigned)) {
		p, s := "—", "—"
		if i < len(onlyPrinted) {
			p = onlyPrinted[i]
		}
		if i < len(onlySigned) {
			s = onlySigned[i]
		}
		differs = append(differs, fmt.Sprintf("第 %d 页 Page %d：印的是 printed “%s”，签名的是 signed “%s”", page, page, p, s))
	}
	return differs
}

// without lists what stands in a more often than in b.
func without(a, b []string) (rest []string) {
	count := map[string]int{}
	for _, s := range b {
		count[s]++
	}
	for _, s := range a {
		if count[s]--; count[s] < 0 {
			rest = append(rest, strings.TrimSpace(s))
		}
	}
	return rest
}
