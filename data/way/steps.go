package way

import "slices"

// Step is one step of a programme, as its pack has it.
type Step struct {
	ID       string
	Word     Word
	Needs    []string // ids of the steps that are done before
	By       By
	When     string   // the condition under which there is such a step; none for always
	Asks     []string // of person.complete: which data
	Material string   // of material.hand-in: the id of what is asked for; empty for all that no other step names
	Kinds    []string // of material.hand-in: the kinds of material that are meant
	Name     string   // what the province calls it, if not as the vocabulary does
	NameEn   string
	Source   string // the rule it comes from
}

// By is the last day of a step: so many working days after another one was done. Nothing is none.
type By struct {
	WorkingDays int
	From        string // id of a step that comes before
}

// Entry is the step's word.
func (s Step) Entry() Entry {
	e, _ := Of(s.Word)
	return e
}

// Names is what the step is called, in Chinese and in English: text, or twice the key of it.
func (s Step) Names() (zh, en string) {
	if s.Name == "" {
		return s.Entry().Key(), s.Entry().Key()
	}
	return s.Name, s.NameEn
}

// Wrong is one thing wrong with steps: in which, and with which id it is connected.
type Wrong struct {
	Step int // its place in the list
	What Flaw
	Of   string // the id in question; of a circle, the way round: "a → b → a"
}

// Flaw is what can be wrong with steps.
type Flaw string

// What can be wrong.
const (
	UnknownNeed Flaw = "unknown-need" // needs, or counts from, a step that is not there
	NotBefore   Flaw = "not-before"   // counts from a step that does not come before it
	Circle      Flaw = "circle"
	Unreachable Flaw = "unreachable" // what it needs can't be done before it
)

// Check finds what is wrong with steps whose ids differ: a need that is not there, a circle (told once, at its
// first step), and what nobody can reach because it stands behind one, or needs what can only come later.
func Check(steps []Step) (list []Wrong) {
	at := map[string]int{}
	for i, s := range steps {
		at[s.ID] = i
	}
	for i, s := range steps {
		for _, n := range s.Needs {
			if _, there := at[n]; !there {
				list = append(list, Wrong{i, UnknownNeed, n})
			}
		}
		switch _, there := at[s.By.From]; {
		case s.By.From == "":
		case !there:
			list = append(list, Wrong{i, UnknownNeed, s.By.From})
		case s.By.From == s.ID || !comesBefore(steps, at, s.By.From, i):
			list = append(list, Wrong{i, NotBefore, s.By.From})
		}
	}
	round := map[int]bool{}
	for i := range steps {
		if path := circle(steps, at, i); path != nil && !round[i] {
			text := ""
			for _, j := range path {
				round[j] = true
				text += steps[j].ID + " → "
			}
			list = append(list, Wrong{i, Circle, text + steps[i].ID})
		}
	}
	done := reachable(steps, at)
	for i, s := range steps {
		if !done[i] && !round[i] {
			list = append(list, Wrong{i, Unreachable, behind(steps, at, done, s)})
		}
	}
	return list
}

// comesBefore reports whether the step of that id is needed, by whatever way, before steps[i].
func comesBefore(steps []Step, at map[string]int, id string, i int) bool {
	seen := map[int]bool{}
	var look func(int) bool
	look = func(i int) bool {
		if seen[i] {
			return false
		}
		seen[i] = true
		for _, n := range steps[i].Needs {
			if j, there := at[n]; n == id || there && look(j) {
				return true
			}
		}
		return false
	}
	return look(i)
}

// circle is the way from steps[i] along its needs back to it, nil if there is none.
func circle(steps []Step, at map[string]int, i int) []int {
	seen := map[int]bool{}
	var look func(j int, path []int) []int
	look = func(j int, path []int) []int {
		path = append(slices.Clone(path), j)
		for _, n := range steps[j].Needs {
			k, there := at[n]
			switch {
			case !there || seen[k] && k != i:
			case k == i:
				return path
			default:
				seen[k] = true
				if found := look(k, path); found != nil {
					return found
				}
			}
		}
		return nil
	}
	return look(i, nil)
}

// reachable are the steps that can be done one after the other: everything that a step needs, and what comes
// before it by its nature, can be done before it. A need that is not there holds up nothing.
func reachable(steps []Step, at map[string]int) map[int]bool {
	done := map[int]bool{}
	for more := true; more; {
		more = false
		for i, s := range steps {
			if !done[i] && behind(steps, at, done, s) == "" {
				done[i], more = true, true
			}
		}
	}
	return done
}

// behind is the id of the first step that s stands behind and that is not done; empty if there is none.
func behind(steps []Step, at map[string]int, done map[int]bool, s Step) string {
	for _, n := range s.Needs {
		if j, there := at[n]; there && !done[j] {
			return n
		}
	}
	for _, w := range s.Entry().After {
		for j, o := range steps {
			if o.Word == w && !done[j] {
				return o.ID
			}
		}
	}
	return ""
}

// Without leaves out the steps that a person does not have: what needed one of them needs what it needed.
func Without(steps []Step, gone map[string]bool) (list []Step) {
	needs := map[string][]string{}
	for _, s := range steps {
		needs[s.ID] = s.Needs
	}
	var instead func(ids []string) []string
	instead = func(ids []string) (all []string) {
		for _, id := range ids {
			if gone[id] {
				all = append(all, instead(needs[id])...)
			} else {
				all = append(all, id)
			}
		}
		return all
	}
	for _, s := range steps {
		if gone[s.ID] {
			continue
		}
		s.Needs = once(instead(s.Needs))
		if gone[s.By.From] {
			s.By = By{}
		}
		list = append(list, s)
	}
	return list
}

func once(ids []string) (list []string) {
	for _, id := range ids {
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}
