package view

// NoticeText is a notice in the language spoken.
type NoticeText struct {
	ID          string
	Title, Text string
}
