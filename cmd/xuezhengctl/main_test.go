package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"xuezheng/assets"
	"xuezheng/data/exchange"
	"xuezheng/data/hours"
	"xuezheng/data/picture"
	"xuezheng/data/sample"
	"xuezheng/data/service/servicetest"
	"xuezheng/data/store"
)

func TestMain(m *testing.M) {
	// Here and in what scripts start, which is this program too. The program that is shipped knows no cheaper price.
	passphraseCost = servicetest.Cost
	guessingCost = exchange.Cost{Passes: 1, Memory: 8, Lanes: 1}
	testscript.Main(tidy{m}, map[string]func(){
		"xuezhengctl": func() {
			args, err := onServer(os.Args[1:])
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(3)
			}
			os.Exit(run(args, os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// onServer puts the store that a script names by a folder into a database of its own, where tests
// run on PostgreSQL: the same script is then told of both.
func onServer(args []string) ([]string, error) {
	if !servicetest.OnServer() || slices.Contains(args, "--store") {
		return args, nil
	}
	args = slices.Clone(args)
	for i := range len(args) - 1 {
		if args[i] != "--data" {
			continue
		}
		folder, err := filepath.Abs(args[i+1])
		if err != nil {
			return nil, err
		}
		name := servicetest.NameFor(os.Getenv("WORK"), folder)
		if err := servicetest.MakeDatabase(name); err != nil {
			return nil, err
		}
		args[i], args[i+1] = "--store", servicetest.URL(name)
	}
	return args, nil
}

// scripts are the journeys that fit where tests run: on PostgreSQL those that keep a store. What
// fits one kind of store only says so in a line of its own.
func scripts(t *testing.T) (list []string) {
	t.Helper()
	all, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(all) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, name := range all {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fits := !bytes.Contains(b, []byte("\n[!postgres] skip"))
		if servicetest.OnServer() {
			fits = !bytes.Contains(b, []byte("\n[postgres] skip")) && (!fits || bytes.Contains(b, []byte("--data ")))
		}
		if fits {
			list = append(list, name)
		}
	}
	return list
}

// TestJourneys runs the scripts of testdata/script: each is one journey, read as plain text. Where
// TEST_POSTGRES names a server, their stores are there.
func TestJourneys(t *testing.T) {
	data, err := filepath.Abs("../../data")
	if err != nil {
		t.Fatal(err)
	}
	// The programs that scripts start read these; that we looked at them too tells Go's cache of it.
	if _, err := os.ReadDir(filepath.Join(data, "exchange", "testdata")); err != nil {
		t.Fatal(err)
	}
	template := ""
	if servicetest.OnServer() {
		if template, err = servicetest.TemplateName(); err != nil {
			t.Fatal(err)
		}
	}
	testscript.Run(t, testscript.Params{
		Files:               scripts(t),
		RequireExplicitExec: false,
		Setup: func(e *testscript.Env) error {
			e.Setenv("XUEZHENG_PASSPHRASE", testPassphrase)
			e.Setenv("PASS", testPassphrase)
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, ".config"))
			e.Setenv("XUEZHENG_NOW", "2026-11-23T09:12:00+08:00")
			e.Setenv("LANG", "en_GB.UTF-8")
			e.Setenv("SAMPLES", filepath.Join(data, "exchange", "testdata"))
			e.Setenv("DATA", data)
			e.Setenv("TZ", "Asia/Shanghai")
			e.Setenv("TEST_POSTGRES", os.Getenv("TEST_POSTGRES"))
			e.Setenv(servicetest.Template, template)
			if servicetest.OnServer() {
				e.Defer(func() {
					if err := servicetest.DropAll(e.WorkDir); err != nil {
						t.Log(err)
					}
				})
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"json": cmdJSON, "keep": cmdKeep, "code": cmdCode, "photo": cmdPhoto, "weights": cmdWeights, "seekingpack": cmdSeekingPack, "stepless": cmdStepless, "card": cmdCard, "frame": cmdFrame, "blank": cmdBlank, "kiosk": cmdKiosk, "flip": cmdFlip, "hold": cmdHold,
			"as-xlsx": cmdXlsx, "truth-roster": cmdTruthRoster, "truth-standing": cmdTruthStanding, "has-cell": cmdHasCell, "no-formula": cmdNoFormula, "server": cmdServer, "toured": cmdToured,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "postgres" {
				return servicetest.OnServer(), nil
			}
			if name, ok := strings.CutPrefix(cond, "tool:"); ok {
				return hasTool(name), nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
	})
}

const testPassphrase = "柳江边上三棵榕树 2026"

func hasTool(name string) bool {
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode()&0o111 != 0 {
			return true
		}
	}
	return false
}

// at walks a JSON document: "rows.0.verdict"; "*" is how many there are.
func at(doc any, path string) (any, bool) {
	if path == "." {
		return doc, true
	}
	for step := range strings.SplitSeq(path, ".") {
		switch d := doc.(type) {
		case map[string]any:
			v, ok := d[step]
			if step == "*" {
				v, ok = float64(len(d)), true
			}
			if !ok {
				return nil, false
			}
			doc = v
		case []any:
			if step == "*" {
				doc = float64(len(d))
				continue
			}
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(d) {
				return nil, false
			}
			doc = d[i]
		default:
			return nil, false
		}
	}
	return doc, true
}

func readJSON(ts *testscript.TestScript, file string) (doc any) {
	text := ts.ReadFile(file)
	d := json.NewDecoder(strings.NewReader(text))
	if err := d.Decode(&doc); err != nil {
		ts.Fatalf("%s is no JSON: %v\n%s", file, err, text)
	}
	if _, err := d.Token(); err != io.EOF {
		ts.Fatalf("%s holds more than one JSON document", file)
	}
	return doc
}

// plain is how a script writes a JSON value.
func plain(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	b, _ := json.Marshal(v)
	return string(b)
}

// cmdJSON is json FILE PATH VALUE: what stands at PATH is VALUE.
func cmdJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: json FILE PATH VALUE")
	}
	v, ok := at(readJSON(ts, args[0]), args[1])
	switch got := plain(v); {
	case !ok && !neg:
		ts.Fatalf("%s: nothing at %s", args[0], args[1])
	case (ok && got == args[2]) == neg:
		ts.Fatalf("%s at %s: got %q, want (not: %v) %q", args[0], args[1], got, neg, args[2])
	}
}

// cmdKeep is keep NAME FILE PATH: what stands at PATH becomes $NAME.
func cmdKeep(ts *testscript.TestScript, _ bool, args []string) {
	v, ok := at(readJSON(ts, args[1]), args[2])
	if !ok {
		ts.Fatalf("%s: nothing at %s", args[1], args[2])
	}
	ts.Setenv(args[0], plain(v))
}

// cmdCode is code N COMMAND…: it ends with exit code N.
func cmdCode(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if e, ok := err.(interface{ ExitCode() int }); ok {
		got = e.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code: got %d, want %s", got, args[0])
	}
}

// cmdPhoto is photo N FILE: a drawn portrait.
func cmdPhoto(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), sample.Photo(n), 0o600))
}

