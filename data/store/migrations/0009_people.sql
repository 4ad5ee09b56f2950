-- What deleting someone used to leave behind goes. Values that were corrected are remembered, so
-- that an old number or an old name still leads to its person. Who read a unit's notice is kept.

-- +goose Up
DELETE FROM hour_record WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.org = hour_record.org AND p.id = hour_record.person);
DELETE FROM attendance WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.org = attendance.org AND p.id = attendance.person);
DELETE FROM enrolment WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.org = enrolment.org AND p.id = enrolment.person);
DELETE FROM decision WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.org = decision.org AND p.id = decision.person);
DELETE FROM consent WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.org = consent.org AND p.id = consent.person);
DELETE FROM notice_reading WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.org = notice_reading.org AND p.id = notice_reading.person);
DELETE FROM login WHERE person <> '' AND NOT EXISTS (SELECT 1 FROM person p WHERE p.org = login.org AND p.id = login.person);
UPDATE kiosk_result SET person = '' WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.org = kiosk_result.org AND p.id = kiosk_result.person);
UPDATE ticket SET person = '', state = 'void', version = version + 1
	WHERE person <> '' AND NOT EXISTS (SELECT 1 FROM person p WHERE p.org = ticket.org AND p.id = ticket.person);
UPDATE certificate_copy SET collector = ''
	WHERE EXISTS (SELECT 1 FROM certificate c WHERE c.org = certificate_copy.org AND c.id = certificate_copy.certificate
		AND NOT EXISTS (SELECT 1 FROM person p WHERE p.org = c.org AND p.id = c.person));

CREATE TABLE former_value (
	org       TEXT NOT NULL,
	id        TEXT NOT NULL,
	person    TEXT NOT NULL,
	kind      TEXT NOT NULL,
	value_ix  BLOB NOT NULL,
	value_end BLOB NOT NULL,
	sealed    BLOB NOT NULL,
	at        BIGINT NOT NULL,
	request   TEXT NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX former_value_ix ON former_value (org, kind, value_ix);
CREATE INDEX former_value_end ON former_value (org, value_end);
CREATE INDEX former_value_person ON former_value (org, person, at);

CREATE INDEX attendance_person ON attendance (org, person);
CREATE INDEX binding_person ON binding (org, person);
CREATE INDEX kiosk_result_person ON kiosk_result (org, person);

CREATE TABLE unit_reading (
	org      TEXT NOT NULL,
	unit     TEXT NOT NULL,
	notice   TEXT NOT NULL,
	version  INTEGER NOT NULL,
	at       BIGINT NOT NULL,
	by_login TEXT NOT NULL,
	PRIMARY KEY (org, unit, notice, version)
);

CREATE TABLE audit_cut (
	org    TEXT NOT NULL,
	chain  TEXT NOT NULL,
	sealed BLOB NOT NULL,
	PRIMARY KEY (org, chain)
);

-- +goose Down
DROP TABLE audit_cut;
DROP TABLE unit_reading;
DROP INDEX kiosk_result_person;
DROP INDEX binding_person;
DROP INDEX attendance_person;
DROP TABLE former_value;
