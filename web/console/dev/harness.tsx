import { StrictMode, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { MemoryRouter, useNavigate } from 'react-router'
import '@songbai/web-shared/tokens.css'
import '@songbai/web-shared/widgets.css'
import '@songbai/web-shared/print.css'
import { GoProvider } from '@songbai/web-shared/go.tsx'
import { KeysProvider } from '@songbai/web-shared/Keys.tsx'
import { UndoProvider, useUndo } from '@songbai/web-shared/widgets/Undo.tsx'
import { WordsProvider } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Frame } from '../src/frame/Frame.tsx'
import { SessionProvider } from '../src/session.ts'
import type { Session } from '../src/session.ts'
import { giveStylesTheNonce, styleNonce } from '../src/nonce.ts'
import { SignIn } from '../src/signin/SignIn.tsx'
import { NotAllowedPage, NotFoundPage, FaultPage } from '../src/states/pages.tsx'
import { Today } from '../src/today/Today.tsx'
import { useViewState } from '../src/view.ts'
import { API, ME, MODEL, STEP, TODAY } from './samples.ts'
import { ClientProvider } from '@songbai/web-shared/api.ts'
import CasePage from '../src/today/CasePage.tsx'
import TodayLive from '../src/today/TodayPage.tsx'
import { FAKE } from './fakeClient.ts'
import BatchPage from '../src/imports/BatchPage.tsx'
import ImportsPage from '../src/imports/ImportsPage.tsx'
import { importsClient } from './importsClient.ts'
import { Gallery } from './gallery.tsx'
import { ListPage } from './list.tsx'
import { AntdPage } from './antd.tsx'

function TodayPage() {
  const offer = useUndo()
  return <Today model={MODEL} onAct={(item) => offer({ what: `${item.verb}好了`, onUndo: () => undefined })} />
}

function Framed({ path, children }: { readonly path: string; readonly children: ReactNode }) {
  const navigate = useNavigate()
  const { view, path: places, show } = useViewState(ME)
  const session = useMemo<Session>(() => ({ me: ME, api: API, view, path: places, show, signOut: () => undefined, pageExists: () => true }), [view, places, show])
  const [at, setAt] = useState(path)
  return <SessionProvider value={session}><GoProvider value={(to) => { setAt(to); void navigate(to) }}><Frame path={at}>{children}</Frame></GoProvider></SessionProvider>
}

const PAGES: Readonly<Record<string, () => ReactNode>> = {
  today: () => <Framed path="/today"><TodayPage /></Framed>,
  empty: () => <Framed path="/today"><Today model={{ ...MODEL, items: [], overdue: { n: 0, to: '/work' }, mine: { n: 0, to: '/work' }, behind: { total: 38, list: [] } }} onAct={() => undefined} /></Framed>,
  list: () => <Framed path="/elders"><ListPage /></Framed>,
  gallery: () => <Framed path="/elders"><Gallery /></Framed>,
  signin: () => <SignIn api={API} onIn={() => undefined} demo />,
  code: () => <SignIn api={API} onIn={() => undefined} start={{ step: { ...STEP, next: 'code' }, trouble: { ok: false, refusal: { code: 'wrongCode', args: {} } } }} />,
  first: () => <SignIn api={API} onIn={() => undefined} start={{ step: { ...STEP, next: 'newPassword' } }} />,
  locked: () => <SignIn api={API} onIn={() => undefined} away start={{ step: { ...STEP, next: 'locked', lockedUntil: Date.now() + 14 * 60_000 } }} />,
  enrol: () => <SignIn api={API} onIn={() => undefined} start={{ step: { ...STEP, next: 'enrol', secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', otpauthUrl: 'otpauth://totp/Songbai:zhoulan?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Songbai' } }} />,
  wrong: () => <SignIn api={API} onIn={() => undefined} start={{ step: { ...STEP, triesLeft: 3 } }} />,
  antd: () => <AntdPage />,
  live: () => <ClientProvider value={FAKE}><Framed path="/today"><TodayLive /></Framed></ClientProvider>,
  case: () => <ClientProvider value={FAKE}><Framed path="/today"><CasePage /></Framed></ClientProvider>,
  imports: () => <ClientProvider value={importsClient(params.get('state') ?? '')}><Framed path="/imports"><ImportsPage /></Framed></ClientProvider>,
  import: () => <ClientProvider value={importsClient(params.get('state') ?? 'checked')}><Framed path="/imports"><BatchPage /></Framed></ClientProvider>,
  lost: () => <Framed path="/nowhere"><NotFoundPage /></Framed>,
  refused: () => <Framed path="/elders"><NotAllowedPage onAsk={() => undefined} /></Framed>,
  fault: () => <Framed path="/elders"><FaultPage id="7F3A21C9" wrote onRetry={() => undefined} /></Framed>,
}

giveStylesTheNonce(styleNonce())
const params = new URLSearchParams(location.search)
const page = PAGES[params.get('page') ?? 'today'] ?? PAGES.today!
const lang = params.get('lang') === 'en' ? 'en' : 'zh-CN'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter initialEntries={[params.get('at') ? `/?at=${params.get('at')}` : '/']}>
        <WordsProvider today={TODAY} initial={lang}><KeysProvider><UndoProvider>{page()}</UndoProvider></KeysProvider></WordsProvider>
      </MemoryRouter>
    </QueryClientProvider>
  </StrictMode>,
)
