package paper

import (
	"bytes"
	"testing"

	"xuezheng/data/day"
)

func TestANoteIsOnePageOfText(t *testing.T) {
	var b bytes.Buffer
	n := Note{Title: "测试页", From: "建设继续教育中心", Facts: [][2]string{{"打印机", "HP-2"}}, Text: []string{"能看清这一行，打印机就是好的。"}, On: day.MustNew(2026, 11, 23)}
	if err := DrawNote(&b, n); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) {
		t.Fatalf("got %d bytes, %v", b.Len(), err)
	}
	n.Text = []string{"\x00"}
	if err := DrawNote(&b, n); err == nil {
		t.Error("drew what is no text")
	}
}
