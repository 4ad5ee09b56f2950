package paper

import (
	"io"
	"strconv"
	"strings"

	"xuezheng/data/day"
)

// A Receipt tells who paid what, and until when the paid courses can be studied (G-09, G-19).
type Receipt struct {
	Languages    string
	Institution  string
	Phone        string
	Number       string
	Payer        string
	MaskedNumber string // of a person who pays; empty for a unit
	Programme    string
	Items        []ReceiptItem
	Method       string // how it was paid, in words
	PaidOn       day.Date
	Opens        day.Date // online study may begin
	Ends         day.Date // its last day, until 24:00; zero where nothing is studied online
	InvoiceTitle string   // empty if no invoice was asked for
	TaxNumber    string
	Invoice      string // number of the issued invoice; empty while it is asked for
}

// A ReceiptItem is one thing paid for.
type ReceiptItem struct {
	What string
	For  string // the learner, where a unit pays
	Fen  int
}

// DrawReceipt draws a payment receipt.
func DrawReceipt(w io.Writer, r Receipt) error {
	if err := r.check(); err != nil {
		return err
	}
	return drawLeaf(w, func() *leaf {
		l := newLeaf(phrase{"缴费收据", "Payment receipt"}, r.Institution, r.Languages, r.PaidOn.Start())
		l.foot = phrase{"收据不作发票使用", "This receipt is not an invoice"}.in(l.both)
		return l
	}, r.body)
}

func (r Receipt) body(l *leaf) error {
	columns := []column{
		{phrase{"序号", ""}, leafLeft + 2, 12, false},
		{phrase{"缴费项目", "Item"}, leafLeft + 14, 80, false},
		{phrase{"学员", "Learner"}, leafLeft + 98, 34, false},
		{phrase{"金额（元）", "CNY"}, leafRight - 2, 30, true},
	}
	rows, total := [][]string{}, 0
	for i, t := range r.Items {
		rows = append(rows, []string{strconv.Itoa(i + 1), t.What, t.For, yuan(t.Fen)})
		total += t.Fen
	}
	l.open()
	text := style{size: 10.5, ink: black}
	l.fact(phrase{"收据编号", "Receipt No."}, r.Number, text)
	l.fact(phrase{"缴费人", "Payer"}, r.Payer, style{font: bold, size: 12, ink: black})
	l.fact(phrase{"证件号码", "ID number"}, r.MaskedNumber, text)
	l.fact(phrase{"项目", "Programme"}, r.Programme, text)
	l.fact(phrase{"缴费日期", "Paid on"}, longDate(r.PaidOn), text)
	l.fact(phrase{"缴费方式", "Method"}, r.Method, text)
	l.fact(phrase{"咨询电话", "Phone"}, r.Phone, text)
	l.list(columns, rows, 96)
	l.total(total)
	l.window(r)
	l.invoice(r)
	l.sign(longDate(r.PaidOn), englishDate(r.PaidOn))
	return nil
}

func (l *leaf) total(fen int) {
	l.y += 6.5
	st := style{font: bold, size: 11, ink: black}
	l.write(leafLeft+2, l.y, phrase{"合计", "Total"}.in(l.both)+"  人民币"+capitalAmount(fen), st)
	l.writeRight(leafRight-2, l.y, "¥ "+yuan(fen), st)
	l.y += 4
	l.line(leafLeft, l.y, leafRight, l.y, 0.35, blue)
	l.y += 9
}

// window says when online study opens and ends.
func (l *leaf) window(r Receipt) {
	if r.Ends.IsZero() {
		return
	}
	high := 14.0
	l.fill(leafLeft, l.y-5, leafRight-leafLeft, high, paleBlue)
	words := "网络学习自 " + longDate(r.Opens) + " 起，至 " + longDate(r.Ends) + " 24:00 止；逾期学时不再计入。"
	l.write(leafLeft+4, l.y+0.6, words, style{font: bold, size: 10.5, ink: blue})
	if l.both {
		l.write(leafLeft+4, l.y+5.4, "Online study from "+englishDate(r.Opens)+" to the end of "+englishDate(r.Ends)+"; later hours do not count.", style{size: 8, ink: grey})
	}
	l.y += high + 3
}

func (l *leaf) invoice(r Receipt) {
	if r.InvoiceTitle == "" {
		return
	}
	text := style{size: 10, ink: black}
	l.fact(phrase{"发票抬头", "Invoice to"}, r.InvoiceTitle, text)
	l.fact(phrase{"税号", "Tax number"}, r.TaxNumber, text)
	state := phrase{"已申请", "asked for"}.in(l.both)
	if r.Invoice != "" {
		state = phrase{"已开具", "issued"}.in(l.both) + "，No. " + r.Invoice
	}
	l.fact(phrase{"发票", "Invoice"}, state, text)
}

func (r Receipt) check() error {
	if err := checkTexts(r.Institution, r.Phone, r.Number, r.Payer, r.MaskedNumber, r.Programme, r.Method, r.InvoiceTitle, r.TaxNumber, r.Invoice); err != nil {
		return err
	}
	for _, t := range r.Items {
		if err := checkTexts(t.What, t.For); err != nil {
			return err
		}
	}
	return nil
}

// yuan writes fen as yuan with two decimals.
func yuan(fen int) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	cents := strconv.Itoa(fen % 100)
	if len(cents) == 1 {
		cents = "0" + cents
	}
	return sign + strconv.Itoa(fen/100) + "." + cents
}

// capitalAmount writes an amount in the figures that are not easily altered: 叁佰元整.
func capitalAmount(fen int) string {
	if fen < 0 {
		return "负" + capitalAmount(-fen)
	}
	const figures = "零壹贰叁肆伍陆柒捌玖"
	figure := func(n int) string { return string([]rune(figures)[n]) }
	out := ""
	if whole := fen / 100; whole > 0 || fen == 0 {
		out = capitalWhole(whole, figure) + "元"
	}
	jiao, rest := fen/10%10, fen%10
	switch {
	case jiao == 0 && rest == 0:
		return out + "整"
	case jiao == 0 && out != "":
		out += "零"
	case jiao != 0:
		out += figure(jiao) + "角"
	}
	if rest == 0 {
		return out + "整"
	}
	return out + figure(rest) + "分"
}

// capitalWhole writes a whole number in groups of four figures.
func capitalWhole(n int, figure func(int) string) string {
	if n == 0 {
		return figure(0)
	}
	out, gap := "", false
	digits := strconv.Itoa(n)
	for i, d := range digits {
		place := len(digits) - 1 - i
		if d == '0' {
			gap = gap || out != ""
		} else {
			if gap {
				out += figure(0)
			}
			gap = false
			out += figure(int(d-'0')) + [...]string{"", "拾", "佰", "仟"}[place%4]
		}
		if place%4 == 0 && place > 0 && strings.Trim(digits[max(0, i-3):i+1], "0") != "" {
			out += [...]string{"", "万", "亿", "万亿"}[min(place/4, 3)]
		}
	}
	return out
}
