package service_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"xuezheng/data/access"
	"xuezheng/data/day"
	"xuezheng/data/fault"
	"xuezheng/data/hours"
	"xuezheng/data/id"
	"xuezheng/data/identity"
	"xuezheng/data/service"
	"xuezheng/data/service/servicetest"
)

// rounds is how often a story is told: short in every run, long under XUEZHENG_LONG.
func rounds(short, long int) int {
	if os.Getenv("XUEZHENG_LONG") != "" {
		return long
	}
	return short
}

// invented is the number of the i-th of many invented people, and their name.
func invented(i int) (number, name string) {
	born := day.MustNew(1970, 1, 1).AddDays(i % 9000)
	number = identity.Upgrade15(fmt.Sprintf("450103%02d%02d%02d%03d", born.Year()%100, born.Month(), born.Day(), i/9000%500*2+1))
	return number, string([]rune("韦黄覃陆莫蒙罗梁农李")[i%10]) + string([]rune("志美建启秋小承丽文海")[i/10%10]) + string([]rune("远玲国明月兰泽华军涛")[i/100%10])
}

// rosterOf is a sheet of the people from..from+n.
func rosterOf(from, n int, today day.Date) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"姓名", "身份证号码", "手机号码", "工作单位", "注册证书编号", "注册日期", "有效期至", "主项专业"})
	begin := today.AddYears(-1)
	for i := from; i < from+n; i++ {
		number, name := invented(i)
		w.Write([]string{name, number, fmt.Sprintf("138%08d", i), "广西第一建筑工程有限公司", fmt.Sprintf("桂245%07d", i), begin.String(), begin.AddYears(3).AddDays(-1).String(), "建筑工程"})
	}
	w.Flush()
	return b.Bytes()
}

// halfAnHour is a short stretch of an elective course, each time of another name.
func halfAnHour(p id.Person, course string, on day.Date) hours.Entry {
	return hours.Entry{Learner: p, Course: course, Kind: hours.Elective, Specialty: "建筑工程", Mode: hours.Online, Seconds: 1350, On: on}
}

// learner registers someone, confirms them and enrols them; they have studied nothing.
func learner(d *servicetest.Desk) id.Person {
	p := d.Register(servicetest.Qing())
	d.Confirm(p.ID, 1)
	d.Enrol(p.ID)
	return p.ID
}

// study takes a record all the way to a certificate, and tells of each step that was acknowledged.
func study(s *service.Services, who access.Who, p id.Person, course string, tell func(kind, what string)) error {
	r, err := s.Hours.Enter(ctx, who, halfAnHour(p, course, s.Today().AddDays(-20)))
	if err != nil {
		return err
	}
	tell("record", string(r.ID))
	if _, err := s.Hours.Submit(ctx, who, r.Enrolment); err != nil {
		return err
	}
	if _, err := s.Hours.Accept(ctx, who, r.ID); err != nil {
		return err
	}
	tell("accepted", string(r.ID))
	is, err := s.Certificates.Issue(ctx, who, p, "")
	if err != nil {
		return err
	}
	tell("certificate", is.Content.Number)
	return nil
}

// opened opens the store in a folder again and signs its administrator in.
func opened(d *servicetest.Desk, dir string) (*service.Services, access.Who, error) {
	s, err := service.Open(ctx, d.Config(dir))
	if err != nil {
		return nil, access.Who{}, err
	}
	who, err := s.Access.SignIn(ctx, "zhoumin", servicetest.Passphrase)
	if err != nil {
		s.Close()
		return nil, who, err
	}
	return s, who, nil
}

// worded reports whether a person reads something of its own for an error: a fault that was declared.
func worded(err error) bool {
	var f *fault.Fault
	return errors.As(err, &f) || errors.Is(err, context.Canceled)
}

// integrity is what SQLite says of its own tables and indexes: "ok", or what disagrees.
func integrity(t *testing.T, dir string) (said string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, "xuezheng.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(`PRAGMA integrity_check`).Scan(&said); err != nil {
		return err.Error()
	}
	return said
}
