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

// Wrong is one thing wrong with steps.
type Wrong struct {
	Step int // its place in the list
	What Flaw
	Of   string // the id in question; of a circle, the way round: "a → b → a"
	Need string // which of the step's needs it is; none if it isn't one
}

// Flaw is what can be wrong with steps.
type Flaw string

// What can be wrong.
const (
	UnknownNeed Flaw = "unknown-need" // needs, or counts from, a step that is not there
	NotBefore   Flaw = "not-before"   // counts from a step that does not come before it
	Circle      Flaw = "circle"       // steps that need each other
	Unreachable Flaw = "unreachable"  // steps that wait for what can only come after them
)

// Check finds what is wrong with steps whose ids differ: a need that is not there, and steps that nobody can
// reach, since they need each other, or since a step needs what by its nature comes after it. A circle is told
// once, at its first step, and not again of what stands behind it.
func Check(steps []Step) (list []Wrong) {
	at := map[string]int{}
	for i, s := range steps {
		at[s.ID] = i
	}
	for i, s := range steps {
		for _, n := range s.Needs {
			if _, there := at[n]; !there {
				list = append(list, Wrong{i, UnknownNeed, n, n})
			}
		}
		switch _, there := at[s.By.From]; {
		case s.By.From == "":
		case !there:
			list = append(list, Wrong{i, UnknownNeed, s.By.From, ""})
		case s.By.From == s.ID || !comesBefore(steps, at, s.By.From, i):
			list = append(list, Wrong{i, NotBefore, s.By.From, ""})
		}
	}
	round := map[int]bool{}
	for _, what := range []Flaw{Circle, Unreachable} {
		for i := range steps {
			path := circle(steps, at, i, what == Unreachable)
			if path == nil || slices.ContainsFunc(path, func(j int) bool { return round[j] }) {
				continue
			}
			text := ""
			for _, j := range path {
				round[j] = true
				text += steps[j].ID + " → "
			}
			w := Wrong{Step: i, What: what, Of: text + steps[i].ID}
			if next := steps[path[1%len(path)]].ID; slices.Contains(steps[i].Needs, next) {
				w.Need = next
			}
			list = append(list, w)
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

// circle is the way from steps[i] along what comes before it, back to it; nil if there is none. With nature, what
// comes before a step by its nature counts too.
func circle(steps []Step, at map[string]int, i int, nature bool) []int {
	seen := map[int]bool{}
	var look func(j int, path []int) []int
	look = func(j int, path []int) []int {
		path = append(slices.Clone(path), j)
		for _, k := range before(steps, at, steps[j], nature) {
			switch {
			case k == i:
				return path
			case !seen[k]:
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

// before are the places of the steps that come before s.
func before(steps []Step, at map[string]int, s Step, nature bool) (list []int) {
	for _, n := range s.Needs {
		if j, there := at[n]; there {
			list = append(list, j)
		}
	}
	for j, o := range steps {
		if nature && slices.Contains(s.Entry().After, o.Word) {
			list = append(list, j)
		}
	}
	return list
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
