-- How many places of a slot are taken is counted from its bookings, never kept beside them.

-- +goose Up
ALTER TABLE slot DROP COLUMN taken;

-- +goose Down
ALTER TABLE slot ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;
