import { every, task } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import { lawRows } from './store.ts'
import { loadNewPolicies } from './store-packs.ts'

/** For a program whose start was interrupted before the packs were read. */
async function loadIfNone(tx: Tx): Promise<void> {
  if ((await lawRows(tx)).length === 0) await loadNewPolicies(tx)
}

export const jobs = [every('minute', 'load the policies that come with the program when there are none', loadIfNone)]
export const tasks = [task('policies.importPacks', (context) => context.tx((tx) => loadNewPolicies(tx)))]
