-- +goose Up
-- Amounts are kept in whole seconds: a hundredth of a 学时 of 45 minutes is 27 of them.
ALTER TABLE hour_record RENAME COLUMN minutes TO seconds;
UPDATE hour_record SET seconds = seconds * 60;
ALTER TABLE course RENAME COLUMN minutes TO seconds;
UPDATE course SET seconds = seconds * 60;
