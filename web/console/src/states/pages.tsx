import { Component } from 'react'
import type { ErrorInfo, ReactNode } from 'react'
import { useGo } from '@songbai/web-shared/go.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'

export function NotFoundPage() {
  const { t } = useWords()
  const go = useGo()
  return (
    <div className="page">
      <EmptyState page icon="search" title={t('state.notFound.title')} actions={<><button type="button" className="b p" onClick={() => go('/')}>{t('state.notFound.go')}</button><button type="button" className="b" onClick={() => history.back()}>{t('common.back')}</button></>}>{t('state.notFound.body')}</EmptyState>
    </div>
  )
}

/** Outside one's area and not existing look the same, so nothing leaks. */
export function NotAllowedPage({ onAsk }: { readonly onAsk?: () => void }) {
  const { t } = useWords()
  return (
    <div className="page">
      <EmptyState page icon="lock" title={t('state.notAllowed.title')} actions={<>{onAsk && <button type="button" className="b p" onClick={onAsk}>{t('state.notAllowed.ask')}</button>}<button type="button" className="b" onClick={() => history.back()}>{t('common.back')}</button></>}>{t('state.notAllowed.body')}</EmptyState>
    </div>
  )
}

/** Our fault. A page that only read has lost nothing; one that wrote keeps its draft. */
export function FaultPage({ id, wrote, onRetry }: { readonly id?: string; readonly wrote?: boolean; readonly onRetry: () => void }) {
  const { t } = useWords()
  const copy = () => void navigator.clipboard?.writeText(id ?? '')
  return (
    <div className="page">
      <EmptyState
        page icon="warn" tone="bad" title={t(wrote ? 'state.fault.title' : 'state.fault.read')}
        actions={<><button type="button" className="b p" onClick={onRetry}>{t('common.retry')}</button>{id && <button type="button" className="b" onClick={copy}>{t('state.fault.copy')}</button>}</>}
      >
        {t(wrote ? 'state.fault.body' : 'state.fault.readBody')}{id && <><br />{t('state.fault.id', { id })}</>}
      </EmptyState>
    </div>
  )
}

/** A page that breaks must not take the frame with it. */
export class PageGuard extends Component<{ readonly children: ReactNode; readonly at: string }, { readonly broken: string | null }> {
  override state = { broken: null as string | null }

  static getDerivedStateFromError(): { broken: string } {
    return { broken: crypto.randomUUID().slice(0, 8).toUpperCase() }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(this.state.broken, error, info.componentStack)
  }

  override componentDidUpdate(before: { readonly at: string }): void {
    if (before.at !== this.props.at && this.state.broken) this.setState({ broken: null })
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return <FaultPage id={this.state.broken} onRetry={() => this.setState({ broken: null })} />
  }
}
