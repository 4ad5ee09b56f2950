-- +goose Up
CREATE TABLE setting (
	org   TEXT NOT NULL,
	name  TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (org, name)
);

CREATE TABLE wrapped_key (
	org  TEXT NOT NULL,
	kind TEXT NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (org, kind)
);

CREATE TABLE login (
	org         TEXT NOT NULL,
	id          TEXT NOT NULL,
	name        TEXT NOT NULL,
	role        TEXT NOT NULL,
	person      TEXT NOT NULL,
	disabled    INTEGER NOT NULL,
	must_change INTEGER NOT NULL,
	failures    INTEGER NOT NULL,
	next_try_at BIGINT NOT NULL,
	created_at  BIGINT NOT NULL,
	salt        BLOB NOT NULL,
	cost        TEXT NOT NULL,
	wrapped     BLOB NOT NULL,
	version     INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX login_name ON login (org, name);

CREATE TABLE person (
	org         TEXT NOT NULL,
	id          TEXT NOT NULL,
	name        TEXT NOT NULL,
	pinyin      TEXT NOT NULL,
	number_kind TEXT NOT NULL,
	number_ix   BLOB NOT NULL,
	number_end  BLOB NOT NULL,
	phone_ix    BLOB,
	email_ix    BLOB,
	sealed      BLOB NOT NULL,
	unit        TEXT NOT NULL,
	unit_name   TEXT NOT NULL,
	state       TEXT NOT NULL,
	created_at  BIGINT NOT NULL,
	updated_at  BIGINT NOT NULL,
	version     INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX person_number ON person (org, number_ix);
CREATE INDEX person_number_end ON person (org, number_end);
CREATE INDEX person_phone ON person (org, phone_ix);
CREATE INDEX person_email ON person (org, email_ix);

CREATE TABLE person_term (
	org    TEXT NOT NULL,
	term   TEXT NOT NULL,
	person TEXT NOT NULL,
	PRIMARY KEY (org, term, person)
);

CREATE TABLE person_key (
	org    TEXT NOT NULL,
	person TEXT NOT NULL,
	sealed BLOB NOT NULL,
	PRIMARY KEY (org, person)
);

CREATE TABLE picture (
	org      TEXT NOT NULL,
	id       TEXT NOT NULL,
	person   TEXT NOT NULL,
	kind     TEXT NOT NULL,
	sha256   TEXT NOT NULL,
	taken_on INTEGER NOT NULL,
	kept_at  BIGINT NOT NULL,
	kept_by  TEXT NOT NULL,
	sealed   BLOB NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX picture_person ON picture (org, person, id);

CREATE TABLE consent (
	org     TEXT NOT NULL,
	person  TEXT NOT NULL,
	at      BIGINT NOT NULL,
	kind    TEXT NOT NULL,
	given   INTEGER NOT NULL,
	version INTEGER NOT NULL,
	by_login TEXT NOT NULL,
	PRIMARY KEY (org, person, at, kind)
);

CREATE TABLE notice_reading (
	org     TEXT NOT NULL,
	person  TEXT NOT NULL,
	notice  TEXT NOT NULL,
	version INTEGER NOT NULL,
	at      BIGINT NOT NULL,
	by_login TEXT NOT NULL,
	PRIMARY KEY (org, person, notice, version)
);

CREATE TABLE decision (
	org       TEXT NOT NULL,
	person    TEXT NOT NULL,
	at        BIGINT NOT NULL,
	outcome   TEXT NOT NULL,
	way       TEXT NOT NULL,
	originals TEXT NOT NULL,
	reasons   TEXT NOT NULL,
	note      BLOB NOT NULL,
	by_login  TEXT NOT NULL,
	machine   TEXT NOT NULL,
	PRIMARY KEY (org, person, at)
);

CREATE TABLE change_request (
	org         TEXT NOT NULL,
	id          TEXT NOT NULL,
	person      TEXT NOT NULL,
	kind        TEXT NOT NULL,
	state       TEXT NOT NULL,
	sealed      BLOB NOT NULL,
	pictures    TEXT NOT NULL,
	asked_at    BIGINT NOT NULL,
	received_on INTEGER NOT NULL,
	due         INTEGER NOT NULL,
	decided_at  BIGINT NOT NULL,
	decided_by  TEXT NOT NULL,
	reason      TEXT NOT NULL,
	version     INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX change_request_due ON change_request (org, state, due, id);
CREATE INDEX change_request_person ON change_request (org, person, id);

CREATE TABLE unit (
	org        TEXT NOT NULL,
	id         TEXT NOT NULL,
	name       TEXT NOT NULL,
	tax_number TEXT NOT NULL,
	contact    TEXT NOT NULL,
	phone      TEXT NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX unit_name ON unit (org, name);

CREATE TABLE binding (
	org    TEXT NOT NULL,
	unit   TEXT NOT NULL,
	person TEXT NOT NULL,
	agreed TEXT NOT NULL,
	at     BIGINT NOT NULL,
	PRIMARY KEY (org, unit, person)
);

CREATE TABLE enrolment (
	org          TEXT NOT NULL,
	id           TEXT NOT NULL,
	person       TEXT NOT NULL,
	programme    TEXT NOT NULL,
	main         TEXT NOT NULL,
	added        TEXT NOT NULL,
	from_day     INTEGER NOT NULL,
	to_day       INTEGER NOT NULL,
	registration BLOB NOT NULL,
	state        TEXT NOT NULL,
	allow_mix    INTEGER NOT NULL,
	mix_why      TEXT NOT NULL,
	pack         TEXT NOT NULL,
	created_at   BIGINT NOT NULL,
	version      INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX enrolment_person ON enrolment (org, person, from_day);

CREATE TABLE payment (
	org        TEXT NOT NULL,
	id         TEXT NOT NULL,
	enrolment  TEXT NOT NULL,
	person     TEXT NOT NULL,
	unit       TEXT NOT NULL,
	batch      TEXT NOT NULL,
	fen        BIGINT NOT NULL,
	paid_on    INTEGER NOT NULL,
	until_day  INTEGER NOT NULL,
	source     TEXT NOT NULL,
	invoice_state  TEXT NOT NULL,
	invoice_title  TEXT NOT NULL,
	invoice_tax    TEXT NOT NULL,
	invoice_number TEXT NOT NULL,
	invoice_on     INTEGER NOT NULL,
	created_at BIGINT NOT NULL,
	version    INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX payment_enrolment ON payment (org, enrolment, paid_on);
CREATE INDEX payment_person ON payment (org, person, paid_on);

CREATE TABLE course (
	org       TEXT NOT NULL,
	id        TEXT NOT NULL,
	code      TEXT NOT NULL,
	name      TEXT NOT NULL,
	kind      TEXT NOT NULL,
	specialty TEXT NOT NULL,
	mode      TEXT NOT NULL,
	minutes   INTEGER NOT NULL,
	has_mark  INTEGER NOT NULL,
	fen       BIGINT NOT NULL,
	retired   INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX course_name ON course (org, name);

CREATE TABLE class (
	org          TEXT NOT NULL,
	id           TEXT NOT NULL,
	course       TEXT NOT NULL,
	name         TEXT NOT NULL,
	for_whom     TEXT NOT NULL,
	announced_on INTEGER NOT NULL,
	from_day     INTEGER NOT NULL,
	to_day       INTEGER NOT NULL,
	place        TEXT NOT NULL,
	capacity     INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);

CREATE TABLE attendance (
	org     TEXT NOT NULL,
	class   TEXT NOT NULL,
	person  TEXT NOT NULL,
	on_day  INTEGER NOT NULL,
	in_at   BIGINT NOT NULL,
	out_at  BIGINT NOT NULL,
	PRIMARY KEY (org, class, person, on_day)
);

CREATE TABLE hour_record (
	org          TEXT NOT NULL,
	id           TEXT NOT NULL,
	seq          BIGINT NOT NULL,
	person       TEXT NOT NULL,
	enrolment    TEXT NOT NULL,
	course       TEXT NOT NULL,
	kind         TEXT NOT NULL,
	specialty    TEXT NOT NULL,
	mode         TEXT NOT NULL,
	minutes      INTEGER NOT NULL,
	paid_on      INTEGER NOT NULL,
	done_on      INTEGER NOT NULL,
	mark         INTEGER NOT NULL,
	evidence     TEXT NOT NULL,
	source       TEXT NOT NULL,
	state        TEXT NOT NULL,
	entered_at   BIGINT NOT NULL,
	submitted_on INTEGER NOT NULL,
	due          INTEGER NOT NULL,
	decided_at   BIGINT NOT NULL,
	decided_by   TEXT NOT NULL,
	reason       TEXT NOT NULL,
	note         TEXT NOT NULL,
	version      INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX hour_record_enrolment ON hour_record (org, enrolment, seq);
CREATE INDEX hour_record_state ON hour_record (org, state, due, seq);
CREATE INDEX hour_record_person ON hour_record (org, person, done_on);

CREATE TABLE certificate (
	org        TEXT NOT NULL,
	id         TEXT NOT NULL,
	number     TEXT NOT NULL,
	enrolment  TEXT NOT NULL,
	person     TEXT NOT NULL,
	issued_at  BIGINT NOT NULL,
	issued_by  TEXT NOT NULL,
	picture    TEXT NOT NULL,
	document   BLOB NOT NULL,
	qr         TEXT NOT NULL,
	revoked_at BIGINT NOT NULL,
	revoked_by TEXT NOT NULL,
	reason     TEXT NOT NULL,
	note       TEXT NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX certificate_number ON certificate (org, number);
CREATE INDEX certificate_enrolment ON certificate (org, enrolment, issued_at);
CREATE INDEX certificate_person ON certificate (org, person, issued_at);
CREATE INDEX certificate_issued ON certificate (org, issued_at);
CREATE INDEX certificate_revoked ON certificate (org, revoked_at);

CREATE TABLE certificate_copy (
	org         TEXT NOT NULL,
	certificate TEXT NOT NULL,
	copy        INTEGER NOT NULL,
	drawn_at    BIGINT NOT NULL,
	drawn_by    TEXT NOT NULL,
	spoiled_at  BIGINT NOT NULL,
	spoiled_why TEXT NOT NULL,
	handed_at   BIGINT NOT NULL,
	handed_by   TEXT NOT NULL,
	collector   BLOB NOT NULL,
	seen        TEXT NOT NULL,
	PRIMARY KEY (org, certificate, copy)
);

CREATE TABLE counter (
	org   TEXT NOT NULL,
	name  TEXT NOT NULL,
	value BIGINT NOT NULL,
	PRIMARY KEY (org, name)
);

CREATE TABLE own_key (
	org        TEXT NOT NULL,
	did        TEXT NOT NULL,
	sealed     BLOB NOT NULL,
	made_at    BIGINT NOT NULL,
	retired_at BIGINT NOT NULL,
	PRIMARY KEY (org, did)
);

CREATE TABLE trusted_key (
	org        TEXT NOT NULL,
	did        TEXT NOT NULL,
	name       TEXT NOT NULL,
	trusted_at BIGINT NOT NULL,
	trusted_by TEXT NOT NULL,
	PRIMARY KEY (org, did)
);

CREATE TABLE revocation_list (
	org     TEXT NOT NULL,
	did     TEXT NOT NULL,
	known_at BIGINT NOT NULL,
	data    BLOB NOT NULL,
	PRIMARY KEY (org, did)
);

CREATE TABLE pack (
	org          TEXT NOT NULL,
	id           TEXT NOT NULL,
	version      TEXT NOT NULL,
	sha256       TEXT NOT NULL,
	installed_at BIGINT NOT NULL,
	yaml         BLOB NOT NULL,
	PRIMARY KEY (org, id, version)
);

CREATE TABLE audit_line (
	org     TEXT NOT NULL,
	chain   TEXT NOT NULL,
	seq     BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	who     TEXT NOT NULL,
	machine TEXT NOT NULL,
	act     TEXT NOT NULL,
	about   TEXT NOT NULL,
	person  TEXT NOT NULL,
	pack    TEXT NOT NULL,
	detail  TEXT NOT NULL,
	prev    TEXT NOT NULL,
	hash    TEXT NOT NULL,
	PRIMARY KEY (org, chain, seq)
);
CREATE INDEX audit_line_person ON audit_line (org, person, at);

-- +goose Down
DROP TABLE audit_line;
