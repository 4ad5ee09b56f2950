package sample

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"

	"xuezheng/data/day"
	"xuezheng/data/picture"
)

// Photo is a drawn portrait, as a camera would give it.
func Photo(i int) []byte { return photoOf(i, 1200, 1685) }

func photoOf(i, width, height int) []byte {
	return asJPEG(picture.Sample(int64(i), width, height))
}

// Card is a drawn card with a drawn portrait at its right, as someone photographs it.
func Card(i int) []byte { return asJPEG(picture.SampleCard(int64(i), 1200)) }

// Unfit is a drawn portrait before a wall of a colour that no standard takes.
func Unfit(i int) []byte {
	return asJPEG(picture.SampleBefore(int64(i), 1280, color.RGBA{196, 120, 84, 255}))
}

// frame is a drawn picture as a camera gives it.
func frame(i int) []byte { return asJPEG(picture.SampleFrame(int64(i), 960)) }

func asJPEG(img image.Image) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, &jpeg.Options{Quality: 92})
	return b.Bytes()
}

// Drawn hands out what this package draws and invents, to whoever shows it without knowing it.
type Drawn struct{}

// Photo, Card and Unfit are the pictures of that name; Roster is that of People.
func (Drawn) Photo(i int) []byte                       { return Photo(i) }
func (Drawn) Card(i int) []byte                        { return Card(i) }
func (Drawn) Unfit(i int) []byte                       { return Unfit(i) }
func (Drawn) Roster(people int, today day.Date) []byte { return People(people, today).Roster }
