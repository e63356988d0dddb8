import type { Api } from '../api/types.d.ts';

type Call = Api['GET /v1/sandbox/calls/{call}']['answer'];

/** Where `vigie connect` listens unless told otherwise. */
const proxy = 'http://127.0.0.1:8090';

/** The same call again, through `vigie connect`; null for one that it makes by itself. */
export function writeCurl({ method, path, sent, idempotencyKey }: Call): string | null {
  if (!path.startsWith('/v1/')) return null;
  const isPost = method === 'POST';
  const parts = [
    `curl ${isPost && sent === null ? '-X POST ' : ''}${quote(proxy + path)}`,
    '-H "Authorization: Bearer $SECRET"',
    ...(sent === null ? [] : [`-H ${quote('Content-Type: application/json')}`]),
    ...(idempotencyKey === null ? [] : [`-H ${quote(`Idempotency-Key: ${idempotencyKey}`)}`]),
    ...(sent === null ? [] : [`-d ${quote(JSON.stringify(JSON.parse(sent)))}`]),
  ];
  return parts.join(' \\\n  ');
}

/** A word of the shell, whatever stands in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
