package widget

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xuezheng/assets"
)

// IconPart is one of our drawings, stroked in a colour of the theme.
type IconPart struct {
	widget.BaseWidget
	name   string
	size   float32
	colour Colour
	image  *canvas.Image
}

// Icon draws assets/icons/NAME.svg at a size, lowered a little onto the middle of Chinese text.
func Icon(name string, size float32, c Colour) fyne.CanvasObject {
	return container.New(middle{drop: float32(int(size/20 + 0.5))}, newIcon(name, size, c))
}

func newIcon(name string, size float32, c Colour) *IconPart {
	i := &IconPart{name: name, size: size, colour: c, image: canvas.NewImageFromResource(nil)}
	i.image.FillMode = canvas.ImageFillContain
	i.ExtendBaseWidget(i)
	i.paint()
	return i
}

// paint writes colour and width into the drawing. Fyne's SVG reader takes a stroke in device
// pixels, so its width follows the size and the canvas's scale; the name of the resource is the
// key of its cache and so carries both.
func (i *IconPart) paint() {
	at := i.size * scale()
	if c := fyne.CurrentApp().Driver().CanvasForObject(i); c != nil {
		at *= c.Scale()
	}
	width := strconv.FormatFloat(max(1.6, float64(at)*0.095), 'f', 1, 64)
	hex := css(paint(i.colour))
	body, err := assets.Files.ReadFile("icons/" + i.name + ".svg")
	if err != nil {
		panic("no icon " + i.name)
	}
	drawn := strings.NewReplacer("STROKE", hex, "FILL", hex, "WIDTH", width).Replace(string(body))
	i.image.Resource = fyne.NewStaticResource(i.name+hex+width+".svg", []byte(drawn))
}

// css writes a colour for a drawing.
func css(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}

// CreateRenderer is for Fyne.
func (i *IconPart) CreateRenderer() fyne.WidgetRenderer { return iconRenderer{i} }

type iconRenderer struct{ i *IconPart }

func (r iconRenderer) Layout(s fyne.Size) { r.i.image.Resize(s) }
func (r iconRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.i.size*scale(), r.i.size*scale())
}
func (r iconRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.i.image} }
func (r iconRenderer) Destroy()                     {}
func (r iconRenderer) Refresh() {
	r.i.paint()
	r.i.image.Refresh()
}
