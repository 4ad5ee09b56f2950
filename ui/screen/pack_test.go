package screen_test

import (
	"testing"

	"xuezheng/data/policy"
	"xuezheng/ui/word"
)

// A pack's figures are shown by name before it is installed: a name nobody worded is a code.
func TestEveryFigureOfEveryShippedPackHasWords(t *testing.T) {
	for _, lang := range word.Languages {
		book, named := word.MustOpen(lang), 0
		for _, name := range policy.ShippedNames() {
			p, _, err := policy.Shipped(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range p.Figures {
				if named++; !book.Has("policy.figure." + f.Name) {
					t.Errorf("%s, %s: %s has no words", lang, name, f.Name)
				}
			}
		}
		if named < 20 {
			t.Errorf("only %d figures were looked at", named)
		}
	}
}
