package portrait

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/image/draw"

	"xuezheng/data/day"
	"xuezheng/data/identity"
	"xuezheng/data/picture"
	"xuezheng/data/policy"
)

var photoDay = day.MustNew(2026, 11, 28)

// shippedStandard is a photo standard of the packs that come with the program.
func shippedStandard(t *testing.T, name string) identity.Standard {
	t.Helper()
	for _, n := range policy.ShippedNames() {
		pack, _, err := policy.Shipped(n)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range pack.Photo {
			if s.ID == name {
				return s
			}
		}
	}
	t.Fatalf("no standard %s", name)
	return identity.Standard{}
}

// canvas is the drawn portrait that every rule passes: 480×640, its head in the middle.
func canvas() *image.RGBA { return picture.Sample(3, 480, 640).(*image.RGBA) }

// Where the drawing's head is.
const (
	drawnX, drawnY = 240, 280
	drawnEyes      = 258
)

// warp makes a picture whose pixel at (x, y) is what from says; what lies outside takes the edge.
func warp(img *image.RGBA, from func(x, y float64) (float64, float64)) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			fx, fy := from(float64(x), float64(y))
			out.SetRGBA(x, y, img.RGBAAt(min(max(int(fx+0.5), 0), img.Rect.Dx()-1), min(max(int(fy+0.5), 0), img.Rect.Dy()-1)))
		}
	}
	return out
}

// eachPixel makes a picture of what change says of every pixel.
func eachPixel(img *image.RGBA, change func(x, y int, c color.RGBA) color.RGBA) *image.RGBA {
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			img.SetRGBA(x, y, change(x, y, img.RGBAAt(x, y)))
		}
	}
	return img
}

// behind paints the background, which is what has the colour of the corner.
func behind(img *image.RGBA, paint func(x, y int) color.RGBA) *image.RGBA {
	p := img.RGBAAt(0, 0)
	ground := [3]uint8{p.R, p.G, p.B}
	return eachPixel(img, func(x, y int, c color.RGBA) color.RGBA {
		if picture.Far([3]uint8{c.R, c.G, c.B}, ground) < 8 {
			return paint(x, y)
		}
		return c
	})
}

func lit(by, plus float64) func(*image.RGBA) *image.RGBA {
	return func(img *image.RGBA) *image.RGBA {
		p := img.RGBAAt(0, 0)
		ground := [3]uint8{p.R, p.G, p.B}
		to := func(v uint8) uint8 { return uint8(min(max(float64(v)*by+plus, 0), 255)) }
		return eachPixel(img, func(_, _ int, c color.RGBA) color.RGBA {
			if picture.Far([3]uint8{c.R, c.G, c.B}, ground) < 8 {
				return c // the wall is lit as before, so that nothing is said of its colour
			}
			return color.RGBA{to(c.R), to(c.G), to(c.B), 255}
		})
	}
}

// blurred is the picture as a lens out of focus sees it: each pixel the mean of those within reach,
// three times over.
func blurred(reach int) func(*image.RGBA) *image.RGBA {
	return func(img *image.RGBA) *image.RGBA {
		for range 3 {
			img = along(img, reach, 1, 0)
			img = along(img, reach, 0, 1)
		}
		return img
	}
}

func along(img *image.RGBA, reach, dx, dy int) *image.RGBA {
	return eachPixel(image.NewRGBA(img.Rect), func(x, y int, _ color.RGBA) color.RGBA {
		var r, g, b, n int
		for i := -reach; i <= reach; i++ {
			if at := image.Pt(x+i*dx, y+i*dy); at.In(img.Rect) {
				c := img.RGBAAt(at.X, at.Y)
				r, g, b, n = r+int(c.R), g+int(c.G), b+int(c.B), n+1
			}
		}
		return color.RGBA{uint8(r / n), uint8(g / n), uint8(b / n), 255}
	})
}

// moved shows the portrait smaller or larger, and elsewhere.
func moved(by, dx, dy float64) func(*image.RGBA) *image.RGBA {
	return func(img *image.RGBA) *image.RGBA {
		return warp(img, func(x, y float64) (float64, float64) { return (x-drawnX-dx)/by + drawnX, (y-drawnY-dy)/by + drawnY })
	}
}

func broader(by float64) func(*image.RGBA) *image.RGBA {
	return func(img *image.RGBA) *image.RGBA {
		return warp(img, func(x, y float64) (float64, float64) { return (x-drawnX)/by + drawnX, y })
	}
}

