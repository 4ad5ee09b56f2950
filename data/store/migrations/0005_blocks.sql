-- No two blocks of ticket numbers begin at the same number.

-- +goose Up
CREATE UNIQUE INDEX ticket_block_from ON ticket_block (org, district, year, from_seq);

-- +goose Down
DROP INDEX ticket_block_from;
