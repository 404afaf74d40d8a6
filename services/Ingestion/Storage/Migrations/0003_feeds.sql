alter table feeds
    add column format text,
    add column columns jsonb,
    add column family text,
    add column language text,
    add column owner text,
    add column expected_every interval;
