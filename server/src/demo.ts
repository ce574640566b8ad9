/** The demo of the first start: five places with their true townships and villages, invented people. Each place is loaded once. */
import { DEMO_PLACES } from '@songbai/scenarios/demo'
import { operatorActor, type App } from '@songbai/platform/server'
import type { Config } from './config.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD, loadDemoAccounts } from './demo-accounts.ts'
import { loadPeople } from './demo-people.ts'
import type { SentenceKey } from './words.ts'

type Say = (key: SentenceKey, values?: Record<string, string | number>) => void

export async function loadStartDemo(app: App, config: Config, say: Say): Promise<void> {
  const [state] = await app.runAs(operatorActor('start'), 'start', (tx) => tx.rows<{ people: number; demo: boolean }>`select count(*)::int as people, coalesce(bool_or(demo), false) as demo from users.account`)
  if (state!.people === 0) await loadDemoAccounts(app)
  else if (!state!.demo) return // somebody's real data: the demo never mixes into it
  await loadPlaces(app, say)
  say('accounts', { password: DEMO_PASSWORD })
  for (const account of DEMO_ACCOUNTS) process.stdout.write(`   ${account.login.padEnd(10)} ${account.duty[config.language]}\n`)
}

const SEED = 'songbai'

/** A place that has people already is left alone, so an interrupted first start goes on with the next place. */
async function loadPlaces(app: App, say: Say): Promise<void> {
  const total = DEMO_PLACES.reduce((sum, place) => sum + place.elders, 0)
  const missing: (typeof DEMO_PLACES)[number][] = []
  for (const place of DEMO_PLACES) {
    const [row] = await app.runAs(operatorActor('start', place.region), 'start', (tx) => tx.rows<{ there: boolean }>`select exists (select from elders.elder) as there`)
    if (!row!.there) missing.push(place)
  }
  if (missing.length === 0) return
  say('demoBegins', { total })
  for (const place of missing) {
    const people = await loadPeople(app, { region: place.region, elders: place.elders, seed: SEED }, (done) => {
      if (process.stdout.isTTY) process.stdout.write(`\r   · ${place.name} ${done}/${place.elders}  `)
    })
    if (process.stdout.isTTY) process.stdout.write('\r')
    say('demoStep', { place: place.name, done: people, total: place.elders })
  }
}
