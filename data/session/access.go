package session

import (
	"xuezheng/data/access"
	"xuezheng/data/service"
	"xuezheng/data/view"
)

// AccessAs is Access, bound to who asks.
//
//as:forward AllowOwnReview SetUser=SetRole ResetUser=ResetOnce HandOut=HandOutCode RenewRecovery SetIdleMinutes
type AccessAs struct{ as }

// Institution is whose store this is, with the fingerprint of its key.
func (a AccessAs) Institution() (v view.Institution, err error) {
	in, err := a.services.Access.Institution(a.ctx)
	if err != nil {
		return v, err
	}
	v = view.Institution{Name: in.Name, NameEn: in.NameEn, Phone: in.Phone}
	if k, err := a.services.Certificates.PublicKey(a.ctx, a.who); err == nil {
		v.Fingerprint = k.Fingerprint
	}
	v.OwnReview, err = a.services.Access.OwnReview(a.ctx)
	return v, err
}

// SetInstitution changes what is said of the institution.
func (a AccessAs) SetInstitution(name, nameEn, phone string) error {
	return a.services.Access.SetInstitution(a.ctx, a.who, service.Institution{Name: name, NameEn: nameEn, Phone: phone})
}

// Users are the logins.
func (a AccessAs) Users() (rows []view.UserRow, err error) {
	list, err := a.services.Access.List(a.ctx, a.who)
	for _, l := range list {
		rows = append(rows, view.UserRow{Name: l.Name, Role: l.Role, Disabled: l.Disabled, MustChange: l.MustChange, Me: l.ID == a.who.Login, CreatedAt: l.CreatedAt})
	}
	return rows, err
}

// AddUser makes a login with a one-time passphrase.
func (a AccessAs) AddUser(name string, role access.Role) (string, error) {
	return a.services.Access.AddOnce(a.ctx, a.who, name, role, "")
}

// IdleMinutes is how long a window may stand idle.
func (a AccessAs) IdleMinutes() (int, error) { return a.services.Access.IdleMinutes(a.ctx) }
