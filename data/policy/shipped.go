package policy

import (
	"io/fs"
	"path"
	"strings"

	"xuezheng/assets"
)

// Shipped is a pack that comes with the program, and its YAML.
func Shipped(name string) (*Pack, []byte, error) {
	if !isID(name) {
		return nil, nil, ErrNoSuchPack.With(name)
	}
	b, err := assets.Files.ReadFile("packs/" + name + ".yaml")
	if err != nil {
		return nil, nil, ErrNoSuchPack.With(name)
	}
	p, err := Load(b)
	return p, b, err
}

// ShippedNames lists the packs that come with the program.
func ShippedNames() (names []string) {
	list, err := fs.ReadDir(assets.Files, "packs")
	if err != nil {
		return nil
	}
	for _, e := range list {
		if path.Ext(e.Name()) == ".yaml" {
			names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
		}
	}
	return names
}
