/** A text of a wider place made the county's own: place and name of the place change, the rules stay for the clerk to change. */
export function localText(yaml: string, fromRegion: string, region: string, name: string): string {
  const own = region.slice(0, 6)
  if (fromRegion.startsWith(own)) return yaml
  return yaml.replace(/^region:.*$/m, `region: ${own}`).replace(/^regionName:.*$/m, `regionName: ${name}`)
}

/** A first text that can be read: one item, one rule, one case that holds. Everything in it is for the clerk to replace. */
export function firstText(region: string, name: string, today: string, words: { readonly title: string; readonly rule: string }): string {
  const year = Number(today.slice(0, 4))
  return `policy: new-item
title: { zh: ${words.title}, en: ${words.title} }
kind: service
region: ${region.slice(0, 6)}
regionName: ${name}
version: 1
effective: { from: ${today} }
service: { zh: ${words.title}, en: ${words.title} }
basis:
  b1: { doc: ${words.title}, title: ${words.title}, article: ${words.title} }
let:
  ${words.rule}: age >= 80
table:
  hit: first
  rows:
    - { id: r1, when: '${words.rule}', basis: b1, label: { zh: ${words.rule}, en: ${words.rule} } }
evidence: []
cases:
  - { at: ${today}, in: { birth: ${year - 85}-01-01 }, out: { row: r1 } }
  - { at: ${today}, in: { birth: ${year - 70}-01-01 }, out: { row: null, miss: [${words.rule}] } }
`
}
