package policy

import (
	"strings"

	"xuezheng/data/day"
)

// likeHead stands above a pack that was begun from another.
const likeHead = `# 由 {like} 另起的政策包。逐项改：名称、依据（sources）、每个数值的 value、source、since；没有的整段删去。
# 改完运行 xuezhengctl pack check，再用 xuezhengctl pack rehearse 看会影响谁。
# Begun from {like}. Change name by name: the names, the sources, and value, source and since of every figure; take out whole
# sections that there are none of. Then: xuezhengctl pack check, and xuezhengctl pack rehearse to see whom it touches.
`

// Like is a start for a pack of another programme: the text of a pack under a new id, with its comments,
// version 1, valid from that day.
func Like(yaml []byte, id string, on day.Date) ([]byte, error) {
	p, err := Load(yaml)
	if err != nil {
		return nil, err
	}
	if !isID(id) {
		return nil, ErrBadID.With(id)
	}
	head := likeHead
	if p.Format == 1 {
		head += "format: 2\n"
	}
	var out []string
	section := ""
	for _, line := range strings.Split(strings.TrimPrefix(string(yaml), "\ufeff"), "\n") {
		key, _, _ := strings.Cut(line, ":")
		if key != "" && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "#") {
			section = key
		}
		switch {
		case key == "id", key == "  id" && section == "programme":
			line = key + ": " + id
		case key == "version":
			line = `version: "1"`
		case key == "issued", key == "valid_from":
			line = key + ": " + on.String()
		}
		out = append(out, line)
	}
	text := []byte(strings.ReplaceAll(head, "{like}", p.String()) + strings.Join(out, "\n"))
	_, err = Load(text)
	return text, err
}
