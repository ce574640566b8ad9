import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { To } from '@songbai/web-shared/go.tsx'
import { Kbd } from '@songbai/web-shared/Keys.tsx'
import { Drawer } from '@songbai/web-shared/widgets/Float.tsx'
import { DayPicker, PastDayBand, Popover, RegionPicker } from '@songbai/web-shared/widgets/Pickers.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSession } from '../session.ts'
import { useFrameKeys } from './frameKeys.ts'
import { FindElder } from './FindElder.tsx'
import { KeySheet } from './KeySheet.tsx'
import { OfflineBand } from './OfflineBand.tsx'
import { PHONE_TABS, isOn, menuFor } from './menu.ts'
import './frame.css'

type Sheet = 'find' | 'keys' | 'menu' | null

/** Menu, place and day, search, and the page inside. */
export function Frame({ path, children }: { readonly path: string; readonly children: ReactNode }) {
  const { t } = useWords()
  const { view, me, show } = useSession()
  const [sheet, setSheet] = useState<Sheet>(null)
  const main = useRef<HTMLElement>(null)
  useFrameKeys({ find: () => setSheet('find'), help: () => setSheet('keys') })
  const close = () => setSheet(null)
  return (
    <div className="frame">
      <a className="skip b p" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus() }}>{t('top.skip')}</a>
      <aside className="frame-side"><Brand /><MainMenu path={path} /><MeMenu onKeys={() => setSheet('keys')} /></aside>
      <TopBar onFind={() => setSheet('find')} />
      <main id="main" ref={main} tabIndex={-1} className={view.readOnly ? 'frame-main past' : 'frame-main'}>
        <div className="frame-bands"><PastDayBand value={view} onBack={() => show({ day: { at: me.today, knownOn: me.today } })} /><OfflineBand /></div>
        {children}
      </main>
      <PhoneTabs path={path} onMore={() => setSheet('menu')} />
      {sheet === 'find' && <FindElder onClose={close} />}
      {sheet === 'keys' && <KeySheet onClose={close} />}
      {sheet === 'menu' && <PhoneMenu path={path} onClose={close} />}
    </div>
  )
}

function Brand() {
  const { t } = useWords()
  return <div className="brand"><Icon name="logo" /><span>{t('app.name')}</span></div>
}

function MainMenu({ path }: { readonly path: string }) {
  const { t } = useWords()
  const { me, api, pageExists } = useSession()
  const counts = useQuery({ queryKey: ['menu.counts'], queryFn: () => api.counts?.() ?? Promise.resolve({}), enabled: api.counts !== undefined, refetchInterval: 60_000 }).data
  return (
    <nav className="nav" aria-label={t('menu.main')}>
      {menuFor(me.roles, pageExists).map((group, at) => (
        <div className="grp" key={at}>
          {group.word && <h4>{t(group.word)}</h4>}
          {group.entries.map((entry) => <MenuLink key={entry.to} to={entry.to} on={isOn(entry, path)} icon={entry.icon} word={t(entry.word)} count={(counts as Awaited<ReturnType<NonNullable<typeof api.counts>>> | undefined)?.[entry.to]} />)}
        </div>
      ))}
    </nav>
  )
}

function MenuLink({ to, on, icon, word, count }: { readonly to: string; readonly on: boolean; readonly icon: Parameters<typeof Icon>[0]['name']; readonly word: string; readonly count?: { readonly n: number; readonly hot?: boolean } | undefined }) {
  // The name stays for screen readers when only the drawing is shown; the title shows it to the mouse.
  return (
    <span title={word} aria-current={on ? 'page' : undefined}>
      <To to={to} className={on ? 'on' : ''} label={word}><Icon name={icon} /><span>{word}</span>{count && count.n > 0 && <em className={count.hot ? 'hot' : ''}>{count.n}</em>}</To>
    </span>
  )
}

function MeMenu({ onKeys }: { readonly onKeys: () => void }) {
  const { t } = useWords()
  const { me, signOut } = useSession()
  return (
    <div className="me">
      <Popover label={t('me.menu')} button={<><span className="ava" aria-hidden>{me.name.slice(0, 1)}</span><span className="who"><b>{me.name}</b><span>{me.organisation}</span></span></>}>
        {(close) => (
          <ul className="opts">
            <li><To to="/me/password">{t('me.password')}</To></li>
            <li><button type="button" onClick={() => { close(); onKeys() }}>{t('keys.title')}<small><Kbd>?</Kbd></small></button></li>
            <li><button type="button" onClick={signOut}>{t('me.signOut')}</button></li>
          </ul>
        )}
      </Popover>
    </div>
  )
}

function TopBar({ onFind }: { readonly onFind: () => void }) {
  const { t, lang, setLang } = useWords()
  const { path, view, api, show } = useSession()
  const here = path[path.length - 1]
  return (
    <header className="frame-top">
      <Brand />
      <div className="scope">
        <RegionPicker path={path} {...(here?.note ? { note: here.note } : {})} children={(region) => api.placesIn(region, view.at)} onPick={(_, trail) => show({ path: trail })} />
        <DayPicker value={view} onPick={(day) => show({ day })} />
      </div>
      <button type="button" className="find" onClick={onFind} aria-keyshortcuts="/"><Icon name="search" /><b className="sr">{t('find.title')} </b><span>{t('top.find')}</span><Kbd>/</Kbd></button>
      <button type="button" className="b s t lang" lang={lang === 'en' ? 'zh-CN' : 'en'} onClick={() => setLang(lang === 'en' ? 'zh-CN' : 'en')}>{lang === 'en' ? '中文' : 'EN'}</button>
    </header>
  )
}

function PhoneTabs({ path, onMore }: { readonly path: string; readonly onMore: () => void }) {
  const { t } = useWords()
  const { me, pageExists } = useSession()
  const entries = menuFor(me.roles, pageExists).flatMap((group) => group.entries).filter((entry) => PHONE_TABS.includes(entry.to))
  return (
    <nav className="frame-tabs" aria-label={t('menu.main')}>
      {entries.map((entry) => <To key={entry.to} to={entry.to} className={isOn(entry, path) ? 'on' : ''}><Icon name={entry.icon} /><span>{t(entry.word)}</span></To>)}
      <button type="button" aria-haspopup="dialog" onClick={onMore}><Icon name="list" /><span>{t('menu.more')}</span></button>
    </nav>
  )
}

function PhoneMenu({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const { t, lang, setLang } = useWords()
  const { me, signOut } = useSession()
  return (
    <Drawer title={`${me.name} · ${me.organisation}`} onClose={onClose}>
      <div className="drawer menu" style={{ position: 'static', display: 'block', width: 'auto', height: 'auto', border: 0, boxShadow: 'none' }} onClick={onClose}><MainMenu path={path} /></div>
      <div className="pad row wrap">
        <span onClick={onClose}><To to="/me/password" className="b big">{t('me.password')}</To></span>
        <button type="button" className="b big" onClick={() => setLang(lang === 'en' ? 'zh-CN' : 'en')}>{t('top.language')}</button>
        <button type="button" className="b big" onClick={signOut}>{t('me.signOut')}</button>
      </div>
    </Drawer>
  )
}
