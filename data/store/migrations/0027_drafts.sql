-- +goose Up
-- Whose the records are that nobody handed in, counted person by person without sorting them.
CREATE INDEX hour_record_drafts ON hour_record (org, person) WHERE state = 'entered';

-- +goose Down
DROP INDEX hour_record_drafts;
