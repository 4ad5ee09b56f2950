package session

import (
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// Imported is what became of a table, or would become of it, for people.
func Imported(im service.Import, kind service.SheetKind) view.Import {
	v := view.Import{Kind: string(kind), Added: im.Added, Changed: im.Changed, Same: im.Same, Refused: im.Refused, Drafts: im.Drafts, FurtherNew: im.Further.New, FurtherSame: im.Further.Same, Rows: make([]view.ImportRow, len(im.Rows))}
	for i, r := range im.Rows {
		row := view.ImportRow{Line: r.Line, Verdict: string(r.Verdict), Name: r.Name, MaskedNumber: r.Number, Mended: r.Mended, Changes: r.Changes, Before: r.Before, After: r.After, PerHour: r.PerHour, Note: r.Note}
		for _, f := range r.Faults {
			row.Why, row.Cells = append(row.Why, f.Fault), append(row.Cells, f.Address)
		}
		for _, f := range r.Told {
			row.Told = append(row.Told, f.Fault)
		}
		v.Rows[i] = row
	}
	return v
}
