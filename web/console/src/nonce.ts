/** The nonce the server wrote into index.html; style tags that carry it pass `style-src 'self' 'nonce-…'`. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}

/**
 * antd takes the nonce by ConfigProvider for its theme, but its scroll lock and scrollbar measure (@rc-component/util
 * updateCSS without csp) make a bare style tag, which the policy would refuse. Every new style tag gets the nonce here.
 */
export function giveStylesTheNonce(nonce: string): void {
  if (!nonce) return
  const create = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    if (name.toLowerCase() === 'style') element.nonce = nonce
    return element
  }) as typeof document.createElement
}
