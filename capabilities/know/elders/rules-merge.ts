/** May two records become one? */
export interface Mergeable {
  readonly county: string
  readonly status: string
  readonly idNumber: string | null
}

/** [M1] Both live and of one county; [M2] two different ID numbers are two people until one of them is corrected. */
export function mergeRefusal(keep: Mergeable, drop: Mergeable): 'elders.not-found' | 'elders.merge-already' | 'elders.merge-id-conflict' | null {
  // A person with a record in two counties has moved: that is a link, no merge.
  if (keep.county !== drop.county) return 'elders.not-found'
  if ([keep, drop].some((one) => one.status === 'merged' || one.status === 'undone')) return 'elders.merge-already'
  return keep.idNumber !== null && drop.idNumber !== null && keep.idNumber !== drop.idNumber ? 'elders.merge-id-conflict' : null
}
