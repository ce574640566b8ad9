import { useMemo, useState } from 'react'
import { keepSource } from '@songbai/capabilities/decide/policies/contract'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { formatNumber, parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Field, TextField } from '../parts/Fields.tsx'
import { SayNo, useDo } from '../query.tsx'
import { fitArticles, joinArticles, readSourceFile } from './sourceFile.ts'
import type { Fitted, Read } from './sourceFile.ts'
import type { Lab } from './useLab.ts'

const UNREAD = {
  pdf: 'lab.unread.pdf', oldWord: 'lab.unread.oldWord', rtf: 'lab.unread.rtf', page: 'lab.unread.page', otherZip: 'lab.unread.otherZip', other: 'lab.unread.other', damaged: 'lab.unread.damaged', tooBig: 'lab.unread.tooBig', noWords: 'lab.unread.noWords', encoding: 'lab.unread.encoding',
} as const

/** A policy text pasted or read from a file, cut into articles as it is typed. */
export function SourceDialog({ lab, onClose }: { readonly lab: Lab; readonly onClose: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(keepSource)
  const before = lab.got.source
  const [title, setTitle] = useState(before?.title ?? '')
  const [number, setNumber] = useState(before?.number ?? '')
  const [issued, setIssued] = useState(before?.issuedOn ?? '')
  const [text, setText] = useState(() => joinArticles(before?.articles ?? []))
  const [read, setRead] = useState<Read | null>(null)
  const [reading, setReading] = useState(false)
  const fitted = useMemo(() => fitArticles(text), [text])
  const day = parseDay(issued)
  const wrongDay = issued.trim() !== '' && day === null
  const file = async (input: HTMLInputElement) => {
    const chosen = input.files?.[0]
    if (!chosen) return
    setReading(true)
    const got = await chosen.arrayBuffer().then((buffer) => readSourceFile(new Uint8Array(buffer)), (): Read => ({ unread: 'damaged' }))
    setReading(false)
    setRead(got)
    // The same file, saved anew, can be chosen again.
    input.value = ''
    if ('unread' in got) return
    setText(got.text)
    if (title === '') setTitle(chosen.name.replace(/\.[a-z]+$/i, '').slice(0, 200))
  }
  const keep = async () => { if ((await run({ id: lab.got.version.id, source: { title: title.trim(), number: number.trim(), issuedOn: day, articles: fitted.articles } })).ok) onClose() }
  return (
    <Dialog title={t('lab.source.paste')} onClose={onClose}>
      <div className="lab-source">
        <TextField label={t('lab.source.title')} value={title} onText={setTitle} maxLength={200} />
        <div className="two"><TextField label={t('lab.source.number')} value={number} onText={setNumber} maxLength={80} /><div><TextField label={t('lab.source.issued')} value={issued} onText={setIssued} maxLength={14} placeholder={t('day.type')} />{wrongDay && <p className="err" role="alert">{t('pol.needDay')}</p>}</div></div>
        <Field label={t('lab.source.file')} hint={t('lab.source.kinds')}>{(id) => <input id={id} type="file" accept=".docx,.txt,.md,.pdf,.doc,.wps" disabled={reading} onChange={(event) => void file(event.target)} />}</Field>
        {reading && <p role="status" className="muted">{t('lab.source.reading')}</p>}
        {read && <Notice read={read} />}
        <Field label={t('lab.source.text')} hint={t('lab.source.found', { n: formatNumber(fitted.articles.length) })}>{(id) => <textarea id={id} className="in" rows={10} value={text} onChange={(event) => setText(event.target.value)} />}</Field>
        <Cut fitted={fitted} />
        <SayNo no={no} />
        <div className="row"><button type="button" className="b p" disabled={busy || wrongDay || title.trim().length < 2 || fitted.articles.length === 0} onClick={() => void keep()}>{t('lab.source.keep')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
      </div>
    </Dialog>
  )
}

function Notice({ read }: { readonly read: Read }) {
  const { t } = useWords()
  if ('unread' in read) return <div className="bn refused" role="alert"><span>{t(UNREAD[read.unread])} <span className="now">{t('lab.unread.now')}</span></span></div>
  return (
    <>
      {read.encoding !== null && read.encoding !== 'utf-8' && <p className="hint" role="status">{t('lab.source.encoding', { name: read.encoding === 'gb18030' ? 'GBK' : 'UTF-16' })}</p>}
      {read.damaged > 0 && <div className="bn warn" role="alert">{t('lab.source.holes', { n: formatNumber(read.damaged) })}</div>}
      {read.numbered > 0 && <div className="bn warn" role="alert">{t('lab.source.numbered', { n: formatNumber(read.numbered) })}</div>}
      {read.pictures > 0 && <div className="bn warn" role="alert">{t('lab.source.pictures', { n: formatNumber(read.pictures) })}</div>}
    </>
  )
}

function Cut({ fitted }: { readonly fitted: Fitted }) {
  const { t } = useWords()
  return (
    <>
      {fitted.parted.length > 0 && <p className="hint" role="status">{t('lab.source.parted', { which: fitted.parted.map((one) => one || t('lab.source.head')).join(t('lab.and')) })}</p>}
      {fitted.left && <div className="bn warn" role="alert">{t('lab.source.left', { n: formatNumber(fitted.left.n), from: fitted.left.from })}</div>}
    </>
  )
}
