/**
 * The worker as text: it must run as it is under Node 20, from TypeScript sources and from a bundle alike. It parses the
 * file once and then hands out rows when asked, so that the parent never holds more than one batch.
 */
export const workerSource = `
const { parentPort, workerData } = require('node:worker_threads')
const X = require(workerData.module)
const errorText = { 0: '#NULL!', 7: '#DIV/0!', 15: '#VALUE!', 23: '#REF!', 29: '#NAME?', 36: '#NUM!', 42: '#N/A' }
let book
function openBook() {
  book = X.read(workerData.bytes, { type: 'buffer', dense: true, cellNF: true, cellText: false, cellHTML: false, cellFormula: true, cellDates: false, cellStyles: true, bookVBA: false })
  workerData.bytes = undefined
  const info = (book.Workbook && book.Workbook.Sheets) || []
  return {
    date1904: !!(book.Workbook && book.Workbook.WBProps && book.Workbook.WBProps.date1904),
    sheets: book.SheetNames.map((name, i) => {
      const sheet = book.Sheets[name] || {}
      const data = sheet['!data'] || []
      let rows = 0
      for (const row of data) if (row && row.length) rows += 1
      const hiddenColumns = []
      ;(sheet['!cols'] || []).forEach((col, c) => { if (col && col.hidden && c < 16384) hiddenColumns.push(c) })
      return { name, hidden: !!(info[i] && info[i].Hidden), rows, merges: (sheet['!merges'] || []).map((m) => X.utils.encode_range(m)), hiddenColumns }
    }),
  }
}
function cellOf(cell) {
  if (!cell) return null
  if (cell.v === undefined || cell.t === 'z') return cell.f ? ['f'] : null
  if (cell.t === 'n') return cell.z && X.SSF.is_date(String(cell.z)) ? ['d', cell.v] : cell.v
  if (cell.t === 'e') return ['e', errorText[cell.v] || cell.w || '#N/A']
  if (cell.t === 'b') return !!cell.v
  if (cell.t === 'd') return String(cell.v instanceof Date ? cell.v.toISOString().slice(0, 10) : cell.v)
  const text = String(cell.v)
  return text === '' ? null : text
}
function rowsOf(question) {
  const sheet = book.Sheets[book.SheetNames[question.sheet]] || {}
  const data = sheet['!data'] || []
  const about = sheet['!rows'] || []
  const rows = []
  let at = question.from - 1
  for (; at < data.length && rows.length < question.count; at++) {
    const source = data[at]
    if (!source) continue
    let cells = source.map ? Array.from(source, cellOf) : []
    while (cells.length && (cells[cells.length - 1] === null || (typeof cells[cells.length - 1] === 'string' && cells[cells.length - 1].trim() === ''))) cells.pop()
    if (cells.length) rows.push({ row: at + 1, hidden: !!(about[at] && about[at].hidden), cells })
  }
  return { rows, next: at < data.length ? at + 1 : null }
}
parentPort.on('message', (question) => {
  try {
    parentPort.postMessage({ value: question.open ? openBook() : rowsOf(question) })
  } catch (error) {
    parentPort.postMessage({ error: /password|encrypt/i.test(String(error && error.message)) ? 'encrypted' : 'broken' })
  }
})
`
