-- Whether a person went back to this model: until a person goes forward again no training replaces it by itself.
alter table model_activations add column holds boolean not null default false;
-- Whether a later correction of the same incident speaks against an earlier label.
create index corrections_incident on corrections (incident_id, created_at desc);
