-- The division tree itself is a file (data/divisions-2023.bin); here lie the changes a county records on top of it.
create table regions.change (
  county text not null, id uuid not null, number bigint generated always as identity, on_day date not null, change jsonb not null,
  recorded_at timestamptz not null, recorded_by uuid not null, recorder text not null,
  primary key (county, id)
);
comment on table regions.change is 'Rename, merge, split, move, create, abolish with the decision they rest on; applied in the order of their numbers. Names of places are no secret: readable in every scope.';
grant select, insert on regions.change to songbai_app;
