// Makes a styled workbook of 200,000 rows x 18 columns with shared strings, reads it, reads every value, prints one JSON line.
// From the repository root:
//   npx rolldown engines/sheets/bench/read.ts --platform node -o build/sheets-bench.mjs && node build/sheets-bench.mjs [rows]
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createJudge, exportXlsx, findTable, guessColumns, mappingOf, ProblemReport } from '../src/index.ts'
import type { RawRow } from '../src/index.ts'
import { openFile } from '../src/node.ts'
import { seeded, syntheticId } from '../src/testing/messy.ts'
import { elders } from '../src/testing/schema.ts'
import { ZipOut } from '../src/write/zip-out.ts'

const rows = Number(process.argv[2] ?? 200_000)
const path = join(tmpdir(), `sheets-bench-${process.pid}.xlsx`)
const headings = ['序号', '老人姓名', '身份证号码', '性别', '出生年月日', '乡镇', '所在村', '联系电话', '类别', '月补贴金额', '备注1', '备注2', '备注3', '监护人', '住址', '评估', '日期2', '其他']

/** The way Excel writes: every cell styled, texts in a shared table. */
async function makeShared(): Promise<void> {
  const random = seeded(1)
  const index = new Map<string, number>()
  const file = openSync(path, 'w')
  const zip = new ZipOut((chunk) => { writeSync(file, chunk) })
  const ns = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  zip.open('xl/worksheets/sheet1.xml')
  await zip.write(`<worksheet xmlns="${ns}"><dimension ref="A1:R${rows + 1}"/><sheetData>`)
  for (let r = 1; r <= rows + 1; r++) {
    const birth = `19${30 + Math.floor(random() * 35)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 9)}`
    const male = random() < 0.5
    const cells = r === 1 ? headings : [r - 1, `冉${String.fromCharCode(0x4e00 + Math.floor(random() * 9000))}秀`, syntheticId(random, birth, male), male ? '男' : '女', birth.replace(/-/g, '.'), '咸宜镇', `第${r % 400}村`, `139${String(Math.floor(random() * 1e8)).padStart(8, '0')}`, '低保 独居', 100, '', '已发', '', '罗光华', `第${r % 4000}号院落`, '2级', 45000, '无']
    let xml = `<row r="${r}" spans="1:18" ht="15" customHeight="1">`
    cells.forEach((cell, c) => {
      const at = `<c r="${String.fromCharCode(65 + c)}${r}" s="${c === 16 ? 2 : 1}"`
      if (typeof cell === 'number') { xml += `${at}><v>${cell}</v></c>`; return }
      if (cell === '') { xml += `${at}/>`; return }
      let n = index.get(cell)
      if (n === undefined) { n = index.size; index.set(cell, n) }
      xml += `${at} t="s"><v>${n}</v></c>`
    })
    await zip.write(`${xml}</row>`)
  }
  await zip.write('</sheetData></worksheet>')
  await zip.close()
  zip.open('xl/sharedStrings.xml')
  await zip.write(`<sst xmlns="${ns}">`)
  for (const text of index.keys()) await zip.write(`<si><t>${text}</t></si>`)
  await zip.write('</sst>')
  await zip.close()
  await zip.part('xl/styles.xml', `<styleSheet xmlns="${ns}"><cellXfs><xf numFmtId="0"/><xf numFmtId="49"/><xf numFmtId="14"/></cellXfs></styleSheet>`)
  await zip.part('xl/workbook.xml', `<workbook xmlns="${ns}" xmlns:r="${rel}"><sheets><sheet name="名单" sheetId="1" r:id="a"/></sheets></workbook>`)
  await zip.part('xl/_rels/workbook.xml.rels', `<Relationships><Relationship Id="a" Type="${rel}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="${rel}/styles" Target="styles.xml"/><Relationship Id="c" Type="${rel}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`)
  await zip.part('_rels/.rels', `<Relationships><Relationship Id="a" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
  await zip.end()
  closeSync(file)
}

interface Step { seconds: number; cpuSeconds: number }
async function timed<T>(work: () => Promise<T>): Promise<Step & { result: T }> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const result = await work()
  const used = process.cpuUsage(cpu)
  return { seconds: Math.round(performance.now() - start) / 1000, cpuSeconds: Math.round((used.user + used.system) / 1e4) / 100, result }
}

async function readAll(): Promise<object> {
  const book = await openFile(path)
  const survey = await timed(() => book.survey(0))
  const rawOnly = await timed(async () => { let n = 0; for await (const batch of book.rows(0)) n += batch.length; return n })
  const values = await timed(async () => {
    const head: RawRow[] = []
    for await (const batch of book.rows(0)) { head.push(...batch.slice(0, 300)); break }
    const context = { today: '2026-07-16' }
    const table = findTable(head, { schema: elders, merges: survey.result.merges })!
    const mapping = mappingOf(guessColumns(elders, table, head, context))
    const judge = createJudge({ schema: elders, table, mapping, context, merges: survey.result.merges })
    const report = new ProblemReport()
    let records = 0
    for await (const batch of book.rows(0)) for (const row of batch) { const judged = judge(row); if (judged.record) { records += 1; report.addAll(judged.record.findings) } }
    return { records, mapped: mapping.columns.length, findings: report.length }
  })
  await book.close()
  const brief = ({ seconds, cpuSeconds }: Step): Step => ({ seconds, cpuSeconds })
  return { survey: brief(survey), raw: { ...brief(rawOnly), rows: rawOnly.result, rowsPerSecond: Math.round(rawOnly.result / rawOnly.seconds) }, values: { ...brief(values), ...values.result } }
}

await makeShared()
const fileMb = Math.round(statSync(path).size / 1e5) / 10
const before = process.resourceUsage().maxRSS
const read = await readAll()
const peakAfterRead = process.resourceUsage().maxRSS
const written = await timed(async () => exportXlsx(() => {}, [{ name: '名单', columns: headings.map((title) => ({ title })), rows: (function* () { for (let i = 0; i < rows; i++) yield headings })() }]))
console.log(JSON.stringify({ bench: 'sheets.read', rows, columns: headings.length, fileMb, ...read, export: { seconds: written.seconds, cpuSeconds: written.cpuSeconds }, peakRssMb: { beforeReading: Math.round(before / 1024), afterReading: Math.round(peakAfterRead / 1024), afterExport: Math.round(process.resourceUsage().maxRSS / 1024) } }))
rmSync(path, { force: true })
