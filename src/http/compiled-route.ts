import type { TSchema } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import type { Route } from '../modules/access/index.ts';

/** A route with its checks compiled, once at the start. */
export type CompiledRoute = Route & {
  readonly checkedBody: TypeCheck<TSchema> | null;
  readonly checkedPathPart: TypeCheck<TSchema> | null;
  readonly checkedQuery: TypeCheck<TSchema> | null;
};

/** Compiles a declaration. */
export function compileRoute(route: Route): CompiledRoute {
  return {
    ...route,
    checkedBody: compile(route.body),
    checkedPathPart: compile(route.pathPart),
    checkedQuery: compile(route.query),
  };
}

/** `/v1/things/{id}` as the router writes it: `/v1/things/:id`. */
export function routerPath({ path }: Pick<Route, 'path'>): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** Whether an address is one of this route's, whatever stands in the places of its braces. */
export function isPathOf({ path }: Pick<Route, 'path'>, asked: string): boolean {
  const [own, other] = [path.split('/'), asked.split('/')];
  return own.length === other.length && own.every((part, at) => part === other[at] || part.startsWith('{'));
}

function compile(schema: TSchema | null | undefined): TypeCheck<TSchema> | null {
  return schema === null || schema === undefined ? null : TypeCompiler.Compile(schema);
}
