package word

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"xuezheng/data/access"
	"xuezheng/data/certificate"
	"xuezheng/data/enrolment"
	"xuezheng/data/hours"
	"xuezheng/data/identity"
	"xuezheng/data/person"
)

// all lists codes of one type as texts.
func all[S ~string](list ...S) (texts []string) {
	for _, s := range list {
		texts = append(texts, string(s))
	}
	return texts
}

// with puts something before or behind each.
func with(before string, list []string, behind string) (texts []string) {
	for _, s := range list {
		texts = append(texts, before+s+behind)
	}
	return texts
}

const sampleID = "0190c7a2-5b1e-7cc3-98f0-2b6f6c6a1e11" // an id is said as it is

var (
	roles       = all(access.Learner, access.Clerk, access.Reviewer, access.Administrator)
	requests    = all(identity.PhotoChange, identity.NameChange, identity.NumberChange)
	decided     = all(identity.Granted, identity.Declined, identity.Asked, identity.Received)
	tickets     = all(enrolment.TicketActive, enrolment.TicketWaiting, enrolment.TicketLocked, enrolment.TicketVoid, enrolment.TicketClaimed)
	merges      = all(enrolment.MergeProposed, enrolment.MergeApproved, enrolment.MergeUndone)
	sources     = all(enrolment.MaterialSeen, enrolment.MaterialReceipt, enrolment.MaterialDeclared)
	states      = all(identity.Preregistered, identity.PhotoReady, identity.Submitted, identity.MustCome, identity.Confirmed, identity.SentBack)
	tries       = all(identity.TryOpen, identity.TryFailed, identity.TrySubmitted)
	pictures    = all(identity.PicturePhoto, identity.PictureSelfWithCard, identity.PicturePortraitSide, identity.PictureCertificate)
	reasons     = append(append([]string{""}, hours.Reasons...), hours.WithdrawReasons...)
	online      = append(with("", all(identity.OnlineSteps...), " open"), with("photo ", tries, "")...)
	backupWords = []string{"backup.torn", "backup.no-folder", "backup.spoilt", "backup.of-spoilt"}
)

var books = map[string]*Book{Chinese: MustOpen(Chinese), English: MustOpen(English)}

// written are the details that code composes, by how it says them: every value they can have. A
// detail that is one literal needs no line here.
var written = map[string][]string{
	`"dropped=" + strconv.Itoa(n)`: {"dropped=3"}, `"found=" + strconv.Itoa(n)`: {"found=2"}, "string(why)": all(identity.FacesSeen...),
	"f.Key":                   backupWords,
	`"from=" + was`:           {"from=guangxi-second-class-constructor@2026.1"},
	"strconv.Itoa(set.Hours)": {"4"}, "strconv.Itoa(minutes)": {"5"}, "strconv.Itoa(n)": {"2"},
	"string(pay.Invoice.State)":           all(enrolment.NoInvoice, enrolment.InvoiceAsked, enrolment.InvoiceIssued),
	"m.MadeAt.UTC().Format(time.RFC3339)": {"2026-11-02T01:02:03Z"},
	"to.Engine()":                         {"sqlite", "postgres"},
	`n.Dated.String() + " moved " + strconv.Itoa(len(m.records)+len(m.requests))`: {"2026-11-04 moved 3"},
	`h.Kind + " " + string(k.Source)`:                                             append(with("", enrolment.MaterialKinds, " declared"), with(enrolment.MaterialKinds[0]+" ", sources, "")...),
	`k.Kind + " seen"`:                                                            with("", enrolment.MaterialKinds, " seen"),
	"string(e.Check)":                                                             all(enrolment.NotChecked, enrolment.EducationSeen, enrolment.EducationReceipt, enrolment.ReportUploaded, enrolment.RecordFormUploaded),
	"string(t.State)":                                                             tickets, "string(enrolment.TicketLocked)": {"locked"},
	"m.SatOn.String()": {"2026-10-24"}, "on.String()": {"2026-10-24"},
	"string(m.State)": merges, `strings.TrimSpace(string(m.State) + " " + own)`: append(merges, with("", merges, " own-work")...),
	"district":       {"420106"},
	"reason":         append(certificate.RevokeReasons, reasons...),
	"string(q.Kind)": requests, "string(kind)": requests,
	"m.Kind":            pictures,
	"string(d.Outcome)": all(identity.Confirmed, identity.SentBack),
	"string(role)":      roles,
	"string(b.State)":   all(identity.Booked, identity.Cancelled, identity.Came, identity.Dropped),
	"identity.WhyLeft":  {identity.WhyLeft},
	`string(done.Step) + " " + string(t.State)`: online,
	"string(next)":            states,
	`"due " + r.Due.String()`: {"due 2026-12-01"}, `"due " + q.Due.String()`: {"due 2026-12-01"},
	`fmt.Sprintf("%d s to %d s", was, seconds)`:   {"1355 s to 1350 s"},
	`fmt.Sprintf("behind %d", n)`:                 {"behind 3"},
	"trailBehind(lost)":                           {"trail behind 7"},
	`fmt.Sprintf("lost %d %d", one.From, one.To)`: {"lost 51 60"},
	"string(source)":                              all(enrolment.PaidAtDesk, enrolment.PaidByUnit, enrolment.PaidByImport),
	"agreed":                                      {enrolment.AgreedByLearner, enrolment.AgreedOnPaper},
	"string(rec.Source)":                          all(hours.FromDesk, hours.FromImport, hours.FromClass),
	"string(hours.FromImport)":                    {"import"}, "string(paid.Source)": all(enrolment.PaidAtDesk, enrolment.PaidByUnit, enrolment.PaidByImport),
	"string(hours.FromClass)": {"class"},
	`"rows=" + strconv.Itoa(k.Rows) + " before=" + k.Before.String()`: {"rows=3 before=2026-01-01"},
	`"rows=" + strconv.Itoa(r.Rows)`:                                  {"rows=3"},
	"string(k)":                                                       {sampleID}, "string(from.kiosk.ID)": {sampleID}, "string(u)": {sampleID}, "f.SHA256": {strings.Repeat("0af3", 16)},
	`"kiosk " + string(x.Outcome)`: with("kiosk ", all(identity.KioskConfirmed, identity.KioskToClerk), ""),
	"detail": append(append(append(append([]string{"own-work", "photo looked", "allowed", "refused", "left-out 2"}, decided...), with("", decided, " own-work")...),
		with("", all(person.ConsentPictures, person.ConsentFace), " given")...), reasons...),
}

