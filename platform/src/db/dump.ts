/** The schema as text, the same on both databases: `docs/schema.sql` is this, so a reviewer sees a table change as a diff. */
import { sql } from 'kysely'
import type { AnyDb } from '../tx.ts'

interface Line {
  readonly line: string
}

export async function dumpSchema(db: AnyDb): Promise<string> {
  const parts = [columns(db), constraints(db), indexes(db), policies(db), grants(db)]
  const blocks: string[] = []
  for (const part of parts) blocks.push((await part).map((row) => row.line).join('\n'))
  return `${blocks.join('\n\n')}\n`
}

const OURS = sql.raw(`n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname not like 'pg\\_%'`)

async function columns(db: AnyDb): Promise<Line[]> {
  return (await sql<Line>`
    select 'table ' || n.nspname || '.' || c.relname || E'\n' || string_agg('  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') || coalesce('  -- ' || col_description(c.oid, a.attnum), ''), E'\n' order by a.attnum) as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind = 'r' and ${OURS} group by n.nspname, c.relname order by n.nspname collate "C", c.relname collate "C"`.execute(db)).rows
}

async function constraints(db: AnyDb): Promise<Line[]> {
  return (await sql<Line>`select line from (
    select 'constraint ' || n.nspname || '.' || c.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid) as line
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where k.contype <> 'n' and ${OURS}
   ) as lines order by line collate "C"`.execute(db)).rows
}

async function indexes(db: AnyDb): Promise<Line[]> {
  return (await sql<Line>`select line from (
    select pg_get_indexdef(i.indexrelid) as line from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and not exists (select from pg_constraint k where k.conindid = i.indexrelid)) as lines order by line collate "C"`.execute(db)).rows
}

async function policies(db: AnyDb): Promise<Line[]> {
  return (await sql<Line>`select line from (
    select 'policy ' || schemaname || '.' || tablename || ' ' || policyname || ' ' || cmd || ' to ' || array_to_string(roles, ',') as line from pg_policies) as lines order by line collate "C"`.execute(db)).rows
}

async function grants(db: AnyDb): Promise<Line[]> {
  return (await sql<Line>`select line from (
    select 'grant ' || string_agg(lower(privilege_type), ', ' order by privilege_type collate "C") || ' on ' || table_schema || '.' || table_name || ' to ' || grantee as line
    from information_schema.role_table_grants where grantee in ('songbai_app', 'songbai_platform') group by table_schema, table_name, grantee) as lines order by line collate "C"`.execute(db)).rows
}
