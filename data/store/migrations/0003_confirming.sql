-- Confirming online and at venues, ticket numbers, materials, kiosks.

-- +goose Up
ALTER TABLE decision ADD COLUMN venue TEXT NOT NULL DEFAULT '';
ALTER TABLE decision ADD COLUMN try TEXT NOT NULL DEFAULT '';

CREATE TABLE confirm_try (
	org        TEXT NOT NULL,
	id         TEXT NOT NULL,
	person     TEXT NOT NULL,
	state      TEXT NOT NULL,
	digits     TEXT NOT NULL,
	steps      TEXT NOT NULL,
	evidence   TEXT NOT NULL,
	started_at BIGINT NOT NULL,
	ended_at   BIGINT NOT NULL,
	machine    TEXT NOT NULL,
	version    INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX confirm_try_person ON confirm_try (org, person, id);

CREATE TABLE venue (
	org      TEXT NOT NULL,
	id       TEXT NOT NULL,
	name     TEXT NOT NULL,
	name_en  TEXT NOT NULL,
	address  TEXT NOT NULL,
	notice   TEXT NOT NULL,
	school   TEXT NOT NULL,
	district TEXT NOT NULL,
	closed   INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX venue_name ON venue (org, name);

CREATE TABLE slot (
	org      TEXT NOT NULL,
	id       TEXT NOT NULL,
	venue    TEXT NOT NULL,
	on_day   INTEGER NOT NULL,
	from_min INTEGER NOT NULL,
	to_min   INTEGER NOT NULL,
	room     INTEGER NOT NULL,
	taken    INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX slot_venue ON slot (org, venue, on_day, from_min);

CREATE TABLE booking (
	org      TEXT NOT NULL,
	slot     TEXT NOT NULL,
	person   TEXT NOT NULL,
	state    TEXT NOT NULL,
	at       BIGINT NOT NULL,
	by_login TEXT NOT NULL,
	PRIMARY KEY (org, slot, person)
);
CREATE INDEX booking_person ON booking (org, person, state);

CREATE TABLE ticket (
	org         TEXT NOT NULL,
	number      TEXT NOT NULL,
	district    TEXT NOT NULL,
	person      TEXT NOT NULL,
	programme   TEXT NOT NULL,
	state       TEXT NOT NULL,
	issued_at   BIGINT NOT NULL,
	source      TEXT NOT NULL,
	by_login    TEXT NOT NULL,
	machine     TEXT NOT NULL,
	merged_into TEXT NOT NULL,
	version     INTEGER NOT NULL,
	PRIMARY KEY (org, number)
);
CREATE INDEX ticket_person ON ticket (org, person, number);

CREATE TABLE ticket_block (
	org      TEXT NOT NULL,
	id       TEXT NOT NULL,
	desk     TEXT NOT NULL,
	district TEXT NOT NULL,
	year     INTEGER NOT NULL,
	from_seq INTEGER NOT NULL,
	to_seq   INTEGER NOT NULL,
	next_seq INTEGER NOT NULL,
	version  INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);

CREATE TABLE ticket_mark (
	org    TEXT NOT NULL,
	ticket TEXT NOT NULL,
	course TEXT NOT NULL,
	name   TEXT NOT NULL,
	tenths INTEGER NOT NULL,
	passed INTEGER NOT NULL,
	sat_on INTEGER NOT NULL,
	exempt INTEGER NOT NULL,
	PRIMARY KEY (org, ticket, course, sat_on)
);

CREATE TABLE ticket_merge (
	org     TEXT NOT NULL,
	id      TEXT NOT NULL,
	person  TEXT NOT NULL,
	state   TEXT NOT NULL,
	sealed  BLOB NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX ticket_merge_person ON ticket_merge (org, person, id);

CREATE TABLE material (
	org     TEXT NOT NULL,
	id      TEXT NOT NULL,
	person  TEXT NOT NULL,
	kind    TEXT NOT NULL,
	picture TEXT NOT NULL,
	source  TEXT NOT NULL,
	sealed  BLOB NOT NULL,
	expires INTEGER NOT NULL,
	seen_by TEXT NOT NULL,
	seen_at BIGINT NOT NULL,
	machine TEXT NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX material_person ON material (org, person, id);
CREATE INDEX material_expires ON material (org, expires, id);

CREATE TABLE education (
	org     TEXT NOT NULL,
	person  TEXT NOT NULL,
	sealed  BLOB NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (org, person)
);

CREATE TABLE kiosk (
	org        TEXT NOT NULL,
	id         TEXT NOT NULL,
	name       TEXT NOT NULL,
	recipient  TEXT NOT NULL,
	public_key TEXT NOT NULL,
	venue      TEXT NOT NULL,
	closed     INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);

CREATE TABLE kiosk_day (
	org     TEXT NOT NULL,
	id      TEXT NOT NULL,
	kiosk   TEXT NOT NULL,
	on_day  INTEGER NOT NULL,
	venue   TEXT NOT NULL,
	cases   INTEGER NOT NULL,
	made_at BIGINT NOT NULL,
	PRIMARY KEY (org, id)
);

CREATE TABLE kiosk_result (
	org      TEXT NOT NULL,
	id       TEXT NOT NULL,
	kiosk    TEXT NOT NULL,
	person   TEXT NOT NULL,
	outcome  TEXT NOT NULL,
	taken_at BIGINT NOT NULL,
	PRIMARY KEY (org, id)
);

-- +goose Down
DROP TABLE kiosk_result;
DROP TABLE kiosk_day;
DROP TABLE kiosk;
DROP TABLE education;
DROP TABLE material;
DROP TABLE ticket_merge;
DROP TABLE ticket_mark;
DROP TABLE ticket_block;
DROP TABLE ticket;
DROP TABLE booking;
DROP TABLE slot;
DROP TABLE venue;
DROP TABLE confirm_try;
ALTER TABLE decision DROP COLUMN try;
ALTER TABLE decision DROP COLUMN venue;
