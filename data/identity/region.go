package identity

import (
	"bytes"
	"sort"
	"strings"
	"sync"

	"xuezheng/assets"
)

// regions holds the lines of assets/regions: six digits, a tab, the name; sorted.
var regions = sync.OnceValue(func() [][]byte {
	b, err := assets.Files.ReadFile("regions/regions.tsv")
	if err != nil {
		return nil
	}
	return bytes.Split(bytes.TrimSpace(b), []byte("\n"))
})

// RegionName names a six-digit code of GB/T 2260, historic ones too, with its province and
// city: 广西壮族自治区南宁市兴宁区. It is empty for a code nobody knows.
func RegionName(code string) string {
	if len(code) != 6 {
		return ""
	}
	own := lookUp(code)
	if own == "" {
		return ""
	}
	var name strings.Builder
	for _, higher := range []string{code[:2] + "0000", code[:4] + "00"} {
		if higher != code {
			if n := lookUp(higher); !strings.HasPrefix(n, "市辖区") && n != "县" && !strings.Contains(n, "直辖县级") {
				name.WriteString(n)
			}
		}
	}
	name.WriteString(own)
	return name.String()
}

func lookUp(code string) string {
	lines := regions()
	i := sort.Search(len(lines), func(i int) bool { return string(lines[i][:6]) >= code })
	if i < len(lines) && string(lines[i][:6]) == code {
		return string(lines[i][7:])
	}
	return ""
}
