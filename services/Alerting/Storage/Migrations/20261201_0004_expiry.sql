-- After this time the source no longer stands by the incident.
alter table alerts add column expires_at timestamptz;

-- What is still to expire; what was raised after its time, an operator reopened.
create index alerts_expiring on alerts (expires_at) where state <> 'resolved' and expires_at > raised_at;