// cmdCard is card N FILE: a drawn card with the portrait that photo N draws.
func cmdCard(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), sample.Card(n), 0o600))
}

// cmdFrame is frame N FILE: what a camera sees of the person that photo N draws.
func cmdFrame(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	saveJPEG(ts, args[1], picture.SampleFrame(int64(n), 960))
}

// cmdBlank is blank FILE: a picture with nothing on it.
func cmdBlank(ts *testscript.TestScript, _ bool, args []string) {
	saveJPEG(ts, args[0], image.NewGray(image.Rect(0, 0, 900, 1200)))
}

func saveJPEG(ts *testscript.TestScript, name string, img image.Image) {
	var b bytes.Buffer
	ts.Check(jpeg.Encode(&b, img, nil))
	ts.Check(os.WriteFile(ts.MkAbs(name), b.Bytes(), 0o600))
}

// cmdWeights is weights FILE: the weights for comparing faces that come with the program.
func cmdWeights(ts *testscript.TestScript, _ bool, args []string) {
	b, err := assets.Models.ReadFile("models/MobileFaceNet.tflite")
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o600))
}

// cmdSeekingPack is seekingpack FILE: the pack of Hubei, which looks for faces on other people's records.
func cmdSeekingPack(ts *testscript.TestScript, _ bool, args []string) {
	b, err := assets.Files.ReadFile("packs/hubei-self-taught-exam.yaml")
	ts.Check(err)
	const zone = "  unlike_hundredths: {value: 105, source: D-10, since: 2026-11-01}\n"
	text := strings.Replace(string(b), zone, zone+"  others: {value: true, source: D-10, since: 2026-11-01}\n  others_hundredths: {value: 80, source: D-10, since: 2026-11-01}\n", 1)
	text = strings.Replace(text, "consents:\n", "consents:\n  - {id: face-others, version: 1, text: 我同意在其他人的档案里查找我的面部图像。, text_en: I agree that my face is looked for on other people's records.}\n", 1)
	text = strings.Replace(text, `version: "2026.3"`, `version: "2026.4"`, 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// cmdStepless is stepless PACK FILE: a shipped pack as a later version, without its steps.
func cmdStepless(ts *testscript.TestScript, _ bool, args []string) {
	b, err := assets.Files.ReadFile("packs/" + args[0] + ".yaml")
	ts.Check(err)
	text := string(b)
	from, to := strings.Index(text, "\nsteps:\n"), strings.Index(text, "\nidentity:\n")
	text = strings.Replace(text[:from]+text[to:], `version: "2026.`, `version: "2027.`, 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

// cmdFlip is flip IN OUT [PERCENT]: one bit of the byte that far into the file is turned.
func cmdFlip(ts *testscript.TestScript, _ bool, args []string) {
	b := []byte(ts.ReadFile(args[0]))
	percent := 50
	if len(args) > 2 {
		var err error
		percent, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	b[len(b)*percent/100] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b, 0o600))
}

// cmdHold is hold DIR MACHINE: another program has that store open until the script ends.
func cmdHold(ts *testscript.TestScript, _ bool, args []string) {
	s, err := store.Open(context.Background(), ts.MkAbs(args[0]), store.Options{Machine: args[1]})
	ts.Check(err)
	ts.Defer(func() { s.Close() })
}

// cmdXlsx is as-xlsx CSV XLSX: the same cells as text, saved as a workbook.
func cmdXlsx(ts *testscript.TestScript, _ bool, args []string) {
	b, err := asUTF8([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	r := csv.NewReader(bytes.NewReader(b))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	ts.Check(err)
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		for k, v := range row {
			cell, err := excelize.CoordinatesToCellName(k+1, i+1)
			ts.Check(err)
			if formula, ok := strings.CutPrefix(v, "="); ok {
				ts.Check(f.SetCellFormula("Sheet1", cell, formula))
				continue
			}
			ts.Check(f.SetCellStr("Sheet1", cell, v))
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}

// cmdHasCell is has-cell XLSX TEXT: some cell of the workbook says it.
func cmdHasCell(ts *testscript.TestScript, neg bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	found := false
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		ts.Check(err)
		for _, row := range rows {
			found = found || strings.Contains(strings.Join(row, "\t"), args[1])
		}
	}
	if found == neg {
		ts.Fatalf("%s says %q: %v", args[0], args[1], found)
	}
}

// cmdNoFormula is no-formula XLSX: no cell of the workbook is run as a formula, whatever it says.
func cmdNoFormula(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	sheet := f.GetSheetList()[0]
	rows, err := f.GetRows(sheet)
	ts.Check(err)
	for i, row := range rows {
		for k := range row {
			cell, err := excelize.CoordinatesToCellName(k+1, i+1)
			ts.Check(err)
			kind, err := f.GetCellType(sheet, cell)
			ts.Check(err)
			formula, err := f.GetCellFormula(sheet, cell)
			ts.Check(err)
			if formula != "" || row[k] != "" && kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
				ts.Fatalf("%s is no plain text (%v, %q)", cell, kind, formula)
			}
		}
	}
}

// asUTF8 reads text as it came, UTF-8 or GB18030.
func asUTF8(b []byte) ([]byte, error) {
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if utf8.Valid(b) {
		return b, nil
	}
	return simplifiedchinese.GB18030.NewDecoder().Bytes(b)
}

// cmdTruthRoster is truth-roster IMPORT TRUTH VERDICT: what an import said is what the truth
// says of every line; VERDICT is what good rows are: new the first time, same the second.
func cmdTruthRoster(ts *testscript.TestScript, _ bool, args []string) {
	var got importDoc
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &got))
	var truth struct{ Roster []importRow }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &truth))
	if len(got.Rows) != len(truth.Roster) {
		ts.Fatalf("rows: got %d, want %d", len(got.Rows), len(truth.Roster))
	}
	for i, want := range truth.Roster {
		if want.Verdict == "new" {
			want.Verdict = args[2]
		}
		row := got.Rows[i]
		if row.Line != want.Line || row.Verdict != want.Verdict || !saysWhy(want.Why, row.Why) {
			ts.Fatalf("got line %d %s (%s), want line %d %s (%s)", row.Line, row.Verdict, row.Why, want.Line, want.Verdict, want.Why)
		}
	}
}

