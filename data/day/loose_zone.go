package day

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A time of day with its zone: 16:30:00Z, 16:30 +0800, 4:30 PM UTC, 16:30:00.000 GMT+8. CST is
// what Chinese machines call their own time.
var clockWithZone = regexp.MustCompile(`(?i)^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? *([ap]m)? *` +
	`(?:(z|utc|gmt|cst)|(?:utc|gmt)? *([+-])(\d{1,2}):?(\d{2})?(?: [a-z]{3,4})?)$`)

// Anything else that may be a zone: letters other than AM and PM, or a sign before a figure.
var strayZone = regexp.MustCompile(`[A-Za-z]|[+-] *\d`)

var halfOfDay = strings.NewReplacer("AM", "", "PM", "", "am", "", "pm", "", "A.M.", "", "P.M.", "", "a.m.", "", "p.m.", "")

// inShanghai is the day in Shanghai of a day and what was written behind it. A time without a
// zone is Shanghai's own, and is left out; one whose zone is not known names no day.
func (d Date) inShanghai(clock string) (Date, error) {
	clock = strings.TrimSpace(clock)
	m := clockWithZone.FindStringSubmatch(clock)
	if m == nil {
		if strayZone.MatchString(halfOfDay.Replace(clock)) {
			return 0, ErrNotADate
		}
		return d, nil
	}
	at, ok := seconds(m[1:5])
	zone, known := offset(m[5:9])
	if !ok || !known {
		return 0, ErrNotADate
	}
	return Of(time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, at-zone, 0, time.UTC)), nil
}

// seconds since midnight of hour, minute, second and AM or PM.
func seconds(of []string) (n int, ok bool) {
	h, _ := strconv.Atoi(of[0])
	m, _ := strconv.Atoi(of[1])
	s, _ := strconv.Atoi(of[2])
	half := strings.ToLower(of[3])
	if half != "" && (h < 1 || h > 12) {
		return 0, false
	}
	switch {
	case half == "am" && h == 12:
		h = 0
	case half == "pm" && h < 12:
		h += 12
	}
	n = h*3600 + m*60 + s
	return n, m < 60 && s <= 60 && n <= 24*3600
}

// offset of a zone from UTC, in seconds: by its name, or by sign, hours and minutes.
func offset(of []string) (n int, ok bool) {
	switch strings.ToLower(of[0]) {
	case "cst":
		_, n = time.Time{}.In(Shanghai).Zone()
		return n, true
	case "z", "utc", "gmt":
		return 0, true
	}
	h, _ := strconv.Atoi(of[2])
	m, _ := strconv.Atoi(of[3])
	if n = h*3600 + m*60; of[1] == "-" {
		n = -n
	}
	return n, h <= 14 && m < 60
}
