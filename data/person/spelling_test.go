package person

import (
	"slices"
	"strings"
	"testing"
)

func TestBySoundANameIsFoundAsFamiliesReadIt(t *testing.T) {
	for name, c := range map[string]struct{ pinyin, terms string }{
		"韦青禾":        {"wei qing he", "韦青禾 青禾 weiqinghe wqh"},
		"覃美玲":        {"qin mei ling", "覃美玲 美玲 qinmeiling qml tanmeiling tml"},
		"曾覃":         {"zeng tan", "曾覃 覃 zengtan zt"}, // not a surname there
		"宁静":         {"ning jing", "宁静 静 ningjing nj"},
		"欧阳青禾":       {"ou yang qing he", "欧阳青禾 青禾 ouyangqinghe oyqh"},
		"单":          {"shan", "单 shan s"},
		"阿布都·克里木":    {"a bu dou ke li mu", "阿布都·克里木 abudoukelimu abdklm"},
		"Anna Maria": {"", "annamaria"},
		" 韦 青禾 ":     {"wei qing he", "韦青禾 青禾 weiqinghe wqh"},
	} {
		if got := Pinyin(name); got != c.pinyin {
			t.Errorf("%q is spelled %q, want %q", name, got, c.pinyin)
		}
		if got := Terms(name, c.pinyin); !slices.Equal(got, strings.Fields(c.terms)) {
			t.Errorf("%q is found by %q, want %q", name, got, c.terms)
		}
	}
}
