package shell

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xuezheng/data/sample"
	"xuezheng/data/service"
	"xuezheng/ui/model"
	"xuezheng/ui/theme"
	. "xuezheng/ui/widget"
	"xuezheng/ui/word"
)

// benchPeople is how many people the search is measured with: XUEZHENG_PEOPLE, or 20,000.
func benchPeople() int {
	if n, err := strconv.Atoi(os.Getenv("XUEZHENG_PEOPLE")); err == nil && n > 0 {
		return n
	}
	return 20_000
}

// BenchmarkSearchAnswerDrawn types into the search of the desk and measures, for each key, the
// answer found and the whole page laid out anew with it; painting is measured apart, by the
// software painter, which is slower than a window's.
func BenchmarkSearchAnswerDrawn(b *testing.B) {
	desk, easel := benchDesk(b)
	queries := []string{"韦", "韦志", "hu", "huang", "hqm", "0810", "陆美玲", "lu jian"}
	b.Run("answered and laid out", func(b *testing.B) {
		for i := range b.N {
			desk.find.Query.Set(queries[i%len(queries)])
		}
	})
	b.Run("painted in software", func(b *testing.B) {
		for i := range b.N {
			desk.find.Query.Set(queries[i%len(queries)])
			easel.Picture()
		}
	})
}

func benchDesk(b *testing.B) (*DeskShell, *Easel) {
	b.Helper()
	ctx := context.Background()
	now := time.Date(2026, 11, 23, 1, 12, 0, 0, time.UTC)
	s, who, _, err := service.Init(ctx, service.Config{Location: b.TempDir(), Machine: "前台 02", Now: func() time.Time { return now }}, service.Founding{OwnReview: true,
		Institution: "建设继续教育中心", Pack: firstPack, Administrator: "zhoumin", Passphrase: "样例 测试 2026",
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	for _, part := range sample.InParts(sample.People(benchPeople(), s.Today()).Roster) {
		if _, err := s.Exchange.Roster(ctx, who, part, false, nil); err != nil {
			b.Fatal(err)
		}
	}
	g, err := NewGallery(s, who, "建设继续教育中心", word.Chinese, theme.Theme{})
	if err != nil {
		b.Fatal(err)
	}
	g.desk.SignedIn()
	g.desk.OpenFind()
	g.easel.Put(g.desk.Content(), 1280, 800)
	b.Cleanup(g.desk.quiet)
	return g.desk, g.easel
}

// BenchmarkListOf100000 scrolls a list of 100,000 rows on by a screen and a half and measures
// what one step costs the window's thread, beside the same list of 100 rows.
func BenchmarkListOf100000(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			e := NewEasel()
			Use(word.MustOpen(word.Chinese))
			e.Look(theme.Theme{})
			var rows model.Table[int]
			list := List(func() int { return n }, 52, func(i int) fyne.CanvasObject {
				return Cells(QueueColumns, Due(i%9-2), Text(Data("11-23"), T13, Ink2), Bold(Data("黄启明"), T14), Text(Data(strconv.Itoa(i)), T14, Ink), Text(Data("周敏"), T13, Ink2), Icon("right", 16, Ink3))
			}, func(i int) { rows.Select(i) })
			e.Put(list, 1000, 700)
			high := float32(n) * 52
			b.ResetTimer()
			for i := range b.N {
				at := float32(i*1100%int(high)) / 1
				list.ScrollToOffset(min(at, high-700))
				test.WidgetRenderer(list).Layout(list.Size())
			}
		})
	}
}
