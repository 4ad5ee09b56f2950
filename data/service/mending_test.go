package service_test

import (
	"strings"
	"testing"

	"xuezheng/data/enrolment"
	"xuezheng/data/id"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// studying is somebody enrolled who is on hours sheets.
func studying(d *servicetest.Desk) (id.Person, enrolment.Enrolment) {
	p := d.Register(servicetest.Qing())
	return p.ID, d.Enrol(p.ID)
}

// hoursSheet is a sheet of 韦青禾's electives: each row is course, hours, day, mark.
func hoursSheet(rows ...string) []byte {
	out := []string{"姓名,身份证号,课程名称,课程类别,所属专业,学习方式,学时,缴费日期,完成日期,成绩"}
	for _, r := range rows {
		c := strings.Split(r, ",")
		out = append(out, strings.Join([]string{"韦青禾", servicetest.Qing().Number, c[0], "选修", "建筑工程", "网络", c[1], "2026-07-23", c[2], c[3]}, ","))
	}
	return []byte(strings.Join(out, "\n"))
}

// takeIn takes a sheet in and says the verdict of each row.
func takeIn(d *servicetest.Desk, file []byte) (service.Import, string) {
	d.T.Helper()
	im, err := d.Exchange.Hours(ctx, d.Who, file, false, nil)
	d.Must(err)
	var list []string
	for _, r := range im.Rows {
		list = append(list, string(r.Verdict))
	}
	return im, strings.Join(list, " ")
}

func TestARowSentAgainWithAnotherMarkDayOrHoursIsAChange(t *testing.T) {
	for name, second := range map[string]string{
		"another mark":       "绿色施工,8,2026-08-20,61",
		"a mark of 0":        "绿色施工,8,2026-08-20,0",
		"no mark any more":   "绿色施工,8,2026-08-20,",
		"other hours":        "绿色施工,7.5,2026-08-20,85",
		"another day":        "绿色施工,8,2026-08-21,85",
		"other mark and day": "绿色施工,8,2026-08-21,0",
	} {
		t.Run(name, func(t *testing.T) {
			d := servicetest.Open(t)
			p, _ := studying(d)
			if _, got := takeIn(d, hoursSheet("绿色施工,8,2026-08-20,85")); got != "new" {
				t.Fatalf("the first time: got %s", got)
			}
			if _, got := takeIn(d, hoursSheet(second)); got != "changed" {
				t.Errorf("got %s, want changed", got)
			}
			if _, got := takeIn(d, hoursSheet(second)); got != "same" {
				t.Errorf("the same once more: got %s", got)
			}
			st, err := d.Hours.Standing(ctx, d.Who, p, "")
			d.Must(err)
			if len(st.Standing.Lines) != 1 {
				t.Errorf("got %d records, want the one", len(st.Standing.Lines))
			}
		})
	}
}
