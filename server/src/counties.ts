import type { Tx } from '@songbai/platform/tx'

/** Counties the clock works for: those with accounts, and under a prefecture (3206 is written 320600) those with people on the register. */
export async function countiesAtWork(tx: Tx): Promise<string[]> {
  const known = (await tx.rows<{ county: string }>`select distinct county from users.account`).map((row) => row.county)
  const counties = new Set(known)
  for (const prefecture of known.filter((one) => /^\d{4}00$/.test(one) && !one.startsWith('0000'))) {
    // One step in the index for each county: asking for distinct ones would read the whole register every minute.
    let last = prefecture
    for (;;) {
      const [next] = await tx.rows<{ county: string }>`select county from elders.elder where county > ${last} and county < ${`${prefecture.slice(0, 4)}~`} order by county limit 1`
      if (!next) break
      counties.add((last = next.county))
    }
  }
  return [...counties]
}
