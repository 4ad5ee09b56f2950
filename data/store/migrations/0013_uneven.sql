-- +goose Up
-- What an older version kept in whole minutes and that is no hundredth of a 学时 of 45 minutes.
CREATE INDEX hour_record_uneven ON hour_record (org, id) WHERE seconds % 27 <> 0;
