-- The State Council's yearly notices of holidays that an institution took in. All are kept; the one
-- taken in last for a year is in force.

-- +goose Up
CREATE TABLE calendar_notice (
	org      TEXT NOT NULL,
	seq      BIGINT NOT NULL,
	year     INTEGER NOT NULL,
	source   TEXT NOT NULL,
	dated    INTEGER NOT NULL,
	free     TEXT NOT NULL,
	worked   TEXT NOT NULL,
	at       BIGINT NOT NULL,
	by_login TEXT NOT NULL,
	PRIMARY KEY (org, seq)
);

-- +goose Down
DROP TABLE calendar_notice;
