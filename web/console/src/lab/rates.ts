/** The value of a dated rate on a day; null before its first day and where none is set. */
export function paramOn(values: readonly { readonly from: string; readonly value: number | null }[], at: string): number | null {
  let found: number | null = null
  for (const one of values) if (one.from <= at) found = one.value
  return found
}
