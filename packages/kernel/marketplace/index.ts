export * from './category.ts';
export * from './documents.ts';
export * from './load.ts';
export * from './public.ts';
export * from './rules.ts';
export * from './settings.ts';
export * from './theme.ts';