// posed is the portrait with its head turned, or its mouth open.
func posed(degrees, gape float64) func(*image.RGBA) *image.RGBA {
	return func(*image.RGBA) *image.RGBA { return picture.SamplePose(3, degrees, gape) }
}

func leaning(degrees float64) func(*image.RGBA) *image.RGBA {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return func(img *image.RGBA) *image.RGBA {
		return warp(img, func(x, y float64) (float64, float64) {
			x, y = x-drawnX, y-drawnY
			return drawnX + cos*x + sin*y, drawnY - sin*x + cos*y
		})
	}
}

// shut closes the eyes: lids of the skin's colour, and a line along each.
func shut(img *image.RGBA) *image.RGBA {
	skin := image.NewUniform(img.RGBAAt(drawnX, drawnEyes+20))
	for _, x := range []int{drawnX - 50, drawnX + 50} {
		draw.Draw(img, image.Rect(x-26, drawnEyes-9, x+26, drawnEyes+30), skin, image.Point{}, draw.Src)
		draw.Draw(img, image.Rect(x-24, drawnEyes+8, x+24, drawnEyes+11), image.NewUniform(color.RGBA{70, 60, 60, 255}), image.Point{}, draw.Src)
	}
	return img
}

// withSecond is two portraits side by side.
func withSecond(img *image.RGBA) *image.RGBA {
	ground := img.RGBAAt(0, 0)
	draw.Draw(img, img.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(0, 320, 240, 640), picture.Sample(3, 240, 320), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(240, 320, 480, 640), picture.Sample(5, 240, 320), image.Point{}, draw.Src)
	return img
}

func even(c color.RGBA) func(*image.RGBA) *image.RGBA {
	return func(img *image.RGBA) *image.RGBA { return behind(img, func(int, int) color.RGBA { return c }) }
}

// shaded is a ground that grows darker from left to right.
func shaded(img *image.RGBA) *image.RGBA {
	return behind(img, func(x, _ int) color.RGBA {
		k := 1 - 0.6*float64(x)/480
		return color.RGBA{uint8(100 * k), uint8(197 * k), uint8(255 * k), 255}
	})
}

// taken puts the day a camera would write into a JPEG.
func taken(b []byte, date string) []byte {
	le := binary.LittleEndian
	t := le.AppendUint16([]byte("II*\x00\x08\x00\x00\x00"), 1) // one entry: ASCII, 20 bytes, at 26
	t = le.AppendUint16(le.AppendUint16(t, 0x0132), 2)
	t = le.AppendUint32(le.AppendUint32(le.AppendUint32(t, 20), 26), 0)
	body := append(append([]byte("Exif\x00\x00"), t...), date+" 08:30:00\x00"...)
	seg := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(body)+2))
	return slices.Concat(b[:2], seg, body, b[2:])
}

