import type { TSchema } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import type { Route } from '../modules/access/index.ts';

/** A route with its body's check compiled, once at the start. */
export type CompiledRoute = Route & { readonly checkedBody: TypeCheck<TSchema> | null };

/** Compiles a declaration. */
export function compileRoute(route: Route): CompiledRoute {
  return { ...route, checkedBody: route.body === null ? null : TypeCompiler.Compile(route.body) };
}
