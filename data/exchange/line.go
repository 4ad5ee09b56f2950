package exchange

// Lines reads a small table as it stands: every line of the first sheet that has any, a CSV in
// whatever spelling of its characters. A file of more bytes than most is refused.
func Lines(file []byte, most int) (lines [][]string, err error) {
	if len(file) > most {
		return nil, ErrTooBig.With(max(1, most>>20))
	}
	sources, _, err := sourcesOf(file)
	if err != nil {
		return nil, err
	}
	for _, src := range sources {
		if lines, err = linesOf(src); err != nil || len(lines) > 0 {
			return lines, err
		}
	}
	return nil, ErrEmpty
}

func linesOf(src source) (lines [][]string, err error) {
	err = src.rows(func(line int, cells []rawCell) bool {
		for len(lines) < line-1 && len(lines) < MaxColumns*MaxColumns { // lines that a sheet leaves out
			lines = append(lines, nil)
		}
		texts := make([]string, len(cells))
		for i, c := range cells {
			texts[i] = c.text
		}
		lines = append(lines, texts)
		return true
	})
	return lines, err
}
