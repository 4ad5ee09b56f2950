package sign

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"io"
	"sync"

	"github.com/gowebpki/jcs"
	"github.com/piprate/json-gold/ld"
)

//go:embed contexts/*.json
var contexts embed.FS

// The contexts a document of ours may name. Nothing else is ever loaded, least of all from a
// network.
const (
	CredentialsV2 = "https://www.w3.org/ns/credentials/v2"
	OpenBadges3   = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
)

var contextFiles = map[string]string{CredentialsV2: "contexts/credentials-v2.json", OpenBadges3: "contexts/open-badges-3.0.3.json"}

// canonical is JSON in its one spelling (RFC 8785).
func canonical(v any) ([]byte, error) {
	b, err := encode(v)
	if err != nil {
		return nil, err
	}
	return jcs.Transform(b)
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// normal is a document in canonical N-Quads (RDF Dataset Canonicalization). A name that no
// context knows is an error: it would be left out in silence, and so be unsigned. The library's
// own Normalize forgets SafeMode on its way, so its steps are taken one by one here.
func normal(doc map[string]any) ([]byte, error) {
	active, err := activeContext(doc["@context"])
	if err != nil {
		return nil, err
	}
	body := make(map[string]any, len(doc))
	for name, v := range doc {
		if name != "@context" {
			body[name] = v
		}
	}
	api, o := ld.NewJsonLdApi(), options()
	expanded, err := api.Expand(active, "", body, o, false, nil)
	if err != nil {
		return nil, errors.Join(ErrForm, err)
	}
	quads, err := api.ToRDF([]any{expanded}, o)
	if err != nil {
		return nil, errors.Join(ErrForm, err)
	}
	out, err := api.Normalize(quads, o)
	if err != nil {
		return nil, errors.Join(ErrForm, err)
	}
	text, ok := out.(string)
	if !ok {
		return nil, ErrForm
	}
	return []byte(text), nil
}

func options() *ld.JsonLdOptions {
	o := ld.NewJsonLdOptions("")
	o.DocumentLoader = loader{}
	o.Algorithm = ld.AlgorithmURDNA2015
	o.Format = "application/n-quads"
	o.SafeMode = true
	return o
}

// maxContexts is how many contexts are kept parsed: our own documents share one.
const maxContexts = 8

var parsed = struct {
	sync.Mutex
	by map[string]*ld.Context
}{by: map[string]*ld.Context{}}

// activeContext parses a document's context, or hands out the one parsed before: all of
// ours share it, and it is the longest there is to read.
func activeContext(v any) (*ld.Context, error) {
	name, err := encode(v)
	if err != nil {
		return nil, err
	}
	parsed.Lock()
	c, ok := parsed.by[string(name)]
	parsed.Unlock()
	if ok {
		return c, nil
	}
	if c, err = ld.NewContext(nil, options()).Parse(v); err != nil {
		return nil, errors.Join(ErrForm, err)
	}
	parsed.Lock()
	defer parsed.Unlock()
	if len(parsed.by) < maxContexts {
		parsed.by[string(name)] = c
	}
	return c, nil
}

// loader knows the embedded contexts and nothing else.
type loader struct{}

var loaded = sync.OnceValues(func() (map[string]any, error) {
	all := map[string]any{}
	for name, file := range contextFiles {
		b, err := contexts.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var c any
		if err := json.Unmarshal(b, &c); err != nil {
			return nil, err
		}
		all[name] = c
	}
	return all, nil
})

// LoadDocument hands out an embedded context.
func (loader) LoadDocument(name string) (*ld.RemoteDocument, error) {
	all, err := loaded()
	if err != nil {
		return nil, err
	}
	c, ok := all[name]
	if !ok {
		return nil, ErrForm
	}
	return &ld.RemoteDocument{DocumentURL: name, Document: c}, nil
}

// unambiguous refuses JSON that is too deep, has a name twice in one object, or goes on after
// its end: readers might differ about what it says.
func unambiguous(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := value(d, 0); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return ErrForm
	}
	return nil
}

func value(d *json.Decoder, depth int) error {
	t, err := d.Token()
	if err != nil || depth > maxDepth {
		return ErrForm
	}
	open, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	seen := map[string]bool{}
	for d.More() {
		if open == '{' {
			name, err := d.Token()
			text, ok := name.(string)
			if err != nil || !ok || seen[text] {
				return ErrForm
			}
			seen[text] = true
		}
		if err := value(d, depth+1); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return ErrForm
	}
	return nil
}
