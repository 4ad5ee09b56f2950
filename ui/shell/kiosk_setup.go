package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"xuezheng/data/camera"
	"xuezheng/data/device"
	"xuezheng/data/kiosk"
	"xuezheng/data/service"
	"xuezheng/data/sign"
	"xuezheng/ui/model"
	"xuezheng/ui/screen"
	"xuezheng/ui/widget"
	"xuezheng/ui/word"
)

// kioskFounder sets a kiosk up in a folder of this machine.
type kioskFounder struct{ cfg kiosk.Config }

// Devices are what is plugged in now.
func (f kioskFounder) Devices() (readers, cameras, printers []string) {
	readers, _ = device.Ports() // without ports there is no reader to choose
	printers, _ = device.System{}.List(context.Background())
	return readers, camera.List(), printers
}

// ReadKey says whose key a file holds.
func (f kioskFounder) ReadKey(file []byte) (model.KioskIssuer, error) {
	k, err := sign.ParsePublic(file)
	if err != nil {
		return model.KioskIssuer{}, service.ErrKeyFile.Because(err)
	}
	p, err := sign.ParseDID(k.DID)
	return model.KioskIssuer{Name: k.Name, NameEn: k.NameEn, Fingerprint: p.Fingerprint()}, err
}

// SetUp makes the kiosk, and remembers its devices.
func (f kioskFounder) SetUp(name, pin string, key []byte, reader, cam, printer string) ([]byte, error) {
	introduction, err := kiosk.SetUp(f.cfg, kiosk.Setup{Name: name, PIN: pin, Issuer: key})
	if err == nil {
		KioskDevices{Camera: cam, Reader: reader, Printer: printer}.Remember()
	}
	return introduction, err
}

// SetUpKiosk is what the window shows to make this machine a kiosk; open is called once it is one.
func SetUpKiosk(book *word.Book, cfg kiosk.Config, window fyne.Window, open func()) fyne.CanvasObject {
	widget.Use(book)
	return screen.KioskSetUp(model.NewKioskSetUp(kioskFounder{cfg}, windowFiles{window, InBackground}, InBackground, open))
}
