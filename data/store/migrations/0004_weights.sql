-- An institution's own weights for comparing faces.

-- +goose Up
CREATE TABLE face_weights (
	org      TEXT NOT NULL,
	sha256   TEXT NOT NULL,
	alike    INTEGER NOT NULL,
	unlike   INTEGER NOT NULL,
	at       BIGINT NOT NULL,
	by_login TEXT NOT NULL,
	data     BLOB NOT NULL,
	PRIMARY KEY (org)
);

-- +goose Down
DROP TABLE face_weights;
