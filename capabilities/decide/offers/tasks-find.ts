/** The finder: looks at whoever changed, and once a day (or when the law or an import changed many) at everybody. In small pieces, so that nobody waits behind it. */
import { countyOf, type Tx } from '@songbai/platform/tx'
import type { TaskContext } from '@songbai/platform/schedule'
import { addDays } from '@songbai/calendar'
import { entitlementResults } from '../entitlements/public.ts'
import { explainPeople } from '../entitlements/public-people.ts'
import { SOON_DAYS } from '../entitlements/rules-block.ts'
import { sendMessages, type ToSend } from '../../know/messages/public.ts'
import { policySetFor } from '../policies/public.ts'
import { amountSaid } from './rules.ts'
import { OFFER_SOON } from './rules-templates.ts'
import { openOffers } from './store.ts'
import { beginSweep, dropAhead, endSweep, giveWay, keepAhead, sweepOf, takePending, type Ahead } from './store-find.ts'
import { reconcilePeople } from './tasks-reconcile.ts'

export const FIND = 'offers.find'
/** People in one transaction: some 130 ms on the embedded database. */
const AT_ONCE = 10
/** Days before the day on which the township is reminded to look at register and account. */
const REMIND_DAYS = 30

export interface Found {
  readonly opened: number
  readonly ended: number
  readonly looked: number
}

export async function find(context: TaskContext<unknown>): Promise<Found> {
  const sum = { opened: 0, ended: 0, looked: 0 }
  const add = (part: { opened: number; ended: number }, looked: number): void => {
    sum.opened += part.opened
    sum.ended += part.ended
    sum.looked += looked
  }
  for (;;) {
    const [ids, done] = await context.tx(async (tx) => {
      const taken = await takePending(tx, AT_ONCE)
      return [taken, await reconcilePeople(tx, taken)] as const
    })
    add(done, ids.length)
    await breathe()
    if (ids.length < AT_ONCE || (await context.cancelled())) break
  }
  if (await context.tx(sweepIsDue)) await sweep(context, add)
  return sum
}

/** The embedded database answers without ever leaving this thread: others get their turn here. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** [O12] Everybody is looked at anew when the day, the law of the place or many people at once have changed since the last look ended. */
export async function sweepIsDue(tx: Tx): Promise<boolean> {
  const county = countyOf(tx.actor.region)
  const last = await sweepOf(tx, county)
  return last === null || last.sweptOn !== tx.today || last.askedAt !== null || last.lawKey !== (await policySetFor(tx, county)).key
}

async function sweep(context: TaskContext<unknown>, add: (part: { opened: number; ended: number }, looked: number) => void): Promise<void> {
  const plan = await context.tx(async (tx) => {
    await beginSweep(tx)
    return { lawKey: (await policySetFor(tx, countyOf(tx.actor.region))).key, beganAt: tx.nowMs, ids: await toLookAt(tx), soon: await comingOfAge(tx) }
  })
  const total = plan.ids.length + plan.soon.length
  let done = 0
  for (const [ids, work] of [[plan.ids, reconcilePeople], [plan.soon, prepare]] as const) {
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      if (await context.cancelled()) return
      // Somebody's import or export goes first; the clock begins this look again in a minute, where it stopped.
      if (i % (AT_ONCE * 20) === 0 && (await context.tx(giveWay))) return
      const some = ids.slice(i, i + AT_ONCE)
      add(await context.tx((tx) => work(tx, some)), some.length)
      await context.progress((done += some.length), total)
      await breathe()
      if (done === AT_ONCE * 100) await context.analyze()
    }
  }
  await context.tx(async (tx) => {
    await dropAhead(tx)
    await endSweep(tx, plan.lawKey, plan.beganAt)
  })
}

/** Whose offers may differ from what they are entitled to; the columns in memory answer for a county at once. */
async function toLookAt(tx: Tx): Promise<string[]> {
  const entitled = await entitlementResults(tx, {}, ['entitledNotEnjoying'])
  const drawing = new Set((await entitlementResults(tx, {}, ['entitledEnjoying'])).map((one) => `${one.elderId} ${one.item}`))
  const due = new Set(entitled.map((one) => `${one.elderId} ${one.item}`))
  const held = new Map((await openOffers(tx)).map((one) => [`${one.elderId} ${one.item}`, one]))
  const ids = new Set(entitled.filter((one) => !held.has(`${one.elderId} ${one.item}`)).map((one) => one.elderId))
  for (const [key, offer] of held) {
    const settled = offer.state === 'approved' ? drawing.has(key) || (due.has(key) && `${offer.fromMonth}-01` > tx.today) : due.has(key) && !(offer.askAgainOn !== null && offer.askAgainOn <= tx.today)
    if (!settled) ids.add(offer.elderId)
  }
  return [...ids]
}

async function comingOfAge(tx: Tx): Promise<string[]> {
  return [...new Set((await entitlementResults(tx, {}, ['notYet'])).map((one) => one.elderId))]
}

/** The ninety-day list, and a word to the township a month before. */
async function prepare(tx: Tx, ids: readonly string[]): Promise<{ opened: number; ended: number }> {
  const rows: Ahead[] = []
  for (const person of (await explainPeople(tx, ids)).values()) for (const [item, standing] of person.standings) {
    const rule = person.ruleOf(item)
    if (standing !== 'notYet' || !rule) continue
    const x = person.explain(item, SOON_DAYS)
    const onDay = x.turns[0]?.on
    if (onDay === undefined) continue
    rows.push({ county: countyOf(person.elder.region), region: person.elder.region, elderId: person.elder.id, item, elderName: person.elder.name, onDay, title: x.item.title, amountFen: 0, unit: rule.policy.unit, sample: x.item.sample })
  }
  const known = await amountsOn(tx, rows)
  await keepAhead(tx, known)
  await sendMessages(tx, known.filter((row) => row.onDay <= addDays(tx.today, REMIND_DAYS)).map(reminder))
  return { opened: 0, ended: 0 }
}

/** What it will be worth on the day itself, by the rule of that day. */
async function amountsOn(tx: Tx, rows: readonly Ahead[]): Promise<Ahead[]> {
  const out: Ahead[] = []
  for (const day of new Set(rows.map((row) => row.onDay))) {
    const here = rows.filter((row) => row.onDay === day)
    const then = await explainPeople(tx, [...new Set(here.map((row) => row.elderId))], day)
    for (const row of here) {
      const x = then.get(row.elderId)?.explain(row.item, 1)
      out.push(x ? { ...row, amountFen: x.amountFen, sample: x.sample } : row)
    }
  }
  return out
}

function reminder(row: Ahead): ToSend {
  const money = amountSaid(row.amountFen, row.unit, row.sample).zh
  return {
    key: `offers/ahead/${row.elderId}/${row.item}/${row.onDay}`, to: { kind: 'post', post: 'townshipClerk', region: row.region.slice(0, 9) }, template: OFFER_SOON, channels: ['screen'], link: `/elders/${row.elderId}`,
    args: { name: row.elderName, item: row.title.zh, day: row.onDay, money: money === '' ? '' : `，${money}` },
  }
}
