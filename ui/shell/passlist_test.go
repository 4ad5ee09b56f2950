package shell

import (
	"context"
	"testing"
	"time"

	"xuezheng/data/hours"
	"xuezheng/data/sample"
	"xuezheng/data/service"
)

// TestPictureOfAListBeforeAndAfterItIsPublished draws November's list on 1 December, when it may be
// published, and once it was; and today's page that reminds of it.
func TestPictureOfAListBeforeAndAfterItIsPublished(t *testing.T) {
	ctx := context.Background()
	clock := sample.NewClock(time.Date(2026, 11, 23, 1, 12, 0, 0, time.UTC))
	later := 0
	now := func() time.Time { return clock.Now().AddDate(0, 0, later) }
	s, who, _, err := service.Init(ctx, service.Config{Location: ":memory:", Machine: "前台 02", Now: now}, service.Founding{OwnReview: true,
		Institution: "建设继续教育中心", Pack: firstPack, Administrator: "zhoumin", Passphrase: "样例 测试 2026",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := sample.Weeks(ctx, s, who, clock, 24); err != nil {
		t.Fatal(err)
	}
	later = 8
	draw := func(name string, want hours.PassState) {
		for _, l := range looks {
			g, err := NewGallery(s, who, "建设继续教育中心", l.lang, l.look)
			if err != nil {
				t.Fatal(err)
			}
			measured(t, g.easel, Shown{name, g.signedIn(func() {
				if m := g.desk.openPassList(2026, 11); m.List.State != want {
					t.Errorf("%s: the list is %s", name, m.List.State)
				}
			})}, l.name)
			measured(t, g.easel, Shown{"today-" + name, g.signedIn(func() {})}, l.name)
			g.desk.quiet()
		}
	}
	draw("pass-list-due", hours.Over)
	if _, _, err := s.Hours.Publish(ctx, who, 2026, 11); err != nil {
		t.Fatal(err)
	}
	draw("pass-list-published", hours.Published)
}
