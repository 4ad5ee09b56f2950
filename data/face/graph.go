package face

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// graphFile is a graph model of TensorFlow.js.
type graphFile struct {
	ModelTopology struct {
		Node []*graphNode
	}
	WeightsManifest manifest
}

type graphNode struct {
	Name, Op string
	Input    []string
	Attr     map[string]struct {
		S    string
		List struct{ S, I []string }
	}
}

// graph turns a file's nodes into a network's steps, each after what it reads.
type graph struct {
	nodes   map[string]*graphNode
	weights weights
	net     *network
	place   map[string]int
}

// readGraph reads a graph model and makes the network that leaves each of asked in its place.
func readGraph(files fs.FS, name string, shape [3]int, asked ...string) (*network, []int, error) {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, nil, err
	}
	var f graphFile
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	w, err := f.WeightsManifest.read(files, path.Dir(name))
	if err != nil {
		return nil, nil, err
	}
	g := &graph{map[string]*graphNode{}, w, &network{in: 0, shape: shape, places: 1}, map[string]int{}}
	for _, n := range f.ModelTopology.Node {
		g.nodes[n.Name] = n
	}
	var places []int
	for _, a := range asked {
		p, err := g.make(a, 0)
		if err != nil {
			return nil, nil, err
		}
		places = append(places, p)
	}
	return g.net, places, nil
}

// make makes the steps that a node needs, and says where its answer lies.
func (g *graph) make(name string, deep int) (int, error) {
	name, _, _ = strings.Cut(name, ":")
	if p, ok := g.place[name]; ok {
		return p, nil
	}
	n := g.nodes[name]
	if n == nil || deep > mostTensors {
		return 0, fmt.Errorf("the graph has no node %s", name)
	}
	switch n.Op {
	case "Placeholder":
		return 0, nil
	case "Reshape", "Identity", "Squeeze":
		p, err := g.make(n.Input[0], deep+1)
		g.place[name] = p
		return p, err
	}
	do, reads, err := g.step(n)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	s := step{do: do, to: g.net.places}
	g.net.places++
	for _, r := range reads {
		p, err := g.make(r, deep+1)
		if err != nil {
			return 0, err
		}
		s.from = append(s.from, p)
	}
	g.net.steps = append(g.net.steps, s)
	g.place[name] = s.to
	return s.to, nil
}

// step is what one node does, and which nodes it reads.
func (g *graph) step(n *graphNode) (do func([]*volume) *volume, reads []string, err error) {
	one := func(f func(*volume) *volume) (func([]*volume) *volume, []string, error) {
		return func(in []*volume) *volume { return f(in[0]) }, n.Input[:1], nil
	}
	switch n.Op {
	case "Conv2D", "_FusedConv2D":
		f, err := g.convolution(n)
		if err != nil {
			return nil, nil, err
		}
		return one(f.of)
	case "DepthwiseConv2dNative":
		t, err := g.constant(n.Input[1], 4)
		if err != nil {
			return nil, nil, err
		}
		return one((&depthwise{t.shape[0], t.shape[1], n.stride(), n.padded(), t.at, after{}}).of)
	case "Add", "AddV2", "BiasAdd":
		if t, ok := g.weights[n.Input[1]]; ok {
			a := after{bias: t.at}
			return one(bent(a))
		}
		return sum, n.Input[:2], nil
	case "Prelu":
		t, ok := g.weights[n.Input[1]]
		if !ok {
			return nil, nil, fmt.Errorf("no slopes %s", n.Input[1])
		}
		return one(bent(after{bend: sloped, slope: t.at}))
	case "Relu":
		return one(bent(after{bend: relu}))
	case "MaxPool":
		side, stride, padded := n.number("ksize"), n.stride(), n.padded()
		return one(func(v *volume) *volume { return pool(v, side, stride, padded, false) })
	case "Pad":
		t, ok := g.weights[n.Input[1]]
		if !ok || len(t.at) != 8 {
			return nil, nil, fmt.Errorf("no margins %s", n.Input[1])
		}
		return one(func(v *volume) *volume { return widened(v, t.at) })
	case "Sigmoid":
		return one(func(v *volume) *volume {
			v = v.copied()
			for i, n := range v.at {
				v.at[i] = float32(sigmoid(n))
			}
			return v
		})
	}
	return nil, nil, fmt.Errorf("operation %s is not known here", n.Op)
}

func bent(a after) func(*volume) *volume {
	return func(v *volume) *volume {
		v = v.copied()
		a.to(v.at, v.deep)
		return v
	}
}

// widened puts margins round a volume: above, below, left, right, and channels before and after.
func widened(v *volume, m []float32) *volume {
	up, down, left, right, before, behind := int(m[2]), int(m[3]), int(m[4]), int(m[5]), int(m[6]), int(m[7])
	o := newVolume(v.high+up+down, v.wide+left+right, v.deep+before+behind)
	for y := range v.high {
		for x := range v.wide {
			copy(o.at[((y+up)*o.wide+x+left)*o.deep+before:], v.at[(y*v.wide+x)*v.deep:(y*v.wide+x+1)*v.deep])
		}
	}
	return o
}

func (g *graph) constant(name string, dimensions int) (tensor, error) {
	t, ok := g.weights[name]
	if !ok || len(t.shape) != dimensions {
		return t, fmt.Errorf("no table %s of %d dimensions", name, dimensions)
	}
	return t, nil
}

func (g *graph) convolution(n *graphNode) (*convolution, error) {
	t, err := g.constant(n.Input[1], 4)
	if err != nil {
		return nil, err
	}
	var a after
	next := 2
	for _, f := range n.Attr["fused_ops"].List.S {
		switch plain(f) {
		case "BiasAdd":
			a.bias = g.weights[n.Input[next]].at
			next++
		case "Relu":
			a.bend = relu
		case "Relu6":
			a.bend = relu6
		case "Prelu":
			a.bend, a.slope = sloped, g.weights[n.Input[next]].at
			next++
		default:
			return nil, fmt.Errorf("%s is not known here", plain(f))
		}
	}
	return newConvolution(t.shape, t.at, n.stride(), n.padded(), a), nil
}

func (n *graphNode) stride() int {
	if len(n.Attr["strides"].List.I) == 4 {
		return n.number("strides")
	}
	return 1
}

// number is the second of an attribute's four numbers: rows and columns are alike here.
func (n *graphNode) number(attribute string) int {
	list := n.Attr[attribute].List.I
	if len(list) < 2 {
		return 1
	}
	i, _ := strconv.Atoi(list[1])
	return max(1, i)
}

func (n *graphNode) padded() bool { return plain(n.Attr["padding"].S) != "VALID" }

// plain is a text of the file, which writes its texts in base64.
func plain(s string) string {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return s
	}
	return string(b)
}
