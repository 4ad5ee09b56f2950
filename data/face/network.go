package face

import "fmt"

// step is one layer of a network: what it reads, and where it leaves its answer.
type step struct {
	do   func(in []*volume) *volume
	from []int
	to   int
}

// network is a list of steps over numbered places.
type network struct {
	steps  []step
	in     int
	shape  [3]int // of what goes in
	places int
	work   int // multiplications, where they were counted
}

// run gives what lies in each of the places asked for, after every step. What no later step reads
// is let go at once: held to the end, the layers would take ten times as much memory.
func (n *network) run(in *volume, asked ...int) ([]*volume, error) {
	if [3]int{in.high, in.wide, in.deep} != n.shape {
		return nil, fmt.Errorf("the network takes %v, not %d×%d×%d", n.shape, in.high, in.wide, in.deep)
	}
	held, last := make([]*volume, n.places), n.lastReads(asked)
	held[n.in] = in
	for i, s := range n.steps {
		read := make([]*volume, len(s.from))
		for j, f := range s.from {
			if read[j] = held[f]; read[j] == nil {
				return nil, fmt.Errorf("step %d reads what was not made", i)
			}
		}
		held[s.to] = s.do(read)
		for _, f := range s.from {
			if last[f] == i {
				held[f] = nil
			}
		}
	}
	out := make([]*volume, len(asked))
	for i, a := range asked {
		if out[i] = held[a]; out[i] == nil {
			return nil, fmt.Errorf("the network does not make what is asked for")
		}
	}
	return out, nil
}

// lastReads says of each place which step is the last that reads it; what is asked for is kept.
func (n *network) lastReads(asked []int) []int {
	last := make([]int, n.places)
	for i, s := range n.steps {
		for _, f := range s.from {
			last[f] = i
		}
	}
	for _, a := range asked {
		last[a] = len(n.steps)
	}
	return last
}
