/** How people can be reached. A number stays sealed until the moment somebody is called or written to, and each opening stands in the log. */
import type { Tx } from '@songbai/platform/tx'
import { inCounties } from './store-facts.ts'
import { eldersBy, openSealed, sealedOf, type ElderRecord } from './store.ts'
import type { ContactRecord } from './store-person.ts'

type Contact = Omit<ContactRecord, 'phoneSealed'>

export interface Address {
  readonly elder: ElderRecord
  /** In force today, the legal duty first, then by rank. */
  readonly contacts: readonly Contact[]
}

type Row = ContactRecord & { readonly elderId: string }

function contactRows(tx: Tx, ids: readonly string[]): Promise<Row[]> {
  return inCounties(tx).then((here) => tx.rows<Row>`
    select elder_id as "elderId", id, name, relation, duty, rank, phone_masked as "phoneMasked", phone_sealed as "phoneSealed", note, valid_from as "validFrom", valid_to as "validTo" from elders.contact
    where ${here} and elder_id = any(${ids}::uuid[]) and superseded_at is null and (valid_from is null or valid_from <= ${tx.today}::date) and (valid_to is null or valid_to > ${tx.today}::date)
    order by array_position(array['guardian', 'supporter', 'carer', 'emergency', 'neighbour'], duty), rank, id`)
}

/** Those of the ids in scope, with who may be spoken to in their place. */
export async function addressesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Address>> {
  const elders = await eldersBy(tx, ids)
  const rows = elders.length === 0 ? [] : await contactRows(tx, elders.map((one) => one.id))
  return new Map(elders.map((elder) => [elder.id, { elder, contacts: rows.filter((row) => row.elderId === elder.id).map(({ phoneSealed: _sealed, elderId: _elder, ...contact }) => contact) }]))
}

export interface PhoneAsked {
  readonly elderId: string
  /** Null: the elder's own number. */
  readonly contactId: string | null
}

/** The numbers in the order asked, null where there is none; `purpose` is what the log says. */
export async function openPhones(tx: Tx, asked: readonly PhoneAsked[], purpose: string): Promise<(string | null)[]> {
  const ids = [...new Set(asked.map((one) => one.elderId))]
  if (ids.length === 0) return []
  const keys = await sealedOf(tx, ids)
  const places = new Map((await eldersBy(tx, ids)).map((one) => [one.id, one.region]))
  const contacts = new Map((asked.some((one) => one.contactId !== null) ? await contactRows(tx, ids) : []).map((row) => [`${row.elderId} ${row.id}`, row.phoneSealed]))
  return asked.map(({ elderId, contactId }) => {
    const person = keys.get(elderId)
    const sealed = contactId === null ? person?.phoneSealed : contacts.get(`${elderId} ${contactId}`)
    if (!person || !sealed) return null
    tx.note({ subjectId: elderId, region: places.get(elderId)!, what: contactId === null ? 'phone' : 'contactPhone', purpose })
    return openSealed(tx, person, sealed)
  })
}