// saysWhy reports whether our English words say what the truth's reason says.
func saysWhy(truth, words string) bool {
	if truth == "" {
		return words == ""
	}
	for _, part := range rosterWhys[truth] {
		if strings.Contains(words, part) {
			return true
		}
	}
	return false
}

// cmdTruthStanding is truth-standing DIR TRUTH: hours standing says of every learner what the
// truth says.
func cmdTruthStanding(ts *testscript.TestScript, _ bool, args []string) {
	var truth struct {
		Standing map[string]struct {
			standingDoc
			NotCounted []notCounted `json:"not_counted"`
		}
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &truth))
	if len(truth.Standing) < 39 {
		ts.Fatalf("the truth tells of %d learners only", len(truth.Standing))
	}
	for number, want := range truth.Standing {
		ts.Check(ts.Exec("xuezhengctl", where(args[0]), args[0], "--json", "hours", "standing", "--person", number))
		var got standingDoc
		ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &got))
		a, b := lines(got, got.NotCounted), lines(want.standingDoc, want.NotCounted)
		if a != b {
			ts.Fatalf("one learner:\n got %s\nwant %s", a, b)
		}
	}
}

// lines writes a standing so that two can be compared, whatever the order of their lines.
func lines(d standingDoc, not []notCounted) string {
	var list []string
	for _, n := range not {
		key := n.Key
		if key == "" {
			key = standingWhys[n.Why]
		}
		list = append(list, fmt.Sprint(n.Course, n.Hours, key))
	}
	slices.Sort(list)
	return fmt.Sprint(d.Required, d.ElectiveMain, d.Added, list)
}

