package model

import (
	"image"

	"xuezheng/data/identity"
)

// ChooseCard lets a person choose a picture of the card's portrait side.
func (m *HomeOnline) ChooseCard() { m.files.Choose(m.Take, Pictures...) }

// Take reads a picture of the card that was chosen or dropped.
func (m *HomeOnline) Take(f File, err error) {
	if m.Stage() != OnlineCard || m.Busy() {
		return
	}
	if err == nil && !f.Is(Pictures...) {
		err = ErrNotAPicture
	}
	if err != nil {
		m.Refuse(err)
		return
	}
	m.show(f.Name, f.Bytes)
}

func (m *HomeOnline) show(name string, b []byte) {
	var small []byte
	m.Do(func() (err error) { small, err = m.service.Preview(b); return err }, func() {
		m.File, m.Side, m.side, m.Known = name, small, b, false
	})
}

// Finding reports whether the camera looks for the card.
func (m *HomeOnline) Finding() bool { return m.finder != nil }

// Find shows through the camera where the card is.
func (m *HomeOnline) Find() {
	if m.Stage() != OnlineCard || m.Busy() || !m.HasCamera() || m.finder != nil {
		return
	}
	name := m.Camera.Value()
	var f Viewfinder
	m.opening(func() (err error) { f, err = m.service.Viewfinder(name); return err }, func() { f.Close() }, func() {
		m.finder, m.File, m.Side, m.side, m.Known = f, "", nil, nil, false
		m.look()
	})
}

// opening opens a camera away from the screen. One that comes after the page was left is let go;
// one that can't be opened is said by the page itself.
func (m *HomeOnline) opening(open func() error, letGo, then func()) {
	m.busy++
	m.problem, m.Broke = nil, false
	m.Changed()
	m.runner()(open, func(err error) {
		m.busy--
		switch {
		case m.gone && err == nil:
			letGo()
			return
		case m.gone:
			return
		case err != nil:
			m.Broke = true
		default:
			then()
		}
		m.Changed()
	})
}

// look shows one picture after another until the camera is let go.
func (m *HomeOnline) look() {
	f := m.finder
	var img image.Image
	var broke error
	m.runner()(func() error { img, broke = f.Next(); return nil }, func(error) {
		switch {
		case m.gone || m.finder != f:
		case broke != nil:
			m.stopCameras()
			m.Broke = true
			m.Changed()
		default:
			m.Finder = img
			m.Changed()
			m.look()
		}
	})
}

// Snap takes the picture that is seen.
func (m *HomeOnline) Snap() {
	f := m.finder
	if f == nil || m.Busy() {
		return
	}
	var b []byte
	m.Do(func() (err error) { b, err = f.Take(); return err }, func() {
		m.stopCameras()
		m.show("", b)
	})
}

// StopFinding lets the camera go without a picture.
func (m *HomeOnline) StopFinding() {
	m.stopCameras()
	m.Changed()
}

// CanSendCard reports whether there is a picture of the card.
func (m *HomeOnline) CanSendCard() bool {
	return m.Stage() == OnlineCard && !m.Busy() && len(m.side) > 0
}

// SendCard hands the card's portrait side in: the first step of H-14.
func (m *HomeOnline) SendCard() {
	if !m.CanSendCard() {
		return
	}
	id, side := m.Try.ID, m.side
	var t identity.Try
	m.Do(func() (err error) { t, err = m.service.SendCard(id, side); return err }, func() { m.took(t) })
}

// CanStart reports whether the camera may start.
func (m *HomeOnline) CanStart() bool { return m.Stage() == OnlineReady && !m.Busy() && m.HasCamera() }

// Start begins what is asked before the camera: the second step of H-14.
func (m *HomeOnline) Start() {
	if !m.CanStart() {
		return
	}
	name, digits := m.Camera.Value(), m.Try.Digits
	var cam OnlineCamera
	m.opening(func() (err error) { cam, err = m.service.Watch(name, digits); return err }, func() { cam.Close() }, func() {
		m.camera, m.running, m.Sight = cam, true, Sight{}
		m.watch()
	})
}

// watch shows one sight after another until it is over. A camera that breaks fails nobody: it may be
// started again.
func (m *HomeOnline) watch() {
	cam := m.camera
	var sight Sight
	var broke error
	m.runner()(func() error { sight, broke = cam.Next(); return nil }, func(error) {
		switch {
		case m.gone || m.camera != cam:
		case broke != nil || sight.Over && sight.Why == identity.WhyEnded:
			m.stopCameras()
			m.Broke = true
			m.Changed()
		case !sight.Over:
			m.Sight = sight
			m.Changed()
			m.watch()
		default:
			m.Sight = sight
			m.sendAlive(cam)
		}
	})
}

// sendAlive hands in what was recorded; then the photo is compared with the card.
func (m *HomeOnline) sendAlive(cam OnlineCamera) {
	id, why := m.Try.ID, m.Sight.Why
	var t identity.Try
	m.Do(func() (err error) {
		r := cam.Recorded()
		if r.Why == "" {
			r.Why = why
		}
		if r.Why == identity.WhyEnded { // the page was left
			return errStopped
		}
		t, err = m.service.SendAlive(id, r)
		return err
	}, func() {
		m.stopCameras()
		m.took(t)
		m.ComparePhoto()
	})
}

// ComparePhoto has the ID photo compared with the card's portrait: the last step of H-14, done by
// itself. A figure refuses nobody.
func (m *HomeOnline) ComparePhoto() {
	if m.Stage() != OnlinePhoto {
		return
	}
	id := m.Try.ID
	var t identity.Try
	m.Do(func() (err error) { t, err = m.service.ComparePhoto(id); return err }, func() { m.took(t) })
}

// StopWatching lets the camera go; what was done before it starts anew.
func (m *HomeOnline) StopWatching() {
	if m.Busy() {
		return
	}
	m.stopCameras()
	m.Changed()
}

// Reading reports whether the digits are to be read aloud now.
func (m *HomeOnline) Reading() bool { return m.running && m.Sight.Ask == ReadAloud }

// ReadAloud is the key of the step in which digits are read aloud.
const ReadAloud = "identity.task." + string(identity.ReadDigits)
