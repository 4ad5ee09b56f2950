// Package sample invents people: for trying the program out, for the guide's pictures, for tests and for measuring.
// They come by the services, as real ones do.
package sample

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"

	"xuezheng/data/day"
	"xuezheng/data/identity"
)

// Sheets are invented people for trying out, for the tour and for measuring: a roster and an
// hours sheet as institutions send them.
type Sheets struct {
	Roster, Hours []byte // CSV, UTF-8
	Numbers       []string
}

var (
	surnames = strings.Split("韦 黄 覃 陆 莫 蒙 罗 梁 农 李 陈 张 刘 王 林 何 周 吴 欧阳 谭", " ")
	given    = strings.Split("志远 美玲 建国 启明 秋月 小兰 承泽 丽华 文军 海涛 雪梅 国强 玉芳 晓东 春燕 永康 思源 佳慧 振宇 凤英", " ")
	rare     = []string{"张𬱖", "刘㛃", "王䶮", "阿布都·克里木·买买提"}
	regions  = strings.Split("450103 450105 450202 450302 450502 450702 450902 451002 451302 450102", " ")
	majors   = []string{"建筑工程", "公路工程", "水利水电工程", "市政公用工程", "机电工程"}
)

// People makes n of them, the same for the same n and day. The first few have names that
// many programs can't print.
func People(n int, today day.Date) (s Sheets) {
	r := rand.New(rand.NewPCG(7, uint64(n)))
	var roster, sheet bytes.Buffer
	people, study := csv.NewWriter(&roster), csv.NewWriter(&sheet)
	people.Write([]string{"序号", "姓名", "身份证号码", "手机号码", "电子邮箱", "工作单位", "注册证书编号", "注册日期", "有效期至", "主项专业", "增项专业", "备注"})
	study.Write([]string{"姓名", "身份证号码", "课程名称", "类别", "专业", "学习方式", "学时", "缴费日期", "完成日期", "成绩"})
	for i := range n {
		name := surnames[r.IntN(len(surnames))] + given[r.IntN(len(given))]
		if i >= 1 && i <= len(rare) {
			name = rare[i-1]
		}
		number := numberOf(r, i)
		from := today.AddMonths(-6 - r.IntN(18)).AddDays(-r.IntN(28))
		main, added := majors[i%len(majors)], ""
		if i%3 == 0 {
			added = majors[(i+2)%len(majors)]
		}
		s.Numbers = append(s.Numbers, number)
		people.Write([]string{fmt.Sprint(i + 1), name, number, fmt.Sprintf("13%09d", 100000000+i*7919%899999999), fmt.Sprintf("p%d@example.cn", i+1),
			fmt.Sprintf("广西第%d建筑工程有限公司", i%7+1), fmt.Sprintf("桂2452024%05d", i%100000), from.String(), from.AddYears(3).AddDays(-1).String(), main, added, ""})
		writeStudy(study, r, i, name, number, main, added, from, today)
	}
	people.Flush()
	study.Flush()
	s.Roster, s.Hours = roster.Bytes(), sheet.Bytes()
	return s
}

// numberOf is an invented number with its right check digit; the sequence within a region
// and a birthday keeps all different.
func numberOf(r *rand.Rand, i int) string {
	birth := day.MustNew(1966, 1, 1).AddDays(i * 37 % 12000)
	old := fmt.Sprintf("%s%02d%02d%02d%03d", regions[i%len(regions)], birth.Year()%100, birth.Month(), birth.Day(), i/12000*5%1000+r.IntN(5))
	return identity.Upgrade15(old)
}

// writeStudy writes one person's study: some have finished, some are under way, and some did
// what does not count.
func writeStudy(w *csv.Writer, r *rand.Rand, i int, name, number, main, added string, from, today day.Date) {
	paid := from.AddDays(10 + r.IntN(40))
	row := func(course, kind, specialty, mode string, hours, after, mark int) {
		on := paid.AddDays(after)
		if on.After(today) {
			on = today
		}
		w.Write([]string{name, number, course, kind, specialty, mode, fmt.Sprint(hours), paid.String(), on.String(), fmt.Sprint(mark)})
	}
	modes := []string{"网络", "面授"}
	required := 5 - i%4
	for k := range required {
		row(fmt.Sprintf("%s必修课程%02d", main, k+1), "必修", main, modes[i%2], 12, 8+k*9, 72+r.IntN(25))
	}
	for k := range 5 - i%3 {
		row(fmt.Sprintf("%s选修课程%02d", main, k+1), "选修", main, "网络", 12, 12+k*11, 70+r.IntN(28))
	}
	if added != "" {
		for k := range 5 - i%5 {
			row(fmt.Sprintf("%s选修课程%02d", added, k+1), "选修", added, "网络", 12, 20+k*10, 70+r.IntN(28))
		}
	}
	switch i % 6 {
	case 0:
		row(main+"必修课程06", "必修", main, modes[i%2], 12, 60, 88)
	case 1:
		row(main+"选修课程08", "选修", main, "网络", 12, 70, 52)
	case 2:
		row(main+"选修课程09", "选修", main, "网络", 12, 200, 80)
	}
}

// InParts cuts a sheet into files that can be taken in, each with the heading.
func InParts(sheet []byte) (parts [][]byte) {
	const most = 48 << 20
	heading, rest, _ := bytes.Cut(sheet, []byte("\n"))
	for len(rest) > 0 {
		end := len(rest)
		if end > most {
			end = bytes.LastIndexByte(rest[:most], '\n') + 1
		}
		part := append(append(bytes.Clone(heading), '\n'), rest[:end]...)
		parts, rest = append(parts, part), rest[end:]
	}
	return parts
}
