-- +goose Up
-- The programme that a course belongs to; empty where there was only one.
ALTER TABLE course ADD COLUMN programme TEXT NOT NULL DEFAULT '';

-- The pack by which a row of a month's list was judged; empty where the whole list was by one.
ALTER TABLE pass_row ADD COLUMN pack TEXT NOT NULL DEFAULT '';
