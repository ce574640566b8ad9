// Cuts the county-level succession data into successions.json: which code of 1981–2025 became which.
//   git clone https://github.com/yescallop/areacodes (CC0 1.0), then: node cut-successions.mjs path/to/result.csv COMMIT
// Only years are known there; a year means "in the list of 31 December of that year".
import { readFileSync, writeFileSync } from 'node:fs'

const [source, commit] = process.argv.slice(2)
if (!source || !commit) throw new Error('usage: node cut-successions.mjs <result.csv> <commit>')
const target = new URL('./successions.json', import.meta.url)

const COLUMNS = 9
const ended = []
const parts = []
const inForce = []
for (const line of readFileSync(source, 'utf8').replace(/^\uFEFF/, '').split(/\r?\n/).slice(1)) {
  if (line === '') continue
  const cells = line.split(',')
  if (cells.length !== COLUMNS) throw new Error(`unreadable line: ${line}`)
  const [code, , , name, , state, from, to, next] = cells
  const whole = []
  for (const item of next === '' ? [] : next.split(';')) {
    const found = /^(\d{6})(?:\[(\d{4})\])?$/.exec(item)
    if (!found) throw new Error(`unreadable successor: ${line}`)
    // A year in brackets: some land went there earlier than the end of the old code.
    if (found[2]) parts.push([code, name, Number(found[2]), found[1]])
    else whole.push(found[1])
  }
  if (state !== '在用') ended.push([code, name, Number(from), Number(to), whole])
  else inForce.push([code, Number(from)])
}

const lines = rows => '[\n' + rows.map(row => '  ' + JSON.stringify(row)).join(',\n') + '\n ]'
writeFileSync(target, `{
 "source": "yescallop/areacodes (CC0 1.0), commit ${commit}, made from the Ministry of Civil Affairs lists of 1981-2024",
 "trust": "verified",
 "precision": "year: as in the list of 31 December",
 "columns": { "ended": ["code", "name", "fromYear", "endYear", "successors"], "parts": ["code", "name", "year", "landWentTo"], "inForce": ["code", "fromYear"] },
 "ended": ${lines(ended)},
 "parts": ${lines(parts)},
 "inForce": ${JSON.stringify(inForce)}
}
`)
console.log(JSON.stringify({ ended: ended.length, parts: parts.length, inForce: inForce.length }))
