/** How places and papers are said on a narrow line. Pure. */

/** 咸宜镇青龙村村民委员会 → 咸宜镇青龙村; the committee is the office, people live in the village. */
export function placeSaid(place: string): string {
  return place.replace(/村民委员会$/, (_, at: number) => (place[at - 1] === '村' ? '' : '村')).replace(/(社区)?居民委员会$/, '社区').replace(/嘎查村$/, '嘎查')
}

/** A full path from the county down: 重庆市城口县咸宜镇青龙村村民委员会 → 咸宜镇青龙村. */
export function belowCounty(path: string): string {
  const rest = path.replace(/^.*?(?:县|旗|(?<!自治)区)(?=.)/, '')
  return placeSaid(rest)
}

/** Place and address without saying the village twice. */
export function homeSaid(place: string, address: string | null): string {
  const said = placeSaid(place)
  if (!address) return said
  if (address.startsWith(said)) return address
  const tail = [...said].findIndex((_, i) => address.startsWith(said.slice(i)))
  return tail > 0 && said.length - tail >= 2 ? said.slice(0, tail) + address : `${said} ${address}`
}

/** 9902************09 → 9902 **** **** **09, as people read a number off a card. */
export function idSaid(masked: string): string {
  return masked.length === 18 ? `${masked.slice(0, 4)} ${masked.slice(4, 8)} ${masked.slice(8, 12)} ${masked.slice(12)}`.replace(/(\*{4})(\S{2})$/, '$1 $2').trim() : masked
}

/** A number of our own tables says nothing to a reader. */
export function refSaid(ref: string | null): string | null {
  return ref === null || /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(ref) ? null : ref
}
