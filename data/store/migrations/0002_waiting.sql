-- Who waits to be confirmed is asked after every change of a desk.

-- +goose Up
CREATE INDEX person_state ON person (org, state, id);

-- +goose Down
DROP INDEX person_state;
