package paper

import (
	"runtime"
	"strings"
	"testing"
)

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestLinesLoseNothingAndKeepTheirRules(t *testing.T) {
	st := style{size: 10}
	text := "根据《建设工程质量管理条例》（国务院令第279号）、“二级建造师”继续教育的有关规定，GB 50300-2013 与 Building-Information-Modelling 课程；阿布都·克里木·买买提，张𬱖！"
	for width := 12.0; width < 120; width += 1.7 {
		lines := wrap(text, st, width)
		if strings.Join(lines, "") != text {
			t.Fatalf("at %.1f mm something was lost or added: %q", width, lines)
		}
		for i, l := range lines {
			runes := []rune(l)
			if width > 30 && i > 0 && strings.ContainsRune(noStart, runes[0]) {
				t.Errorf("at %.1f mm a line begins with %c", width, runes[0])
			}
			if width > 30 && i < len(lines)-1 && strings.ContainsRune(noEnd, runes[len(runes)-1]) {
				t.Errorf("at %.1f mm a line ends with %c", width, runes[len(runes)-1])
			}
			if w := textWidth(strings.TrimRight(l, " "), st); w > width+0.01 && len(runes) > 1 {
				t.Errorf("at %.1f mm a line is %.1f mm wide", width, w)
			}
		}
	}
}

func TestFiguresAndLatinWordsStayWhole(t *testing.T) {
	for _, l := range wrap("证书编号GXJ-2026-000123有效", style{size: 10}, 32) {
		if strings.Contains(l, "GXJ") && !strings.Contains(l, "000123") {
			t.Errorf("cut inside the number: %q", l)
		}
	}
}

func FuzzCheckText(f *testing.F) {
	for _, s := range append(rareNames, "a\xff", "\u200d", "\uFFFD", "\U0010FFFF") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if CheckText(s) != nil {
			return
		}
		for _, width := range []float64{1, 20, 90} {
			if strings.Join(wrap(s, style{font: bold, size: 9}, width), "") != s {
				t.Errorf("%q lost something", s)
			}
		}
	})
}
