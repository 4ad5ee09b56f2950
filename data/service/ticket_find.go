package service

import (
	"context"
	"slices"

	"xuezheng/data/access"
)

// mostHolders is how many people are looked at whose numbers some words may mean.
const mostHolders = 10

// FindBy looks numbers up by their beginning, and those of whoever the words may mean: a name, the
// end of a document number, a phone (H-07).
func (s *Tickets) FindBy(ctx context.Context, who access.Who, words string, limit int) ([]Found, error) {
	list, err := s.Find(ctx, who, words, limit)
	if err != nil {
		return nil, err
	}
	people, err := (&People{s.core}).Find(ctx, who, words, mostHolders)
	if err != nil {
		return nil, err
	}
	for _, h := range people {
		own, err := s.Of(ctx, who, h.ID)
		if err != nil {
			return nil, err
		}
		for _, t := range own {
			if len(list) < limit && !slices.ContainsFunc(list, func(f Found) bool { return f.Number == t.Number }) {
				list = append(list, Found{t, h.Name, h.MaskedNumber})
			}
		}
	}
	return list, nil
}
