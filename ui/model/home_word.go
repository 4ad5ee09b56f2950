package model

// WordsService knows someone's words, and takes another.
type WordsService interface {
	Words() ([]GivenWord, error)
	Agree(kind string, given bool) error
}

// HomeWords are what someone agreed to and refused, each to be taken back or given after all (P-01).
type HomeWords struct {
	List    []GivenWord
	Taken   string // the kind of the word that was just taken back
	screen  *Screen
	service WordsService
}

// Hears adds what someone agreed to and refused to the page of their data.
func (m *PersonEdit) Hears(service WordsService) {
	m.Words = &HomeWords{screen: &m.Screen, service: service}
	m.Words.Load()
}

// Load reads the words.
func (w *HomeWords) Load() {
	var list []GivenWord
	w.screen.Do(func() (err error) { list, err = w.service.Words(); return err }, func() { w.List = list })
}

// TakeBack takes a word back, once it was said what follows from it.
func (w *HomeWords) TakeBack(kind string) {
	if !w.screen.Busy() {
		w.screen.Ask("home.words."+kind+".ask", func() { w.say(kind, false) })
	}
}

// Agree gives a word after all.
func (w *HomeWords) Agree(kind string) {
	if !w.screen.Busy() {
		w.say(kind, true)
	}
}

func (w *HomeWords) say(kind string, given bool) {
	w.Taken = ""
	w.screen.Do(func() error { return w.service.Agree(kind, given) }, func() {
		if !given {
			w.Taken = kind
		}
		w.Load()
	})
}
