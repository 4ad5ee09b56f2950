package model

import (
	"testing"

	"xuezheng/data/hours"
	"xuezheng/data/id"
)

// folderOne holds one record and what was done with it.
type folderOne struct {
	view RecordView
	done []string
	err  error
}

func (d *folderOne) Record(id.Record) (RecordView, error) { return d.view, nil }
func (d *folderOne) RemoveHours(r id.Record, seen int) error {
	d.done = append(d.done, "remove")
	d.view.Gone = true
	return d.err
}
func (d *folderOne) TakeBack(id.Record, int) error {
	d.done = append(d.done, "take back")
	d.view.Record.State = hours.Entered
	return d.err
}
func (d *folderOne) Withdraw(_ id.Record, reason, _ string, _ int) ([]string, error) {
	d.done = append(d.done, "withdraw "+reason)
	d.view.Record.State = hours.Withdrawn
	return []string{"GX1"}, d.err
}
func (d *folderOne) Resubmit(hours.Record) error {
	d.done = append(d.done, "resubmit")
	return d.err
}

func TestWhatCanBeDoneWithARecordHangsOnWhereItStands(t *testing.T) {
	for state, want := range map[hours.State]string{
		hours.Entered: "edit remove submit ", hours.Submitted: "take-back ", hours.Accepted: "withdraw ",
		hours.Returned: "edit remove resubmit ", hours.Withdrawn: "edit resubmit ",
	} {
		for _, may := range []RecordMay{{Edit: true, Withdraw: true}, {}} {
			m := NewHoursRecord(&folderOne{view: RecordView{Record: hours.Record{State: state}}}, "r", may, Now)
			got := ""
			for _, c := range []struct {
				name string
				can  bool
			}{{"edit", m.CanEdit()}, {"remove", m.CanRemove()}, {"take-back", m.CanTakeBack()}, {"submit", m.CanSubmit()}, {"resubmit", m.CanResubmit()}, {"withdraw", m.MayWithdraw()}} {
				if c.can {
					got += c.name + " "
				}
			}
			if !may.Edit {
				want = ""
			}
			if got != want {
				t.Errorf("%s, may %+v: got %q, want %q", state, may, got, want)
			}
		}
	}
}

func TestARecordIsWithdrawnWithAReasonAfterAQuestion(t *testing.T) {
	d := &folderOne{view: RecordView{Record: hours.Record{ID: "r", State: hours.Accepted}}}
	m := NewHoursRecord(d, "r", RecordMay{Edit: true, Withdraw: true}, Now)
	if m.CanWithdraw() {
		t.Error("withdrawn without a reason")
	}
	m.Reason.Set("other")
	if m.CanWithdraw() {
		t.Error("other without a note")
	}
	m.Reason.Set("wrong-mark")
	m.Withdraw()
	if len(d.done) != 0 || m.Question() == nil {
		t.Fatalf("done before it was asked: %v", d.done)
	}
	m.Yes()
	if len(d.done) != 1 || d.done[0] != "withdraw wrong-mark" || len(m.Marked) != 1 || m.MayWithdraw() || !m.CanEdit() {
		t.Errorf("done %v, marked %v", d.done, m.Marked)
	}
}

func TestWhatResemblesARecordIsAskedAboutAndChangesIt(t *testing.T) {
	like := hours.Record{ID: "r1", Version: 3, Entry: hours.Entry{Course: "绿色施工", Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 8 * 2700, On: today, MarkTenths: 850, HasMark: true, Evidence: "7"}}
	d := &desk{like: &like}
	m := NewHoursEntry(d, enrolled(), today, Now)
	m.Course.Set("绿色施工")
	m.Hours.Set("8")
	m.Mark.Set("0")
	m.Save()
	if m.Like == nil || m.Problem() != nil || len(d.entries) != 0 {
		t.Fatalf("like %v, problem %v, entered %v", m.Like, m.Problem(), d.entries)
	}
	m.ChangeThat()
	if len(d.edited) != 1 || d.edited[0].MarkTenths != 0 || !d.edited[0].HasMark || d.edited[0].Evidence != "7" || m.Mending != nil || len(m.Entered) != 1 {
		t.Errorf("edited %+v", d.edited)
	}
	m.Course.Set("绿色施工")
	m.Save()
	m.Another()
	if len(d.entries) != 1 || m.Like != nil {
		t.Errorf("another study: entered %v", d.entries)
	}
}

func TestARecordIsTakenIntoTheFormAsItStands(t *testing.T) {
	d := &desk{}
	m := NewHoursEntry(d, enrolled(), today, Now)
	kept := 0
	m.Edited = func() { kept++ }
	r := hours.Record{ID: "r1", Entry: hours.Entry{Course: "绿色施工", Kind: hours.Required, Specialty: "水利水电工程", Mode: hours.FaceToFace, Seconds: 8 * 2700, On: today, HasMark: true}}
	m.Mend(r)
	if m.Mark.Value() != "0" || m.Hours.Value() != "8" || m.Specialty.Value() != "水利水电工程" || m.Kind.Value() != string(hours.Required) {
		t.Errorf("mark %q, hours %q, specialty %q", m.Mark.Value(), m.Hours.Value(), m.Specialty.Value())
	}
	m.Mark.Set("")
	m.Save()
	if kept != 1 || len(d.edited) != 1 || d.edited[0].HasMark || d.edited[0].Course != "绿色施工" {
		t.Errorf("kept %d, edited %+v", kept, d.edited)
	}
}
