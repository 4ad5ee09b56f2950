// Package session is every area of the services, bound to who asks: what a window's models and the command line
// ask for, in the words of data/view. It asks and gathers; whether something may be done the services say.
package session

import (
	"context"

	"xuezheng/data/access"
	"xuezheng/data/day"
	"xuezheng/data/enrolment"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// As is every area, bound to who asks: its methods are those that a window's models and the command
// line ask for, without who and without a context.
type As struct {
	AccessAs
	PeopleAs
	IdentityAs
	VenuesAs
	TicketsAs
	MaterialsAs
	KiosksAs
	EnrolmentAs
	HoursAs
	CertificatesAs
	PolicyAs
	AuditAs
	CalendarsAs
	RetentionAs
	BackupsAs
	TodayAs
}

// as is what each bound area knows: the services, who asks, until when, and in which language.
type as struct {
	services *service.Services
	who      access.Who
	ctx      context.Context
	speaks   func() string
}

// Of binds every area to who asks. Names come in Chinese, until Speaking says otherwise.
func Of(s *service.Services, who access.Who) As {
	return as{services: s, who: who, ctx: context.Background()}.all()
}

// Within is the same, asked within a context.
func (a As) Within(ctx context.Context) As {
	b := a.PeopleAs.as
	b.ctx = ctx
	return b.all()
}

// Speaking is the same, in the language that speaks says when it is asked: "zh" or "en".
func (a As) Speaking(speaks func() string) As {
	b := a.PeopleAs.as
	b.speaks = speaks
	return b.all()
}

// all is every area, bound as a is.
func (a as) all() As {
	return As{AccessAs{a}, PeopleAs{a}, IdentityAs{a}, VenuesAs{a}, TicketsAs{a}, MaterialsAs{a}, KiosksAs{a}, EnrolmentAs{a}, HoursAs{a}, CertificatesAs{a}, PolicyAs{a}, AuditAs{a}, CalendarsAs{a}, RetentionAs{a}, BackupsAs{a}, TodayAs{a}}
}

// language is the language that names and papers come in.
func (a as) language() string {
	if a.speaks == nil {
		return "zh"
	}
	return a.speaks()
}

// english reports whether English is spoken.
func (a as) english() bool { return a.language() == "en" }

// spoken is a name in the language spoken.
func (a as) spoken(zh, en string) string {
	if a.english() && en != "" {
		return en
	}
	return zh
}

// notice puts a notice of the pack into the language spoken.
func (a as) notice(n enrolment.Notice) view.NoticeText {
	t := view.NoticeText{ID: n.ID, Title: n.Title, Text: n.Text}
	if a.english() {
		if n.TitleEn != "" {
			t.Title = n.TitleEn
		}
		if n.TextEn != "" {
			t.Text = n.TextEn
		}
	}
	return t
}

// beside is a notice below another, where several programmes have one for the same reader.
func (a as) beside(first view.NoticeText, n enrolment.Notice) view.NoticeText {
	next := a.notice(n)
	if first.ID == "" {
		return next
	}
	first.Text += "\n\n" + next.Title + "\n" + next.Text
	return first
}

// daysLeft is how many working days are left until a day; negative when it is over.
func (a as) daysLeft(due day.Date) int {
	left, _ := a.services.WorkingDays().WorkingBetween(a.services.Today(), due)
	return left
}

// provisional says whether a day that was counted from another may still move.
func (a as) provisional(since, due day.Date) bool {
	return a.services.WorkingDays().Provisional(since, due)
}
