import { createHash } from 'node:crypto';

/** The colours of the other pages, for the few that must show without script or a second request. */
const style = `
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #14213d; --quiet: #4a5468; --line: #dcdad2; }
:root { --accent: #0b6e6e; --on-accent: #fff; --sheet: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #101726; --ink: #e8eaf0; --quiet: #aeb6c8; --line: #56627e; --sheet: #182136; }
  :root { --accent: #6fb9b6; --on-accent: #101726; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.3; }
a { color: var(--accent); }
[lang=en] { color: var(--quiet); }
.now { border: 2px solid; border-radius: 10px; padding: 1rem 1.25rem; font-weight: 600; }
.words { white-space: pre-wrap; border-left: 4px solid; padding-left: 1rem; }
.choices { list-style: none; padding: 0; }
.choices li { margin: 0.75rem 0; }
button { min-height: 44px; padding: 0.6rem 1.25rem; border: 1px solid var(--line); border-radius: 8px; }
button { background: var(--sheet); color: var(--ink); font: inherit; text-align: left; cursor: pointer; }
button [lang=en] { color: inherit; }
.choices button { width: 100%; border-color: var(--accent); }
button.first { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

/** The only style that may run: pages of ours without script show when everything else is refused. */
export const styleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** A whole French page without script; `content` is HTML, English in it is marked `lang="en"`. */
export function plainPage(title: string, content: string, head = ''): string {
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vigie : ${escapeHtml(title)}</title>
${head}<style>${style}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}

/** Text as HTML, in an element or between quotes of an attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
