/** The demo of the first start: five places with their true townships and villages, invented people. Each place is loaded once. */
import { operatorActor, type App } from '@songbai/platform/server'
import type { Config } from './config.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD, loadDemoAccounts } from './demo-accounts.ts'
import type { SentenceKey } from './words.ts'

type Say = (key: SentenceKey, values?: Record<string, string | number>) => void

export async function loadStartDemo(app: App, config: Config, say: Say): Promise<void> {
  const [state] = await app.runAs(operatorActor('start'), 'start', (tx) => tx.rows<{ people: number; demo: boolean }>`select count(*)::int as people, coalesce(bool_or(demo), false) as demo from users.account`)
  if (state!.people === 0) await loadDemoAccounts(app)
  else if (!state!.demo) return // somebody's real data: the demo never mixes into it
  say('accounts', { password: DEMO_PASSWORD })
  for (const account of DEMO_ACCOUNTS) process.stdout.write(`   ${account.login.padEnd(10)} ${account.duty[config.language]}\n`)
}
