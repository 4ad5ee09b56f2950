-- +goose Up
-- What was decided and does not stand as accepted: few records, looked at for a month's list.
CREATE INDEX hour_record_decided ON hour_record (org, decided_at) WHERE state <> 'accepted' AND decided_at > 0;

-- hour_record_accepted with whose each is, so that a month's list is read off it alone.
DROP INDEX hour_record_accepted;
CREATE INDEX hour_record_accepted ON hour_record (org, decided_at, enrolment, id, person) WHERE state = 'accepted';

-- +goose Down
DROP INDEX hour_record_decided;
DROP INDEX hour_record_accepted;
CREATE INDEX hour_record_accepted ON hour_record (org, decided_at, enrolment) WHERE state = 'accepted';
