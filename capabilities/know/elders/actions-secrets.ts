/** What a person's page covers, one at a time, with a purpose; each look is in the log that the person can ask for. */
import { instantOf } from '@songbai/calendar'
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import type { revealFact, revealField } from './contract.ts'
import { isSecretFact, shown } from './rules-facts.ts'
import { dictionary } from './store-dictionary.ts'
import { timelineOf, viewOf } from './store-facts.ts'
import { contactsOf, revealsSince } from './store-person.ts'
import { elderBy, openSealed, sealedOf, type ElderRecord } from './store.ts'

/** [V1] More than this in a day by one person is a download, not work. Facts are asked for more often than numbers: a household has several. */
export const REVEALS_A_DAY = { 'elders.reveal': 50, 'elders.revealFact': 200 } as const

async function tooMany(tx: Tx, action: keyof typeof REVEALS_A_DAY): Promise<boolean> {
  return (await revealsSince(tx, action, new Date(instantOf(tx.today, 0, 'Asia/Shanghai')))) >= REVEALS_A_DAY[action]
}

export const doReveal: Does<typeof revealField> = async (tx, input) => {
  const elder = await elderBy(tx, input.id)
  const keys = elder && (await sealedOf(tx, [elder.id])).get(elder.id)
  if (!elder || !keys) return refuse('elders.not-found')
  if (await tooMany(tx, 'elders.reveal')) return refuse('elders.too-many-reveals', { limit: REVEALS_A_DAY['elders.reveal'] })
  const sealed = input.field === 'idNumber' ? keys.idSealed : input.field === 'phone' ? keys.phoneSealed : await contactPhone(tx, elder, input.contactId)
  if (sealed === undefined) return refuse('elders.not-found')
  tx.note({ subjectId: elder.id, region: elder.region, what: input.field, purpose: input.purpose })
  return { value: openSealed(tx, keys, sealed) }
}

/** Undefined: no such contact of this person. */
async function contactPhone(tx: Tx, elder: ElderRecord, contactId: string | undefined): Promise<Buffer | null | undefined> {
  return (await contactsOf(tx, elder, viewOf(tx, {}))).find((contact) => contact.id === contactId)?.phoneSealed
}

/** [V2] The log names the kind of fact, never its value. */
export const doRevealFact: Does<typeof revealFact> = async (tx, input) => {
  const elder = await elderBy(tx, input.id)
  const fact = elder && (await timelineOf(tx, elder.id, viewOf(tx, {}))).find((one) => one.id === input.factId)
  const { facts } = dictionary()
  if (!elder || !fact || !isSecretFact(facts, fact.key)) return refuse('elders.not-found')
  if (await tooMany(tx, 'elders.revealFact')) return refuse('elders.too-many-reveals', { limit: REVEALS_A_DAY['elders.revealFact'] })
  tx.note({ subjectId: elder.id, region: elder.region, what: `fact.${fact.key}`, purpose: input.purpose })
  return { shown: shown(facts, fact.key, fact.value, (code) => code) }
}
