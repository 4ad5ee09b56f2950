package exchange

import (
	"fmt"
	"strings"
	"testing"
)

// benchRoster is a roster of n people with good numbers, all different.
func benchRoster(n int) string {
	var b strings.Builder
	b.WriteString("序号,姓名,身份证号码,手机号码,电子邮箱,工作单位,注册证书编号,注册日期,有效期至,主项专业,增项专业,备注\n")
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	for i := range n {
		number := fmt.Sprintf("4501%02d19%02d%02d%02d%03d", 2+i%4, 60+i/1000%40, 1+i/40000%12, 1+i/1000/40%28, i%1000)
		sum := 0
		for j, w := range weights {
			sum += w * int(number[j]-'0')
		}
		fmt.Fprintf(&b, "%d,陈娜,%s%c,131%08d,p%d@example.cn,广西第1建筑工程有限公司,桂2452024%05d,2025-06-04,2028/6/3,公路工程,水利水电工程、机电工程,\n", i, number, "10X98765432"[sum%11], i, i, i%100000)
	}
	return b.String()
}

// BenchmarkRosterCSV reads and checks 100,000 rows.
func BenchmarkRosterCSV(b *testing.B) { benchmarkRoster(b, []byte(benchRoster(100_000))) }

// BenchmarkRosterXlsx reads and checks 20,000 rows.
func BenchmarkRosterXlsx(b *testing.B) {
	benchmarkRoster(b, asXlsx(b, benchRoster(20_000), nil))
}

func benchmarkRoster(b *testing.B, file []byte) {
	b.ReportAllocs()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		r, err := ReadRoster(file, testOptions)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for row := range r.Rows() {
			n++
			if n == 1 && row.Refused() {
				b.Fatal(row.Faults[0].Fault)
			}
		}
		b.ReportMetric(float64(n), "rows")
	}
}
