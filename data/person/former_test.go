package person

import (
	"errors"
	"testing"
)

// The number that Wei has now, that Chen had until it was corrected, and that Lu had too, called Li then.
var (
	wei  = Bearer{ID: "wei", Name: "韦青禾"}
	chen = Bearer{ID: "chen", Name: "陈娜", Number: &Former{ID: "n1"}, Names: []Former{{ID: "c2", Old: "陈南"}, {ID: "c1", Old: "陈楠"}}}
	lu   = Bearer{ID: "lu", Name: "陆䶮", Number: &Former{ID: "n2"}, Names: []Former{{ID: "l1", Old: "李䶮"}}}
)

func TestWhomANumberMeans(t *testing.T) {
	for title, c := range map[string]struct {
		name    string
		bearers []Bearer
		whom    string
		named   string // the id of the former name they were called by
		found   bool
		want    error
	}{
		"nobody has it":                                  {"韦青禾", nil, "", "", false, nil},
		"nobody has it, and no name":                     {"", nil, "", "", false, nil},
		"theirs, by their name":                          {"韦青禾", []Bearer{wei, chen}, "wei", "", true, nil},
		"theirs, spaces around the name":                 {" 韦青禾 ", []Bearer{wei}, "wei", "", true, nil},
		"was theirs, by their name":                      {"陈娜", []Bearer{wei, chen}, "chen", "", true, nil},
		"was theirs, by a former name":                   {"陈楠", []Bearer{wei, chen, lu}, "chen", "c1", true, nil},
		"was theirs, by the latest of the former names":  {"陈南", []Bearer{chen}, "chen", "c2", true, nil},
		"another's, by a former name of the third":       {"李䶮", []Bearer{wei, chen, lu}, "lu", "l1", true, nil},
		"a stranger's name beside a number that stands":  {"黄启明", []Bearer{wei, chen}, "wei", "", true, ErrOtherName},
		"a stranger's name beside one that was":          {"黄启明", []Bearer{chen, lu}, "", "", false, nil},
		"no name, theirs":                                {"　", []Bearer{wei, chen, lu}, "wei", "", true, nil},
		"no name, it was one person's":                   {"", []Bearer{chen}, "chen", "", true, nil},
		"no name, it was two people's: of whom is asked": {"", []Bearer{chen, lu}, "", "", false, ErrWhoOfThem},
	} {
		b, named, found, err := Whom(c.name, c.bearers)
		id := ""
		if named != nil {
			id = named.ID
		}
		if string(b.ID) != c.whom || id != c.named || found != c.found || !errors.Is(err, c.want) {
			t.Errorf("%s: got %q, called %q, found %v, %v", title, b.ID, id, found, err)
		}
	}
}
