-- +goose Up
-- The numbers of faces that may be looked for on other people's records: of whoever agreed to it, under
-- their own key. mark is another with every change, so that a desk notices what it does not know yet.
CREATE TABLE face_vector (
	org     TEXT NOT NULL,
	person  TEXT NOT NULL,
	photo   TEXT NOT NULL,
	weights TEXT NOT NULL,
	clear   INTEGER NOT NULL,
	made_at BIGINT NOT NULL,
	sought  INTEGER NOT NULL,
	mark    BIGINT NOT NULL,
	sealed  BLOB NOT NULL,
	seal    BLOB NOT NULL,
	PRIMARY KEY (org, person)
);
CREATE INDEX face_vector_mark ON face_vector (org, weights, mark, person);
CREATE INDEX face_vector_sought ON face_vector (org, weights, sought, person);

-- +goose Down
DROP TABLE face_vector;
