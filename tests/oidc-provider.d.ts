/** The provider has no types of its own; tests use four of its parts. */
declare module 'oidc-provider';
