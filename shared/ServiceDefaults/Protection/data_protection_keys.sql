create table data_protection_keys (
    name text primary key,
    xml text not null,
    created_at timestamptz not null
);
