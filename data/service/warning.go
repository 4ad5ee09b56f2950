package service

import (
	"errors"

	"xuezheng/data/fault"
	"xuezheng/data/store"
)

// Warnings are what whoever signs in has to know of the place where the store is kept: that it can only
// be read, or that another program moves its files.
func (s *Access) Warnings() []*fault.Fault {
	list := PlaceWarnings(s.store)
	if n := s.spoiltRows.Load(); n > 0 {
		list = append(list, ErrSpoilt.With(n))
	}
	if len(s.lostNow()) > 0 {
		list = append(list, ErrTrailOlder)
	}
	return list
}

// PlaceWarnings are those of a store.
func PlaceWarnings(st *store.Store) (list []*fault.Fault) {
	var f *fault.Fault
	if errors.As(st.ReadOnly(), &f) {
		list = append(list, f)
	}
	return append(list, store.Synced(st.Dir())...)
}
