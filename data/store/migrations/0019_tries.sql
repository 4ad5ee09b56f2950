-- +goose Up
-- The tries to open a login that are under way, and those that were broken off: see access.Tries.
ALTER TABLE login ADD COLUMN tries TEXT NOT NULL DEFAULT '';
