package service_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/enrolment"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

func TestTheExamNoticeIsDrawnOnceSomeoneIsConfirmedAndHasOneNumber(t *testing.T) {
	d := exam(t)
	p := ready(t, d)
	d.Refused(d.Tickets.Notice(background, d.Who, io.Discard, p.ID, service.ExamFacts{}, "zh"), enrolment.ErrNoticeUnconfirmed)
	number, err := d.Identity.Confirm(background, d.Who, p.ID, []identity.Original{identity.ResidentCard}, "")
	d.Must(err)
	facts := service.ExamFacts{Exam: "2027年4月考试", Sittings: []service.Sitting{
		{Course: "00018", CourseName: "计算机应用基础", On: d.Today().AddDays(140), Time: "09:00–11:30", Place: "襄阳市第四中学", Room: "012", Seat: "07"},
		{Course: "03708", CourseName: "中国近现代史纲要", On: d.Today().AddDays(141), Time: "14:30–17:00", Place: "襄阳市第四中学", Room: "012", Seat: "07"},
	}}
	learner := d.Login("qing", access.Learner, p.ID)
	for _, languages := range []string{"zh", "zh,en"} {
		var pdf bytes.Buffer
		d.Must(d.Tickets.Notice(background, learner, &pdf, p.ID, facts, languages))
		if !bytes.HasPrefix(pdf.Bytes(), []byte("%PDF-")) {
			t.Fatal("no PDF")
		}
		if dir := os.Getenv("PAPER_OUT"); dir != "" {
			d.Must(os.WriteFile(filepath.Join(dir, "notice-"+languages+".pdf"), pdf.Bytes(), 0o600))
		}
	}
	d.Refused(d.Tickets.Notice(background, d.Login("na", access.Learner, d.Register(servicetest.Na()).ID), io.Discard, p.ID, facts, "zh"), access.ErrDenied)
	d.Refused(d.Tickets.Notice(background, d.Who, io.Discard, p.ID, service.ExamFacts{Sittings: make([]service.Sitting, 61)}, "zh"), service.ErrSittings)

	_, err = d.Tickets.Declare(background, d.Who, p.ID, "010199887766", "0101")
	d.Must(err)
	d.Refused(d.Tickets.Notice(background, d.Who, io.Discard, p.ID, facts, "zh"), enrolment.ErrNoneChosen)
	_, err = d.Tickets.Choose(background, d.Who, p.ID, number)
	d.Must(err, d.Tickets.Notice(background, d.Who, io.Discard, p.ID, facts, "zh"))
	facts.District = "0101"
	d.Refused(d.Tickets.Notice(background, d.Who, io.Discard, p.ID, facts, "zh"), enrolment.ErrOtherDistrict)
	facts.District = number[:4]
	d.Must(d.Tickets.Notice(background, d.Who, io.Discard, p.ID, facts, "zh"))
}
