package view

// TrustedKeyRow is one key that is trusted.
type TrustedKeyRow struct {
	Name, Fingerprint string
	Own, Retired      bool
}

// KeyOffer is what a key file says of itself. Its fingerprint is not shown before it was compared.
type KeyOffer struct{ Name, NameEn string }
