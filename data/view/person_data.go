package view

// Contact is how someone can be reached.
type Contact struct{ Phone, Email, Address string }

// LeafRow is one kind of what is kept of somebody, and what deleting them does to it.
type LeafRow struct {
	Kind   string // worded as "person.kind.<code>"
	Count  int
	Fate   string // "goes", "stays-bare" or "stays"
	Months int    // how long what stays is kept
}

// Words are the key and the figures of what becomes of it. A ticket number and a kiosk's result stay
// for good, with nothing of the person.
func (r LeafRow) Words() (key string, figures []any) {
	switch {
	case r.Fate == "goes":
		return "person.fate.goes", nil
	case r.Kind == "ticket", r.Kind == "kiosk_result":
		return "person.fate.bare", nil
	}
	return "person.fate." + r.Fate, []any{r.Months}
}
