-- A case whose post nobody holds falls to the nearest post above. To know it, whoever looks at the case must see which duties are
-- held over the place, also those of wider places than the own: role and place, never the account.
create policy above on users.grant for select to songbai_app using (
  (select platform.region_from()) like (case when place like '%0000000000' then left(place, 2) when place like '%00000000' then left(place, 4) when place like '%000000' then left(place, 6) when place like '%000' then left(place, 9) else place end) || '%');
create index grant_place on users.grant (place, role);
