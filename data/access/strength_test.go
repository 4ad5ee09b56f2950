package access

import (
	"math"
	"strings"
	"testing"
)

func TestWhatMakesAPassphraseWeak(t *testing.T) {
	for passphrase, want := range map[string]Weakness{
		"":                             Short,
		"k7#mv2q":                      Short,
		"password":                     Common,
		"P@ssw0rd":                     Common,
		"dragon2019":                   Common,
		"iloveyou":                     Common,
		"sunshine88":                   Common,
		"5201314520":                   Common,
		"woaini1314":                   Common,
		"好好学习天天向上":                     Common,
		"中国广西南宁北京":                     StrongEnough,
		"床前明月光疑是地上霜":                   Common,
		"lanmei123456":                 OwnName,
		"LanMei@2026":                  OwnName,
		"建设继续教育中心":                     OwnName,
		"建设继续教育中心1":                    OwnName,
		"aaaaaaaaaaaa":                 Repeats,
		"abcabcabcabcabc":              Repeats,
		"好好好好好好好好好好":                   Repeats,
		"k7#mk7#mk7#m":                 Repeats,
		"abcdefghijkl":                 InARow,
		"98765432":                     InARow,
		"1qaz2wsx":                     OnKeys,
		"zaq12wsx":                     Common,
		"edcrfv741852":                 OnKeys,
		"asdfghjkl;":                   OnKeys,
		"1q2w3e4r5t":                   OnKeys,
		"19880312":                     ADay,
		"1988031219900704":             ADay,
		"13877146021":                  APhone,
		"450103198803124213":           APhone,
		"45010319880312421X":           APhone,
		"weiqinghe":                    InPinyin,
		"zhangqian":                    InPinyin,
		"rongshuxia":                   InPinyin,
		"k7mv2qpz"[:7] + " ":           Short,
		"        ":                     Short,
		"雨后山坡长满青草":                     StrongEnough,
		"柳江边上三棵榕树 2026":                StrongEnough,
		"k7#mv2qp":                     StrongEnough,
		"correct horse battery staple": StrongEnough,
		"liuzhou luosifen wo dou yao":  StrongEnough,
		"窗口测试 2026":                    StrongEnough,
	} {
		if got := Measure(passphrase, "lanmei", "建设继续教育中心"); got.Why != want {
			t.Errorf("%q: got %q with %.1f bits, want %q", passphrase, got.Why, got.Bits, want)
		}
	}
}

func FuzzMeasure(f *testing.F) {
	for _, s := range []string{"", "password", "雨后山坡长满青草", "\xff\xfe", "abcabcabc", "19880312", "45010319880312421x"} {
		f.Add(s, "li")
	}
	f.Fuzz(func(t *testing.T, passphrase, known string) {
		s := Measure(passphrase, known)
		if math.IsNaN(s.Bits) || s.Bits < 0 || s.Why == nothing {
			t.Errorf("%q: %+v", passphrase, s)
		}
	})
}

func BenchmarkMeasure(b *testing.B) {
	long := strings.Repeat("柳江 banyan 2026 ", 12)
	for b.Loop() {
		Measure(long, "lanmei", "建设继续教育中心")
	}
}
