-- +goose Up
-- What was entered can be mended: every former version stays, with the act that ended it.
ALTER TABLE hour_record ADD COLUMN entered_by TEXT NOT NULL DEFAULT '';

CREATE TABLE hour_record_was (
	org          TEXT NOT NULL,
	id           TEXT NOT NULL,
	seq          BIGINT NOT NULL,
	person       TEXT NOT NULL,
	enrolment    TEXT NOT NULL,
	course       TEXT NOT NULL,
	kind         TEXT NOT NULL,
	specialty    TEXT NOT NULL,
	mode         TEXT NOT NULL,
	seconds      INTEGER NOT NULL,
	paid_on      INTEGER NOT NULL,
	done_on      INTEGER NOT NULL,
	mark         INTEGER NOT NULL,
	evidence     TEXT NOT NULL,
	source       TEXT NOT NULL,
	state        TEXT NOT NULL,
	entered_at   BIGINT NOT NULL,
	entered_by   TEXT NOT NULL,
	submitted_on INTEGER NOT NULL,
	due          INTEGER NOT NULL,
	decided_at   BIGINT NOT NULL,
	decided_by   TEXT NOT NULL,
	reason       TEXT NOT NULL,
	note         TEXT NOT NULL,
	version      INTEGER NOT NULL,
	act          TEXT NOT NULL,
	by_login     TEXT NOT NULL,
	at           BIGINT NOT NULL,
	PRIMARY KEY (org, id, version)
);
CREATE INDEX hour_record_was_person ON hour_record_was (org, person, act, at);

-- A certificate over an hour that was withdrawn is to be revoked.
CREATE TABLE certificate_doubt (
	org         TEXT NOT NULL,
	certificate TEXT NOT NULL,
	record      TEXT NOT NULL,
	at          BIGINT NOT NULL,
	by_login    TEXT NOT NULL,
	reason      TEXT NOT NULL,
	PRIMARY KEY (org, certificate, record)
);
CREATE INDEX certificate_doubt_record ON certificate_doubt (org, record);

-- +goose Down
DROP TABLE certificate_doubt;
DROP TABLE hour_record_was;
ALTER TABLE hour_record DROP COLUMN entered_by;
