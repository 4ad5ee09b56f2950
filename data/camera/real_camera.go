//go:build camera && cgo

package camera

import (
	"cmp"
	"context"
	"image"
	"image/draw"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/pion/mediadevices/pkg/driver"
	cameras "github.com/pion/mediadevices/pkg/driver/camera"
)

// What is asked of a camera: enough for a face, little enough for eight looks a second.
const (
	askedWide, askedHigh = 640, 480
	askedRate            = 15
)

// search keeps two from looking for cameras at once.
var search sync.Mutex

// found looks for the cameras that are plugged in now, the usual one first.
func found() []driver.Driver {
	search.Lock()
	defer search.Unlock()
	cameras.Initialize()
	all := driver.GetManager().Query(driver.FilterVideoRecorder())
	slices.SortFunc(all, func(a, b driver.Driver) int {
		x, y := a.Info(), b.Info()
		return cmp.Or(cmp.Compare(y.Priority, x.Priority), cmp.Compare(x.Label, y.Label))
	})
	return all
}

// nameOf is what a person calls a camera, and what it is opened by: its own name, and where it
// is plugged in, for two of one make have the same.
func nameOf(d driver.Driver) string {
	info := d.Info()
	name, _, _ := strings.Cut(info.Name, cameras.LabelSeparator)
	label := info.Label
	if i := strings.LastIndex(label, cameras.LabelSeparator); i >= 0 {
		label = label[i+1:]
	}
	if name == "" || name == label {
		return label
	}
	return name + " (" + label + ")"
}

func listCameras() []string {
	var names []string
	for _, d := range found() {
		names = append(names, nameOf(d))
	}
	return names
}

// openCamera opens a camera by its name; "" the first that gives pictures, for some of what the
// system lists as cameras give none.
func openCamera(name string) (FrameSource, error) {
	all := found()
	if len(all) == 0 {
		return nil, ErrNoCamera
	}
	none := ErrNoSuch
	for _, d := range all {
		if name != "" && nameOf(d) != name {
			continue
		}
		if s, err := begin(d); err == nil {
			return s, nil
		}
		none = ErrBusy
	}
	return nil, none
}

// device is a camera that gives pictures.
type device struct {
	of   driver.Driver
	read func() (image.Image, func(), error)
}

// begin opens a camera in the way nearest to what is asked; one that can't keep a rate is asked
// again without.
func begin(d driver.Driver) (FrameSource, error) {
	for _, rated := range []bool{true, false} {
		if err := d.Open(); err != nil {
			return nil, ErrBusy.Because(err)
		}
		ways := d.Properties()
		if len(ways) == 0 {
			_ = d.Close()
			return nil, ErrBusy
		}
		way := ways[0]
		for _, w := range ways {
			if off(w.Width, w.Height, w.FrameRate) < off(way.Width, way.Height, way.FrameRate) {
				way = w
			}
		}
		if !rated {
			way.FrameRate = 0
		}
		r, err := d.(driver.VideoRecorder).VideoRecord(way)
		if err == nil {
			return &device{of: d, read: r.Read}, nil
		} // and it has been closed already
	}
	return nil, ErrBusy
}

// off is how far a size and rate are from what is asked. Too small counts twice; a camera that
// says no rate is taken to have the right one.
func off(wide, high int, rate float32) float64 {
	size := math.Log2(float64(max(wide*high, 1)) / (askedWide * askedHigh))
	if size < 0 {
		size *= -2
	}
	if rate <= 0 {
		return size
	}
	return size + math.Abs(math.Log2(float64(rate)/askedRate))/2
}

func (d *device) Next(ctx context.Context) (Frame, error) {
	if err := ctx.Err(); err != nil {
		return Frame{}, err
	}
	img, release, err := d.read()
	if err != nil {
		return Frame{}, ErrBusy.Because(err)
	}
	f := Frame{Image: copied(img), At: time.Now()}
	if release != nil {
		release()
	}
	return f, nil
}

func (d *device) Close() error { return d.of.Close() }

// copied is a picture of its own: the driver writes the next into the same place.
func copied(img image.Image) image.Image {
	if y, ok := img.(*image.YCbCr); ok {
		c := *y
		c.Y, c.Cb, c.Cr = slices.Clone(y.Y), slices.Clone(y.Cb), slices.Clone(y.Cr)
		return &c
	}
	c := image.NewRGBA(img.Bounds())
	draw.Draw(c, c.Rect, img, c.Rect.Min, draw.Src)
	return c
}
