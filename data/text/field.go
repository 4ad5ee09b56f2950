package text

// What people write down, and how long it may be. A field that is not here has a rule of its own
// that names its characters: a number, a phone, an e-mail address, a login's name.
var (
	Name     = Field{Key: "text.name", Most: 100}
	Address  = Field{Key: "text.address", Most: 120}
	UnitName = Field{Key: "text.unit-name", Most: 100}
	Contact  = Field{Key: "text.contact", Most: 100}
	Phone    = Field{Key: "text.phone", Most: 60}

	InstitutionName   = Field{Key: "text.institution-name", Most: 100}
	InstitutionNameEn = Field{Key: "text.institution-name-en", Most: 200}

	InvoiceTitle  = Field{Key: "text.invoice-title", Most: 100}
	InvoiceNumber = Field{Key: "text.invoice-number", Most: 30}
	Registration  = Field{Key: "text.registration", Most: 60}
	Short         = Field{Key: "text.short", Most: 64}

	CourseName = Field{Key: "text.course-name", Most: 100}
	ClassName  = Field{Key: "text.class-name", Most: 100}
	ForWhom    = Field{Key: "text.for-whom", Most: 200}
	Place      = Field{Key: "text.place", Most: 200}
	Evidence   = Field{Key: "text.evidence", Most: 200}

	Reason    = Field{Key: "text.reason", Most: 1000, Note: true}
	Remark    = Field{Key: "text.remark", Most: 1000, Note: true}
	Collector = Field{Key: "text.collector", Most: 100}
	Seen      = Field{Key: "text.seen", Most: 200}

	VenueName   = Field{Key: "text.venue-name", Most: 100}
	VenueNameEn = Field{Key: "text.venue-name-en", Most: 200}
	VenueNotice = Field{Key: "text.venue-notice", Most: 2000, Note: true}
	School      = Field{Key: "text.school", Most: 100}
	Diploma     = Field{Key: "text.diploma", Most: 40}
	Desk        = Field{Key: "text.desk", Most: 60}
	KioskName   = Field{Key: "text.kiosk-name", Most: 60}

	Exam   = Field{Key: "text.exam", Most: 60}
	Seat   = Field{Key: "text.seat", Most: 60}
	Source = Field{Key: "text.source", Most: 200}
)
