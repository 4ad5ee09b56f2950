-- What the desk asks for is found without reading a table: what waits, by its day and person; who has
-- something that nobody handed in; what was accepted in a month; the newest lines of the trail.

-- +goose Up
CREATE INDEX hour_record_waiting ON hour_record (org, due, person) WHERE state = 'submitted';
CREATE INDEX hour_record_entered ON hour_record (org, person) WHERE state = 'entered';
CREATE INDEX hour_record_accepted ON hour_record (org, decided_at, enrolment) WHERE state = 'accepted';
CREATE INDEX audit_line_at ON audit_line (org, at);
CREATE INDEX audit_line_act ON audit_line (org, act, at);

-- +goose Down
DROP INDEX audit_line_act;
DROP INDEX audit_line_at;
DROP INDEX hour_record_accepted;
DROP INDEX hour_record_entered;
DROP INDEX hour_record_waiting;
