-- What a draft carries to the second person: the figures measured when it was sent, what somebody confirmed, the text it rests on, and the version it was written against.
alter table policies.version
  add column impact jsonb, add column confirmed jsonb not null default '[]', add column source jsonb, add column base_number int;
comment on column policies.version.impact is 'Figures frozen at sending: population, date, cost, who gains and loses. Cleared when the draft is returned.';
comment on column policies.version.confirmed is 'Findings of the analysis somebody said are meant so: key, words, who, when.';
comment on column policies.version.source is 'Policy text a clerk put in as basis of the draft: title, number and articles, word for word as issued.';
comment on column policies.version.base_number is 'Newest published version of the item and region when the draft was begun; a newer one by now is a conflict. Null for rows from before this column: not checked.';