// standingWhys are our faults for the reasons the truth gives.
var standingWhys = map[string]string{
	"surplus": hours.WhySurplus.Key,
	"required: one mode only, unless a reviewer allows it": hours.WhyOneMode.Key,
	"elective is online only":                              hours.WhyElectiveOnline.Key,
	"before the registration period":                       hours.WhyBeforePeriod.Key,
	"below the pass mark":                                  hours.WhyBelowMark.Key,
	"course counted already":                               hours.WhyRepeated.Key,
	"after the half-year window":                           hours.WhyAfterWindow.Key,
}

// rosterWhys are our English words for the reasons the truth gives.
var rosterWhys = map[string][]string{
	"check digit": {"check digit is wrong"},
	"damaged by spreadsheet (scientific notation)": {"the number itself is lost"},
	"damaged by spreadsheet (last digits 000)":     {"last digits into 000"},
	"date in the number does not exist":            {"does not exist"},
	"same person twice in the file":                {"is in line 6 already"},
	"name missing":                                 {`"姓名" is empty`},
	"number missing":                               {`"身份证号码" is empty`},
	"phone":                                        {"no phone number"},
	"unknown specialty":                            {"no such specialty"},
	"added specialty equals main":                  {"is the main one"},
	"formula":                                      {"holds a formula"},
}

// cmdServer is server NAME: $NAME becomes the URL of a database of its own on PostgreSQL.
func cmdServer(ts *testscript.TestScript, _ bool, args []string) {
	name := servicetest.NameFor(ts.Getenv("WORK"), ts.MkAbs(args[0]))
	ts.Check(servicetest.MakeDatabase(name))
	ts.Setenv(args[0], servicetest.URL(name))
}

// where is the flag that names such a store.
func where(store string) string {
	if strings.Contains(store, "://") {
		return "--store"
	}
	return "--data"
}
