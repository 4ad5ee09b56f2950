package main

import (
	"os"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"xuezheng/data/exchange"
	"xuezheng/data/kiosk"
)

const kioskPIN = "246810"

// cmdKiosk stands for a kiosk at a venue:
//
//	kiosk set-up DIR KEYFILE INTRODUCTION      it is set up, and introduces itself
//	kiosk serve DIR DAYFILE NUMBER RESULTS     it takes the day, confirms someone with the staff's word, and exports
func cmdKiosk(ts *testscript.TestScript, _ bool, args []string) {
	at, err := time.Parse(time.RFC3339, ts.Getenv("XUEZHENG_NOW"))
	ts.Check(err)
	cfg := kiosk.Config{Dir: ts.MkAbs(args[1]), Name: "kiosk", Now: func() time.Time { return at }, Cost: exchange.Cost{Passes: 1, Memory: 8, Lanes: 1}}
	switch {
	case args[0] == "set-up" && len(args) == 4:
		introduction, err := kiosk.SetUp(cfg, kiosk.Setup{Name: "大厅一号", PIN: kioskPIN, Issuer: []byte(ts.ReadFile(args[2]))})
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[3]), introduction, 0o600))
	case args[0] == "serve" && len(args) == 5:
		serve(ts, cfg, []byte(ts.ReadFile(args[2])), args[3], ts.MkAbs(args[4]))
	default:
		ts.Fatalf("usage: kiosk set-up DIR KEYFILE INTRODUCTION | kiosk serve DIR DAYFILE NUMBER RESULTS")
	}
}

func serve(ts *testscript.TestScript, cfg kiosk.Config, day []byte, number, results string) {
	m, err := kiosk.Open(cfg)
	ts.Check(err)
	defer m.Close()
	ts.Check(m.Unlock(kioskPIN))
	_, err = m.Load(day)
	ts.Check(err)
	v, err := m.ByNumber(number)
	ts.Check(err)
	v.Agree(false)
	_, err = v.End()
	ts.Check(err)
	end, err := v.Confirm(kioskPIN)
	ts.Check(err)
	ts.Setenv("GIVEN", end.Ticket)
	files, err := m.Export()
	ts.Check(err)
	ts.Check(os.WriteFile(filepath.Clean(results), files[0].Bytes, 0o600))
}
