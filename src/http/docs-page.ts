import { createHash } from 'node:crypto';
import type { TSchema } from '@sinclair/typebox';
import type { Route } from '../modules/access/index.ts';
import { failures } from '../platform/errors.ts';
import { escapeHtml } from '../platform/plain-page.ts';
import { failuresOf } from './openapi.ts';
import { pipeline } from './pipeline.ts';

const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 56rem; margin: 0 auto; padding: 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.95em; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid; border-radius: 4px; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; }
a:focus-visible { outline: 3px solid; outline-offset: 2px; }
`;

/** Lets the page's own style through and nothing else: no script, no request to anybody. */
export const docsPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The documentation as one page: the same declarations as /openapi.json, to be read by people. */
export function docsPage(routes: readonly Route[], version: string): string {
  const documented = routes.filter((route) => route.path.startsWith('/v1/'));
  const steps = pipeline.map((step) => `<li><code>${step.name}</code>: ${escapeHtml(step.says)}</li>`);
  const links = documented.map((route) => `<li><a href="#${idOf(route)}">${nameOf(route)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vigie API</title>
<style>${style}</style>
</head>
<body>
<header><h1>Vigie API</h1>
<p>Version ${escapeHtml(version)}. For programs: <a href="/openapi.json">openapi.json</a>.
Every disclosure is recorded before it happens; answers hold only what was declared.</p></header>
<nav aria-label="On this page"><ul>${links.join('')}
<li><a href="#pipeline">What every request passes</a></li><li><a href="#failures">Failures</a></li></ul></nav>
<main>
${documented.map(describe).join('\n')}
<section aria-labelledby="pipeline"><h2 id="pipeline">What every request passes</h2>
<ol>${steps.join('')}</ol></section>
<section aria-labelledby="failures"><h2 id="failures">Failures</h2>
${table('Every failure, as application/problem+json', ['Code', 'Status', 'What it means'], failureRows())}
</section>
</main>
</body>
</html>
`;
}

function describe(route: Route): string {
  const id = idOf(route);
  const json = route.example === undefined ? '' : JSON.stringify(route.example, null, 2);
  const example = route.stream?.example ?? json;
  const shown = example === '' ? '' : `<h3>Example</h3><pre tabindex="0">${escapeHtml(example)}</pre>`;
  const fields =
    route.body === null ? '' : table('Body', ['Field', 'Needed', 'What it is'], fieldRows(route.body));
  const answers = Object.entries(route.answers).map(([status, answer]) => [status, escapeHtml(answer.says)]);
  const codes = failuresOf(route).map((code) => `<a href="#${code}">${code}</a> (${failures[code].status})`);
  return `<section aria-labelledby="${id}"><h2 id="${id}">${nameOf(route)}</h2>
<p>${escapeHtml(route.says)}</p>
${describeAddress(route)}${fields}${fileRules(route)}${shown}
${table('Answers', ['Status', 'When'], answers)}
${table('Answer', ['Field', 'Always there', 'What it is'], fieldRows(firstAnswer(route)))}
<p>Failures: ${codes.join(', ')}.</p></section>`;
}

function describeAddress({ pathPart, query, requestHeaders = {} }: Route): string {
  const headers = Object.entries(requestHeaders).map(([name, says]) => [
    `<code>${name}</code>`,
    'no',
    escapeHtml(says),
  ]);
  const heads = ['Name', 'Needed', 'What it is'];
  return [
    table('In the path', heads, fieldRows(pathPart)),
    table('In the query', heads, fieldRows(query)),
    table('Headers', heads, headers),
  ].join('');
}

function fileRules({ stream }: Route): string {
  if (stream === undefined) return '';
  return `<p>${escapeHtml(stream.says)} Content-Type: ${stream.media.map(escapeHtml).join(', ')}.</p>`;
}

function firstAnswer(route: Route): TSchema | undefined {
  return (route.answers[200] ?? route.answers[202])?.schema;
}

function fieldRows(schema: TSchema | undefined): string[][] {
  const properties = (schema?.properties ?? {}) as Record<string, TSchema>;
  const required = (schema?.required ?? []) as string[];
  return Object.entries(properties).map(([name, property]) => [
    `<code>${escapeHtml(name)}</code>`,
    required.includes(name) ? 'yes' : 'no',
    escapeHtml(`${property.description ?? ''}${wordsOf(property)}`),
  ]);
}

function wordsOf(property: TSchema): string {
  const options = property.anyOf as { const?: unknown }[] | undefined;
  const words = (property.enum as unknown[] | undefined) ?? options?.map((option) => option.const);
  return words === undefined ? '' : ` One of ${words.join(', ')}.`;
}

function failureRows(): string[][] {
  return Object.entries(failures).map(([code, { status, says }]) => [
    `<code id="${code}">${code}</code>`,
    String(status),
    escapeHtml(says),
  ]);
}

function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  return `<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function nameOf(route: Route): string {
  return `<code>${route.method} ${escapeHtml(route.path)}</code>`;
}

function idOf(route: Route): string {
  return `${route.method}${route.path}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
