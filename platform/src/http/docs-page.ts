/** The OpenAPI document as a page a person can read: no script, plain styles from the same document. */
import type { ActionSpec } from '../action.ts'
import type { BoundAction } from '../capability.ts'
import { schemaOf } from './openapi.ts'

export function docsPage(actions: Iterable<BoundAction>, version: string): string {
  const specs = [...actions].map((action) => action.spec).sort((a, b) => a.name.localeCompare(b.name))
  const groups = new Map<string, ActionSpec[]>()
  for (const spec of specs) groups.set(spec.name.split('.')[0]!, [...(groups.get(spec.name.split('.')[0]!) ?? []), spec])
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>松柏 API ${escape(version)}</title><link rel="stylesheet" href="/api-docs.css"></head><body>
<header><h1>松柏 API <small>${escape(version)}</small></h1><p>每个动作一条路径，<code>POST</code> JSON。机器可读：<a href="/api/openapi.json">OpenAPI 3.1</a>。One path per action; machine-readable form linked.</p></header>
<nav>${[...groups.keys()].map((group) => `<a href="#${group}">${group}</a>`).join(' ')}</nav>
${[...groups].map(([group, list]) => `<section id="${group}"><h2>${group}</h2>${list.map(entry).join('')}</section>`).join('\n')}
</body></html>`
}

function entry(spec: ActionSpec): string {
  const may = Array.isArray(spec.may) ? spec.may.join(', ') : String(spec.may)
  return `<article id="${spec.name}"><h3><code>POST /api/${spec.kind}/${spec.name}</code></h3><p>${escape(spec.title.zh)} · ${escape(spec.title.en)}</p>
<p>谁可以 who may: <code>${escape(may)}</code>${spec.refusals.length > 0 ? ` · 会拒绝 refusals: ${spec.refusals.map((code) => `<code>${code}</code>`).join(' ')}` : ''}</p>
<details><summary>输入 input</summary><pre>${pretty(schemaOf(spec.input, 'input'))}</pre></details><details><summary>输出 output</summary><pre>${pretty(schemaOf(spec.output, 'output'))}</pre></details></article>`
}

function pretty(value: unknown): string {
  return escape(JSON.stringify(value, null, 1))
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