// asPhoto is a drawing brought into the file that the standard asks for.
func asPhoto(t *testing.T, img image.Image, std identity.Standard) []byte {
	t.Helper()
	b, err := picture.Fit(img, img.Bounds(), PictureStandard(std))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// found is what the rules say, those that fail and those that ask.
func found(list []identity.PhotoFinding, v identity.Verdict) (rules []string) {
	for _, f := range list {
		if f.Verdict == v {
			rules = append(rules, f.Rule)
		}
	}
	return rules
}

// alwaysAsked is what no drawing without a date tells.
var alwaysAsked = []string{"recent", "headgear", "glare"}

func TestEachRuleIsBrokenByWhatBreaksItAndByNothingElse(t *testing.T) {
	std := shippedStandard(t, "self-taught-480x640")
	for name, c := range map[string]struct {
		change func(*image.RGBA) *image.RGBA
		fail   []string
		ask    []string
	}{
		"as it should be":             {func(img *image.RGBA) *image.RGBA { return img }, nil, nil},
		"a little out of focus":       {blurred(2), nil, nil},
		"out of focus":                {blurred(3), nil, []string{"sharp"}},
		"far out of focus":            {blurred(6), []string{"sharp"}, nil},
		"the head turned a little":    {posed(8, 0), nil, nil},
		"the head turned":             {posed(-40, 0), []string{"frontal", "centred"}, []string{"face-width"}},
		"the head askew":              {leaning(6), nil, []string{"level"}},
		"the head on the shoulder":    {leaning(-12), []string{"level"}, nil},
		"eyes shut":                   {shut, nil, []string{"eyes-open"}},
		"lips apart":                  {posed(0, 10), nil, []string{"mouth"}},
		"a mouth wide open":           {posed(0, 30), []string{"mouth"}, nil},
		"in the dark":                 {lit(0.2, 0), []string{"exposure"}, nil},
		"in glaring light":            {lit(1, 60), []string{"exposure"}, nil},
		"a lamp on one cheek":         {glaringCheek, nil, []string{"exposure"}},
		"a red wall":                  {even(color.RGBA{200, 30, 30, 255}), []string{"background"}, nil},
		"a white wall":                {even(color.RGBA{255, 255, 255, 255}), nil, nil},
		"a light grey wall":           {even(color.RGBA{240, 240, 240, 255}), nil, nil},
		"a wall in half shadow":       {shaded, []string{"background", "even"}, []string{"crown"}},
		"the crown too near the edge": {moved(1, 0, -50), []string{"crown"}, nil},
		"the head too small":          {moved(0.6, 0, 0), []string{"crown", "face-width"}, nil},
		"the head too large":          {broader(1.4), []string{"face-width"}, nil},
		"the head too low":            {moved(1, 0, 90), []string{"crown", "eyes"}, nil},
		"the head beside the middle":  {moved(1, 70, 0), []string{"centred"}, nil},
		"two people":                  {withSecond, []string{"face"}, nil},
		"nobody":                      {nobody, []string{"face"}, nil},
	} {
		list, err := Check(asPhoto(t, c.change(canvas()), std), std, photoDay)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		ask := slices.Clone(alwaysAsked)
		if slices.Contains(c.fail, "face") {
			ask = []string{"recent"}
		}
		same(t, name+": fails", found(list, identity.Fail), c.fail)
		same(t, name+": asks", found(list, identity.Ask), append(ask, c.ask...))
		for _, f := range list {
			if f.Verdict == identity.Fail && f.Rule != "face" && f.At == (identity.Place{}) {
				t.Errorf("%s: %s has no place", name, f.Rule)
			}
		}
	}
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func glaringCheek(img *image.RGBA) *image.RGBA {
	draw.Draw(img, image.Rect(drawnX-95, drawnEyes+40, drawnX-45, drawnEyes+100), image.White, image.Point{}, draw.Src)
	return img
}

func nobody(img *image.RGBA) *image.RGBA {
	draw.Draw(img, img.Rect, image.NewUniform(img.RGBAAt(0, 0)), image.Point{}, draw.Src)
	return img
}

func TestEachRuleAboutTheFileIsBrokenByItsFile(t *testing.T) {
	std := shippedStandard(t, "self-taught-480x640")
	good := asPhoto(t, canvas(), std)
	jpegOf := func(img image.Image, dpi, quality int) []byte {
		b, err := picture.EncodeJPEG(img, dpi, quality)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		file []byte
		fail []string
		ask  []string
	}{
		"taken last month":        {taken(good, "2026:10:30"), nil, []string{"headgear", "glare"}},
		"taken two years ago":     {taken(good, "2024:10:30"), []string{"recent"}, []string{"headgear", "glare"}},
		"taken next year":         {taken(good, "2027:10:30"), nil, alwaysAsked},
		"a date that is none":     {taken(good, "0000:00:00"), nil, alwaysAsked},
		"another density":         {asPhoto(t, canvas(), withDPI(std, 72)), []string{"dpi"}, alwaysAsked},
		"twice as large":          {jpegOf(picture.Sample(3, 960, 1280), 300, 30), []string{"width", "height"}, alwaysAsked},
		"too few bytes":           {jpegOf(canvas(), 300, 40), []string{"size"}, alwaysAsked},
		"too many bytes":          {append(slices.Clone(good[:len(good)-2]), append(comment(30_000), 0xFF, 0xD9)...), []string{"size"}, alwaysAsked},
		"a PNG with see-through":  {pngBytes(t, seeThrough(canvas())), []string{"colour", "dpi", "format"}, alwaysAsked},
		"all in greys":            {greyJPEG(t, canvas()), []string{"colour", "dpi"}, append([]string{"background"}, alwaysAsked...)},
		"wider than the standard": {asPhoto(t, picture.Sample(3, 500, 640), wider(std)), []string{"width", "ratio"}, alwaysAsked},
	} {
		list, err := Check(c.file, std, photoDay)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		same(t, name+": fails", found(list, identity.Fail), c.fail)
		same(t, name+": asks", found(list, identity.Ask), c.ask)
	}
}

func withDPI(s identity.Standard, dpi int) identity.Standard { s.DPI = dpi; return s }
func wider(s identity.Standard) identity.Standard            { s.Width = 500; return s }

func comment(n int) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xFF, 0xFE}, uint16(n+2)), make([]byte, n)...)
}

