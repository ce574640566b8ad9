/** What a page is held against: nothing wider than the window or its own box, nothing a screen reader stumbles over, no other language. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Wider than the window, or text that runs out of its box where nothing clips or scrolls it. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // Full-width punctuation at the end of a line hangs over by up to this much and cuts nothing.
    const HANGING_PX = 3
    const say = (el: Element): string => `${el.tagName.toLowerCase()}${el.className && typeof el.className === 'string' ? `.${el.className.trim().replaceAll(/\s+/g, '.')}` : ''} “${(el.textContent ?? '').trim().slice(0, 24)}”`
    const found = document.documentElement.scrollWidth > window.innerWidth ? [`the page is ${document.documentElement.scrollWidth - window.innerWidth} px wider than the window`] : []
    for (const el of document.querySelectorAll('main *')) {
      if (el.clientWidth === 0 || el.closest('svg, .sheet') || /^(INPUT|SELECT|TEXTAREA|OPTION)$/.test(el.tagName)) continue
      const style = getComputedStyle(el)
      if ((el.textContent ?? '').trim() === '' || style.display === 'inline' || style.overflowX !== 'visible' || el.scrollWidth <= el.clientWidth + HANGING_PX) continue
      found.push(`${say(el)} ${el.scrollWidth} in ${el.clientWidth}`)
    }
    return found.slice(0, 6)
  })
}

/** Faults axe-core finds, one line each with the first place. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] })
    return violations.map((one) => `${one.id} (${one.impact}) ×${one.nodes.length}: ${one.nodes[0]!.target.join(' ')} ${one.nodes[0]!.html.slice(0, 140)}`)
  })
}

/** A run of Chinese in the English console is data (a text of law, a note) and must say so with `lang`; names of people and places are short and stay as they are. */
const LONG_HAN = '[\\u3400-\\u9fff]{12,}|《|。'
/** English in the Chinese console: three words in a row are a sentence. */
const ENGLISH = '[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}'

export function otherLanguage(page: Page, lang: 'zh-CN' | 'en'): Promise<string[]> {
  return page.evaluate(([lang, pattern]) => {
    const found = new Set<string>()
    const look = (text: string | null, el: Element): void => {
      const own = el.closest('[lang]')?.getAttribute('lang') ?? lang!
      if (text && own.slice(0, 2) === lang!.slice(0, 2) && new RegExp(pattern!).test(text)) found.add(text.trim().slice(0, 80))
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const el = walker.currentNode.parentElement!
      // The text of a rule (`.pol-editor`) is code in neither language.
      if (!el.closest('script, style, noscript, pre, textarea, .pol-editor') && el.checkVisibility()) look(walker.currentNode.textContent, el)
    }
    for (const el of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) for (const name of ['aria-label', 'title', 'placeholder', 'alt']) look(el.getAttribute(name), el)
    return [...found]
  }, [lang, lang === 'en' ? LONG_HAN : ENGLISH] as const)
}
