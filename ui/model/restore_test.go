package model

import (
	"context"
	"errors"
	"testing"
)

// cellar puts backups back.
type cellar struct {
	looked, put RestoreOrder
	err         error
}

func (c *cellar) LookInto(_ context.Context, o RestoreOrder, report func(done, of int)) (BackupHolds, error) {
	c.looked = o
	report(100, 100)
	return BackupHolds{Institution: "建设继续教育中心", People: 3}, c.err
}

func (c *cellar) Restore(_ context.Context, o RestoreOrder, _ func(done, of int)) (string, error) {
	c.put = o
	return "aside", c.err
}

// chooser chooses a backup, and a file with its key.
type chooser struct{ Files }

func (chooser) ChoosePath(then func(string), _ ...string) { then("/stick/b.xzbackup") }
func (chooser) Choose(then func(File, error), _ ...string) {
	then(File{Name: "key.txt", Bytes: []byte("AGE-SECRET-KEY-1 QYQSZQ\n GPQYQS\n")}, nil)
}

func TestABackupIsLookedIntoBeforeItIsPutBack(t *testing.T) {
	c, done := &cellar{}, 0
	m := NewRestore(c, chooser{}, "", Now, func(string, error) { done++ })
	if m.CanLook() || m.CanRestore() || m.Over() || m.Own() {
		t.Error("something can be done before anything was chosen")
	}
	m.Choose()
	if m.CanLook() {
		t.Error("looked into without a key")
	}
	m.ChooseKey()
	if m.Restore(); c.put.File != "" {
		t.Error("put back unseen")
	}
	m.Look()
	if m.Holds == nil || c.looked.File != "/stick/b.xzbackup" || c.looked.Recovery != "AGE-SECRET-KEY-1 QYQSZQ GPQYQS" {
		t.Fatalf("looked into %+v, found %+v", c.looked, m.Holds)
	}
	m.Recovery.Set("another")
	if m.Holds != nil || m.CanRestore() {
		t.Error("another key, and what it held is still shown")
	}
	c.err = errTest
	if m.Look(); m.Holds != nil || !errors.Is(m.Problem(), errTest) {
		t.Errorf("one that doesn't open: %+v, %v", m.Holds, m.Problem())
	}
	c.err = nil
	m.Look()
	m.Restore()
	if done != 1 || !m.Done || c.put.Institution != "" || !m.Recovery.Empty() || m.CanRestore() {
		t.Errorf("done %d times: %+v", done, c.put)
	}
}

func TestAStoreIsReplacedOnlyByItsName(t *testing.T) {
	c, done := &cellar{}, 0
	m := NewRestore(c, chooser{}, "建设继续教育中心", Now, func(aside string, err error) {
		if done++; aside != "aside" {
			t.Errorf("set aside in %q", aside)
		}
	})
	m.Choose()
	m.By.Set(ByOwnKey)
	if m.CanLook() {
		t.Error("by the store's own key without a passphrase")
	}
	m.Passphrase.Set("一句口令")
	m.Look()
	if c.looked.Recovery != "" || c.looked.Passphrase != "一句口令" || m.CanRestore() {
		t.Errorf("looked into %+v", c.looked)
	}
	m.Name.Set("建设继续教育")
	m.Restore()
	if m.Question() != nil || m.Name.Refusal() == nil {
		t.Error("another name was taken")
	}
	m.Name.Set("建设继续教育中心")
	m.Restore()
	if m.Question() == nil || c.put.File != "" {
		t.Fatal("not asked first")
	}
	m.Yes()
	if done != 1 || c.put.Institution != "建设继续教育中心" || c.put.Passphrase == "" {
		t.Errorf("done %d times: %+v", done, c.put)
	}
}
