package policy

import "testing"

func TestThePackOfGuangxiLoads(t *testing.T) {
	_, b, err := Shipped("guangxi-second-class-constructor")
	if err != nil {
		for _, p := range Check(b) {
			t.Errorf("%+v\n%s", p, p.Excerpt)
		}
	}
}
