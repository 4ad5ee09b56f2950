-- +goose Up
-- Papers of our own that the store does not keep, and that stand no longer: what was issued before an
-- older state was put back, or got a number twice.
CREATE TABLE revoked_paper (
	org        TEXT NOT NULL,
	id         TEXT NOT NULL,
	number     TEXT NOT NULL,
	document   TEXT NOT NULL,
	revoked_at BIGINT NOT NULL,
	revoked_by TEXT NOT NULL,
	reason     TEXT NOT NULL,
	note       TEXT NOT NULL,
	seal       BLOB NOT NULL,
	PRIMARY KEY (org, id)
);

-- +goose Down
DROP TABLE revoked_paper;
