package exchange

import "testing"

func TestAHalfMarkIsTakenAsItIs(t *testing.T) {
	const head = "姓名,身份证号,课程名称,课程类别,所属专业,学习方式,学时,缴费日期,完成日期,成绩\n"
	const row = "韦青禾,450103198803124213,绿色施工与节能,选修,建筑工程,网络,24,2026-07-23,2026-09-05,"
	for mark, want := range map[string]struct {
		tenths int
		has    bool
		refuse bool
	}{
		"59.5": {595, true, false}, "60": {600, true, false}, "85.50分": {855, true, false}, "": {0, false, false}, "无": {0, false, false},
		"59.55": {0, false, true}, "100.5": {0, false, true}, "-1": {0, false, true}, "优": {0, false, true},
	} {
		h, err := ReadHours([]byte(head+row+mark+"\n"), testOptions)
		check(t, err)
		for r := range h.Rows() {
			if r.MarkTenths != want.tenths || r.HasMark != want.has || r.Refused() != want.refuse {
				t.Errorf("%q: got %d %v, refused %v (%s)", mark, r.MarkTenths, r.HasMark, r.Refused(), faultKeys(r.Row))
			}
		}
		check(t, h.Err())
	}
}
