-- Models that were trained here, with their weights; the one that is built in has none here.
create table models (
    version text primary key,
    created_at timestamptz not null,
    created_by text not null,
    trained_from text not null,
    -- The built-in model whose features its weights are of.
    foundation text not null,
    -- Corrections that it learnt from, those that were kept back, and the time of the newest of all.
    examples integer not null,
    kept_back integer not null,
    learnt_until timestamptz not null,
    figures jsonb not null,
    weights bytea not null
);
create index models_newest on models (created_at desc);

-- Which model was put in force when, by whom; the last one is in force.
create table model_activations (
    id bigint primary key generated always as identity,
    version text not null,
    activated_at timestamptz not null,
    activated_by text not null
);
create sequence model_numbers;
