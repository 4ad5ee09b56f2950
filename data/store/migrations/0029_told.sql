-- What the trail tells of logins is kept so that it is found at a sign-in without reading the trail: see
-- told.go. A login's row says which of its sealed copies of the store's key is the one in force.

-- +goose Up
ALTER TABLE login ADD COLUMN opens TEXT NOT NULL DEFAULT '';
ALTER TABLE trail_head ADD COLUMN logins TEXT NOT NULL DEFAULT '';
CREATE TABLE login_told (
	org    TEXT NOT NULL,
	part   BIGINT NOT NULL,
	chain  TEXT NOT NULL,
	told   BLOB NOT NULL,
	seal   BLOB NOT NULL,
	PRIMARY KEY (org, part, chain)
);

-- +goose Down
DROP TABLE login_told;
ALTER TABLE trail_head DROP COLUMN logins;
ALTER TABLE login DROP COLUMN opens;
