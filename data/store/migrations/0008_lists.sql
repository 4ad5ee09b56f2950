-- Pass lists as they were published; invoices, each kept once.

-- +goose Up
CREATE TABLE pass_list (
	org          TEXT NOT NULL,
	month        INTEGER NOT NULL,
	published_at BIGINT NOT NULL,
	by_login     TEXT NOT NULL,
	latest       INTEGER NOT NULL,
	pack         TEXT NOT NULL,
	PRIMARY KEY (org, month)
);

CREATE TABLE pass_row (
	org         TEXT NOT NULL,
	month       INTEGER NOT NULL,
	place       INTEGER NOT NULL,
	person      TEXT NOT NULL,
	enrolment   TEXT NOT NULL,
	records     TEXT NOT NULL,
	main        TEXT NOT NULL,
	added       TEXT NOT NULL,
	counted     BIGINT NOT NULL,
	needed      BIGINT NOT NULL,
	ready       INTEGER NOT NULL,
	accepted_on INTEGER NOT NULL,
	sealed      BLOB NOT NULL,
	PRIMARY KEY (org, month, place)
);
CREATE INDEX pass_row_person ON pass_row (org, person);

CREATE TABLE invoice (
	org       TEXT NOT NULL,
	id        TEXT NOT NULL,
	person    TEXT NOT NULL,
	unit      TEXT NOT NULL,
	state     TEXT NOT NULL,
	title     TEXT NOT NULL,
	tax       TEXT NOT NULL,
	number    TEXT NOT NULL,
	issued_on INTEGER NOT NULL,
	version   INTEGER NOT NULL,
	PRIMARY KEY (org, id)
);
CREATE INDEX invoice_person ON invoice (org, person);
ALTER TABLE payment ADD COLUMN invoice TEXT NOT NULL DEFAULT '';
CREATE INDEX payment_unit ON payment (org, unit, paid_on) WHERE unit <> '';
CREATE INDEX payment_batch ON payment (org, batch) WHERE batch <> '';

-- One payment of a unit had its invoice written beside each learner: joined where they agree.
INSERT INTO invoice (org, id, person, unit, state, title, tax, number, issued_on, version)
SELECT org, batch, '', MAX(unit), MAX(invoice_state), MAX(invoice_title), MAX(invoice_tax), MAX(invoice_number), MAX(invoice_on), 1
FROM payment
WHERE batch <> ''
GROUP BY org, batch
HAVING MAX(invoice_state) <> ''
	AND COUNT(DISTINCT NULLIF(invoice_title, '')) <= 1
	AND COUNT(DISTINCT NULLIF(invoice_tax, '')) <= 1
	AND COUNT(DISTINCT NULLIF(invoice_number, '')) <= 1;
UPDATE payment
SET invoice = batch
WHERE batch <> '' AND EXISTS (SELECT 1 FROM invoice i WHERE i.org = payment.org AND i.id = payment.batch);

-- Each of the others is its payment's own.
INSERT INTO invoice (org, id, person, unit, state, title, tax, number, issued_on, version)
SELECT org, id, person, unit, invoice_state, invoice_title, invoice_tax, invoice_number, invoice_on, 1
FROM payment
WHERE invoice = '' AND invoice_state <> '';
UPDATE payment
SET invoice = id
WHERE invoice = '' AND invoice_state <> '';

ALTER TABLE payment DROP COLUMN invoice_state;
ALTER TABLE payment DROP COLUMN invoice_title;
ALTER TABLE payment DROP COLUMN invoice_tax;
ALTER TABLE payment DROP COLUMN invoice_number;
ALTER TABLE payment DROP COLUMN invoice_on;

-- +goose Down
ALTER TABLE payment ADD COLUMN invoice_state TEXT NOT NULL DEFAULT '';
ALTER TABLE payment ADD COLUMN invoice_title TEXT NOT NULL DEFAULT '';
ALTER TABLE payment ADD COLUMN invoice_tax TEXT NOT NULL DEFAULT '';
ALTER TABLE payment ADD COLUMN invoice_number TEXT NOT NULL DEFAULT '';
ALTER TABLE payment ADD COLUMN invoice_on INTEGER NOT NULL DEFAULT 0;
DROP INDEX payment_batch;
DROP INDEX payment_unit;
ALTER TABLE payment DROP COLUMN invoice;
DROP TABLE invoice;
DROP TABLE pass_row;
DROP TABLE pass_list;
