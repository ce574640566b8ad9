-- Two records of one person become one, and may be taken apart again: whose the grant and the account were before, the last one at the end.
alter table payments.grant add column moved_from uuid[] not null default '{}';
alter table payments.account add column moved_from uuid[] not null default '{}';
-- A line of a bank's answer whose number is known and whose amount is not: nobody knows whether the money arrived until the bank has said it.
alter table payments.returned drop constraint returned_state_check;
alter table payments.returned add constraint returned_state_check check (state in ('read', 'unclear', 'open', 'again', 'sent', 'cancelled'));
alter table payments.returned add column late boolean not null default false;
comment on column payments.returned.late is 'Came back after the batch was settled: the line was paid first, and a correction says that it was not.';
