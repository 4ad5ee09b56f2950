-- +goose Up
-- Faces that are on two people's records, and what a clerk said of each.
CREATE TABLE face_shared (
	org         TEXT NOT NULL,
	one         TEXT NOT NULL,
	other       TEXT NOT NULL,
	thousandths INTEGER NOT NULL,
	clear       INTEGER NOT NULL,
	photo       TEXT NOT NULL,
	other_photo TEXT NOT NULL,
	found_at    BIGINT NOT NULL,
	seen        TEXT NOT NULL,
	seen_by     TEXT NOT NULL,
	seen_at     BIGINT NOT NULL,
	seal        BLOB NOT NULL,
	PRIMARY KEY (org, one, other)
);
CREATE INDEX face_shared_other ON face_shared (org, other);
CREATE INDEX face_shared_seen ON face_shared (org, seen, found_at);

-- +goose Down
DROP TABLE face_shared;
