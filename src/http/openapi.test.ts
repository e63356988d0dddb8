import { expect, test } from 'vitest';
import type { Ledger } from '../modules/ledger/index.ts';
import { rightsRoutes } from '../modules/rights/index.ts';
import type { Database } from '../platform/database/connect.ts';
import { failures } from '../platform/errors.ts';
import { docsPage, docsPolicy } from './docs-page.ts';
import { describeApi, failuresOf } from './openapi.ts';

const routes = rightsRoutes({
  lookup: () => Promise.reject(new Error('not called')),
  ledger: {} as Ledger,
  db: {} as Database,
});

test('the OpenAPI document has each route with each of its answers and failures', () => {
  const document = describeApi(routes, '1.0.0') as { openapi: string; paths: Record<string, unknown> };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(['/v1/coverage-lookups', '/v1/allowance', '/v1/explanations']);
  const lookup = document.paths['/v1/coverage-lookups'] as { post: { responses: Record<string, unknown> } };
  const { responses } = lookup.post;
  expect(Object.keys(responses)).toEqual([
    '200',
    '400',
    '401',
    '403',
    '404',
    '408',
    '413',
    '415',
    '422',
    '429',
    '500',
    '503',
  ]);
  expect(() => JSON.stringify(document)).not.toThrow();
});

test('a route that asks for personal data states its purposes and its permission', () => {
  for (const route of routes.filter(({ personal, method }) => personal && method === 'POST')) {
    expect(route.purpose?.length).toBeGreaterThan(0);
    expect(route.permission).not.toBe('none');
  }
});

test('the page explains each failure where its problem type points, and loads nothing from elsewhere', () => {
  const page = docsPage(routes, '1.0.0');
  for (const code of routes.flatMap(failuresOf)) expect(page).toContain(`<code id="${code}">`);
  expect(Object.keys(failures).every((code) => page.includes(code))).toBe(true);
  expect(page).not.toMatch(/<script|src=|https?:\/\//);
  expect(page).toMatch(/<html lang="en">/);
  expect(docsPolicy).toContain("default-src 'none'");
});
