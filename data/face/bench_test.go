package face_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"runtime"
	"sync"
	"testing"

	"xuezheng/data/face"
	"xuezheng/data/picture"
)

// BenchmarkPair compares two JPEGs of 12 megapixels, from their bytes to the distance, each on a
// core of its own.
func BenchmarkPair(b *testing.B) {
	e := open(b)
	var files [2][]byte
	for i := range files {
		var buf bytes.Buffer
		if err := jpeg.Encode(&buf, picture.Sample(int64(i), 3000, 4000), &jpeg.Options{Quality: 90}); err != nil {
			b.Fatal(err)
		}
		files[i] = buf.Bytes()
	}
	runtime.GC()
	b.ResetTimer()
	for range b.N {
		var v [2]face.Vector
		var both sync.WaitGroup
		for i := range files {
			both.Go(func() {
				img, err := jpeg.Decode(bytes.NewReader(files[i]))
				if err == nil {
					v[i] = vector(b, e, img)
				}
			})
		}
		both.Wait()
		if len(v[0]) == 0 || len(v[1]) == 0 {
			b.Fatal("nothing to compare")
		}
	}
}

// BenchmarkSteps measures each step of describing a face in a picture of 480×640.
func BenchmarkSteps(b *testing.B) {
	e := open(b)
	img := image.Image(picture.Sample(1, 480, 640))
	f := one(b, e, img)
	b.Run("find", func(b *testing.B) {
		for range b.N {
			one(b, e, img)
		}
	})
	b.Run("describe", func(b *testing.B) {
		for range b.N {
			if _, err := e.Describe(img, f); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("shape", func(b *testing.B) {
		for range b.N {
			if _, err := e.Shape(img, f); err != nil {
				b.Fatal(err)
			}
		}
	})
}
