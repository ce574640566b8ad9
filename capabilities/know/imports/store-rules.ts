/** Everything a row is judged by, put together once for a batch. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import type { SheetSchema } from '@songbai/sheets'
import { prepareContext, prepareElder } from '../elders/public.ts'
import { placeFinder } from '../regions/public.ts'
import type { Setup } from './contract.ts'
import { eldersSchema } from './rules-fields.ts'
import { createRowRules, type RowRules } from './rules-row.ts'
import { mappingOfSetup } from './store-book.ts'
import type { Batch } from './store.ts'

export interface BatchRules {
  readonly schema: SheetSchema
  readonly rules: RowRules
  readonly judgeRow: ReturnType<typeof createRowRules>
}

export function schemaOf(tx: Tx): SheetSchema {
  return eldersSchema(prepareContext(tx).dictionary)
}

export async function rulesOf(tx: Tx, batch: Pick<Batch, 'number' | 'fileName'>, setup: Setup): Promise<BatchRules> {
  const { dictionary, today } = prepareContext(tx)
  const rules: RowRules = {
    mapping: mappingOfSetup(setup), finder: await placeFinder(tx, countyOf(setup.place)), prepare: prepareElder, dictionary, today, prefixes: tx.actor.prefixes,
    place: setup.place, listDay: setup.listDay, source: `导入：${batch.fileName}`.slice(0, 60), number: batch.number,
  }
  return { schema: eldersSchema(dictionary), rules, judgeRow: createRowRules(rules) }
}
