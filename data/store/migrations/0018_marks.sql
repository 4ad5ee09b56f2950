-- +goose Up
-- Marks are kept in tenths of a point, so that 59.5 is what it was; -1 is none, as before.
UPDATE hour_record SET mark = mark * 10 WHERE mark > 0;
UPDATE hour_record_was SET mark = mark * 10 WHERE mark > 0;

-- +goose Down
UPDATE hour_record SET mark = mark / 10 WHERE mark > 0;
UPDATE hour_record_was SET mark = mark / 10 WHERE mark > 0;