// TestEveryDetailOfTheTrailHasItsWords reads every detail that the services write into the trail, and
// sees that each is said in both languages.
func TestEveryDetailOfTheTrailHasItsWords(t *testing.T) {
	seen := map[string]bool{}
	files, err := filepath.Glob("../../data/service/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no services")
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range detailsIn(file) {
			var b bytes.Buffer
			if err := printer.Fprint(&b, set, e); err != nil {
				t.Fatal(err)
			}
			seen[b.String()] = true
			saysWhole(t, set.Position(e.Pos()).String(), b.String(), e)
		}
	}
	for expression := range written {
		if !seen[expression] {
			t.Errorf("nobody writes %s into the trail any more", expression)
		}
	}
}

// detailsIn are the expressions of details in a file: the last of what tx.about is given, and Detail of a
// line; what a read model calls a detail is for a screen.
func detailsIn(file *ast.File) (list []ast.Expr) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if s, ok := n.Type.(*ast.SelectorExpr); ok {
				of, ok := s.X.(*ast.Ident)
				return !ok || of.Name != "view"
			}
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "about" && len(n.Args) == 3 {
				list = append(list, n.Args[2])
			}
		case *ast.KeyValueExpr:
			if k, ok := n.Key.(*ast.Ident); ok && k.Name == "Detail" {
				if v, ok := n.Value.(*ast.Ident); !ok || v.Name != "detail" { // about itself
					list = append(list, n.Value)
				}
			}
		}
		return true
	})
	return list
}

// saysWhole sees that every value of an expression is said in both languages.
func saysWhole(t *testing.T, where, expression string, e ast.Expr) {
	t.Helper()
	values, known := written[expression]
	if lit, ok := e.(*ast.BasicLit); ok {
		s, err := strconv.Unquote(lit.Value)
		values, known = []string{s}, err == nil
	}
	if !known {
		t.Errorf("%s: nobody says what %s can be", where, expression)
	}
	for _, v := range values {
		for _, lang := range Languages {
			b := books[lang]
			said := b.Detail(v)
			letters := strings.ContainsFunc(said, func(r rune) bool { return r < 0x80 && unicode.IsLetter(r) })
			own := v == sampleID || strings.Contains(v, "@") || len(v) == 64 || strings.HasSuffix(v, "Z") || said == "PostgreSQL 数据库" || said == "文件夹（SQLite）"
			if lang == Chinese && letters && !own || strings.Contains(said, "{") || v != "" && said == "" {
				t.Errorf("%s: %q is said %q in %s", where, v, said, lang)
			}
		}
	}
}
