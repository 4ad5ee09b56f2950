package model

import (
	"errors"
	"testing"
)

// older is a store that is without some lines until somebody goes on with it.
type older struct {
	lost     []LostLines
	accepted int
	no       error
}

func (o *older) LostLines() ([]LostLines, error) { return o.lost, o.no }
func (o *older) AcceptOlder() error {
	if o.no == nil {
		o.accepted++
	}
	return o.no
}

func TestWhoGoesOnWithAnOlderStoreSeesWhatIsLost(t *testing.T) {
	o := &older{}
	m := NewAuditOlder(o, Now, nil)
	if m.Accept(); !m.Loaded || m.CanAccept() || o.accepted > 0 {
		t.Errorf("nothing is lost: %+v, went on %d times", m, o.accepted)
	}
	o.lost = []LostLines{{Chain: "前台 02", From: 51, To: 60}}
	m = NewAuditOlder(o, Now, nil)
	if len(m.Lost) != 1 || !m.CanAccept() || m.Done {
		t.Fatalf("lost %+v, can go on %v, done %v", m.Lost, m.CanAccept(), m.Done)
	}
	o.no = errors.New("the disk went away")
	if m.Accept(); m.Done || m.Problem() == nil {
		t.Errorf("not kept: done %v, %v", m.Done, m.Problem())
	}
	o.no = nil
	m.Accept()
	m.Accept()
	if !m.Done || m.CanAccept() || o.accepted != 1 {
		t.Errorf("done %v, went on %d times", m.Done, o.accepted)
	}
}