func seeThrough(img *image.RGBA) image.Image {
	out := image.NewNRGBA(img.Rect)
	draw.Draw(out, out.Rect, img, image.Point{}, draw.Src)
	out.SetNRGBA(0, 0, color.NRGBA{100, 197, 255, 254})
	return out
}

func pngBytes(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func greyJPEG(t *testing.T, img image.Image) []byte {
	t.Helper()
	grey := image.NewGray(img.Bounds())
	draw.Draw(grey, grey.Rect, img, image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, grey, &jpeg.Options{Quality: 97}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The head stands small and at one side of a wide picture: each standard finds its own frame.
func TestTheFrameProposedFitsEveryStandard(t *testing.T) {
	scene := func(wall color.RGBA) []byte {
		img := behind(picture.Sample(3, 900, 1200).(*image.RGBA), func(int, int) color.RGBA { return wall })
		wide := image.NewRGBA(image.Rect(0, 0, 2400, 1800))
		draw.Draw(wide, wide.Rect, image.NewUniform(wall), image.Point{}, draw.Src)
		draw.Draw(wide, image.Rect(300, 600, 1200, 1800), img, image.Point{}, draw.Src)
		b, err := picture.EncodeJPEG(wide, 72, 92)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	white, blue := scene(color.RGBA{255, 255, 255, 255}), scene(color.RGBA{100, 197, 255, 255})
	for _, n := range policy.ShippedNames() {
		pack, _, err := policy.Shipped(n)
		if err != nil {
			t.Fatal(err)
		}
		for _, std := range pack.Photo {
			file := blue
			if offColour([3]uint8{255, 255, 255}, std.Colours) < 1 {
				file = white
			}
			o, err := Judge(file, image.Rectangle{}, std, photoDay)
			if err != nil {
				t.Errorf("%s: %v", std.ID, err)
				continue
			}
			same(t, std.ID+": fails", found(o.Findings, identity.Fail), nil)
			same(t, std.ID+": asks", found(o.Findings, identity.Ask), alwaysAsked)
		}
	}
}

func TestTheStandardsOfTheNoticesAreThere(t *testing.T) {
	for name, want := range map[string]identity.Standard{
		"self-taught-480x640":    {Width: 480, Height: 640, DPI: 300, MinKB: 20, MaxKB: 40, Crown: [2]int{50, 110}, Eyes: [2]int{200, 300}, FaceWidth: [2]int{180, 300}},
		"ga461-358x441":          {Width: 358, Height: 441, DPI: 350, MinKB: 14, MaxKB: 20, Crown: [2]int{7, 21}, FaceWidth: [2]int{193, 221}},
		"passport-33x48":         {Width: 480, Height: 640, LeastWidth: 354, MinKB: 20, MaxKB: 80, Crown: [2]int{40, 67}, FaceWidth: [2]int{218, 320}, Head: [2]int{373, 440}},
		"two-inch-35x49-blue":    {Width: 413, Height: 579, DPI: 300, MinKB: 20, MaxKB: 80, Crown: [2]int{30, 90}, Eyes: [2]int{200, 290}, FaceWidth: [2]int{170, 270}},
		"two-inch-35x53-blue":    {Width: 413, Height: 626, DPI: 300, MinKB: 20, MaxKB: 80, Crown: [2]int{30, 100}, Eyes: [2]int{215, 315}, FaceWidth: [2]int{170, 270}},
		"guangxi-half-year":      {Width: 413, Height: 579, DPI: 300, MinKB: 20, MaxKB: 80, Crown: [2]int{30, 90}, Eyes: [2]int{200, 290}, FaceWidth: [2]int{170, 270}},
		"passport-33x48-390x567": {Width: 390, Height: 567, DPI: 300, MinKB: 20, MaxKB: 80, Crown: [2]int{35, 59}, FaceWidth: [2]int{177, 260}, Head: [2]int{331, 390}},
	} {
		got := shippedStandard(t, name)
		if got.Name == "" || got.NameEn == "" || got.Background == "" || len(got.Colours) == 0 || got.MaxAgeMonths == 0 {
			t.Errorf("%s: something is not said", name)
		}
		got = identity.Standard{
			Width: got.Width, Height: got.Height, LeastWidth: got.LeastWidth, DPI: got.DPI, MinKB: got.MinKB, MaxKB: got.MaxKB,
			Crown: got.Crown, Eyes: got.Eyes, FaceWidth: got.FaceWidth, Head: got.Head,
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
	if got := shippedStandard(t, "guangxi-half-year").MaxAgeMonths; got != 6 {
		t.Errorf("half a year: %d months", got)
	}
}
