-- Which posts have open cases: asked at every list of one's own work, to find those nobody holds.
create index case_post on work.case (owner_post, owner_region) where closed_at is null and owner_kind = 'post';
