import { on } from '@songbai/platform/schedule'
import { countyOf } from '@songbai/platform/tx'
import { ElderDied, EldersMerged, EldersSplit } from '../../know/elders/contract.ts'
import { eldersByIds, recordFacts } from '../../know/elders/public.ts'
import { EntitlementsChanged } from '../entitlements/contract.ts'
import { OfferApproved } from '../offers/contract.ts'
import { insertGrants, moveGrants, returnGrants } from './store-payees.ts'
import { markStale } from './store.ts'

export const jobs = [
  on(OfferApproved, 'pay from the month the offer was approved for', async (tx, { elderId, item, fromMonth, offerId }) => {
    const [elder] = await eldersByIds(tx, [elderId])
    if (!elder) return
    const added = await insertGrants(tx, countyOf(elder.county), [{ elderId, region: elder.region, item, sinceMonth: fromMonth, settledThrough: null, origin: 'offer', offerId }])
    // From that day the register says it is drawn, so that nobody offers it again.
    const first = `${fromMonth}-01`
    // The same day as the approval wrote: a month still to come is drawn on the register from today.
    if (added > 0) await recordFacts(tx, [{ elderId, key: `benefit.${item}`, value: first, validFrom: first < tx.today ? first : tx.today, validTo: null, source: '审批', sourceRef: offerId, reason: null }])
  }),
  on(ElderDied, 'work open batches out anew after a death', async (tx, { elderId }) => void (await markStale(tx, [elderId], 'died'))),
  on(EldersMerged, 'pay the kept record after a merge, and work open batches out anew', async (tx, { keepId, dropId }) => {
    await markStale(tx, [keepId, dropId], 'merged')
    const [keep] = await eldersByIds(tx, [keepId])
    if (keep) await moveGrants(tx, dropId, keep)
  }),
  on(EldersSplit, 'give each record its payments back after a split, and work open batches out anew', async (tx, { keepId, dropId }) => {
    await markStale(tx, [keepId, dropId], 'merged')
    const [drop] = await eldersByIds(tx, [dropId])
    if (drop) await returnGrants(tx, drop, keepId)
  }),
  on(EntitlementsChanged, 'work open batches out anew when somebody becomes or ceases to be entitled', async (tx, { elderId }) => void (await markStale(tx, [elderId], 'entitlement'))),
]
